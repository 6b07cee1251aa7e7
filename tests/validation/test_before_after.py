import numpy as np
import pytest

from segmentation.errors import DegenerateSolution
from segmentation.extraction.sweep import quiet
from segmentation.validation import Prepared, effect, standings


def groups(n: int = 300, noise: int = 0) -> np.ndarray:
    """Three segments in two numbers, and one more number without any, written down often."""
    rng = np.random.default_rng(1)
    label = rng.integers(0, 3, n)
    apart = 4 * np.column_stack([np.cos(2.1 * label), np.sin(2.1 * label)])
    nothing = rng.uniform(-6, 6, n)
    columns = np.column_stack([apart + rng.normal(size=(n, 2)), *[nothing] * noise])
    return columns.astype(np.float32)


def test_a_preparation_that_hides_the_segments_is_less_stable_and_finds_others() -> None:
    clear, hidden = groups(), groups(noise=6)
    one, other = standings(
        [Prepared.of(clear, None), Prepared.of(hidden, None)], 3, seed=7, progress=quiet
    )
    found = effect(one, other)
    assert found.before > 0.9
    assert found.after < found.before
    assert found.same < 0.5


def test_the_same_preparation_has_no_effect_at_all() -> None:
    way = Prepared.of(groups(120), np.linspace(0.5, 1.5, 120))
    found = effect(*standings([way, way], 3, seed=7, progress=quiet))
    assert found.same == 1
    assert found.before == found.after


def test_no_more_than_two_thousand_customers_are_looked_at() -> None:
    way = Prepared.of(groups(2_500), np.ones(2_500))
    assert way.weights is not None
    assert len(way.values) == len(way.weights) == 2_000


def test_fewer_different_customers_than_segments_are_refused() -> None:
    same = np.repeat(groups(2), 20, axis=0)
    with pytest.raises(DegenerateSolution):
        standings([Prepared.of(same, None)], 3, seed=7, progress=quiet)
