"""What segments are called besides their names on show: by default, before a split, as found.

Enters: a visit. Leaves: names. Refuses to change any.
"""

from __future__ import annotations

from pages.ui.compute import matrix, partition, study_of
from pages.ui.visits import Visit
from segmentation import workflow
from segmentation.wording import Words
from segmentation.wording.structure import default_names, names_on_show
from segmentation.wording.terms import segment_names


def macro_names(visit: Visit, words: Words) -> tuple[str, ...]:
    """Return the names of the segments before any was split."""
    whole, branch = partition(visit).macro, study_of(visit).branch
    own = branch.names_of(whole.key, whole.k)
    return names_on_show(whole, own, own, words)


def usual_names(visit: Visit, words: Words) -> tuple[str, ...]:
    """Return what the segments on show are called where the user names none of them."""
    found, branch = partition(visit), study_of(visit).branch
    return default_names(found, branch.names_of(found.macro.key, found.macro.k), words)


def found_names(visit: Visit, k: int, words: Words) -> tuple[str, ...]:
    """Return the names of ``k`` segments as they were found, before anything was done by hand."""
    study = study_of(visit)
    key = workflow.key_of(matrix(visit), study, k)
    return segment_names(study.branch.names_of(key, k), words)
