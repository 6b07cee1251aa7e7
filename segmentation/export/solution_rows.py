"""The numbers behind a chart of a solution, of its trust, of regions and of questions.

Enters: what the chart is drawn from. Leaves: rows for a table on the screen and for a file. Refuses
to round: whoever shows or writes them does.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

import numpy as np

from segmentation.charts.sweep import left_within
from segmentation.export.chart_rows import Rows
from segmentation.export.pictures import Share
from segmentation.geography import RegionTable
from segmentation.geography.seasons import Seasons
from segmentation.typing_tool import GoldenQuestions
from segmentation.validation import Borders, Step, Trust
from segmentation.wording import Words
from segmentation.wording.questions import question_text
from segmentation.workflow import Extraction


def separation_rows(extraction: Extraction, words: Words) -> Rows:
    """Return how well segments are separated, by their number."""
    return [
        {
            words("Number of segments"): k,
            words("Separation (silhouette)"): extraction.silhouettes[k],
        }
        for k in extraction.family.solutions
    ]


def left_rows(extraction: Extraction, words: Words) -> Rows:
    """Return how much of the differences is left within segments, by their number."""
    return [
        {words("Number of segments"): k, words("Differences left within segments"): Share(left)}
        for k, left in left_within(extraction).items()
    ]


def agreement_rows(found: Trust, words: Words) -> Rows:
    """Return how well every number of segments is found again, and what chance alone shows."""
    heads = (words("5 %"), words("25 %"), words("Median"), words("75 %"), words("95 %"))
    rows: Rows = []
    for k, values in found.stability.agreement.items():
        quantiles = map(float, np.quantile(values, [0.05, 0.25, 0.5, 0.75, 0.95]))
        chance = max(found.shuffled.agreement.get(k, ()), default=float("nan"))
        rows.append(
            {
                words("Number of segments"): k,
                **dict(zip(heads, quantiles, strict=True)),
                words("By chance"): float(chance),
            }
        )
    return rows


def origin_rows(steps: Sequence[Step], words: Words) -> Rows:
    """Return how many customers of each segment go to each of the next larger solution."""
    return [
        {
            words("Number of segments"): step.k,
            words("Segment"): i + 1,
            words("Next number of segments"): step.next_k,
            words("Next segment"): j + 1,
            words("Customers"): float(step.flows[i, j]),
            words("Of one origin (SLSA)"): float(step.one_origin[j]),
        }
        for step in steps
        for i in range(step.flows.shape[0])
        for j in range(step.flows.shape[1])
        if step.flows[i, j] > 0
    ]


def similarity_rows(found: Borders, names: Sequence[str], words: Words) -> Rows:
    """Return how many customers are how similar to each segment's center."""
    bins = found.similarities.shape[1]
    return [
        {
            words("Segment"): name,
            words("Similarity from"): i / bins,
            words("Similarity to"): (i + 1) / bins,
            words("Share of customers"): Share(share),
        }
        for name, shares in zip(names, found.similarities.tolist(), strict=True)
        for i, share in enumerate(shares)
    ]


def region_rows(regions: RegionTable, names: Sequence[str], words: Words) -> Rows:
    """Return the share and the index of every segment in every region."""
    return [
        {
            words("Region"): region,
            words("Segment"): name,
            words("Share"): Share(regions.share[row, segment]),
            words("Overall"): Share(regions.market[segment]),
            words("Index"): float(regions.index[row, segment]),
        }
        for row, region in enumerate(regions.regions)
        for segment, name in enumerate(names)
    ]


def season_rows(found: Seasons, names: Sequence[str], words: Words) -> Rows:
    """Return the share of every quarter in every segment; a share that is hidden is blank."""
    return [
        {
            words("Segment"): name,
            words("Quarter"): quarter + 1,
            words("Share"): None if isnan(share) else Share(share),
            words("Overall"): Share(float(found.market[quarter])),
        }
        for quarter, shares in enumerate(found.share.tolist())
        for name, share in zip(names, shares, strict=True)
    ]


def question_rows(golden: GoldenQuestions, words: Words) -> Rows:
    """Return the share of customers back in their segment by number of questions."""
    asked = golden.cards[-1].questions
    return [
        {
            words("Number of questions"): i,
            words("Asked last"): question_text(question, words),
            words("Customers back in their segment"): Share(accuracy),
        }
        for i, (question, accuracy) in enumerate(
            zip(asked, golden.accuracy.tolist(), strict=True), start=1
        )
    ]
