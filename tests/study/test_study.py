"""The one rule: a decision rests while it does not apply, and is never deleted."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from segmentation.errors import StudyOfAnotherFile
from segmentation.extraction import ExtractionSpec
from segmentation.intake import Condition, Decision, Kind, Operator, ReadOptions, Style
from segmentation.preparation import Recipe
from segmentation.study import Branch, Study, StudySource, dump, load, solution_key
from segmentation.variables import Role, VariableChoice
from tests.markets import open_market

COLUMNS = ("age", "spend", "town")
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=8)


def fingerprint(study: Study) -> str:
    """Stand for the matrix: it depends on types, roles, population and recipe, and only on them."""
    branch = study.branch
    parts = (
        sorted((name, repr(d)) for name, d in study.columns.items()),
        study.conditions,
        branch.recipe,
    )
    return repr((*parts, sorted((n, c.role) for n, c in branch.choices.items())))


class Analyst(RuleBasedStateMachine):
    """Somebody who changes anything at any time, and saves and opens the study in between."""

    @initialize()
    def begin(self) -> None:
        self.study = Study(StudySource("a.csv", "f00", 100))
        self.given: dict[str, dict[int, str]] = {}
        self.kinds: dict[str, Kind] = {}
        self.roles: dict[str, Role] = {}
        self.splits: dict[tuple[str, int], Branch] = {}
        self.thresholds: dict[str, float] = {}

    @property
    def key(self) -> str:
        return solution_key(fingerprint(self.study), self.study.branch.extraction, self.k)

    @property
    def k(self) -> int:
        return self.study.branch.k or 3

    def change(self, **changes: object) -> None:
        self.study = replace(self.study, branch=replace(self.study.branch, **changes))

    @rule(k=st.none() | st.integers(2, 5))
    def choose_k(self, k: int | None) -> None:
        self.change(k=k)

    @rule(lump_share=st.sampled_from([0.05, 0.1]), missing=st.sampled_from(["partial", "mean"]))
    def change_the_recipe(self, lump_share: float, missing: str) -> None:
        self.change(recipe=Recipe(lump_share=lump_share, missing=missing))  # type: ignore[arg-type]

    @rule(seed=st.sampled_from([7, 8]), restarts=st.sampled_from([None, 20]))
    def change_the_extraction(self, seed: int, restarts: int | None) -> None:
        self.change(extraction=ExtractionSpec(seed=seed, restarts=restarts))

    @rule(k_max=st.integers(5, 12))
    def look_at_more_segments(self, k_max: int) -> None:
        before = self.key
        self.change(extraction=replace(self.study.branch.extraction, k_max=k_max))
        assert self.key == before, "a longer sweep holds the same solutions"

    @rule(column=st.sampled_from(COLUMNS), kind=st.sampled_from([Kind.NUMBER, Kind.TEXT]))
    def correct_a_type(self, column: str, kind: Kind) -> None:
        self.study = self.study.with_kind(column, kind)
        self.kinds[column] = kind

    @rule(column=st.sampled_from(COLUMNS), role=st.sampled_from([Role.BASIS, Role.DESCRIPTOR]))
    def give_a_role(self, column: str, role: Role) -> None:
        self.change(
            choices=self.study.branch.with_choice(column, VariableChoice(role=role)).choices
        )
        self.roles[column] = role

    @rule(value=st.none() | st.sampled_from(["Ulm", "Bonn"]))
    def filter_the_population(self, value: str | None) -> None:
        conditions = (Condition("town", Operator.IS, (value,)),) if value else ()
        self.study = replace(self.study, conditions=conditions)

    @rule(code=st.sampled_from(["size-n", "size-share"]), value=st.floats(0, 50))
    def set_a_threshold(self, code: str, value: float) -> None:
        self.study = self.study.with_threshold(code, value)
        self.thresholds[code] = value

    @rule(segment=st.integers(0, 4), name=TEXT)
    def name_a_segment(self, segment: int, name: str) -> None:
        segment %= self.k
        branch = self.study.branch.with_name(self.key, self.k, segment, name)
        self.study = replace(self.study, branch=branch)
        self.given.setdefault(self.key, {})[segment] = name

    @rule(segment=st.integers(0, 4))
    def split_a_segment(self, segment: int) -> None:
        part = Branch(k=2)
        branch = self.study.branch.with_split(self.key, segment % self.k, part)
        self.study = replace(self.study, branch=branch)
        self.splits[self.key, segment % self.k] = part

    @rule()
    def save_and_open(self) -> None:
        self.study = load(dump(self.study))

    @invariant()
    def the_solution_on_show_has_the_names_it_was_given(self) -> None:
        shown = self.study.branch.names_of(self.key, self.k)
        given = self.given.get(self.key, {})
        assert shown == tuple(given.get(segment, "") for segment in range(self.k))

    @invariant()
    def nothing_is_ever_deleted(self) -> None:
        branch = self.study.branch
        for key, names in self.given.items():
            for segment, name in names.items():
                assert branch.names[key][segment] == name
        assert {name: choice.role for name, choice in branch.choices.items()} == self.roles
        assert dict(branch.splits) == self.splits
        assert {name: d.kind for name, d in self.study.columns.items()} == self.kinds
        assert dict(self.study.thresholds) == self.thresholds


TestEveryDecisionReturnsWithWhatItDependsOn = Analyst.TestCase


def test_a_change_leaves_the_former_study_as_it_was() -> None:
    study = Study(StudySource("a.csv", "f00", 100))
    study.with_kind("age", Kind.TEXT)
    study.branch.with_name("k1", 3, 0, "Ann")
    assert study == Study(StudySource("a.csv", "f00", 100))


def test_names_are_tidied_and_a_blank_restores_the_default() -> None:
    named = Branch().with_name("k1", 3, 1, "  City \n folk ")
    assert named.names_of("k1", 3) == ("", "City folk", "")
    assert named.with_name("k1", 3, 1, " ").names_of("k1", 3) == ("", "", "")
    assert len(Branch().with_name("k1", 2, 0, "x" * 999).names_of("k1", 2)[0]) == 200


def test_a_solution_without_names_has_blank_ones() -> None:
    assert Branch().names_of("k1", 2) == ("", "")


@pytest.mark.parametrize(
    "other",
    [
        ("m2", ExtractionSpec(), 4),
        ("m1", ExtractionSpec(seed=8), 4),
        ("m1", ExtractionSpec(restarts=9), 4),
        ("m1", ExtractionSpec(), 5),
    ],
)
def test_whatever_makes_another_solution_makes_another_key(
    other: tuple[str, ExtractionSpec, int],
) -> None:
    assert solution_key(*other) != solution_key("m1", ExtractionSpec(), 4)


def test_decisions_about_absent_columns_rest() -> None:
    study = Study(
        StudySource("a.csv", "f00", 3),
        id_name="id",
        columns={"age": Decision(Kind.TEXT), "gone": Decision(Kind.DATE)},
        conditions=(Condition("gone", Operator.KNOWN), Condition("age", Operator.KNOWN)),
    )
    present = ["age", "town"]
    assert study.decisions_for(present) == {"age": Decision(Kind.TEXT)}
    assert study.conditions_for(present) == (Condition("age", Operator.KNOWN),)
    assert study.id_for(present) is None
    assert study.id_for(["id"]) == "id"
    assert study.columns["gone"] == Decision(Kind.DATE)


def test_a_kind_is_corrected_beside_what_else_was_decided_and_a_blank_decision_is_none() -> None:
    study = Study(StudySource("a.csv", "f00", 3))
    study = study.with_decision("age", Decision(style=Style.COMMA, missing=("?",)))
    study = study.with_kind("age", Kind.TEXT)
    assert study.columns["age"] == Decision(Kind.TEXT, Style.COMMA, ("?",))
    assert study.with_decision("age", Decision()).columns == {}


def test_own_thresholds_are_in_force() -> None:
    study = Study(StudySource("a.csv", "f00", 3)).with_threshold("size-n", 50)
    assert study.thresholds_in_force().value("size-n") == 50


def test_a_study_knows_its_file_by_the_content(tmp_path: Path) -> None:
    first = open_market(tmp_path, "a,b\n1,x\n2,y\n3,z\n")
    moved_rows = open_market(tmp_path, "a,b\n3,z\n1,x\n2,y\n")
    another = open_market(tmp_path, "a,b\n1,x\n2,y\n")
    study = Study.of(first.table.raw)
    study.refuse_other_file(moved_rows.table.raw)
    with pytest.raises(StudyOfAnotherFile) as refused:
        study.refuse_other_file(another.table.raw)
    assert refused.value.values == {"name": "customers.csv", "expected_rows": 3, "found_rows": 2}


def test_a_study_moves_to_another_file_with_its_decisions(tmp_path: Path) -> None:
    raw = open_market(tmp_path, "a,b\n1,x\n2,y\n").table.raw
    study = Study(StudySource("old.csv", "f00", 9)).with_kind("a", Kind.TEXT)
    moved = study.moved_to(raw, ReadOptions(delimiter=","))
    assert moved.source.fingerprint == raw.fingerprint
    assert moved.source.options.delimiter == ","
    assert moved.columns == study.columns
    moved.refuse_other_file(raw)
