"""The record of a sweep: every number of segments, and how far to trust it.

Enters: results. Leaves: dictionaries of numbers, text and lists. Refuses to format: what is not
defined, or without bound, is null.
"""

from __future__ import annotations

import math
from typing import Any

from segmentation.validation import Trust, advise
from segmentation.wording import Words
from segmentation.wording.notes import say
from segmentation.workflow import Extraction


def sweep_record(extraction: Extraction, trust: Trust | None, words: Words) -> dict[str, Any]:
    """Record every solution of a sweep.

    Parameters
    ----------
    extraction : Extraction
    trust : Trust or None
        How far to trust it, where it was judged.
    words : Words
        The language of the recommendation.

    Returns
    -------
    dict
        As documented in ``docs/cli.md``.
    """
    ks = sorted(extraction.family.solutions)
    record: dict[str, Any] = {
        "method": extraction.family.spec.method,
        "notes": [say(note, words) for note in extraction.family.notes],
        "seed": extraction.family.spec.seed,
        "recommended_k": extraction.choice.recommended_k,
        "recommendation": say(extraction.choice.reason, words),
        "cautions": [say(caution, words) for caution in extraction.choice.cautions],
        "preferred": extraction.preferred,
        "solutions": [_solution(extraction, k) for k in ks],
    }
    if trust:
        record["preferred"] = extraction.preferred | {
            "prediction_strength": trust.strength.preferred
        }
        for k, solution in zip(ks, record["solutions"], strict=True):
            solution |= _judgement(trust, k)
        record |= {"null": _null(trust), "none": trust.verdict.none}
        record["tested"] = _tested(extraction, trust, words)
    return record


def trust_record(extraction: Extraction, trust: Trust, k: int, words: Words) -> dict[str, Any]:
    """Record how far to trust a sweep, beside one of its solutions.

    Parameters
    ----------
    extraction : Extraction
    trust : Trust
        Of that extraction.
    k : int
        The number of segments on show.
    words : Words
        The language of the advice.

    Returns
    -------
    dict
        ``stability``, ``slsw``, ``null``, ``verdict`` and ``tested``, as documented in
        ``docs/cli.md``.
    """
    ks = sorted(trust.verdict.by_k)
    return {
        "stability": {str(each): _stability(trust, each) for each in ks},
        "slsw": [_number(value) for value in trust.stability.segments(k)],
        "null": _null(trust),
        "verdict": {
            "none": trust.verdict.none,
            "by_k": {str(each): trust.verdict.by_k[each].value for each in ks},
        },
        "tested": _tested(extraction, trust, words),
    }


def _tested(extraction: Extraction, trust: Trust, words: Words) -> dict[str, Any]:
    """What the test leaves of the recommendation."""
    advice = advise(extraction.choice, trust)
    return {"k": advice.k, "advice": say(advice.reason, words)}


def _solution(extraction: Extraction, k: int) -> dict[str, Any]:
    solution = extraction.family.solution(k)
    likelihood = solution.likelihood
    return {
        "k": k,
        "sizes": list(solution.sizes),
        "unassigned": solution.n_unassigned,
        "inertia": _number(solution.inertia),
        "silhouette": _number(extraction.silhouettes[k]),
        "calinski_harabasz": _number(extraction.calinski_harabasz.scores[k]),
        "davies_bouldin": _number(extraction.davies_bouldin.scores[k]),
        "gap": _number(extraction.gap.gaps[k - 1]),
        "bic": _number(likelihood.bic) if likelihood else None,
        "icl": _number(likelihood.icl) if likelihood else None,
        "best_found": solution.best_found,
        "restarts": solution.restarts,
    }


def _judgement(trust: Trust, k: int) -> dict[str, Any]:
    known = [value for value in trust.stability.segments(k) if not math.isnan(value)]
    return {
        "stability": _stability(trust, k),
        "weakest_slsw": _number(min(known, default=math.nan)),
        "prediction_strength": _number(trust.strength.scores[k]),
        "verdict": trust.verdict.by_k[k].value,
    }


def _stability(trust: Trust, k: int) -> dict[str, Any]:
    low, median, high = trust.stability.quartiles(k)
    return {"ari_median": _number(median), "ari_quartiles": [_number(low), _number(high)]}


def _null(trust: Trust) -> dict[str, Any]:
    """What data without segments show: one population, and shuffled copies."""
    advantages = {str(k): _number(a) for k, a in enumerate(trust.gate.advantages, start=2)}
    return {
        "p_value": _number(trust.gate.p_value),
        "n_draws": trust.gate.n_draws,
        "advantages": advantages,
        "shuffled": {
            str(k): {
                "ari_medians": [_number(value) for value in trust.shuffled.agreement[k]],
                "silhouettes": [_number(value) for value in trust.shuffled.silhouettes[k]],
            }
            for k in sorted(trust.shuffled.agreement)
        },
    }


def _number(value: float) -> float | None:
    """JSON has neither NaN nor infinity."""
    return round(value, 6) if math.isfinite(value) else None
