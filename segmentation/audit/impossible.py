"""Values that cannot be: negative counts, ages beyond a life, scores beyond their scale, codes.

Enters: a look at the table. Leaves: findings with the cells as they are written, so that they can
be declared missing. Refuses to correct a value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np

from segmentation.audit.findings import Action, Finding, Repair, Severity, named
from segmentation.audit.limits import limit
from segmentation.audit.look import Look, Numbers
from segmentation.notes import Value
from segmentation.variables import Role, Variable
from segmentation.variables.lexicon import spoken_for

AGE = "age ages 年龄"
NO_AGE = "account device vehicle car house building property days months loan 账龄 车龄 房龄"
SHARE = "share percent percentage pct proportion 占比 比例 百分比 比率"
COUNTED = (
    "age price prices quantity qty count counts number visit visits order orders purchase "
    "purchases click clicks session sessions login logins opens employees headcount children "
    "kids dependents household size distance duration minutes hours days weeks months years "
    "tenure recency frequency 年龄 价格 单价 数量 次数 人数 订单数 天数 件数 时长 距离"
)
DIFFERENCE = (
    "diff difference delta change changes growth net gap balance profit margin index idx "
    "deviation trend return returns 差 变化 增长 净 利润 余额"
)
# Codes for "no answer" that survey and billing systems write into numbers.
HIGH_CODES = (99.0, 999.0, 998.0, 997.0, 888.0, 9999.0, 9998.0, 8888.0, 99999.0, 999999.0)
LOW_CODES = (-1.0, -2.0, -7.0, -8.0, -9.0, -77.0, -88.0, -99.0, -999.0, -9999.0, -99999.0)
_LEAST_VALUES = 30
_FEW = 0.05
_LEAST_SPIKE = 3
_HUNDRED = 100.0
# Where it is a number that makes a value doubtful, and not its kind.
_LIMITS = {"impossible-age": "age-high", "sentinel": "spike"}


@dataclass(frozen=True, slots=True)
class _Range:
    """What a variable's values can be, and the finding that says so."""

    code: str
    low: float
    high: float


def impossible(look: Look) -> Iterator[Finding]:
    """Yield numbers outside what their column's name, or their own scale, allows."""
    ranges: dict[str, tuple[Variable, _Range]] = {}
    for variable in look.numeric:
        values = look.known_numbers(variable)
        if len(values) >= _LEAST_VALUES and (allowed := _allowed(variable, values)):
            ranges[variable.name] = (variable, allowed)
    asked = {}
    for name, (variable, allowed) in ranges.items():
        cell = look.rows[variable.key]
        asked[f"{name} <"] = (cell < allowed.low).fill_null(False)
        asked[f"{name} >"] = (cell > allowed.high).fill_null(False)
    counted = look.count(asked)
    for name, (variable, allowed) in ranges.items():
        below, above = counted[f"{name} <"], counted[f"{name} >"]
        if 0 < below + above <= _FEW * look.known(variable):
            cell = look.rows[variable.key]
            outside = (cell < allowed.low) | (cell > allowed.high)
            numbers = named(
                low=allowed.low,
                high=allowed.high if np.isfinite(allowed.high) else None,
                below=below,
                above=above,
            )
            cells = _Cells(allowed.code, variable, outside, below + above)
            yield _as_missing(cells, look, numbers)


def _allowed(variable: Variable, values: Numbers) -> _Range | None:
    for rule in (_age, _share, _scale, _counted):
        if allowed := rule(variable, values):
            return allowed
    return None


def _age(variable: Variable, values: Numbers) -> _Range | None:
    if not spoken_for(variable.name, AGE) or spoken_for(variable.name, NO_AGE):
        return None
    in_years = limit("age-low") < np.median(values) < limit("age-high")
    return _Range("impossible-age", limit("age-low"), limit("age-high")) if in_years else None


def _share(variable: Variable, values: Numbers) -> _Range | None:
    if not spoken_for(variable.name, SHARE) or spoken_for(variable.name, DIFFERENCE):
        return None
    usual = np.quantile(values, 1 - limit("beyond-scale") * 2)
    if usual <= 1:
        return _Range("impossible-share", 0.0, 1.0)
    return _Range("impossible-share", 0.0, _HUNDRED) if usual <= _HUNDRED else None


def _scale(variable: Variable, values: Numbers) -> _Range | None:
    """Find a bounded scale with values far beyond it: 0 to 100, or ratings with typing errors.

    The scale's upper part must be in use and the space up to half (ratings: twice) as much again
    be empty: a long tail has values there.
    """
    if values[0] < 0:
        return None
    for bounded in (_hundred, _rating):
        top = bounded(variable, values)
        beyond = values > (top or np.inf)
        if top and 0 < beyond.mean() <= limit("beyond-scale"):
            return _Range("beyond-scale", 0.0, top)
    return None


def _hundred(variable: Variable, values: Numbers) -> float | None:
    upper = ((values > 0.8 * _HUNDRED) & (values <= _HUNDRED)).mean()
    between = (values > _HUNDRED) & (values < 1.5 * _HUNDRED)
    return _HUNDRED if upper >= 2 * limit("beyond-scale") and not between.any() else None


def _rating(variable: Variable, values: Numbers) -> float | None:
    inside = values[values <= 10]
    if not variable.column.whole or not len(inside):
        return None
    top = float(inside[-1])
    used = (values == top).mean() >= 2 * limit("beyond-scale")
    between = (values > top) & (values < 2 * top)
    return top if used and top >= 3 and not between.any() else None


def _counted(variable: Variable, values: Numbers) -> _Range | None:
    if not spoken_for(variable.name, COUNTED) or spoken_for(variable.name, DIFFERENCE):
        return None
    return _Range("impossible-negative", 0.0, np.inf)


def sentinels(look: Look) -> Iterator[Finding]:
    """Yield codes such as 999 or -1 that stand in for a missing number."""
    spikes = {v.name: (v, c) for v in look.numeric if (c := _codes(look.known_numbers(v)))}
    asked = {
        name: look.rows[v.key].isin(codes).fill_null(False) for name, (v, codes) in spikes.items()
    }
    counted = look.count(asked)
    for name, (variable, codes) in spikes.items():
        cells = _Cells("sentinel", variable, asked[name], counted[name])
        said = tuple(f"{code:g}" if abs(code) < 1e5 else f"{code:.0f}" for code in codes)
        yield _as_missing(cells, look, named(codes=said))


def _codes(values: Numbers) -> tuple[float, ...]:
    """Return the codes that are frequent and lie as far from the rest as the rest is wide.

    Below numbers that are never negative, any code counts: -1 is no distance but another kind.
    """
    if len(values) < _LEAST_VALUES:
        return ()
    found: list[float] = []
    high = np.isin(values, HIGH_CODES)
    rest = values[~high]
    if high.any() and len(rest) and rest[0] < rest[-1]:
        found += _frequent(values, values[high], lambda code: code > 2 * rest[-1] - rest[0])
    low = np.isin(values, LOW_CODES)
    rest = values[~low]
    if low.any() and len(rest) and rest[0] >= 0:
        found += _frequent(values, values[low], lambda code: code < 0)
    return tuple(found)


def _frequent(values: Numbers, codes: Numbers, far: Callable[[float], bool]) -> list[float]:
    counts = zip(*np.unique(codes, return_counts=True), strict=True)
    least = max(_LEAST_SPIKE, limit("spike") * len(values))
    return [float(code) for code, n in counts if n >= least and far(float(code))]


@dataclass(frozen=True, slots=True)
class _Cells:
    """Cells that should count as missing."""

    code: str
    variable: Variable
    condition: ir.BooleanValue
    n: int


def _as_missing(cells: _Cells, look: Look, values: tuple[tuple[str, Value], ...]) -> Finding:
    """Return the finding that proposes to count cells as missing."""
    name = cells.variable.name
    written = look.written(cells.variable, cells.condition)
    proposal = Repair(Action.TREAT_AS_MISSING, (name,), written.texts)
    share = cells.n / look.known(cells.variable)
    distorts = cells.variable.role is Role.BASIS and share >= _harmful(cells.code)
    return Finding(
        cells.code,
        (name,),
        Severity.DISTORTS if distorts else Severity.WEAKENS,
        cells.n,
        share,
        values,
        _LIMITS.get(cells.code, ""),
        proposal if written.complete else None,
    )


def _harmful(code: str) -> float:
    """Return from which share on cells distort; a code for "no answer" does so at any."""
    return 0.0 if code == "sentinel" else limit("impossible")
