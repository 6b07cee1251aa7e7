"""New customers on the screen: which model, which file, which columns, and where they belong.

Enters: a visit. Leaves: nothing. Refuses to guess a column: a name that only looks alike is
suggested, and the user confirms it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from pages.ui import assigning_doors, state, views
from pages.ui.assigning_doors import Chosen, Placed
from pages.ui.inputs import FILE_TYPES
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.assigning import Assignment, Model
from segmentation.assigning.sql import DIALECTS
from segmentation.intake import RawTable
from segmentation.wording import Words
from segmentation.wording.assigning import VERDICTS, likeness

_DATABASES = {
    "duckdb": "DuckDB",
    "postgres": "PostgreSQL",
    "spark": "Spark",
    "bigquery": "BigQuery",
    "snowflake": "Snowflake",
}
_FILES = {
    "csv": ("new-customers.csv", "text/csv"),
    "excel": ("new-customers-for-excel.csv", "text/csv"),
    "workbook": (
        "new-customers.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


def model_downloads(visit: Visit, words: Words) -> None:
    """Offer the model of the segments on show, and its SQL."""
    st.header(words("The model"), anchor=False)
    st.markdown(
        words(
            "All that places a new customer, as plain text: centers or probabilities, how values "
            "are prepared, names. No customers. It works on the page “New customers” and on the "
            "command line."
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.download_button(
            words("Download the model"),
            partial(assigning_doors.model_file, visit, words),
            "model.json",
            "application/json",
            key="download_model",
            icon=":material/data_object:",
            on_click="ignore",
        )
        dialect = st.selectbox(
            words("SQL for"), DIALECTS, format_func=_DATABASES.__getitem__, key="dialect", width=180
        )
        st.download_button(
            words("Download the SQL"),
            partial(assigning_doors.sql_file, visit, dialect, words),
            f"segments.{dialect}.sql",
            "application/sql",
            key="download_model_sql",
            icon=":material/code:",
            on_click="ignore",
        )
    st.caption(
        words(
            "The SQL reads a table “customers” with the file's column names. Run against the "
            "labels here: DuckDB, PostgreSQL and Spark. BigQuery and Snowflake were parsed, not "
            "run; check a few customers there."
        )
    )


def choose_model(visit: Visit, words: Words) -> Chosen | None:
    """Return the model of the open study, or one that was saved."""
    texts = {"open": words("The segments on show"), "saved": words("A saved model")}
    if visit.raw is None:
        st.info(words("There is no table yet. Use a saved model here, or open a file first."))
    elif (
        st.radio(
            words("Place them by"),
            list(texts),
            format_func=lambda code: texts[code],
            horizontal=True,
            key=state.key("model_from"),
        )
        == "open"
    ):
        views.segments_or_wait(visit, words)
        return assigning_doors.own_model(visit, words)
    uploaded = st.file_uploader(
        words("A saved model (model.json)"), type=["json"], key="saved_model"
    )
    if uploaded is None:
        return None
    return assigning_doors.saved_model(visit, uploaded.file_id, uploaded.getvalue())


def model_told(model: Model, words: Words) -> None:
    """Say what the model is about, and what came out on its own customers."""
    text = words(
        "{k:count} segments of {n:count} customers of “{name}”.",
        k=model.k,
        n=model.n_customers,
        name=model.study.source.name,
    )
    parts = [text]
    if model.check.n_other:
        parts.append(
            words(
                "This method has no rule for single customers: they go to the nearest center of "
                "its segments. That puts {n_other:count} of {n:count} of its own customers in "
                "another segment.",
                n_other=model.check.n_other,
                n=model.check.n,
            )
        )
    st.caption(escaped(words.sentences(parts)))


def new_customers(visit: Visit, chosen: Chosen, words: Words) -> RawTable | None:
    """Return the new file once it is there."""
    uploaded = st.file_uploader(
        words("The new customers"),
        type=FILE_TYPES,
        key="new_customers",
        help=words("A file like that of the study: the same columns, in any order."),
    )
    if uploaded is None:
        needs = words("Columns that place a customer: {names:list}.", names=chosen.model.needs)
        st.caption(escaped(needs))
        return None
    with st.spinner(words("Reading the file")):
        return assigning_doors.new_file(
            visit, chosen, uploaded.file_id, uploaded.name, uploaded.getvalue()
        )


def columns_meant(chosen: Chosen, raw: RawTable, words: Words) -> dict[str, str] | None:
    """Return which columns of the file are meant, by the file's name; None until that is said."""
    lost, free = assigning_doors.lacking(chosen, raw)
    if not lost:
        return {}
    st.header(words("Which columns are meant?"), anchor=False)
    st.markdown(
        words(
            "The file lacks columns of these names. Names that look alike are suggested; nothing "
            "is taken over until you say so."
        )
    )
    strange = sum(likely is None for likely in lost.values()) > len(chosen.model.needs) / 2
    if strange:
        needs = [escaped(name) for name in chosen.model.needs]
        st.warning(
            words(
                "Most columns of the model are not in this file: is it the right one? The model "
                "needs {names:list}.",
                names=needs,
            )
        )
    with st.expander(words("Say which columns are meant"), expanded=not strange):
        picked = {name: _meant(name, lost[name], free, raw, words) for name in lost}
    mapping = {own: name for name, own in picked.items() if own is not None}
    said = (raw.fingerprint, tuple(sorted(mapping.items())))
    whole = len(mapping) == len(lost)
    if not whole:
        st.caption(words("Each of them needs a column of its own."))
    if st.button(words("Use these columns"), disabled=not whole, key="use_columns", type="primary"):
        state.agree("columns_meant", said)
    return mapping if state.agreed("columns_meant") == said else None


def _meant(
    name: str, likely: str | None, free: Sequence[str], raw: RawTable, words: Words
) -> str | None:
    """Let the column of the file be chosen that a name of the model means."""
    return st.selectbox(
        escaped(name),
        free,
        index=free.index(likely) if likely else None,
        placeholder=words("Choose a column"),
        key=state.key(f"meant_{raw.fingerprint}_{name}"),
        width=320,
    )


def result(made: Placed, chosen: Chosen, words: Words) -> None:
    """Show where the new customers belong and whether they are like the old ones."""
    found, model = made.found, chosen.model
    views.finding(words("Where the new customers belong"), _headline(found, model, words))
    st.dataframe(_segments(found, model, words), hide_index=True)
    facts = words(
        "{n:count} of {n_all:count} are near a border: another segment suits them nearly as well.",
        n=found.n_near,
        n_all=len(found.rows),
    )
    st.caption(facts)
    views.notes(found.notes, words, nothing=words("Every answer was known and in range."))
    _downloads(made, chosen, words)
    changed = tuple(drift.name for drift in found.changed)
    n_known = sum(drift.psi is not None for drift in found.drifts)
    views.finding(words("Like the old customers?"), likeness(changed, n_known, words))
    st.caption(
        words(
            "Population stability index (PSI): 0 when the answers are spread as before. What "
            "chance gives on average is taken off; of the rest, 0.1 to 0.25 is some change and "
            "more is much (Siddiqi 2006), where chance gives it in fewer than 5% of such files."
        )
    )
    st.dataframe(_drifts(found, words), hide_index=True)


def _headline(found: Assignment, model: Model, words: Words) -> str:
    n = len(found.rows)
    largest = max(range(model.k), key=lambda s: found.counts[s])
    return words(
        "{n:count} of {n_all:count} new customers are in “{name}”",
        n=found.counts[largest],
        n_all=n,
        name=model.names[largest],
    )


def _segments(found: Assignment, model: Model, words: Words) -> list[dict[str, str]]:
    titles = words("Segment"), words("New customers"), words("Share"), words("Share before")
    n, old = max(sum(found.counts), 1), max(sum(model.sizes), 1)
    rows = [
        (name, words.count(new), words.percent(new / n), words.percent(size / old))
        for name, new, size in zip(model.names, found.counts, model.sizes, strict=True)
    ]
    if found.n_unassigned:
        rows.append((words("no segment"), words.count(found.n_unassigned), "", ""))
    return [dict(zip(titles, row, strict=True)) for row in rows]


def _drifts(found: Assignment, words: Words) -> list[dict[str, str]]:
    titles = (
        words("Variable"),
        words("PSI"),
        words("By chance"),
        words("Net"),
        words("What it says"),
    )
    order = sorted(found.drifts, key=lambda d: (bool(d.name), -(d.excess or 0.0)))
    rows: list[dict[str, str]] = []
    for drift in order:
        known = drift.psi is not None
        numbers = (drift.psi, drift.expected, drift.excess)
        cells = [words.number(x) if known and x is not None else "" for x in numbers]
        name = drift.name or words("Segments' shares")
        row = (name, *cells, words(VERDICTS[drift.verdict]))
        rows.append(dict(zip(titles, row, strict=True)))
    return rows


def _downloads(made: Placed, chosen: Chosen, words: Words) -> None:
    labels: Mapping[str, str] = {
        "csv": words("CSV for programs"),
        "excel": words("CSV for Excel"),
        "workbook": words("Workbook"),
    }
    with st.container(horizontal=True):
        for kind, (name, mime) in _FILES.items():
            st.download_button(
                labels[kind],
                partial(assigning_doors.file_of, made, chosen, kind),
                name,
                mime,
                key=f"download_new_{kind}",
                icon=":material/download:",
                on_click="ignore",
            )
