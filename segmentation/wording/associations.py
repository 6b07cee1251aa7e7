"""How much a variable goes with the segments, in words.

Enters: an association. Leaves: plain sentences. Refuses to call a difference important: an effect
has a size, and what it is worth is for the reader to say.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from segmentation.profiles.association import Association, Test
from segmentation.wording.language import Words, mark

STRENGTHS: Mapping[str, str] = {
    "0": mark("negligible"),
    "1": mark("small"),
    "2": mark("medium"),
    "3": mark("large"),
}
# A p-value below this is written as "less than".
SMALLEST_P = 0.001


def association_finding(found: Sequence[Association], words: Words) -> str:
    """Say what goes with the segments most, of all that did not form them.

    Parameters
    ----------
    found : sequence of Association
        Strongest first.
    words : Words

    Returns
    -------
    str
    """
    differing = [each for each in found if each.differs and each.strength > 0]
    if not differing:
        return words("Nothing else tells the segments apart")
    told = words.listed(words("“{name}”", name=each.variable) for each in differing[:3])
    return words.plural(
        "{n:count} of {n_all:count} other variables tells the segments apart: {told}",
        "{n:count} of {n_all:count} other variables tell the segments apart, most of all {told}",
        len(differing),
        n_all=len(found),
        told=told,
    )


def effect_text(found: Association, words: Words) -> str:
    """Say an effect with its measure.

    Parameters
    ----------
    found : Association
    words : Words

    Returns
    -------
    str
        Such as "η² 0.05".
    """
    sign = "η²" if found.test is Test.ANOVA else "V"
    return words("{sign} {value:number}", sign=sign, value=round(found.effect, 3))


def test_text(found: Association, words: Words) -> str:
    """Say a test with its statistic and degrees of freedom.

    Parameters
    ----------
    found : Association
    words : Words

    Returns
    -------
    str
    """
    if math.isnan(found.statistic):
        return "–"
    sign = "F" if found.test is Test.ANOVA else "χ²"
    df = f"{found.df[0]}, {found.df[1]}" if found.test is Test.ANOVA else str(found.df[0])
    return f"{sign}({df}) = {words.number(found.statistic)}"


def p_text(p_value: float, words: Words) -> str:
    """Write a p-value with three digits, or that it is less than 0.001.

    Parameters
    ----------
    p_value : float
    words : Words

    Returns
    -------
    str
    """
    if p_value < SMALLEST_P:
        return f"< {words.number(SMALLEST_P)}"
    return words.number(round(p_value, 3))


def how_tested(found: Association, words: Words) -> str:
    """Say the test of one variable, its effect, and how many gave no answer.

    Parameters
    ----------
    found : Association
    words : Words

    Returns
    -------
    str
    """
    told = words(
        "{test}, p {p} among all variables tested; effect {effect}, {strength}.",
        test=test_text(found, words),
        p=p_text(found.adjusted, words),
        effect=effect_text(found, words),
        strength=words(STRENGTHS[str(found.strength)]),
    )
    missing = words("Every customer has an answer.")
    if found.n_missing:
        missing = words.plural(
            "{n:count} customer has no answer.",
            "{n:count} customers have no answer.",
            found.n_missing,
        )
    rough = words("Some categories are rare: take p as a rough guide.")
    return words.sentences([told, missing, *([rough] if found.is_rough else [])])
