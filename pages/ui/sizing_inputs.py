"""Widgets of the sizing page: the filter, what is asked of it, and what is kept.

Enters: a plan. Leaves: a changed one. This file owns the widgets' keys. Buttons save in a callback,
so that the widgets are drawn anew from the plan.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from pages.ui import compute, inputs, sizing_doors, state
from pages.ui.sizing_doors import Segments
from pages.ui.sizing_keeping import keep
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.intake import Condition, CustomerTable, Kind, Operator
from segmentation.intake.glimpse import levels
from segmentation.sizing import (
    Group,
    InSegments,
    Joined,
    Leaf,
    SizingPlan,
    movable,
    moved,
    replaced,
    threshold_of,
)
from segmentation.wording import Words
from segmentation.wording.sizing import channel_name, leaf_text
from segmentation.wording.terms import JOINS, OPERATORS

SEGMENTS = "\0segments"


def _draft(change: Callable[[Group], Group]) -> None:
    keep(lambda plan: replace(plan, draft=change(plan.draft)))


def filters(visit: Visit, plan: SizingPlan, found: Segments, words: Words) -> Group:
    """Show the filter with a slider for every threshold; return it as moved."""
    draft = _group(visit, plan.draft, "0", found, words)
    with st.popover(words("Add a condition"), icon=":material/add:", key="size_add"):
        made = _condition(compute.customers(visit), found, words)
        place = _place(plan.draft, words)
        st.button(
            words("Add the condition"),
            disabled=made is None,
            key="size_added",
            on_click=lambda: _draft(lambda group: _added(group, made, place)),
        )
    return draft


def _place(draft: Group, words: Words) -> str:
    """Return where a condition goes: beside the others, into a group, or into one of its own."""
    if not draft.members:
        return "top"
    groups = [m for m in draft.members if isinstance(m, Group)]
    places = {"top": words("to the conditions above")}
    places |= {str(n): words("to group {n:count}", n=n + 1) for n in range(len(groups))}
    places["new"] = words("in a group of its own")
    return str(
        st.selectbox(
            words("Where"), list(places), format_func=lambda p: places[p], key="size_place"
        )
    )


def _added(group: Group, made: Leaf | None, place: str) -> Group:
    if made is None:
        return group
    if place == "new":
        return replace(group, members=(*group.members, Group(Joined.ANY, (made,))))
    groups = [m for m in group.members if isinstance(m, Group)]
    if not place.isdecimal() or int(place) >= len(groups):
        return replace(group, members=(*group.members, made))
    old = groups[int(place)]
    new = replace(old, members=(*old.members, made))
    return replace(group, members=tuple(new if m is old else m for m in group.members))


def _group(visit: Visit, group: Group, path: str, found: Segments, words: Words) -> Group:
    if not group.members:
        st.caption(words("No condition yet: everybody counts."))
        return group
    joined = group.joined
    if len(group.members) > 1 or path != "0":
        chosen = st.radio(
            words("Customers who meet"),
            list(JOINS),
            index=list(JOINS).index(group.joined.value),
            format_func=lambda code: words(JOINS[code]),
            horizontal=True,
            key=state.key(f"size_join_{path}"),
        )
        joined = Joined(str(chosen))
    members: list[Leaf | Group] = []
    for position, member in enumerate(group.members):
        below = f"{path}_{position}"
        if isinstance(member, Group):
            with st.container(border=True):
                members.append(_group(visit, member, below, found, words))
        else:
            members.append(_leaf(visit, member, below, found, words))
    return Group(joined, tuple(members))


def _leaf(visit: Visit, leaf: Leaf, path: str, found: Segments, words: Words) -> Leaf:
    with st.container(horizontal=True, vertical_alignment="center"):
        shown = _shown(visit, leaf, path, found, words)
        st.button(
            words("Remove"),
            key=f"size_remove_{path}",
            type="tertiary",
            on_click=lambda: _draft(lambda group: replaced(group, leaf, None)),
        )
    return shown


def _shown(visit: Visit, leaf: Leaf, path: str, found: Segments, words: Words) -> Leaf:
    resting = leaf in sizing_doors.applying(visit, Group(members=(leaf,)), found).resting
    table = compute.customers(visit)
    if isinstance(leaf, Condition) and not resting and movable(table, Group(members=(leaf,))):
        return _slider(table, leaf, path, words)
    told = escaped(leaf_text(leaf, () if resting else found.names, words))
    note = words("rests: not in this table")
    st.markdown(f"{told} :gray[({note})]" if resting else told)
    return leaf


def _slider(table: CustomerTable, leaf: Condition, path: str, words: Words) -> Condition:
    column, now = table.column(leaf.column), threshold_of(leaf)
    low = min(now, now if column.low is None else column.low)
    high = max(now, now if column.high is None else column.high)
    if low >= high:
        st.markdown(escaped(leaf_text(leaf, (), words)))
        return leaf
    label = escaped(f"{leaf.column} {words(OPERATORS[leaf.operator])}")
    key = state.key(f"size_move_{path}_{leaf.operator}_{column.key}")
    if column.whole:
        chosen = float(st.slider(label, int(low), int(high), round(now), key=key))
        return leaf if chosen == round(now) else moved(leaf, chosen)
    chosen = st.slider(label, low, high, now, key=key)
    return leaf if chosen == now else moved(leaf, chosen)


def _condition(table: CustomerTable, found: Segments, words: Words) -> Leaf | None:
    names = [column.name for column in table.columns]
    offered = [*([SEGMENTS] if found.names else []), *names]
    name = st.selectbox(
        words("Column"),
        offered,
        index=None,
        format_func=lambda n: words("Segments found") if n == SEGMENTS else n,
        placeholder=words("Choose a column"),
        key="size_column",
    )
    if name is None:
        return None
    if name == SEGMENTS:
        chosen = st.pills(
            words("Segments"),
            range(len(found.names)),
            selection_mode="multi",
            format_func=lambda s: found.names[s],
            key="size_segments",
        )
        return InSegments(found.solution or "", tuple(sorted(chosen))) if chosen else None
    kind = table.column(name).kind
    operator = st.selectbox(
        words("Condition"),
        _operators(kind),
        format_func=lambda code: words(OPERATORS[code]),
        key=f"size_operator_{kind}",
    )
    values = _values(table, name, Operator(operator), words)
    ready = bool(values) or operator in (Operator.KNOWN, Operator.MISSING)
    return Condition(name, Operator(operator), values) if ready else None


def _operators(kind: Kind) -> list[str]:
    if kind in (Kind.NUMBER, Kind.DATE):
        return ["at_least", "at_most", "is", "is_not", "known", "missing"]
    more = ["contains"] if kind is Kind.TEXT else []
    return ["is", "is_not", *more, "known", "missing"]


def _values(table: CustomerTable, name: str, operator: Operator, words: Words) -> tuple[str, ...]:
    column = table.column(name)
    key = f"size_values_{column.key}_{operator}"
    if operator in (Operator.KNOWN, Operator.MISSING):
        return ()
    if operator is Operator.CONTAINS:
        typed = st.text_input(words("Part of the text"), key=key, max_chars=200)
        return (typed,) if typed else ()
    if operator in (Operator.AT_LEAST, Operator.AT_MOST):
        if column.kind is Kind.DATE:
            day = st.date_input(words("Date"), value=None, key=key)
            return (str(day),) if day else ()
        number = st.number_input(words("Value"), value=None, key=key)
        return () if number is None else (f"{number:.12g}",)
    return tuple(
        st.multiselect(words("Values"), levels(table, name, inputs.LEVELS_OFFERED), key=key)
    )


def asked(visit: Visit, plan: SizingPlan, words: Words) -> SizingPlan:
    """Show what is asked about those who meet the filter; return the plan as changed."""
    outcomes, channels = sizing_doors.outcomes(visit), sizing_doors.channels(visit)
    left, right = st.columns(2)
    outcome, channel = plan.outcome, plan.channel
    if outcomes:
        at = outcomes.index(outcome) if outcome in outcomes else 0
        with left:
            outcome = st.selectbox(
                words("Their value is the sum of"), outcomes, at, key=state.key("size_outcome")
            )
    if channels:
        at = channels.index(channel) if channel in channels else 0
        with right:
            channel = st.selectbox(
                words("Reached by"),
                channels,
                at,
                format_func=lambda code: channel_name(code, words),
                key=state.key("size_channel"),
            )
    first = plan.outcome is None and outcomes and outcome == outcomes[0]
    return replace(
        plan,
        outcome=None if first else outcome,
        channel="" if channels and channel == channels[0] else channel,
        consent=_consent(plan, words) if channel and channel in channels[1:] else plan.consent,
        market=_market(plan, words),
    )


def _consent(plan: SizingPlan, words: Words) -> float | None:
    key = state.key("size_consent")
    if not st.toggle(words("What if more of them agreed?"), plan.consent is not None, key=key):
        return None
    now = round(100 * (0.6 if plan.consent is None else plan.consent))
    label = words("Share who agree to this channel (%)")
    return st.slider(label, 0, 100, now, key=f"{key}_share") / 100


def _market(plan: SizingPlan, words: Words) -> tuple[float, float] | None:
    key = state.key("size_market")
    told = words("The file is a sample of a larger market")
    if not st.toggle(told, plan.market is not None, key=key):
        return None
    low, high = plan.market or (1_000_000.0, 1_000_000.0)
    left, right = st.columns(2)
    label = words("People in that market, at least")
    least = left.number_input(label, 0.0, 1e11, low, step=1000.0, format="%.0f", key=f"{key}_low")
    label = words("People in that market, at most")
    most = right.number_input(label, 0.0, 1e11, high, step=1000.0, format="%.0f", key=f"{key}_high")
    return (least, max(least, most))
