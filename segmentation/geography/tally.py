"""Customers beside their segments, and sums by segment: what bins and regions have in common.

Enters: a customer table and the engine's table of labels. Leaves: Ibis expressions, and what they
measured as arrays. Refuses to know where anybody is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pandas as pd

from segmentation.intake import CustomerTable

# Groups under five customers are hidden (docs/methods.md, privacy).
HIDDEN_BELOW = 5

# What is summed up beside customers: a number of each, NULL where it is unknown or does not apply.
Quantity = Callable[[ir.Table], ir.NumericValue]


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted by place and segment beside customers.

    Attributes
    ----------
    weight_key : str or None
        Engine column of survey weights.
    quantity : callable or None
        Takes the population as an Ibis table, gives a number of each customer.
    """

    weight_key: str | None = None
    quantity: Quantity | None = None


# Customers alone.
PLAIN = Counted()


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """A quantity by place.

    Attributes
    ----------
    known : ndarray of shape (n_places,)
        Customers of whom it is known, unweighted.
    weight, total : ndarray of shape (n_places,)
        Their weights, and the sum of the quantity times these.
    """

    known: npt.NDArray[np.int64]
    weight: npt.NDArray[np.float64]
    total: npt.NDArray[np.float64]


def labelled_rows(table: CustomerTable, labels: str, weight_key: str | None = None) -> ir.Table:
    """Return the population with its segments and weights, as an Ibis table that has not run yet.

    Parameters
    ----------
    table : CustomerTable
    labels : str
        Engine table of the labels: ``__row``, ``segment``.
    weight_key : str, optional
        Engine column of survey weights.

    Returns
    -------
    ibis Table
        All columns of the population, ``segment`` (NULL for a customer without one) and
        ``weight`` (1 without ``weight_key``; missing and negative weights count as 0).
    """
    rows = table.population()
    segments = table.session.table(labels).select("__row", "segment")
    joined = rows.left_join(segments, "__row").drop("__row_right")
    if weight_key is None:
        return joined.mutate(weight=ibis.literal(1.0))
    return joined.mutate(weight=joined[weight_key].cast("float64").fill_null(0.0).clip(lower=0.0))


def segments_in(table: CustomerTable, labels: str) -> int:
    """Return the number of segments: the largest label plus one, 0 without labels."""
    segments = table.session.table(labels)
    largest = table.session.arrow(segments.aggregate(k=segments["segment"].max()))["k"][0].as_py()
    return 0 if largest is None else int(largest) + 1


def sums(rows: ir.Table, n_segments: int) -> dict[str, ir.Value]:
    """Return what is summed by segment: ``n0 …`` customers and ``w0 …`` weights."""
    measured: dict[str, ir.Value] = {}
    for segment in range(n_segments):
        belongs = rows["segment"] == segment
        measured[f"n{segment}"] = rows.count(where=belongs)
        measured[f"w{segment}"] = rows["weight"].sum(where=belongs).fill_null(0.0)
    return measured


def by_segment(
    measured: pd.DataFrame, n_segments: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Return what :func:`sums` measured: customers and weights, each of shape (n_rows, k)."""
    counts = measured[[f"n{s}" for s in range(n_segments)]].to_numpy(dtype=np.int64)
    mass = measured[[f"w{s}" for s in range(n_segments)]].to_numpy(dtype=np.float64)
    return counts, mass


def effective_share(table: CustomerTable, labels: str, weight_key: str | None) -> float:
    """Return how much a weighted customer tells, beside an unweighted one.

    Parameters
    ----------
    table : CustomerTable
    labels : str
        Engine table of the labels: ``__row``, ``segment``.
    weight_key : str or None
        Engine column of survey weights.

    Returns
    -------
    float
        The effective sample size by Kish, (sum of weights)² / sum of squared weights, over the
        number of customers with a segment, in [0, 1]; 1 without weights.
    """
    if weight_key is None:
        return 1.0
    rows = labelled_rows(table, labels, weight_key)
    rows = rows.filter(rows["segment"].notnull())
    weight = rows["weight"]
    measured = rows.aggregate(n=rows.count(), mass=weight.sum(), squares=(weight * weight).sum())
    row = table.session.arrow(measured).to_pylist()[0]
    if not row["squares"]:
        return 1.0
    return float(row["mass"]) ** 2 / float(row["squares"]) / int(row["n"])


def by_place(rows: ir.Table, places: tuple[str, ...], n_segments: int) -> ir.Table:
    """Count customers by place and segment: first each pair, then the segments side by side.

    Two steps are cheaper than one: the first has one counter a group, however many segments.

    Parameters
    ----------
    rows : ibis Table
        ``segment``, columns of the place; ``weight`` where customers have weights, ``quantity``
        where one is summed up.
    places : tuple of str
        Those columns.
    n_segments : int

    Returns
    -------
    ibis Table
        One row a place: ``n`` customers, what :func:`sums` measures, and of the quantity ``known``,
        ``known_weight`` and ``total``.
    """
    measured: dict[str, ir.Value] = {"n": rows.count()}
    weighted = "weight" in rows.columns
    if weighted:
        measured["w"] = rows["weight"].sum()
    if "quantity" in rows.columns:
        quantity, known = rows["quantity"], rows["quantity"].notnull()
        measured["known"] = rows.count(where=known)
        measured["known_weight"] = (
            rows["weight"].sum(where=known) if weighted else rows.count(where=known)
        )
        measured["total"] = (quantity * rows["weight"] if weighted else quantity).sum()
    pairs = rows.group_by(*places, "segment").aggregate(**measured)
    # As decimal numbers the engine would return sums of whole ones in a type of their own.
    pairs = pairs.mutate(**{name: pairs[name].cast("float64") for name in measured})
    beside: dict[str, ir.Value] = {name: pairs[name].sum() for name in measured if name != "w"}
    for segment in range(n_segments):
        belongs = pairs["segment"] == segment
        beside[f"n{segment}"] = pairs["n"].sum(where=belongs).fill_null(0.0)
        mass = pairs["w"] if weighted else pairs["n"]
        beside[f"w{segment}"] = mass.sum(where=belongs).fill_null(0.0)
    return pairs.group_by(*places).aggregate(**beside)


def sums_of(measured: pd.DataFrame) -> Sums | None:
    """Return what :func:`by_place` measured of a quantity, None where there was none."""
    if "known" not in measured:
        return None
    return Sums(
        known=measured["known"].fillna(0.0).to_numpy(dtype=np.int64),
        weight=measured["known_weight"].fillna(0.0).to_numpy(dtype=np.float64),
        total=measured["total"].fillna(0.0).to_numpy(dtype=np.float64),
    )
