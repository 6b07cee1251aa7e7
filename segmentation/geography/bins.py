"""Customers counted in hexagons of one size, for maps of more customers than points can show.

Enters: a customer table, its places and the labels of a solution. Leaves: ``Bins``: counts by
hexagon and segment, made in the engine. Refuses to show a hexagon with fewer than five customers.

The hexagons tile the Web Mercator plane, where the map is drawn, so all look the same size on
screen; on the ground they shrink towards the poles like everything on such a map.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pandas as pd

from segmentation.geography.located import Extent, Located, locate, placed_rows
from segmentation.geography.mercator import height, height_in_engine, latitude_at
from segmentation.geography.places import Places
from segmentation.geography.tally import (
    HIDDEN_BELOW,
    PLAIN,
    Counted,
    Sums,
    by_place,
    by_segment,
    segments_in,
    sums_of,
)
from segmentation.intake import CustomerTable
from segmentation.notes import Note

# Widths to choose from, in degrees of longitude: from a few streets to half a continent.
BIN_SIZES = (
    *(0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7),
    *(1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0),
)
# Hexagons side by side across the extent of many customers: fine enough to see a pattern.
BINS_ACROSS = 40
FEWEST_ACROSS = 8
# Few customers need larger hexagons, or most would be in hidden ones: about so many customers for
# each hexagon of the extent, were they spread evenly.
CUSTOMERS_A_BIN = 6
# What a browser takes as one map; of more, the fullest are kept.
BINS_UP_TO = 5_000


class Leading(StrEnum):
    """What makes a segment lead a hexagon.

    ``LARGEST``: it has most customers there; of equals the larger segment. A large segment leads
    nearly everywhere. ``TYPICAL``: its number there exceeds most what the market would lead to
    expect, by the Pearson residual (observed - expected) / sqrt(expected), which unlike an index
    is not carried away by hexagons with few customers.
    """

    LARGEST = "largest"
    TYPICAL = "typical"


@dataclass(frozen=True, slots=True, eq=False)
class Bins:
    """Customers by hexagon and segment, fullest hexagon first.

    Attributes
    ----------
    degrees : float
        Width of a hexagon, side to side, in degrees of longitude.
    latitude, longitude : ndarray of shape (n_bins,)
        Middle of each hexagon, degrees.
    counts : ndarray of shape (n_bins, k)
        Customers of each segment.
    mass : ndarray of shape (n_bins, k)
        Sums of weights; equal to ``counts`` where every customer counts once.
    hidden_bins, hidden_customers : int
        Hexagons that are not shown because they hold too few customers, and who is in them.
    located : Located
        How many customers there are to show, and who is left out.
    by : Leading
        What makes a segment lead a hexagon; ``dataclasses.replace`` changes it without a query.
    sums : Sums or None
        The quantity that was counted, by hexagon.
    notes : tuple of Note
        Those of ``located``, and ``bins-hidden``, where there is something to say.
    """

    degrees: float
    latitude: npt.NDArray[np.float64]
    longitude: npt.NDArray[np.float64]
    counts: npt.NDArray[np.int64]
    mass: npt.NDArray[np.float64]
    hidden_bins: int
    hidden_customers: int
    located: Located
    by: Leading = Leading.LARGEST
    sums: Sums | None = None
    notes: tuple[Note, ...] = ()

    @property
    def extent(self) -> Extent | None:
        """What a map of them shows at first."""
        return self.located.extent

    @property
    def n_customers(self) -> npt.NDArray[np.int64]:
        """Customers in each hexagon, of shape (n_bins,)."""
        total: npt.NDArray[np.int64] = self.counts.sum(axis=1)
        return total

    @property
    def leading(self) -> npt.NDArray[np.int64]:
        """The segment that gives each hexagon its colour, of shape (n_bins,); see ``Leading``."""
        return leading(self.mass, self.by)

    @property
    def leading_share(self) -> npt.NDArray[np.float64]:
        """Share of the leading segment in the hexagon's mass, in [0, 1]."""
        total = self.mass.sum(axis=1)
        share: npt.NDArray[np.float64] = np.zeros(len(total))
        mass = self.mass[np.arange(len(total)), self.leading]
        np.divide(mass, total, out=share, where=total > 0)
        return share


def leading(mass: npt.NDArray[np.float64], by: Leading) -> npt.NDArray[np.int64]:
    """Return the segment that leads each place.

    Parameters
    ----------
    mass : ndarray of shape (n_places, k)
        Sums of weights by place and segment.
    by : Leading

    Returns
    -------
    ndarray of shape (n_places,)
        0 … k - 1.
    """
    excess = mass
    if by is Leading.TYPICAL and mass.any():
        expected = np.outer(mass.sum(axis=1), mass.sum(axis=0)) / mass.sum()
        excess = (mass - expected) / np.sqrt(np.where(expected > 0, expected, 1.0))
    found: npt.NDArray[np.int64] = excess.argmax(axis=1)
    return found


def bin_size(located: Located) -> float:
    """Choose a width of hexagons that suits the extent and the number of the customers.

    Many customers get about 40 hexagons across the extent of their middle 90 %, few get fewer.

    Parameters
    ----------
    located : Located

    Returns
    -------
    float
        One of ``BIN_SIZES``, degrees of longitude; the largest when nobody is on the map.
    """
    if located.extent is None:
        return BIN_SIZES[-1]
    across = math.sqrt(located.n_placed / CUSTOMERS_A_BIN)
    across = max(FEWEST_ACROSS, min(BINS_ACROSS, across))
    tall = height(located.extent.north) - height(located.extent.south)
    wide = located.extent.east - located.extent.west
    wanted = max(wide, tall, BIN_SIZES[0]) / across
    return min(BIN_SIZES, key=lambda size: abs(math.log(size / wanted)))


def finer(degrees: float, steps: int) -> float:
    """Return the width of hexagons so many sizes finer, or coarser where negative.

    Examples
    --------
    >>> finer(0.5, 1), finer(0.5, -1), finer(0.005, 3)
    (0.3, 0.7, 0.005)
    """
    place = BIN_SIZES.index(degrees) - steps
    return BIN_SIZES[max(0, min(len(BIN_SIZES) - 1, place))]


def bin_customers(
    table: CustomerTable,
    places: Places,
    labels: str,
    degrees: float,
    *,
    counted: Counted = PLAIN,
    located: Located | None = None,
) -> Bins:
    """Count customers by hexagon and segment, in the engine.

    Parameters
    ----------
    table : CustomerTable
        Its population is counted.
    places : Places
        With both coordinates.
    labels : str
        Engine table of the labels: ``__row``, ``segment``.
    degrees : float
        Width of a hexagon in degrees of longitude; :func:`bin_size` suggests one.
    counted : Counted
        Survey weights, and a quantity to sum up by hexagon.
    located : Located, optional
        What :func:`locate` found; asked again when absent.

    Returns
    -------
    Bins

    Raises
    ------
    UnknownColumn
        When a coordinate is missing.
    """
    located = located or locate(table, places, labels)
    n_segments = segments_in(table, labels)
    placed = placed_rows(table, places, labels, counted=counted)
    by_bin = by_place(in_hexagons(placed, degrees), ("across", "along"), n_segments)
    by_bin = by_bin.mutate(bins=by_bin.count().over())
    full = by_bin.filter(by_bin["n"] >= HIDDEN_BELOW)
    ordered = full.order_by(full["n"].desc(), "across", "along").limit(BINS_UP_TO)
    shown = table.session.frame(ordered)
    if len(shown):
        n_bins = int(shown["bins"].iloc[0])
    else:
        n_bins = int(table.session.arrow(by_bin.aggregate(n=by_bin.count()))["n"][0].as_py())
    return _bins(shown, degrees, n_bins, located, n_segments)


def _bins(
    shown: pd.DataFrame, degrees: float, n_bins: int, located: Located, n_segments: int
) -> Bins:
    counts, mass = by_segment(shown, n_segments)
    hidden_customers = located.n_placed - int(counts.sum())
    hidden_bins = n_bins - len(shown)
    notes = list(located.notes)
    if hidden_bins:
        notes.append(
            Note.of("bins-hidden", bins=hidden_bins, customers=hidden_customers, below=HIDDEN_BELOW)
        )
    side = degrees / math.sqrt(3)
    across = shown["across"].to_numpy(dtype=np.float64)
    along = shown["along"].to_numpy(dtype=np.float64)
    return Bins(
        degrees=degrees,
        latitude=latitude_at(1.5 * side * along),
        longitude=degrees * (across + along / 2),
        counts=counts,
        mass=mass,
        hidden_bins=hidden_bins,
        hidden_customers=hidden_customers,
        located=located,
        sums=sums_of(shown),
        notes=tuple(notes),
    )


def lattice(bins: Bins, cell: int) -> tuple[int, int]:
    """Return the axial coordinates of a hexagon: how far along its row, and which row."""
    along = round(height(float(bins.latitude[cell])) * math.sqrt(3) / (1.5 * bins.degrees))
    return round(float(bins.longitude[cell]) / bins.degrees - along / 2), along


def in_hexagons(
    rows: ir.Table, degrees: float, keep: tuple[str, ...] = ("segment", "weight", "quantity")
) -> ir.Table:
    """Find each customer's hexagon (pointed top) in axial coordinates.

    A point has three cube coordinates that add up to zero; rounded one by one they may not, and
    then the one that moved most is set from the other two.
    """
    tall = height_in_engine(rows["lat"])
    q = rows["lon"] / degrees - tall / (degrees * math.sqrt(3))
    r = tall * (2 / math.sqrt(3)) / degrees
    near = rows.mutate(q=q, r=r, across=q.round(0), along=r.round(0), third=(-q - r).round(0))
    off_across = (near["across"] - near["q"]).abs()
    off_along = (near["along"] - near["r"]).abs()
    off_third = (near["third"] + near["q"] + near["r"]).abs()
    across_moved = (off_across > off_along) & (off_across > off_third)
    along_moved = ~across_moved & (off_along > off_third)
    kept = [name for name in keep if name in near.columns]
    return near.select(
        *kept,
        across=ibis.ifelse(across_moved, -near["along"] - near["third"], near["across"]).cast(
            "int64"
        ),
        along=ibis.ifelse(along_moved, -near["across"] - near["third"], near["along"]).cast(
            "int64"
        ),
    )
