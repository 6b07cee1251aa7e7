"""The map and the regions on the screen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from pages.ui import map_cards, map_doors, map_taken, views
from pages.ui.map_doors import Within
from pages.ui.map_inputs import POINTS, MapChoice, map_choice, map_key
from pages.ui.street import STREET
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.charts import hex_of, scale_rgb, segment_colors, segment_rgb
from segmentation.geography import (
    Areas,
    Bins,
    Cells,
    Extent,
    Located,
    Measure,
    RegionTable,
    Shading,
    cities_near,
    shade,
)
from segmentation.geography.measures import breaks_of
from segmentation.geography.tally import HIDDEN_BELOW
from segmentation.notes import Note
from segmentation.wording import Words
from segmentation.wording.maps import class_labels, place_texts, scale_title

LAND_URL = "app/static/world-50m.geojson"
HEIGHT = 520


@dataclass(frozen=True, slots=True)
class Look:
    """The segments as they are drawn: how many, their names, on which page."""

    k: int
    names: tuple[str, ...]
    dark: bool


def map_of(visit: Visit, look: Look, words: Words) -> Within | None:
    """Draw the customers on our own outlines; return the hexagon that was clicked on, if any."""
    choice = map_choice(visit, look.k, look.names, words)
    if choice is None:
        st.info(words("No customer has coordinates that can be right."))
        return None
    if choice.layer == POINTS:
        _placed(map_doors.points(visit, look.k).located, words)
        _points(visit, choice, look, words)
        return None
    cells = _cells(visit, choice, look.k)
    if cells is None:
        return None
    _placed(cells.located if isinstance(cells, Bins) else cells, words)
    if choice.other is None:
        return _one(visit, choice, cells, look, words)
    _two(visit, choice, cells, look, words)
    return None


def _placed(shown: Located | Areas, words: Words) -> None:
    placed = words(
        "{n:count} of {all:count} customers are on the map",
        n=shown.n_placed,
        all=shown.n_customers_in_all if isinstance(shown, Areas) else shown.n_customers,
    )
    views.finding(words("Customers on the map"), placed)


def _cells(visit: Visit, choice: MapChoice, k: int) -> Cells | None:
    if isinstance(choice.layer, str):
        return map_doors.bins(visit, k, choice.steps, choice.asked)
    return map_doors.areas(visit, k, choice.layer, choice.asked, choice.people)


def _base(visit: Visit, choice: MapChoice, extent: Extent | None, look: Look, words: Words) -> Any:
    from segmentation.geography.backdrop import Base

    return Base(
        look.dark,
        LAND_URL,
        map_doors.city_names(visit, look.k),
        cities_near(extent, chinese=words.language == "zh_CN"),
        STREET if choice.street else None,
    )


def _points(visit: Visit, choice: MapChoice, look: Look, words: Words) -> None:
    from segmentation.geography.deck import CUSTOMERS, point_deck

    shown = map_doors.points(visit, look.k)
    views.legend(look.names, segment_colors(look.k, dark=look.dark))
    base = _base(visit, choice, shown.extent, look, words)
    deck = point_deck(shown, segment_rgb(look.k, dark=look.dark), look.names, base)
    event = _chart(deck, map_key(choice), words)
    _below(shown.notes, choice, words)
    map_taken.points(shown, look.k, look.names, base, words)
    picked = event.selection.get("indices", {}).get(CUSTOMERS, [])
    if picked and 0 <= picked[0] < shown.n_points:
        map_cards.customer(visit, shown, int(picked[0]), look.names, words)
    else:
        st.caption(words("A click on a point tells who is there, without personal data."))


def _one(visit: Visit, choice: MapChoice, cells: Cells, look: Look, words: Words) -> Within | None:
    shading = shade(cells, choice.asked.measure, choice.segment)
    clicked = _drawn(visit, choice, cells, shading, look, words)
    _below((*cells.notes, *_hidden(shading)), choice, words)
    if clicked is None:
        return None
    map_cards.place(cells, clicked, look.names, words)
    return Within(cells, clicked) if isinstance(cells, Bins) else None


def _two(visit: Visit, choice: MapChoice, cells: Cells, look: Look, words: Words) -> None:
    """Draw two segments side by side, in the same classes."""
    import numpy as np

    other = choice.other or 0
    pair = [shade(cells, choice.asked.measure, segment) for segment in (choice.segment, other)]
    if choice.asked.measure is Measure.SHARE:
        breaks = breaks_of(np.concatenate([shading.values for shading in pair]))
        pair = [shade(cells, choice.asked.measure, s, breaks) for s in (choice.segment, other)]
    for column, segment, shading in zip(st.columns(2), (choice.segment, other), pair, strict=True):
        with column:
            _drawn(visit, replace(choice, segment=segment), cells, shading, look, words)
    hidden = sum(shading.hidden for shading in pair)
    _below((*cells.notes, *_hidden(replace(pair[0], hidden=hidden))), choice, words)


def _drawn(
    visit: Visit, choice: MapChoice, cells: Cells, shading: Shading, look: Look, words: Words
) -> int | None:
    """Draw one map with its legend; return which place was clicked on."""
    from segmentation.geography.deck import CELLS, cell_deck

    taken = _painted(choice, cells, shading, look, words)
    if shading.measure.is_leading:
        views.legend(look.names, segment_colors(look.k, dark=look.dark))
    else:
        st.caption(escaped(taken.title))
        views.legend(taken.labels, [hex_of(color) for color in taken.painted(look.dark).colors])
    base = _base(visit, choice, cells.extent, look, words)
    event = _chart(cell_deck(cells, taken.painted(look.dark), base), _key(choice), words)
    map_taken.cells(taken, look.names, base, words)
    picked = event.selection.get("indices", {}).get(CELLS, [])
    place = int(picked[0]) if picked else -1
    return place if 0 <= place < len(shading.classes) and shading.classes[place] >= 0 else None


def _key(choice: MapChoice) -> str:
    return map_key(choice) + (f"_{choice.segment}" if choice.other is not None else "")


def _painted(
    choice: MapChoice, cells: Cells, shading: Shading, look: Look, words: Words
) -> map_taken.Taken:
    """Say how places are painted, what their classes are called, and what the map shows."""
    from segmentation.geography.paint import even_paint, leading_paint

    name = "map" + (f"-{choice.segment + 1}" if choice.other is not None else "")
    if shading.measure.is_leading:
        title = words("Customers on the map by segment")
        return map_taken.Taken(
            cells,
            shading,
            lambda dark: leading_paint(cells, shading, segment_rgb(look.k, dark=dark), look.names),
            tuple(look.names),
            title,
            name,
        )
    value = choice.asked.value
    called = value.name if value else look.names[choice.segment]
    texts = place_texts(cells, shading, called, words)
    diverging = shading.measure is Measure.INDEX
    return map_taken.Taken(
        cells,
        shading,
        lambda dark: even_paint(
            shading, scale_rgb(shading.n_classes, diverging=diverging, dark=dark), texts
        ),
        tuple(class_labels(shading, words)),
        scale_title(shading.measure, called, words),
        name,
    )


def _chart(deck: Any, key: str, words: Words) -> Any:
    return st.pydeck_chart(
        deck,
        height=HEIGHT,
        key=key,
        alt=words("Map of the customers by segment"),
        on_select="rerun",
        selection_mode="single-object",
    )


def _hidden(shading: Shading) -> tuple[Note, ...]:
    if not shading.hidden:
        return ()
    return (Note.of("places-hidden", n=shading.hidden, below=HIDDEN_BELOW),)


def _below(notes: tuple[Note, ...], choice: MapChoice, words: Words) -> None:
    told = words(
        "Outlines: Natural Earth and the U.S. Census Bureau; cities: GeoNames (CC BY 4.0). "
        "Borders as these draw them."
    )
    if choice.street and STREET is not None:
        st.html(f"<small>{STREET.attribution}</small>")
    else:
        st.caption(told)
    views.notes(notes, words)


def region_rows(regions: RegionTable, names: Sequence[str], words: Words) -> None:
    """Show the regions as a table: customers and each segment's share."""
    rows = []
    for position, region in enumerate(regions.regions):
        row: dict[str, object] = {
            words("Region"): region,
            words("Customers"): int(regions.n_customers[position]),
        }
        for segment, name in enumerate(names):
            share = float(regions.share[position, segment])
            row[name] = None if math.isnan(share) else 100 * share
        rows.append(row)
    percent = st.column_config.NumberColumn(format="%.1f%%")
    formats = {words("Customers"): st.column_config.NumberColumn(format="localized")}
    st.dataframe(rows, hide_index=True, column_config={**formats, **dict.fromkeys(names, percent)})
    views.notes(regions.notes, words)
