"""Measurability before segments are sought: filled, reliable, and what it costs to ask.

Enters: a visit with variables. Leaves: the user's marks of what has to be asked. Refuses to choose
variables: it shows what speaks against one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from pages.ui import compute, state, worth
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.criteria.candidates import (
    DOUBTFUL,
    RELIABLE,
    Battery,
    Candidate,
    candidates,
)
from segmentation.wording import Words
from segmentation.wording.terms import VERDICTS


def measuring(visit: Visit, words: Words) -> None:
    """Show how well each variable can be measured, in a fold; keep what has to be asked."""
    with st.expander(words("How well they can be measured"), icon=":material/straighten:"):
        study = compute.study_of(visit)
        known = worth.item_batteries(visit)
        found = candidates(
            compute.variables(visit),
            compute.audit(visit),
            known,
            study.criteria.asked,
            study.thresholds_in_force(),
        )
        st.caption(escaped(_summary(found, words)))
        for number, battery in enumerate(known, start=1):
            st.caption(escaped(_reliability(battery, number, words)))
        asked = _table(visit, found, words)
        if asked != {c.name for c in found if c.asked}:
            shown = {c.name for c in found}
            others = [name for name in study.criteria.asked if name not in shown]
            marks = tuple(sorted({*others, *asked}))
            state.save(replace(study, criteria=replace(study.criteria, asked=marks)))
            st.rerun()


def _summary(found: Sequence[Candidate], words: Words) -> str:
    forming = [c for c in found if c.forms]
    return words(
        "{asked:count} of the {n:count} variables that form segments have to be asked of "
        "customers; the others are in the data. What has to be asked is unknown of everybody who "
        "did not answer: such segments need golden questions (Profiles) before they can be "
        "addressed.",
        asked=sum(c.asked for c in forming),
        n=len(forming),
    )


def _reliability(battery: Battery, number: int, words: Words) -> str:
    values = {"number": number, "n_items": len(battery.items), "n": battery.n}
    if math.isnan(battery.alpha):
        return words("Battery {number:count}: too few complete answers for Cronbach’s α.", **values)
    sentence = words(
        "Battery {number:count} ({n_items:count} items, {n:count} complete answers): Cronbach’s α "
        "{alpha:number}; reliable as one sum from {reliable:number}, doubtful from "
        "{doubtful:number} (Nunnally 1978).",
        alpha=battery.alpha,
        reliable=RELIABLE,
        doubtful=DOUBTFUL,
        **values,
    )
    if battery.alpha >= RELIABLE:
        return sentence
    several = words(
        "A low α means that the items measure different things: no fault when they shall tell "
        "motives apart, but do not add them up."
    )
    return words.sentences((sentence, several))


def _table(visit: Visit, found: Sequence[Candidate], words: Words) -> set[str]:
    """Show the variables with a mark for what has to be asked; return the marked ones."""
    key = state.key(f"asked_{compute.raw_of(visit).fingerprint}")
    rows: list[dict[str, object]] = [
        {
            "name": c.name,
            "asked": c.asked,
            "forms": words("yes") if c.forms else "",
            "filled": c.filled,
            "verdict": words(VERDICTS[c.verdict]),
            "codes": c.codes or None,
            "rounded": c.rounded,
            "battery": None if c.battery is None else c.battery + 1,
        }
        for c in found
    ]
    edited = st.data_editor(
        state.baseline(key, rows),
        key=key,
        hide_index=True,
        disabled=[name for name in rows[0] if name != "asked"] if rows else True,
        column_config=_columns(words),
        placeholder="",
    )
    return {str(row["name"]) for row in edited if row["asked"]}


def _columns(words: Words) -> dict[str, Any]:
    config = st.column_config
    return {
        "name": config.TextColumn(words("Variable"), pinned=True),
        "asked": config.CheckboxColumn(
            words("Has to be asked"),
            help=words("Tick what is not in your data unless customers are asked for it."),
        ),
        "forms": config.TextColumn(words("Forms segments")),
        "filled": config.ProgressColumn(
            words("Filled"), format="percent", min_value=0, max_value=1
        ),
        "verdict": config.TextColumn(words("Verdict")),
        "codes": config.NumberColumn(
            words("Codes for no answer"), help=words("Such as 999 among ages.")
        ),
        "rounded": config.NumberColumn(
            words("Rounded"),
            format="%.0f",
            help=words("Whipple’s index where it is high: 100 is none, from 175 very rough."),
        ),
        "battery": config.NumberColumn(words("Battery")),
    }
