"""The nearest segment of every customer as an expression, for any engine.

Enters: typed customers, the transforms of a basis matrix and a solution's centers. Leaves: an Ibis
table. Refuses to run it, and to approximate: each value is fenced, scaled and rounded to single
precision as ``segmentation.preparation`` does it, a gap counts as ``segmentation.extraction.place``
counts it, and of equally near segments the first one wins.

The squared distance to a center, less what is the same for all centers, is a sum of one term a
variable. For a number it is c² − 2cz; for a category one constant a level and center, so a level is
compared once and not once a center.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from segmentation.errors import UnsuitableBasis
from segmentation.intake import Kind
from segmentation.preparation import Transform
from segmentation.preparation.cells import is_category
from segmentation.preparation.transforms import OTHER
from segmentation.variables import Variable
from segmentation.variables.ranks import rank_of

SEGMENT = "segment"
# Beyond these a double has no single next to it, and Postgres refuses to round what numpy rounds.
_LARGEST = float(np.finfo(np.float32).max)
_NOTHING = 2.0**-150


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A basis variable, how it became features, and what fills its gaps.

    Attributes
    ----------
    variable : Variable
    transform : Transform
    fills : ndarray of shape (n_features,) or None
        The features of a customer without a value; None where such a customer is placed by the
        other variables.
    battery : tuple of Variable
        The items whose mean is subtracted from each customer's answer; none where it counts as it
        is.
    """

    variable: Variable
    transform: Transform
    fills: npt.NDArray[np.float32] | None = None
    battery: tuple[Variable, ...] = ()

    @property
    def n_features(self) -> int:
        """Number of columns it has in the matrix."""
        return max(1, len(self.transform.levels))


def scored(rows: ir.Table, parts: Sequence[Part], centers: npt.NDArray[np.float64]) -> ir.Table:
    """Add the nearest segment to typed customers.

    Parameters
    ----------
    rows : ibis Table
        With the parts' physical columns (``c0 …``), typed as ``segmentation.intake`` types them.
    parts : sequence of Part
        In the order of the matrix's columns.
    centers : ndarray of shape (k, n_features)
        In the prepared space.

    Returns
    -------
    ibis Table
        The same columns and ``segment``, 0 … k - 1.

    Raises
    ------
    UnsuitableBasis
        When a variable is of a kind that cannot be placed.
    """
    own, k = rows.columns, len(centers)
    rows = valued(rows, parts)
    ends = np.cumsum([part.n_features for part in parts])
    blocks = np.split(centers, ends[:-1], axis=1)
    scores = {
        f"s{j}": total(
            [
                _term(rows[f"f{i}"], part, block[j])
                for i, (part, block) in enumerate(zip(parts, blocks, strict=True))
            ]
        )
        for j in range(k)
    }
    rows = step(rows.mutate(**scores))
    rows = step(rows.mutate(nearest=ibis.least(*(rows[name] for name in scores))))
    first = [(rows[f"s{j}"] == rows["nearest"], ibis.literal(j, "int16")) for j in range(k)]
    return rows.select(*own, **{SEGMENT: ibis.cases(*first)})


def step(rows: ir.Table) -> ir.Table:
    """End a step: what follows names its columns instead of repeating what they are made of."""
    return rows.limit(None, offset=0)


def valued(rows: ir.Table, parts: Sequence[Part]) -> ir.Table:
    """Add ``f0 …``: a number's feature as a double, or where a category's level stands."""
    numbers = {f"f{i}": part for i, part in enumerate(parts) if not is_category(part.variable)}
    batteries = list(dict.fromkeys(part.battery for part in parts if part.battery))
    means = {f"b{i}": _mean(rows, battery) for i, battery in enumerate(batteries)}
    firsts = {f"f{i}": _first(rows, part) for i, part in enumerate(parts)}
    rows = step(rows.mutate(**firsts, **means))
    centred = {
        f"f{i}": rows[f"f{i}"] - rows[f"b{batteries.index(part.battery)}"]
        for i, part in enumerate(parts)
        if part.battery
    }
    rows = step(rows.mutate(**centred)) if centred else rows
    positive = {
        name: _at_least(rows[name], 0.0) for name, p in numbers.items() if p.transform.logged
    }
    rows = step(rows.mutate(**positive)) if positive else rows
    logged = {name: _log1p(rows[name]) for name, part in numbers.items() if part.transform.logged}
    rows = step(rows.mutate(**logged)) if logged else rows
    scaled = {name: _scaled(rows[name], part.transform) for name, part in numbers.items()}
    rows = step(rows.mutate(**scaled)) if scaled else rows
    rounded = {name: _single(rows[name]) for name in numbers}
    return step(rows.mutate(**rounded)) if rounded else rows


def _first(rows: ir.Table, part: Part) -> ir.Value:
    if is_category(part.variable):
        return _position(rows[part.variable.key], part)
    return _number(rows, part.variable)


def _number(rows: ir.Table, variable: Variable) -> ir.Value:
    cell = rows[variable.key]
    if variable.is_ranked:
        return rank_of(cell, variable.column.levels)
    if variable.column.kind not in (Kind.NUMBER, Kind.YESNO):
        raise UnsuitableBasis(name=variable.name, role=variable.scale.value)
    if cell.type().is_boolean():
        cell = ibis.cases((cell, 1), (~cell, 0))
    return cell.cast("float64")


def _mean(rows: ir.Table, battery: Sequence[Variable]) -> ir.Value:
    """The mean of a customer's answers to a battery; NULL without any."""
    answers = [_number(rows, variable).cast("float64") for variable in battery]
    n = total([ibis.ifelse(a.isnull(), double(0.0), double(1.0)) for a in answers])
    sums = total([answer.fill_null(double(0.0)) for answer in answers])
    return sums / n.nullif(double(0.0))


def _scaled(number: ir.Value, transform: Transform) -> ir.Value:
    if np.isfinite(transform.low):
        number = _at_most(_at_least(number, transform.low), transform.high)
    return (number - double(transform.center)) / double(transform.scale)


def _position(cell: ir.Value, part: Part) -> ir.Value:
    """Where a category's value stands among the levels; behind all of them where it is none."""
    levels = part.transform.levels
    named = [level for level in levels if level != OTHER]
    otherwise = len(named)
    if part.variable.column.kind is Kind.YESNO:
        cell = ibis.cases((cell, "yes"), (~cell, "no"))
    if part.variable.column.kind is Kind.NUMBER:
        met = [(cell == double(float(level)), level) for level in named]
    else:
        met = [(cell == level, level) for level in named]
    cases = [(test, ibis.literal(named.index(level), "int16")) for test, level in met]
    absent = (cell.isnull(), ibis.null("int16"))
    return ibis.cases(absent, *cases, else_=ibis.literal(otherwise, "int16"))


def _term(value: ir.Value, part: Part, center: npt.NDArray[np.float64]) -> ir.Value:
    """What a variable adds to the distance from one center."""
    if not is_category(part.variable):
        distance = double(float(center[0] ** 2)) - double(float(2 * center[0])) * value
        return distance.fill_null(_gap(part, center))
    levels = len(part.transform.levels)
    block = np.zeros((levels + 1, levels))
    block[:levels] = np.eye(levels)
    # In single precision as in the matrix; the last row is a value that is no level at all.
    block = ((block - np.array(part.transform.shares)) / part.transform.scale).astype(np.float32)
    constants = (center**2 - 2 * center * block).sum(axis=1)
    cases = [(value == i, double(float(c))) for i, c in enumerate(constants)]
    return ibis.cases(*cases, else_=_gap(part, center))


def _gap(part: Part, center: npt.NDArray[np.float64]) -> ir.Value:
    if part.fills is None:
        return double(0.0)
    return double(float((center**2 - 2 * center * part.fills).sum()))


def total(terms: Sequence[ir.Value]) -> ir.Value:
    """Add up in pairs, so that a sum of hundreds is not nested hundreds deep."""
    while len(terms) > 1:
        pairs = [terms[i : i + 2] for i in range(0, len(terms), 2)]
        terms = [pair[0] + pair[1] if len(pair) == 2 else pair[0] for pair in pairs]
    return terms[0]


def double(number: float) -> ir.Value:
    """Return a number as an expression of double precision."""
    return ibis.literal(float(number), "float64")


# Engines disagree about the greater of a number and nothing; a case is the same everywhere.


def _at_least(number: ir.Value, low: float) -> ir.Value:
    return ibis.ifelse(number < double(low), double(low), number)


def _at_most(number: ir.Value, high: float) -> ir.Value:
    return ibis.ifelse(number > double(high), double(high), number)


def _log1p(number: ir.Value) -> ir.Value:
    """The logarithm of 1 + x without losing the digits of a small x.

    References
    ----------
    .. [1] Goldberg (1991), What every computer scientist should know about floating-point
       arithmetic, ACM Computing Surveys 23:5–48, theorem 4.
    """
    more = number + double(1.0)
    exact = more.ln() * (number / (more - double(1.0)))
    return ibis.ifelse(more == double(1.0), number, exact)


def _single(number: ir.Value) -> ir.Value:
    bounded = _at_most(_at_least(number, -_LARGEST), _LARGEST)
    rounded = bounded.cast("float32").cast("float64")
    return ibis.ifelse(number.abs() <= double(_NOTHING), double(0.0), rounded)
