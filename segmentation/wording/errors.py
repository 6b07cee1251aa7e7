"""What each error says: what happened, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from segmentation.errors import SegmentationError
from segmentation.wording.language import Words, in_file, mark

SENTENCES: Mapping[str, tuple[str, str]] = {
    "EmptyFile": (
        mark("The file is empty."),
        mark("Export it again from where it came from, and check that it holds a table."),
    ),
    "HeaderOnly": (
        mark("The file has column names but no customers below them."),
        mark("Export it again with its rows, or choose another sheet."),
    ),
    "UnreadableFile": (
        mark("The file “{name}” could not be opened ({detail})."),
        mark("Open it in the program it came from and save it again, as CSV or XLSX."),
    ),
    "ProtectedFile": (
        mark("The file “{name}” is protected by a password."),
        mark("Open it in the program it came from, remove the password and save it again."),
    ),
    "ReaderStopped": (
        mark("The file “{name}” is damaged, or needs more memory or time than one file may use."),
        mark("Delete cells far away from the table, or save the table as CSV, and upload that."),
    ),
    "UnknownFormat": (
        mark("The file “{name}” is of no kind that can be opened."),
        mark("Save the table as CSV, XLSX, XLS, ODS, Parquet, SAV, DTA or XPT and upload that."),
    ),
    "FileTooLarge": (
        mark("The file holds {size_mb:count} MB; at most {limit_mb:count} MB can be opened."),
        mark("Leave out columns that you do not need, or split the file."),
    ),
    "OutOfProportion": (
        mark(
            "Unpacked, the file “{name}” would hold at least {size_mb:count} MB; for its size at "
            "most {limit_mb:count} MB are opened."
        ),
        mark("Unpack it yourself, or save the table as CSV, and upload that."),
    ),
    "NoTableInside": (
        mark("No file inside the archive “{name}” can be a table."),
        mark("Check what it holds; put the table into it as CSV or XLSX, or upload it by itself."),
    ),
    "NestedArchive": (
        mark("The archive “{name}” holds another archive ({member})."),
        mark("Unpack it yourself and upload the table that is in it."),
    ),
    "NotACodebook": (
        mark("No column of the codebook names the variables that it describes."),
        mark("Call that column “variable”. The columns found are: {columns:list}."),
    ),
    "EmptyCodebook": (
        mark("The codebook “{name}” describes no variable."),
        mark("Give it a row for each variable, with its name in a column called “variable”."),
    ),
    "CodebookOfAnotherTable": (
        mark("None of the variables of the codebook “{name}” is in the table: {names:list}."),
        mark("Name the variables as the table names its columns, such as {columns:list}."),
    ),
    "TooManyColumns": (
        mark("The table has {n_columns:count} columns; at most {limit:count} can be opened."),
        mark("Check the delimiter, or leave out columns that you do not need."),
    ),
    "TooManyRows": (
        mark("The table has {n_rows:count} rows; at most {limit:count} can be opened."),
        mark("Draw a sample of the customers, or leave out those you do not need."),
    ),
    "CellTooLong": (
        mark("One line of the file is longer than {limit_mb:count} MB."),
        mark("Look for a quotation mark that is never closed, and correct it."),
    ),
    "UnknownColumn": (
        mark("There is no column called “{name}”."),
        mark("The nearest are: {nearest:list}."),
    ),
    "NoCustomersLeft": (
        mark("The population filter leaves none of the {n_before:count} customers."),
        mark("Loosen or remove a condition of the filter on the Table page."),
    ),
    "UnknownTable": (
        mark("The warehouse has no table called “{name}” that may be read."),
        mark("Write it with its schema, and check that the server’s user may read it."),
    ),
    "EmptyTable": (
        mark("The table “{name}” of the warehouse has no customers."),
        mark("Choose another table or view, one with a row for each customer."),
    ),
    "NotInWarehouse": (
        mark(
            "Only the sample here was narrowed to first rows, or split into answers (“{name}”); "
            "the warehouse's whole table cannot be."
        ),
        mark("Do that in a view of the warehouse and open the view."),
    ),
    "TooManyTexts": (
        mark(
            "“{name}” is text in the warehouse and has more than {limit:count} different values: "
            "too many to read them there as they are read here."
        ),
        mark("Give the column its type in a view of the warehouse and open that, or leave it out."),
    ),
    "NotOrders": (
        mark(
            "These are no order lines: they need a column that names the customer, with values "
            "that repeat, and a date or an amount."
        ),
        mark("Say which columns hold the customer, the date and the amount."),
    ),
    "UnclearDates": (
        mark("The dates of “{name}” can be read with the day first or with the month first."),
        mark(
            "Say on the Table page, before the orders are summed up, which comes first (on the "
            "command line --dates)."
        ),
    ),
    "NoOrdersLeft": (
        mark("None of the {n_lines:count} lines belongs to an order that counts."),
        mark("Check which columns hold the customer, the date, the amount and the status."),
    ),
    "SeveralRowsPerId": (
        mark("“{file}” has {n:count} more rows than different values of “{name}”."),
        mark("Bring it to one row for each value first, or take the first row of each."),
    ),
    "FilesOfOneName": (
        mark("Two of the files are both called “{name}”."),
        mark("Give one of them another name."),
    ),
    "OtherColumns": (
        mark("“{name}” and “{first}” have different columns, so they cannot become one table."),
        mark(
            "Files with the same columns become one table; add one with others by an id, on the "
            "Table page or with --join."
        ),
    ),
    "PartMissing": (
        mark("The file “{name}”, which is a part of this study's table, is missing."),
        mark("Open all files of the table at once, then load the study."),
    ),
    "NotInStudy": (
        mark("The study says which files are put together, and how; “{name}” is not part of it."),
        mark("Leave it out, or begin without the study."),
    ),
    "JoinFileMissing": (
        mark("The file “{name}”, which belongs to this study, is missing."),
        mark("Add it again, or take the study's step that joins it out."),
    ),
    "NoBasis": (
        mark("Segments need at least two variables that vary; there are {n_usable:count}."),
        mark("On the Variables page, give at least two columns the role “Forms segments”."),
    ),
    "ConstantVariable": (
        mark("All variables that should form segments hold one value only, such as “{name}”."),
        mark("On the Variables page, choose variables whose values differ between customers."),
    ),
    "UnsuitableBasis": (
        mark("“{name}” must not form segments: it is personal data, an identifier or free text."),
        mark("Choose another role for it. What customers do or want forms better segments."),
    ),
    "TooFewCustomers": (
        mark("There are {n_customers:count} customers; at least {needed:count} are needed."),
        mark("Add customers, or loosen the population filter."),
    ),
    "DegenerateSolution": (
        mark("{k:count} segments were asked for, but only {n_distinct:count} customers differ."),
        mark("Ask for fewer segments, or choose variables in which customers differ."),
    ),
    "BadNumberOfSegments": (
        mark("{k:count} segments cannot be shown; the range is 2 to {k_max:count}."),
        mark("Choose a number of segments in that range."),
    ),
    "NumbersOnly": (
        mark("This method needs numbers, but {n:count} of {n_all:count} variables are categories."),
        mark("Choose the probability model or k-means, or let numbers alone form segments."),
    ),
    "OutOfMemory": (
        mark("The work needs more than the {limit:count} MB of memory that one visit may use."),
        mark("Use fewer columns or a smaller file, or give the server a higher limit."),
    ),
    "OutOfDisk": (
        mark("The work needs more disk space than the {limit:count} MB that one visit may use."),
        mark("Use a smaller file, or free space on the server."),
    ),
    "Cancelled": (
        mark("The computation was cancelled."),
        mark("Start it again when you like; nothing was lost."),
    ),
    "EngineFailure": (
        mark("The data engine could not answer ({detail})."),
        mark("Try again. If it happens again, please report it with this message."),
    ),
    "BadWarehouseAddress": (
        mark("The address of the warehouse cannot be used."),
        mark("Whoever runs the server finds in the page about deployment how it is written."),
    ),
    "NoWarehouseDriver": (
        mark("The package that talks to PostgreSQL is not installed."),
        mark("Whoever runs the server finds in the page about deployment what to install."),
    ),
    "WarehouseUnreachable": (
        mark("The warehouse does not answer, or does not let this server in."),
        mark("Try again later, or ask whoever runs the server to check its address and password."),
    ),
    "WarehouseTooSlow": (
        mark("The warehouse took longer than {seconds:count} seconds, so the query was stopped."),
        mark("Try again when it is less busy, or open a smaller table or view."),
    ),
    "ReadOnlyWarehouse": (
        mark("A warehouse is only read, never written to."),
        mark("Download the results on the Export page instead."),
    ),
    "JobFailed": (
        mark("The computation stopped unexpectedly ({detail})."),
        mark("Start it again. If it happens again, please report it with this message."),
    ),
    "JobCancelled": (
        mark("The computation was cancelled."),
        mark("Start it again when you like; nothing was lost."),
    ),
    "UnreadableStudy": (
        mark("This is not a study that can be read ({detail})."),
        mark("Choose a study.toml that was saved on the Export page."),
    ),
    "NewerStudy": (
        mark("The study was saved by a newer version (format {found}; this one knows {known})."),
        mark("Update Segment Studio, or save the study from this version."),
    ),
    "StudyOfAnotherFile": (
        mark(
            "The study was made from “{name}” with {expected_rows:count} rows; this file has "
            "other content ({found_rows:count} rows)."
        ),
        mark("Open the file the study was made from, or go on with this one: segments may differ."),
    ),
    "StudyChangedElsewhere": (
        mark("The study was changed in another tab meanwhile."),
        mark("This screen now shows that version. Make your change again if you still want it."),
    ),
    "TooLargeForSheet": (
        mark("{n_rows:count} rows do not fit a worksheet, which holds {limit:count}."),
        mark("Download the CSV instead."),
    ),
}


# What to say instead when a value that the sentence above would name is not known.
WITHOUT: Mapping[tuple[str, str], str] = {
    ("JobFailed", "detail"): mark("The computation’s process ended (exit code {exit_code})."),
    ("OutOfMemory", "limit"): mark("The work needs more memory than this computer has left."),
}


@dataclass(frozen=True, slots=True)
class Explained:
    """An error in words."""

    happened: str
    next_step: str


def explain(error: SegmentationError, words: Words) -> Explained:
    """Say what happened and what to do next.

    Parameters
    ----------
    error : SegmentationError
    words : Words
        The reader's language.

    Returns
    -------
    Explained
    """
    happened, next_step = SENTENCES[error.code]
    values: dict[str, Any] = {"": None, **error.values}
    for (code, name), instead in WITHOUT.items():
        if code == error.code and values.get(name) is None:
            happened = instead
    told = Explained(words(happened, **values), words(next_step, **values))
    file = values.get("in_file")
    if file is None:
        return told
    others = words("Or leave this file out: none of the others was opened, either.")
    return Explained(
        told.happened if file == values.get("name") else in_file(str(file), told.happened, words),
        words.sentences([told.next_step, others]),
    )
