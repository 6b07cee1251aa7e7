"""The map's controls: what it shows, in which colours, how finely.

Enters: what the table has to show. Leaves: a ``MapChoice``. Refuses to draw. This file owns the
widgets' keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.ui import map_doors, state
from pages.ui.map_doors import Asked
from pages.ui.street import STREET, TILES_FROM
from pages.ui.visits import Visit
from segmentation.geography import Measure
from segmentation.variables import Variable
from segmentation.wording import Words
from segmentation.wording.maps import MEASURES

POINTS, HEXAGONS = "points", "hexagons"
# Sizes of hexagons coarser and finer than the one that suits most maps.
STEPS = (-4, -3, -2, -1, 0, 1, 2, 3, 4)
# Shares need more customers in a place than a colour of the largest segment does.
STEPS_OF_SHARES = -2
BY_LARGEST = Asked(Measure.LARGEST)


@dataclass(frozen=True, slots=True)
class MapChoice:
    """What the map is to show.

    Attributes
    ----------
    layer : Variable or str
        The column whose outlines are coloured, else ``POINTS`` or ``HEXAGONS``.
    asked : Asked
    segment : int
        Whose share or index; ``other`` stands beside it, None for one map.
    people : Variable or None
        The column of inhabitants.
    steps : int
        How many sizes finer hexagons are wanted.
    street : bool
        Whether tiles may be loaded.
    """

    layer: Variable | str
    asked: Asked = BY_LARGEST
    segment: int = 0
    other: int | None = None
    people: Variable | None = None
    steps: int = 0
    street: bool = False


def map_choice(visit: Visit, k: int, names: Sequence[str], words: Words) -> MapChoice | None:
    """Show the map's controls in one row; None where nothing can be on a map."""
    layers = _layers(visit, k)
    if not layers:
        return None
    texts = {POINTS: words("Each customer"), HEXAGONS: words("Hexagons")}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        place = st.selectbox(
            words("The map shows"),
            range(len(layers)),
            format_func=lambda i: _layer_name(layers[i], texts, words),
            key=state.key("map_layer"),
            width=240,
        )
        layer = layers[place]
        if layer == POINTS:
            with st.popover(words("More"), icon=":material/tune:"):
                _fit(words)
                return MapChoice(layer, street=_street(words))
        measure = _measure(visit, layer, words)
        with st.popover(words("More"), icon=":material/tune:"):
            return _more(visit, layer, measure, names, words)


def map_key(choice: MapChoice) -> str:
    """Return the key of the map's widget: another one where places are others."""
    layer = choice.layer if isinstance(choice.layer, str) else choice.layer.key
    return state.key(f"map_{layer}_{choice.steps}_{state.widget('map_fits') or 0}")


def _layers(visit: Visit, k: int) -> list[Variable | str]:
    found: list[Variable | str] = []
    located = map_doors.located(visit, k)
    if located is not None and located.extent is not None:
        found = [POINTS, HEXAGONS] if map_doors.fits_points(visit, k) else [HEXAGONS]
    outlined = map_doors.outlined(visit, k)
    # One point for a whole town hides everybody but the last.
    if POINTS in found and map_doors.share_few_places(visit, k):
        return [*outlined, HEXAGONS, POINTS]
    return [*found, *outlined]


def _layer_name(layer: Variable | str, texts: dict[str, str], words: Words) -> str:
    if isinstance(layer, str):
        return texts[layer]
    return words("Regions: {name}", name=layer.name)


def _measure(visit: Visit, layer: Variable | str, words: Words) -> Measure:
    offered: list[Measure] = [
        m for m in Measure if not m.of_quantity and m is not Measure.PENETRATION
    ]
    if not isinstance(layer, str):
        offered.append(Measure.PENETRATION)
    if map_doors.values(visit):
        offered += [Measure.MEAN, Measure.TOTAL]
    if map_doors.has_consents(visit):
        offered.append(Measure.REACHABLE)
    return st.selectbox(
        words("Colour"),
        offered,
        format_func=lambda measure: words(MEASURES[measure]),
        key=state.key("map_measure"),
        width=240,
    )


def _more(
    visit: Visit, layer: Variable | str, measure: Measure, names: Sequence[str], words: Words
) -> MapChoice:
    """Show what only some maps need."""
    segment, other, value, people, steps = 0, None, None, None, 0
    if measure.of_segment:
        segment, other = _segments(names, words)
    if measure in (Measure.MEAN, Measure.TOTAL):
        offered = map_doors.values(visit)
        value = st.selectbox(words("Value"), offered, format_func=_name, key="map_value")
    if measure is Measure.PENETRATION:
        people = _people(visit, words)
    if layer == HEXAGONS:
        steps = st.select_slider(
            words("Size of the hexagons"),
            STEPS,
            STEPS_OF_SHARES if measure.of_segment else 0,
            format_func=lambda step: _size(step, words),
            key=state.key(f"map_steps_{measure.of_segment}"),
        )
    _fit(words)
    return MapChoice(
        layer, Asked(measure, value), segment, other, people, steps, street=_street(words)
    )


def _segments(names: Sequence[str], words: Words) -> tuple[int, int | None]:
    numbers = range(len(names))
    segment = st.selectbox(
        words("Segment"), numbers, format_func=lambda s: names[s], key=state.key("map_segment")
    )
    others = [None, *(s for s in numbers if s != segment)]
    other = st.selectbox(
        words("Beside it"),
        others,
        format_func=lambda s: words("no other segment") if s is None else names[s],
        key=state.key("map_other"),
    )
    return segment, other


def _people(visit: Visit, words: Words) -> Variable | None:
    offered = [None, *map_doors.values(visit)]
    return st.selectbox(
        words("Inhabitants of the region"),
        offered,
        format_func=lambda v: words("those we know of countries") if v is None else v.name,
        help=words("A column that gives, in each row, how many people live in its region."),
        key="map_people",
    )


def _size(step: int, words: Words) -> str:
    if step == 0:
        return words("usual")
    return words("coarser") if step < 0 else words("finer")


def _name(variable: Variable) -> str:
    return variable.name


def _fit(words: Words) -> None:
    """Show the whole of the data again: a new map begins there."""
    st.button(
        words("Fit to the data"),
        icon=":material/fit_screen:",
        key="map_fit",
        on_click=state.count_up,
        args=("map_fits",),
    )


def _street(words: Words) -> bool:
    if STREET is None:
        return False
    return st.toggle(
        words("Street map (loads tiles from {host})", host=TILES_FROM.split("//")[-1]),
        key="map_street",
        help=words("That server learns which part of the world you look at, nothing else."),
    )
