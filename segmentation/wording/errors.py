"""What each error says: what happened, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from segmentation.errors import SegmentationError
from segmentation.wording.language import Words, mark

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
    "UnknownFormat": (
        mark("The file “{name}” is neither a text table, a workbook nor Parquet."),
        mark("Save the table as CSV, TSV, XLSX, XLS, ODS or Parquet and upload that."),
    ),
    "FileTooLarge": (
        mark("The file holds {size_mb:count} MB; at most {limit_mb:count} MB can be opened."),
        mark("Leave out columns that you do not need, or split the file."),
    ),
    "TooManyColumns": (
        mark("The table has {n_columns:count} columns; at most {limit:count} can be opened."),
        mark("Check the delimiter, or leave out columns that you do not need."),
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
    return Explained(words(happened, **values), words(next_step, **values))
