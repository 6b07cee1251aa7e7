"""What a click on the map tells: who lives in one place, or what is known of one customer.

Enters: what the map shows, and what was clicked on. Leaves: nothing. Refuses personal data, and
numbers of fewer than five customers in a place.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.ui import compute, distance_doors
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.export import shown_id
from segmentation.geography import Areas, Cells, Points
from segmentation.geography.distances import distance_column, nearest_column
from segmentation.geography.hiding import hidden_cells
from segmentation.geography.one_customer import OneCustomer, one_customer
from segmentation.variables import Role
from segmentation.wording import Words


def customer(visit: Visit, shown: Points, clicked: int, names: Sequence[str], words: Words) -> None:
    """Show one customer: the segment, the nearest places, and what else is known."""
    table, variables = compute.customers(visit), compute.variables(visit)
    row = int(shown.row[clicked])
    found = one_customer(table, variables, row, shown_id(table, variables))
    segment = names[int(shown.segment[clicked])]
    title = words("Row {row:count} of the table: {segment}", row=found.row, segment=segment)
    with st.container(border=True):
        st.markdown(f"**{escaped(title)}**")
        if found.id is not None:
            st.caption(escaped(words("Customer {id}", id=found.id)))
        for line in _near(visit, found, words):
            st.markdown(escaped(line))
        st.dataframe(_rows(found, words), hide_index=True, height="auto")
        st.caption(words("Personal data, contacts, free text and the exact place are left out."))


def _near(visit: Visit, found: OneCustomer, words: Words) -> list[str]:
    """Say which place is the nearest, for each group of places."""
    table = compute.customers(visit)
    values = {variable.key: value for variable, value in found.values}
    lines = []
    for plan in distance_doors.plans(visit):
        km, nearest = distance_column(table, plan), nearest_column(table, plan)
        if km is None or nearest is None or not isinstance(values.get(km.key), int | float):
            continue
        lines.append(
            words(
                "Nearest of “{label}”: {place}, {km:number} km",
                label=plan.label,
                place=str(values.get(nearest.key)),
                km=round(float(str(values[km.key])), 1),
            )
        )
    return lines


def _rows(found: OneCustomer, words: Words) -> list[dict[str, str]]:
    """List what is known, first what forms the segments."""
    ordered = sorted(found.values, key=lambda told: told[0].role is not Role.BASIS)
    return [
        {words("Variable"): variable.name, words("Value"): _said(value, words)}
        for variable, value in ordered
    ]


def _said(value: object, words: Words) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return words("yes") if value else words("no")
    return words.number(value) if isinstance(value, int | float) else str(value)


def place(cells: Cells, clicked: int, names: Sequence[str], words: Words) -> None:
    """Show who is in one place: each segment's number, share and index; small numbers hidden."""
    counts, total = cells.counts[clicked], int(cells.n_customers[clicked])
    market = cells.mass.sum(axis=0) / max(float(cells.mass.sum()), 1e-300)
    share = cells.mass[clicked] / max(float(cells.mass[clicked].sum()), 1e-300)
    if isinstance(cells, Areas):
        title = cells.names[clicked]
    else:
        spot = f"{cells.latitude[clicked]:.2f}°, {cells.longitude[clicked]:.2f}°"
        title = words("Around {spot}", spot=spot)
    hidden = hidden_cells(counts[None, :], complete=False)[0]
    rows = [
        {
            words("Segment"): name,
            words("Customers"): None if hidden[s] else int(counts[s]),
            words("Share"): None if hidden[s] else 100 * float(share[s]),
            words("Index"): None
            if hidden[s] or market[s] == 0
            else 100 * float(share[s] / market[s]),
        }
        for s, name in enumerate(names)
    ]
    with st.container(border=True):
        st.markdown(
            "**" + escaped(words("{title}: {n:count} customers", title=title, n=total)) + "**"
        )
        formats = {
            words("Share"): st.column_config.NumberColumn(format="%.1f%%"),
            words("Index"): st.column_config.NumberColumn(format="%.0f"),
        }
        st.dataframe(rows, hide_index=True, column_config=formats)
        st.caption(
            words(
                "Empty cells: fewer than 5 customers, or they would tell those. Index: 100 is as "
                "everywhere on the map."
            )
        )
