"""Places read from columns: what was found, what to correct, and the variables made of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pages.ui import place_doors, state
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.gazetteer import ATTRIBUTION, Place, search
from segmentation.whereabouts import Doubt, Found, PlaceReading
from segmentation.wording import Words
from segmentation.wording.whereabouts import HOWS, found_lines

AS_FOUND, NOWHERE = "as found", ""


def section(visit: Visit, words: Words, *, is_wanted: bool) -> None:
    """Show what columns say about places, and let the user take it over, correct it or leave it.

    Parameters
    ----------
    visit : Visit
    words : Words
    is_wanted : bool
        Whether the page has nothing to show without it: then the fold begins open and says so.
    """
    used = place_doors.in_force(visit)
    reading = used or place_doors.offered(visit)
    if reading is None:
        return
    title = words("Find places") if used is None else words("Places that were read")
    with st.expander(title, expanded=is_wanted, icon=":material/pin_drop:"):
        found = place_doors.found(visit, reading)
        _told(reading, found, words)
        if is_wanted:
            st.markdown(words("Add them as variables, and the map is drawn from them."))
        _choices(visit, reading, found, words, is_used=used is not None)
        if found.doubts:
            _corrections(visit, reading, found, words)
        st.caption(
            words(
                "Nothing was sent anywhere: the places come with the program. Source: {source}; "
                "divisions of China: GB/T 2260.",
                source=ATTRIBUTION,
            )
        )


def _told(reading: PlaceReading, found: Found, words: Words) -> None:
    """Say which columns are read, and how many of the customers have a place."""
    said = words(
        "{names}: the place was found of {n:count} of {said:count} customers who give one "
        "({share:number} %).",
        names=words.listed(f"“{name}”" for name in reading.sources),
        n=found.n_placed,
        said=found.n_said,
        share=math.floor(1000 * found.match_rate) / 10,
    )
    st.markdown(escaped(said))
    lines = found_lines(found, words)
    if lines:
        st.markdown("\n".join(f"- {escaped(line)}" for line in lines))
    if found.seems_swapped:
        st.warning(
            words(
                "Far more customers would be on land if latitude and longitude were exchanged. "
                "They seem to be the wrong way round."
            )
        )


def _choices(
    visit: Visit, reading: PlaceReading, found: Found, words: Words, *, is_used: bool
) -> None:
    """Offer to take the reading over, to leave it, and to exchange the coordinates."""
    with st.container(horizontal=True):
        if not is_used and st.button(
            words("Add as variables"),
            key="places_add",
            icon=":material/add_location_alt:",
            help=words(
                "Adds coordinates, country, region, city and district where they are known, the "
                "nearest large city and the way there, people nearby, town or country, and climate."
            ),
        ):
            _decide(visit, reading)
        if reading.is_measured and st.button(
            words("Exchange latitude and longitude"),
            key="places_swap",
            type="primary" if found.seems_swapped else "secondary",
            icon=":material/swap_horiz:",
        ):
            _decide(visit, replace(reading, swapped=not reading.swapped))
        if is_used and st.button(
            words("Leave these variables out"), key="places_leave", icon=":material/undo:"
        ):
            _decide(visit, None)


def _corrections(visit: Visit, reading: PlaceReading, found: Found, words: Words) -> None:
    """List what is in doubt, and let the user say what one of them means."""
    rows = [
        {
            words("As written"): doubt.said,
            words("Customers"): doubt.n_customers,
            words("What was found"): words(HOWS[doubt.how]),
            words("Taken for"): doubt.place.title if doubt.place else "–",
        }
        for doubt in found.doubts
    ]
    st.markdown(words("**Places in doubt**"))
    st.dataframe(rows, hide_index=True, height="auto" if len(rows) <= 6 else 250)
    asked, named, answered, taken = st.columns([3, 2, 3, 2], vertical_alignment="bottom")
    with asked:
        said = st.selectbox(
            words("Place to correct"), [doubt.said for doubt in found.doubts], key="place_doubt"
        )
    doubt = next(d for d in found.doubts if d.said == said)
    with named:
        other = st.text_input(words("Another name for it"), key=f"place_name_{doubt.said}")
    with answered:
        meant = _meant(reading, doubt, other, words)
    with taken:
        if st.button(words("Take over"), key="place_correct", width="stretch"):
            chosen = {doubt.said: None if meant == AS_FOUND else meant}
            _decide(visit, reading.corrected(chosen))


def _meant(reading: PlaceReading, doubt: Doubt, other: str, words: Words) -> str:
    """Ask what a text means; return a place's id, blank for no place, or ``AS_FOUND``."""
    among = (*doubt.candidates, *(search(other) if other else ()))
    texts = {
        AS_FOUND: words("As found"),
        NOWHERE: words("No place"),
        **{place.id: _title(place, among) for place in among},
    }
    options = [*(place for place in texts if place not in (AS_FOUND, NOWHERE)), AS_FOUND, NOWHERE]
    corrected = dict(reading.corrections).get(doubt.said, AS_FOUND)
    index = options.index(corrected) if corrected in options else 0
    chosen = st.selectbox(
        words("Means"),
        options,
        index=index,
        format_func=lambda place: f"{texts[place]}",
        key=f"place_means_{doubt.said}_{other}",
    )
    return str(chosen)


def _title(place: Place, among: Sequence[Place]) -> str:
    """Name a place; where another one is called the same, say where it lies."""
    alike = {other.id for other in among if other.title == place.title}
    if len(alike) == 1:
        return place.title
    return f"{place.title} ({place.latitude:.2f}, {place.longitude:.2f})"


def _decide(visit: Visit, reading: PlaceReading | None) -> None:
    state.save(place_doors.decided(visit, reading))
    state.forget_widgets()
    st.rerun()
