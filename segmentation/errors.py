"""The error tree: everything the library refuses, each with the values its explanation needs.

    SegmentationError
    ├─ TableError       EmptyFile · HeaderOnly · UnreadableFile · UnknownFormat · FileTooLarge
    │                   TooManyColumns · CellTooLong · UnknownColumn · NoCustomersLeft
    │                   ProtectedFile · ReaderStopped · OutOfProportion · NoTableInside
    │                   NestedArchive · NotACodebook · TooManyRows
    │                   UnknownTable · EmptyTable · TooManyTexts · NotInWarehouse
    │                   NotOrders · UnclearDates · NoOrdersLeft · SeveralRowsPerId
    │                   JoinFileMissing · FilesOfOneName
    ├─ VariableError    NoBasis · ConstantVariable · UnsuitableBasis
    ├─ ExtractionError  TooFewCustomers · DegenerateSolution · BadNumberOfSegments
    ├─ EngineError      OutOfMemory · OutOfDisk · Cancelled · EngineFailure
    │                   BadWarehouseAddress · NoWarehouseDriver · WarehouseUnreachable
    │                   WarehouseTooSlow · ReadOnlyWarehouse
    ├─ JobError         JobFailed · JobCancelled
    ├─ StudyError       UnreadableStudy · NewerStudy · StudyOfAnotherFile · StudyChangedElsewhere
    │                   NotInStudy
    └─ ExportError      TooLargeForSheet

Enters: values. Leaves: exceptions. Refuses to know any language: an error carries its class name as
code; ``segmentation.wording`` says what happened and what to do next. A failure is raised, never
replaced by a default number; what is merely doubtful is a ``Check`` or a ``Note``.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Self

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


class TableError(SegmentationError):
    """The file or the table cannot be used as it is."""


class EmptyFile(TableError):
    """The file has no bytes, or nothing but blank lines."""


class HeaderOnly(TableError):
    """The file has column names but no customers."""


class UnreadableFile(TableError):
    """The file is damaged, protected or cut off (``name``, ``detail``)."""


class ProtectedFile(TableError):
    """The file needs a password (``name``)."""


class ReaderStopped(TableError):
    """The file made its parser stop, by damage or within its limits (``name``)."""


class UnknownFormat(TableError):
    """The content is of no kind that can be opened (``name``)."""


class FileTooLarge(TableError):
    """The file, or what it unpacks to, is over the limit (``size_mb``, ``limit_mb``)."""


class OutOfProportion(TableError):
    """The file unpacks to many times its size (``name``, ``size_mb``, ``limit_mb``)."""


class NoTableInside(TableError):
    """No file inside the archive can be a table (``name``)."""


class NestedArchive(TableError):
    """The file inside the archive is an archive itself (``name``, ``member``)."""


class NotACodebook(TableError):
    """No column of the table names the variables it describes (``columns``)."""


class TooManyColumns(TableError):
    """The table is wider than the limit (``n_columns``, ``limit``)."""


class TooManyRows(TableError):
    """The table is longer than the limit (``n_rows``, ``limit``)."""


class CellTooLong(TableError):
    """One cell, or a line without end, is over the limit (``limit_mb``)."""


class UnknownColumn(TableError):
    """A named column is not in the table (``name``, ``nearest``)."""

    @classmethod
    def from_names(cls, missing: str, available: Iterable[str]) -> Self:
        """Build the error with the nearest names that do exist.

        Examples
        --------
        >>> UnknownColumn.from_names("incme", ["income", "age"]).values["nearest"]
        ('income',)
        """
        names = list(available)
        folded = {name.casefold(): name for name in names}
        close = difflib.get_close_matches(missing.casefold(), list(folded), n=3, cutoff=0.5)
        return cls(name=missing, nearest=tuple(folded[name] for name in close) or tuple(names[:5]))


class NoCustomersLeft(TableError):
    """The population filter leaves nobody (``n_before``)."""


class UnknownTable(TableError):
    """The warehouse has no table of that name that may be read (``name``)."""


class EmptyTable(TableError):
    """A table of the warehouse has no customers, or no column that can be read (``name``)."""


class NotInWarehouse(TableError):
    """Something decided here cannot be worked out in a warehouse (``name``, blank for rows)."""


class TooManyTexts(TableError):
    """A text column of a warehouse differs too much to be read there (``name``, ``limit``)."""


class NotOrders(TableError):
    """A table lacks what order lines have: a repeating customer, and a date or an amount."""


class UnclearDates(TableError):
    """Dates of which day and month could be swapped (``name``)."""


class NoOrdersLeft(TableError):
    """No line counts: they lack something, or everything was returned (``n_lines``)."""


class SeveralRowsPerId(TableError):
    """A file to be joined has several rows for one id (``file``, ``name``, ``n``)."""


class FilesOfOneName(TableError):
    """Two files to be joined have the same name (``name``)."""


class JoinFileMissing(TableError):
    """A file that a study joins is not there (``name``)."""


class VariableError(SegmentationError):
    """The chosen variables cannot form segments."""


class NoBasis(VariableError):
    """There are no basis variables (``n_usable``)."""


class ConstantVariable(VariableError):
    """Every usable basis variable has one value only (``name``)."""


class UnsuitableBasis(VariableError):
    """A variable that must not form segments was asked to (``name``, ``role``)."""


class ExtractionError(SegmentationError):
    """Segments cannot be found as asked."""


class TooFewCustomers(ExtractionError):
    """There are fewer customers than the task needs (``n_customers``, ``needed``)."""


class DegenerateSolution(ExtractionError):
    """There are fewer distinct customers than segments asked for (``k``, ``n_distinct``)."""


class BadNumberOfSegments(ExtractionError):
    """The number of segments is outside the range that can be computed (``k``, ``k_max``)."""


class EngineError(SegmentationError):
    """The engine could not answer."""


class OutOfMemory(EngineError):
    """The work does not fit into the memory that the visit may use (``limit``)."""


class OutOfDisk(EngineError):
    """The work does not fit onto the disk space that the visit may use (``limit``)."""


class Cancelled(EngineError):
    """The query was stopped on request."""


class EngineFailure(EngineError):
    """The engine refused a query for a reason of its own (``detail``)."""


class BadWarehouseAddress(EngineError):
    """The address of the warehouse is none of PostgreSQL."""


class NoWarehouseDriver(EngineError):
    """The package that talks to PostgreSQL is not installed."""


class WarehouseUnreachable(EngineError):
    """The warehouse does not answer, or lets nobody in."""


class WarehouseTooSlow(EngineError):
    """The warehouse stopped a query that took too long (``seconds``)."""


class ReadOnlyWarehouse(EngineError):
    """Something was to be written to a warehouse."""


class JobError(SegmentationError):
    """A long computation ended without a result."""


class JobFailed(JobError):
    """A computation stopped unexpectedly (``detail``)."""


class JobCancelled(JobError):
    """A computation was cancelled before it had a result."""


class StudyError(SegmentationError):
    """A study cannot be used as it is."""


class UnreadableStudy(StudyError):
    """The file is not a study (``detail``)."""


class NewerStudy(StudyError):
    """The study was written by a newer version (``found``, ``known``)."""


class StudyOfAnotherFile(StudyError):
    """The study was made from other data (``expected_rows``, ``found_rows``)."""


class NotInStudy(StudyError):
    """A file or a step is asked for that the study does not have (``name``)."""


class StudyChangedElsewhere(StudyError):
    """Another tab changed the study meanwhile."""


class ExportError(SegmentationError):
    """A result cannot be written as asked."""


class TooLargeForSheet(ExportError):
    """More rows than a worksheet holds (``n_rows``, ``limit``)."""
