"""“What to do with it”: which segments can be worked with, whom one reaches, the next steps.

Enters: results. Leaves: blocks. Refuses advice that does not follow from a number in the report.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from segmentation.criteria import Check, Scorecard, Verdict
from segmentation.criteria.checks import CRITERIA as CODES
from segmentation.geography.tally import HIDDEN_BELOW
from segmentation.report.blocks import Block, Heading, Note, Points, Section, Table, Tone
from segmentation.report.hiding import hidden_segments, told_channels
from segmentation.report.results import Results
from segmentation.validation import Structure
from segmentation.wording import Words
from segmentation.wording.notes import say
from segmentation.wording.scorecard import (
    card_finding,
    cell_value,
    consent_sentence,
    structure_warning,
    threshold_text,
)
from segmentation.wording.sizing import group_text
from segmentation.wording.terms import CHANNELS, CRITERIA, SOURCES, VERDICTS

REVIEW_MONTHS = 6


def action_section(results: Results, words: Words) -> Section:
    """Say what the segments are good for."""
    blocks = (
        *judgement(results, words),
        *_reached(results, words),
        *_sized(results, words),
        *_next(results, words),
    )
    return Section(words("What to do with it?"), blocks)


def judgement(results: Results, words: Words) -> Iterator[Block]:
    """Judge every segment by every criterion: the number, the threshold, its source.

    Parameters
    ----------
    results : Results
    words : Words

    Yields
    ------
    Block
    """
    card = results.worth.card
    unseen = hidden_segments(results.judged.profile.sizes)
    yield Heading(card_finding(card, words))
    if warning := structure_warning(card.tested, words):
        yield Note(warning, Tone.CAUTION)
    yield Table(
        words("Every segment by every criterion"),
        (words("Criterion"), words("Wanted"), *results.names),
        tuple(_criterion(card, criterion, unseen, words) for criterion in CODES),
        (False,) * (2 + card.k),
    )
    found = [
        _caution(check, results, words) for check in card.checks if check.segment not in unseen
    ]
    if told := [sentence for sentence in found if sentence]:
        yield Points(tuple(told))
    sources = dict.fromkeys(words(SOURCES[check.source]) for check in card.checks)
    yield Note(words.sentences(sources), Tone.SOURCE)


def _criterion(
    card: Scorecard, criterion: str, unseen: frozenset[int], words: Words
) -> tuple[str, ...]:
    """Return a criterion, what is wanted, and each segment's verdict with its number."""
    cells = []
    for segment in range(card.k):
        check = card.check(segment, criterion)
        value = "–" if segment in unseen else cell_value(check, words)
        cells.append(
            words("{verdict}: {value}", verdict=words(VERDICTS[check.verdict]), value=value)
        )
    return words(CRITERIA[criterion]), threshold_text(card.check(0, criterion), words), *cells


def _caution(check: Check, results: Results, words: Words) -> str:
    """Say why a segment does not pass; blank where that is no matter."""
    if check.verdict not in (Verdict.CAUTION, Verdict.FAIL):
        return ""
    return words(
        "{name}, {criterion}: {why}",
        name=results.names[check.segment],
        criterion=words(CRITERIA[check.criterion]),
        why=say(check.why, words),
    )


def _reached(results: Results, words: Words) -> Iterator[Block]:
    unseen = hidden_segments(results.judged.profile.sizes)
    told = [c for c in told_channels(results.channels) if c.segment not in unseen]
    if not told:
        return
    best = max(told, key=lambda channel: channel.share)
    yield Heading(
        words(
            "{channel} reaches {share:percent} of “{name}”, the best of all segments and channels",
            channel=words(CHANNELS[best.channel]),
            share=best.share,
            name=results.names[best.segment],
        )
    )
    channels = list(dict.fromkeys(each.channel for each in told))
    reached = {
        (each.segment, each.channel): f"{words.percent(each.share)} ({words.count(each.reachable)})"
        for each in told
    }
    yield Table(
        words("Whom each channel reaches: the share of the segment, and how many"),
        (words("Segment"), *(words(CHANNELS[channel]) for channel in channels)),
        tuple(
            (name, *(reached.get((segment, channel), "–") for channel in channels))
            for segment, name in enumerate(results.names)
        ),
        (False, *(True for _ in channels)),
    )
    yield Note(consent_sentence(results.study.criteria.reach, words), Tone.SOURCE)


def _sized(results: Results, words: Words) -> Iterator[Block]:
    everyone = results.judged.profile.sizes
    n = sum(size.n for size in everyone)
    told = [each for each in results.engine.sized if _tellable(each.answer.customers.likely, n)]
    if not told:
        return
    kept = words.plural("{n:count} what-if was kept", "{n:count} what-ifs were kept", len(told))
    yield Heading(kept)
    yield Table(
        words("How many meet each filter"),
        (words("What-if"), words("Who"), words("Customers"), words("Share")),
        tuple(
            (
                each.name,
                group_text(each.where, results.names, words),
                words.count(each.answer.customers.likely),
                words.percent(each.answer.share.likely),
            )
            for each in told
        ),
        (False, False, True, True),
    )


def _tellable(n: float, everyone: int) -> bool:
    """Whether neither those who meet a filter nor the others are a small group."""
    return all(count == 0 or count >= HIDDEN_BELOW for count in (n, everyone - n))


def _next(results: Results, words: Words) -> Iterator[Block]:
    yield Heading(words("What to do next"))
    yield Points(next_steps(results, words))


def next_steps(results: Results, words: Words) -> tuple[str, ...]:
    """Say what follows from the results, the most pressing first.

    Parameters
    ----------
    results : Results
    words : Words

    Returns
    -------
    tuple of str
    """
    steps = [*_about_trust(results, words), *_about_checks(results, words)]
    k = results.judged.profile.k
    written = results.study.branch.personas_of(results.partition.key, k)
    silent = [name for name, own in zip(results.names, written, strict=True) if not own.written()]
    if silent:
        steps.append(words("Write down what to say, and what not, to {names:list}.", names=silent))
    steps.append(
        words(
            "Try one segment first, with a group that is left alone to compare with, before the "
            "budget follows the segments."
        )
    )
    steps.append(
        words(
            "Look at the segmentation again by {day}: customers and markets move.",
            day=words.date(review_date(results.today)),
        )
    )
    return tuple(steps)


def _about_trust(results: Results, words: Words) -> Iterator[str]:
    found = results.found
    if found is None:
        return
    if found.trust is None:
        yield words("Test how far to trust the segments before money depends on them.")
        return
    structure = found.trust.verdict.by_k[found.k]
    if found.trust.verdict.none or structure is Structure.CONSTRUCTED:
        yield words("Use the segments as a cut that helps; do not present them as discovered.")


def _about_checks(results: Results, words: Words) -> Iterator[str]:
    card = results.worth.card
    failing = [s for s in range(card.k) if card.verdict(s) is Verdict.FAIL]
    if failing:
        names = [results.names[segment] for segment in failing]
        yield words(
            "Do not plan with {names:list} alone until the failed checks are cured: merge "
            "them, or gather what is missing.",
            names=names,
        )


def review_date(made: dt.date) -> dt.date:
    """Return the day by which a segmentation is to be looked at again: six months later.

    Examples
    --------
    >>> review_date(dt.date(2026, 8, 31))
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(made.month - 1 + REVIEW_MONTHS, 12)
    for day in range(made.day, 27, -1):
        try:
            return dt.date(made.year + years, month + 1, day)
        except ValueError:
            continue  # a shorter month
    return dt.date(made.year + years, month + 1, made.day)
