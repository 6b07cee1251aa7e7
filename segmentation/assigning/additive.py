"""What each answer adds to the score of each segment, for engines that place customers themselves.

Enters: how a level places prepared customers. Leaves: scores as Ibis expressions; the smallest is
the own segment's. Refuses to approximate: a category's contribution is worked out here for each of
its levels, that of a number is written as the same formula that places customers here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from segmentation.assigning.model import Given, Level, Nearest
from segmentation.extraction.rules import LatentClasses, Mixture
from segmentation.preparation.cells import is_category
from segmentation.warehouse.scoring import Part, double, total

Double = npt.NDArray[np.float64]
# As in segmentation.extraction.indicators: how near a value must be to count as the level's.
_SAME = 1e-3


@dataclass(frozen=True, slots=True)
class _Column:
    """A number of the prepared basis: where it stands in the matrix, and what fills its gaps."""

    position: int
    value: ir.Value
    fill: float | None


def scores(rows: ir.Table, level: Level, parts: Sequence[Part]) -> list[ir.Value]:
    """Return the score of each found segment, the smallest being that of the customer's own.

    Parameters
    ----------
    rows : ibis Table
        With the features ``f0 …`` of the parts.
    level : Level
    parts : sequence of Part
        In the order of the matrix's columns.

    Returns
    -------
    list of ibis Value
    """
    rule = level.rule
    if isinstance(rule, Given):
        raise TypeError(rule)
    ends = np.cumsum([part.n_features for part in parts]).tolist()
    starts = [0, *ends[:-1]]
    if isinstance(rule, Mixture):
        return _clouds(rule, [rows[f"f{i}"] for i in range(len(parts))])
    terms: list[list[ir.Value]] = [[double(float(base))] for base in _bases(rule)]
    for i, (part, start, end) in enumerate(zip(parts, starts, ends, strict=True)):
        columns = np.arange(start, end)
        fills = None if level.fills is None else level.fills[start:end].astype(np.float64)
        if is_category(part.variable):
            added = _of_levels(rule, part, columns, rows[f"f{i}"], fills)
        else:
            fill = None if fills is None else float(fills[0])
            added = _of_number(rule, _Column(start, rows[f"f{i}"], fill))
        for own, term in zip(terms, added, strict=True):
            own.append(term)
    return [total(own) for own in terms]


def _bases(rule: Nearest | LatentClasses) -> Double:
    """What every customer adds, in the order of the segments."""
    if isinstance(rule, LatentClasses):
        return -_loadings(rule)[:, 0]
    squares: Double = (rule.centers**2).sum(axis=1)
    return np.zeros(len(squares)) if rule.space is None else squares


def _loadings(rule: LatentClasses) -> Double:
    numbered = np.empty_like(rule.loadings)
    numbered[rule.segments] = rule.loadings
    return numbered


def _added(rule: Nearest | LatentClasses, columns: npt.NDArray[np.int64], block: Double) -> Double:
    """What prepared values of some columns add, (n, k); NaN in gaps adds nothing."""
    known = ~np.isnan(block)
    values = np.where(known, block, 0.0)
    if isinstance(rule, Nearest):
        if rule.space is None:
            own = rule.centers[:, columns]
            return np.asarray(known @ (own**2).T - 2 * values @ own.T)
        weights = rule.space.axes[columns] @ rule.centers.T
        return np.asarray(-2 * np.where(known, values - rule.space.fills[columns], 0.0) @ weights)
    indicators, loadings = rule.indicators, _loadings(rule)
    found = np.zeros((len(block), len(loadings)))
    for place, column in enumerate(columns):
        for level in np.flatnonzero(indicators.columns == column):
            away = np.abs(block[:, place] - indicators.values[level])
            held = away <= _SAME * indicators.widths[level]
            found -= held[:, None] * loadings[:, 1 + level]
        for number in np.flatnonzero(indicators.numbers == column):
            z = (values[:, place] - indicators.centers[number]) / indicators.scales[number]
            constant, linear, square = _of_moments(rule, int(number))
            terms = constant + np.outer(z, linear) + np.outer(z * z, square)
            found -= known[:, place, None] * terms
    return found


def _of_moments(rule: LatentClasses, number: int) -> tuple[Double, Double, Double]:
    first, n = 1 + len(rule.indicators.columns), len(rule.indicators.numbers)
    loadings = _loadings(rule)
    known, linear, square = (loadings[:, first + number + step * n] for step in range(3))
    return known, linear, square


def _of_levels(
    rule: Nearest | LatentClasses,
    part: Part,
    columns: npt.NDArray[np.int64],
    place: ir.Value,
    fills: Double | None,
) -> list[ir.Value]:
    """One constant a level and segment; the last row of the block is a value that is no level."""
    n = len(part.transform.levels)
    block = np.zeros((n + 1, n))
    block[:n] = np.eye(n)
    block = ((block - np.array(part.transform.shares)) / part.transform.scale).astype(np.float32)
    nothing = np.full((1, n), np.nan) if fills is None else fills[None]
    constants = _added(rule, columns, np.vstack([block.astype(np.float64), nothing]))
    return [
        ibis.cases(
            *((place == i, double(float(c))) for i, c in enumerate(own[:-1])),
            else_=double(float(own[-1])),
        )
        for own in constants.T
    ]


def _of_number(rule: Nearest | LatentClasses, column: _Column) -> list[ir.Value]:
    columns = np.array([column.position])
    nothing = np.array([[np.nan if column.fill is None else column.fill]])
    gaps = _added(rule, columns, nothing)[0]
    known = _when_known(rule, column)
    return [
        ibis.cases((column.value.isnull(), double(float(gap))), else_=own)
        for gap, own in zip(gaps, known, strict=True)
    ]


def _when_known(rule: Nearest | LatentClasses, column: _Column) -> list[ir.Value]:
    value, position = column.value, column.position
    if isinstance(rule, Nearest):
        if rule.space is None:
            own = rule.centers[:, position]
            return [_line(value, c * c, -2 * c) for c in own]
        weights = rule.space.axes[position] @ rule.centers.T
        fill = float(rule.space.fills[position])
        return [_line(value - double(fill), 0.0, -2 * float(w)) for w in weights]
    indicators, loadings = rule.indicators, _loadings(rule)
    numbers = np.flatnonzero(indicators.numbers == position)
    if len(numbers):
        number = int(numbers[0])
        z = (value - double(float(indicators.centers[number]))) / double(
            float(indicators.scales[number])
        )
        moments = zip(*_of_moments(rule, number), strict=True)
        return [_line(z, -a, -b) - double(float(c)) * z * z for a, b, c in moments]
    held = np.flatnonzero(indicators.columns == position)
    zero = double(0.0)
    if not len(held):
        return [zero] * len(loadings)
    tests = [
        (value - double(float(indicators.values[i]))).abs()
        <= double(float(_SAME * indicators.widths[i]))
        for i in held
    ]
    return [
        ibis.cases(
            *((t, double(-float(own[1 + i]))) for t, i in zip(tests, held, strict=True)),
            else_=zero,
        )
        for own in loadings
    ]


def _line(value: ir.Value, constant: float, slope: float) -> ir.Value:
    return double(float(constant)) + double(float(slope)) * value


def _clouds(rule: Mixture, features: Sequence[ir.Value]) -> list[ir.Value]:
    """Half the squared distance in the metric of each cloud, less what its size and share say."""
    rows = [
        (features[c].fill_null(double(float(rule.fills[c]))) - double(float(center)))
        / double(float(scale))
        for c, center, scale in zip(rule.columns, rule.centers, rule.scales, strict=True)
    ]
    found: dict[int, ir.Value] = {}
    for part, segment in enumerate(rule.segments.tolist()):
        factor, mean = rule.precisions[part], rule.means[part]
        away = mean @ factor
        squares = []
        for axis in range(len(rows)):
            line = total(
                [row * double(float(f)) for row, f in zip(rows, factor[:, axis], strict=True) if f]
            )
            moved = line - double(float(away[axis]))
            squares.append(moved * moved)
        constant = float(-np.log(np.diag(factor)).sum() - np.log(rule.weights[part]))
        found[segment] = double(constant) + double(0.5) * total(squares)
    return [found[segment] for segment in sorted(found)]
