"""New customers get the segments that they would have had."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from segmentation import workflow
from segmentation.arranging import arranged
from segmentation.assigning import (
    Shown,
    assign,
    customers_for,
    learned,
    read,
    remembering,
    renamed,
    written,
)
from segmentation.assigning.placing import BATCH_ROWS
from segmentation.errors import ColumnOfAnotherKind
from segmentation.extraction import ExtractionSpec
from segmentation.intake import Decision, Kind
from segmentation.study import Branch, Study
from segmentation.validation.borderline import borderline
from tests.assigning.conftest import WITHOUT_RULE, Solved, Solver, opened, sweep_of, write
from tests.warehouse.conftest import TYPES


def test_the_customers_of_the_model_get_the_segments_they_are_in(
    solved: Solved, request: pytest.FixtureRequest
) -> None:
    again = read(written(solved.model))
    found = assign(solved.table, again)
    there = solved.partition.at(found.rows)
    n_other = int((found.labels != there).sum())
    assert n_other == solved.model.check.n_other
    assert solved.model.check.n == len(found.rows)
    if not WITHOUT_RULE & set(request.node.callspec.params.values()):
        assert n_other == 0
        assert found.counts == solved.partition.sizes
    assert not found.changed


def test_shuffled_rows_and_columns_change_nobodys_segment(
    solved: Solved, rows: list[tuple[object, ...]], tmp_path: Path
) -> None:
    order = np.random.default_rng(2).permutation(len(rows))
    columns = np.random.default_rng(3).permutation(len(TYPES))
    names = tuple(list(TYPES)[c] for c in columns)
    moved = [tuple(rows[r][c] for c in columns) for r in order]
    raw = opened(tmp_path / "visit", write(tmp_path / "moved.csv", moved, names))
    model = solved.model
    found = assign(customers_for(model, renamed(raw, model, {})), model)
    before = assign(solved.table, model)
    assert (found.labels == before.labels[order]).all()
    assert found.confidence == pytest.approx(before.confidence[order], abs=1e-6)
    assert (found.near == before.near[order]).all()
    raw.session.close()


def test_one_customer_alone_is_placed_as_among_others(
    kmeans: Solved, rows: list[tuple[object, ...]], tmp_path: Path
) -> None:
    raw = opened(tmp_path / "visit", write(tmp_path / "one.csv", [rows[400]]))
    found = assign(customers_for(kmeans.model, renamed(raw, kmeans.model, {})), kmeans.model)
    assert found.labels.tolist() == assign(kmeans.table, kmeans.model).labels[400:401].tolist()
    assert {drift.verdict for drift in found.drifts} == {"unknown"}
    raw.session.close()


def test_batches_change_nothing(kmeans: Solved, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = assign(kmeans.table, kmeans.model)
    assert len(whole.rows) < BATCH_ROWS
    monkeypatch.setattr("segmentation.assigning.placing.BATCH_ROWS", 77)
    parts = assign(kmeans.table, kmeans.model)
    assert (parts.labels == whole.labels).all()
    assert parts.drifts == whole.drifts
    assert parts.notes == whole.notes


def test_who_is_near_a_border_is_who_the_borders_view_says(kmeans: Solved) -> None:
    found = assign(kmeans.table, kmeans.model)
    sweep = sweep_of(kmeans.table, kmeans.study)
    solution = sweep.extraction.family.solution(4)
    near = borderline(sweep.matrix.values, solution.labels, solution.centers)
    assert set(found.rows[found.near]) == set(sweep.matrix.rows[near.positions])
    assert found.near.any()
    assert found.confidence[found.near].max() <= 1 - 1 / 1.1 + 1e-6


def test_the_confidence_of_a_probability_is_the_membership(solver: Solver) -> None:
    solved = solver.of("latent")
    found = assign(solved.table, solved.model)
    sweep = sweep_of(solved.table, solved.study)
    likelihood = sweep.extraction.family.solution(3).likelihood
    assert likelihood is not None
    by_row = dict(zip(sweep.matrix.rows, likelihood.membership, strict=True))
    expected = [by_row[row] for row in found.rows]
    assert found.confidence == pytest.approx(expected, abs=1e-5)


def test_merged_segments_are_as_near_as_the_nearer_one(solver: Solver) -> None:
    solved = solver.of("by_hand")
    assert len(solved.model.whole.finals) == 6
    assert solved.model.whole.finals[0] == solved.model.whole.finals[2]
    assert [segment.number for segment in solved.model.segments][:2] == ["1a", "1b"]
    found = assign(solved.table, solved.model)
    rich = found.labels == solved.model.k - 2
    assert (found.confidence[rich] == 1).all()
    assert not found.near[rich].any()


def test_what_was_never_seen_is_counted(
    kmeans: Solved, rows: list[tuple[object, ...]], tmp_path: Path
) -> None:
    names = list(TYPES)
    strange = [list(row) for row in rows[100:200]]
    for row in strange[:30]:
        row[names.index("channel")] = "carrier pigeon"
    for row in strange[:20]:
        row[names.index("margin")] = "1e9"
    for row in strange[:60]:
        row[names.index("rating")] = None
    raw = opened(tmp_path / "visit", write(tmp_path / "new.csv", [tuple(r) for r in strange]))
    found = assign(customers_for(kmeans.model, renamed(raw, kmeans.model, {})), kmeans.model)
    told = {(note.code, note.get("name")): note.get("n") for note in found.notes}
    assert told["assigned-unknown", "channel"] == 30
    assert told["assigned-outside", "margin"] == 20
    assert told["assigned-missing", "rating"] >= 60
    assert "rating" in {drift.name for drift in found.changed}
    raw.session.close()


def test_who_is_outside_the_population_gets_no_segment(kmeans: Solved) -> None:
    model = kmeans.model
    only = replace(kmeans.table, n_customers=5)
    found = assign(only, model)
    assert found.notes[0].get("n") == kmeans.table.raw.n_rows - 5


def test_who_said_nothing_is_counted_and_placed_without_confidence(kmeans: Solved) -> None:
    found = assign(kmeans.table, kmeans.model)
    told = {note.code: note.get("n") for note in found.notes}
    silent = found.confidence == 0
    assert told["assigned-silent"] == silent.sum() >= 20  # of the first twenty nothing is known
    assert (found.labels[silent] == 0).all()
    assert not found.near[silent].any()


def test_text_where_the_model_has_numbers_is_refused(kmeans: Solved) -> None:
    question = replace(kmeans.model.whole.questions[0], kind=Kind.DATE)
    level = replace(kmeans.model.whole, questions=(question, *kmeans.model.whole.questions[1:]))
    with pytest.raises(ColumnOfAnotherKind):
        assign(kmeans.table, replace(kmeans.model, whole=level))


def test_an_answer_that_nobody_gives_any_more_is_a_no(tmp_path: Path) -> None:
    """A column of several answers is split by what the file holds; the model knows its own."""
    rng = np.random.default_rng(4)

    def some(n: int, letters: str) -> list[tuple[object, ...]]:
        chosen = [";".join(sorted(set(rng.choice(list(letters), 3)))) for _ in range(n)]
        return [(f"c{i}", i % 3 * 10 + rng.normal(), i % 2, c) for i, c in enumerate(chosen)]

    names = ("id", "x", "y", "brands")
    raw = opened(tmp_path / "old", write(tmp_path / "old.csv", some(120, "ABCD"), names))
    study = replace(Study.of(raw), id_name="id").with_decision("brands", Decision(items=";"))
    table = workflow.customers_of(raw, study)
    items = [column.name for column in table.columns if column.of]
    branch = Branch(extraction=ExtractionSpec("kmeans", k_max=2, restarts=2), k=2)
    branch = branch.with_basis(workflow.variables_of(table, study), ["x", *items])
    study, find = replace(study, branch=branch), remembering(sweep_of)
    shown = (table, study, arranged(table, study, find), ("a", "b"), ("a", "b"), find)
    model = learned(Shown(*shown, workflow.variables_of))
    assert model.needs == ("brands", "x")
    later = opened(tmp_path / "new", write(tmp_path / "new.csv", some(60, "ABC"), names))
    found = assign(customers_for(model, renamed(later, model, {})), model)
    assert found.n_unassigned == 0
    drifts = {drift.name: drift for drift in found.drifts}
    assert drifts["brands: D"].verdict == "much"
    assert drifts["x"].verdict == "noise"
    raw.session.close()
    later.session.close()
