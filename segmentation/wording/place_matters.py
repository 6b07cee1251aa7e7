"""Where segments live, in words: near places of interest, by region, in a pattern, or anywhere.

Enters: verdicts on places. Leaves: sentences in the reader's language, each with its number.
Refuses to judge: the geography room did.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from segmentation.geography.autocorrelation import SpatialPattern
from segmentation.geography.catchments import Catchments
from segmentation.geography.concentration import LEVEL
from segmentation.geography.markets import BestPlace
from segmentation.geography.seasons import Seasons
from segmentation.geography.verdict import PlaceVerdict, Standing
from segmentation.wording.language import Words, mark


def place_finding(verdicts: Sequence[PlaceVerdict], names: Sequence[str], words: Words) -> str:
    """Say in one heading for which segments place matters.

    Parameters
    ----------
    verdicts : sequence of PlaceVerdict
        One a segment.
    names : sequence of str
        Of the segments.
    words : Words

    Returns
    -------
    str
    """
    others = [v for v in verdicts if not v.differs]
    if len(others) == len(verdicts):
        return words("No segment certainly differs by place")
    near: dict[str, list[PlaceVerdict]] = {}
    away: dict[str, list[PlaceVerdict]] = {}
    for verdict in verdicts:
        if verdict.near is not None:
            groups = near if verdict.lives_near else away
            groups.setdefault(verdict.near.name, []).append(verdict)
    told = [(_NEAR, group, label) for label, group in near.items()]
    told += [(_AWAY, group, label) for label, group in away.items()]
    told += [(_DIFFERING, [v for v in verdicts if v.differs and v.near is None], "")]
    told += [(_ALIKE, others, "")]
    parts = []
    for (one, many), group, label in told:
        sentence = one if len(group) == 1 else many
        if group:
            parts.append(words(sentence, names=_quoted(group, names, words), label=label))
    return words.sentences(parts)


# Of one segment, and of several.
_NEAR = (
    mark("{names:list} lives near “{label}”."),
    mark("{names:list} live near “{label}”."),
)
_AWAY = (
    mark("{names:list} tends to live away from “{label}”."),
    mark("{names:list} tend to live away from “{label}”."),
)
_DIFFERING = (mark("{names:list} differs by place."), mark("{names:list} differ by place."))
_ALIKE = (
    mark("{names:list} does not differ by place."),
    mark("{names:list} do not differ by place."),
)


def _quoted(verdicts: Sequence[PlaceVerdict], names: Sequence[str], words: Words) -> list[str]:
    return [words("“{name}”", name=names[verdict.segment]) for verdict in verdicts]


def standing_said(stand: Standing | None, words: Words) -> str:
    """Write a region with its location quotient and interval; a dash where there is none."""
    if stand is None:
        return "–"
    return words(
        "{name}: {quotient:number} ({low:number} to {high:number})",
        name=stand.name,
        quotient=stand.quotient,
        low=stand.low,
        high=stand.high,
    )


def near_said(stand: Standing | None, words: Words) -> str:
    """Write how many of a segment live within reach, beside the market; a dash where unclear."""
    if stand is None:
        return "–"
    return words(
        "{share:percent} within {km:number} km of “{label}”, {market:percent} overall",
        share=stand.share,
        km=stand.km,
        label=stand.name,
        market=stand.market,
    )


def moran_said(verdict: PlaceVerdict, words: Words) -> str:
    """Write Moran's I with its p-value; a dash where it is not known."""
    if math.isnan(verdict.moran_p):
        return "–"
    return words("{moran:number} (p = {p:number})", moran=verdict.moran, p=verdict.moran_p)


def thresholds_said(pattern: SpatialPattern | None, n_judged: int, words: Words) -> str:
    """Say how certainty was found: tests, thresholds and where they come from."""
    parts = [
        words(
            "A location quotient is a segment's share here over its share in the market, with a "
            "95 % interval (Moineddin, Beyene & Boyle 2003). Named are those of 1.2 and more or "
            "0.83 and less (our own choice) with p below {level:number} after Holm's correction "
            "for {n:count} cells.",
            level=LEVEL,
            n=n_judged,
        )
    ]
    if pattern is not None:
        parts.append(
            words(
                "Moran's I of {n:count} hexagons tells whether neighbours are alike: "
                "{expected:number} is chance; p is from {permutations:count} permutations, "
                "corrected by Holm (rates after Assunção & Reis 1999).",
                n=pattern.n_places,
                expected=pattern.expected,
                permutations=pattern.permutations,
            )
        )
        parts.append(_neighbours(pattern, words))
    return words.sentences(parts)


def _neighbours(pattern: SpatialPattern, words: Words) -> str:
    if not pattern.is_adjacent:
        return words(
            "The hexagons lie too far apart to touch, so the four nearest count as neighbours."
        )
    return words(
        "Hexagons that touch are neighbours; {n:count} without any are left out.",
        n=pattern.n_alone,
    )


def catchment_finding(found: Catchments, names: Sequence[str], words: Words) -> str:
    """Say how far the market lives from the nearest place, and who lives nearest."""
    medians = found.median_km[:-1]
    known = [s for s in range(len(names)) if not math.isnan(medians[s])]
    if not known:
        return words("Too few customers have a distance to “{label}”", label=found.label)
    closest = min(known, key=lambda s: float(medians[s]))
    return words(
        "Half of the customers live within {km:number} km of “{label}”; of “{segment}”, half "
        "within {own:number} km",
        km=float(found.median_km[-1]),
        label=found.label,
        segment=names[closest],
        own=float(medians[closest]),
    )


def best_place_said(place: BestPlace, words: Words) -> str:
    """Say one of the best places to reach a segment."""
    return words(
        "{region}: {n:count} customers, index {index:count}, score {score:count}",
        region=place.region,
        n=place.n_customers,
        index=round(place.index),
        score=round(place.score),
    )


def season_finding(found: Seasons, names: Sequence[str], words: Words) -> str:
    """Say which segment and quarter lie furthest above the market, where one does."""
    if found.standout is None:
        return words("No segment stands out in any quarter")
    quarter, segment = found.standout
    return words(
        "“{segment}” stands out most in quarter {quarter:count}: {share:percent}, {market:percent} "
        "overall",
        segment=names[segment],
        quarter=quarter + 1,
        share=float(found.share[quarter, segment]),
        market=float(found.market[quarter]),
    )
