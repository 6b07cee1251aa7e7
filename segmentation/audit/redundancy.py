"""Variables that say the same: collinear numbers, sums of others, categories one to one.

Enters: a look at the table. Leaves: findings about basis variables only, because only there does a
repetition count twice. Refuses to drop one: it names the one it would keep.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from segmentation.audit.findings import Action, Finding, Repair, Severity, named
from segmentation.audit.limits import limit
from segmentation.audit.look import Codes, Look, Numbers
from segmentation.intake import Kind
from segmentation.variables import Scale, Variable

Matrix = npt.NDArray[np.float64]

_LEAST_ROWS = 30
_MOST_VARIABLES = 200
_MOST_CATEGORIES = 60
_SINGULAR = 1e-9
# A weight below this in the sum that gives a variable is noise.
_PART = 0.05


def collinear(look: Look) -> Iterator[Finding]:
    """Yield groups of numeric basis variables whose correlation is almost one."""
    variables = _numeric(look)
    if len(variables) < 2:
        return
    values = np.column_stack([look.numbers(v) for v in variables])
    plain, ranked = correlations(values), correlations(_ranks(values))
    strongest = np.fmax(np.abs(plain), np.abs(ranked))
    alike = _components(strongest >= limit("collinear"))
    for group in alike:
        inside = strongest[np.ix_(group, group)][np.triu_indices(len(group), 1)]
        members = [variables[i] for i in group]
        yield _group("collinear", look, members, float(np.nanmax(inside)))
    kept = {_kept(look, [variables[i] for i in group]).name for group in alike}
    dropped = {variables[i].name for group in alike for i in group} - kept
    rest = [i for i, v in enumerate(variables) if v.name not in dropped]
    yield from _sums([variables[i] for i in rest], values[:, rest], look)


def correlations(values: Matrix) -> Matrix:
    """Return Pearson's correlations over the rows that both variables know.

    Parameters
    ----------
    values : ndarray of shape (n_rows, n_variables)
        NaN where a value is missing.

    Returns
    -------
    ndarray of shape (n_variables, n_variables)
        In [-1, 1]; NaN where fewer than 30 rows know both or one of them does not vary there.
    """
    known = (~np.isnan(values)).astype(np.float64)
    centred = np.where(known > 0, values - np.nanmean(values, axis=0), 0.0)
    n = known.T @ known
    with np.errstate(invalid="ignore", divide="ignore"):
        mean_a, mean_b = centred.T @ known / n, known.T @ centred / n
        products = centred.T @ centred / n - mean_a * mean_b
        squares = (centred**2).T @ known / n
        spread = np.sqrt(np.maximum(squares - mean_a**2, 0.0))
        found = products / (spread * spread.T)
    found[(n < _LEAST_ROWS) | ~np.isfinite(found)] = np.nan
    clipped: Matrix = np.clip(found, -1.0, 1.0)
    return clipped


def _ranks(values: Matrix) -> Matrix:
    return np.asarray(rankdata(values, axis=0, nan_policy="omit"), dtype=np.float64)


def _numeric(look: Look) -> list[Variable]:
    """Return the basis variables that are numbers and vary in the sample."""
    sampled = [v for v in look.basis if look.has_sample(v)]
    numbers = [v for v in sampled if v.column.kind is not Kind.TEXT or v.is_ranked]
    numeric = [v for v in numbers if v.scale is not Scale.NOMINAL]
    varying = [v for v in numeric if _varies(look.known_numbers(v))]
    return varying[:_MOST_VARIABLES]


def _varies(ascending: Numbers) -> bool:
    return bool(len(ascending) and ascending[0] < ascending[-1])


def _components(linked: npt.NDArray[np.bool_]) -> list[list[int]]:
    """Return groups of two and more that hang together, in their order."""
    waiting, groups = list(range(len(linked))), []
    while waiting:
        group, frontier = {waiting[0]}, [waiting[0]]
        while frontier:
            at = frontier.pop()
            new = {i for i in waiting if linked[at, i]} - group
            group |= new
            frontier += new
        waiting = [i for i in waiting if i not in group]
        if len(group) > 1:
            groups.append(sorted(group))
    return groups


def _kept(look: Look, members: Sequence[Variable]) -> Variable:
    """Return the member with the fewest gaps, the finest among equals, then the first."""
    return min(members, key=lambda v: (look.missing[v.name], -v.column.n_distinct))


def _group(code: str, look: Look, members: Sequence[Variable], strength: float) -> Finding:
    columns = tuple(v.name for v in members)
    kept = _kept(look, members).name
    return Finding(
        code,
        columns,
        Severity.DISTORTS,
        look.n,
        len(members) / len(look.basis),
        named(r=round(strength, 4), kept=kept, times=len(members)),
        code,
        Repair(Action.KEEP_ONE_OF, columns, (kept,)),
    )


def _sums(variables: Sequence[Variable], values: Matrix, look: Look) -> Iterator[Finding]:
    """Yield variables that the others give almost exactly, such as a difference of two."""
    whole = values[~np.isnan(values).any(axis=1)] if len(variables) > 2 else values[:0]
    if len(whole) < max(_LEAST_ROWS, 2 * len(variables)):
        return
    spread = whole.std(axis=0)
    varying = np.flatnonzero(spread > 0)
    standard = (whole[:, varying] - whole[:, varying].mean(axis=0)) / spread[varying]
    left, given = list(range(len(varying))), []
    while len(left) > 2:
        at, share = _most_explained(standard[:, left])
        if share < limit("redundant"):
            break
        given.append((left.pop(at), share))
    for target, share in given:
        weights = np.linalg.lstsq(standard[:, left], standard[:, target], rcond=None)[0]
        parts = [i for i, weight in zip(left, weights, strict=True) if abs(weight) > _PART]
        others = [variables[varying[i]].name for i in parts]
        yield _redundant(look, variables[varying[target]].name, others, share)


def _most_explained(standard: Matrix) -> tuple[int, float]:
    """Return the last of the variables that the others explain best, and how much of it."""
    correlation = standard.T @ standard / len(standard)
    inverse = np.linalg.inv(correlation + _SINGULAR * np.eye(len(correlation)))
    explained = 1 - 1 / np.maximum(np.diag(inverse), 1.0)
    at = int(np.flatnonzero(explained >= explained.max() - 1e-6)[-1])
    return at, float(explained[at])


def _redundant(look: Look, name: str, parts: Sequence[str], share: float) -> Finding:
    return Finding(
        "redundant",
        (name,),
        Severity.WEAKENS,
        look.n,
        1 / len(look.basis),
        named(others=tuple(parts), r2=round(share, 4)),
        "redundant",
        Repair(Action.DESCRIBE_ONLY, (name,)),
    )


def one_to_one(look: Look) -> Iterator[Finding]:
    """Yield categories that give each other away: Cramér's V of almost one."""
    sampled = [v for v in look.basis if look.has_sample(v)]
    levels = [v for v in sampled if 2 <= v.column.n_distinct <= limit("categories")]
    variables = levels[:_MOST_CATEGORIES]
    codes = [look.codes(v) for v in variables]
    linked = np.zeros((len(variables), len(variables)))
    for i, first in enumerate(variables):
        for j in range(i):
            if Scale.NOMINAL in (first.scale, variables[j].scale):
                linked[i, j] = linked[j, i] = _association(codes[i], codes[j])
    for group in _components(linked >= limit("one-to-one")):
        inside = linked[np.ix_(group, group)]
        members = [variables[i] for i in group]
        yield _group("one-to-one", look, members, float(inside[inside > 0].min()))


def _association(first: Codes, second: Codes) -> float:
    """Return Cramér's V where both have equally many levels, else 0: not one to one."""
    known = (first >= 0) & (second >= 0)
    if known.sum() < _LEAST_ROWS:
        return 0.0
    n_first, n_second = int(first[known].max()) + 1, int(second[known].max()) + 1
    if n_first != n_second or n_first < 2:
        return 0.0
    counts = np.bincount(first[known] * n_second + second[known], minlength=n_first * n_second)
    table = counts.reshape(n_first, n_second) / known.sum()
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0, keepdims=True)
    if not expected.all():
        return 0.0
    return float(np.sqrt(((table - expected) ** 2 / expected).sum() / (n_first - 1)))
