"""How customers are put together from files, as decisions that can be saved and repeated.

Enters: decisions, or a document that TOML can say. Leaves: the other. Refuses a document with
unknown names or values, with the place that is wrong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from segmentation.intake import ReadOptions
from segmentation.intake.options import READING
from segmentation.intake.table import Source
from segmentation.transactions.joining import JoinOptions
from segmentation.transactions.lines import OrderOptions
from segmentation.transactions.roles import OrderColumns, OrderRole


@dataclass(frozen=True, slots=True)
class OrderPlan:
    """That the main file is a list of orders, and how it is summed up.

    Attributes
    ----------
    columns : OrderColumns or None
        As the user confirmed them; found out when None.
    options : OrderOptions
    """

    columns: OrderColumns | None = None
    options: OrderOptions = field(default_factory=OrderOptions)


@dataclass(frozen=True, slots=True)
class PartPlan:
    """That another file with the same columns is put under the first.

    Attributes
    ----------
    name : str
        The file, as the user knows it.
    fingerprint : str
        Of its content; blank when any content will do.
    reading : ReadOptions
        How it is read.
    """

    name: str
    fingerprint: str = ""
    reading: ReadOptions = field(default_factory=ReadOptions)


@dataclass(frozen=True, slots=True)
class JoinPlan:
    """That another file is joined, and by which ids.

    Attributes
    ----------
    name : str
        The other file, as the user knows it.
    fingerprint : str
        Of its content; blank when any content will do.
    id_name, other_id : str
        The columns that are compared, of the customers and of the other file.
    options : JoinOptions
    reading : ReadOptions
        How the other file is read.
    orders : OrderPlan or None
        How the other file is summed up by customer first, where it holds order lines.
    parts : tuple of PartPlan
        Files that are put under the other file first.
    """

    name: str
    fingerprint: str
    id_name: str
    other_id: str
    options: JoinOptions = field(default_factory=JoinOptions)
    reading: ReadOptions = field(default_factory=ReadOptions)
    orders: OrderPlan | None = None
    parts: tuple[PartPlan, ...] = ()

    @classmethod
    def by(cls, name: str, on: str) -> JoinPlan:
        """Join a file by one column, or by ``ours=theirs`` where its names differ.

        Examples
        --------
        >>> JoinPlan.by("stores.csv", "home_store=store_id").other_id
        'store_id'
        """
        id_name, _, other_id = on.partition("=")
        return cls(name, "", id_name.strip(), other_id.strip() or id_name.strip())


@dataclass(frozen=True, slots=True)
class Composition:
    """All steps from the files to one table of customers, in their order.

    Attributes
    ----------
    orders : OrderPlan or None
        None where the main file has customers already.
    joins : tuple of JoinPlan
    parts : tuple of PartPlan
        Files that are put under the main file before anything else.
    """

    orders: OrderPlan | None = None
    joins: tuple[JoinPlan, ...] = ()
    parts: tuple[PartPlan, ...] = ()

    def confirmed(self, source: Source) -> Composition:
        """Return the plan with the content of the main file's parts, as they were read."""
        found = {part.source.name: part.fingerprint for part in source.parts}
        parts = (replace(p, fingerprint=found.get(p.name, p.fingerprint)) for p in self.parts)
        return replace(self, parts=tuple(parts))

    @property
    def sums_orders(self) -> bool:
        """Whether any of the files holds order lines that are summed up."""
        return bool(self.orders) or any(joined.orders for joined in self.joins)

    def file_names(self) -> frozenset[str]:
        """Return the names of all files that are put under or beside the main one."""
        parts = (part.name for part in self.all_parts())
        return frozenset((*parts, *(joined.name for joined in self.joins)))

    def all_parts(self) -> tuple[PartPlan, ...]:
        """Return the parts of the main file and of the joined ones."""
        return (*self.parts, *(part for joined in self.joins for part in joined.parts))


def plan_out(plan: Composition) -> dict[str, Any]:
    """Return a composition as a document that TOML can say.

    Examples
    --------
    >>> plan_out(Composition(joins=(JoinPlan("places.csv", "", "store", "id"),)))
    {'joins': [{'name': 'places.csv', 'id': 'store', 'other_id': 'id'}]}
    """
    document: dict[str, Any] = {}
    if plan.parts:
        document["parts"] = [_part_out(part) for part in plan.parts]
    if plan.orders:
        document["orders"] = _order_out(plan.orders)
    if plan.joins:
        document["joins"] = [_join_out(joined) for joined in plan.joins]
    return document


def plan_in(document: Mapping[str, Any]) -> Composition:
    """Read a composition from what :func:`plan_out` wrote, perhaps edited by hand.

    Raises
    ------
    ValueError, TypeError
        When a name or a value is unknown or of another kind; the message says which.
    KeyError
        When a part is missing; its argument says which.
    """
    _refuse_others(document, {"orders", "joins", "parts"})
    orders = document.get("orders")
    return Composition(
        orders=None if orders is None else _order_in(orders),
        joins=tuple(_join_in(joined) for joined in document.get("joins", [])),
        parts=tuple(_part_in(part) for part in document.get("parts", [])),
    )


def _part_out(plan: PartPlan) -> dict[str, Any]:
    reading = {name: getattr(plan.reading, name) for name in READING}
    return _said({"name": plan.name, "fingerprint": plan.fingerprint, **reading})


def _part_in(document: Mapping[str, Any]) -> PartPlan:
    _refuse_others(document, {"name", "fingerprint", *READING})
    return PartPlan(
        name=_text(document, "name"),
        fingerprint=_text(document, "fingerprint") if "fingerprint" in document else "",
        reading=_reading_in(document),
    )


def _reading_in(document: Mapping[str, Any]) -> ReadOptions:
    return ReadOptions(**{name: _text(document, name) for name in READING if name in document})


def _order_out(plan: OrderPlan) -> dict[str, Any]:
    options = plan.options
    columns = plan.columns.assigned() if plan.columns else {}
    return _said(
        {
            "columns": {role.value: name for role, name in columns.items()},
            "as_of": options.as_of,
            "by_day": options.by_day,
            "day_first": options.day_first,
        }
    )


def _order_in(document: Mapping[str, Any]) -> OrderPlan:
    _refuse_others(document, {"columns", "as_of", "by_day", "day_first"})
    columns = document.get("columns")
    named = None
    if columns:
        _refuse_others(columns, {role.value for role in OrderRole})
        given: dict[str, Any] = {role: _text(columns, role) for role in {"customer", *columns}}
        named = OrderColumns(**given)
    as_of = document.get("as_of")
    if as_of is not None and type(as_of) is not dt.date:
        raise TypeError(f"as_of = {as_of!r}?")
    return OrderPlan(
        columns=named,
        options=OrderOptions(as_of, bool(_flag(document, "by_day")), _flag(document, "day_first")),
    )


def _join_out(plan: JoinPlan) -> dict[str, Any]:
    return _said(
        {
            "name": plan.name,
            "fingerprint": plan.fingerprint,
            "id": plan.id_name,
            "other_id": plan.other_id,
            "normalise": plan.options.normalise,
            "keep_first": plan.options.keep_first,
            "orders": plan.orders and (_order_out(plan.orders) or {"by_day": False}),
            **{name: getattr(plan.reading, name) for name in READING},
            "parts": [_part_out(part) for part in plan.parts],
        }
    )


def _join_in(document: Mapping[str, Any]) -> JoinPlan:
    flags = ("normalise", "keep_first")
    known = {"name", "fingerprint", "id", "other_id", "orders", "parts", *flags, *READING}
    _refuse_others(document, known)
    return JoinPlan(
        name=_text(document, "name"),
        fingerprint=_text(document, "fingerprint") if "fingerprint" in document else "",
        id_name=_text(document, "id"),
        other_id=_text(document, "other_id"),
        options=JoinOptions(*(bool(_flag(document, name)) for name in flags)),
        reading=_reading_in(document),
        orders=_order_in(document["orders"]) if "orders" in document else None,
        parts=tuple(_part_in(part) for part in document.get("parts", [])),
    )


def _said(document: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is as it would be anyway; ``day_first = false`` is an answer."""
    return {
        name: value
        for name, value in document.items()
        if value or (value is False and name == "day_first")
    }


def _refuse_others(document: object, known: set[str]) -> None:
    if not isinstance(document, Mapping):
        raise TypeError(f"{document!r}?")
    for name in document:
        if name not in known:
            raise ValueError(f"{name}?")


def _text(document: Mapping[str, Any], name: str) -> str:
    value = document[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} = {value!r}?")
    return value


def _flag(document: Mapping[str, Any], name: str) -> bool | None:
    value = document.get(name)
    if value is not None and not isinstance(value, bool):
        raise TypeError(f"{name} = {value!r}?")
    return value
