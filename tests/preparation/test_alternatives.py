import math
from pathlib import Path

import numpy as np
import pandas as pd

from segmentation.preparation import Recipe, prepare
from segmentation.preparation.alternatives import (
    Alternative,
    Situation,
    alternatives,
    scaled,
    situation,
)
from segmentation.variables import Role
from tests.markets import Market, open_market

PLAIN = Situation(on_one_scale=False, has_battery=False, skewed=False, extreme=False, alike=())


def found(market: Market, recipe: Recipe) -> Situation:
    matrix = prepare(market.table, market.variables, recipe)
    return situation(matrix, market.variables, recipe)


def codes(offered: tuple[Alternative, ...]) -> list[str]:
    return [alternative.code for alternative in offered]


def test_only_what_can_make_a_difference_is_offered() -> None:
    assert codes(alternatives(Recipe(), PLAIN)) == ["scale-range", "scale-robust"]
    ranged = Recipe(scale="range")
    assert codes(alternatives(ranged, PLAIN)) == ["scale-unit", "scale-robust"]
    full = Situation(
        on_one_scale=True, has_battery=True, skewed=True, extreme=True, alike=(("a", "b"),)
    )
    assert codes(alternatives(Recipe(), full)) == [
        "collinear-weigh", "collinear-one", "habits-out", "log-out", "fence-out",
        "scale-unit", "scale-range", "scale-robust",
    ]  # fmt: skip


def test_no_alternative_is_what_is_done_already_and_none_is_offered_twice() -> None:
    full = Situation(
        on_one_scale=True, has_battery=True, skewed=True, extreme=True, alike=(("a", "b"),)
    )
    for recipe in (Recipe(collinear="one", response_style="center"), Recipe(log_skew=math.inf)):
        recipes = [alternative.recipe for alternative in alternatives(recipe, full)]
        assert recipe not in recipes
        assert len(set(recipes)) == len(recipes)
        assert Recipe() in recipes


def test_the_situation_is_read_from_the_variables(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"spend": rng.lognormal(3, 1.5, 80), "visits": rng.normal(size=80)})
    frame["visits again"] = frame["visits"] * 2 + 1
    market = open_market(tmp_path, frame.round(4), rest=Role.BASIS)
    told = found(market, Recipe())
    assert told.skewed
    assert not told.has_battery
    assert told.alike == (("visits", "visits again"),)
    assert found(market, Recipe(log_skew=math.inf)).skewed


def test_a_battery_can_be_scaled_and_its_habits_left_out(tmp_path: Path) -> None:
    items = pd.DataFrame(np.random.default_rng(2).integers(0, 2, (60, 4)), columns=list("abcd"))
    told = found(open_market(tmp_path, items, rest=Role.BASIS), Recipe())
    assert told.on_one_scale
    assert told.has_battery
    assert not scaled(Recipe(), "unit", told).battery_as_is
