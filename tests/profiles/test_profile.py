import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.preparation import prepare
from segmentation.profiles import Profile, profile, wilson
from segmentation.variables import Role, Scale, VariableChoice
from tests.markets import basis, open_market

CITIES = [f"city {i:02d}" for i in range(15)]


def people(n: int = 90) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    return pd.DataFrame(
        {
            "visits": rng.normal(20, 4, n).round(2),
            "basket": rng.normal(50, 9, n).round(2),
            "member": rng.choice(["yes", "no"], n),
            "style": rng.choice(["plain", "bold", "retro"], n),
            "town": [CITIES[min(14, i % 20)] for i in range(n)],
            "heaviness": rng.uniform(0.5, 2, n).round(3),
        }
    )


SEGMENTS = [int(s) for s in np.random.default_rng(2).integers(0, 3, 90)]
ROLES = {
    "visits": Role.BASIS,
    "basket": Role.BASIS,
    "town": VariableChoice(Role.DESCRIPTOR, Scale.NOMINAL),
    "heaviness": Role.WEIGHT,
}


@pytest.fixture
def described(tmp_path: Path) -> Profile:
    market = open_market(tmp_path, people(), ROLES, rest=Role.DESCRIPTOR)
    return profile(market.table, market.variables, market.labelled(SEGMENTS), 3)


def test_shares_of_segments_sum_to_one(described: Profile) -> None:
    assert sum(size.share for size in described.sizes) == pytest.approx(1)
    assert [size.n for size in described.sizes] == np.bincount(SEGMENTS).tolist()
    assert all(size.low < size.share < size.high for size in described.sizes)


def test_levels_of_a_segment_sum_to_one(described: Profile) -> None:
    for variable in ("style", "town"):
        for segment in range(3):
            own = [f for f in described.levels if (f.variable, f.segment) == (variable, segment)]
            assert sum(f.share for f in own) == pytest.approx(1)
            assert sum(f.n for f in own) == described.sizes[segment].n


def test_shares_times_index_sum_to_one_hundred(described: Profile) -> None:
    for level in {(f.variable, f.level) for f in described.levels}:
        own = [f for f in described.levels if (f.variable, f.level) == level]
        total = sum(described.sizes[f.segment].share * f.index for f in own)
        assert total == pytest.approx(100)
    for name in ("visits", "basket", "member"):
        own_numbers = [f for f in described.numbers if f.variable == name]
        total = sum(described.sizes[f.segment].share * f.index for f in own_numbers)
        assert total == pytest.approx(100)


def test_segment_means_average_to_the_market(described: Profile) -> None:
    frame = people()
    for name in ("visits", "basket"):
        own = [f for f in described.numbers if f.variable == name]
        assert sum(described.sizes[f.segment].share * f.mean for f in own) == pytest.approx(
            own[0].overall
        )
        assert own[0].overall == pytest.approx(np.average(frame[name], weights=frame["heaviness"]))


def test_means_spreads_and_distances_are_those_of_the_weighted_members(described: Profile) -> None:
    frame = people().assign(segment=SEGMENTS)
    market = frame["visits"].to_numpy()
    weights = frame["heaviness"].to_numpy()
    center = np.average(market, weights=weights)
    spread = math.sqrt(np.average((market - center) ** 2, weights=weights))
    for fact in described.numbers:
        if fact.variable != "visits":
            continue
        own = frame[frame["segment"] == fact.segment]
        mean = np.average(own["visits"], weights=own["heaviness"])
        sd = math.sqrt(np.average((own["visits"] - mean) ** 2, weights=own["heaviness"]))
        assert (fact.n, fact.mean, fact.sd) == pytest.approx((len(own), mean, sd))
        assert fact.z == pytest.approx((mean - center) / spread)


def test_a_yes_no_variable_is_described_by_its_share_of_yes(described: Profile) -> None:
    frame = people().assign(segment=SEGMENTS)
    fact = next(f for f in described.numbers if (f.variable, f.segment) == ("member", 1))
    own = frame[frame["segment"] == 1]
    assert fact.mean == pytest.approx(np.average(own["member"] == "yes", weights=own["heaviness"]))


def test_the_twelve_most_frequent_levels_are_shown_and_the_others_gathered(
    described: Profile,
) -> None:
    levels = [f.level for f in described.levels if (f.variable, f.segment) == ("town", 0)]
    assert len(levels) == 13
    assert levels[-1] is None
    assert levels[0] == "city 14", "held by six of twenty"
    assert set(levels[:-1]) < set(CITIES)


def test_weights_count_towards_shares_and_widen_the_interval(tmp_path: Path) -> None:
    frame = people().assign(heaviness=[10.0] + [1.0] * 89)
    segments = [1] + [0] * 60 + [1] * 29
    weighted = open_market(tmp_path, frame, ROLES, rest=Role.DESCRIPTOR)
    plain = open_market(tmp_path, frame, ROLES | {"heaviness": Role.IGNORE}, rest=Role.DESCRIPTOR)
    heavy, even = (
        profile(m.table, m.variables, m.labelled(segments), 2).sizes[1] for m in (weighted, plain)
    )
    assert (heavy.n, even.n) == (30, 30)
    assert heavy.share == pytest.approx(39 / 99)
    assert even.share == pytest.approx(30 / 90)
    assert (even.low, even.high) == pytest.approx(wilson(30 / 90, 90))
    assert (heavy.low, heavy.high) == pytest.approx(wilson(39 / 99, 99**2 / 189))


def test_a_segment_without_customers_has_no_numbers_and_breaks_nothing(tmp_path: Path) -> None:
    market = open_market(tmp_path, people(), ROLES, rest=Role.DESCRIPTOR)
    empty = profile(market.table, market.variables, market.labelled([0] * 90), 2)
    assert (empty.sizes[1].n, empty.sizes[1].share) == (0, 0)
    number = next(f for f in empty.numbers if f.segment == 1)
    level = next(f for f in empty.levels if f.segment == 1)
    assert number.n == level.n == 0
    assert math.isnan(number.mean)
    assert math.isnan(level.share)


def test_gaps_are_left_out_of_means_and_shares(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": [1, None, 3, 8], "b": ["x", "x", None, "y"], "c": range(4)})
    roles = {"a": Role.BASIS, "c": Role.BASIS, "b": basis(Scale.NOMINAL)}
    market = open_market(tmp_path, frame, roles)
    found = profile(market.table, market.variables, market.labelled([0, 0, 0, 1]), 2)
    mean = next(f for f in found.numbers if (f.variable, f.segment) == ("a", 0))
    assert (mean.n, mean.mean, mean.overall) == (2, 2, 4)
    share = next(f for f in found.levels if (f.level, f.segment) == ("x", 0))
    assert (share.n, share.share, share.overall) == (2, 1, pytest.approx(2 / 3))


def test_numbers_and_answers_used_as_categories_are_written_as_people_do(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"plan": [1, 2, 2, 10], "rate": [0.5, 1, 1, 2], "news": ["yes", "no", "no", "yes"]}
    )
    roles = {name: VariableChoice(Role.DESCRIPTOR, Scale.NOMINAL) for name in frame}
    market = open_market(tmp_path, frame, roles)
    found = profile(market.table, market.variables, market.labelled([0, 0, 1, 1]), 2)
    levels = {name: {f.level for f in found.levels if f.variable == name} for name in frame}
    assert levels == {
        "plan": {"1", "2", "10"},
        "rate": {"0.5", "1", "2"},
        "news": {"yes", "no"},
    }
    forming = open_market(tmp_path, frame, dict.fromkeys(frame, basis(Scale.NOMINAL)))
    prepared = prepare(forming.table, forming.variables)
    assert {f.level for f in prepared.features} == {"1", "2", "10", "0.5", "yes", "no"}


def test_large_numbers_close_together_keep_their_spread(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": [1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4], "b": [1, 2, 3, 5]})
    market = open_market(tmp_path, frame, rest=Role.BASIS)
    found = profile(market.table, market.variables, market.labelled([0, 0, 1, 1]), 2)
    fact = next(f for f in found.numbers if (f.variable, f.segment) == ("a", 0))
    assert (fact.mean, fact.sd) == pytest.approx((1e9 + 1.5, 0.5))


def test_personal_data_are_never_described(tmp_path: Path) -> None:
    frame = people().assign(email=[f"p{i}@example.org" for i in range(90)])
    roles = ROLES | {"email": Role.CONTACT}
    market = open_market(tmp_path, frame, roles, rest=Role.DESCRIPTOR)
    found = profile(market.table, market.variables, market.labelled(SEGMENTS), 3)
    assert "email" not in {f.variable for f in (*found.numbers, *found.levels)}


def test_customers_without_a_segment_are_not_part_of_the_market(tmp_path: Path) -> None:
    market = open_market(tmp_path, people(), ROLES, rest=Role.DESCRIPTOR)
    some = [s if i < 50 else None for i, s in enumerate(SEGMENTS)]
    found = profile(market.table, market.variables, market.labelled(some), 3)
    assert sum(size.n for size in found.sizes) == 50


@pytest.mark.parametrize(
    ("share", "n", "low", "high"),
    [
        (0.5, 100, 0.4038, 0.5962),
        (0.0, 10, 0.0, 0.2775),
        (1.0, 10, 0.7225, 1.0),
        (0.1, 50, 0.0435, 0.2136),
    ],
)
def test_wilson_intervals_have_their_known_values(
    share: float, n: float, low: float, high: float
) -> None:
    assert wilson(share, n) == pytest.approx((low, high), abs=5e-5)


def test_nobody_tells_nothing_about_a_share() -> None:
    assert wilson(0.0, 0) == (0, 1)


@given(share=st.floats(0, 1), n=st.floats(0.5, 1e6))
def test_an_interval_holds_its_share_and_stays_between_nothing_and_all(
    share: float, n: float
) -> None:
    low, high = wilson(share, n)
    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1


@pytest.mark.shared
def test_vacation_motives_have_their_published_profile(tmp_path: Path, shared_data: Path) -> None:
    frame = pd.read_csv(shared_data / "vacmot_with_descriptors.csv")
    published = pd.read_csv(shared_data / "vacmot_published_k6_labels.csv")
    segments = (published.iloc[:, -1].astype(int) - 1).tolist()
    age, gender = (next(c for c in frame if c.lower() == name) for name in ("age", "gender"))
    number, category = Scale.METRIC, Scale.NOMINAL
    roles = {
        age: VariableChoice(Role.DESCRIPTOR, number),
        gender: VariableChoice(Role.DESCRIPTOR, category),
    }
    market = open_market(tmp_path, frame, roles, rest=Role.IGNORE)
    found = profile(market.table, market.variables, market.labelled(segments), 6)
    assert [size.n for size in found.sizes] == [246, 201, 95, 156, 129, 173]
    means = [round(f.mean, 1) for f in found.numbers if f.variable == age]
    assert means == [45.0, 42.8, 38.6, 45.0, 40.6, 49.5]
    counts = np.array([f.n for f in found.levels if f.variable == gender]).reshape(-1, 6)
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    assert ((counts - expected) ** 2 / expected).sum() == pytest.approx(4.1546, abs=5e-4)


def test_levels_in_an_order_have_a_mean_rank_and_shares_in_their_order(tmp_path: Path) -> None:
    scale = ["never", "rarely", "often", "always"]
    answers = [scale[i % 4] if i % 9 else "who knows" for i in range(90)]
    frame = people().assign(habit=answers)
    market = open_market(tmp_path, frame, {**ROLES, "habit": VariableChoice(Role.DESCRIPTOR)})
    ordered = [
        replace(v, column=replace(v.column, levels=tuple(scale)), scale=Scale.ORDINAL)
        if v.name == "habit"
        else v
        for v in market.variables
    ]
    found = profile(market.table, ordered, market.labelled(SEGMENTS), 3)
    numbers = [fact for fact in found.numbers if fact.variable == "habit"]
    ranks = frame["habit"].map({text: rank for rank, text in enumerate(scale, 1)})
    for fact in numbers:
        own = (np.array(SEGMENTS) == fact.segment) & ranks.notna()
        assert fact.n == own.sum()
        assert fact.mean == pytest.approx(np.average(ranks[own], weights=frame["heaviness"][own]))
        assert 1 <= fact.mean <= 4
        assert math.isnan(fact.index)
    shown = [fact.level for fact in found.levels if (fact.variable, fact.segment) == ("habit", 0)]
    assert shown == [*scale, "who knows"]


def test_text_that_was_called_ordered_without_an_order_shows_its_shares(tmp_path: Path) -> None:
    roles = {**ROLES, "style": VariableChoice(Role.DESCRIPTOR, Scale.ORDINAL)}
    market = open_market(tmp_path, people(), roles)
    found = profile(market.table, market.variables, market.labelled(SEGMENTS), 3)
    assert {f.level for f in found.levels if f.variable == "style"} == {"plain", "bold", "retro"}


@pytest.mark.parametrize("heaviness", [Role.WEIGHT, Role.IGNORE])
def test_the_order_in_which_labels_are_kept_changes_nothing(
    tmp_path: Path, heaviness: Role
) -> None:
    frame = people()
    frame.loc[::7, "visits"] = np.nan
    frame.loc[::5, "style"] = None
    frame.loc[::5, "town"] = None
    roles = ROLES | {"heaviness": heaviness}
    market = open_market(tmp_path, frame, roles, rest=Role.DESCRIPTOR)
    aligned = market.labelled(SEGMENTS)
    backwards = pa.table({"__row": range(89, -1, -1), "segment": SEGMENTS[::-1]})
    market.table.session.put("backwards", backwards)
    one, other = (
        profile(market.table, market.variables, labels, 3) for labels in (aligned, "backwards")
    )
    assert [f.n for f in one.sizes] == np.bincount(SEGMENTS).tolist()
    for facts, same in ((one.numbers, other.numbers), (one.levels, other.levels)):
        assert [(f.variable, f.segment, f.n) for f in facts] == [
            (f.variable, f.segment, f.n) for f in same
        ]
        assert [f.index for f in facts] == pytest.approx([f.index for f in same], nan_ok=True)
    for name in ("style", "town"):
        shown = frame.assign(segment=SEGMENTS).groupby(["segment", name]).size()
        for fact in (f for f in one.levels if f.variable == name and f.level is not None):
            assert fact.n == shown.get((fact.segment, fact.level), 0)


def test_categories_beyond_those_of_one_query_are_described_as_well(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    frame = pd.DataFrame({f"c{i}": rng.choice(["x", "y"], 40) for i in range(8)})
    roles = {name: VariableChoice(Role.DESCRIPTOR, Scale.NOMINAL) for name in frame}
    market = open_market(tmp_path, frame, roles)
    segments = [i % 2 for i in range(40)]
    found = profile(market.table, market.variables, market.labelled(segments), 2)
    counted = {(f.variable, f.level, f.segment): f.n for f in found.levels}
    assert counted == {
        (name, level, s): int(((frame[name] == level) & (np.array(segments) == s)).sum())
        for name in frame
        for level in ("x", "y")
        for s in (0, 1)
    }
