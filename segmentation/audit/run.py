"""The audit: every check on one table, ranked by what it does to a segmentation.

Enters: a customer table, its variables and the day that counts as today. Leaves: an
:class:`Audit`. Refuses to change anything.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from segmentation.audit import (
    completeness,
    coordinates,
    dates,
    extremes,
    impossible,
    privacy,
    redundancy,
    repeats,
    respondents,
    spread,
    words,
)
from segmentation.audit.findings import Audit, Finding
from segmentation.audit.look import Look, look_at
from segmentation.intake import CustomerTable
from segmentation.variables import Role, Variable

CHECKS: tuple[Callable[[Look], Iterable[Finding]], ...] = (
    completeness.failed_cells,
    completeness.gaps_by_column,
    completeness.gaps_by_row,
    completeness.gaps_together,
    repeats.duplicate_rows,
    repeats.duplicate_ids,
    spread.one_value,
    spread.nearly_unique,
    redundancy.collinear,
    redundancy.one_to_one,
    extremes.outliers,
    extremes.heavy_tails,
    extremes.heaping,
    impossible.impossible,
    impossible.sentinels,
    words.placeholders,
    dates.unknown_order,
    coordinates.doubtful_coordinates,
    privacy.personal_data,
    privacy.special_categories,
    privacy.free_text,
    respondents.too_few_customers,
    respondents.straight_lining,
)
# What a column's first finding explains already: a code such as 999 makes it nearly constant.
EXPLAINED = {
    "sentinel": ("near-constant", "outliers", "heavy-tail", "heaping"),
    "beyond-scale": ("outliers", "heavy-tail", "heaping"),
    "impossible-age": ("outliers", "heaping"),
    "near-constant": ("outliers", "heavy-tail", "heaping"),
}
# Findings that are said of several columns at once.
GATHERED = (
    "missing-much",
    "missing-much-described",
    "missing-some",
    "near-constant",
    "id-like",
    "many-categories",
    "outliers",
    "heavy-tail",
    "heaping",
    "placeholder-words",
)


def audit(
    table: CustomerTable,
    variables: Sequence[Variable],
    *,
    as_of: dt.date | None = None,
    n_rejected: int = 0,
) -> Audit:
    """Find what may harm a segmentation of a table, the most harmful first.

    Counts are exact and made in the engine. Distributions and correlations come from all customers
    up to 50,000, else from the 50,000 with the smallest keys, the same on every run.

    Parameters
    ----------
    table : CustomerTable
        Its population is looked at.
    variables : sequence of Variable
        What its columns are for.
    as_of : date, optional
        The day that counts as today; without it no date is called future.
    n_rejected : int
        Lines that the reader set aside.

    Returns
    -------
    Audit
    """
    look = look_at(table, variables)
    found = [
        *completeness.rejected(look, n_rejected),
        *(finding for check in CHECKS for finding in check(look)),
        *dates.doubtful_dates(look, as_of),
    ]
    cells = max(1, look.n * len(look.variables))
    return Audit(
        n_rows=table.raw.n_rows,
        n_rejected=n_rejected,
        n_customers=look.n,
        n_failed=sum(column.n_failed for column in table.columns),
        share_missing=sum(look.missing.values()) / cells,
        sample_size=respondents.sample_size(look),
        findings=tuple(ranked(gathered(_unexplained(found)), look.variables)),
    )


def _unexplained(found: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings that no other finding of the same column explains."""
    explained = {
        (name, code)
        for finding in found
        for name in finding.columns
        for code in EXPLAINED.get(finding.code, ())
    }
    for finding in found:
        if not any((name, finding.code) in explained for name in finding.columns):
            yield finding


def gathered(found: Iterable[Finding]) -> Iterator[Finding]:
    """Gather findings of one kind that propose the same for several columns.

    The gathered finding names the columns from the largest share down, adds up the cells, and has
    the share and the values of the first.
    """
    alike: defaultdict[object, list[Finding]] = defaultdict(list)
    for finding in found:
        repair = finding.repair and (finding.repair.action, finding.repair.values)
        own = () if finding.code in GATHERED else (finding.columns, finding.values)
        alike[finding.code, finding.severity, repair, own].append(finding)
    for group in alike.values():
        yield group[0] if len(group) == 1 else _gathered(group)


def _gathered(group: Sequence[Finding]) -> Finding:
    ordered = sorted(group, key=lambda finding: -finding.share)
    columns = tuple(name for finding in ordered for name in finding.columns)
    first = ordered[0]
    repair = first.repair and replace(first.repair, columns=columns)
    n = sum(finding.n for finding in group)
    return replace(first, columns=columns, n=n, repair=repair)


def ranked(found: Iterable[Finding], variables: Sequence[Variable]) -> list[Finding]:
    """Order findings by severity, then basis before others, then by the share concerned.

    Parameters
    ----------
    found : iterable of Finding
    variables : sequence of Variable

    Returns
    -------
    list of Finding
        The most harmful first; ties in the order of code and columns.
    """
    basis = {v.name for v in variables if v.role is Role.BASIS}

    def harm(finding: Finding) -> tuple[int, bool, float, str, tuple[str, ...]]:
        describes = bool(finding.columns) and basis.isdisjoint(finding.columns)
        return finding.severity.rank, describes, -finding.share, finding.code, finding.columns

    return sorted(found, key=harm)
