"""Widgets of the audience files: platform, segments, columns, consent, hold-out.

Enters: a visit with segments. Leaves: a plan. Refuses to count. This file owns the widgets' keys;
what is chosen here belongs to a file that is about to be written, not to the study.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.ui import compute, state
from pages.ui.visits import Visit
from segmentation.audiences import (
    IDENTIFIERS,
    PLATFORMS,
    AudiencePlan,
    Part,
    Platform,
    suggested_columns,
    suggested_consents,
)
from segmentation.criteria.contacts import likely_country
from segmentation.criteria.identifiers import LIKELY_REGIONS
from segmentation.variables import Role
from segmentation.wording import Words
from segmentation.wording.audiences import CONSENT_NAMES, PART_NAMES, PLATFORM_NAMES

ABREAST = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many people are to be held out; ``share`` repeats an earlier file."""

    base: float
    lift: float
    share: float | None = None


def platform(words: Words) -> Platform | None:
    """Ask for the platform; nothing is looked at before one is chosen."""
    code: str | None = st.selectbox(
        words("Platform"),
        list(PLATFORMS),
        None,
        format_func=lambda each: words(PLATFORM_NAMES[each]),
        placeholder=words("Choose a platform"),
        key="audience_platform",
    )
    return PLATFORMS[code] if code else None


def segments(names: Sequence[str], words: Words) -> tuple[int, ...]:
    """Ask for the segments; none chosen stands for all."""
    chosen: list[int] = st.multiselect(
        words("Segments"),
        list(range(len(names))),
        format_func=lambda s: names[s],
        placeholder=words("All segments"),
        key=state.key(f"audience_segments_{len(names)}"),
    )
    return tuple(sorted(chosen))


def plan(visit: Visit, to: Platform, chosen: tuple[int, ...], words: Words) -> AudiencePlan:
    """Ask for columns, consents and the country of numbers; what suggests itself is set."""
    known = compute.variables(visit)
    columns, consents = suggested_columns(to, known), suggested_consents(to, known)
    complete = any(part in columns for part in to.identifiers) and bool(consents)
    with st.expander(words("Columns and consent"), expanded=not complete, icon=":material/rule:"):
        columns = _columns(visit, to, columns, words)
        consents = _consents(visit, to, columns, consents, words)
        unknown = st.checkbox(
            words("Consent that is not known counts as given"),
            compute.study_of(visit).criteria.reach.unknown_consent,
            key="audience_unknown",
            help=words("Only where the law and your notice of privacy allow it."),
        )
        region = _region(visit, columns, words) if Part.PHONE in columns else ""
    return AudiencePlan(to.code, columns, consents, chosen, unknown, region)


def _columns(
    visit: Visit, to: Platform, suggested: Mapping[Part, str], words: Words
) -> dict[Part, str]:
    names = [variable.name for variable in compute.variables(visit)]
    found: dict[Part, str] = {}
    for place, part in zip(_places(len(to.parts)), to.parts, strict=True):
        name = _one(place, words(PART_NAMES[part]), names, suggested.get(part), words)
        if name is not None:
            found[part] = name
    return found


def _consents(
    visit: Visit,
    to: Platform,
    columns: Mapping[Part, str],
    suggested: Mapping[Part, str],
    words: Words,
) -> dict[Part, str]:
    variables = compute.variables(visit)
    first = [v.name for v in variables if v.role is Role.CONSENT]
    names = [*first, *(v.name for v in variables if v.role is not Role.CONSENT)]
    asked = [part for part in to.identifiers if part in columns]
    found: dict[Part, str] = {}
    for place, part in zip(_places(len(asked)), asked, strict=True):
        name = _one(place, words(CONSENT_NAMES[part]), names, suggested.get(part), words)
        if name is not None:
            found[part] = name
    return found


def _places(n: int) -> list[st.delta_generator.DeltaGenerator]:
    """Return places in rows of three, which on a phone stand under each other in their order."""
    rows = [st.columns(ABREAST) for _ in range(0, n, ABREAST)]
    return [place for row in rows for place in row][:n]


def _one(
    place: st.delta_generator.DeltaGenerator,
    label: str,
    names: Sequence[str],
    suggested: str | None,
    words: Words,
) -> str | None:
    offered = list(names)
    chosen: str | None = place.selectbox(
        label,
        offered,
        offered.index(suggested) if suggested in offered else None,
        placeholder=words("No column"),
        key=state.key(f"audience_{label}_{suggested}"),
    )
    return chosen


def _region(visit: Visit, columns: Mapping[Part, str], words: Words) -> str:
    """Ask of which country numbers are that do not say it: the study's, else the likely one."""
    named = {v.name: v for v in compute.variables(visit)}
    phone, country = named[columns[Part.PHONE]], named.get(columns.get(Part.COUNTRY, ""))
    key = ("audience_region", compute.variables_key(visit), phone.name, country and country.name)
    likely = compute.study_of(visit).criteria.reach.region or visit.memo.get(
        key, lambda: likely_country(compute.customers(visit), phone, country)[0]
    )
    offered = ["", *sorted({*LIKELY_REGIONS, *([likely] if likely else [])})]
    region: str = st.selectbox(
        words("Country of telephone numbers without a country code"),
        offered,
        offered.index(likely),
        format_func=lambda code: code or words("None: leave them out"),
        key=state.key(f"audience_region_{phone.name}_{likely}"),
    )
    return region


def holdout(words: Words) -> Wanted | None:
    """Ask how many are to be held out; None for nobody."""
    if not st.checkbox(
        words("Hold some people out, to see what the campaign changes"), key="audience_holdout"
    ):
        return None
    base, lift, share = st.columns(3)
    rate = base.number_input(
        words("Response without contact (%)"), 0.01, 99.99, 2.0, step=0.1, key="audience_base"
    )
    seen = lift.number_input(
        words("Lift that should be seen (percentage points)"),
        0.01,
        99.0,
        1.0,
        step=0.1,
        key="audience_lift",
    )
    again = share.number_input(
        words("Share of an earlier file"),
        0.0,
        0.5,
        None,
        step=0.01,
        format="%.4f",
        placeholder=words("New"),
        help=words("Holds out the same customers as that file did."),
        key="audience_share",
    )
    return Wanted(rate / 100, seen / 100, again)


def has_identifier(plan: AudiencePlan) -> bool:
    """Tell whether a plan names a column by which the platform finds people."""
    return any(part in plan.columns for part in IDENTIFIERS)
