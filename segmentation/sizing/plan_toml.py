"""The decisions of sizing and money in a study's TOML.

Enters: the plans, or tables of TOML. Leaves: the other. Refuses anything that is no such table,
with the place that is wrong.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from segmentation.intake import Condition, Operator
from segmentation.intake.filters import ABOUT_ROWS
from segmentation.money import FIGURES, Program
from segmentation.sizing.filters import DEEPEST, Group, InSegments, Joined, Leaf
from segmentation.sizing.plan import MoneyPlan, SizingPlan, WhatIf
from segmentation.sizing.uncertain import Spread, Spreads


def sizing_out(plan: SizingPlan) -> dict[str, Any]:
    """Return the what-ifs as plain values; nothing where nothing was decided.

    Examples
    --------
    >>> sizing_out(SizingPlan())
    {}
    """
    document: dict[str, Any] = {
        "draft": group_out(plan.draft) if plan.draft != Group() else None,
        "kept": [{"name": w.name, "where": group_out(w.where)} for w in plan.kept] or None,
        "outcome": plan.outcome,
        "channel": plan.channel or None,
        "consent": plan.consent,
        "market": list(plan.market) if plan.market else None,
    }
    return {name: value for name, value in document.items() if value is not None}


def sizing_in(document: object) -> SizingPlan:
    """Read what :func:`sizing_out` wrote.

    Raises
    ------
    ValueError, TypeError
        With the place that is wrong.
    """
    table = _table("sizing", document, ("draft", "kept", "outcome", "channel", "consent", "market"))
    consent = table.get("consent")
    return SizingPlan(
        draft=group_in("sizing.draft", table.get("draft", {})),
        kept=tuple(_what_if(each) for each in _list("sizing.kept", table.get("kept", []))),
        outcome=None if (o := table.get("outcome")) is None else _text("sizing.outcome", o),
        channel=_text("sizing.channel", table.get("channel", "")),
        consent=None if consent is None else _number("sizing.consent", consent),
        market=_market(_list("sizing.market", table.get("market", []))),
    )


def _market(bounds: list[Any]) -> tuple[float, float] | None:
    if not bounds:
        return None
    if len(bounds) != 2:
        raise ValueError(f"sizing.market = {bounds!r}?")
    low, high = (_number("sizing.market", bound) for bound in bounds)
    if not 0 <= low <= high:
        raise ValueError(f"sizing.market = {bounds!r}?")
    return low, high


def _what_if(document: object) -> WhatIf:
    # Before rules of what-ifs were pins, a mark said so; it changed no segments and is passed over.
    table = _table("sizing.kept", document, ("name", "where", "rule"))
    name = _text("sizing.kept.name", table.get("name", ""))
    return WhatIf(name, group_in("sizing.kept.where", table.get("where", {})))


def group_out(group: Group) -> dict[str, Any]:
    """Return a filter as plain values."""
    return {"joined": group.joined.value, "members": [_member_out(m) for m in group.members]}


def _member_out(member: Leaf | Group) -> dict[str, Any]:
    if isinstance(member, Group):
        return group_out(member)
    if isinstance(member, InSegments):
        return {"solution": member.solution, "segments": list(member.segments)}
    return {
        "column": member.column,
        "operator": member.operator.value,
        "values": list(member.values),
    }


def group_in(place: str, document: object, depth: int = 1) -> Group:
    """Read a filter.

    Raises
    ------
    ValueError, TypeError
        With the place that is wrong, or where groups are nested too deeply.
    """
    table = _table(place, document, ("joined", "members"))
    if depth > DEEPEST:
        raise ValueError(f"{place} > {DEEPEST}?")
    joined = table.get("joined", Joined.ALL.value)
    if joined not in list(Joined):
        raise ValueError(f"{place}.joined = {joined!r}?")
    members = _list(f"{place}.members", table.get("members", []))
    return Group(Joined(joined), tuple(_member_in(place, each, depth) for each in members))


def _member_in(place: str, document: object, depth: int) -> Leaf | Group:
    if not isinstance(document, Mapping):
        raise TypeError(f"{place} = {document!r}?")
    if "column" in document:
        return _condition(place, document)
    if "solution" in document:
        table = _table(place, document, ("solution", "segments"))
        segments = _list(f"{place}.segments", table.get("segments", []))
        if any(type(segment) is not int or segment < 0 for segment in segments):
            raise ValueError(f"{place}.segments = {segments!r}?")
        return InSegments(_text(f"{place}.solution", table["solution"]), tuple(segments))
    return group_in(place, document, depth + 1)


def _condition(place: str, document: Mapping[str, Any]) -> Condition:
    table = _table(place, document, ("column", "operator", "values"))
    operator = table.get("operator")
    if operator not in list(Operator) or operator in ABOUT_ROWS:
        raise ValueError(f"{place}: operator = {operator!r}?")
    values = _list(f"{place}.values", table.get("values", []))
    if any(isinstance(value, bool | list | dict) for value in values):
        raise TypeError(f"{place}: values = {values!r}?")
    column = _text(f"{place}.column", table["column"])
    condition = Condition(column, Operator(operator), tuple(map(str, values)))
    if condition.flaw:
        raise ValueError(f"{place}: {condition.flaw} = {table.get(condition.flaw)!r}?")
    return condition


def money_out(plan: MoneyPlan) -> dict[str, Any]:
    """Return the figures as plain values; nothing where nothing was decided."""
    empty = MoneyPlan()
    document: dict[str, Any] = {
        "programs": [asdict(program) for program in plan.programs] or None,
        "currency": plan.currency or None,
        "months": plan.months if plan.months != empty.months else None,
        "budget": plan.budget,
        "spreads": _spreads_out(plan.spreads) or None,
        "own_spreads": {p: _spreads_out(own) for p, own in plan.own_spreads.items()} or None,
    }
    return {name: value for name, value in document.items() if value is not None}


def money_in(document: object) -> MoneyPlan:
    """Read what :func:`money_out` wrote; impossible figures are read and told about later.

    Raises
    ------
    ValueError, TypeError
        With the place that is wrong.
    """
    known = ("programs", "currency", "months", "budget", "spreads", "own_spreads")
    table = _table("money", document, known)
    own = table.get("own_spreads", {})
    if not isinstance(own, Mapping):
        raise TypeError(f"money.own_spreads = {own!r}?")
    budget = table.get("budget")
    months = _number("money.months", table.get("months", 12.0))
    if not months > 0:
        raise ValueError(f"money.months = {months!r}?")
    return MoneyPlan(
        programs=tuple(_program(p) for p in _list("money.programs", table.get("programs", []))),
        currency=_text("money.currency", table.get("currency", "")),
        months=months,
        budget=None if budget is None else _number("money.budget", budget),
        spreads=_spreads_in("money.spreads", table.get("spreads", {})),
        own_spreads={p: _spreads_in(f"money.own_spreads.{p}", each) for p, each in own.items()},
    )


def _program(document: object) -> Program:
    texts = ("name", "channel")
    names = tuple(field.name for field in fields(Program))
    table = _table("money.programs", document, names)
    read: dict[str, Any] = {
        name: _text(f"money.{name}", value) if name in texts else _number(f"money.{name}", value)
        for name, value in table.items()
    }
    return Program(**read)


def _spreads_out(spreads: Spreads) -> dict[str, Any]:
    return {figure: {"low": s.low, "high": s.high} for figure, s in spreads.items()}


def _spreads_in(place: str, document: object) -> dict[str, Spread]:
    figures = _table(place, document, FIGURES)
    return {figure: _spread(f"{place}.{figure}", each) for figure, each in figures.items()}


def _spread(place: str, document: object) -> Spread:
    table = _table(place, document, ("low", "high"))
    spread = Spread(**{name: _number(f"{place}.{name}", x) for name, x in table.items()})
    if not spread.is_sound:
        raise ValueError(f"{place} = {dict(table)!r}?")
    return spread


def _table(place: str, document: object, known: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(document, Mapping):
        raise TypeError(f"{place} = {document!r}?")
    if unknown := document.keys() - set(known):
        raise ValueError(f"{place}.{min(unknown)}?")
    return document


def _list(place: str, document: object) -> list[Any]:
    if not isinstance(document, list):
        raise TypeError(f"{place} = {document!r}?")
    return document


def _text(place: str, value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{place} = {value!r}?")
    return value


def _number(place: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{place} = {value!r}?")
    return float(value)
