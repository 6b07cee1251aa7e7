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


class ExportError(SegmentationError):
    """A result cannot be written as asked."""


class TooLargeForSheet(ExportError):
    """More rows than a worksheet holds (``n_rows``, ``limit``)."""
