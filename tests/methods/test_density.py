"""Dense groups of any shape, and the honest answer where there are none."""

from itertools import product

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from segmentation.computations import ExtractionTask, extract, validate
from segmentation.errors import NoDenseGroups
from segmentation.extraction import ExtractionSpec, SolutionFamily
from segmentation.extraction.points import collapse
from segmentation.extraction.sweep import quiet
from segmentation.methods import Resamples, Rows, density

RNG = np.random.default_rng(4)
RINGS = np.repeat([0, 1], 150)
ANGLES = RNG.random(300) * 2 * np.pi
# One ring inside another: no means tell them apart.
VALUES = (
    np.column_stack([np.cos(ANGLES), np.sin(ANGLES)]) * (1 + 3 * RINGS)[:, None]
    + RNG.normal(size=(300, 2)) * 0.1
).astype(np.float32)


def rows(values: np.ndarray, weights: np.ndarray | None = None) -> Rows:
    return Rows(values, weights, tuple((i,) for i in range(values.shape[1])), len(values))


def found(own: Rows) -> SolutionFamily:
    return density.solve(own, ExtractionSpec("density", k_max=6), quiet)


def test_rings_are_found_as_they_are() -> None:
    solution = found(rows(VALUES)).solution(2)
    inside = solution.labels >= 0
    assert adjusted_rand_score(RINGS[inside], solution.labels[inside]) == 1
    assert solution.n_unassigned < 60


def test_who_stands_between_belongs_to_none() -> None:
    lonely = np.array([[30.0, 30.0], [-30.0, 10.0]], np.float32)
    solution = found(rows(np.concatenate([VALUES, lonely]))).solution(2)
    assert solution.labels[-2:].tolist() == [-1, -1]


def test_one_crowd_has_no_groups() -> None:
    with pytest.raises(NoDenseGroups):
        found(rows(RNG.normal(size=(300, 5)).astype(np.float32)))


def test_the_few_rows_of_a_survey_are_not_a_segment_each() -> None:
    answers = np.array(list(product((0, 1), repeat=4)), np.float32)
    survey = answers[RNG.integers(0, 16, 600)]
    with pytest.raises(NoDenseGroups):
        found(rows(survey))


def test_equal_customers_count_once_and_that_is_said() -> None:
    once, twice = found(rows(VALUES)), found(rows(np.concatenate([VALUES, VALUES])))
    assert np.array_equal(twice.solution(2).labels[:300], once.solution(2).labels)
    assert once.notes == ()
    assert [(note.code, note.get("n")) for note in twice.notes] == [("equal-once", 300)]


def test_weights_do_not_form_segments_and_that_is_said() -> None:
    weighed = found(rows(VALUES, RNG.random(300) + 0.5))
    assert np.array_equal(
        weighed.solution(2).labels >= 0, found(rows(VALUES)).solution(2).labels >= 0
    )
    assert [note.code for note in weighed.notes] == ["method-without-weights"]


def test_a_customer_without_weight_forms_no_group_but_is_placed() -> None:
    weights = np.ones(300)
    weights[:5] = 0
    solution = found(rows(VALUES, weights)).solution(2)
    assert len(set(solution.labels[:5].tolist()) - {-1}) == 1


def test_customers_who_do_not_learn_go_with_the_nearest_who_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(density, "LEARNING_ROWS", 250)
    order = RNG.permutation(300)
    family = found(rows(VALUES[order]))
    labels = family.solution(2).labels
    inside = labels >= 0
    assert adjusted_rand_score(RINGS[order][inside], labels[inside]) == 1
    assert [(note.code, note.get("n")) for note in family.notes] == [("method-sampled", 250)]


def test_a_sample_takes_the_number_of_groups_nearest_to_the_one_asked_for() -> None:
    points = collapse(VALUES)
    samples = Resamples(points, ((0,), (1,)), np.ones((2, 300), np.float32))
    rng = np.random.default_rng(1)
    two, nine = (density.again(samples, k, restarts=1, rng=rng) for k in (2, 9))
    assert two.max() == 1
    assert nine.max() == max(density.dense_groups(points.filled)) - 1


def test_a_sample_without_dense_groups_puts_nobody_into_any() -> None:
    points = collapse(RNG.normal(size=(100, 5)).astype(np.float32))
    samples = Resamples(points, ((0,),), np.ones((1, 100), np.float32))
    assert (density.again(samples, 2, restarts=1, rng=np.random.default_rng(1)) == -1).all()


def test_the_whole_way_is_judged_where_only_some_numbers_have_a_solution() -> None:
    true = np.repeat([0, 1, 2], 60)
    values = (np.eye(3)[true] * 9 + RNG.normal(size=(180, 3))).astype(np.float32)
    spec = ExtractionSpec("density", k_max=4)
    task = ExtractionTask(values, None, spec, 180, False, ((0,), (1,), (2,)), "f")
    extraction = extract(task)
    assert 3 in extraction.family.solutions
    assert extraction.shown_k(9) == max(extraction.family.solutions)
    assert validate(task, extraction).stability.median(3) > 0.7
