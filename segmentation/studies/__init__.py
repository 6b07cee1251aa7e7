"""Studies in a real database: saved, reopened, compared; versions of decisions, never customers.

What talks to the database is loaded when a store is opened, not before: whoever saves nothing does
not wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from segmentation.studies.address import DatabaseAddress, address_from
from segmentation.studies.comparing import Comparison, Difference, compare, differing
from segmentation.studies.drafting import (
    draft_of,
    labels_fingerprint,
    made_with,
    results_of,
    verdict_of,
)
from segmentation.studies.records import Draft, Judgement, Results, SavedStudy, Version, tidy

if TYPE_CHECKING:
    from segmentation.studies.store import StudyStore

__all__ = [
    "Comparison",
    "DatabaseAddress",
    "Difference",
    "Draft",
    "Judgement",
    "Results",
    "SavedStudy",
    "Version",
    "address_from",
    "compare",
    "differing",
    "draft_of",
    "labels_fingerprint",
    "made_with",
    "open_store",
    "results_of",
    "tidy",
    "verdict_of",
]


def open_store(address: DatabaseAddress) -> StudyStore:
    """Open the saved studies of a database; its tables are made, or brought up to date, first.

    Parameters
    ----------
    address : DatabaseAddress

    Returns
    -------
    StudyStore

    Raises
    ------
    BadStudiesAddress, NoStudiesDriver, StudiesUnreachable, NewerStudies
        When that cannot be done.
    """
    from segmentation.studies.store import StudyStore

    return StudyStore(address)
