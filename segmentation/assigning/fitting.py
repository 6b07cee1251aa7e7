"""A new file read as the model's own: its columns by the model's names, its cells by their types.

Enters: a raw table, a model, names that differ. Leaves: typed customers. Refuses a file that lacks
a column of the model, and names that say two things.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from segmentation import workflow
from segmentation.assigning.model import Model
from segmentation.errors import BadMapping, ModelColumnsMissing, TurnedMapping
from segmentation.intake import CustomerTable, RawTable

_SIMILAR = 0.5


def missing_columns(model: Model, names: Iterable[str]) -> tuple[str, ...]:
    """Return the columns that the model needs and a file lacks."""
    present = set(names)
    return tuple(name for name in model.needs if name not in present)


def suggested(model: Model, names: Sequence[str]) -> dict[str, str]:
    """Suggest which column of a file is meant by each one that it lacks, by similar names.

    Parameters
    ----------
    model : Model
    names : sequence of str
        Of the file.

    Returns
    -------
    dict of str to str
        The file's name by the model's; what has no similar name is not in it.
    """
    lost = missing_columns(model, names)
    free = [name for name in names if name not in model.needs]
    pairs = sorted(
        ((_likeness(wanted, name), wanted, name) for wanted in lost for name in free), reverse=True
    )
    found: dict[str, str] = {}
    for likeness, wanted, name in pairs:
        if likeness >= _SIMILAR and wanted not in found and name not in found.values():
            found[wanted] = name
    return found


def _likeness(one: str, other: str) -> float:
    """How alike two names are, in [0, 1], whatever their case, blanks and marks."""
    first, second = ("".join(c for c in text.casefold() if c.isalnum()) for text in (one, other))
    return difflib.SequenceMatcher(None, first, second).ratio()


def renamed(raw: RawTable, model: Model, mapping: Mapping[str, str]) -> RawTable:
    """Return the file with the model's names.

    Parameters
    ----------
    raw : RawTable
    model : Model
    mapping : mapping of str to str
        The model's name by the file's.

    Returns
    -------
    RawTable

    Raises
    ------
    BadMapping
        When the file has no such column, the model needs none so called, or the file has one of
        that name already.
    TurnedMapping
        When the two are given the wrong way round.
    ModelColumnsMissing
        When a column is still missing.
    """
    for old, new in mapping.items():
        taken = new in raw.names and new not in mapping
        twice = list(mapping.values()).count(new) > 1
        if old not in raw.names or new not in model.needs or taken or twice:
            if new in raw.names and old in model.needs:
                raise TurnedMapping(old=old, new=new)
            raise BadMapping(old=old, new=new)
    names = tuple(mapping.get(name, name) for name in raw.names)
    if lost := missing_columns(model, names):
        near = suggested(model, names)
        free = [name for name in raw.names if name not in model.needs]
        pairs = tuple(f"{near[name]}={name}" for name in lost if name in near)
        pairs = pairs or tuple(f"{name}={lost[0]}" for name in free[:1]) or (f"…={lost[0]}",)
        raise ModelColumnsMissing(names=lost, nearest=pairs)
    return replace(raw, names=names)


def customers_for(model: Model, raw: RawTable) -> CustomerTable:
    """Type a new file as the model's customers were typed.

    Parameters
    ----------
    model : Model
    raw : RawTable
        With the model's names.

    Returns
    -------
    CustomerTable
        Its population: who meets the model's population filter.
    """
    return workflow.customers_of(raw, model.study)
