"""How a process and the child it started talk: framed messages over the child's standard streams.

Enters: values. Leaves: the same values on the other side. Refuses to know: what they mean.

The payloads are pickles, the only way to hand over functions, arrays and exceptions alike. They are
safe here because they travel over an unnamed pipe between a process and its own child and are never
stored; this is the only module that opens one.
"""

from __future__ import annotations

import enum
import pickle
import struct
from typing import Any, BinaryIO, Final

_HEADER: Final = struct.Struct("<BQ")


class Kind(enum.IntEnum):
    """What a message is: a call downwards, everything else upwards."""

    GONE = 0
    READY = 1
    CALL = 2
    PROGRESS = 3
    RESULT = 4
    REFUSED = 5
    RAISED = 6
    EXHAUSTED = 7


class Pipe:
    """One end of a stream of messages, each a kind, a length and bytes.

    Parameters
    ----------
    source, sink : binary file
        Where messages come from and go to.
    """

    def __init__(self, source: BinaryIO, sink: BinaryIO) -> None:
        self._source, self._sink = source, sink

    def send(self, kind: Kind, data: bytes = b"") -> None:
        """Send one message; raises ``OSError`` when the other end is gone."""
        self._sink.write(_HEADER.pack(kind, len(data)))
        self._sink.write(data)
        self._sink.flush()

    def receive(self) -> tuple[Kind, bytes]:
        """Wait for the next message; ``Kind.GONE`` when the other end is gone, even half-way.

        Raises
        ------
        MemoryError
            When the message does not fit on this side.
        """
        header = self._source.read(_HEADER.size)
        if len(header) < _HEADER.size:
            return Kind.GONE, b""
        kind, size = _HEADER.unpack(header)
        data = self._source.read(size)
        return (Kind(kind), data) if len(data) == size else (Kind.GONE, b"")

    def close(self) -> None:
        """Close both directions; the other end sees it as ``Kind.GONE``."""
        try:
            self._sink.close()
        finally:
            self._source.close()


def pack(value: object) -> bytes:
    """Make a value ready to travel; classes and functions go by name."""
    return pickle.dumps(value, protocol=5)


def unpack(data: bytes) -> Any:
    """Restore what the other side packed.

    Examples
    --------
    >>> unpack(pack({"segments": 3}))
    {'segments': 3}
    """
    return pickle.loads(data)  # noqa: S301 - from the other end of our own pipe
