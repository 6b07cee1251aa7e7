"""What an order file says about the customer rather than the order: country, name, e-mail.

Enters: the lines of a :class:`Log`. Leaves: an engine table with the columns that do not vary
within a customer. Refuses a column that varies for more than a few.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from segmentation.intake import Column
from segmentation.notes import Note
from segmentation.transactions import cells
from segmentation.transactions.lines import BUYERS, Log
from segmentation.transactions.roles import OrderRole

CARRIED = "orders_carried"
# Up to this share of the customers with several lines may have changed: the last value counts.
CHANGED = 0.01
# Most columns of an order vary, which a few customers show; the bound is wider for them.
_TRIED_ON, _TRIED_CHANGED = 2_000, 0.03
_OF_LINES = tuple(role for role in OrderRole if role is not OrderRole.COUNTRY)


def carry(log: Log) -> tuple[tuple[tuple[str, str], ...], tuple[Note, ...]]:
    """Write what holds for the customer into :data:`CARRIED`.

    Parameters
    ----------
    log : Log

    Returns
    -------
    tuple of (name, SQL) pairs
        The columns, as text.
    tuple of Note
        Which ones they are, and where a value had changed.
    """
    roles = log.columns.assigned()
    spoken_for = {roles[role] for role in _OF_LINES if role in roles}
    candidates = [c for c in log.table.columns if c.name not in spoken_for and c.n_distinct]
    n_customers = log.session.rows(f"SELECT count(*) AS n FROM {BUYERS}")[0]["n"]
    step = n_customers // _TRIED_ON
    if step > 1:
        some = f"hash(customer) % {step} = 0"
        candidates = list(_steady(log, candidates, some, _TRIED_CHANGED))
    changed = _steady(log, candidates, "true", CHANGED)
    if not changed:
        return (), ()
    _write(log, changed)
    notes = [Note.of("carried-over", names=tuple(column.name for column in changed))]
    notes += [
        Note.of("carried-latest", n=n, name=column.name) for column, n in changed.items() if n
    ]
    return tuple((column.name, f"{CARRIED}.{column.key}") for column in changed), tuple(notes)


def _rows(log: Log, candidates: Iterable[Column], more: str = "") -> str:
    """Return SQL for the cells of the lines that name a customer."""
    names = (log.columns.customer, *(c.name for c in candidates))
    # What the customers keep stays a code: the codebook goes with it.
    coded = frozenset(log.table.raw.codebook)
    texts = ", ".join(
        f"{(cells.code if c.name in coded else cells.text)(log.table, c.name)} AS {c.key}"
        for c in candidates
    )
    customer = cells.text(log.table, log.columns.customer)
    return (
        f"(SELECT * FROM (SELECT {customer} AS customer, {texts}{more} "
        f"FROM {cells.source(log.table, names, coded=not coded.isdisjoint(names))}) "
        "WHERE customer IS NOT NULL)"
    )


def _steady(log: Log, candidates: Sequence[Column], among: str, most: float) -> dict[Column, int]:
    """Return the columns that hardly ever vary within a customer, and for how many they do.

    What is found of each customer stays in :data:`CARRIED`.
    """
    if not candidates:
        return {}
    each = ", ".join(
        f"max({c.key}) AS {c.key}, min({c.key}) < max({c.key}) AS varies_{c.key}, "
        f"count({c.key}) > 1 AS several_{c.key}"
        for c in candidates
    )
    log.session.create(
        CARRIED,
        f"SELECT customer, {each} FROM {_rows(log, candidates)} WHERE {among} GROUP BY customer",
    )
    facts = ", ".join(
        f"count(*) FILTER (varies_{c.key}) AS varying_{c.key}, "
        f"count(*) FILTER (several_{c.key}) AS several_{c.key}"
        for c in candidates
    )
    found = log.session.rows(f"SELECT {facts} FROM {CARRIED}")[0]
    return {
        column: int(found[f"varying_{column.key}"])
        for column in candidates
        if found[f"varying_{column.key}"] <= most * found[f"several_{column.key}"]
    }


def _write(log: Log, changed: dict[Column, int]) -> None:
    """Put codes in the place of customers, and the latest value where one has changed."""
    latest = [column for column, n in changed.items() if n]
    select = f"SELECT * FROM {CARRIED}"
    if latest:
        day = cells.day(log.table, log.columns.date, log.day_first)
        values = ", ".join(
            f"(max({{'day': day, 'cell': {c.key}}}) FILTER ({c.key} IS NOT NULL)).cell AS {c.key}"
            for c in latest
        )
        rows = _rows(log, latest, f", coalesce({day}, DATE '0001-01-01') AS day")
        until = f"WHERE day <= DATE '{log.as_of.isoformat()}'" if log.as_of else ""
        names = ", ".join(c.key for c in latest)
        select = (
            f"SELECT * FROM (SELECT * EXCLUDE ({names}) FROM {CARRIED}) "
            f"JOIN (SELECT customer, {values} FROM {rows} {until} GROUP BY customer) "
            "USING (customer)"
        )
    log.session.create(CARRIED, f"SELECT * FROM ({select}) JOIN {BUYERS} USING (customer)")
