"""A chart on the screen with what belongs to every one: its numbers as a table, and downloads.

Enters: a drawing, a title and rows. Leaves: nothing. Refuses to make what nobody asked for: the
table is drawn when its fold is opened, a file made when its button is pressed. Downloads are
always light, with their title and where the data come from.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import streamlit as st

from pages.ui import compute, state
from pages.ui.text import escaped
from segmentation.charts import AnyChart, Drawing, plain
from segmentation.export import Share, picture_png, picture_svg, rows_csv
from segmentation.export.chart_rows import Rows
from segmentation.export.pictures import Cell
from segmentation.wording import Words

_TABLE_HEIGHT = 260
MakeRows = Callable[[], Rows]


def figure(drawing: Drawing, title: str, name: str, rows: MakeRows) -> None:
    """Show a chart, and below it what can be taken away.

    Parameters
    ----------
    drawing : Drawing
    title : str
        What the chart shows: the text in its place for who cannot see it, the title of downloads.
    name : str
        Of the files, without ending; one a page.
    rows : callable
        Makes the numbers behind the chart.
    """
    picture(drawing(dark=state.is_dark()), title)
    taken_away(drawing, title, name, rows)


def picture(chart: AnyChart, title: str) -> None:
    """Show a chart as it is; ``title`` stands in its place for who cannot see it."""
    st.vega_lite_chart(plain(chart), alt=title, theme=None)


def taken_away(drawing: Drawing, title: str, name: str, rows: MakeRows) -> None:
    """Offer the numbers of a chart as a table, and the chart as PNG, SVG and CSV."""
    words = state.words()
    fold = st.popover(
        words("Numbers and downloads"),
        type="tertiary",
        icon=":material/download:",
        key=f"figure_{name}",
        on_change="rerun",
    )
    if not fold.open:
        return
    with fold:
        st.markdown(f"**{escaped(title)}**")
        made = rows()
        st.dataframe(
            shown(made, words), hide_index=True, height="content" if len(made) < 8 else 280
        )
        _downloads(drawing, title, name, rows)


def _downloads(drawing: Drawing, title: str, name: str, rows: MakeRows) -> None:
    source = _source(state.words())
    files: Mapping[str, tuple[str, Callable[[], bytes]]] = {
        "png": ("image/png", lambda: picture_png(drawing, title, source)),
        "svg": ("image/svg+xml", lambda: picture_svg(drawing, title, source)),
        "csv": ("text/csv", lambda: rows_csv(rows())),
    }
    with st.container(horizontal=True):
        for ending, (kind, made) in files.items():
            st.download_button(
                ending.upper(),
                made,
                f"{name}.{ending}",
                kind,
                key=f"take_{name}_{ending}",
                icon=":material/download:",
                on_click="ignore",
            )


def _source(words: Words) -> str:
    """Where the data come from, as a download says it."""
    if state.asked_study() is not None or state.load().raw is None:
        return "Segment Studio"
    table = compute.customers(state.load())
    return words(
        "Source: {name}, {n:count} customers. Segment Studio",
        name=table.raw.source.name,
        n=table.n_customers,
    )


def shown(rows: Rows, words: Words) -> list[dict[str, object]]:
    """Return rows as a table shows them: shares in per cent, numbers with three digits."""
    return [{head: _shown(cell, words) for head, cell in row.items()} for row in rows]


def _shown(cell: Cell, words: Words) -> object:
    if isinstance(cell, Share):
        return words.percent(cell)
    if isinstance(cell, float):
        return None if math.isnan(cell) else words.number(cell)
    return cell
