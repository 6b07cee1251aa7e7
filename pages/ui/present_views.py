"""The screens of a presentation: one message each, in large type, without anything to edit.

Enters: a visit with segments. Leaves: nothing. Refuses customers: no id, no name, no row is shown.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from pages.ui import present_what_if, state
from pages.ui.visits import Visit
from segmentation.charts import Drawing, segment_colors, size_bars
from segmentation.report import (
    Portrait,
    Results,
    next_steps,
    pictured,
    portraits,
    summary_of,
    verdict_line,
)
from segmentation.wording import Words
from segmentation.wording.sentences import size_finding
from segmentation.wording.trust import verdict_meaning

_PICTURE_WIDTH = 760


@dataclass(frozen=True, slots=True)
class Screen:
    """One message, and what is shown below it."""

    title: str
    draw: Callable[[], None]


def screens(visit: Visit, results: Results, words: Words) -> tuple[Screen, ...]:
    """Return the screens, none of them drawn yet."""
    k, dark = results.judged.profile.k, state.is_dark()
    n, key = results.table.n_customers, (results.partition.key, results.names)
    shown = [
        Screen(
            words("{n:count} customers in {k:count} segments", n=n, k=k),
            partial(_said, summary_of(results, words), opening=True),
        ),
        Screen(verdict_line(results, words).rstrip(".。"), partial(_trust, results, words)),
    ]
    told = portraits(results, words)
    sizes, names = results.judged.profile.sizes, results.names
    if not any(each.share == "–" for each in told):
        bars = partial(size_bars, sizes, names, words)
        alt = words("Share of customers in each segment")
        title = size_finding(sizes, names, words)
        shown.append(Screen(title, partial(_picture, visit, key, bars, alt)))
    colors = segment_colors(k, dark=dark)
    shown += [
        Screen(each.name, partial(_portrait, each, color))
        for each, color in zip(told, colors, strict=True)
    ]
    if results.engine.map is not None:
        where = results.engine.map
        title = words(
            "{n:count} of {all:count} customers are on the map",
            n=where.n_placed,
            all=where.n_customers,
        )
        alt = words("Map of the customers: each place in the colour of its typical segment")
        shown.append(Screen(title, partial(_picture, visit, key, where.drawing, alt)))
    moving = present_what_if.condition_of(visit, results)
    if moving is not None:
        title = words("What if only some of them count?")
        shown.append(Screen(title, partial(present_what_if.what_if, visit, results, moving, words)))
    shown.append(Screen(words("What to do next"), partial(_said, next_steps(results, words))))
    return tuple(shown)


def _said(texts: Iterable[str], *, opening: bool = False) -> None:
    style = "show-opening" if opening else "show-list"
    lines = "".join(f"<li>{html.escape(text)}</li>" for text in texts)
    st.html(f'<ul class="{style}">{lines}</ul>')


def _trust(results: Results, words: Words) -> None:
    found = results.found
    if found is None:
        _said((words("A column of the file says who belongs where."),))
    elif found.trust is None:
        _said((words("Until they are tested, they are a useful cut and no more."),))
    else:
        median = found.trust.stability.quartiles(found.k)[1]
        _said(
            (
                verdict_meaning(found.trust, found.k, words),
                words(
                    "Two samples agree to {median:number} (1 is the same; adjusted Rand index).",
                    median=median,
                ),
            )
        )


def _picture(visit: Visit, key: Hashable, drawing: Drawing, alt: str) -> None:
    """Show a chart as large as the wall allows; it is drawn once for the same segments."""
    dark = state.is_dark()
    picture = visit.memo.get(
        ("presented", key, alt, dark), lambda: pictured(drawing, alt, _PICTURE_WIDTH, dark=dark)
    )
    address = base64.b64encode(picture.svg.encode()).decode()
    st.html(
        f'<img class="show-picture" alt="{html.escape(picture.alt)}" '
        f'src="data:image/svg+xml;base64,{address}">'
    )


def _portrait(portrait: Portrait, color: str) -> None:
    lines = "".join(f"<li>{html.escape(text)}</li>" for text in portrait.lines)
    careful = "".join(f"<li>{html.escape(text)}</li>" for text in portrait.cautions)
    own = "".join(
        f"<li><b>{html.escape(name)}</b> {html.escape(text)}</li>" for name, text in portrait.words
    )
    st.html(
        f'<div class="show-portrait" style="--segment: {color}">'
        f'<p class="show-size"><strong>{html.escape(portrait.share)}</strong>'
        f"{html.escape(portrait.size)}</p>"
        f'<ul class="show-list">{lines}{own}{careful}</ul></div>'
    )
