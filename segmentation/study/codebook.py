"""The codebook of a study as plain values for its file, and back without loss.

Enters: a codebook, or what a file says of one. Leaves: the other. Refuses what no codebook says,
with the place that is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from segmentation.intake.codebook import Codebook, Entry

_FIELDS = frozenset({"label", "values", "missing", "reversed"})


def codebook_out(codebook: Codebook) -> dict[str, Any]:
    """Write a codebook as plain values, by variable.

    Parameters
    ----------
    codebook : Codebook

    Returns
    -------
    dict
        Of each variable only what the codebook says: ``label``, ``values`` as pairs of code and
        label in their order, ``missing`` and ``reversed``.

    Examples
    --------
    >>> codebook_out({"sex": Entry("Sex", (("1", "Male"),))})
    {'sex': {'label': 'Sex', 'values': [['1', 'Male']]}}
    """
    return {name: _entry_out(entry) for name, entry in codebook.items()}


def codebook_in(document: Mapping[str, Any]) -> dict[str, Entry]:
    """Read a codebook from plain values.

    Parameters
    ----------
    document : mapping
        What :func:`codebook_out` wrote, perhaps edited by hand.

    Returns
    -------
    dict of str to Entry

    Raises
    ------
    ValueError, TypeError
        When it is none; the message says where.
    """
    return {name: _entry_in(name, said) for name, said in document.items()}


def _entry_out(entry: Entry) -> dict[str, Any]:
    said = {
        "label": entry.label,
        "values": [list(pair) for pair in entry.values],
        "missing": list(entry.missing),
        "reversed": entry.is_reversed,
    }
    return {name: value for name, value in said.items() if value}


def _entry_in(name: str, said: object) -> Entry:
    if not isinstance(said, Mapping):
        raise TypeError(f"codebook.{name} = {said!r}?")
    if unknown := said.keys() - _FIELDS:
        raise ValueError(f"codebook.{name}.{min(unknown)}?")
    label, is_reversed = said.get("label", ""), said.get("reversed", False)
    if not isinstance(label, str):
        raise TypeError(f"codebook.{name}.label = {label!r}?")
    if not isinstance(is_reversed, bool):
        raise TypeError(f"codebook.{name}.reversed = {is_reversed!r}?")
    values = said.get("values", [])
    if not isinstance(values, list):
        raise TypeError(f"codebook.{name}.values = {values!r}?")
    pairs = [_texts(f"codebook.{name}.values", pair) for pair in values]
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError(f"codebook.{name}.values = {values!r}?")
    missing = _texts(f"codebook.{name}.missing", said.get("missing", []))
    return Entry(label, tuple((code, text) for code, text in pairs), missing, is_reversed)


def _texts(place: str, texts: object) -> tuple[str, ...]:
    if not isinstance(texts, list) or any(not isinstance(text, str) for text in texts):
        raise TypeError(f"{place} = {texts!r}?")
    return tuple(texts)
