"""How many questions it takes: the share of customers back in their segment, by questions."""

from __future__ import annotations

import altair as alt
import pandas as pd

from segmentation.charts.theme import ink_of, themed
from segmentation.typing_tool import WANTED, GoldenQuestions
from segmentation.wording import Words
from segmentation.wording.questions import told_share

_HEIGHT = 240


def accuracy_chart(golden: GoldenQuestions, n: int, words: Words, *, dark: bool) -> alt.LayerChart:
    """Draw the cross-validated accuracy by number of questions; the number on show is filled.

    Parameters
    ----------
    golden : GoldenQuestions
    n : int
        The number of questions on show.
    words : Words
    dark : bool

    Returns
    -------
    altair.LayerChart
        With dashed lines at the shares that are asked for, and one at what guessing gets.
    """
    ink, rows = ink_of(dark=dark), _rows(golden, words)
    across, title = words("Number of questions"), words("Customers back in their segment")
    y = alt.Y(
        "accuracy:Q",
        title=None,
        axis=alt.Axis(format=".0%", tickCount=5),
        scale=alt.Scale(domain=[0, 1]),
    )
    base = alt.Chart(rows).encode(
        x=alt.X("n:O", title=across, axis=alt.Axis(labelAngle=0)),
        y=y,
        tooltip=[
            alt.Tooltip("n:O", title=across),
            alt.Tooltip("shown:N", title=title),
            alt.Tooltip("name:N", title=words("Asked last")),
        ],
    )
    rule = alt.Chart(rows).mark_rule(strokeDash=[3, 3], color=ink.quiet, strokeWidth=0.8)
    wanted = rule.encode(y=alt.Y("line:Q", title=None))
    chance = rule.encode(y=alt.Y("chance:Q", title=None))
    line = base.mark_line(strokeWidth=2)
    dots = base.mark_point(filled=True, size=50, color=ink.quiet, opacity=1)
    here = base.transform_filter(alt.datum.n == n)
    filled = here.mark_point(filled=True, size=190, color=ink.accent, opacity=1)
    number = here.mark_text(dy=-16, fontWeight="bold").encode(text="shown:N")
    chart = alt.LayerChart(layer=[wanted, chance, line, dots, filled, number])
    return themed(chart.properties(title=title, height=_HEIGHT), dark=dark)


def _rows(golden: GoldenQuestions, words: Words) -> pd.DataFrame:
    asked = golden.cards[-1].questions
    return pd.DataFrame(
        [
            {
                "n": i,
                "accuracy": float(accuracy),
                "shown": words.percent(told_share(float(accuracy))),
                "name": question.variable,
                "line": WANTED[(i - 1) % len(WANTED)],
                "chance": golden.chance,
            }
            for i, (question, accuracy) in enumerate(
                zip(asked, golden.accuracy, strict=True), start=1
            )
        ]
    )
