"""Near places: a file of stores or some points, who lives within reach, and where reaches overlap.

Enters: a visit. Leaves: a changed study, None where nothing changed. Refuses to put it into effect.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

import streamlit as st

from pages.ui import compute, distance_doors, state, views
from pages.ui.inputs import FILE_TYPES
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.errors import PlacesWithoutCoordinates
from segmentation.geography.catchments import RADII_KM, Catchments, Overlap
from segmentation.geography.nearby import NearbyPlan, Spot, SpotColumns, tidy_label
from segmentation.geography.spots import PlacesFile
from segmentation.notes import Note
from segmentation.study import Study
from segmentation.transactions import Upload
from segmentation.wording import Words
from segmentation.wording.place_matters import catchment_finding

_LARGEST_MB = 50
_SPOTS_OFFERED = 2_000


def near_places(visit: Visit, k: int, names: tuple[str, ...], words: Words) -> Study | None:
    """Show who lives near places of interest; return the study with other places."""
    plans = distance_doors.plans(visit)
    for plan in plans:
        _reach(visit, k, plan, names, words)
    label = words("Add places: stores, depots, ski resorts")
    with st.expander(label, icon=":material/add_location_alt:", expanded=not plans):
        added = _from_file(visit, words) or _from_points(visit, words)
    return added or _removed(visit, words)


def _reach(visit: Visit, k: int, plan: NearbyPlan, names: tuple[str, ...], words: Words) -> None:
    usual = distance_doors.within(visit, k, plan)
    said = catchment_finding(usual, names, words)
    views.finding(words("Distance to “{label}”", label=plan.label), said)
    listed, own = st.columns([3, 1])
    radii = listed.multiselect(
        words("Within how many kilometres"),
        sorted({*RADII_KM, *usual.radii}),
        usual.radii,
        format_func=words.number,
        key=state.key(f"radii_{plan.mark}"),
    )
    another = own.number_input(
        words("Another distance in km"),
        0.1,
        20_000.0,
        None,
        key=state.key(f"radius_{plan.mark}"),
    )
    wanted = tuple(sorted({*radii, *((another,) if another else ())}))
    found = distance_doors.within(visit, k, plan, wanted) if wanted else usual
    _reach_rows(found, names, words)
    told = [n for n in compute.customers(visit).notes if n.code == "distances-missing"]
    views.notes((*found.notes, *(n for n in told if n.get("label") == plan.label)), words)
    _overlapping(visit, k, plan, names, words)


def _reach_rows(found: Catchments, names: Sequence[str], words: Words) -> None:
    """Show the segments and the market: half live within, and the share within each distance."""
    rows: list[dict[str, object]] = []
    shares = [words("Within {km:number} km", km=km) for km in found.radii]
    for position, name in enumerate((*names, words("Whole market"))):
        row: dict[str, object] = {
            words("Segment"): name,
            words("Customers"): int(found.n_customers[position]),
            words("Median km"): _known(float(found.median_km[position])),
        }
        for column, share in zip(shares, found.share[position], strict=True):
            row[column] = _known(100 * float(share))
        rows.append(row)
    percent = st.column_config.NumberColumn(format="%.1f%%")
    formats = {
        words("Customers"): st.column_config.NumberColumn(format="localized"),
        words("Median km"): st.column_config.NumberColumn(format="%.1f"),
    }
    st.dataframe(rows, hide_index=True, column_config={**formats, **dict.fromkeys(shares, percent)})


def _overlapping(
    visit: Visit, k: int, plan: NearbyPlan, names: tuple[str, ...], words: Words
) -> None:
    """Ask for two places and show whose reaches overlap."""
    spots = distance_doors.spots(visit, plan)[:_SPOTS_OFFERED]
    if len(spots) < 2:
        return
    label = words("Two of “{label}”: who lives near both", label=plan.label)
    with st.expander(escaped(label), icon=":material/join_inner:"):
        one, other, reach = st.columns(3)
        key = plan.mark
        offered = range(len(spots))
        first = one.selectbox(
            words("One place"), offered, 0, format_func=lambda i: spots[i].name, key=f"one_{key}"
        )
        second = other.selectbox(
            words("Another place"),
            offered,
            1,
            format_func=lambda i: spots[i].name,
            key=f"two_{key}",
        )
        km = reach.selectbox(
            words("Kilometres"), RADII_KM, 3, format_func=words.number, key=f"reach_{key}"
        )
        pair = (spots[first], spots[second])
        found = distance_doors.shared(visit, k, pair, km)
        _overlap_rows(found, pair, names, words)
        views.notes(found.notes, words)


def _overlap_rows(
    found: Overlap, pair: tuple[Spot, Spot], names: Sequence[str], words: Words
) -> None:
    first, second = (words("Near “{name}”", name=spot.name) for spot in pair)
    columns = {
        first: found.first,
        # Two places may have one name.
        second if second != first else f"{second} (2)": found.second,
        words("Near both"): found.both,
        words("Near either"): found.either,
    }
    rows = []
    for position, name in enumerate((*names, words("Whole market"))):
        row: dict[str, object] = {
            words("Segment"): name,
            words("Customers"): int(found.n_customers[position]),
        }
        row |= {column: _known(float(counts[position])) for column, counts in columns.items()}
        rows.append(row)
    whole = st.column_config.NumberColumn(format="localized")
    st.dataframe(
        rows,
        hide_index=True,
        column_config=dict.fromkeys([words("Customers"), *columns], whole),
    )


def _from_file(visit: Visit, words: Words) -> Study | None:
    """Offer to open a file of places; return the study with it once the user has agreed."""
    uploaded = st.file_uploader(
        words("File of places"),
        type=FILE_TYPES,
        max_upload_size=_LARGEST_MB,
        key=state.key("places_file"),
    )
    if uploaded is None:
        return None
    path = visit.folder / f"places-{uploaded.file_id}"
    if not path.exists():
        path.write_bytes(uploaded.getbuffer())
    upload = Upload(path, uploaded.name)
    found = _opened(visit, upload, words)
    if found is None:
        return None
    st.caption(
        escaped(words("{n:count} places in “{file}”", n=len(found.spots.names), file=found.name))
    )
    if found.spots.n_left_out:
        note = Note.of("spots-left-out", n=found.spots.n_left_out, name=found.name)
        views.notes((note,), words)
    label = _label(PurePath(found.name).stem, "places_label", words)
    if not st.button(words("Measure the distances"), key="measure_file", disabled=not label):
        return None
    own = distance_doors.coordinates(visit)
    plan = NearbyPlan(label, own, found.name, found.fingerprint, found.columns)
    return distance_doors.measured_to(visit, plan, found)


def _opened(visit: Visit, upload: Upload, words: Words) -> PlacesFile | None:
    """Open a file of places by the columns that are chosen; None until they are."""
    try:
        found = distance_doors.places_file(visit, upload, None)
    except PlacesWithoutCoordinates as refused:
        numbers, texts = (_names_of(refused, key) for key in ("columns", "texts"))
        if len(numbers) < 2:
            raise
        st.info(escaped(words("Which columns of “{name}” say where?", name=upload.name)))
        chosen = _columns(numbers, texts, None, words)
        return distance_doors.places_file(visit, upload, chosen) if chosen else None
    columns = _columns(found.numbers, found.texts, found.columns, words)
    if columns in (None, found.columns):
        return found
    return distance_doors.places_file(visit, upload, columns)


def _names_of(refused: PlacesWithoutCoordinates, key: str) -> tuple[str, ...]:
    names = refused.values.get(key)
    return tuple(map(str, names)) if isinstance(names, tuple) else ()


def _columns(
    numbers: Sequence[str], texts: Sequence[str], now: SpotColumns | None, words: Words
) -> SpotColumns | None:
    """Ask which columns say where the places are; None until both coordinates are chosen."""
    cells = st.columns(3)
    latitude = cells[0].selectbox(
        words("Latitude"),
        numbers,
        numbers.index(now.latitude) if now else None,
        key="places_latitude",
        placeholder=words("none"),
    )
    longitude = cells[1].selectbox(
        words("Longitude"),
        numbers,
        numbers.index(now.longitude) if now else None,
        key="places_longitude",
        placeholder=words("none"),
    )
    name = cells[2].selectbox(
        words("Name of the place"),
        texts,
        texts.index(now.name) if now and now.name else None,
        key="places_name",
        placeholder=words("none"),
    )
    return SpotColumns(latitude, longitude, name) if latitude and longitude else None


def _from_points(visit: Visit, words: Words) -> Study | None:
    """Offer a table of places by coordinates; return the study with them once asked for."""
    st.caption(words("Or write places down, by their degrees north and east:"))
    name, lat, lon = words("Name of the place"), words("Latitude"), words("Longitude")
    blank: list[dict[str, object]] = [{name: "", lat: None, lon: None}]
    rows = st.data_editor(
        state.baseline("spots", blank),
        num_rows="dynamic",
        hide_index=True,
        key=state.key("spots"),
        column_config={
            name: st.column_config.TextColumn(),
            lat: st.column_config.NumberColumn(min_value=-90.0, max_value=90.0, format="%.5f"),
            lon: st.column_config.NumberColumn(min_value=-180.0, max_value=180.0, format="%.5f"),
        },
    )
    points = tuple(_points(rows, (name, lat, lon)))
    label = _label(words("places"), "points_label", words)
    ready = bool(points and label)
    if not st.button(words("Measure from these points"), key="measure_points", disabled=not ready):
        return None
    plan = NearbyPlan(label, distance_doors.coordinates(visit), points=points)
    return distance_doors.measured_to(visit, plan, None)


def _points(rows: Sequence[Mapping[str, object]], columns: tuple[str, str, str]) -> Iterator[Spot]:
    """Yield the places of the rows that are filled; one without a name is called by its number."""
    for number, row in enumerate(rows, start=1):
        name, lat, lon = (row.get(column) for column in columns)
        if isinstance(lat, int | float) and isinstance(lon, int | float):
            spot = Spot(str(name or number), float(lat), float(lon))
            if spot.is_on_earth:
                yield spot


def _label(suggested: str, key: str, words: Words) -> str:
    typed = st.text_input(
        words("What the places are called together"),
        tidy_label(suggested.replace("_", " ")),
        key=f"{key}_{suggested}",
        help=words("It names the variables: the distance to the nearest, and which one it is."),
    )
    return tidy_label(typed or "")


def _removed(visit: Visit, words: Words) -> Study | None:
    """Offer to do without places again."""
    study = compute.study_of(visit)
    for plan in study.nearby:
        text = words("Do without “{label}”", label=plan.label)
        if st.button(escaped(text), key=f"without_{plan.mark}", icon=":material/wrong_location:"):
            return replace(study, nearby=tuple(p for p in study.nearby if p != plan))
    return None


def _known(number: float) -> float | None:
    return None if math.isnan(number) else number
