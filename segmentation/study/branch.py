"""One extraction of a study: of the whole market, or of one segment split again.

Enters: decisions. Leaves: frozen ``Branch`` values that form a tree. Refuses to hold results:
names and notes are kept under the key of the solution they were given to, so they rest while
another solution is looked at and return with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from segmentation.extraction import SUGGESTED, ExtractionSpec
from segmentation.preparation import Recipe
from segmentation.study.personas import PersonaNotes
from segmentation.variables import VariableChoice


def solution_key(matrix_fingerprint: str, spec: ExtractionSpec, k: int) -> str:
    """Return the identity of a solution: the same data, preparation, method, seed and k.

    Examples
    --------
    >>> solution_key("abc", ExtractionSpec(), 4) == solution_key("abc", ExtractionSpec(), 4)
    True
    """
    parts = f"{matrix_fingerprint}|{spec.method}|{spec.seed}|{spec.restarts}|{k}"
    return hashlib.sha256(parts.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Branch:
    """Decisions about one extraction.

    Attributes
    ----------
    choices : mapping of str to VariableChoice
        Changes to the suggested variables, by column name.
    recipe : Recipe
        How the basis is prepared.
    extraction : ExtractionSpec
        How segments are found; a study that names no method leaves it to the data.
    k : int or None
        The user's number of segments; None follows the recommendation.
    names : mapping of str to tuple of str
        Segment names by solution key; a blank name keeps the default.
    splits : mapping of (str, int) to Branch
        Segments split again: by the solution's key and the segment.
    personas : mapping of str to tuple of PersonaNotes
        What the user wrote about each segment, by solution key.
    """

    choices: Mapping[str, VariableChoice] = field(default_factory=dict)
    recipe: Recipe = field(default_factory=Recipe)
    extraction: ExtractionSpec = field(default=ExtractionSpec(method=SUGGESTED))
    k: int | None = None
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    splits: Mapping[tuple[str, int], Branch] = field(default_factory=dict)
    personas: Mapping[str, tuple[PersonaNotes, ...]] = field(default_factory=dict)

    def with_choice(self, column: str, choice: VariableChoice) -> Branch:
        """Return the branch with one column decided."""
        return replace(self, choices={**self.choices, column: choice})

    def with_name(self, key: str, k: int, segment: int, name: str) -> Branch:
        """Return the branch with one segment of one solution named; blank restores the default."""
        names = list(self.names_of(key, k))
        names[segment] = " ".join(name.split())[:200]
        return replace(self, names={**self.names, key: tuple(names)})

    def names_of(self, key: str, k: int) -> tuple[str, ...]:
        """Return the names given to a solution, blank where none was given."""
        given = self.names.get(key, ())
        return tuple(given[s] if s < len(given) else "" for s in range(k))

    def with_persona(self, key: str, k: int, segment: int, notes: PersonaNotes) -> Branch:
        """Return the branch with what the user wrote about one segment of one solution."""
        personas = list(self.personas_of(key, k))
        personas[segment] = notes.tidied()
        return replace(self, personas={**self.personas, key: tuple(personas)})

    def personas_of(self, key: str, k: int) -> tuple[PersonaNotes, ...]:
        """Return the user's notes on the segments of a solution, blank where there are none."""
        kept = self.personas.get(key, ())
        return tuple(kept[s] if s < len(kept) else PersonaNotes() for s in range(k))

    def with_split(self, key: str, segment: int, branch: Branch) -> Branch:
        """Return the branch with one segment split again."""
        return replace(self, splits={**self.splits, (key, segment): branch})
