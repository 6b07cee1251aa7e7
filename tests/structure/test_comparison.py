from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from segmentation.profiles import profile
from segmentation.structure import Partition, Segment, clarity, compare, explained
from segmentation.variables import Role, Scale, VariableChoice
from tests.markets import open_market

LABELS = st.lists(
    st.tuples(st.integers(-1, 3), st.integers(-1, 2), st.integers(0, 99)), min_size=2, max_size=40
)


def partition(labels: list[int], k: int, rows: list[int] | None = None) -> Partition:
    at = np.array(rows if rows is not None else range(len(labels)))
    return Partition("", at, np.array(labels, np.int16), tuple(Segment(s) for s in range(k)))


@given(LABELS)
def test_everybody_stayed_or_moved_whatever_the_order(people: list[tuple[int, int, int]]) -> None:
    one = partition([a for a, _, _ in people], 4)
    order = sorted(range(len(people)), key=lambda i: people[i][2])
    other = partition([people[i][1] for i in order], 3, order)
    found = compare(one, other)
    assert found.n == len(people)
    stayed = sum(
        (a < 0 and b < 0) or (a >= 0 and b >= 0 and found.became[a] == b) for a, b, _ in people
    )
    assert found.n_moved == found.n - stayed
    expected = adjusted_rand_score([a for a, _, _ in people], [b for _, b, _ in people])
    assert found.agreement == pytest.approx(expected)
    for move in found.moves:
        same = [a for a, _, _ in people if (None if a < 0 else a) == move.before]
        assert move.share == pytest.approx(move.n / len(same))


def test_a_solution_agrees_with_itself_and_nobody_moves() -> None:
    own = partition([0, 1, 1, -1, 0], 2)
    found = compare(own, own)
    assert (found.agreement, found.n_moved, found.became) == (1, 0, (0, 1))
    assert found.counts.tolist() == [[2, 0, 0], [0, 2, 0], [0, 0, 1]]


def test_customers_of_one_solution_only_are_left_out() -> None:
    found = compare(partition([0, 1, 0], 2, [4, 5, 6]), partition([1, 0], 2, [6, 5]))
    assert found.n == 2
    assert found.counts.tolist() == [[0, 1], [1, 0]]


def test_the_share_of_differences_is_that_of_an_analysis_of_variance(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    segments = rng.integers(0, 3, 80)
    people = pd.DataFrame(
        {
            "visits": (rng.normal(size=80) + segments).round(3),
            "style": np.where(rng.random(80) < 0.3 + 0.2 * segments, "plain", "bold"),
            "noise": rng.normal(size=80).round(3),
        }
    )
    people["again"] = (people["style"] == "bold").astype(int)
    roles = {
        "visits": VariableChoice(Role.BASIS, Scale.METRIC),
        "noise": VariableChoice(Role.BASIS, Scale.METRIC),
        "style": VariableChoice(Role.DESCRIPTOR, Scale.NOMINAL),
        "again": VariableChoice(Role.DESCRIPTOR, Scale.BINARY),
    }
    market = open_market(tmp_path, people, roles)
    found = profile(market.table, market.variables, market.labelled(segments.tolist()), 3)
    shares = explained(found)
    means = people.groupby(segments)["visits"].transform("mean")
    eta = ((means - people["visits"].mean()) ** 2).sum() / (
        (people["visits"] - people["visits"].mean()) ** 2
    ).sum()
    assert shares["visits"] == pytest.approx(1 - (1 - eta) * 79 / 77)
    assert shares["style"] == pytest.approx(shares["again"])
    assert shares["noise"] < 0.05 < shares["visits"]
    both = (shares["visits"] + shares["noise"]) / 2
    assert clarity(found, ["visits", "noise"]) == pytest.approx(both)
    assert np.isnan(clarity(found, ["nothing"]))
