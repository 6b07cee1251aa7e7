"""Which variables mark a segment, and in which order they are drawn."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.profiles import marks, profile
from segmentation.profiles.markers import Mark
from segmentation.variables import Role, Scale, VariableChoice
from tests.markets import open_market

SEGMENT = np.repeat([0, 1], [60, 40])
RNG = np.random.default_rng(4)
PEOPLE = pd.DataFrame(
    {
        "spend": (RNG.normal(50, 9, 100) + 15 * SEGMENT).round(3),
        "age": RNG.normal(40, 10, 100).round(3),
        "visits": (RNG.normal(20, 3, 100) + 5 * SEGMENT).round(3),
        "app": np.where(np.arange(100) % 10 < np.where(SEGMENT, 8, 2), "yes", "no"),
        "club": np.where(np.arange(100) % 10 < np.where(SEGMENT, 1, 3), "yes", "no"),
        "town": np.where(SEGMENT, "Oslo", np.where(np.arange(100) % 2, "Oslo", "Bergen")),
        "other": RNG.normal(size=100).round(3),
    }
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Mark, ...]:
    roles = dict.fromkeys(PEOPLE.columns[:5], Role.BASIS)
    roles |= {"town": VariableChoice(Role.BASIS, Scale.NOMINAL), "other": Role.DESCRIPTOR}
    market = open_market(tmp_path_factory.mktemp("marked"), PEOPLE, roles)
    described = profile(
        market.table, market.variables, market.labelled([int(s) for s in SEGMENT]), 2
    )
    return marks(described, market.variables)


def test_a_share_marks_by_a_quarter_or_by_half_of_the_markets(found: tuple[Mark, ...]) -> None:
    marking = {(m.variable, m.level, m.segment) for m in found if m.is_marker}
    assert {("app", None, 0), ("app", None, 1)} <= marking  # 20 and 80 % against 44 %
    assert ("club", None, 1) in marking  # 10 % against 22 %: less than half of it
    assert ("club", None, 0) not in marking  # 30 % against 22 %
    assert {("town", "Bergen", 0), ("town", "Bergen", 1)} & marking


def test_a_number_marks_by_half_a_standard_deviation(found: tuple[Mark, ...]) -> None:
    for mark in found:
        if mark.variable in ("spend", "age", "visits"):
            assert mark.is_marker == (abs(mark.effect) >= 0.5)
    assert not any(m.is_marker for m in found if m.variable == "age")


def test_only_what_formed_the_segments_is_drawn_and_similar_ones_side_by_side(
    found: tuple[Mark, ...],
) -> None:
    order = list(dict.fromkeys((m.variable, m.level) for m in found))
    assert "other" not in {name for name, _ in order}
    places = {name: i for i, (name, _) in enumerate(order)}
    assert abs(places["spend"] - places["visits"]) <= 2
    assert [m.segment for m in found[:2]] == [0, 1]


@pytest.mark.shared
def test_the_published_segments_of_vacationers_have_their_markers(
    shared_data: Path, tmp_path: Path
) -> None:
    people = pd.read_csv(shared_data / "vacmot_with_descriptors.csv").iloc[:, :20]
    labels = pd.read_csv(shared_data / "vacmot_published_k6_labels.csv")["vacmot6"]
    market = open_market(tmp_path, people, dict.fromkeys(people.columns, Role.BASIS))
    described = profile(
        market.table, market.variables, market.labelled([int(s) - 1 for s in labels]), 6
    )
    found = marks(described, market.variables)
    shares = people.groupby(labels.to_numpy()).mean()
    total = people.mean()
    for mark in found:
        share, overall = shares[mark.variable][mark.segment + 1], total[mark.variable]
        assert mark.value == pytest.approx(share)
        away = abs(share - overall)
        assert mark.is_marker == (away >= 0.25 or away / overall >= 0.5)
    assert sum(m.is_marker for m in found if m.segment == 2) >= 10
