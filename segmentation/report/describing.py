"""“Who they are”: portraits, what sets the segments apart, and where they are.

Enters: results whose small groups are hidden already. Leaves: blocks. Refuses what was not measured
and, of the owner's own words, to pass them off as measured.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial

from segmentation.charts import region_heat, segment_colors
from segmentation.charts.heat import Cell, heat
from segmentation.charts.profile_plot import called, told_value
from segmentation.criteria import ChannelReach
from segmentation.geography import home
from segmentation.geography.markets import best_places
from segmentation.profiles import (
    Mark,
    Profile,
    SegmentSize,
    associations,
    cautions,
    largest_difference,
    marks,
)
from segmentation.report.blocks import (
    Block,
    Heading,
    Note,
    Paragraph,
    Portrait,
    Section,
    Table,
    Tone,
)
from segmentation.report.hiding import hidden_segments, told_channels, without_small_groups
from segmentation.report.pictures import pictured
from segmentation.report.results import Results
from segmentation.study import PersonaNotes
from segmentation.variables import Role
from segmentation.wording import Words
from segmentation.wording.notes import say
from segmentation.wording.place_matters import best_place_said
from segmentation.wording.portrait import Topic, portrait
from segmentation.wording.sentences import difference_finding, home_finding
from segmentation.wording.terms import PERSONA_FIELDS

_MOST_MARKS = 14
_MOST_ROWS = 30
_MOST_PLACES = 3
# Colours are full at so many standard deviations.
_FULL = 1.5


def people_section(results: Results, words: Words) -> Section:
    """Say who is in each segment."""
    described = without_small_groups(results.judged.profile)
    blocks = (
        *_apart(results, described, words),
        Heading(_portraits_title(results, words)),
        *(portraits(results, words)),
        *_others(results, described, words),
        *_places(results, words),
    )
    return Section(words("Who are they?"), blocks)


def portraits(results: Results, words: Words) -> tuple[Portrait, ...]:
    """Portray every segment, from numbers of five customers and more.

    Parameters
    ----------
    results : Results
    words : Words

    Returns
    -------
    tuple of Portrait
        One a segment.
    """
    described = without_small_groups(results.judged.profile)
    channels = told_channels(results.channels)
    colors = segment_colors(described.k, dark=False)
    branch = results.study.branch
    written = branch.personas_of(results.partition.key, described.k)
    unseen = hidden_segments(described.sizes)
    return tuple(
        _hidden(results.names[s], color, words)
        if s in unseen
        else _portrait(results, (described, channels, written[s]), s, color, words)
        for s, color in enumerate(colors)
    )


def _portraits_title(results: Results, words: Words) -> str:
    return words("The {k:count} segments in words", k=results.judged.profile.k)


def _hidden(name: str, color: str, words: Words) -> Portrait:
    text = words("Too few customers to tell anything about them without telling who they are.")
    return Portrait(name, color, "–", words("hidden"), (text,))


def _portrait(
    results: Results,
    known: tuple[Profile, tuple[ChannelReach, ...], PersonaNotes],
    segment: int,
    color: str,
    words: Words,
) -> Portrait:
    described, channels, written = known
    size, whole = described.sizes[segment], results.judged.profile
    told = portrait(described, channels, results.variables, segment, words)
    return Portrait(
        results.names[segment],
        color,
        words.percent(size.share),
        size_text(size, words),
        tuple(sentence.text for sentence in told if sentence.topic is not Topic.SIZE),
        tuple(say(note, words) for note in cautions(whole, results.variables, segment)),
        tuple((words(PERSONA_FIELDS[code]), text) for code, text in written.written().items()),
    )


def size_text(size: SegmentSize, words: Words) -> str:
    """Say how many customers, and how sure the share is."""
    return words(
        "{n:count} customers ({low:percent} to {high:percent})",
        n=size.n,
        low=size.low,
        high=size.high,
    )


def _finding(results: Results, described: Profile, words: Words, *, basis: bool) -> str:
    largest = largest_difference(described, basis=basis)
    differing = next((v for v in results.variables if largest and v.name == largest.variable), None)
    return difference_finding(largest, differing, results.names, words)


def _apart(results: Results, described: Profile, words: Words) -> Iterator[Block]:
    """Draw what formed the segments: the segments' own numbers, coloured by the difference."""
    found = marks(described, results.variables)
    kept = _strongest(found)
    if not kept:
        return
    yield Heading(_finding(results, described, words, basis=True))
    along = list(dict.fromkeys(called(mark) for mark in kept))
    cells = [
        Cell(
            called(mark),
            results.names[mark.segment],
            0.0 if math.isnan(mark.effect) else mark.effect / _FULL,
            math.nan,
            told_value(mark.value, mark, words),
            told_value(mark.overall, mark, words),
            shown=told_value(mark.value, mark, words),
        )
        for mark in kept
    ]
    alt = words("What formed the segments: each segment’s own numbers")
    yield pictured(partial(heat, cells, along, list(results.names), words), alt)
    yield Note(
        words(
            "Numbers: the segment’s own mean or share. Blue: above the market, orange: below, the "
            "stronger the further, in the market’s own spread."
        )
    )
    if len(kept) < len(found):
        yield Note(words("Of many variables, those that tell the segments apart most are shown."))


def _strongest(found: Sequence[Mark]) -> list[Mark]:
    """Keep the variables that differ most, in the order in which they stand."""
    reach: dict[str, float] = {}
    for mark in found:
        size = 0.0 if math.isnan(mark.effect) else abs(mark.effect)
        reach[called(mark)] = max(reach.get(called(mark), 0.0), size)
    most = set(sorted(reach, key=lambda name: -reach[name])[:_MOST_MARKS])
    return [mark for mark in found if called(mark) in most]


def _others(results: Results, described: Profile, words: Words) -> Iterator[Block]:
    """Say what describes the segments without having formed them."""
    basis = set(described.basis)
    strength = {found.variable: found.effect for found in associations(results.judged.profile)}
    told = {v.name for v in results.variables if v.role in (Role.DESCRIPTOR, Role.OUTCOME)}
    profiled = {f.variable for f in described.numbers} | {f.variable for f in described.levels}
    names = profiled & told - basis
    if not names:
        return
    ranked = sorted(names, key=lambda name: (-_known(strength.get(name)), name))
    rows = [row for name in ranked for row in _rows(described, name, words)]
    yield Heading(_finding(results, described, words, basis=False))
    yield Paragraph(
        words("These did not form the segments; that they differ all the same is what they add.")
    )
    yield Table(
        words("What describes the segments, what differs most first"),
        (words("Variable"), words("Overall"), *results.names),
        tuple(rows[:_MOST_ROWS]),
        (False, *(True for _ in range(described.k + 1))),
    )
    if len(rows) > _MOST_ROWS:
        yield Note(words("{n:count} more rows are on the Profiles page.", n=len(rows) - _MOST_ROWS))
    yield Note(
        words(
            "Means, or shares of the customers whose answer is known. A dash: fewer than five "
            "customers, or a number that would tell such a group."
        )
    )


def _known(effect: float | None) -> float:
    return 0.0 if effect is None or math.isnan(effect) else effect


def _rows(described: Profile, name: str, words: Words) -> Iterator[tuple[str, ...]]:
    facts = [fact for fact in described.numbers if fact.variable == name]
    if facts:
        written = words.percent if facts[0].is_share else words.number
        yield (name, written(facts[0].overall), *(written(fact.mean) for fact in facts))
        return
    levels = [fact for fact in described.levels if fact.variable == name]
    for level in dict.fromkeys(fact.level for fact in levels):
        own = [fact for fact in levels if fact.level == level]
        others = words("all others")
        told = f"{name}: {level or others}"
        shares = (words.percent(fact.share) for fact in own)
        yield (told, words.percent(own[0].overall), *shares)


def _places(results: Results, words: Words) -> Iterator[Block]:
    shown = results.engine.map
    if shown is not None:
        yield Heading(
            words(
                "{n:count} of {all:count} customers are on the map",
                n=shown.n_placed,
                all=shown.n_customers,
            )
        )
        alt = words("Map of the customers: each place in the colour of its typical segment")
        yield pictured(shown.drawing, alt)
        yield Note(
            words(
                "Each hexagon has the colour of the segment that is there more often than "
                "expected, the stronger the more customers; those of fewer than five are not "
                "drawn. "
                "Outlines: Natural Earth; cities: GeoNames (CC BY 4.0)."
            ),
            Tone.SOURCE,
        )
    for regions in results.engine.regions[:1]:
        if not regions.regions:
            continue
        yield Heading(home_finding(home(regions), results.names, words))
        alt = words("Index of each segment in each region")
        yield pictured(partial(region_heat, regions, results.names, words, most=12), alt)
        yield Note(
            words(
                "By “{name}”. Index: 100 means as many as in the whole market; the largest regions "
                "are shown, numbers of fewer than five customers are not.",
                name=regions.variable,
            )
        )
    yield from _micro_markets(results, words)


def _micro_markets(results: Results, words: Words) -> Iterator[Block]:
    """List where each segment is best reached, by the smaller of the areas."""
    for regions in results.engine.regions[-1:]:
        rows = []
        for segment, name in enumerate(results.names):
            best = best_places(regions, segment, _MOST_PLACES)
            said = " · ".join(best_place_said(place, words) for place in best)
            rows.append((name, said or "–"))
        if all(said == "–" for _, said in rows):
            continue
        yield Heading(words("The best places to reach each segment"))
        yield Table(
            words("Micro-markets by “{name}”", name=regions.variable),
            (words("Segment"), words("Places")),
            tuple(rows),
            (False, False),
        )
        yield Note(
            words("Score: customers of the segment there × index / 100; index above 100 only."),
            Tone.SOURCE,
        )
