from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from segmentation.extraction import ExtractionSpec, sweep
from segmentation.preparation import Recipe, prepare
from segmentation.preparation.collinear import groups, shared, stand_ins, weights
from segmentation.variables import Role
from tests.markets import Market, open_market


def one_hot(codes: np.ndarray) -> np.ndarray:
    return np.eye(int(codes.max()) + 1)[codes]


def test_two_numbers_share_their_squared_correlation_over_those_who_know_both() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=400)
    y = x + rng.normal(size=400)
    y[:100] = np.nan
    found = shared(np.column_stack([x, y]).astype(np.float32), [[0], [1]])
    assert found[0, 1] == pytest.approx(np.corrcoef(x[100:], y[100:])[0, 1] ** 2, abs=1e-6)
    assert found.diagonal().tolist() == [1, 1]


def test_a_category_shares_everything_with_its_own_translation_and_nothing_with_chance() -> None:
    rng = np.random.default_rng(2)
    codes, other = rng.integers(0, 4, 900), rng.integers(0, 3, 900)
    values = np.hstack([one_hot(codes), one_hot((codes + 1) % 4), one_hot(other)])
    found = shared(values.astype(np.float32), [range(4), range(4, 8), range(8, 11)])
    assert found[0, 1] == pytest.approx(1)
    assert found[0, 2] < 0.05


def test_copies_count_once_together_and_a_variable_of_its_own_counts_fully() -> None:
    same = np.eye(5)
    same[:4, :4] = 1
    assert weights(same).tolist() == [0.25, 0.25, 0.25, 0.25, 1]
    assert groups(same) == [[0, 1, 2, 3]]


def test_the_best_filled_one_stands_for_the_others() -> None:
    same = np.array([[1, 0.9, 0.1], [0.9, 1, 0.2], [0.1, 0.2, 1]])
    assert stand_ins(same, [0.5, 0.9, 0.7], at_least=2) == [1, 1, 2]
    assert stand_ins(same, [0.9, 0.5, 0.7], at_least=2) == [0, 0, 2]


def test_two_variables_are_left_however_alike_they_are() -> None:
    assert stand_ins(np.ones((2, 2)), [1.0, 1.0], at_least=2) == [0, 1]
    assert len(set(stand_ins(np.ones((4, 4)), [1.0] * 4, at_least=2))) == 2


@pytest.fixture(scope="module")
def repeated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Market, np.ndarray]:
    """Three segments in two numbers, and one number without any, written down six times."""
    rng = np.random.default_rng(4)
    group = rng.integers(0, 3, 500)
    noise = rng.uniform(0, 10, 500)
    columns = {
        "visits": 4.0 * np.cos(2.1 * group) + rng.normal(0, 0.9, 500),
        "basket": 4.0 * np.sin(2.1 * group) + rng.normal(0, 0.9, 500),
    }
    columns |= {f"noise {i}": noise + rng.normal(0, 0.2, 500) for i in range(6)}
    folder = tmp_path_factory.mktemp("repeated")
    return open_market(folder, pd.DataFrame(columns).round(3), rest=Role.BASIS), group


def agreement(repeated: tuple[Market, np.ndarray], recipe: Recipe) -> float:
    market, group = repeated
    matrix = prepare(market.table, market.variables, recipe)
    spec = ExtractionSpec(k_max=3, restarts=5)
    family = sweep(matrix.values, None, spec, n_learning=matrix.n_learning)
    return float(adjusted_rand_score(group[matrix.rows], family.solution(3).labels))


def test_a_repeated_noise_hides_the_segments_unless_it_counts_once(
    repeated: tuple[Market, np.ndarray],
) -> None:
    assert agreement(repeated, Recipe()) < 0.4
    assert agreement(repeated, Recipe(collinear="weigh")) > 0.8
    assert agreement(repeated, Recipe(collinear="one")) > 0.8


def test_what_counts_together_and_what_was_left_out_is_told(
    repeated: tuple[Market, np.ndarray],
) -> None:
    market, _ = repeated
    noise = tuple(f"noise {i}" for i in range(6))
    weighed = prepare(market.table, market.variables, Recipe(collinear="weigh"))
    assert [note.get("names") for note in weighed.notes] == [noise]
    one = prepare(market.table, market.variables, Recipe(collinear="one"))
    assert len(one.basis) == 3
    left_out = {note.get("name") for note in one.notes} & set(noise)
    assert len(left_out) == 5
    assert {note.get("kept") for note in one.notes} == set(one.basis) - {"visits", "basket"}


def test_a_variable_that_counts_twice_counts_like_two_copies(tmp_path: Path) -> None:
    rng = np.random.default_rng(6)
    frame = pd.DataFrame({"a": rng.normal(size=50), "b": rng.choice(["x", "y", "z"], 50)})
    market = open_market(tmp_path, frame, rest=Role.BASIS)
    plain = prepare(market.table, market.variables)
    twice = prepare(market.table, market.variables, Recipe(emphasis=(("b", 2.0), ("gone", 3.0))))
    factors = (twice.values**2).sum(axis=0) / (plain.values**2).sum(axis=0)
    assert factors[0] == 1
    assert factors[1:] == pytest.approx(2, abs=1e-5)
    assert [(n.code, n.get("name")) for n in twice.notes] == [("counts-more", "b")]
