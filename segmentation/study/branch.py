"""One extraction of a study: of the whole market, or of one segment split again.

Enters: decisions. Leaves: frozen ``Branch`` values that form a tree. Refuses to hold results:
names and notes are kept under the key of the solution they were given to, so they rest while
another solution is looked at and return with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from segmentation.criteria import SegmentPlan
from segmentation.extraction import SUGGESTED, ExtractionSpec
from segmentation.preparation import Recipe
from segmentation.structure import Pair, Partition, Pin, merged
from segmentation.study.personas import PersonaNotes
from segmentation.variables import Role, Variable, VariableChoice


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
    given : str or None
        The column whose values are the segments; None where they are to be found.
    pins : tuple of Pin
        Segments made by a rule; only the other customers are segmented.
    merges : mapping of str to tuple of (int, int)
        Segments taken together, step by step, by the key of the solution before the first step;
        each pair is numbered as the steps before it left the segments.
    plans : mapping of str to tuple of SegmentPlan
        What is planned for each segment, by solution key.
    """

    choices: Mapping[str, VariableChoice] = field(default_factory=dict)
    recipe: Recipe = field(default_factory=Recipe)
    extraction: ExtractionSpec = field(default=ExtractionSpec(method=SUGGESTED))
    k: int | None = None
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    splits: Mapping[tuple[str, int], Branch] = field(default_factory=dict)
    personas: Mapping[str, tuple[PersonaNotes, ...]] = field(default_factory=dict)
    plans: Mapping[str, tuple[SegmentPlan, ...]] = field(default_factory=dict)
    given: str | None = None
    pins: tuple[Pin, ...] = ()
    merges: Mapping[str, tuple[Pair, ...]] = field(default_factory=dict)

    @property
    def choices_in_force(self) -> dict[str, VariableChoice]:
        """The choices, with the column that gives the segments kept from forming any."""
        if self.given is None:
            return dict(self.choices)
        chosen = self.choices.get(self.given, VariableChoice())
        return {**self.choices, self.given: replace(chosen, role=Role.GIVEN_SEGMENT)}

    @property
    def decisions(self) -> Hashable:
        """All that the segments depend on, as a key; names and notes are no part of it."""
        return (
            (self.given, self.k, self.extraction, self.recipe, self.pins),
            tuple(sorted(self.choices.items())),
            tuple(sorted(self.merges.items())),
            tuple((where, self.splits[where].decisions) for where in sorted(self.splits)),
        )

    def with_choice(self, column: str, choice: VariableChoice) -> Branch:
        """Return the branch with one column decided."""
        return replace(self, choices={**self.choices, column: choice})

    def with_basis(self, variables: Iterable[Variable], basis: Collection[str]) -> Branch:
        """Return the branch with exactly these variables forming segments.

        Others that would form them describe them instead.
        """
        branch = self
        for variable in variables:
            if variable.name in basis and variable.role is not Role.BASIS:
                branch = branch.with_choice(variable.name, VariableChoice(role=Role.BASIS))
            elif variable.name not in basis and variable.role is Role.BASIS:
                branch = branch.with_choice(variable.name, VariableChoice(role=Role.DESCRIPTOR))
        return branch

    def part(self, variables: Iterable[Variable], basis: Collection[str], k: int | None) -> Branch:
        """Return how one segment is split: found in the same way, by variables of its own."""
        own = Branch(self.choices, self.recipe, self.extraction, k)
        return own.with_basis(variables, basis)

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

    def with_plans(self, key: str, plans: Sequence[SegmentPlan]) -> Branch:
        """Return the branch with what is planned for the segments of one solution."""
        return replace(self, plans={**self.plans, key: tuple(plan.tidied() for plan in plans)})

    def plans_of(self, key: str, k: int) -> tuple[SegmentPlan, ...]:
        """Return what is planned for the segments of a solution, blank where nothing is."""
        kept = self.plans.get(key, ())
        return tuple(kept[s] if s < len(kept) else SegmentPlan() for s in range(k))

    def with_split(self, key: str, segment: int, branch: Branch) -> Branch:
        """Return the branch with one segment split again."""
        return replace(self, splits={**self.splits, (key, segment): branch})

    def without_split(self, key: str, segment: int) -> Branch:
        """Return the branch with one segment whole again."""
        kept = {where: part for where, part in self.splits.items() if where != (key, segment)}
        return replace(self, splits=kept)

    def splits_of(self, key: str) -> dict[int, Branch]:
        """Return how the segments of one solution are split, by segment."""
        return {segment: part for (where, segment), part in self.splits.items() if where == key}

    def with_merge(self, base: Partition, now: Partition, pair: Pair) -> Branch:
        """Return the branch with two segments taken together; the others keep what is theirs.

        That is names, notes and plans.

        Parameters
        ----------
        base : Partition
            Before the first merge.
        now : Partition
            As the merges so far left it.
        pair : (int, int)
            Two segments of the latter.

        Returns
        -------
        Branch

        Raises
        ------
        BadMerge
            When the two cannot be merged.
        """
        after, (first, second) = merged(now, pair), sorted(pair)
        names, notes = list(self.names_of(now.key, now.k)), list(self.personas_of(now.key, now.k))
        plans = list(self.plans_of(now.key, now.k))
        both = (names[first], names[second])
        names[first] = " + ".join(both)[:200] if all(both) else ""
        notes[first], plans[first] = PersonaNotes(), SegmentPlan()
        del names[second], notes[second], plans[second]
        steps = (*self.merges.get(base.key, ()), (first, second))
        return replace(
            self,
            merges={**self.merges, base.key: steps},
            names={**self.names, after.key: tuple(names)},
            personas={**self.personas, after.key: tuple(notes)},
            plans={**self.plans, after.key: tuple(plans)},
        )

    def with_pin(self, pin: Pin) -> Branch:
        """Return the branch with a segment made by a rule, in place of one of the same name."""
        if pin.name not in [each.name for each in self.pins]:
            return replace(self, pins=(*self.pins, pin))
        return replace(self, pins=tuple(pin if p.name == pin.name else p for p in self.pins))

    def without_pin(self, name: str) -> Branch:
        """Return the branch without the rule of that name."""
        return replace(self, pins=tuple(pin for pin in self.pins if pin.name != name))

    def without_last_merge(self, key: str) -> Branch:
        """Return the branch with the last two segments that were merged apart again."""
        steps = self.merges.get(key, ())[:-1]
        others = {where: pairs for where, pairs in self.merges.items() if where != key}
        return replace(self, merges={**others, key: steps} if steps else others)
