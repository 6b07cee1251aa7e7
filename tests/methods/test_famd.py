"""Factors of mixed data, against the definition and against chance."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from segmentation.computations import ExtractionTask, extract, validate
from segmentation.extraction import ExtractionSpec
from segmentation.methods import Rows, famd
from segmentation.methods.describing import Search, described

RNG = np.random.default_rng(5)
TRUE = RNG.integers(0, 3, 400)
# Three numbers and two categories that tell the segments, and six numbers that tell nothing.
NUMBERS = np.column_stack([RNG.normal(size=(400, 3)) + np.eye(3)[TRUE] * 2.5])
NOISE = RNG.normal(size=(400, 6))
ANSWERS = [np.where(RNG.random(400) < 0.8, TRUE, RNG.integers(0, 3, 400)) for _ in range(2)]


def block(codes: np.ndarray) -> np.ndarray:
    """A category as preparation makes it: centred, with a total variance of one."""
    held = np.eye(codes.max() + 1)[codes]
    shares = held.mean(axis=0)
    return (held - shares) / np.sqrt((shares * (1 - shares)).sum())


VALUES = np.column_stack([NUMBERS, NOISE, *map(block, ANSWERS)])
VALUES = ((VALUES - VALUES.mean(axis=0)) / np.r_[VALUES[:, :9].std(axis=0), np.ones(6)]).astype(
    np.float32
)
GROUPS = (*((i,) for i in range(9)), (9, 10, 11), (12, 13, 14))
ROWS = Rows(VALUES, None, GROUPS, 400, "f")


def test_every_number_counts_one_and_every_category_its_levels_less_one() -> None:
    space, _ = famd.factors(VALUES, GROUPS, seed=1)
    everything = famd._principal(
        (VALUES - space.fills) * famd._weights(VALUES.astype(float), ~np.isnan(VALUES), GROUPS)
    )[0]
    assert everything.sum() == pytest.approx(9 + 2 + 2, rel=1e-4)


def test_factors_are_those_that_beat_chance() -> None:
    space, share = famd.factors(VALUES, GROUPS, seed=1)
    assert space.axes.shape == (15, 2)
    assert 0.2 < share < 0.6
    scores = space.of(VALUES)
    assert np.corrcoef(scores.T)[0, 1] == pytest.approx(0, abs=1e-4)


def test_noise_does_not_hide_the_segments() -> None:
    family = famd.solve(ROWS, ExtractionSpec("famd", k_max=4), lambda done, note: None)
    assert adjusted_rand_score(TRUE, family.solution(3).labels) > 0.85
    assert family.fitted(VALUES).shape == (400, 2)
    assert family.notes[0].get("n") == 2


def test_a_gap_counts_as_the_mean() -> None:
    gappy = VALUES.copy()
    gappy[3, 9:12] = np.nan
    space, _ = famd.factors(gappy, GROUPS, seed=1)
    filled = gappy.copy()
    filled[3, 9:12] = space.fills[9:12]
    assert np.allclose(space.of(gappy), space.of(filled))


def test_the_whole_way_is_judged_in_the_space_of_the_factors() -> None:
    spec = ExtractionSpec("famd", k_max=3)
    task = ExtractionTask(VALUES, None, spec, 400, False, GROUPS, "f")
    found = extract(task)
    assert found.silhouettes[3] > 0.4
    assert validate(task, found).stability.median(3) > 0.9


def test_a_solution_from_labels_is_numbered_by_size_and_leaves_out_who_belongs_nowhere() -> None:
    rows = Rows(np.array([[1.0], [2.0], [9.0], [np.nan], [4.0]], np.float32), None, ((0,),), 5)
    solution = described(rows, np.array([7, 7, 3, 7, -2], np.int16), Search())
    assert solution.labels.tolist() == [0, 0, 1, 0, -1]
    assert solution.centers.ravel().tolist() == [1.5, 9.0]
    assert (solution.sizes, solution.n_unassigned) == ((3, 1), 1)
    assert solution.inertia == pytest.approx(0.5)
