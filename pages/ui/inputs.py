"""Widgets that take a current value and return a new one.

Enters: decisions and results. Leaves: decisions. Refuses to save: the page does. This file owns the
widgets' keys; nothing else reads them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import streamlit as st

from pages.ui import compute, state
from pages.ui.dropzone import FAILURES, Texts, large_file
from pages.ui.spool import SPOOL, Arrival
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.intake import Condition, CustomerTable, Kind, Operator
from segmentation.intake.glimpse import levels
from segmentation.transactions import Upload
from segmentation.wording import LANGUAGES, Words
from segmentation.wording.terms import (
    OPERATORS,
    condition_text,
)

FILE_TYPES = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods", "parquet"]
FILE_TYPES += ["zip", "gz", "sav", "zsav", "dta", "sas7bdat", "sas7bcat", "xpt"]
LEVELS_OFFERED = 200


def language(words: Words) -> None:
    """Show the languages below the navigation; a choice applies at once, on every page."""
    st.sidebar.radio(
        words("Language"),
        list(LANGUAGES),
        list(LANGUAGES).index(words.language),
        format_func=lambda code: LANGUAGES[code],
        key="language",
        horizontal=True,
        on_change=lambda: state.set_language(state.widget("language")),
        label_visibility="collapsed",
    )


def small_files(visit: Visit, words: Words) -> tuple[Upload, ...]:
    """Return the files on the uploader's list, written into the visit's folder, once a list."""
    listed = st.file_uploader(
        words("Open a table of customers"),
        type=FILE_TYPES,
        accept_multiple_files=True,
        key="small_file",
        help=words(
            "CSV, TSV, Excel, OpenDocument or Parquet, several at once if you like: files with the "
            "same columns become one table. They stay on this computer."
        ),
    )
    if not listed:
        return ()
    ids = "|".join(sorted(uploaded.file_id for uploaded in listed))
    digest = hashlib.sha256(ids.encode()).hexdigest()[:16]
    seen = visit.folder / f"upload-{digest}.seen"  # stays when the files give way to the next ones
    if seen.exists():
        return ()
    seen.touch()
    uploads = []
    for uploaded in listed:
        path = visit.folder / f"upload-{uploaded.file_id}"
        path.write_bytes(uploaded.getbuffer())
        uploads.append(Upload(path, uploaded.name))
    return tuple(uploads)


def big_file(visit: Visit, words: Words) -> Arrival | None:
    """Return a large file that has arrived through the streaming route."""
    failures = {
        "unknown-slot": words("This visit has ended. Reload the page and send the file again."),
        "foreign-origin": words("The file came from another site and was refused."),
        "too-large": words("The file is larger than this server accepts."),
        "busy": words("Another file is on its way. Wait for it, or cancel it."),
        "one-at-a-time": words("Please send one file at a time."),
        "connection-lost": words("The connection was lost. Send the file again."),
    }
    texts = Texts(
        title=words("Large file"),
        choose=words("Choose a large file"),
        prompt=words("or drop it here"),
        limit=words("From 200 MB on: it is sent straight to disk."),
        sending=words("Sending {name}", name="{name}"),
        arrived=words("{name} has arrived", name="{name}"),
        cancelled=words("{name} was cancelled", name="{name}"),
        cancel=words("Cancel"),
        failures=_all_failures(failures, words("The file could not be received. Try again.")),
    )
    arrival = large_file(visit.slot, texts, accept=",".join(f".{t}" for t in FILE_TYPES))
    if arrival:
        SPOOL.forget(visit.slot)
    return arrival


def _all_failures(known: dict[str, str], otherwise: str) -> dict[str, str]:
    return {code: known.get(code, otherwise) for code in FAILURES}


def id_column(table: CustomerTable, likely: str | None, words: Words) -> str | None:
    """Return the column that names a customer, None for none; the likely one takes a click."""
    names = [None, *table.raw.names]
    chosen = st.selectbox(
        words("Customer id"),
        names,
        names.index(table.id_name),
        format_func=lambda name: name or words("none: each row is a customer"),
        key=state.key(f"id_{table.raw.fingerprint}"),
        help=words("Keeps the same customers together when the file is sorted in another way."),
    )
    if chosen is None and likely is not None:
        label = words("Take “{name}” as the customer id", name=likely)
        if st.button(escaped(label), key=state.key("take_id"), icon=":material/badge:"):
            return likely
    return chosen


def conditions(table: CustomerTable, words: Words, prefix: str = "filter") -> tuple[Condition, ...]:
    """Show the conditions of a table, such as the population filter; return them as changed."""
    kept = tuple(
        condition
        for position, condition in enumerate(table.conditions)
        if not _removed(f"{prefix}_remove_{position}", condition, words)
    )
    name = st.selectbox(
        words("Column"),
        table.raw.names,
        key=f"{prefix}_column",
        index=None,
        placeholder=words("Choose a column"),
    )
    if name is None:
        return kept
    column = table.column(name)
    offered = _operators(column.kind)
    operator = st.selectbox(
        words("Condition"),
        offered,
        format_func=lambda code: words(OPERATORS[code]),
        key=f"{prefix}_operator_{column.kind}",
    )
    values = _values(table, name, Operator(operator), words, prefix)
    ready = bool(values) or operator in (Operator.KNOWN, Operator.MISSING)
    if st.button(words("Add the condition"), disabled=not ready, key=f"{prefix}_add"):
        return (*kept, Condition(name, Operator(operator), values))
    return kept


def _removed(key: str, condition: Condition, words: Words) -> bool:
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.text(condition_text(condition, words))
    return right.button(words("Remove"), key=key)


def _operators(kind: Kind) -> list[str]:
    if kind in (Kind.NUMBER, Kind.DATE):
        return ["at_least", "at_most", "is", "is_not", "known", "missing"]
    return ["is", "is_not", "known", "missing"]


def _values(
    table: CustomerTable, name: str, operator: Operator, words: Words, prefix: str
) -> tuple[str, ...]:
    column = table.column(name)
    if operator in (Operator.KNOWN, Operator.MISSING):
        return ()
    key = f"{prefix}_values_{column.key}_{operator}"
    if operator in (Operator.AT_LEAST, Operator.AT_MOST):
        if column.kind is Kind.DATE:
            day = st.date_input(words("Date"), value=None, key=key)
            return (str(day),) if day else ()
        number = st.number_input(words("Value"), value=None, key=key)
        return () if number is None else (str(number),)
    offered = levels(table, name, LEVELS_OFFERED)
    return tuple(st.multiselect(words("Values"), offered, key=key))


def number_of_segments(visit: Visit, words: Words) -> int:
    """Return the number of segments on the slider."""
    found = compute.finished_extraction(visit)
    ks = sorted(found.family.solutions)
    shown = found.shown_k(compute.study_of(visit).branch.k)
    if len(ks) < 2:
        return shown
    label = words("Number of segments")
    key = state.key(f"k_{found.family.matrix_fingerprint}_{found.family.spec.method}")
    if ks[-1] - ks[0] >= len(ks):  # a method that finds the number itself leaves some out
        return st.select_slider(label, ks, shown, key=f"{key}_found", persist_state="session")
    return st.slider(label, ks[0], ks[-1], shown, key=key, persist_state="session")


def segment_names(given: tuple[str, ...], defaults: tuple[str, ...], words: Words) -> list[str]:
    """Return the names of the segments as typed, blank for the default."""
    typed = []
    columns = st.columns(min(len(given), 5))
    for segment, name in enumerate(given):
        with columns[segment % len(columns)]:
            typed.append(
                st.text_input(
                    words("Segment {n:count}", n=segment + 1),
                    name,
                    placeholder=defaults[segment],
                    max_chars=200,
                    key=state.key(f"name_{len(given)}_{segment}"),
                )
            )
    return typed


def names_taken(suggested: Sequence[str], words: Words) -> bool:
    """Show the suggested names, and tell whether they are wanted."""
    told = words.listed(words("“{name}”", name=name) for name in suggested)
    st.caption(escaped(words("What sets them apart suggests: {told}.", told=told)))
    return st.button(words("Use these names"), key="names_taken", icon=":material/edit_note:")


def one_of(label: str, texts: Mapping[str, str], key: str) -> str:
    """Return which of a few views is chosen, the first one before anything is."""
    # Buttons side by side would have too little contrast where one is chosen in the dark.
    chosen: str = st.radio(
        label,
        list(texts),
        format_func=lambda code: texts[code],
        horizontal=True,
        key=key,
        persist_state="session",
    )
    return chosen
