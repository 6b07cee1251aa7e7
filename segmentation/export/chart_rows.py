"""The numbers behind a chart of a profile: one row a mark, headed in the reader's language.

Enters: what the chart is drawn from. Leaves: rows for a table on the screen and for a file. Refuses
to round: whoever shows or writes them does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from segmentation.charts.profile_plot import called
from segmentation.export.pictures import Cell, Share
from segmentation.profiles import (
    CrossTable,
    Mark,
    NumberFact,
    Profile,
    SegmentSize,
    Separation,
    Spread,
)
from segmentation.validation import Borderline
from segmentation.wording import Words

Rows = list[dict[str, Cell]]


def size_rows(sizes: Sequence[SegmentSize], names: Sequence[str], words: Words) -> Rows:
    """Return how large the segments are, with the 95 % intervals of their shares."""
    return [
        {
            words("Segment"): names[size.segment],
            words("Customers"): size.n,
            words("Share"): Share(size.share),
            words("From (95 %)"): Share(size.low),
            words("To (95 %)"): Share(size.high),
        }
        for size in sizes
    ]


def mark_rows(marks: Sequence[Mark], names: Sequence[str], words: Words) -> Rows:
    """Return how far each variable of each segment lies from the market."""
    return [
        {
            words("Variable"): called(mark),
            words("Segment"): names[mark.segment],
            words("Here"): _number(mark.value, is_share=mark.is_share),
            words("Overall"): _number(mark.overall, is_share=mark.is_share),
            words("In standard deviations"): mark.effect,
            words("Known by it"): words("yes") if mark.is_marker else words("no"),
        }
        for mark in marks
    ]


def number_rows(facts: Sequence[NumberFact], names: Sequence[str], words: Words) -> Rows:
    """Return means with their 95 % intervals, beside the market's, and the index."""
    rows: Rows = []
    for fact in facts:
        low, high = fact.interval
        rows.append(
            {
                words("Variable"): fact.variable,
                words("Segment"): names[fact.segment],
                words("Customers"): fact.n,
                words("Here"): _number(fact.mean, is_share=fact.is_share),
                words("From (95 %)"): _number(low, is_share=fact.is_share),
                words("To (95 %)"): _number(high, is_share=fact.is_share),
                words("Overall"): _number(fact.overall, is_share=fact.is_share),
                words("Index"): fact.index,
            }
        )
    return rows


def level_rows(described: Profile, variable: str, names: Sequence[str], words: Words) -> Rows:
    """Return the shares of a category with their 95 % intervals, beside the market's."""
    rows: Rows = []
    for fact in described.levels:
        if fact.variable != variable:
            continue
        low, high = fact.interval
        rows.append(
            {
                words("Category"): words("all others") if fact.level is None else fact.level,
                words("Segment"): names[fact.segment],
                words("Customers"): fact.n,
                words("Share"): Share(fact.share),
                words("From (95 %)"): Share(low),
                words("To (95 %)"): Share(high),
                words("Overall"): Share(fact.overall),
                words("Index"): fact.index,
            }
        )
    return rows


def cross_rows(found: CrossTable, names: Sequence[str], words: Words) -> Rows:
    """Return a cross-table: counts, what chance would give, and the adjusted residuals."""
    expected, residuals = found.expected, found.residuals
    totals = np.maximum(found.observed.sum(axis=0), 1e-12)
    return [
        {
            words("Category"): words("all others") if level is None else level,
            words("Segment"): name,
            words("Share"): Share(found.observed[row, column] / totals[column]),
            words("Count"): float(found.observed[row, column]),
            words("Expected by chance"): float(expected[row, column]),
            words("Adjusted residual"): float(residuals[row, column]),
        }
        for row, level in enumerate(found.levels)
        for column, name in enumerate(names)
    ]


def spread_rows(spreads: Sequence[Spread], names: Sequence[str], words: Words) -> Rows:
    """Return the quantiles of a number in the market and in each segment."""
    heads = (words("5 %"), words("25 %"), words("Median"), words("75 %"), words("95 %"))
    return [
        {
            words("Segment"): words("All customers") if s.segment is None else names[s.segment],
            words("Customers"): s.n,
            **dict(zip(heads, s.quantiles, strict=True)),
        }
        for s in spreads
    ]


def plane_rows(
    found: Separation, features: Sequence[str], names: Sequence[str], words: Words
) -> Rows:
    """Return the middles of the segments and the directions of the variables in the plane."""
    kinds = (words("Segment"), words("Variable"))
    places = [
        *((kinds[0], name, place) for name, place in zip(names, found.middles, strict=True)),
        *((kinds[1], name, place) for name, place in zip(features, found.arrows, strict=True)),
    ]
    return [
        {
            words("Shown"): kind,
            words("Name"): name,
            words("First axis"): float(place[0]),
            words("Second axis"): float(place[1]),
        }
        for kind, name, place in places
    ]


def border_rows(found: Borderline, names: Sequence[str], words: Words) -> Rows:
    """Return how many customers of each segment are near the border to each other one."""
    return [
        {
            words("Segment"): name,
            words("Next segment"): across,
            words("Customers"): int(found.pairs[own, other]),
            words("Share of the segment"): Share(
                found.pairs[own, other] / max(int(found.sizes[own]), 1)
            ),
        }
        for own, name in enumerate(names)
        for other, across in enumerate(names)
        if own != other
    ]


def _number(value: float, *, is_share: bool) -> float:
    return Share(value) if is_share else value
