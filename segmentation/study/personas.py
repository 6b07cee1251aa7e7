"""What the user writes about the persona of a segment, beside what the data say.

Enters: the user's words. Leaves: frozen ``PersonaNotes``, as TOML and back. Refuses to write
anything itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

MOST_LETTERS = 1000


@dataclass(frozen=True, slots=True)
class PersonaNotes:
    """What the user knows or wants of a segment; blank where nothing was written.

    Attributes
    ----------
    goals, pains : str
        What they want to achieve, and what stands in their way.
    tone : str
        How to speak to them.
    to_say, not_to_say : str
        Messages that suit, and those that do not.
    """

    goals: str = ""
    pains: str = ""
    tone: str = ""
    to_say: str = ""
    not_to_say: str = ""

    def tidied(self) -> PersonaNotes:
        """Return the notes without blanks around them, each of at most 1,000 characters.

        Examples
        --------
        >>> PersonaNotes(goals=" save time ").tidied().goals
        'save time'
        """
        written = {name: text.strip()[:MOST_LETTERS] for name, text in self.written().items()}
        return PersonaNotes(**written)

    def written(self) -> dict[str, str]:
        """Return what is not blank, by the name of its field."""
        found = {field.name: str(getattr(self, field.name)) for field in fields(self)}
        return {name: text for name, text in found.items() if text}


def personas_out(
    personas: Mapping[str, Sequence[PersonaNotes]],
) -> dict[str, list[dict[str, str]]]:
    """Return the notes by solution as plain values for TOML."""
    return {key: [notes.written() for notes in each] for key, each in personas.items()}


def personas_in(document: Mapping[str, Any]) -> dict[str, tuple[PersonaNotes, ...]]:
    """Read the notes by solution.

    Raises
    ------
    ValueError, TypeError
        With the place, where there is something else than texts under the names of the fields.
    """
    found: dict[str, tuple[PersonaNotes, ...]] = {}
    for key, listed in document.items():
        if not isinstance(listed, list):
            raise TypeError(f"personas.{key} = {listed!r}?")
        found[key] = tuple(_notes(f"personas.{key}", each) for each in listed)
    return found


def _notes(place: str, document: object) -> PersonaNotes:
    if not isinstance(document, Mapping):
        raise TypeError(f"{place} = {document!r}?")
    known = {field.name for field in fields(PersonaNotes)}
    for name, text in document.items():
        if name not in known:
            raise ValueError(f"{place}.{name}?")
        if not isinstance(text, str):
            raise TypeError(f"{place}.{name} = {text!r}?")
    return PersonaNotes(**document)
