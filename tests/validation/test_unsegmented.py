"""Tables of one population keep what the variables have in common, and nothing else."""

import numpy as np

from segmentation.validation.unsegmented import unsegmented


def alone(n: int) -> list[tuple[int, ...]]:
    return [(j,) for j in range(n)]


def test_numbers_keep_their_means_and_covariance() -> None:
    rng = np.random.default_rng(1)
    mixing = rng.normal(size=(4, 4))
    rows = (rng.exponential(size=(3_000, 4)) @ mixing + 5).astype(np.float32)
    drawn = unsegmented(rows, alone(4))(np.random.default_rng(2))
    assert drawn.shape == rows.shape
    assert np.allclose(drawn.mean(axis=0), rows.mean(axis=0), atol=0.25)
    assert np.allclose(np.corrcoef(drawn.T), np.corrcoef(rows.T), atol=0.08)


def test_two_humps_become_one() -> None:
    rng = np.random.default_rng(3)
    rows = np.concatenate([rng.normal(-3, 0.3, 500), rng.normal(3, 0.3, 500)])
    drawn = unsegmented(rows[:, None].astype(np.float32), alone(1))(rng)
    assert (np.abs(rows) < 1).mean() == 0
    assert (np.abs(drawn) < 1).mean() > 0.15


def test_yes_no_items_keep_their_shares_and_their_dependence() -> None:
    rng = np.random.default_rng(4)
    trait = rng.normal(size=(6_000, 1))
    rows = (rng.random((6_000, 5)) < 1 / (1 + np.exp(-1.5 * trait - [-1, 0, 0, 1, 2]))).astype(
        np.float32
    )
    drawn = unsegmented(rows, alone(5))(rng)
    assert set(np.unique(drawn)) == {0.0, 1.0}
    assert np.allclose(drawn.mean(axis=0), rows.mean(axis=0), atol=0.03)
    assert np.allclose(np.corrcoef(drawn.T), np.corrcoef(rows.T), atol=0.06)


def test_a_category_keeps_its_levels_and_what_they_go_with() -> None:
    rng = np.random.default_rng(5)
    level = rng.integers(0, 3, 4_000)
    number = rng.normal(size=4_000) + np.array([2, 0, 1])[level]
    rows = np.column_stack([np.eye(3)[level], number]).astype(np.float32)
    drawn = unsegmented(rows, [(0, 1, 2), (3,)])(rng)
    assert (drawn[:, :3].sum(axis=1) == 1).all()
    assert np.allclose(drawn[:, :3].mean(axis=0), 1 / 3, atol=0.03)
    means = [drawn[drawn[:, j] == 1, 3].mean() for j in range(3)]
    assert means[0] > means[2] > means[1]


def test_constant_and_rare_answers_are_no_failure() -> None:
    rows = np.zeros((50, 3), dtype=np.float32)
    rows[0, 1], rows[:, 2] = 1, np.linspace(0, 1, 50)
    drawn = unsegmented(rows, alone(3))(np.random.default_rng(6))
    assert np.isfinite(drawn).all()
    assert (drawn[:, 0] == 0).all()
