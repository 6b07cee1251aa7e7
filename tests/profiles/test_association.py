"""Whether segments differ in a variable, against SciPy and published numbers."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from segmentation.profiles import associations, profile
from segmentation.profiles.association import Association, Test
from segmentation.variables import Role
from tests.markets import open_market

RNG = np.random.default_rng(8)
N = 300
SEGMENTS = RNG.integers(0, 3, N)
PEOPLE = pd.DataFrame(
    {
        "basket": (RNG.normal(50, 9, N) + 4 * SEGMENTS).round(3),
        "age": RNG.normal(40, 10, N).round(3),
        "town": np.where(RNG.random(N) < 0.5, "A", np.array(["B", "C", "D"])[SEGMENTS]),
        "style": RNG.choice(["plain", "bold"], N),
        "visits": RNG.normal(20, 4, N).round(3),
        "spend": RNG.normal(20, 4, N).round(3),
    }
)
PEOPLE.loc[:19, "age"] = np.nan


def found_in(folder: Path, people: pd.DataFrame = PEOPLE) -> dict[str, Association]:
    market = open_market(
        folder, people, {"visits": Role.BASIS, "spend": Role.BASIS}, rest=Role.DESCRIPTOR
    )
    labels = market.labelled([int(s) for s in SEGMENTS])
    described = profile(market.table, market.variables, labels, 3)
    return {found.variable: found for found in associations(described)}


@pytest.fixture(scope="module")
def tested(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Association]:
    return found_in(tmp_path_factory.mktemp("people"))


def test_numbers_are_tested_as_scipy_does(tested: dict[str, Association]) -> None:
    for name in ("basket", "age"):
        groups = [PEOPLE[name][s == SEGMENTS].dropna() for s in range(3)]
        expected = stats.f_oneway(*groups)
        assert tested[name].test is Test.ANOVA
        assert tested[name].statistic == pytest.approx(expected.statistic, rel=1e-6)
        assert tested[name].p_value == pytest.approx(expected.pvalue, rel=1e-6)
    values = PEOPLE["basket"]
    between = sum(
        (s == SEGMENTS).sum() * (values[s == SEGMENTS].mean() - values.mean()) ** 2
        for s in range(3)
    )
    assert tested["basket"].effect == pytest.approx(between / (N * values.var(ddof=0)), rel=1e-6)
    assert (tested["age"].n, tested["age"].n_missing) == (280, 20)
    assert tested["age"].df == (2, 277)


def test_categories_are_tested_as_scipy_does(tested: dict[str, Association]) -> None:
    for name in ("town", "style"):
        table = pd.crosstab(PEOPLE[name], SEGMENTS).to_numpy()
        expected = stats.chi2_contingency(table, correction=False)
        assert tested[name].statistic == pytest.approx(expected.statistic, rel=1e-9)
        assert tested[name].p_value == pytest.approx(expected.pvalue, rel=1e-9)
        cramer = stats.contingency.association(table, method="cramer")
        assert tested[name].effect == pytest.approx(cramer, rel=1e-9)


def test_every_test_knows_how_many_there_were(tested: dict[str, Association]) -> None:
    ordered = sorted(tested.values(), key=lambda a: a.p_value)
    assert len(ordered) == 4
    expected, reached = [], 0.0
    for rank, each in enumerate(ordered):
        reached = max(reached, min(1.0, (4 - rank) * each.p_value))
        expected.append(reached)
    assert [a.adjusted for a in ordered] == pytest.approx(expected)
    assert {name for name, a in tested.items() if a.differs} == {"basket", "town"}


def test_the_strongest_come_first_and_what_formed_the_segments_is_not_tested(
    tested: dict[str, Association],
) -> None:
    assert next(iter(tested)) == "town"
    assert tested["town"].strength == 3
    assert not {"visits", "spend"} & set(tested)


def test_a_variable_that_is_the_same_for_all_differs_nowhere(tmp_path: Path) -> None:
    people = PEOPLE.assign(age=7.0, style="plain")
    people.loc[3, "style"] = "bold"
    found = found_in(tmp_path, people)
    assert found["style"].is_rough
    assert not found["style"].differs
    assert "age" not in found or (found["age"].p_value, found["age"].effect) == (1.0, 0.0)


def test_strength_follows_the_kind_of_test() -> None:
    weak = Association("x", Test.ANOVA, 1.0, (1, 9), 0.5, 0.5, 0.1, 10, 0)
    assert (weak.strength, replace(weak, test=Test.CHI_SQUARED).strength) == (2, 1)


@pytest.mark.shared
def test_the_published_segments_of_vacationers_differ_as_printed(
    shared_data: Path, tmp_path: Path
) -> None:
    people = pd.read_csv(shared_data / "vacmot_with_descriptors.csv")
    labels = pd.read_csv(shared_data / "vacmot_published_k6_labels.csv")["vacmot6"]
    roles = dict.fromkeys(people.columns[:20], Role.BASIS)
    market = open_market(tmp_path, people, roles, rest=Role.DESCRIPTOR)
    described = profile(
        market.table, market.variables, market.labelled([int(s) - 1 for s in labels]), 6
    )
    assert [size.n for size in described.sizes] == [246, 201, 95, 156, 129, 173]
    tested = {found.variable: found for found in associations(described)}
    assert round(tested["Gender"].statistic, 4) == 4.1546
    assert (tested["Gender"].df, round(tested["Gender"].p_value, 4)) == ((5, 0), 0.5274)
    assert round(tested["Age"].statistic, 2) == 10.09
    assert f"{tested['Age'].p_value:.2e}" == "1.95e-09"
    assert tested["Age"].df == (5, 994)
    assert round(tested["Obligation"].statistic, 2) == 13.63
    assert f"{tested['Obligation'].p_value:.2e}" == "6.85e-13"
    means = {n: [] for n in ("Age", "Obligation")}
    for fact in described.numbers:
        if fact.variable in means:
            means[fact.variable].append(fact.mean)
    assert np.round(means["Age"], 1).tolist() == [45.0, 42.8, 38.6, 45.0, 40.6, 49.5]
    expected = [3.656, 3.649, 3.906, 3.707, 3.535, 4.028]
    assert np.round(means["Obligation"], 3).tolist() == expected
