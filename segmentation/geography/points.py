"""Customers as points of a map, each with its segment.

Enters: a customer table, its places and the labels of a solution. Leaves: ``Points``, at most
20,000. Refuses to give an address away: coordinates are rounded in the engine to a thousandth of
a degree, about a hundred metres, before they leave it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from segmentation.geography.located import DECIMALS, Extent, Located, locate, placed_rows
from segmentation.geography.places import Places
from segmentation.intake import CustomerTable
from segmentation.notes import Note

# A browser drags 10,000 points smoothly and 100,000 no more; beyond this, bins show more.
POINTS_UP_TO = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Customers on a map, in canonical order.

    Attributes
    ----------
    latitude, longitude : ndarray of shape (n_points,)
        Degrees, rounded to a thousandth.
    segment : ndarray of shape (n_points,)
        0 … k - 1.
    located : Located
        How many customers there are to show, and who is left out.
    row : ndarray of shape (n_points,)
        Row of the file, from 0; it stays on the server. Empty where nobody asks who they are.
    notes : tuple of Note
        Those of ``located``; ``points-sampled`` when only the first 20,000 are shown.
    """

    latitude: npt.NDArray[np.float64]
    longitude: npt.NDArray[np.float64]
    segment: npt.NDArray[np.int16]
    located: Located
    row: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    notes: tuple[Note, ...] = ()

    @property
    def extent(self) -> Extent | None:
        """What a map of them shows at first."""
        return self.located.extent

    @property
    def n_points(self) -> int:
        """Number of points."""
        return len(self.segment)


def customer_points(table: CustomerTable, places: Places, labels: str) -> Points:
    """Bring customers with valid coordinates out of the engine, as points of a map.

    Above ``POINTS_UP_TO`` customers the map belongs to :func:`bin_customers`; asked all the same,
    this returns those with the smallest keys, an even sample that is the same on every engine.

    Parameters
    ----------
    table : CustomerTable
        Its population is shown.
    places : Places
        With both coordinates.
    labels : str
        Engine table of the labels: ``__row``, ``segment``.

    Returns
    -------
    Points

    Raises
    ------
    UnknownColumn
        When a coordinate is missing.
    """
    located = locate(table, places, labels)
    rows = placed_rows(table, places, labels)
    first = rows.order_by("__key", "__row").limit(POINTS_UP_TO)
    cells = table.session.arrow(
        first.select(
            "__row",
            "segment",
            lat=first["lat"].round(DECIMALS),
            lon=first["lon"].round(DECIMALS),
        )
    )
    notes = list(located.notes)
    if located.n_placed > POINTS_UP_TO:
        notes.append(Note.of("points-sampled", shown=POINTS_UP_TO, n=located.n_placed))
    return Points(
        latitude=cells["lat"].to_numpy(),
        longitude=cells["lon"].to_numpy(),
        segment=cells["segment"].to_numpy().astype(np.int16),
        located=located,
        row=cells["__row"].to_numpy(),
        notes=tuple(notes),
    )
