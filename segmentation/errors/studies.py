"""What studies and exports are refused for.

Enters: values. Leaves: exceptions. Refuses to know any language.
"""

from __future__ import annotations

from segmentation.errors.root import SegmentationError


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


class UnreadableModel(StudyError):
    """The file is not a saved model (``detail``)."""


class NewerModel(StudyError):
    """The model was saved by a newer version (``found``, ``known``)."""


class NoModel(StudyError):
    """There is no saved model where one was looked for (``name``)."""


class ModelColumnsMissing(StudyError):
    """A file lacks columns that the model needs (``names``, ``nearest``)."""


class ColumnOfAnotherKind(StudyError):
    """A column holds another kind of values than the model's (``name``)."""


class BadMapping(StudyError):
    """A column cannot be called so (``old``, ``new``)."""


class TurnedMapping(StudyError):
    """A mapping names the model's column before the file's (``old``, ``new``)."""


class NotInSql(StudyError):
    """A part of the assignment has no SQL (``name``)."""


class StudySavedElsewhere(StudyError):
    """Somebody else changed the saved study meanwhile (``name``, ``by``, ``at``, ``version``)."""


class UnknownStudy(StudyError):
    """No study of that number or version is saved (``name``)."""


class NoSavedStudies(StudyError):
    """Saving studies is switched off."""


class BadStudiesAddress(StudyError):
    """The address of the database of saved studies cannot be used; it is not repeated."""


class NoStudiesDriver(StudyError):
    """The package that talks to that database is not installed."""


class StudiesUnreachable(StudyError):
    """The database of saved studies does not answer (``detail``)."""


class NewerStudies(StudyError):
    """A newer version wrote the database of saved studies (``found``, ``known``)."""


class ExportError(SegmentationError):
    """A result cannot be written as asked."""


class TooLargeForSheet(ExportError):
    """More rows than a worksheet holds (``n_rows``, ``limit``)."""


class UnknownPlatform(ExportError):
    """No audience file is written for a platform of that name (``name``, ``known``)."""


class UnknownPart(ExportError):
    """An audience file has no such part (``name``, ``known``)."""


class NoIdentifier(ExportError):
    """The file has no column by which the platform could find anybody (``platform``)."""


class BadHoldOut(ExportError):
    """A hold-out cannot be planned with these rates (``base``, ``lift``)."""


class UnknownReportEnding(ExportError):
    """A report is asked for in a form that nobody writes (``name``)."""
