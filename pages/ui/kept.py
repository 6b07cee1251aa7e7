"""What a visit knows of saved studies: which one is open, and which one waits for its file.

Enters: records of the database. Leaves: frozen values, kept in the visit. Refuses to ask the
database.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from segmentation.errors import SegmentationError
from segmentation.studies import SavedStudy
from segmentation.study import Study


@dataclass(frozen=True, slots=True)
class Kept:
    """The saved study that the open one came from, or was saved as.

    Attributes
    ----------
    study : SavedStudy
        As this visit last saw it; its revision tells whether somebody changed it since.
    number : int
        Of the version.
    """

    study: SavedStudy
    number: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A saved study that is to be opened, as soon as its file is.

    Attributes
    ----------
    kept : Kept
    study : Study
        Its decisions.
    tried : Hashable
        The files that turned out not to be those it was made from; None before any was tried.
    refusal : SegmentationError or None
        Why it did not open with them.
    """

    kept: Kept
    study: Study
    tried: Hashable = None
    refusal: SegmentationError | None = None
