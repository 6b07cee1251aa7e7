from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.preparation import Recipe, prepare
from segmentation.preparation.batteries import centred
from segmentation.variables import Role, Scale
from tests.markets import basis, open_market

CENTER = Recipe(response_style="center")


def ratings(n: int = 60, items: int = 4, high: int = 5) -> pd.DataFrame:
    rng = np.random.default_rng(8)
    answers = rng.integers(1, high + 1, (n, items))
    answers[0], answers[1] = 1, high
    return pd.DataFrame(answers, columns=[f"item {i}" for i in range(items)])


def test_only_the_differences_of_a_customers_own_answers_are_left() -> None:
    columns = {"a": np.array([5.0, 1.0, 4.0]), "b": np.array([3.0, 1.0, np.nan])}
    found, flat = centred(columns, ("a", "b"))
    assert found["a"].tolist() == [1, 0, 0]
    assert found["b"][:2].tolist() == [-1, 0]
    assert np.isnan(found["b"][2])
    assert flat.tolist() == [False, True, True]


def test_nobody_without_answers_is_said_to_answer_alike() -> None:
    found, flat = centred({"a": np.array([np.nan]), "b": np.array([np.nan])}, ("a", "b"))
    assert np.isnan(found["a"]).all()
    assert not flat.any()


def test_saying_more_to_everything_changes_nothing(tmp_path: Path) -> None:
    frame = ratings(high=4)
    # Everybody but those at the ends of the scale, so that the scale stays the same.
    kinder = frame.copy()
    kinder.iloc[10:30] = kinder.iloc[10:30] + 1
    kinder.iloc[2], frame.iloc[2] = 5, 5
    first, second = (open_market(tmp_path, f, rest=Role.BASIS) for f in (frame, kinder))
    one, other = (prepare(m.table, m.variables, CENTER) for m in (first, second))
    by_row = [m.values[np.argsort(m.rows)] for m in (one, other)]
    assert by_row[0] == pytest.approx(by_row[1], abs=1e-6)
    assert one.batteries == (("item 0", "item 1", "item 2", "item 3"),)
    told = {note.code: note.get("n") for note in one.notes}
    assert told["answers-centred"] == 4
    assert told["answers-flat"] == int((frame.nunique(axis=1) == 1).sum())


def test_beside_other_variables_only_the_ratings_on_one_scale_are_centred(tmp_path: Path) -> None:
    frame = ratings(items=3).assign(spend=np.linspace(10, 90, 60), stars=[1, 10] * 30)
    choices = {name: basis(Scale.ORDINAL) for name in [*frame.columns[:3], "stars"]}
    market = open_market(tmp_path, frame, choices | {"spend": basis(Scale.METRIC)})
    matrix = prepare(market.table, market.variables, CENTER)
    assert matrix.batteries == (("item 0", "item 1", "item 2"),)
    plain = prepare(market.table, market.variables)
    same = [i for i, f in enumerate(matrix.features) if f.variable in ("spend", "stars")]
    assert (matrix.values[:, same] == plain.values[:, same]).all()


def test_yes_and_no_are_one_battery_where_nothing_else_forms_the_segments(tmp_path: Path) -> None:
    frame = (ratings(items=4) > 3).astype(int)
    market = open_market(tmp_path, frame, rest=Role.BASIS)
    matrix = prepare(market.table, market.variables, CENTER)
    assert len(matrix.batteries[0]) == 4
    assert not matrix.yes_no
    assert np.abs(matrix.values.sum(axis=1)).max() < 1e-6
    mixed = open_market(tmp_path, frame.assign(spend=np.arange(60)), rest=Role.BASIS)
    assert prepare(mixed.table, mixed.variables, CENTER).batteries == ()
