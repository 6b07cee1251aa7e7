"""How often variables count, in a study's TOML: one factor a name.

Enters: a recipe's pairs, or a table of TOML. Leaves: the other. Refuses a factor that is no number
above 0: a variable that must not count has another role.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from segmentation.preparation import Recipe

Emphasis = tuple[tuple[str, float], ...]


def emphasis_out(emphasis: Emphasis) -> dict[str, Any]:
    """Return the table, nothing where every variable counts once.

    Examples
    --------
    >>> emphasis_out((("visits", 2.0),))
    {'emphasis': {'visits': 2.0}}
    """
    return {"emphasis": dict(emphasis)} if emphasis else {}


def emphasis_in(document: object) -> Emphasis:
    """Return the pairs of a table, sorted.

    Raises
    ------
    ValueError, TypeError
        When the document is no such table.

    Examples
    --------
    >>> emphasis_in({"visits": 2, "basket": 0.5})
    (('basket', 0.5), ('visits', 2.0))
    """
    if not isinstance(document, Mapping):
        raise TypeError(f"emphasis = {document!r}?")
    for name, factor in document.items():
        if type(factor) not in (int, float) or not (math.isfinite(factor) and factor > 0):
            raise ValueError(f"emphasis.{name} = {factor!r}?")
    pairs = {str(name): float(factor) for name, factor in document.items()}
    return Recipe().with_emphasis(pairs).emphasis
