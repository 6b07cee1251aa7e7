"""Tables that are edited in place: the types of columns, and what each variable is for.

Enters: what holds now. Leaves: what the user changed. Refuses to save: the page does. An editor
keeps its own edits while its page is shown, so it always begins with the rows it had when the page
was entered (see ``state.baseline``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import streamlit as st

from pages.ui import state
from segmentation.intake import CustomerTable, Kind
from segmentation.intake.glimpse import COVER
from segmentation.variables import Family, Role, Scale, Variable, VariableChoice
from segmentation.wording import Words
from segmentation.wording.notes import say
from segmentation.wording.terms import FAMILIES, KINDS, ROLES, SCALES

ROW_PIXELS, TALLEST = 36, 640
NO_FAMILY = "–"


def column_kinds(table: CustomerTable, private: Collection[str], words: Words) -> dict[str, Kind]:
    """Show the columns with their types; return the types that were changed."""
    shown = {words(KINDS[kind]): Kind(kind) for kind in KINDS}
    texts = {kind: text for text, kind in shown.items()}
    key = state.key(f"kinds_{table.raw.fingerprint}")
    own = [column for column in table.columns if column.of is None]
    is_described = any(column.label for column in own)
    facts: list[dict[str, object]] = [
        {
            "name": column.name,
            **({"label": column.label} if is_described else {}),
            "kind": texts[column.kind],
            "missing": (column.n_missing + column.n_failed) / table.raw.n_rows,
            "failed": column.n_failed,
            "distinct": column.n_distinct,
            "reason": COVER if column.name in private else say(column.reason, words),
            "examples": COVER if column.name in private else " · ".join(column.examples),
        }
        for column in own
    ]
    edited = st.data_editor(
        state.baseline(key, facts),
        key=key,
        hide_index=True,
        disabled=["name", "label", "missing", "failed", "distinct", "reason", "examples"],
        column_config=_kind_columns(list(shown), words),
    )
    return {
        column.name: shown[str(row["kind"])]
        for column, row in zip(own, edited, strict=True)
        if shown[str(row["kind"])] is not column.kind
    }


def _kind_columns(kinds: list[str], words: Words) -> dict[str, Any]:
    config = st.column_config
    return {
        "name": config.TextColumn(words("Column"), pinned=True),
        "label": config.TextColumn(words("Label"), width="medium"),
        "kind": config.SelectboxColumn(words("Type"), options=kinds, required=True, width="small"),
        "missing": config.NumberColumn(words("Missing"), format="percent"),
        "failed": config.NumberColumn(
            words("Unreadable"), help=words("Cells that could not be read as this type.")
        ),
        "distinct": config.NumberColumn(words("Different")),
        "reason": config.TextColumn(words("Why"), width="large"),
        "examples": config.TextColumn(words("Examples"), width="large"),
    }


def variable_choices(
    variables: tuple[Variable, ...], reasons: Mapping[str, str], words: Words
) -> dict[str, VariableChoice]:
    """Show all variables in one table; return what the user changed, by column."""
    roles = {words(text): Role(code) for code, text in ROLES.items()}
    scales = {words(text): Scale(code) for code, text in SCALES.items()}
    families = {words(text): Family(code) for code, text in FAMILIES.items()}
    rows: list[dict[str, object]] = [
        {
            "name": v.name,
            "role": words(ROLES[v.role]),
            "scale": words(SCALES[v.scale]),
            "family": words(FAMILIES[v.family]) if v.family else NO_FAMILY,
            "reason": reasons[v.name],
        }
        for v in variables
    ]
    edited = st.data_editor(
        state.baseline("variables", rows),
        key=state.key("variables"),
        hide_index=True,
        height=min(ROW_PIXELS * len(rows) + ROW_PIXELS + 6, TALLEST),
        disabled=["name", "reason"],
        column_config=_variable_columns(list(roles), list(scales), list(families), words),
    )
    changed = {}
    for variable, row in zip(variables, edited, strict=True):
        role, scale = roles[str(row["role"])], scales[str(row["scale"])]
        family = families.get(str(row["family"]))
        if (role, scale, family) != (variable.role, variable.scale, variable.family):
            changed[variable.name] = VariableChoice(role, scale, family)
    return changed


def _variable_columns(
    roles: list[str], scales: list[str], families: list[str], words: Words
) -> dict[str, Any]:
    config = st.column_config
    return {
        "name": config.TextColumn(words("Column"), pinned=True),
        "role": config.SelectboxColumn(words("Role"), options=roles, required=True, width="medium"),
        "scale": config.SelectboxColumn(
            words("Scale"), options=scales, required=True, width="small"
        ),
        "family": config.SelectboxColumn(
            words("Family"), options=[NO_FAMILY, *families], width="medium"
        ),
        "reason": config.TextColumn(words("Why"), width="large"),
    }
