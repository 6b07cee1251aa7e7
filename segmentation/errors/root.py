"""The root of the error tree.

Enters: values. Leaves: an exception that can cross a process border. Refuses to know any language.
"""

from __future__ import annotations

from segmentation.notes import Note, Value


class SegmentationError(Exception):
    """What the library refuses to do, and the values that explain why.

    Parameters
    ----------
    **values : Value
        Named values for the explanation (numbers, names).
    """

    def __init__(self, **values: Value) -> None:
        self.values = values
        super().__init__(f"{self.code} {values}" if values else self.code)

    @property
    def code(self) -> str:
        """The stable code of this error: its class name."""
        return type(self).__name__

    @property
    def note(self) -> Note:
        """The error as a note for ``wording``."""
        return Note.of(self.code, **self.values)

    def __reduce__(self) -> tuple[object, ...]:
        """Let an error cross a process border with its values."""
        return _rebuild, (type(self), self.values)


def _rebuild(kind: type[SegmentationError], values: dict[str, Value]) -> SegmentationError:
    return kind(**values)
