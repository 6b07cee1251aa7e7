"""The gate lets structure through and stops mere dependence."""

import numpy as np
import pytest

from segmentation.extraction.sweep import quiet
from segmentation.validation.gate import Gate, gate

RNG = np.random.default_rng(21)
LOADINGS = RNG.normal(size=(6, 2))
TRAIT = RNG.normal(size=(700, 1))
ONE_POPULATION = {
    "independent": RNG.normal(size=(700, 6)),
    "two factors": RNG.normal(size=(700, 2)) @ LOADINGS.T + RNG.normal(size=(700, 6)),
    "one strong factor": TRAIT * 1.5 + RNG.normal(size=(700, 6)) * 0.7,
    "heavy tails": RNG.standard_t(4, size=(700, 6)),
    "a latent trait behind yes and no": RNG.random((700, 10))
    < 1 / (1 + np.exp(-1.3 * TRAIT - RNG.normal(size=10))),
}


def judged(values: np.ndarray) -> Gate:
    standard = (values - values.mean(axis=0)) / values.std(axis=0)
    rows = (values if values.dtype == bool else standard).astype(np.float32)
    groups = [(j,) for j in range(rows.shape[1])]
    return gate(rows, groups, k_max=6, seed=3, progress=quiet)


@pytest.mark.parametrize("name", ONE_POPULATION)
def test_dependence_alone_is_no_structure(name: str) -> None:
    assert not judged(ONE_POPULATION[name]).passed


@pytest.mark.parametrize("k", [2, 3, 5])
def test_groups_are_structure(k: int) -> None:
    centers = RNG.normal(size=(k, 6)) * 3
    values = centers[RNG.integers(0, k, 700)] + RNG.normal(size=(700, 6))
    found = judged(values)
    assert found.passed
    assert found.p_value == 1 / 40
    assert len(found.advantages) == 5


def test_types_of_answers_are_structure() -> None:
    shares = np.where(RNG.random((4, 12)) < 0.5, 0.85, 0.15)
    answers = RNG.random((700, 12)) < shares[RNG.integers(0, 4, 700)]
    assert judged(answers).passed


def test_filled_gaps_are_no_structure() -> None:
    values = ONE_POPULATION["two factors"].copy()
    values[RNG.random(values.shape) < 0.2] = np.nan
    rows = ((values - np.nanmean(values, axis=0)) / np.nanstd(values, axis=0)).astype(np.float32)
    found = gate(rows, [(j,) for j in range(6)], k_max=6, seed=3, progress=quiet)
    assert not found.passed
