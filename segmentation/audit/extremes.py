"""Numbers far from the others: outliers, heavy tails, and values heaped on round numbers.

Enters: a look at the table. Leaves: findings. Refuses to call a skewed variable full of outliers:
fences stand where the preparation would set them, after the logarithm of what is strongly skewed.
Fences and tails come from the sample, the values beyond them are counted on all rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from segmentation.audit.findings import Finding, Severity, named
from segmentation.audit.limits import limit
from segmentation.audit.look import Look, Numbers
from segmentation.variables import Role, Scale, Variable

_LEAST_VALUES = 100
_TAIL_SHARE = 0.01
# Rounding is looked for on scales of up to this many steps: ages, thermometers, per cent.
_LONGEST_SCALE = 200
_SHORTEST_SCALE = 50
_ROUND = 5


@dataclass(frozen=True, slots=True)
class _Fences:
    low: float
    high: float
    logged: bool


def outliers(look: Look) -> Iterator[Finding]:
    """Yield variables of which a notable share lies beyond Tukey's outer fences."""
    fences = {v.name: (v, f) for v in _described(look) if (f := _fences(look.known_numbers(v)))}
    asked = {}
    for name, (variable, fence) in fences.items():
        cell = look.rows[variable.key]
        asked[name] = ((cell < fence.low) | (cell > fence.high)).fill_null(False)
    counted = look.count(asked)
    for name, (variable, fence) in fences.items():
        share = counted[name] / look.known(variable)
        if share < limit("outliers"):
            continue
        basis = variable.role is Role.BASIS
        yield Finding(
            "outliers",
            (name,),
            Severity.WEAKENS if basis else Severity.INFORMS,
            counted[name],
            share,
            named(low=fence.low, high=fence.high, logged=fence.logged),
            "outliers",
        )


def _described(look: Look) -> list[Variable]:
    """Return the metric variables with enough values that form or describe segments."""
    return [
        v
        for v in look.numeric
        if v.role is not Role.OUTCOME
        and v.scale is Scale.METRIC
        and len(look.known_numbers(v)) >= _LEAST_VALUES
    ]


def _fences(ascending: Numbers) -> _Fences | None:
    """Return Tukey's outer fences on the scale of the preparation; None where it sets none."""
    logged = ascending[0] >= 0 and _skewness(ascending) > limit("log-skew")
    values = np.log1p(ascending) if logged else ascending
    first, third = np.quantile(values, [0.25, 0.75])
    width = limit("fence") * (third - first)
    if width <= 0:
        return None
    low, high = float(first - width), float(third + width)
    if logged:
        low, high = float(np.expm1(low)), float(np.expm1(high))
    return _Fences(low, high, bool(logged))


def _skewness(values: Numbers) -> float:
    centred = values - values.mean()
    variance = float((centred**2).mean())
    return float((centred**3).mean()) / variance**1.5 if variance > 0 else 0.0


def heavy_tails(look: Look) -> Iterator[Finding]:
    """Yield amounts of which the top one per cent of customers hold a large part."""
    for variable in _described(look):
        values = look.known_numbers(variable)
        total = float(values.sum())
        if values[0] < 0 or total <= 0:
            continue
        n_top = max(1, round(_TAIL_SHARE * len(values)))
        held = float(values[-n_top:].sum()) / total
        if held >= limit("heavy-tail"):
            n = round(_TAIL_SHARE * look.known(variable))
            yield Finding(
                "heavy-tail",
                (variable.name,),
                Severity.INFORMS,
                n,
                held,
                named(top=_TAIL_SHARE),
                "heavy-tail",
            )


def heaping(look: Look) -> Iterator[Finding]:
    """Yield scales on which answers are heaped on round numbers (Whipple's index)."""
    for variable in look.numeric:
        values = look.known_numbers(variable)
        if len(values) < _LEAST_VALUES or not _is_fine_scale(variable, values):
            continue
        inside = values[(values > values[0]) & (values < values[-1])]
        if not len(inside):
            continue
        share = float((inside % _ROUND == 0).mean())
        index = 100 * _ROUND * share
        if index >= limit("heaping"):
            ends = float(np.isin(values, _landmarks(values)).mean())
            yield Finding(
                "heaping",
                (variable.name,),
                Severity.INFORMS,
                round(share * look.known(variable)),
                share,
                named(index=round(index), landmarks=round(ends, 4)),
                "heaping",
            )


def _is_fine_scale(variable: Variable, values: Numbers) -> bool:
    """Tell whether a variable is answered in single steps on a scale that invites rounding."""
    if not variable.column.whole or variable.scale is not Scale.METRIC:
        return False
    span = values[-1] - values[0]
    odd = float((values % _ROUND != 0).mean())
    return bool(
        span >= _SHORTEST_SCALE and values[0] >= 0 and values[-1] <= _LONGEST_SCALE and odd > 0
    )


def _landmarks(values: Numbers) -> Numbers:
    """Return both ends of the scale and its middle."""
    low, high = values[0], values[-1]
    return np.array([low, (low + high) / 2, high])
