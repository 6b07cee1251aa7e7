"""Between which segments customers are near a border: own segment by the one on the other side.

Enters: a :class:`Borderline`. Leaves: one heat map. Refuses to colour nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from segmentation.charts.heat import Cell, heat
from segmentation.charts.theme import drawn_count
from segmentation.validation import Borderline
from segmentation.wording import Words


def border_heat(
    found: Borderline, names: Sequence[str], words: Words, *, dark: bool
) -> alt.LayerChart:
    """Draw how many customers of each segment are near the border to each other one.

    Parameters
    ----------
    found : Borderline
    names : sequence of str
        Segment names.
    words : Words
        The reader's language.
    dark : bool
        Whether the page is dark.

    Returns
    -------
    altair.LayerChart
        Rows are the customers' own segments, columns the ones on the other side.
    """
    largest = max(int(found.pairs.max()), 1)
    cells = []
    for own, name in enumerate(names):
        members = max(int(found.sizes[own]), 1)
        for other, across in enumerate(names):
            n = int(found.pairs[own, other])
            same = own == other
            cells.append(
                Cell(
                    name,
                    across,
                    n / largest,
                    float("nan"),
                    words.count(n),
                    words.percent(n / members),
                    " " if same else drawn_count(n, words),
                )
            )
    told = {
        "segment": words("Next segment"),
        "value": words("Customers"),
        "overall": words("Share of the segment"),
    }
    return heat(cells, list(names), list(names), words, dark=dark, told=told)
