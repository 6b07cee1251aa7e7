"""The map taken away: as a picture drawn offline from the same places, and its numbers.

Enters: what the map shows and how it is painted. Leaves: nothing. Refuses numbers of fewer than
five customers in a place, as the map does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from pages.ui.figures import taken_away
from segmentation.charts import map_drawing, segment_rgb
from segmentation.export.map_rows import place_rows, point_rows
from segmentation.geography import Cells, Points, Shading
from segmentation.geography.backdrop import Base, written
from segmentation.geography.paint import Paint, point_paint
from segmentation.geography.view import fit
from segmentation.wording import Words


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """A map of places as it is taken away.

    Attributes
    ----------
    shown : Bins or Areas
    shading : Shading
    painted : callable
        Its paint on a light page, or with True on a dark one.
    labels : tuple of str
        What each class is called.
    title : str
    name : str
        Of the files.
    """

    shown: Cells
    shading: Shading
    painted: Callable[[bool], Paint]
    labels: tuple[str, ...]
    title: str
    name: str


def points(shown: Points, k: int, names: Sequence[str], base: Base, words: Words) -> None:
    """Offer the map of single customers: its picture, and the segment at each place."""
    near = written(fit(shown.extent), base)
    drawing = map_drawing(
        shown,
        lambda dark: point_paint(shown.segment, segment_rgb(k, dark=dark)),
        names,
        words,
        near,
    )
    title = words("Customers on the map by segment")
    taken_away(drawing, title, "map", lambda: point_rows(shown, names, words))


def cells(taken: Taken, names: Sequence[str], base: Base, words: Words) -> None:
    """Offer a map of places: its picture, and the customers of each segment there."""
    near = written(fit(taken.shown.extent), base)
    drawing = map_drawing(taken.shown, taken.painted, taken.labels, words, near)
    rows = partial(place_rows, taken.shown, taken.shading, names, words)
    taken_away(drawing, taken.title, taken.name, rows)
