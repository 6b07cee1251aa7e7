from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from sample_data.make import planted_matrix
from segmentation.extraction import ExtractionSpec, sweep
from segmentation.notes import Note
from segmentation.validation import GapTest, choose, gap_test, silhouette

Floats = npt.NDArray[np.float64]


def gap_of(values: Floats, *, yes_no: bool = False, k_max: int = 5, seed: int = 7) -> GapTest:
    spread = values if yes_no else (values - values.mean(axis=0)) / values.std(axis=0)
    return gap_test(
        spread.astype(np.float32), yes_no=yes_no, k_max=k_max, seed=seed, progress=lambda *_: None
    )


STRUCTURELESS: dict[str, Callable[[np.random.Generator], Floats]] = {
    "uniform square": lambda rng: rng.random((500, 2)),
    "one Gaussian": lambda rng: rng.normal(size=(500, 3)),
    "one stretched Gaussian": lambda rng: rng.normal(size=(600, 4)) @ rng.normal(size=(4, 4)),
    "lognormal by normal": lambda rng: np.c_[rng.lognormal(0, 1, 500), rng.normal(size=500)],
    "lognormal by normal, logged": lambda rng: np.c_[
        np.log1p(rng.lognormal(0, 1, 500)), rng.normal(size=500)
    ],
    "ratings": lambda rng: rng.integers(1, 6, (500, 6)).astype(float),
}


@pytest.mark.parametrize("kind", STRUCTURELESS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_data_without_segments_show_no_structure(kind: str, seed: int) -> None:
    values = STRUCTURELESS[kind](np.random.default_rng(seed))
    assert not gap_of(values).structure


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_independent_yes_no_answers_show_no_structure(seed: int) -> None:
    answers = np.random.default_rng(seed).random((600, 12)) < 0.4
    assert not gap_of(answers.astype(float), yes_no=True).structure


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("k", [2, 3, 5])
def test_planted_segments_show_structure(k: int, seed: int) -> None:
    found = gap_of(planted_matrix(300, k, seed)[0], k_max=7)
    assert found.structure
    assert found.strongest >= k


def test_planted_answer_patterns_show_structure() -> None:
    rng = np.random.default_rng(1)
    patterns = rng.random((3, 12)) < 0.5
    answers = patterns[rng.integers(0, 3, 500)] ^ (rng.random((500, 12)) < 0.08)
    assert gap_of(answers.astype(float), yes_no=True).structure


def test_three_blobs_are_three_segments_from_matrix_to_choice() -> None:
    values = planted_matrix(300, 3, 4)[0].astype(np.float32)
    family = sweep(values, None, ExtractionSpec(k_max=7), n_learning=300)
    widths = {k: silhouette(values, s.labels) for k, s in family.solutions.items()}
    smallest = {k: min(s.sizes) for k, s in family.solutions.items()}
    gap = gap_test(values, yes_no=False, k_max=7, seed=7, progress=lambda *_: None)
    assert choose(widths, smallest, 300, gap).recommended_k == 3


def test_the_gap_is_the_logarithm_of_dispersion_against_the_references() -> None:
    found = gap_of(np.random.default_rng(1).random((400, 2)), k_max=2)
    assert (found.n_rows, found.n_references) == (400, 20)
    # A uniform square is its own reference, but for the box drawn along its principal axes.
    assert found.gaps[0] == pytest.approx(np.log(2) - 0.05, abs=0.15)
    assert 0 < found.errors[0] < 0.1


def test_the_same_seed_gives_the_same_numbers_and_another_seed_others() -> None:
    values = planted_matrix(150, 3, 1)[0]
    assert gap_of(values) == gap_of(values)
    assert gap_of(values) != gap_of(values, seed=8)


@pytest.mark.parametrize("size", [1e-30, 1e30])
def test_the_size_of_the_numbers_makes_no_difference_to_the_gap(size: float) -> None:
    values = planted_matrix(120, 3, 1)[0].astype(np.float32)
    one, other = (
        gap_test(v, yes_no=False, k_max=4, seed=1, progress=lambda *_: None)
        for v in (values, (values * np.float32(size)).astype(np.float32))
    )
    assert one.gaps == pytest.approx(other.gaps, abs=0.02)


@pytest.mark.parametrize("yes_no", [True, False])
def test_filled_gaps_are_no_structure(yes_no: bool) -> None:
    rng = np.random.default_rng(2)
    values = rng.random((500, 5))
    values = (values < 0.5).astype(np.float32) if yes_no else values.astype(np.float32)
    values[rng.random(values.shape) < 0.3] = np.nan
    found = gap_test(values, yes_no=yes_no, k_max=5, seed=1, progress=lambda *_: None)
    assert not found.structure


def test_only_the_first_customers_are_compared() -> None:
    values = np.random.default_rng(1).normal(size=(2_300, 3))
    assert gap_of(values, k_max=2).n_rows == 2_000


def test_a_number_of_segments_that_no_data_can_fill_leaves_nothing_within() -> None:
    patterns = np.repeat(np.eye(3), 20, axis=0)
    found = gap_of(patterns, k_max=4)
    assert all(np.isfinite(found.gaps))
    assert found.strongest in (3, 4)


def test_progress_names_the_references() -> None:
    heard: list[tuple[float, Note | None]] = []
    gap_test(
        np.random.default_rng(1).normal(size=(50, 2)).astype(np.float32),
        yes_no=False,
        k_max=2,
        seed=1,
        progress=lambda done, note: heard.append((done, note)),
    )
    assert heard[0] == (0, Note.of("comparing-with-none", n=0, n_all=20))
    assert [done for done, _ in heard] == [b / 20 for b in range(20)]


def test_structure_is_an_advantage_of_two_standard_errors() -> None:
    errors = (0.03, 0.04, 0.04)
    assert not GapTest((1.0, 1.02, 1.099), errors, 100, 20).structure
    above = GapTest((1.0, 1.02, 1.101), errors, 100, 20)
    assert above.structure
    assert above.strongest == 3


def test_yes_and_no_that_count_twice_have_the_gaps_of_yes_and_no() -> None:
    items = (np.random.default_rng(4).random((200, 6)) < 0.4).astype(np.float64)
    plain, twice = (gap_of(values, yes_no=True, k_max=3) for values in (items, items * 2))
    assert twice.gaps == pytest.approx(plain.gaps, abs=1e-5)
