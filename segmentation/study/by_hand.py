"""What is decided by hand, to and from TOML: conditions, pinned segments, merged segments.

Enters: decisions, or what a study's file says. Leaves: the other. Refuses what is no decision, with
the place that is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from segmentation.intake import Condition, Operator
from segmentation.sizing.plan_toml import group_in, group_out
from segmentation.structure import Pair, Pin


def condition_out(condition: Condition) -> dict[str, Any]:
    """Write a condition of the population or of a rule."""
    return {
        "column": condition.column,
        "operator": condition.operator.value,
        "values": list(condition.values),
    }


def condition_in(place: str, document: object) -> Condition:
    """Read a condition; a number or a date may stand for its text."""
    if not isinstance(document, Mapping):
        raise TypeError(f"{place} = {document!r}?")
    for name in ("column", "operator", "values"):
        if name not in document:
            raise ValueError(f"{place}: {name}?")
    column, operator, values = (document[name] for name in ("column", "operator", "values"))
    if operator not in list(Operator):
        raise ValueError(f"{place}: operator = {operator!r}?")
    if not isinstance(column, str):
        raise TypeError(f"{place}: column = {column!r}?")
    if not isinstance(values, list) or any(isinstance(v, bool | list | dict) for v in values):
        raise TypeError(f"{place}: values = {values!r}?")
    condition = Condition(column, Operator(operator), tuple(map(str, values)))
    if condition.flaw:
        raise ValueError(f"{place}: {condition.flaw} = {document[condition.flaw]!r}?")
    return condition


def pins_out(pins: Sequence[Pin]) -> list[dict[str, Any]]:
    """Write the segments that rules make."""
    return [_pin_out(pin) for pin in pins]


def _pin_out(pin: Pin) -> dict[str, Any]:
    written: dict[str, Any] = {"name": pin.name}
    if pin.conditions or not pin.where.members:
        written["conditions"] = [condition_out(c) for c in pin.conditions]
    return written | ({"where": group_out(pin.where)} if pin.where.members else {})


def pins_in(documents: Sequence[Mapping[str, Any]]) -> tuple[Pin, ...]:
    """Read the segments that rules make; each has a name and at least one condition."""
    return tuple(_pin_in(f"pins {place}", each) for place, each in enumerate(documents, start=1))


def _pin_in(place: str, document: Mapping[str, Any]) -> Pin:
    name = text_or_none(place, document["name"])
    if not (name and name.strip()):
        raise ValueError(f"{place}: name = {name!r}?")
    where = group_in(f"{place}: where", document.get("where", {}))
    conditions = document.get("conditions", []) if where.members else document["conditions"]
    if not (conditions or where.members):
        raise ValueError(f"{place}: conditions = []?")
    if where.uses_segments:
        raise ValueError(f"{place}: where.solution?")
    return Pin(name, tuple(condition_in(place, condition) for condition in conditions), where)


def pairs_in(key: str, pairs: object) -> tuple[Pair, ...]:
    """Read merges: each a pair of segments, the smaller number first."""
    if not isinstance(pairs, list):
        raise TypeError(f"merges.{key} = {pairs!r}?")
    found = []
    for pair in pairs:
        if not (isinstance(pair, list) and [type(s) for s in pair] == [int, int]):
            raise TypeError(f"merges.{key} = {pair!r}?")
        first, second = pair
        if not 0 <= first < second:
            raise ValueError(f"merges.{key} = {pair!r}?")
        found.append((first, second))
    return tuple(found)


def text_or_none(key: str, text: object) -> str | None:
    """Read a text that need not be there."""
    if not isinstance(text, str | None):
        raise TypeError(f"{key} = {text!r}?")
    return text
