"""The words that a column's name is made of.

Enters: a column name. Leaves: its words, and which of a list it contains. Refuses to know what any
word means: the rooms above bring their own lists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")

_WORD = re.compile(r"[a-z]+|\d+[a-z]*|[^\W\d_a-z]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def words(name: str) -> frozenset[str]:
    """Split a column name into its words, lower case, with neighbours joined as well.

    Examples
    --------
    >>> sorted(words("emailOptIn"))
    ['email', 'emailopt', 'emailoptin', 'in', 'opt', 'optin']
    """
    parts = _WORD.findall(_CAMEL.sub(" ", name).lower())
    joined = {
        "".join(parts[i:j])
        for i in range(len(parts))
        for j in range(i + 1, min(i + 4, len(parts) + 1))
    }
    return frozenset(joined)


def spoken_for(name: str, listed: str) -> str | None:
    """Return the first listed word that the name contains, None where there is none."""
    own = words(name)
    for word in listed.split():
        if word in own or (not word.isascii() and word in name):
            return word
    return None


def first_match(name: str, lists: Mapping[Key, str]) -> tuple[Key, str] | None:
    """Return the first key one of whose words the name contains, and that word."""
    for key, listed in lists.items():
        if word := spoken_for(name, listed):
            return key, word
    return None
