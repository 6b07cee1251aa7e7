"""What one session of the embedded engine may use.

Enters: numbers. Leaves: :class:`Limits`. Refuses to set them: the session does.
"""

from __future__ import annotations

from dataclasses import dataclass

# Tables whose names begin so hold no customers and stay when other customers take their place.
KEPT = "kept_"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one session may use.

    Attributes
    ----------
    memory_mb : int
        Memory of the engine's buffers in megabytes; beyond it the engine spills to disk.
    disk_mb : int
        Largest size of the spilled data in megabytes.
    threads : int
        Threads one query may use.
    """

    memory_mb: int = 1000
    disk_mb: int = 20_000
    threads: int = 2
