"""What files and tables are refused for.

Enters: values. Leaves: exceptions. Refuses to know any language.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Self

from segmentation.errors.root import SegmentationError


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


class CatalogueAlone(TableError):
    """A SAS catalogue of formats, and no table that it belongs to (``name``)."""


class NestedArchive(TableError):
    """The file inside the archive is an archive itself (``name``, ``member``)."""


class NotACodebook(TableError):
    """No column of the table names the variables it describes (``columns``)."""


class UnknownSheet(TableError):
    """The workbook has no sheet of that name (``name``, ``sheet``, ``sheets``)."""


class EmptyCodebook(TableError):
    """The codebook describes no variable (``name``)."""


class CodebookOfAnotherTable(TableError):
    """No variable of the codebook is in the table (``name``, ``n``, ``names``, ``columns``)."""


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


class SegmentsNotInWarehouse(TableError):
    """Segments that were given, merged, pinned or split cannot be placed in the warehouse."""


class MethodNotInWarehouse(TableError):
    """Only the nearest mean can be worked out in a warehouse, not this ``method``."""


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
    """Two files to be put together have the same name (``name``)."""


class OtherColumns(TableError):
    """A file to be put under another has other columns (``name``, ``first``)."""


class PlacesFileMissing(TableError):
    """A file of places that a study measures distances to is not there (``name``, ``label``)."""


class PlacesWithoutCoordinates(TableError):
    """A file of places has no columns of latitude and longitude by name.

    Of ``name``, its columns of numbers and of text: ``columns``, ``texts``.
    """


class NoPlaces(TableError):
    """No row of a file of places has coordinates that can be right (``name``)."""


class NoCoordinates(TableError):
    """Distances are asked for, but the customers have no coordinates."""


class PartMissing(TableError):
    """A file that a study puts under another is not there (``name``)."""


class JoinFileMissing(TableError):
    """A file that a study joins is not there (``name``)."""
