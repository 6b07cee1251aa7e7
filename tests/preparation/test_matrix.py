from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.errors import ConstantVariable, NoBasis
from segmentation.intake import Condition, Operator
from segmentation.preparation import Recipe, prepare
from segmentation.preparation import matrix as module
from segmentation.variables import Role, Scale, resolve, suggest
from tests.markets import basis, open_market


def shoppers(n: int = 60, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "visits": rng.normal(20, 4, n).round(3),
            "basket": rng.normal(50, 9, n).round(3),
            "style": rng.choice(["plain", "bold", "retro"], n),
        }
    )


def test_every_variable_has_a_total_variance_of_one(tmp_path: Path) -> None:
    market = open_market(tmp_path, shoppers(), rest=Role.BASIS)
    matrix = prepare(market.table, market.variables)
    variances = pd.Series(matrix.values.var(axis=0)).groupby([f.variable for f in matrix.features])
    assert variances.sum().to_dict() == pytest.approx(
        {"visits": 1, "basket": 1, "style": 1}, abs=1e-3
    )
    assert matrix.basis == ("basket", "style", "visits")
    assert [f.level for f in matrix.features] == [None, "bold", "plain", "retro", None]
    assert not matrix.yes_no


def test_the_order_of_columns_in_the_file_makes_no_difference(tmp_path: Path) -> None:
    frame = shoppers()
    turned = frame[list(frame)[::-1]]
    first, second = (open_market(tmp_path, table, rest=Role.BASIS) for table in (frame, turned))
    one, other = (prepare(m.table, m.variables) for m in (first, second))
    assert one.fingerprint == other.fingerprint
    assert (one.rows == other.rows).all()


def test_the_order_of_rows_in_the_file_makes_no_difference(tmp_path: Path) -> None:
    frame = shoppers()
    shuffled = frame.sample(frac=1, random_state=3)
    first, second = (open_market(tmp_path, table, rest=Role.BASIS) for table in (frame, shuffled))
    one, other = (prepare(m.table, m.variables) for m in (first, second))
    assert one.fingerprint == other.fingerprint
    assert one.values.tobytes() == other.values.tobytes()
    assert (frame.index[one.rows] == shuffled.index[other.rows]).all()


def test_new_customers_become_features_as_old_ones_did(tmp_path: Path) -> None:
    frame = shoppers()
    market = open_market(tmp_path, frame, rest=Role.BASIS)
    matrix = prepare(market.table, market.variables)
    again = [
        transform.apply(frame[transform.variable].to_numpy()[matrix.rows])
        for transform in matrix.transforms
    ]
    assert np.concatenate(again, axis=1) == pytest.approx(matrix.values, abs=1e-6)


def test_survey_weights_have_a_mean_of_one_and_none_is_negative(tmp_path: Path) -> None:
    frame = shoppers(6).assign(heaviness=["2", "4", "", "-3", "6", "0"])
    market = open_market(tmp_path, frame, {"heaviness": Role.WEIGHT}, rest=Role.BASIS)
    matrix = prepare(market.table, market.variables)
    assert matrix.weights is not None
    assert matrix.weights.mean() == pytest.approx(1)
    by_row = dict(zip(matrix.rows.tolist(), matrix.weights.tolist(), strict=True))
    assert [by_row[row] for row in range(6)] == pytest.approx([1, 2, 0, 0, 3, 0])


@pytest.mark.parametrize("heaviness", [["a", "b", "c", "a", "b", "c"], [0, 0, 0, -1, -2, -2]])
def test_a_weight_that_cannot_weigh_counts_everybody_once(
    tmp_path: Path, heaviness: list[object]
) -> None:
    frame = shoppers(6).assign(heaviness=heaviness)
    market = open_market(tmp_path, frame, {"heaviness": Role.WEIGHT}, rest=Role.BASIS)
    assert prepare(market.table, market.variables).weights is None


def battery(n: int = 40, low: int = 0, high: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(5)
    items = rng.integers(low, high + 1, (n, 4))
    items[0], items[1] = low, high
    return pd.DataFrame(items, columns=["item 1", "item 2", "item 3", "item 4"])


def test_a_battery_of_yes_and_no_is_left_as_it_is(tmp_path: Path) -> None:
    market = open_market(tmp_path, battery(), rest=Role.BASIS)
    matrix = prepare(market.table, market.variables)
    assert matrix.yes_no
    assert sorted(np.unique(matrix.values)) == [0, 1]
    assert "battery-as-is" in {note.code for note in matrix.notes}


def test_a_battery_of_ratings_is_left_as_it_is_and_is_no_yes_no(tmp_path: Path) -> None:
    market = open_market(tmp_path, battery(low=1, high=5), rest=Role.BASIS)
    matrix = prepare(market.table, market.variables)
    assert not matrix.yes_no
    assert sorted(np.unique(matrix.values)) == [1, 2, 3, 4, 5]


def test_the_recipe_can_ask_for_a_scaled_battery(tmp_path: Path) -> None:
    market = open_market(tmp_path, battery(), rest=Role.BASIS)
    matrix = prepare(market.table, market.variables, Recipe(battery_as_is=False))
    assert not matrix.yes_no
    assert matrix.values.var(axis=0) == pytest.approx(1, abs=1e-4)


def test_numbers_said_to_be_yes_no_but_coded_otherwise_are_brought_to_one_scale(
    tmp_path: Path,
) -> None:
    frame = battery() * [1, 1, 100, 1] + [0, 1, 0, 0]
    roles = {name: basis(Scale.BINARY) for name in frame}
    market = open_market(tmp_path, frame, roles)
    matrix = prepare(market.table, market.variables)
    assert not matrix.yes_no
    assert matrix.values.var(axis=0) == pytest.approx(1, abs=1e-4)


def test_gaps_stay_open_unless_the_recipe_fills_them_with_the_mean(tmp_path: Path) -> None:
    frame = shoppers()
    frame.loc[3, "visits"] = np.nan
    frame.loc[4, ["visits", "basket"]] = np.nan
    market = open_market(tmp_path, frame, {"style": Role.IGNORE}, rest=Role.BASIS)
    partial = prepare(market.table, market.variables)
    assert np.isnan(partial.values).sum() == 3
    told = {note.code: note.get("n") for note in partial.notes}
    assert told == {"gaps-partial": 2, "customers-without-basis": 1}
    filled = prepare(market.table, market.variables, Recipe(missing="mean"))
    assert filled.values[np.isnan(partial.values)] == pytest.approx(0, abs=1e-6)
    assert filled.notes == ()


def test_what_was_done_to_a_variable_is_told_with_counts(tmp_path: Path) -> None:
    frame = shoppers(100)
    frame["spend"] = np.random.default_rng(2).lognormal(3, 1.3, 100).round(2)
    frame.loc[0, "visits"] = 9_999
    frame.loc[:2, "style"] = "rare"
    frame["same"] = 7
    roles = dict.fromkeys(frame, Role.BASIS)
    market = open_market(tmp_path, frame, roles)
    matrix = prepare(market.table, market.variables)
    told = {(note.code, note.get("name")): dict(note.values) for note in matrix.notes}
    assert ("log-taken", "spend") in told
    assert told["levels-lumped", "style"]["share"] == 0.03
    assert ("basis-constant", "same") in told
    assert "same" not in matrix.basis
    assert all(name != "basket" for _, name in told)


def test_an_outlier_moved_to_the_fence_is_counted(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": [*range(-50, 50), 900, -900], "b": [*range(100), 7, 8]})
    market = open_market(tmp_path, frame, rest=Role.BASIS)
    fenced = [n for n in prepare(market.table, market.variables).notes if n.get("name") == "a"]
    assert [(note.code, note.get("n")) for note in fenced] == [("outliers-fenced", 2)]


def test_dates_can_form_segments_as_days(tmp_path: Path) -> None:
    frame = shoppers().assign(joined=pd.date_range("2024-01-01", periods=60).astype(str))
    roles = {"visits": Role.BASIS, "joined": basis(Scale.METRIC)}
    market = open_market(tmp_path, frame, roles, rest=Role.IGNORE)
    matrix = prepare(market.table, market.variables)
    joined = matrix.values[np.argsort(matrix.rows), matrix.basis.index("joined")]
    assert np.diff(joined) == pytest.approx(joined[1] - joined[0], abs=1e-4)


def test_only_the_population_is_prepared(tmp_path: Path) -> None:
    condition = Condition("style", Operator.IS, ("bold",))
    frame = shoppers()
    roles = {"visits": Role.BASIS, "basket": Role.BASIS}
    market = open_market(tmp_path, frame, roles, rest=Role.IGNORE, conditions=[condition])
    matrix = prepare(market.table, market.variables)
    assert sorted(matrix.rows) == frame.index[frame["style"] == "bold"].tolist()


@pytest.mark.parametrize("n_basis", [0, 1])
def test_fewer_than_two_basis_variables_are_no_basis(tmp_path: Path, n_basis: int) -> None:
    roles = dict.fromkeys(list(shoppers())[:n_basis], Role.BASIS)
    market = open_market(tmp_path, shoppers(), roles, rest=Role.DESCRIPTOR)
    with pytest.raises(NoBasis) as refused:
        prepare(market.table, market.variables)
    assert refused.value.values == {"n_usable": n_basis}


def test_one_variable_that_varies_is_no_basis(tmp_path: Path) -> None:
    frame = shoppers().assign(basket=1, style="same")
    market = open_market(tmp_path, frame, dict.fromkeys(frame, Role.BASIS))
    with pytest.raises(NoBasis) as refused:
        prepare(market.table, market.variables)
    assert refused.value.values == {"n_usable": 1}


def test_a_basis_without_any_variation_is_refused_by_name(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": [3] * 12, "b": [4] * 12})
    market = open_market(tmp_path, frame, dict.fromkeys(frame, Role.BASIS))
    with pytest.raises(ConstantVariable) as refused:
        prepare(market.table, market.variables)
    assert refused.value.values == {"name": "a"}


def test_a_large_table_learns_on_the_customers_with_the_smallest_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ALL_ROWS_UP_TO", 50)
    monkeypatch.setattr(module, "SAMPLE_ROWS", 20)
    market = open_market(tmp_path, shoppers(), rest=Role.BASIS)
    matrix = prepare(market.table, market.variables)
    assert matrix.n_learning == 20
    assert matrix.n_customers == 60
    assert matrix.values[:20, 0].mean() == pytest.approx(0, abs=1e-5)
    assert abs(matrix.values[:, 0].mean()) > 1e-4


def ranked_people() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "age": ["18-25", "26-40", "41-65", "66+", "", "unknown"] * 8,
            "spend": range(48),
        }
    )


def test_levels_in_an_order_become_ranks_and_gaps_stay_gaps(tmp_path: Path) -> None:
    market = open_market(tmp_path, ranked_people(), rest=Role.BASIS)
    matrix = prepare(market.table, market.variables)
    assert [(f.variable, f.level) for f in matrix.features] == [("age", None), ("spend", None)]
    by_level: dict[str, set[float]] = {}
    for row, (value, _) in zip(matrix.rows, matrix.values.tolist(), strict=True):
        by_level.setdefault(ranked_people()["age"][row], set()).add(value)
    assert np.isnan(list(by_level.pop("")) + list(by_level.pop("unknown"))).all()
    steps = np.diff([by_level[level].pop() for level in sorted(by_level)])
    assert steps == pytest.approx([steps[0]] * 3)
    assert steps[0] > 0
    (note,) = [note for note in matrix.notes if note.code == "levels-outside-order"]
    assert (note.get("name"), note.get("n")) == ("age", 8)


def test_the_same_levels_without_their_order_are_categories(tmp_path: Path) -> None:
    roles = {"age": basis(Scale.NOMINAL)}
    market = open_market(tmp_path, ranked_people(), roles, rest=Role.BASIS)
    matrix = prepare(market.table, market.variables)
    assert sum(feature.variable == "age" for feature in matrix.features) == 5
    assert "levels-outside-order" not in [note.code for note in matrix.notes]


def test_answers_in_words_on_one_scale_are_used_as_they_are(tmp_path: Path) -> None:
    scale = ["never", "rarely", "often", "always"]
    frame = pd.DataFrame({f"q{i}": [scale[(i * j) % 4] for j in range(20)] for i in (1, 3)})
    market = open_market(tmp_path, frame, rest=Role.BASIS)
    matrix = prepare(market.table, market.variables)
    assert "battery-as-is" in [note.code for note in matrix.notes]
    assert np.unique(matrix.values).tolist() == [1, 2, 3, 4]


def test_answers_in_words_give_the_same_matrix_as_their_ratings(tmp_path: Path) -> None:
    rng = np.random.default_rng(9)
    scale = ["never", "rarely", "often", "always"]
    ratings = pd.DataFrame({f"q{i}": rng.integers(1, 5, 60) for i in range(4)})
    ratings["customer_id"] = [f"C{i:03d}" for i in range(60)]
    said = ratings.replace(dict(enumerate(scale, start=1)))
    matrices = []
    for frame in (ratings, said):
        market = open_market(tmp_path, frame.astype(str), id_name="customer_id")
        choices = {name: basis() for name in ("q0", "q1", "q2", "q3")}
        matrices.append(prepare(market.table, resolve(suggest(market.table), choices)))
    assert matrices[0].fingerprint == matrices[1].fingerprint
