"""What only the user can say of one column: the order of its values, answers to split, ticks.

Enters: the table and what was decided. Leaves: a changed decision. Refuses to save: the page does.
Values are only shown of columns without personal data.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import streamlit as st

from pages.ui import state
from pages.ui.text import escaped
from segmentation.intake import Column, CustomerTable, Decision, Kind
from segmentation.intake.glimpse import levels
from segmentation.intake.levels import MOST_LEVELS
from segmentation.wording import Words
from segmentation.wording.terms import COLUMN_HINTS, ORDERED_BY

LONGEST_SEPARATOR = 5
# Orders that nobody has confirmed.
_TO_CONFIRM = ("bands", "words", "codes")


def column_decision(
    table: CustomerTable,
    decisions: Mapping[str, Decision],
    private: Collection[str],
    words: Words,
) -> tuple[str, Decision] | None:
    """Show what can be decided about one column; return its name and decision when changed.

    Parameters
    ----------
    table : CustomerTable
    decisions : mapping of str to Decision
        By column name.
    private : collection of str
        Names of columns with personal data; they are not offered.
    words : Words

    Returns
    -------
    tuple of str and Decision, or None
    """
    offered = {
        column.name: column
        for column in table.columns
        if column.of is None and column.name not in private and _is_open(column, decisions)
    }
    if not offered:
        return None
    label = words("Order of values, several answers in a cell, ticked boxes")
    with st.expander(label, icon=":material/rule:"):
        name = st.selectbox(
            words("Column"),
            sorted(offered, key=lambda name: not _hint(offered[name])),
            index=None,
            format_func=lambda name: _named(offered[name], words),
            key="decided_column",
            placeholder=words("Choose a column"),
        )
        if name is None:
            return None
        decided = decisions.get(name, Decision())
        changed = _decision(table, offered[name], decided, words)
        return (name, changed) if changed is not None else None


def _is_open(column: Column, decisions: Mapping[str, Decision]) -> bool:
    return column.name in decisions or (column.kind is Kind.TEXT and not column.is_free_text)


def _hint(column: Column) -> str:
    if column.items_by:
        return "items"
    if column.offer is Kind.YESNO:
        return "ticks"
    return "order" if column.levels_from in _TO_CONFIRM else ""


def _named(column: Column, words: Words) -> str:
    hint = _hint(column)
    return f"{column.name} · {words(COLUMN_HINTS[hint])}" if hint else column.name


def _decision(
    table: CustomerTable, column: Column, decided: Decision, words: Words
) -> Decision | None:
    """Show the parts that apply to a column; return the decision that was clicked."""
    clicked = [_ticks(column, decided, words)]
    if column.kind is Kind.TEXT and not column.is_free_text:
        parts = [_order, _items]
        if column.items_by or decided.items:  # answers in any combination have no order
            parts = [_items]
        clicked += [part(table, column, decided, words) for part in parts]
    if decided != Decision():
        undo = words("Forget what was decided about this column")
        if st.button(undo, key=state.key(f"forget_{column.key}"), icon=":material/undo:"):
            clicked.append(Decision())
    return next((decision for decision in clicked if decision is not None), None)


def _ticks(column: Column, decided: Decision, words: Words) -> Decision | None:
    if column.offer is not Kind.YESNO:
        return None
    st.caption(words("Every cell of this column is blank or holds the same mark."))
    label = words("Ticked is yes, blank is no")
    if st.button(label, key=state.key(f"ticks_{column.key}"), icon=":material/check_box:"):
        return replace(decided, kind=Kind.YESNO)
    return None


def _order(
    table: CustomerTable, column: Column, decided: Decision, words: Words
) -> Decision | None:
    """Show the order that is known, and where it comes from; return another one."""
    found = levels(table, column.name, MOST_LEVELS + 1)
    if not 2 <= len(found) <= MOST_LEVELS:
        return None
    told = words("No order is known. Choose the values from the lowest to the highest.")
    if column.levels:
        now = " < ".join(column.levels)
        said_by = column.levels_from or "user"
        told = words("Order now: {order} ({by})", order=now, by=words(ORDERED_BY[said_by]))
    st.markdown(escaped(told))
    chosen = st.multiselect(
        words("Order, lowest first"),
        list(dict.fromkeys([*column.levels, *found])),
        list(column.levels),
        key=state.key(f"order_{column.key}"),
        placeholder=words("Choose the lowest value first"),
        help=words(
            "Values count by their place in this order. To change it, clear the field and choose "
            "the values one after another. What is left out counts as missing in segments."
        ),
    )
    order = tuple(chosen)
    ready = len(order) > 1 and (order != column.levels or column.levels_from != "user")
    use, turn = st.columns(2)
    key = state.key(f"use_order_{column.key}")
    if use.button(words("Use this order"), disabled=not ready, key=key, width="stretch"):
        return replace(decided, levels=order)
    key = state.key(f"turn_order_{column.key}")
    if turn.button(
        words("Turn the order round"), disabled=len(order) < 2, key=key, width="stretch"
    ):
        return replace(decided, levels=order[::-1])
    return None


def _items(
    table: CustomerTable, column: Column, decided: Decision, words: Words
) -> Decision | None:
    """Offer to split a column of several answers, or to take that back."""
    if decided.items:
        n = sum(item.of == column.name for item in table.columns)
        st.markdown(
            words.plural(
                "Split at “{mark}” into {n:count} yes/no column.",
                "Split at “{mark}” into {n:count} yes/no columns.",
                n,
                mark=escaped(decided.items),
            )
        )
        label, key = words("Put the answers together again"), state.key(f"join_{column.key}")
        return replace(decided, items=None) if st.button(label, key=key) else None
    separator = st.text_input(
        words("What stands between several answers in a cell"),
        column.items_by or "",
        max_chars=LONGEST_SEPARATOR,
        key=state.key(f"separator_{column.key}"),
        help=words("Each answer becomes a yes/no column of its own. For example ; or |"),
    ).strip()
    label = words("Split into yes/no columns")
    if st.button(label, disabled=not separator, key=state.key(f"split_{column.key}")):
        return replace(decided, items=separator)
    return None
