"""A report is put together: the answer first, then the reader's four questions.

Enters: results. Leaves: one :class:`Report` for all writers. Refuses customers' ids and rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from segmentation.charts import size_bars
from segmentation.profiles import SegmentSize
from segmentation.report.acting import action_section, review_date
from segmentation.report.blocks import (
    Block,
    Heading,
    Note,
    Paragraph,
    Report,
    Section,
    Table,
    Tone,
)
from segmentation.report.describing import people_section
from segmentation.report.hiding import hidden_segments
from segmentation.report.making import making_section, method_name
from segmentation.report.pictures import pictured
from segmentation.report.results import Results
from segmentation.report.trusting import trust_section, verdict_line, verdict_word
from segmentation.wording import Words
from segmentation.wording.sentences import size_finding
from segmentation.wording.terms import condition_text

__all__ = ["report_of", "summary_of"]


def report_of(results: Results, words: Words) -> Report:
    """Describe a report.

    Parameters
    ----------
    results : Results
    words : Words
        The reader's language.

    Returns
    -------
    Report
        The same for every writer.
    """
    file, n = results.table.raw.source.name, results.table.n_customers
    k = results.judged.profile.k
    made = words("{day} · {file}", day=words.date(results.today), file=file)
    figures = (
        (words("Customers"), words.count(n)),
        (words("Segments"), words.count(k)),
        (words("Trust"), verdict_word(results, words)),
        (words("Look again by"), words.date(review_date(results.today))),
    )
    return Report(
        title=words("{n:count} customers in {k:count} segments", n=n, k=k),
        summary=(*summary_of(results, words), _about_report(words)),
        figures=figures,
        made=made,
        sections=(
            _what(results, words),
            trust_section(results, words),
            people_section(results, words),
            action_section(results, words),
            making_section(results, words),
        ),
        language=words.language,
        labels=(
            ("contents", words("Contents")),
            ("own_words", words("In the owner’s words")),
            ("sources", words("Sources")),
            ("cautions", words("Bear in mind")),
        ),
    )


def summary_of(results: Results, words: Words) -> tuple[str, ...]:
    """Say the answer in two sentences: how large the segments are, and how far to trust them.

    Parameters
    ----------
    results : Results
    words : Words

    Returns
    -------
    tuple of str
    """
    told, trust = _told_sizes(results), verdict_line(results, words)
    if not told:
        return (trust,)
    finding = size_finding(told, results.names, words)
    return (words("{finding}.", finding=finding), trust)


def _about_report(words: Words) -> str:
    return words(
        "This report says what the segments are, how far they can be trusted, who is in them and "
        "what to do with them."
    )


def _told_sizes(results: Results) -> list[SegmentSize]:
    sizes = results.judged.profile.sizes
    unseen = hidden_segments(sizes)
    return [size for size in sizes if size.segment not in unseen]


def _what(results: Results, words: Words) -> Section:
    return Section(words("What is this?"), tuple(_about(results, words)))


def _about(results: Results, words: Words) -> Iterator[Block]:
    n, k = results.table.n_customers, results.judged.profile.k
    yield Paragraph(
        words(
            "A segmentation divides a market into groups of customers who are alike in what "
            "matters, so that each group can be served in its own way. Here are {k:count} segments "
            "of the {n:count} customers of “{file}”.",
            k=k,
            n=n,
            file=results.table.raw.source.name,
        )
    )
    yield Paragraph(_formed(results, words))
    if conditions := results.table.conditions:
        private = {v.name for v in results.variables if v.private}
        told = [
            condition_text(condition, words)
            for condition in conditions
            if not private.intersection(condition.columns)
        ]
        if told:
            yield Paragraph(words("Only some customers count: {told:list}.", told=told))
    if results.partition.n_unassigned:
        yield Paragraph(
            words("{n:count} customers belong to no segment.", n=results.partition.n_unassigned)
        )
    told_sizes = _told_sizes(results)
    if told_sizes:
        yield Heading(size_finding(told_sizes, results.names, words))
    if len(told_sizes) == k:
        alt = words("Share of customers in each segment")
        yield pictured(partial(size_bars, told_sizes, results.names, words), alt)
    yield _sizes(results, words)
    yield Note(
        words(
            "Intervals: if the file is a sample of the market, the market’s share lies in them 19 "
            "times out of 20 (Wilson 1927)."
        ),
        Tone.SOURCE,
    )


def _formed(results: Results, words: Words) -> str:
    basis = results.judged.profile.basis
    if results.found is None:
        return words("The segments were {method}.", method=method_name(results, words))
    return words(
        "What formed the segments: {names:list}. How: {method}. Everything else only describes "
        "them.",
        names=basis,
        method=method_name(results, words),
    )


def _sizes(results: Results, words: Words) -> Table:
    unseen = hidden_segments(results.judged.profile.sizes)
    rows: list[tuple[str, ...]] = []
    for size in results.judged.profile.sizes:
        name = results.names[size.segment]
        if size.segment in unseen:
            rows.append((name, words("hidden"), "–", "–", "–"))
            continue
        shares = (words.percent(share) for share in (size.share, size.low, size.high))
        rows.append((name, words.count(size.n), *shares))
    head = (
        words("Segment"),
        words("Customers"),
        words("Share"),
        words("From (95 %)"),
        words("To (95 %)"),
    )
    return Table(words("How large the segments are"), head, tuple(rows), (False, *[True] * 4))
