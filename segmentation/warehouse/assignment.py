"""Every customer of a warehouse in a segment, computed where the customers are.

Enters: an opened table, what was made from its sample, and a solution. Leaves: sizes and means by
segment, or the SQL that gives each customer a segment. Refuses to bring out customers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from segmentation.engine.fence import fenced
from segmentation.errors import MethodNotInWarehouse, NoCustomersLeft, NotInWarehouse
from segmentation.extraction import Solution
from segmentation.gaps import filled_with_mean
from segmentation.intake import Column, CustomerTable, Kind, Operator
from segmentation.intake.filters import predicate
from segmentation.methods import DEFAULT
from segmentation.preparation import BasisMatrix, Feature, Recipe, prepare, weight_of
from segmentation.preparation.cells import is_category
from segmentation.preparation.transforms import OTHER
from segmentation.variables import Variable
from segmentation.variables.ranks import rank_of
from segmentation.warehouse.opening import OpenedTable
from segmentation.warehouse.reading import TYPED, typed_sql
from segmentation.warehouse.scoring import SEGMENT, Part, scored

_IBIS_TYPES = {
    Kind.NUMBER: "float64",
    Kind.YESNO: "boolean",
    Kind.DATE: "timestamp",
    Kind.TEXT: "string",
}


@dataclass(frozen=True, slots=True, eq=False)
class Placing:
    """A solution and what it takes to place customers who were not there when it was found.

    Attributes
    ----------
    table : CustomerTable
        The typed sample; its population filter holds in the warehouse, too.
    variables : tuple of Variable
    recipe : Recipe
    matrix : BasisMatrix
        Prepared from these.
    solution : Solution
        Found in this matrix.
    method : str
        That found it.
    """

    table: CustomerTable
    variables: tuple[Variable, ...]
    recipe: Recipe
    matrix: BasisMatrix
    solution: Solution
    method: str = DEFAULT

    def parts(self) -> tuple[Part, ...]:
        """Return the basis variables in the order of the matrix, and what fills their gaps."""
        by_name = {variable.name: variable for variable in self.variables}
        batteries = {
            name: tuple(by_name[item] for item in battery)
            for battery in self.matrix.batteries
            for name in battery
        }
        parts = [
            Part(by_name[t.variable], t, battery=batteries.get(t.variable, ()))
            for t in self.matrix.transforms
        ]
        if self.recipe.missing != "mean":
            return tuple(parts)
        with_gaps = prepare(self.table, self.variables, replace(self.recipe, missing="partial"))
        nobody = np.full((1, with_gaps.values.shape[1]), np.nan, dtype=np.float32)
        # Filled like anybody else: one more customer, who has no value at all.
        filled = filled_with_mean(np.vstack([with_gaps.values, nobody]), with_gaps.n_learning)[-1]
        ends = np.cumsum([part.n_features for part in parts])
        blocks = np.split(filled, ends[:-1])
        return tuple(replace(p, fills=block) for p, block in zip(parts, blocks, strict=True))

    def needed(self) -> tuple[Column, ...]:
        """Return the columns that place, filter or weigh a customer."""
        names = [*self.matrix.basis, *(n for c in self.table.conditions for n in c.columns)]
        names += [name for battery in self.matrix.batteries for name in battery]
        weight = weight_of(self.variables)
        names += [weight.name] if weight else []
        return tuple(self.table.column(name) for name in dict.fromkeys(names))


@dataclass(frozen=True, slots=True, eq=False)
class WholeTable:
    """All customers of the warehouse by segment.

    Attributes
    ----------
    sizes : tuple of int
        Customers in each segment.
    shares : ndarray of shape (k,)
        Of all customers, by weight where a variable weighs them.
    features : tuple of Feature
        What the columns of ``means`` are.
    means : ndarray of shape (k, n_features)
        In the customers' own units: the mean of a number, the share of yes, the share of a level.
        NaN where nobody has a value.
    known : ndarray of shape (k, n_features)
        How many customers have a value.
    """

    sizes: tuple[int, ...]
    shares: npt.NDArray[np.float64]
    features: tuple[Feature, ...]
    means: npt.NDArray[np.float64]
    known: npt.NDArray[np.int64]

    @property
    def n_customers(self) -> int:
        """Customers of the population, in the whole table."""
        return sum(self.sizes)


def whole_table(opened: OpenedTable, placing: Placing) -> WholeTable:
    """Place every customer of the warehouse in a segment, and bring the totals back.

    Parameters
    ----------
    opened : OpenedTable
    placing : Placing

    Returns
    -------
    WholeTable

    Raises
    ------
    MethodNotInWarehouse, TooManyTexts, UnsuitableBasis
        When the method, or a variable, cannot be worked out in the warehouse.
    NoCustomersLeft
        When the population filter leaves nobody there.
    EngineError
        When the warehouse does not answer.
    """
    rows = _assigned(placing, [])
    weight = weight_of(placing.variables)
    one, zero = ibis.literal(1).cast("float64"), ibis.literal(0).cast("float64")
    heavy = one if weight is None else ibis.greatest(rows[weight.key].fill_null(zero), zero)
    rows = rows.mutate(heavy=heavy)
    heavy = rows["heavy"]
    measures: dict[str, ir.Value] = {"n": rows.count(), "mass": heavy.sum()}
    measured = _measured(rows, placing.parts())
    for i, value in enumerate(measured):
        held = ibis.ifelse(value.notnull(), heavy, zero)
        measures |= {
            f"n{i}": value.count(),
            f"w{i}": held.sum(),
            f"m{i}": (heavy * value.fill_null(zero)).sum(),
        }
    query = _with_customers(opened, placing, rows.group_by(SEGMENT).aggregate(**measures), [])
    found = opened.warehouse.rows(query)
    if not found:
        raise NoCustomersLeft(n_before=opened.n_customers)
    return _summed(found, placing, len(measured))


def assignment_sql(opened: OpenedTable, placing: Placing) -> str:
    """Return SQL for Postgres that gives every customer a segment.

    Parameters
    ----------
    opened : OpenedTable
    placing : Placing

    Returns
    -------
    str
        A SELECT of the id, or of all columns where nothing names a customer, and ``segment_id``
        (1 … k), of the customers in the population. Texts that the warehouse learns later are read
        as themselves where text is read, and as no value elsewhere.

    Raises
    ------
    MethodNotInWarehouse, TooManyTexts, UnsuitableBasis
        When the method, or a variable, cannot be worked out in the warehouse.
    """
    kept = [opened.id_name] if opened.id_name else list(opened.raw.names)
    rows = _assigned(placing, kept)
    natives = dict(zip(opened.raw.names, opened.columns, strict=True))
    shown = {natives[name].name: rows[f"k{i}"] for i, name in enumerate(kept)}
    number = "segment_id"
    while number in shown:
        number += "_2"
    named = rows.select(**shown, **{number: (rows[SEGMENT] + 1).cast("int32")})
    return _with_customers(opened, placing, named, kept)


def refuse_method(method: str) -> None:
    """Refuse what cannot be worked out in a warehouse.

    Raises
    ------
    MethodNotInWarehouse
        When customers do not simply go to the nearest mean of the prepared variables.
    """
    if method != DEFAULT:
        raise MethodNotInWarehouse(method=method)


def _assigned(placing: Placing, kept: Sequence[str]) -> ir.Table:
    """The typed customers of the population, each with a segment."""
    refuse_method(placing.method)
    types = {column.key: _IBIS_TYPES[column.kind] for column in placing.needed()}
    types |= {f"k{i}": "string" for i in range(len(kept))}
    rows = ibis.table(types, name=TYPED)
    for condition in placing.table.conditions:
        if condition.operator is Operator.ONCE:
            raise NotInWarehouse(name=condition.column)
        met = predicate(rows, condition, lambda name: placing.table.column(name).key, rows)
        rows = rows.filter(met)
    return scored(rows, placing.parts(), placing.solution.centers)


def _with_customers(
    opened: OpenedTable, placing: Placing, query: ir.Table, kept: Sequence[str]
) -> str:
    customers = f"{TYPED} AS ({typed_sql(opened, placing.needed(), kept)})"
    sql = fenced(query)
    rest = sql.removeprefix("WITH ")
    return f"WITH {customers}, {rest}" if rest != sql else f"WITH {customers} {sql}"


def _measured(rows: ir.Table, parts: Sequence[Part]) -> list[ir.Value]:
    """What is averaged: a number, 1 for yes, 1 for a level; NULL in a gap."""
    values: list[ir.Value] = []
    for part in parts:
        cell, levels = rows[part.variable.key], part.transform.levels
        if part.variable.is_ranked:
            values.append(rank_of(cell, part.variable.column.levels))
            continue
        if not is_category(part.variable):
            yes = ibis.cases((cell, 1), (~cell, 0)) if cell.type().is_boolean() else cell
            values.append(yes.cast("float64"))
            continue
        if cell.type().is_boolean():
            cell = ibis.cases((cell, "yes"), (~cell, "no"))
        named = [_level(cell, level) for level in levels if level != OTHER]
        for level in levels:
            met = ~cell.isin(named) if level == OTHER else cell == _level(cell, level)
            values.append(ibis.cases((met, 1), (~met, 0)).cast("float64"))
    return values


def _level(cell: ir.Value, level: str) -> float | str:
    return float(level) if cell.type().is_floating() else level


def _summed(found: Sequence[dict[str, float]], placing: Placing, n_measured: int) -> WholeTable:
    """Put the warehouse's totals in the order of segments and features."""
    k = placing.solution.k
    sizes, mass = np.zeros(k, dtype=np.int64), np.zeros(k)
    sums, held = np.zeros((k, n_measured)), np.zeros((k, n_measured))
    known = np.zeros((k, n_measured), dtype=np.int64)
    for row in found:
        segment = int(row[SEGMENT])
        sizes[segment], mass[segment] = row["n"], row["mass"]
        for i in range(n_measured):
            known[segment, i] = row[f"n{i}"]
            held[segment, i], sums[segment, i] = row[f"w{i}"], row[f"m{i}"]
    means = np.divide(sums, held, out=np.full_like(sums, np.nan), where=held > 0)
    shares = mass / mass.sum() if mass.sum() > 0 else np.full(k, np.nan)
    return WholeTable(tuple(int(n) for n in sizes), shares, placing.matrix.features, means, known)
