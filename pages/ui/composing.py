"""What the customers are made of: order lines summed up, other files joined.

Enters: a visit. Leaves: a changed composition, None where nothing changed. Refuses to put it into
effect: the page does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from pages.ui import compute, reading_views, state
from pages.ui.inputs import FILE_TYPES
from pages.ui.opening import Beside, look_at
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.intake import CustomerTable
from segmentation.transactions import (
    Composition,
    JoinOptions,
    JoinPlan,
    OrderColumns,
    OrderPlan,
    OrderRole,
    PartPlan,
    Upload,
    detect,
)
from segmentation.wording import Words
from segmentation.wording.terms import ORDER_ROLES


@dataclass(frozen=True, slots=True)
class Change:
    """Another composition, and the file it adds to those of the visit."""

    composition: Composition
    added: tuple[Upload, ...] = ()


_SHOWN = (
    OrderRole.CUSTOMER,
    OrderRole.DATE,
    OrderRole.AMOUNT,
    OrderRole.ORDER,
    OrderRole.QUANTITY,
    OrderRole.UNIT_PRICE,
    OrderRole.PRODUCT,
    OrderRole.CATEGORY,
    OrderRole.STATUS,
)


def orders(visit: Visit, table: CustomerTable, words: Words) -> Change | None:
    """Offer to sum order lines up by customer, or show how they were summed up."""
    plan = _plan(visit)
    if plan.orders is not None:
        return _summed(visit, plan, plan.orders, words)
    if plan.joins or visit.main is None:
        return None
    found = visit.memo.get(("orders", table.name), lambda: detect(table))
    if found is None:
        return None
    customers = table.column(found.customer).n_distinct
    text = words(
        "These look like order lines: {lines:count} lines of {customers:count} customers in "
        "“{name}”. Segments are of customers, so sum the lines up first.",
        lines=table.raw.n_rows,
        customers=customers,
        name=found.customer,
    )
    st.info(escaped(text), icon=":material/receipt_long:")
    if st.button(words("Make customers from the orders"), type="primary", key="sum_orders"):
        return Change(replace(plan, orders=OrderPlan()))
    return None


def _summed(visit: Visit, plan: Composition, made: OrderPlan, words: Words) -> Change | None:
    """Show what each column of the order lines was taken for; return it as corrected."""
    composed = visit.composed
    if composed is None or composed.columns is None:
        return None
    label = words("How the orders were summed up")
    with st.expander(label, icon=":material/receipt_long:"):
        columns = _roles(composed.columns, composed.names, words)
        as_of = st.date_input(
            words("As of"),
            made.options.as_of,
            key=state.key("as_of"),
            help=words("Days since an order are counted up to here; else to the last line's day."),
        )
        changed = replace(made, options=replace(made.options, as_of=as_of))
        if columns != composed.columns:
            changed = replace(changed, columns=columns)
        if st.button(words("Sum up again"), key="sum_again", disabled=changed == made):
            return Change(replace(plan, orders=changed))
        if st.button(words("Back to the order lines"), key="unsum_orders"):
            return Change(Composition())
    return None


def _roles(columns: OrderColumns, names: tuple[str, ...], words: Words) -> OrderColumns:
    cells = st.columns(3)
    for position, role in enumerate(_SHOWN):
        now = columns.of(role)
        with cells[position % 3]:
            chosen = st.selectbox(
                words(ORDER_ROLES[role]),
                names,
                names.index(now) if now in names else None,
                placeholder=words("none"),
                key=state.key(f"order_{role}"),
            )
        if chosen != now:
            columns = columns.with_role(role, chosen)
    return columns


def more_files(visit: Visit, words: Words) -> Change | None:
    """Offer to join another file; how well the joined ones match is said with the other notes."""
    if visit.main is None or visit.raw is None:
        return None
    plan = _plan(visit)
    label = words("Add another file: orders, places or a survey of the same customers")
    _files_waiting(visit, words)
    with st.expander(label, icon=":material/join:", expanded=bool(visit.waiting)):
        brought = _brought(visit, words)
        uploaded = st.file_uploader(
            words("The other file"), type=FILE_TYPES, key=state.key("beside")
        )
        if plan.joins and st.button(words("Without the joined files"), key="unjoin"):
            return Change(replace(plan, joins=()))
        added: tuple[Upload, ...] = ()
        if uploaded is not None:
            path = visit.folder / f"beside-{uploaded.file_id}"
            if not path.exists():
                path.write_bytes(uploaded.getbuffer())
            added = brought = (Upload(path, uploaded.name),)
        return _join_asked(visit, brought, added, words) if brought else None


def _join_asked(
    visit: Visit, brought: tuple[Upload, ...], added: tuple[Upload, ...], words: Words
) -> Change | None:
    """Look at the other table and ask by which columns it is joined."""
    plan, raw = _plan(visit), compute.raw_of(visit)
    name = words.listed(upload.name for upload in brought)
    key = ("beside", tuple(upload.path for upload in brought))
    looking = partial(look_at, visit, brought)
    beside = reading_views.looked_at(visit, key, looking, name, words)
    if beside is None:
        return None
    parts = tuple(PartPlan(upload.name) for upload in brought[1:])
    joining = replace(_joining(raw.names, brought[0].name, beside, words), parts=parts)
    if st.button(words("Join by these columns"), type="primary", key="join_files"):
        others = (join for join in plan.joins if join.name != joining.name)
        return Change(replace(plan, joins=(*others, joining)), added)
    return None


def _brought(visit: Visit, words: Words) -> tuple[Upload, ...]:
    """Return the files of one table that arrived with the main file and wait, as chosen."""
    waiting = visit.waiting
    if not waiting:
        return ()
    shown = [words.listed(names) for names in waiting]
    chosen = st.selectbox(words("Uploaded already"), shown, key=state.key("brought"))
    return tuple(visit.uploads[name] for name in waiting[shown.index(chosen)])


def _files_waiting(visit: Visit, words: Words) -> None:
    """Say which files arrived with the main one and are not joined yet."""
    if not visit.waiting:
        return
    text = words(
        "Not part of the table yet, because their columns are others: {names:list}. Say below by "
        "which column they are joined.",
        names=[name for names in visit.waiting for name in names],
    )
    st.info(escaped(text), icon=":material/join:")


def _joining(names: tuple[str, ...], file: str, beside: Beside, words: Words) -> JoinPlan:
    """Ask by which columns the files are joined; the same name in both is suggested."""
    theirs = (beside.orders.customer,) if beside.orders else beside.names
    lower = {name.casefold(): name for name in names}
    same = next((name for name in theirs if name.casefold() in lower), None)
    here, there = st.columns(2)
    id_name = here.selectbox(
        words("Column of the customers"),
        names,
        names.index(lower[same.casefold()]) if same else 0,
        key=f"join_here_{file}",
    )
    other_id = there.selectbox(
        words("Column of the other file"),
        theirs,
        theirs.index(same) if same else 0,
        key=f"join_there_{file}",
    )
    if beside.orders:
        st.caption(
            words("It holds order lines, which are summed up by customer before they are joined.")
        )
    loosely = st.checkbox(
        words("Zeros in front and upper or lower case make no difference"), key=f"join_loose_{file}"
    )
    first = st.checkbox(
        words("Where the other file has several rows, take the first"), key=f"join_first_{file}"
    )
    options = JoinOptions(normalise=loosely, keep_first=first)
    orders = OrderPlan() if beside.orders else None
    return JoinPlan(file, beside.fingerprint, id_name, other_id, options, orders=orders)


def _plan(visit: Visit) -> Composition:
    return visit.study.composition if visit.study else Composition()
