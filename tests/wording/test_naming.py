"""Suggested names say what sets a segment apart, and differ."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from segmentation.profiles import Profile, profile
from segmentation.variables import Role, Variable
from segmentation.wording import words_in
from segmentation.wording.naming import suggested_names
from tests.markets import open_market

RNG = np.random.default_rng(3)
SEGMENT = np.repeat([0, 1, 2], [40, 30, 30])
PEOPLE = pd.DataFrame(
    {
        "orders_12m": (RNG.normal(5, 1, 100) + np.array([0, 6, 6])[SEGMENT]).round(2),
        "returns": (RNG.normal(5, 1, 100) + np.array([0, 0, 4])[SEGMENT]).round(2),
        "town": np.array(["Oslo", "Bergen", "Bergen"])[SEGMENT],
        "app": np.where(RNG.random(100) < np.array([0.1, 0.1, 0.9])[SEGMENT], "yes", "no"),
    }
)


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> tuple[Profile, tuple[Variable, ...]]:
    roles = {"orders_12m": Role.BASIS, "returns": Role.BASIS}
    market = open_market(tmp_path_factory.mktemp("named"), PEOPLE, roles, rest=Role.DESCRIPTOR)
    labels = market.labelled([int(s) for s in SEGMENT])
    return profile(market.table, market.variables, labels, 3), market.variables


def test_each_segment_is_called_by_what_sets_it_apart(
    described: tuple[Profile, tuple[Variable, ...]],
) -> None:
    names = suggested_names(*described, words_in("en"))
    assert names[0] == "Low orders 12m"
    assert names[2] == "High returns"
    assert len(set(names)) == 3


def test_names_that_would_be_the_same_say_more(
    described: tuple[Profile, tuple[Variable, ...]],
) -> None:
    whole, variables = described
    numbers = tuple(f for f in whole.numbers if f.variable in ("orders_12m", "app"))
    levels = tuple(f for f in whole.levels if f.variable == "app")
    fewer = replace(whole, numbers=numbers, levels=levels)
    names = suggested_names(fewer, variables, words_in("en"))
    assert names[1].startswith("High orders 12m")
    assert names[2] == "High orders 12m and often app"
    assert names[1] != names[2]


def test_a_segment_without_differences_is_close_to_the_average(
    described: tuple[Profile, tuple[Variable, ...]],
) -> None:
    whole, variables = described
    flat = tuple(replace(f, z=0.1) for f in whole.numbers)
    bare = replace(whole, numbers=flat, levels=())
    assert set(suggested_names(bare, variables, words_in("en"))) == {"Close to the average"}
    assert "orders" in suggested_names(whole, variables, words_in("zh_CN"))[0]
