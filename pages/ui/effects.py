"""What the table page decides about the open files, put into effect.

Enters: a visit and another composition, codebook or reading. Leaves: other customers, or the former
ones where it is refused or cancelled. Refuses to ask: the widgets do.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from pages.ui import compute, opening, reading_views, retyping
from pages.ui.composing import Change
from pages.ui.visits import Visit
from segmentation.intake import ReadOptions
from segmentation.intake.codebook import Codebook
from segmentation.study import Study
from segmentation.transactions import Composition, Upload
from segmentation.wording import Words


def compose(visit: Visit, change: Change, words: Words) -> None:
    """Put the customers together in another way."""
    work = partial(opening.put_together, visit, change.composition, *change.added)
    reading_views.put_together(visit, work, words)


def describe(visit: Visit, codebook: Codebook | Upload, words: Words) -> None:
    """Put another codebook into effect, read first where it is a file."""
    study, seen = compute.study_of(visit), visit.revision
    if isinstance(codebook, Upload):
        work = partial(retyping.describe_by, visit, codebook, study, seen)
    else:
        described = replace(study, codebook=codebook)
        work = partial(retyping.describe_again, visit, described, seen)
    reading_views.put_together(visit, work, words, is_choice=True)


def type_again(visit: Visit, changed: Study, words: Words) -> None:
    """Type the columns as a changed study says."""
    work = partial(retyping.type_again, visit, changed, visit.revision)
    reading_views.put_together(visit, work, words, is_choice=True)


def read_again(visit: Visit, wanted: tuple[ReadOptions, Composition], words: Words) -> None:
    """Read the files in another way."""
    work = partial(opening.read_again, visit, *wanted)
    reading_views.put_together(visit, work, words, is_choice=True)
