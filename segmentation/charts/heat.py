"""Differences as a heat map: variables × segments, and regions × segments."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from segmentation.charts.palette import heat_color, ink_on
from segmentation.charts.theme import name_limit, themed, told_interval
from segmentation.geography import RegionTable
from segmentation.profiles import Profile
from segmentation.wording import Words

_ROW_HEIGHT = 34
_LINE_HEIGHT = 14
# Columns of a name's line on the left; a Chinese character takes two.
_NAME_COLUMNS = 17
_HEAD_COLUMNS = 12
_COLUMN_WIDTH = 6.8
# Colours are full at so many standard deviations, and at so many points of an index.
_FULL_Z = 1.5
_FULL_INDEX = 75
# Above it an index is written short: cells are 22 pixels wide on a phone.
_LONGEST_INDEX = 999


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a heat map.

    Attributes
    ----------
    name, segment : str
        Where it stands: its row and its column.
    strength : float
        Of its colour, in [-1, 1].
    index : float
        100 is the average; NaN where there is none.
    value, overall : str
        The segment's and the market's number, as pointing at the cell tells them.
    shown : str
        What is written in the cell; the index where blank.
    interval : str
        How sure the segment's number is; blank where that is not told.
    """

    name: str
    segment: str
    strength: float
    index: float
    value: str
    overall: str
    shown: str = ""
    interval: str = ""


def difference_heat(
    described: Profile,
    names: Sequence[str],
    variables: Sequence[str],
    words: Words,
    *,
    dark: bool,
) -> alt.LayerChart:
    """Draw how far each segment lies from the market, in standard deviations of the market.

    The cell says the index (100 = average) where there is one and a dash otherwise; pointing at
    it shows the segment's and the market's value in the customer's units.

    Parameters
    ----------
    described : Profile
    names : sequence of str
        Segment names.
    variables : sequence of str
        Which numbers to show, in this order.
    words : Words
    dark : bool
        Whether the page is dark.

    Returns
    -------
    altair.LayerChart
    """
    wanted = set(variables)
    cells = [
        Cell(
            fact.variable,
            names[fact.segment],
            0.0 if math.isnan(fact.z) else fact.z / _FULL_Z,
            fact.index,
            words.number(fact.mean),
            words.number(fact.overall),
            interval=told_interval(fact.interval, words.number),
        )
        for fact in described.numbers
        if fact.variable in wanted
    ]
    return heat(cells, list(variables), list(names), words, dark=dark)


def region_heat(
    regions: RegionTable, names: Sequence[str], words: Words, *, dark: bool, most: int = 20
) -> alt.LayerChart:
    """Draw the index of each segment in the largest regions (100 = as in the whole market).

    Parameters
    ----------
    regions : RegionTable
    names : sequence of str
        Segment names.
    words : Words
    dark : bool
        Whether the page is dark.
    most : int
        How many regions to draw.

    Returns
    -------
    altair.LayerChart
    """
    cells = []
    for position, region in enumerate(regions.regions[:most]):
        for segment, name in enumerate(names):
            index = float(regions.index[position, segment])
            cells.append(
                Cell(
                    region,
                    name,
                    0.0 if math.isnan(index) else (index - 100) / _FULL_INDEX,
                    index,
                    words.percent(float(regions.share[position, segment])),
                    words.percent(float(regions.market[segment])),
                )
            )
    return heat(cells, list(regions.regions[:most]), list(names), words, dark=dark)


def heat(
    cells: Sequence[Cell],
    along: list[str],
    across: list[str],
    words: Words,
    *,
    dark: bool,
    told: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw cells: rows along the left, segments across the top.

    Parameters
    ----------
    cells : sequence of Cell
    along, across : list of str
        Rows and columns, in the order to draw them.
    words : Words
        The reader's language.
    dark : bool
        Whether the page is dark.
    told : mapping of str to str, optional
        What pointing at a cell tells: its field and the title of that; the segment's and the
        market's value and the index where absent.

    Returns
    -------
    altair.LayerChart
    """
    told = told or _told(cells, words)
    heads = [folded(name, _HEAD_COLUMNS) for name in across]
    base = alt.Chart(_rows(cells, words, dark=dark)).encode(
        x=alt.X("head:N", sort=heads, title=None, axis=_heads(heads)),
        y=alt.Y(
            "line:N",
            sort=[folded(name, _NAME_COLUMNS) for name in along],
            title=None,
            axis=alt.Axis(
                labelExpr=r"split(datum.label, '\n')",
                labelLineHeight=_LINE_HEIGHT,
                labelLimit=name_limit(190, 112),
                # Two lines stand around the middle of their row, as one line does.
                labelOffset=alt.ExprRef(
                    expr=rf"length(split(datum.label, '\n')) > 1 ? {-_LINE_HEIGHT // 2} : 0"
                ),
            ),
        ),
        tooltip=[
            alt.Tooltip("name:N", title=" "),
            *(alt.Tooltip(f"{field}:N", title=title) for field, title in told.items()),
        ],
    )
    squares = base.mark_rect(cornerRadius=2).encode(color=alt.Color("fill:N", scale=None))
    texts = base.mark_text().encode(text="shown:N", color=alt.Color("ink:N", scale=None))
    chart = alt.LayerChart(layer=[squares, texts])
    return themed(chart.properties(height=_ROW_HEIGHT * max(1, len(along)) + 40), dark=dark)


def _told(cells: Sequence[Cell], words: Words) -> dict[str, str]:
    return {
        "segment": words("Segment"),
        "value": words("Here"),
        **({"interval": words("95 % interval")} if any(c.interval for c in cells) else {}),
        "overall": words("Overall"),
        "index": words("Index"),
    }


def _rows(cells: Sequence[Cell], words: Words, *, dark: bool) -> pd.DataFrame:
    rows = []
    for cell in cells:
        fill = heat_color(cell.strength, dark=dark)
        rows.append(
            {
                "name": cell.name,
                "segment": cell.segment,
                "line": folded(cell.name, _NAME_COLUMNS),
                "head": folded(cell.segment, _HEAD_COLUMNS),
                "shown": cell.shown or _index(cell.index, words, short=True),
                "index": _index(cell.index, words, short=False),
                "value": cell.value,
                "overall": cell.overall,
                "interval": cell.interval,
                "fill": fill,
                "ink": ink_on(fill),
            }
        )
    return pd.DataFrame(rows)


def _index(index: float, words: Words, *, short: bool) -> str:
    if math.isnan(index):
        return "–"
    return words.compact(index) if short and index > _LONGEST_INDEX else words.count(round(index))


def _heads(heads: Sequence[str]) -> alt.Axis:
    """Return the axis of segment names: upright where they have room, leaning where they have not.

    How wide the page is, only the browser knows, so it decides.
    """
    longest = max(_columns(line) for head in heads for line in head.split("\n"))
    leans = f"width / {len(heads)} < {longest * _COLUMN_WIDTH + 4:.0f}"
    return alt.Axis(
        orient="top",
        labelAngle=alt.ExprRef(expr=f"{leans} ? -45 : 0"),
        labelExpr=rf"{leans} ? replace(datum.label, /\n/g, ' ') : split(datum.label, '\n')",
        labelLimit=110,
        labelLineHeight=_LINE_HEIGHT,
    )


def _columns(text: str) -> int:
    return sum(2 if letter >= "\u1100" else 1 for letter in text)


def folded(name: str, columns: int) -> str:
    r"""Break a name that is too long for one line near its middle, at a blank or a ``_``.

    Parameters
    ----------
    name : str
    columns : int
        How many columns a line may take; a Chinese character takes two.

    Returns
    -------
    str
        The name in one line or two.

    Examples
    --------
    >>> folded("age", 12)
    'age'
    >>> folded("days_since_last_purchase", 12)
    'days_since_\nlast_purchase'
    """
    if _columns(name) <= columns:
        return name
    middle = len(name) / 2
    breaks = [i + 1 for i, letter in enumerate(name[:-1]) if letter in " _-/，、"]
    at = min(breaks, key=lambda place: abs(place - middle), default=math.ceil(middle))
    return f"{name[:at]}\n{name[at:]}"
