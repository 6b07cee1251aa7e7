"""Who is within reach of places of interest: rings around the nearest, and two places' overlap.

Enters: a customer table, the labels of a solution, and distances measured or to measure. Leaves:
``Catchments`` and ``Overlap``. Refuses to show a group of fewer than five customers, or one that
could be worked out from what is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from segmentation.geography.hiding import hidden_cells
from segmentation.geography.located import placed_rows
from segmentation.geography.nearby import Spot
from segmentation.geography.nearest import km_to
from segmentation.geography.places import Places
from segmentation.geography.tally import HIDDEN_BELOW, labelled_rows
from segmentation.intake import Column, CustomerTable
from segmentation.notes import Note

# What is offered as a reach, in kilometres.
RADII_KM = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0)
_RADII_SHOWN = 3

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Catchments:
    """Customers within some distances of the nearest place; the whole market is the last row.

    Attributes
    ----------
    label : str
        What the places are called together.
    radii : tuple of float
        Kilometres, ascending.
    n_customers : ndarray of shape (k + 1,)
        With a distance, unweighted.
    counts : ndarray of shape (k + 1, n_radii)
        Those within each distance, unweighted; NaN where hidden.
    share : ndarray of shape (k + 1, n_radii)
        Their share in [0, 1], weighted; NaN where hidden or there is nobody.
    median_km : ndarray of shape (k + 1,)
        Median distance, unweighted; NaN below five customers.
    notes : tuple of Note
        ``cells-hidden``, where there is something to say.
    """

    label: str
    radii: tuple[float, ...]
    n_customers: npt.NDArray[np.int64]
    counts: Numbers
    share: Numbers
    median_km: Numbers
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Overlap:
    """Customers within a distance of either of two places; the whole market is the last row.

    Attributes
    ----------
    km : float
    n_customers : ndarray of shape (k + 1,)
        On the map, unweighted.
    first, second, both, either : ndarray of shape (k + 1,)
        Customers within ``km`` of each place, of both and of at least one, unweighted; NaN where
        hidden.
    notes : tuple of Note
        ``cells-hidden``, where there is something to say.
    """

    km: float
    n_customers: npt.NDArray[np.int64]
    first: Numbers
    second: Numbers
    both: Numbers
    either: Numbers
    notes: tuple[Note, ...] = ()


def catchments(
    table: CustomerTable,
    distance: Column,
    labels: str,
    k: int,
    radii: Sequence[float],
    weight_key: str | None = None,
) -> Catchments:
    """Count customers by segment within some distances of the nearest place.

    Parameters
    ----------
    table : CustomerTable
        Its population is counted.
    distance : Column
        Kilometres to the nearest place, as :func:`with_distances` made it.
    labels : str
        Engine table of the labels: ``__row``, ``segment``.
    k : int
        Number of segments.
    radii : sequence of float
        Kilometres.
    weight_key : str, optional
        Engine column of survey weights: shares use them, counts and medians do not.

    Returns
    -------
    Catchments
    """
    ordered = tuple(sorted(set(radii)))
    rows = labelled_rows(table, labels, weight_key)
    km = rows[distance.key]
    rows = rows.filter(rows["segment"].notnull() & km.notnull())
    rows = rows.select("segment", "weight", km=km)
    inside = {f"r{i}": rows["km"] <= radius for i, radius in enumerate(ordered)}
    n, mass, medians = _summed(table, rows, inside, k)
    rings = n - np.column_stack((np.zeros(k + 1, np.int64), n[:, :-1]))
    hidden = _hidden(rings)
    shown = _cumulated(hidden)[:, :-1]
    total = mass[:, -1:]
    share = np.divide(mass[:, :-1], total, out=np.full(shown.shape, np.nan), where=total > 0)
    return Catchments(
        label=str(distance.reason.get("label")),
        radii=ordered,
        n_customers=n[:, -1],
        counts=np.where(shown, n[:, :-1], np.nan),
        share=np.where(shown, share, np.nan),
        median_km=np.where(n[:, -1] >= HIDDEN_BELOW, medians, np.nan),
        notes=_notes(shown),
    )


def radii_for(median_km: float) -> tuple[float, ...]:
    """Suggest distances to look at: those of a fixed list around the market's median.

    Examples
    --------
    >>> radii_for(7.0)
    (2.0, 5.0, 10.0)
    """
    above = next((i for i, km in enumerate(RADII_KM) if km >= median_km), len(RADII_KM) - 1)
    start = max(0, min(above - _RADII_SHOWN + 1, len(RADII_KM) - _RADII_SHOWN))
    return RADII_KM[start : start + _RADII_SHOWN]


def overlap(
    table: CustomerTable,
    places: Places,
    labels: str,
    k: int,
    pair: tuple[Spot, Spot],
    km: float,
) -> Overlap:
    """Count customers by segment within a distance of two places, of both and of either.

    Parameters
    ----------
    table : CustomerTable
        Its population is counted.
    places : Places
        With both coordinates.
    labels : str
        Engine table of the labels: ``__row``, ``segment``.
    k : int
        Number of segments.
    pair : tuple of Spot
        The two places.
    km : float
        Radius of both catchments.

    Returns
    -------
    Overlap
    """
    rows = placed_rows(table, places, labels)
    first, second = (
        km_to(rows["lat"], rows["lon"], (spot.latitude, spot.longitude)) <= km for spot in pair
    )
    rows = rows.select("segment", near=first, far=second, weight=ibis.literal(1.0))
    near, far = rows["near"], rows["far"]
    parts = {"a": near & ~far, "b": far & ~near, "ab": near & far, "none": ~near & ~far}
    n, _, _ = _summed(table, rows, parts, k)
    apart = n[:, :-1]
    hidden = _hidden(apart)

    def told(*which: int) -> Numbers:
        inside = hidden[:, which].sum(axis=1)
        shown = (inside == 0) | (inside == hidden.sum(axis=1))
        return np.where(shown, apart[:, which].sum(axis=1), np.nan)

    first_all, second_all, both, either = told(0, 2), told(1, 2), told(2), told(0, 1, 2)
    shown = ~np.isnan(np.array([first_all, second_all, both, either]))
    return Overlap(km, n[:, -1], first_all, second_all, both, either, _notes(shown))


def _summed(
    table: CustomerTable, rows: ir.Table, parts: dict[str, ir.BooleanValue], k: int
) -> tuple[npt.NDArray[np.int64], Numbers, Numbers]:
    """Count customers and sum weights by segment and part, and of all; the market comes last.

    The last column is everybody; beside them the median of ``km``, where the rows have one.
    """
    measured: dict[str, ir.Value] = {}
    for name, inside in {**parts, "all": ibis.literal(True)}.items():
        measured[f"n_{name}"] = rows.count(where=inside)
        measured[f"w_{name}"] = rows["weight"].sum(where=inside).fill_null(0.0)
    if "km" in rows.columns:
        measured["median"] = rows["km"].median()
    by_segment = table.session.arrow(rows.group_by("segment").aggregate(**measured)).to_pylist()
    market = table.session.arrow(rows.aggregate(**measured)).to_pylist()[0]
    found = {row["segment"]: row for row in by_segment} | {k: market}
    blank: dict[str, float] = dict.fromkeys(measured, 0)
    lines = [found.get(segment, blank) for segment in range(k + 1)]
    names = [*parts, "all"]
    counts = np.array([[line[f"n_{name}"] for name in names] for line in lines], dtype=np.int64)
    mass = np.array([[line[f"w_{name}"] for name in names] for line in lines], dtype=np.float64)
    middle = [line.get("median") for line in lines]
    return counts, mass, np.array([np.nan if m is None else m for m in middle], dtype=np.float64)


def _hidden(parts: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Say which parts of the segments, and of the market below them, are hidden.

    A part that is small in the market is hidden there, and with it every segment's.
    """
    segments = hidden_cells(parts[:-1], complete=True)
    market = hidden_cells(parts[-1:], complete=False)
    return np.vstack((segments | market & (parts[:-1] > 0), market))


def _cumulated(hidden: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Say which sums of the first parts may be shown.

    With one hidden part inside and another outside, the sum would tell the first. With all of them
    inside it tells no more than the total does.
    """
    inside = hidden.cumsum(axis=1)
    shown: npt.NDArray[np.bool_] = (inside == 0) | (inside == inside[:, -1:])
    return shown


def _notes(shown: npt.NDArray[np.bool_]) -> tuple[Note, ...]:
    n = int((~shown).sum())
    return (Note.of("cells-hidden", n=n, below=HIDDEN_BELOW),) if n else ()
