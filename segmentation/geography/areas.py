"""Customers counted by country, state or province, for maps that colour these outlines.

Enters: a customer table, a column of regions and the labels of a solution. Leaves: ``Areas``:
counts by outline and segment. Refuses a column of which fewer than half the customers are in a
region whose outline is known, and to show a region with fewer than five customers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pandas as pd

from segmentation.geography.located import EXTENT_SHARE, Extent
from segmentation.geography.outlines import Level, Outline, codes_of, outlines
from segmentation.geography.regions import region_text
from segmentation.geography.tally import (
    HIDDEN_BELOW,
    PLAIN,
    Counted,
    Sums,
    by_place,
    by_segment,
    labelled_rows,
    sums_of,
)
from segmentation.intake import CustomerTable
from segmentation.notes import Note
from segmentation.variables import Variable

# A column of more names than this holds towns or postcodes, no regions.
NAMES_UP_TO = 5_000
# A map of fewer customers than this share would hide more than it shows.
KNOWN_FROM = 0.5
# So many unknown names are told.
TOLD = 3


@dataclass(frozen=True, slots=True, eq=False)
class Areas:
    """Customers by region with an outline, and segment; largest region first.

    Attributes
    ----------
    variable : str
        The column of the regions.
    level : Level
    outlines : tuple of Outline
        Regions with five customers or more.
    names : tuple of str
        Of these regions, as most customers have them.
    counts, mass : ndarray of shape (n_areas, k)
        Customers of each segment, and the sums of their weights.
    people : ndarray of shape (n_areas,)
        Inhabitants, NaN where unknown.
    n_customers_in_all : int
        Customers with a segment, in these regions or not.
    sums : Sums or None
        The quantity that was counted, by region.
    notes : tuple of Note
        ``areas-unmatched`` or ``areas-unmatched-rare``, ``areas-hidden`` and ``regions-unknown``,
        where there is something to say.
    """

    variable: str
    level: Level
    outlines: tuple[Outline, ...]
    names: tuple[str, ...]
    counts: npt.NDArray[np.int64]
    mass: npt.NDArray[np.float64]
    people: npt.NDArray[np.float64]
    n_customers_in_all: int = 0
    sums: Sums | None = None
    notes: tuple[Note, ...] = ()

    @property
    def n_customers(self) -> npt.NDArray[np.int64]:
        """Customers in each region, of shape (n_areas,)."""
        total: npt.NDArray[np.int64] = self.counts.sum(axis=1)
        return total

    @property
    def n_placed(self) -> int:
        """Customers in all these regions."""
        return int(self.counts.sum())

    @property
    def extent(self) -> Extent | None:
        """The rectangle around the largest parts of the regions with 90 % of the customers."""
        if not self.outlines:
            return None
        upto = np.cumsum(self.n_customers) / max(1, int(self.n_customers.sum()))
        enough = 1 + int(np.searchsorted(upto, EXTENT_SHARE))
        boxes = np.array([outline.box for outline in self.outlines[:enough]])
        west, south = boxes[:, :2].min(axis=0)
        east, north = boxes[:, 2:].max(axis=0)
        return Extent(float(west), float(south), float(east), float(north))


def area_customers(
    table: CustomerTable,
    variable: Variable,
    labels: str,
    k: int,
    *,
    counted: Counted = PLAIN,
    people: Variable | None = None,
) -> Areas | None:
    """Count customers by outline and segment, in the engine.

    Parameters
    ----------
    table : CustomerTable
        Its population is counted.
    variable : Variable
        Names the region of each customer.
    labels : str
        Engine table of the labels: ``__row``, ``segment``.
    k : int
        Number of segments.
    counted : Counted
        Survey weights, and a quantity to sum up by region.
    people : Variable, optional
        A column with the inhabitants of the customer's region; the median of a region is taken.
        Without one, those that come with the outlines: countries only.

    Returns
    -------
    Areas or None
        None where fewer than half of the customers are in a region whose outline is known.
    """
    rows = labelled_rows(table, labels, counted.weight_key)
    rows = rows.filter(rows["segment"].notnull()).mutate(region=region_text(rows[variable.key]))
    kept = ["segment", "region", *(["weight"] if counted.weight_key else [])]
    if counted.quantity is not None:
        rows = rows.mutate(quantity=counted.quantity(rows).cast("float64"))
        kept.append("quantity")
    by_region = by_place(rows.select(*kept), ("region",), k)
    ordered = by_region.order_by(by_region["n"].desc(), "region").limit(NAMES_UP_TO + 1)
    found = table.session.frame(ordered)
    if len(found) > NAMES_UP_TO:
        return None
    known = found[found["region"].notna()]
    level, codes = _likeliest(known)
    if level is None:
        return None
    inhabitants = _inhabitants(table, rows, people) if people is not None else {}
    found = found.assign(code=found["region"].map(codes))
    return _areas(variable, level, found, k, inhabitants)


def _inhabitants(table: CustomerTable, rows: ir.Table, people: Variable) -> dict[str, float]:
    medians = rows.group_by("region").aggregate(people=rows[people.key].cast("float64").median())
    told = table.session.frame(medians).dropna()
    told = told[told["people"] > 0]
    return dict(zip(told["region"], told["people"].astype(float), strict=True))


def _likeliest(known: pd.DataFrame) -> tuple[Level | None, Mapping[str, str]]:
    """Return the level with most customers in outlines, None where it is fewer than half."""
    n = dict(zip(known["region"], known["n"], strict=True))
    found = {level: codes_of(n, level) for level in Level}
    placed = {level: sum(n[name] for name in codes) for level, codes in found.items()}
    best = max(Level, key=lambda level: placed[level])
    if not n or placed[best] < KNOWN_FROM * sum(n.values()):
        return None, {}
    return best, found[best]


def _areas(
    variable: Variable,
    level: Level,
    found: pd.DataFrame,
    k: int,
    inhabitants: Mapping[str, float],
) -> Areas:
    """Put the names of one outline together; hide outlines with few customers."""
    summed = ["n", *(c for c in found.columns if c[1:].isdigit())]
    summed += [c for c in ("known", "known_weight", "total") if c in found.columns]
    placed = found[found["code"].notna()]
    by_code = placed.groupby("code")[summed].sum()
    by_code["name"] = placed.groupby("code")["region"].first()
    large = by_code[by_code["n"] >= HIDDEN_BELOW].sort_values("n", ascending=False, kind="stable")
    small = by_code[by_code["n"] < HIDDEN_BELOW]
    shapes = tuple(outlines(level)[str(code)] for code in large.index)
    counts, mass = by_segment(large, k)
    names = tuple(str(name) for name in large["name"])
    told = inhabitants or {
        name: float(shape.people)
        for name, shape in zip(names, shapes, strict=True)
        if shape.people is not None
    }
    unknown = found[found["code"].isna() & found["region"].notna()]
    n_missing = int(found["n"][found["region"].isna()].sum())
    return Areas(
        variable=variable.name,
        level=level,
        outlines=shapes,
        names=names,
        counts=counts,
        mass=mass,
        people=np.array([told.get(name, np.nan) for name in names], dtype=np.float64),
        n_customers_in_all=int(found["n"].sum()),
        sums=sums_of(large),
        notes=_notes(variable, unknown, small, n_missing),
    )


def _notes(
    variable: Variable, unknown: pd.DataFrame, small: pd.DataFrame, n_missing: int
) -> tuple[Note, ...]:
    notes = []
    if len(unknown):
        n, customers = len(unknown), int(unknown["n"].sum())
        told = tuple(str(name) for name in unknown[unknown["n"] >= HIDDEN_BELOW]["region"][:TOLD])
        if told:
            notes.append(Note.of("areas-unmatched", n=n, customers=customers, examples=told))
        else:
            notes.append(Note.of("areas-unmatched-rare", n=n, customers=customers))
    if len(small):
        customers = int(small["n"].sum())
        notes.append(Note.of("areas-hidden", n=len(small), customers=customers, below=HIDDEN_BELOW))
    if n_missing:
        notes.append(Note.of("regions-unknown", name=variable.name, n=n_missing))
    return tuple(notes)
