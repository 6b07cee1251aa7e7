"""Widgets of the money page: programs in a table, currency, ranges.

Enters: a plan. Leaves: a changed one. This file owns the widgets' keys. The plan is kept in the
study, and while there is none, in the visit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from pages.ui import compute, sizing_doors, state
from pages.ui.sizing_doors import Segments
from pages.ui.visits import Visit
from segmentation.money import FIGURES
from segmentation.sizing import MoneyPlan, Program, Spread, Spreads
from segmentation.wording import Words
from segmentation.wording.terms import FIGURE_NAMES

CURRENCIES = ("EUR", "USD", "CNY", "GBP", "CHF", "JPY", "HKD", "SGD", "AUD", "CAD", "INR", "BRL")
_SHARES = ("response", "control")
_TEXTS = ("name", "channel")
_FIGURES = ("people", "response", "margin", "contact", "fixed", "control")


def plan_of(visit: Visit) -> MoneyPlan:
    """Return the plan of the study, or of the visit while no file is open."""
    if visit.study is None or visit.study.money == MoneyPlan():
        return visit.money
    return visit.study.money


def keep(visit: Visit, plan: MoneyPlan) -> None:
    """Put a changed plan in place."""
    if plan == plan_of(visit):
        return
    if visit.study is None:
        visit.money = plan
    else:
        state.save(replace(visit.study, money=plan))


def example(words: Words) -> Program:
    """Return the program that the table begins with."""
    return Program(words("Example"), "", 10_000, 0.02, 60, 0.5, 2000)


def programs(plan: MoneyPlan, words: Words) -> tuple[Program, ...]:
    """Show the programs in a table to be edited; return them as they are now."""
    key = state.key("roi_rows")
    rows = [_row(program) for program in plan.programs or (example(words),)]
    edited: list[dict[str, Any]] = st.data_editor(
        state.baseline(key, rows),
        key=key,
        num_rows="dynamic",
        hide_index=True,
        column_config=_columns(words),
    )
    if not plan.programs:
        st.caption(words("The figures are an example: put in your own, and add rows."))
    read = tuple(_program(row) for row in edited)
    return () if not plan.programs and read == (example(words),) else read


def _row(program: Program) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(program, name) for name in (*_TEXTS, *_FIGURES)}
    return row | {name: round(100 * getattr(program, name), 9) for name in _SHARES}


def _program(row: dict[str, Any]) -> Program:
    figures = {name: _number(row.get(name)) for name in _FIGURES}
    figures |= {name: round(figures[name] / 100, 12) for name in _SHARES}
    name, channel = (str(row.get(text) or "") for text in _TEXTS)
    return Program(name, channel, *(figures[each] for each in _FIGURES))


def _number(value: object) -> float:
    """A blank cell is nothing."""
    known = isinstance(value, int | float) and not math.isnan(value)
    return float(value) if known and isinstance(value, int | float) else 0.0


def _columns(words: Words) -> dict[str, Any]:
    config = st.column_config
    shares = {name: f"{words(FIGURE_NAMES[name])} (%)" for name in _SHARES}
    columns: dict[str, Any] = {
        "name": config.TextColumn(words("Segment"), pinned=True, max_chars=200),
        "channel": config.TextColumn(words("Channel"), max_chars=100),
    }
    for name in _FIGURES:
        columns[name] = config.NumberColumn(shares.get(name, words(FIGURE_NAMES[name])))
    return columns


def settings(plan: MoneyPlan, words: Words) -> MoneyPlan:
    """Show currency and months; return the plan as changed."""
    left, right = st.columns(2)
    now = plan.currency or words.currency
    offered = [*CURRENCIES] if now in CURRENCIES else [now, *CURRENCIES]
    currency = left.selectbox(
        words("Currency"), offered, offered.index(now), key=state.key("roi_currency")
    )
    months = right.number_input(
        words("Months in which a response's margin comes in"),
        1.0,
        120.0,
        min(120.0, max(1.0, plan.months)),
        step=1.0,
        key=state.key("roi_months"),
    )
    same = not plan.currency and currency == words.currency
    return replace(plan, currency="" if same else currency, months=months)


def spreads(plan: MoneyPlan, usable: Sequence[Program], words: Words) -> MoneyPlan:
    """Show how far figures may be off, of all programs or of one; return the plan as set.

    Ranges are in per cent of the likely figure. One program's come before those of all.
    """
    labels = list(dict.fromkeys(program.label for program in usable if program.label))
    whose = ""
    if len(usable) > 1 and labels:
        whose = st.selectbox(
            words("How far the figures may be off"),
            ["", *labels],
            format_func=lambda label: label or words("All programs"),
            key=state.key("roi_spread_of"),
        )
    own = plan.own_spreads.get(whose, {})
    chosen = _ranges(whose, {**plan.spreads, **own}, words)
    if not whose:
        return replace(plan, spreads={f: s for f, s in chosen.items() if s != Spread()})
    differing = {f: s for f, s in chosen.items() if s != plan.spreads.get(f, Spread())}
    others = {label: each for label, each in plan.own_spreads.items() if label != whose}
    return replace(plan, own_spreads={**others, whose: differing} if differing else others)


def _ranges(whose: str, now: Spreads, words: Words) -> dict[str, Spread]:
    chosen = {}
    columns = st.columns(2)
    for position, figure in enumerate(FIGURES):
        at = now.get(figure, Spread())
        with columns[position % 2]:
            low, high = st.slider(
                words(
                    "{figure}: lowest and highest, in % of likely",
                    figure=words(FIGURE_NAMES[figure]),
                ),
                0,
                300,
                (round(100 * at.low), round(100 * at.high)),
                key=state.key(f"roi_spread_{figure}_{whose}"),
            )
        chosen[figure] = Spread(min(low, 100) / 100, max(high, 100) / 100)
    return chosen


def all_spreads(plan: MoneyPlan) -> dict[str, Spread]:
    """Return the ranges of all programs, with the default of those that were not set."""
    return {figure: plan.spreads.get(figure, Spread()) for figure in FIGURES}


def taken(visit: Visit, plan: MoneyPlan, words: Words) -> None:
    """Offer to fill the table with the segments and the kept what-ifs of the open file."""
    if visit.study is None:
        return
    found = sizing_doors.segments(visit, words)
    offered = len(found.names) + len(visit.study.sizing.kept)
    if offered:
        st.button(
            words("Take the segments and what-ifs of this study"),
            key="roi_take",
            icon=":material/playlist_add:",
            on_click=lambda: _take(visit, plan, found, words),
        )


def _take(visit: Visit, plan: MoneyPlan, found: Segments, words: Words) -> None:
    """Add a row for each, with its people and the figures of the first row."""
    first = plan.programs[0] if plan.programs else example(words)
    people: dict[str, float] = {}
    if found.names:
        k = len(found.names)
        sizes = compute.judged(visit, k).profile.sizes
        people |= {name: size.n for name, size in zip(found.names, sizes, strict=True)}
    sizing = compute.study_of(visit).sizing
    if sizing.kept:
        whole = sizing_doors.ground(visit, sizing, found)
        for each in sizing.kept:
            applying = sizing_doors.applying(visit, each.where, found)
            answer = sizing_doors.exact(visit, whole, applying.group)
            people[each.name] = answer.customers.likely
    known = {program.name for program in plan.programs}
    new = [replace(first, name=n, people=x) for n, x in people.items() if n not in known]
    keep(visit, replace(plan, programs=(*plan.programs, *new)))
    state.forget_widgets()
