"""Does place matter, and the micro-markets: what regions, hexagons and seasons say of segments."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages.ui import compute, distance_doors, map_doors, state, views
from pages.ui.figures import figure
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.charts import season_heat
from segmentation.export.markets import markets_csv
from segmentation.export.solution_rows import season_rows
from segmentation.geography.concentration import Concentration
from segmentation.geography.markets import MicroMarkets, best_places, value_variables
from segmentation.geography.seasons import SeasonSource, season_sources
from segmentation.variables import Variable
from segmentation.wording import Words
from segmentation.wording.place_matters import (
    best_place_said,
    moran_said,
    near_said,
    place_finding,
    season_finding,
    standing_said,
    thresholds_said,
)


def place_matters(
    visit: Visit, k: int, names: tuple[str, ...], variable: Variable | None, words: Words
) -> None:
    """Say for each segment whether it lives somewhere in particular, with all numbers."""
    verdicts = distance_doors.verdicts(visit, k, variable)
    views.finding(words("Does place matter?"), place_finding(verdicts, names, words))
    rows = [
        {
            words("Segment"): names[verdict.segment],
            words("Near places"): near_said(verdict.near, words),
            words("Most over-represented (location quotient)"): standing_said(verdict.over, words),
            words("Most under-represented"): standing_said(verdict.under, words),
            words("Moran's I"): moran_said(verdict, words),
        }
        for verdict in verdicts
    ]
    st.dataframe(rows, hide_index=True)
    judged = distance_doors.concentrated(visit, k, variable) if variable else None
    n_judged = judged.n_judged if judged else 0
    pattern = distance_doors.pattern(visit, k)
    st.caption(escaped(thresholds_said(pattern, n_judged, words)))
    if judged is not None:
        with st.expander(words("All location quotients"), icon=":material/table_chart:"):
            _quotients(judged, names, words)


def _quotients(found: Concentration, names: Sequence[str], words: Words) -> None:
    rows = []
    for position, region in enumerate(found.regions):
        for segment, name in enumerate(names):
            at = (position, segment)
            if math.isnan(float(found.quotient[at])):
                continue
            said = words("over") if found.is_over[at] else ""
            rows.append(
                {
                    words("Region"): region,
                    words("Segment"): name,
                    words("Location quotient"): float(found.quotient[at]),
                    words("from"): float(found.low[at]),
                    words("to"): float(found.high[at]),
                    "p": float(found.p[at]),
                    words("Verdict"): words("under") if found.is_under[at] else said,
                }
            )
    two = st.column_config.NumberColumn(format="%.2f")
    small = st.column_config.NumberColumn(format="%.2g")
    formats = dict.fromkeys([words("Location quotient"), words("from"), words("to")], two)
    st.dataframe(rows, hide_index=True, column_config={**formats, "p": small})


def micro_markets(
    visit: Visit, k: int, names: tuple[str, ...], variable: Variable | None, words: Words
) -> None:
    """Show regions by segment with number, share, index and value, the best places, the seasons."""
    if variable is not None:
        _markets(visit, k, names, variable, words)
    else:
        st.info(words("Micro-markets need a column of countries, regions, cities or postcodes."))
    sources = season_sources(compute.variables(visit))
    if sources:
        _seasons(visit, k, names, sources, words)


def _markets(
    visit: Visit, k: int, names: tuple[str, ...], variable: Variable, words: Words
) -> None:
    values = value_variables(compute.variables(visit))
    value = None
    if values:
        value = st.selectbox(
            words("Value"), values, format_func=lambda v: v.name, key=state.key("market_value")
        )
    found = distance_doors.markets(visit, k, variable, value)
    _best(found, names, words)
    rows = _market_rows(found, names, words)
    whole = st.column_config.NumberColumn(format="localized")
    formats = {
        words("Customers"): whole,
        words("Share"): st.column_config.NumberColumn(format="%.1f%%"),
        words("Index"): st.column_config.NumberColumn(format="%.0f"),
        found.value_name or "": whole,
    }
    st.dataframe(rows, hide_index=True, column_config=formats)
    views.notes(found.regions.notes, words)
    st.download_button(
        words("Download the micro-markets"),
        lambda: markets_csv(found, names, words),
        "micro-markets.csv",
        "text/csv",
        key="download_markets",
        icon=":material/download:",
        on_click="ignore",
    )


def _market_rows(
    found: MicroMarkets, names: Sequence[str], words: Words
) -> list[dict[str, object]]:
    regions, rows = found.regions, list[dict[str, object]]()
    for position, region in enumerate(regions.regions):
        for segment, name in enumerate(names):
            at = (position, segment)
            row: dict[str, object] = {
                words("Region"): region,
                words("Segment"): name,
                words("Customers"): _known(float(regions.counts[at])),
                words("Share"): _known(100 * float(regions.share[at])),
                words("Index"): _known(float(regions.index[at])),
            }
            if found.value is not None and found.value_name is not None:
                row[found.value_name] = _known(round(float(found.value[at]), 2))
            rows.append(row)
    return rows


def _best(found: MicroMarkets, names: Sequence[str], words: Words) -> None:
    """Ask for a segment and list the best places to reach it."""
    segment = st.selectbox(
        words("The best places to reach"),
        range(len(names)),
        format_func=lambda s: names[s],
        key=state.key("best_places"),
    )
    best = best_places(found.regions, segment)
    if not best:
        st.caption(words("It is nowhere more frequent than in the whole market."))
        return
    lines = [f"1. {escaped(best_place_said(place, words))}" for place in best]
    st.markdown("\n".join(lines))
    st.caption(words("Score: customers of the segment there × index / 100; index above 100 only."))


def _seasons(
    visit: Visit,
    k: int,
    names: tuple[str, ...],
    sources: Sequence[SeasonSource],
    words: Words,
) -> None:
    told = st.container()
    orders = words("Orders")
    source = sources[0]
    if len(sources) > 1:
        source = st.selectbox(
            words("Dates"),
            sources,
            format_func=lambda s: s.name or orders,
            key=state.key("season_source"),
        )
    found = distance_doors.by_season(visit, k, source)
    with told:
        section = words("Seasons of “{name}”", name=source.name or orders)
        views.finding(section, season_finding(found, names, words))
    st.caption(words("Percent of the segment in each quarter; colour: against the whole market."))
    figure(
        partial(season_heat, found, names, words),
        words("Share of each quarter in each segment"),
        "seasons",
        lambda: season_rows(found, names, words),
    )
    views.notes(found.notes, words)


def _known(number: float) -> float | None:
    return None if math.isnan(number) else number


def region_variable(visit: Visit) -> Variable | None:
    """Return the column of regions that is chosen above, else the first."""
    chosen = state.widget("region_column")
    regions = map_doors.places(visit).regions
    return next((v for v in regions if v == chosen), regions[0] if regions else None)
