"""What each error says: what happened, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from segmentation.errors import SegmentationError
from segmentation.wording.language import Words, in_file, mark
from segmentation.wording.table_errors import TABLE_SENTENCES

SENTENCES: Mapping[str, tuple[str, str]] = {
    **TABLE_SENTENCES,
    "NoBasis": (
        mark("Segments need at least two variables that vary; there are {n_usable:count}."),
        mark("On the Variables page, give at least two columns the role “Forms segments”."),
    ),
    "ConstantVariable": (
        mark("All variables that should form segments hold one value only, such as “{name}”."),
        mark("On the Variables page, choose variables whose values differ between customers."),
    ),
    "NothingToAsk": (
        mark(
            "No question tells these segments apart: {n_customers:count} customers were looked at "
            "and {n_variables:count} variables could be asked."
        ),
        mark("Choose another number of segments, or other variables to form them."),
    ),
    "UnsuitableBasis": (
        mark("“{name}” must not form segments: it is personal data, an identifier or free text."),
        mark("Choose another role for it. What customers do or want forms better segments."),
    ),
    "TooManyGivenSegments": (
        mark("“{name}” has {n:count} different values; at most {limit:count} can be segments."),
        mark("Choose another column, or bring its values together in the file first."),
    ),
    "NoGivenSegments": (
        mark("“{name}” gives no segments: it holds dates, or fewer than two different values."),
        mark("Choose a column with a few values that say where each customer belongs."),
    ),
    "NobodyPinned": (
        mark("No customer is left for “{name}”: nobody meets its conditions."),
        mark("Change or remove the rule on the Segments page, or loosen the population filter."),
    ),
    "EverybodyPinned": (
        mark("The rules take all {n:count} customers: nobody is left to be segmented."),
        mark("Add a condition to a rule, or remove one."),
    ),
    "SegmentsInRule": (
        mark("“{name}” cannot be a rule segment: its filter asks for segments."),
        mark(
            "Take that condition out. A rule takes its customers first, and the others are "
            "segmented afterwards, so the segments of today will not be there."
        ),
    ),
    "BadMerge": (
        mark(
            "Segments {first:count} and {second:count} cannot be merged: there are {k:count}, and "
            "two must remain."
        ),
        mark("Choose two different segments, or a larger number of segments first."),
    ),
    "UnreadableModel": (
        mark("This is not a saved model ({detail})."),
        mark("Take the file model.json that was written beside the results."),
    ),
    "NewerModel": (
        mark("The model was saved by a newer version ({found:count}; known: {known:count})."),
        mark("Update the program, or save the model again here."),
    ),
    "NoModel": (
        mark("“{name}” holds no saved model."),
        mark(
            "Name the folder of a run, its model.json, or a study together with the file that it "
            "is about (--from)."
        ),
    ),
    "ModelColumnsMissing": (
        mark("The new file lacks columns that place a customer: {names:list}."),
        mark("Say which of its columns are meant (--map OLD=NEW), such as {nearest:list}."),
    ),
    "ColumnOfAnotherKind": (
        mark("“{name}” holds another kind of values than the model's column of that name."),
        mark("Check that the right column is meant, and how the file writes its values."),
    ),
    "BadMapping": (
        mark("“{old}” cannot stand for “{new}”."),
        mark(
            "Name a column of the new file first, then one that the model needs and the file lacks."
        ),
    ),
    "TurnedMapping": (
        mark("“{old}” is the model's name and “{new}” the file's: they are the wrong way round."),
        mark("Name the file's column first: “{new}”, then “{old}”."),
    ),
    "NotInSql": (
        mark("This assignment cannot be written as SQL (“{name}”)."),
        mark(
            "Columns that are worked out here and rules about repeated rows are known to no other "
            "engine: assign the file here."
        ),
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
    "NoDenseGroups": (
        mark("There are no 2 to {k_max:count} dense groups that most customers belong to."),
        mark("That is an answer: customers form no such crowds. Another method may cut them."),
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
    "StudySavedElsewhere": (
        mark(
            "“{name}” was changed meanwhile by {by} ({at}); its newest version is number "
            "{version:count}."
        ),
        mark("Nothing is lost: save yours as a study of its own, or look at that version first."),
    ),
    "UnknownStudy": (
        mark("No study or version “{name}” is saved."),
        mark("It may have been deleted. The Studies page lists what there is."),
    ),
    "NoSavedStudies": (
        mark("This server keeps no studies."),
        mark("Download the study as a file instead, or ask whoever runs the server."),
    ),
    "BadStudiesAddress": (
        mark("The address of the database for studies cannot be used."),
        mark("Whoever runs the server finds in the page about deployment how it is written."),
    ),
    "NoStudiesDriver": (
        mark("The package that talks to the database for studies is not installed."),
        mark("Whoever runs the server finds in the page about deployment what to install."),
    ),
    "StudiesUnreachable": (
        mark("The database for studies does not answer ({detail})."),
        mark("Everything else works. Try again later, or download the study as a file."),
    ),
    "NewerStudies": (
        mark("A newer version wrote the saved studies (format {found}; this one knows {known})."),
        mark("Update Segment Studio. Until then, download studies as files."),
    ),
    "TooLargeForSheet": (
        mark("{n_rows:count} rows do not fit a worksheet, which holds {limit:count}."),
        mark("Download the CSV instead."),
    ),
    "UnknownReportEnding": (
        mark("A report cannot be written as “{name}”."),
        mark("End its name in .html, .pptx or .pdf."),
    ),
    "UnknownPlatform": (
        mark("No audience file is known for “{name}”."),
        mark("Choose one of: {known:list}."),
    ),
    "UnknownPart": (
        mark("An audience file holds no “{name}”."),
        mark("Name one of: {known:list}."),
    ),
    "NoIdentifier": (
        mark("The file has no column by which this platform could find anybody."),
        mark("Choose the column of e-mail addresses or telephone numbers, or another platform."),
    ),
    "BadHoldOut": (
        mark("A hold-out cannot be planned with a base rate of {base} and a lift of {lift}."),
        mark("Give both as shares above 0 and below 1, such as 0.05 for 5 %."),
    ),
}


# What to say instead when a value that the sentence above would name is not known.
WITHOUT: Mapping[tuple[str, str], str] = {
    ("StudySavedElsewhere", "by"): mark(
        "“{name}” was changed meanwhile ({at}); its newest version is number {version:count}."
    ),
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
