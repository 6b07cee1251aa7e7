"""The visits of all users: what belongs to one visit, kept in the server's memory, found by token.

Enters: an unguessable token. Leaves: the :class:`Visit` it opens. Refuses to know Streamlit. A
visit outlives a reload and a lost connection; it ends after an idle time, and with it go its
folder, its engine and its jobs.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pages.ui.kept import Kept, Wanted
from pages.ui.readings import Reading
from pages.ui.spool import SPOOL
from segmentation.engine import DuckSession, Limits
from segmentation.errors import StudyChangedElsewhere
from segmentation.intake import RawTable
from segmentation.intake.codebook_file import ReadCodebook
from segmentation.jobs import Job, JobPool
from segmentation.sizing import MoneyPlan
from segmentation.study import Study
from segmentation.transactions import Composed, Upload
from segmentation.warehouse import OpenedTable

if TYPE_CHECKING:
    from segmentation.engine.warehouse import Warehouse

Result = TypeVar("Result")
IDLE_SECONDS = float(os.environ.get("SEGMENT_STUDIO_IDLE_MINUTES", "120")) * 60
MEMORY_MB = int(os.environ.get("SEGMENT_STUDIO_MEMORY_MB", "500"))
REMEMBERED = 48


class Memo:
    """Results of one visit, by the decisions they depend on; the least used go first."""

    def __init__(self) -> None:
        self._results: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.RLock()

    def get(self, key: Hashable, make: Callable[[], Result]) -> Result:
        """Return the result for a key, made once even when two tabs ask together."""
        with self._lock:
            if key not in self._results:
                self._results[key] = make()
            self._results.move_to_end(key)
            while len(self._results) > REMEMBERED:
                self._results.popitem(last=False)
            return cast("Result", self._results[key])

    def put(self, key: Hashable, result: object) -> None:
        """Remember a result that was made elsewhere."""
        self.get(key, lambda: result)

    def has(self, key: Hashable) -> bool:
        """Tell whether a result is there already."""
        with self._lock:
            return key in self._results

    def forget(self, key: Hashable) -> None:
        """Forget the result for a key: it is to be made again."""
        with self._lock:
            self._results.pop(key, None)

    def clear(self) -> None:
        """Forget everything: another file has been opened."""
        with self._lock:
            self._results.clear()


@dataclass(eq=False)
class Visit:
    """One user's visit: engine, study, running job and remembered results.

    Several tabs may share it through the address. The study is replaced as a whole and every
    replacement has a number, so that a tab that has not seen the latest one cannot undo it.
    """

    token: str
    folder: Path
    engine: DuckSession
    slot: str
    raw: RawTable | None = None
    main: Upload | None = None
    uploads: dict[str, Upload] = field(default_factory=dict)
    arrived: tuple[tuple[str, ...], ...] = ()  # with the main file, tables of their own
    composed: Composed | None = None
    study: Study | None = None
    money: MoneyPlan = field(default_factory=MoneyPlan)  # while there is no study to keep it
    codebook: ReadCodebook | None = None
    codebook_file: Upload | None = None  # kept while another sheet of it may be asked for
    warehouse: Warehouse | None = None
    opened: OpenedTable | None = None
    kept: Kept | None = None  # the saved study that the open one came from
    wanted: Wanted | None = None  # the one that waits for its file
    former: tuple[Study, Study] | None = None  # the one whose place a saved one took, and that
    signed: str = ""  # who saves
    revision: int = 0
    job: Job[Any] | None = None
    job_key: Hashable = None
    asked: Hashable = None  # the segments that are tried beside those on show
    newcomers: DuckSession | None = None  # holds the file of new customers, apart from the study's
    reading: Reading | None = None
    memo: Memo = field(default_factory=Memo)
    last_seen: float = field(default_factory=time.monotonic)
    lock: threading.RLock = field(default_factory=threading.RLock)
    opening: threading.RLock = field(default_factory=threading.RLock)  # one file at a time

    def open(self, raw: RawTable, study: Study) -> None:
        """Begin with a file; what belonged to the former one is forgotten."""
        with self.lock:
            self.stop_job()
            self.raw, self.study = raw, study
            self.main, self.composed, self.opened = None, None, None
            self.revision += 1
        # Outside of the lock: whoever makes a result holds the memo's and may want the visit's.
        self.memo.clear()

    def leave_kept(self, former: Study | None) -> None:
        """Part from the saved study that ``former`` came from, unless the open data are its."""
        same = former and self.study and former.source.fingerprint == self.study.source.fingerprint
        if not same:
            self.kept, self.former = None, None

    @property
    def waiting(self) -> tuple[tuple[str, ...], ...]:
        """The files that arrived with the main one and are not joined, by name, by table."""
        used = self.study.composition.file_names() if self.study else frozenset()
        left = (tuple(name for name in table if name not in used) for table in self.arrived)
        return tuple(table for table in left if table)

    def replace_study(self, study: Study, seen: int) -> int:
        """Put a changed study in place and return its number.

        Raises
        ------
        StudyChangedElsewhere
            When another tab has changed the study since number ``seen``.
        """
        with self.lock:
            if seen != self.revision:
                raise StudyChangedElsewhere
            self.study = study
            self.revision += 1
            return self.revision

    def stop_job(self) -> None:
        """Cancel the running job, if any."""
        if self.job is not None:
            self.job.cancel()
        self.job, self.job_key = None, None

    def stop_reading(self) -> None:
        """Cancel the reading of a file, if any, and wait until it has let go of the engine."""
        reading, self.reading = self.reading, None
        if reading is not None:
            reading.cancel()
            reading.wait()

    def close(self) -> None:
        """End the visit: reading, jobs, engine and files go."""
        self.stop_reading()
        with self.lock:
            self.stop_job()
            SPOOL.close_slot(self.slot)
            self.engine.close()
            if self.newcomers is not None:
                self.newcomers.close()
            if self.warehouse is not None:
                self.warehouse.close()
            shutil.rmtree(self.folder, ignore_errors=True)


class Visits:
    """All visits of this server."""

    def __init__(self) -> None:
        self._open: dict[str, Visit] = {}
        self._lock = threading.Lock()
        self._root: Path | None = None

    def begin(self) -> Visit:
        """Open a new visit with a folder of its own."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            if self._root is None:
                self._root = Path(tempfile.mkdtemp(prefix="segment-studio-"))
            folder = self._root / secrets.token_hex(12)
            folder.mkdir(mode=0o700)
            engine = DuckSession(folder, Limits(memory_mb=MEMORY_MB))
            visit = Visit(token, folder, engine, SPOOL.open_slot(folder))
            self._open[token] = visit
        return visit

    def find(self, token: str | None) -> Visit | None:
        """Return the visit of a token, and end those idle for too long."""
        self._end_idle()
        with self._lock:
            visit = self._open.get(token or "")
            if visit:
                visit.last_seen = time.monotonic()
            return visit

    def _end_idle(self) -> None:
        now = time.monotonic()
        with self._lock:
            idle = [t for t, v in self._open.items() if now - v.last_seen > IDLE_SECONDS]
            ended = [self._open.pop(token) for token in idle]
        for visit in ended:
            visit.close()

    def close(self) -> None:
        """End all visits and remove their folders."""
        with self._lock:
            visits, self._open = list(self._open.values()), {}
        for visit in visits:
            visit.close()
        if self._root is not None:
            shutil.rmtree(self._root, ignore_errors=True)
            self._root = None


VISITS = Visits()


@cache
def pool() -> JobPool:
    """Return the server's pool of worker processes, warmed up once."""
    workers = JobPool(preload=("segmentation.computations",))
    workers.warm()
    return workers


def end_server() -> None:
    """End every visit and every worker, so that no file of a customer stays behind."""
    VISITS.close()
    if pool.cache_info().currsize:
        pool().close()
        pool.cache_clear()
