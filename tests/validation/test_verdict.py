"""Found or made up: the verdict on markets whose answer is known."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from segmentation.extraction import ExtractionSpec, sweep
from segmentation.extraction.sweep import quiet
from segmentation.validation import GapTest, Structure, Trust, gap_test, silhouette, trust
from segmentation.validation.gate import Gate
from segmentation.validation.permuted import Permuted
from segmentation.validation.stability import Stability
from segmentation.validation.verdict import verdict

OPEN = Gate((5.0, 5.0, 5.0), 0.025, 39, 1000)
SHUT = Gate((0.5, 0.2, 0.1), 0.6, 39, 1000)
CLEAR = GapTest((0.1, 0.4, 0.9, 0.8), (0.01,) * 4, 1000, 20)
FLAT = GapTest((0.1, 0.08, 0.06, 0.05), (0.01,) * 4, 1000, 20)
WIDTHS = {2: 0.4, 3: 0.6, 4: 0.5}


def stable(medians: Mapping[int, float], weakest: float = 0.9) -> Stability:
    """Every pair agrees alike, and one segment comes back less well than the others."""
    return Stability(
        {k: np.full(10, m) for k, m in medians.items()},
        {k: np.tile([weakest, *[0.95] * (k - 1)], (10, 1)) for k in medians},
        1000,
        10,
    )


def chance(agreement: float, widths: float = 0.2) -> Permuted:
    return Permuted(dict.fromkeys(WIDTHS, (agreement,) * 5), dict.fromkeys(WIDTHS, (widths,) * 5))


def test_structure_and_stability_together_are_natural() -> None:
    found = verdict(OPEN, CLEAR, stable({2: 0.6, 3: 0.95, 4: 0.75}), WIDTHS, chance(0.3))
    assert list(found.by_k.values()) == [
        Structure.CONSTRUCTED,
        Structure.NATURAL,
        Structure.REPRODUCIBLE,
    ]
    assert (found.any_structure, found.none) == (True, False)


def test_parts_of_groups_are_not_natural_however_stable() -> None:
    found = verdict(OPEN, CLEAR, stable({3: 0.95, 4: 0.95}), WIDTHS, chance(0.3))
    assert CLEAR.supported == 3
    assert (found.by_k[3], found.by_k[4]) == (Structure.NATURAL, Structure.REPRODUCIBLE)


def test_one_segment_that_does_not_come_back_is_not_natural() -> None:
    found = verdict(OPEN, CLEAR, stable({3: 0.95}, weakest=0.6), WIDTHS, chance(0.3))
    assert found.by_k[3] is Structure.REPRODUCIBLE


@pytest.mark.parametrize(("gate", "gap"), [(SHUT, CLEAR), (OPEN, FLAT)])
def test_without_structure_nothing_is_natural(gate: Gate, gap: GapTest) -> None:
    found = verdict(gate, gap, stable({2: 0.9, 3: 0.95, 4: 0.9}), WIDTHS, chance(0.3))
    assert set(found.by_k.values()) == {Structure.REPRODUCIBLE}


def test_what_shuffled_copies_do_as_well_is_constructed_and_there_are_none() -> None:
    found = verdict(SHUT, FLAT, stable({2: 0.9, 3: 0.95, 4: 0.9}), WIDTHS, chance(0.93))
    assert set(found.by_k.values()) == {Structure.CONSTRUCTED}
    assert found.none


def test_two_segments_need_a_wider_silhouette_than_chance() -> None:
    found = verdict(OPEN, CLEAR, stable({2: 0.95, 3: 0.95}), WIDTHS, chance(0.3, widths=0.5))
    assert (found.by_k[2], found.by_k[3]) == (Structure.CONSTRUCTED, Structure.NATURAL)


def test_dependence_far_beyond_chance_is_constructed_but_not_nothing() -> None:
    found = verdict(SHUT, FLAT, stable({2: 0.6, 3: 0.65}), WIDTHS, chance(0.2))
    assert set(found.by_k.values()) == {Structure.CONSTRUCTED}
    assert not found.none


def judged(values: np.ndarray, *, k_max: int = 4) -> Trust:
    """Sweep and judge numbers as a study would, standardised and in random order."""
    rng = np.random.default_rng(0)
    standard = ((values - values.mean(axis=0)) / values.std(axis=0))[rng.permutation(len(values))]
    rows = standard.astype(np.float32)
    family = sweep(rows, None, ExtractionSpec(k_max=k_max), n_learning=len(rows))
    widths = {k: silhouette(rows, s.labels) for k, s in family.solutions.items()}
    gap = gap_test(rows, yes_no=False, k_max=k_max, seed=7, progress=quiet)
    groups = [(j,) for j in range(rows.shape[1])]
    return trust(rows, None, groups, family, (widths, gap), progress=quiet)


RNG = np.random.default_rng(11)
STRUCTURELESS = {
    "uniform square": RNG.random((400, 2)),
    "one normal": RNG.normal(size=(400, 2)),
    "lognormal beside normal": np.column_stack(
        [np.exp(RNG.normal(size=400)), RNG.normal(size=400)]
    ),
}


@pytest.mark.parametrize("name", STRUCTURELESS)
def test_cuts_through_one_population_are_constructed(name: str) -> None:
    found = judged(STRUCTURELESS[name]).verdict
    assert set(found.by_k.values()) == {Structure.CONSTRUCTED}


def test_three_separate_groups_are_natural() -> None:
    places = np.array([[0, 0], [6, 0], [3, 6]])
    values = np.concatenate([RNG.normal(size=(100, 2)) + place for place in places])
    found = judged(values)
    assert found.verdict.by_k[3] is Structure.NATURAL
    assert found.stability.median(3) > 0.99
    assert min(found.stability.segments(3)) > 0.99
    assert [step.next_k for step in found.steps] == [3, 4]


@pytest.mark.shared
def test_round_segments_of_a_spiral_are_not_natural(shared_data: Path) -> None:
    spiral = np.loadtxt(shared_data / "bench" / "spiral.csv", delimiter=",", skiprows=1)
    assert Structure.NATURAL not in judged(spiral[:, :2], k_max=5).verdict.by_k.values()
