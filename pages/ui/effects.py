"""What the table page decides about the open files, put into effect.

Enters: a visit and another composition, codebook or reading. Leaves: other customers, or the former
ones where it is refused or cancelled. Refuses to ask: the widgets do.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from pages.ui import compute, opening, reading_views, state
from pages.ui.composing import Change
from pages.ui.visits import Visit
from segmentation.intake import ReadOptions
from segmentation.intake.codebook import Codebook
from segmentation.transactions import Composition
from segmentation.wording import Words


def compose(visit: Visit, change: Change, words: Words) -> None:
    """Put the customers together in another way."""
    work = partial(opening.put_together, visit, change.composition, *change.added)
    reading_views.put_together(visit, work, words)


def describe(visit: Visit, codebook: Codebook, words: Words) -> None:
    """Put another codebook into effect; orders are summed up again by its labels."""
    described = replace(compute.study_of(visit), codebook=codebook)
    compute.check_population(visit, described)
    if described.composition.sums_orders:
        work = partial(opening.sum_again, visit, described)
        reading_views.put_together(visit, work, words, is_choice=True)
    else:
        state.save(described)
        state.begin_anew()


def read_again(visit: Visit, wanted: tuple[ReadOptions, Composition], words: Words) -> None:
    """Read the files in another way."""
    work = partial(opening.read_again, visit, *wanted)
    reading_views.put_together(visit, work, words, is_choice=True)
