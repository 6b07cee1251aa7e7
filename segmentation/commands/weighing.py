"""What ``--validate`` says besides: variables that add nothing, and segments of outliers.

Enters: what was found. Leaves: parts of the record, the same that the page of the segments says.
Refuses to change the preparation: what is worth a try is only named.
"""

from __future__ import annotations

from typing import Any

from segmentation.arranging import Sweep
from segmentation.commands.finding import Clock, Customers
from segmentation.errors import DegenerateSolution
from segmentation.preparation.alternatives import alternatives, situation
from segmentation.terminal import stages_told, tell
from segmentation.validation import contributions, outlying
from segmentation.validation.outlying import OUTLIER_ROWS
from segmentation.wording import Words
from segmentation.wording.errors import explain

# Fewer variables cannot be taken away one by one and still form segments.
LEAST_VARIABLES = 2


def outlier_segments(found: Sweep, k: int) -> list[int]:
    """Return the segments of a solution that are probably outliers, counted from 1."""
    family = found.extraction.family
    values = family.fitted(found.matrix.values[:OUTLIER_ROWS])
    return [segment + 1 for segment in outlying(values, family.solution(k))]


def weighed(
    customers: Customers, found: Sweep, k: int, words: Words, clock: Clock
) -> dict[str, Any]:
    """Record what each variable has to do with ``k`` segments, and what else is worth a try.

    Parameters
    ----------
    customers : Customers
    found : Sweep
    k : int
        Number of segments.
    words : Words
    clock : Clock
        It is stopped afterwards.

    Returns
    -------
    dict
        ``contributions``, ``noise_variables`` and ``worth_a_try``, as documented in
        ``docs/cli.md``.
    """
    matrix, recipe = found.matrix, customers.study.branch.recipe
    offered = alternatives(recipe, situation(matrix, customers.variables, recipe))
    record: dict[str, Any] = {
        "contributions": _contributions(found, k, words),
        "worth_a_try": [alternative.code for alternative in offered],
    }
    idle = [own["variable"] for own in record["contributions"] if own["adds_nothing"]]
    clock.stop("weigh")
    return {"noise_variables": idle, **record}


def _contributions(found: Sweep, k: int, words: Words) -> list[dict[str, Any]]:
    matrix = found.matrix
    if len(matrix.groups) < LEAST_VARIABLES:
        return []
    seed = found.extraction.family.spec.seed
    try:
        own = contributions(matrix.values, matrix.groups, k, seed=seed, progress=stages_told(words))
    except DegenerateSolution as error:
        tell(explain(error, words).happened)
        return []
    return [
        {
            "variable": name,
            "explained": round(one.explained, 6),
            "noise": round(one.noise, 6),
            "without": round(one.without, 6),
            "adds_nothing": one.adds_nothing,
        }
        for name, one in zip(matrix.basis, own, strict=True)
    ]
