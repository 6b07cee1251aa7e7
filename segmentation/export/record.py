"""The record of a run: everything a program wants to know, as plain values for JSON.

Enters: results. Leaves: dictionaries of numbers, text and lists. Refuses to format: numbers stay
numbers, shares stay in [0, 1].
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from segmentation.audit import LIMITS, Audit, Repair
from segmentation.intake import CustomerTable
from segmentation.intake.glimpse import covered, without_cells
from segmentation.profiles import Association, associations, cautions
from segmentation.structure import Partition
from segmentation.transactions import RoleReason, detect
from segmentation.transactions.orders import looks_like_orders
from segmentation.variables import Variable
from segmentation.wording import Words
from segmentation.wording.findings import effect, found, limit_text, repair_label
from segmentation.wording.notes import say
from segmentation.workflow import Extraction, Judged


def describe_record(
    table: CustomerTable,
    variables: Sequence[Variable],
    words: Words,
    *,
    show_personal: bool = False,
) -> dict[str, Any]:
    """Describe a file: what each column is, why, and what was repaired.

    Parameters
    ----------
    table : CustomerTable
    variables : sequence of Variable
    words : Words
        The language of the reasons and problems.
    show_personal : bool
        Whether cells of columns with personal data may be quoted.

    Returns
    -------
    dict
        ``n_rows``, ``encoding``, ``delimiter``, ``columns``, ``orders``, ``problems``.
    """
    source = table.raw.source
    orders = detect(table)
    suspicions = (looks_like_orders(table, orders),) if orders else ()
    private = () if show_personal else [v.name for v in variables if v.private]
    problems = covered((*suspicions, *table.notes), private)
    return {
        "file": source.name,
        "format": source.format,
        "n_rows": table.raw.n_rows,
        "n_customers": table.n_customers,
        "encoding": source.encoding,
        "delimiter": source.delimiter,
        "sheet": source.sheet,
        "fingerprint": table.raw.fingerprint,
        "columns": [_column(v, words, is_covered=v.name in private) for v in variables],
        "orders": orders and [_order_role(reason, words) for reason in orders.reasons],
        "problems": [say(note, words) for note in problems],
    }


def _order_role(reason: RoleReason, words: Words) -> dict[str, Any]:
    return {
        "role": reason.role.value,
        "name": reason.column,
        "confidence": round(reason.confidence, 2),
        "reason": say(reason.why, words),
    }


def _column(variable: Variable, words: Words, *, is_covered: bool) -> dict[str, Any]:
    column = variable.column
    reason = without_cells(column.reason) if is_covered else column.reason
    return {
        "name": column.name,
        "type": column.kind.value,
        "style": column.style.value if column.style else None,
        "type_reason": say(reason, words),
        "label": column.label,
        "levels": [] if is_covered else list(column.levels),
        "levels_from": column.levels_from,
        "reversed": column.is_reversed,
        "items_by": column.items_by,
        "scale": variable.scale.value,
        "role": variable.role.value,
        "family": variable.family.value if variable.family else None,
        "detail": variable.detail or None,
        "missing": column.n_missing + column.n_failed,
        "failed": column.n_failed,
        "distinct": column.n_distinct,
        "reason": words.sentences(say(reason, words) for reason in variable.reasons),
    }


def audit_record(audit: Audit, words: Words) -> list[dict[str, Any]]:
    """Record the findings of an audit, the most harmful first.

    Parameters
    ----------
    audit : Audit
    words : Words
        The language of the sentences.

    Returns
    -------
    list of dict
        As documented in ``docs/cli.md``.
    """
    return [
        {
            "code": finding.code,
            "severity": finding.severity.value,
            "columns": list(finding.columns),
            "n": finding.n,
            "share": round(finding.share, 6),
            "found": found(finding, words),
            "effect": effect(finding, words),
            "limit": LIMITS[finding.limit].value if finding.limit else None,
            "source": limit_text(finding, words) or None,
            "repair": _repair(finding.repair, words) if finding.repair else None,
        }
        for finding in audit.findings
    ]


def _repair(repair: Repair, words: Words) -> dict[str, Any]:
    return {
        "action": repair.action.value,
        "columns": list(repair.columns),
        "values": list(repair.values),
        "label": repair_label(repair, words),
    }


def segment_record(
    judged: Judged,
    variables: Sequence[Variable],
    partition: Partition,
    names: Sequence[str],
    found: tuple[Extraction, int] | None,
    words: Words,
) -> dict[str, Any]:
    """Record one solution: sizes, quality, recommendation and profile.

    Parameters
    ----------
    judged : Judged
    variables : sequence of Variable
        That it was judged by.
    partition : Partition
        The segments on show.
    names : sequence of str
        What they are called.
    found : (Extraction, int) or None
        The sweep they come from, and its number of segments; None for segments that were given.
    words : Words

    Returns
    -------
    dict
        As documented in ``docs/cli.md``.
    """
    sizes = judged.profile.sizes
    return {
        "n_customers": len(partition.labels),
        "basis": list(judged.profile.basis),
        "k": partition.k,
        "segments": list(names),
        "numbers": [segment.number for segment in partition.segments],
        "sizes": [size.n for size in sizes],
        "shares": [round(size.share, 6) for size in sizes],
        "unassigned": partition.n_unassigned,
        **(_found(*found, words) if found else dict.fromkeys(_FOUND)),
        "profile": _profile(judged),
        "associations": [_association(each) for each in associations(judged.profile)],
        "remarks": [
            {"segment": segment + 1, "remark": say(note, words)}
            for segment in range(partition.k)
            for note in cautions(judged.profile, variables, segment)
        ],
    }


_FOUND = (
    *("inertia", "silhouette", "method", "notes", "seed", "restarts", "best_found"),
    *("recommended_k", "recommendation", "cautions"),
)


def _found(extraction: Extraction, k: int, words: Words) -> dict[str, Any]:
    """Record how segments were found."""
    solution = extraction.family.solution(k)
    return {
        "inertia": round(solution.inertia, 6),
        "silhouette": round(extraction.silhouettes[k], 6),
        "method": extraction.family.spec.method,
        "notes": [say(note, words) for note in extraction.family.notes],
        "seed": extraction.family.spec.seed,
        "restarts": solution.restarts,
        "best_found": solution.best_found,
        "recommended_k": extraction.choice.recommended_k,
        "recommendation": say(extraction.choice.reason, words),
        "cautions": [say(caution, words) for caution in extraction.choice.cautions],
    }


def _association(found: Association) -> dict[str, Any]:
    return {
        "variable": found.variable,
        "test": found.test.value,
        "statistic": _number(found.statistic),
        "df": [df for df in found.df if df],
        "p_value": found.p_value,
        "adjusted": found.adjusted,
        "effect": _number(found.effect),
        "missing": found.n_missing,
    }


def _profile(judged: Judged) -> list[dict[str, Any]]:
    numbers = [
        {
            "segment": fact.segment + 1,
            "variable": fact.variable,
            "value": _number(fact.mean),
            "overall": _number(fact.overall),
            "index": _number(fact.index),
        }
        for fact in judged.profile.numbers
    ]
    levels = [
        {
            "segment": fact.segment + 1,
            "variable": fact.variable,
            "level": fact.level,
            "value": _number(fact.share),
            "overall": _number(fact.overall),
            "index": _number(fact.index),
        }
        for fact in judged.profile.levels
    ]
    return numbers + levels


def _number(value: float | None) -> float | None:
    """JSON has neither NaN nor infinity: they are written as null."""
    if value is None or not math.isfinite(value):
        return None
    return round(value, 6)
