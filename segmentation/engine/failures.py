"""What the embedded engine refuses, as errors of ours.

Enters: a failure of DuckDB. Leaves: an :class:`segmentation.errors.EngineError` with the original
as its cause. Refuses to swallow one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from segmentation.engine.limits import Limits
from segmentation.errors import Cancelled, EngineError, EngineFailure, OutOfDisk, OutOfMemory

_LOG = logging.getLogger(__name__)


@contextmanager
def translated(limits: Limits) -> Iterator[None]:
    """Turn the engine's own failures into ours, which keep the original as their cause."""
    try:
        yield
    except duckdb.Error as cause:
        raise _ours(cause, limits) from cause
    except OSError as cause:  # what stops a result that is handed over in batches
        raise _ours(cause, limits) from cause


def _ours(failure: duckdb.Error | OSError, limits: Limits) -> EngineError:
    text = str(failure)
    if isinstance(failure, duckdb.InterruptException) or text.startswith("INTERRUPT"):
        return Cancelled()
    if "max_temp_directory_size" in text or "No space left" in text:
        return OutOfDisk(limit=limits.disk_mb)
    if isinstance(failure, duckdb.OutOfMemoryException) or text.startswith("Out of Memory"):
        return OutOfMemory(limit=limits.memory_mb)
    _LOG.info("the engine refused a query", exc_info=failure)
    return EngineFailure(detail=text.partition("\n")[0][:200])
