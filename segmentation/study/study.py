"""The study: every decision of an analyst about one file, and nothing else.

Enters: decisions. Leaves: a frozen ``Study``; every change returns a new one. Refuses to hold
results or customers. The single rule of invalidation: a decision applies while what it depends on
is unchanged; otherwise it is parked, never deleted, and comes back when the user goes back.
Decisions about columns are kept by column name and rest while a file lacks the column; names are
kept by solution (see ``branch``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from segmentation.criteria import CriteriaChoices, Thresholds
from segmentation.errors import StudyOfAnotherFile
from segmentation.geography.nearby import NearbyPlan
from segmentation.intake import Condition, Decision, Kind, RawTable, ReadOptions
from segmentation.intake.codebook import Codebook
from segmentation.sizing import MoneyPlan, SizingPlan
from segmentation.study.branch import Branch
from segmentation.transactions import Composition
from segmentation.whereabouts import PlaceReading

SCHEMA = 2


@dataclass(frozen=True, slots=True)
class StudySource:
    """The file a study was made from.

    Attributes
    ----------
    name : str
    fingerprint : str
        Of the content, whatever the order of rows and columns.
    n_rows : int
    options : ReadOptions
        How it was read.
    """

    name: str
    fingerprint: str
    n_rows: int
    options: ReadOptions = field(default_factory=ReadOptions)


@dataclass(frozen=True, slots=True)
class Study:
    """An analyst's decisions.

    Attributes
    ----------
    source : StudySource
        The file they are about.
    composition : Composition
        How the customers were put together from files: orders summed up, other files joined.
    id_name : str or None
        The column that names a customer.
    columns : mapping of str to Decision
        What the user decided about the values of a column, by its name.
    codebook : Codebook
        What an uploaded codebook says, by the names of its variables; what it says about columns
        that a file lacks rests.
    conditions : tuple of Condition
        The population filter.
    branch : Branch
        The extraction of the whole market, root of the tree.
    thresholds : mapping of str to float
        The user's thresholds of the checks.
    places : PlaceReading or None
        How places are read from columns; None where they are not.
    nearby : tuple of NearbyPlan
        Places of interest that distances are measured to; they rest without coordinates.
    sizing : SizingPlan
        What-ifs; conditions on columns that a file lacks, or on another solution's segments, rest.
    money : MoneyPlan
        Programs and what they cost and earn.
    criteria : CriteriaChoices
        What else the user decided about the scorecard.
    """

    source: StudySource
    id_name: str | None = None
    columns: Mapping[str, Decision] = field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    branch: Branch = field(default_factory=Branch)
    thresholds: Mapping[str, float] = field(default_factory=dict)
    composition: Composition = field(default_factory=Composition)
    codebook: Codebook = field(default_factory=dict)
    places: PlaceReading | None = None
    nearby: tuple[NearbyPlan, ...] = ()
    sizing: SizingPlan = field(default_factory=SizingPlan)
    money: MoneyPlan = field(default_factory=MoneyPlan)
    criteria: CriteriaChoices = field(default_factory=CriteriaChoices)

    @classmethod
    def of(cls, raw: RawTable, options: ReadOptions | None = None) -> Study:
        """Begin a study of a file."""
        source = StudySource(raw.source.name, raw.fingerprint, raw.n_rows, options or ReadOptions())
        return cls(source)

    def decisions_for(self, names: Iterable[str]) -> dict[str, Decision]:
        """Return the decisions about columns that exist; the others rest."""
        present = set(names)
        return {name: decided for name, decided in self.columns.items() if name in present}

    def conditions_for(self, names: Iterable[str]) -> tuple[Condition, ...]:
        """Return the conditions on columns that exist; the others rest."""
        present = set(names)
        return tuple(c for c in self.conditions if present.issuperset(c.columns))

    def id_for(self, names: Iterable[str]) -> str | None:
        """Return the id column where it exists."""
        return self.id_name if self.id_name in set(names) else None

    def places_for(self, names: Iterable[str]) -> PlaceReading | None:
        """Return how places are read where all columns for it exist; else it rests."""
        present = set(names)
        return self.places if self.places and present.issuperset(self.places.columns) else None

    def thresholds_in_force(self) -> Thresholds:
        """Return the thresholds, the user's own before the defaults."""
        return Thresholds.of(self.thresholds)

    def with_kind(self, column: str, kind: Kind) -> Study:
        """Return the study with one column's type corrected; what else was decided stays."""
        decided = self.columns.get(column, Decision())
        return self.with_decision(column, replace(decided, kind=kind))

    def with_decision(self, column: str, decision: Decision) -> Study:
        """Return the study with one column decided; a blank decision leaves it to the program."""
        columns = {name: decided for name, decided in self.columns.items() if name != column}
        if decision != Decision():
            columns[column] = decision
        return replace(self, columns=columns)

    def with_threshold(self, code: str, value: float) -> Study:
        """Return the study with one threshold changed."""
        return replace(self, thresholds={**self.thresholds, code: value})

    def moved_to(self, raw: RawTable, options: ReadOptions | None = None) -> Study:
        """Return the same decisions for another file."""
        return replace(self, source=Study.of(raw, options).source)

    def refuse_other_file(self, raw: RawTable) -> None:
        """Raise ``StudyOfAnotherFile`` unless the file has the content the study was made from."""
        if raw.fingerprint != self.source.fingerprint:
            raise StudyOfAnotherFile(
                name=self.source.name, expected_rows=self.source.n_rows, found_rows=raw.n_rows
            )
