"""The warehouse on the screen: choose a table, and see all of its customers by segment."""

from __future__ import annotations

import streamlit as st

from pages.ui import compute, warehouse
from pages.ui.boundary import boundary
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.intake.header import unique_names
from segmentation.preparation.transforms import OTHER
from segmentation.warehouse import Relation, WholeTable
from segmentation.wording import Words


def choose_table(visit: Visit, words: Words) -> Relation | None:
    """Offer the tables of the warehouse, where the server has one.

    Parameters
    ----------
    visit : Visit
    words : Words

    Returns
    -------
    Relation or None
        What is to be opened now.
    """
    if not warehouse.is_configured():
        return None
    with st.expander(words("A table of the warehouse"), icon=":material/database:"):
        st.markdown(
            words(
                "Up to 50,000 customers come here to find the segments; all others are counted "
                "where they are. The warehouse is only read."
            )
        )
        if not st.toggle(words("Show the tables"), key="warehouse_shown"):
            return None
        with boundary():
            offered = {relation.label: relation for relation in warehouse.tables(visit)}
            if not offered:
                st.info(words("There is no table that this server may read."))
                return None
            label = st.selectbox(
                words("Table or view"),
                list(offered),
                format_func=lambda name: _described(offered[name], words),
                key="warehouse_table",
            )
            chosen = offered[label]
            if st.toggle(
                words("Show some rows; they may hold personal data"), key="warehouse_rows"
            ):
                st.dataframe(warehouse.some_rows(visit, chosen), hide_index=True)
            if st.button(words("Open the table"), type="primary", key="warehouse_open"):
                return chosen
    return None


def _described(relation: Relation, words: Words) -> str:
    if relation.is_view:
        return words("{name} (view)", name=relation.label)
    if relation.estimated_rows is None:
        return words("{name} (rows not counted yet)", name=relation.label)
    return words("{name} (about {n:count} rows)", name=relation.label, n=relation.estimated_rows)


def all_customers(visit: Visit, names: tuple[str, ...], k: int, words: Words) -> None:
    """Offer to place all customers of the opened table where they are, and the SQL that does it."""
    opened = warehouse.opened_table(visit)
    if opened is None:
        return
    st.header(words("All customers of the warehouse"), anchor=False)
    st.markdown(
        words(
            "The segments were found on the customers here. The warehouse places each of its "
            "customers in the nearest one, by the same rules; only totals come back."
        )
    )
    with boundary():
        warehouse.refuse_changed(visit)
        asked = st.button(words("Count all customers by segment"), key="warehouse_count")
        if asked or warehouse.is_counted(visit, k):
            with st.spinner(words("The warehouse is counting")):
                whole = warehouse.everybody(visit, opened, k)
            placed = words.plural(
                "{n:count} customer was placed.",
                "{n:count} customers were placed.",
                whole.n_customers,
            )
            st.markdown(escaped(placed))
            st.dataframe(_rows(whole, names, words), hide_index=True)
        st.download_button(
            words("Download the SQL"),
            lambda: warehouse.sql(visit, opened, compute.shown_k(visit)).encode(),
            "segments.sql",
            "application/sql",
            key="download_sql",
            icon=":material/code:",
            on_click="ignore",
        )


def _rows(whole: WholeTable, names: tuple[str, ...], words: Words) -> list[dict[str, str]]:
    """One row a segment: its size, and the mean of every basis variable."""
    titles = [words("Segment"), words("Customers"), words("Share")]
    for feature in whole.features:
        level = words("other") if feature.level == OTHER else feature.level
        titles.append(feature.variable if level is None else f"{feature.variable}: {level}")
    titles = list(unique_names(titles)[0])
    rows = []
    for segment, name in enumerate(names):
        size, share = whole.sizes[segment], float(whole.shares[segment])
        means = [words.number(mean) for mean in whole.means[segment].tolist()]
        cells = [name, words.count(size), words.percent(share), *means]
        rows.append(dict(zip(titles, cells, strict=True)))
    return rows
