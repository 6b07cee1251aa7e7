from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from segmentation.criteria import ReachRules, reach
from segmentation.intake import Condition, Operator
from segmentation.sizing import (
    ANY_CHANNEL,
    Estimate,
    Ground,
    Group,
    Joined,
    Question,
    ask,
    channels_of,
    curve,
    ground_of,
    if_consent,
    movable,
    moved,
    of_market,
    sampled,
    threshold_of,
)
from segmentation.variables import Role, VariableChoice
from tests.markets import Market, open_market
from tests.sizing.strategies import GROUPS, by_hand, market

OLD = Condition("age", Operator.AT_LEAST, ("40",))
RICH = Condition("spend", Operator.AT_MOST, ("80",))


@dataclass(frozen=True)
class Opened:
    """A market, its rows as pandas has them, and who is in which segment."""

    market: Market
    frame: pd.DataFrame
    segments: pd.Series

    def ground(self, **question: str) -> Ground:
        asked = Question(labels="labels_of_test", **question)
        return ground_of(self.market.table, self.market.variables, asked)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    frame = market()
    roles = {"heaviness": Role.WEIGHT, "spend": Role.OUTCOME}
    found = open_market(tmp_path_factory.mktemp("sizing"), frame, roles, rest=Role.DESCRIPTOR)
    segments = pd.Series(np.random.default_rng(5).integers(0, 4, len(frame)))
    found.labelled([None if s == 3 else int(s) for s in segments])
    yield Opened(found, frame, segments)
    found.table.session.close()


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(GROUPS)
def test_the_engine_counts_what_pandas_counts(opened: Opened, group: Group) -> None:
    met = by_hand(opened.frame, opened.segments, group)
    weight = opened.frame["heaviness"].astype(float).fillna(0)
    spend = opened.frame["spend"].astype(float).fillna(0)
    found = ask(opened.ground(outcome="spend"), group)
    assert found.is_exact
    assert found.customers == Estimate.exactly(int(met.sum()))
    assert found.share.likely == pytest.approx(weight[met].sum() / weight.sum())
    assert found.value is not None
    assert found.value.likely == pytest.approx((weight * spend)[met].sum())


def test_without_weights_a_share_is_of_customers(tmp_path: Path) -> None:
    found = open_market(tmp_path, pd.DataFrame({"age": range(10), "b": range(10)}))
    answer = ask(ground_of(found.table, found.variables), Group(members=(OLD,)))
    assert (answer.customers.likely, answer.share.likely, answer.value) == (0, 0, None)


def test_a_sample_is_the_same_whatever_the_order_of_the_file(tmp_path: Path) -> None:
    frame = market(600)
    counted = []
    for rows in (frame, frame.sample(frac=1, random_state=3)):
        found = open_market(tmp_path, rows)
        ground = sampled(ground_of(found.table, found.variables), Group(), n_most=200)
        assert ground.drawn is not None
        assert ground.drawn.n == 200
        counted.append(ask(ground, Group(members=(OLD,))).customers)
    assert counted[0] == counted[1]


def test_a_market_no_larger_than_the_sample_is_asked_whole(opened: Opened) -> None:
    ground = opened.ground()
    assert sampled(ground, Group()) is ground


def test_the_interval_of_a_sample_covers_the_number_as_often_as_it_says(tmp_path: Path) -> None:
    rng = np.random.default_rng(8)
    frame = pd.DataFrame({f"x{j}": rng.integers(0, 1000, 6000) for j in range(30)})
    found = open_market(tmp_path, frame)
    everyone = ground_of(found.table, found.variables, Question(outcome="x0"))
    sample = sampled(everyone, Group(), n_most=1500)
    covered = 0
    for column in frame.columns:
        for text in ("900", "600", "200", "995"):
            group = Group(members=(Condition(column, Operator.AT_LEAST, (text,)),))
            seen, exact = ask(sample, group).customers, (frame[column] >= int(text)).sum()
            covered += seen.low <= exact <= seen.high
    assert covered >= 0.94 * 120


def test_what_was_seen_in_a_sample_is_certain(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": range(400), "b": [1.5] * 400})
    found = open_market(tmp_path, frame)
    sample = sampled(ground_of(found.table, found.variables), Group(), n_most=390)
    all_of = ask(sample, Group(members=(Condition("a", Operator.KNOWN),))).customers
    none = ask(sample, Group(members=(Condition("a", Operator.MISSING),))).customers
    assert (all_of.low, all_of.high) == (399, 400)
    assert (none.low, none.high) == (0, 1)


@pytest.mark.parametrize("joined", Joined)
@pytest.mark.parametrize("condition", [OLD, RICH])
def test_a_moving_threshold_counts_as_each_threshold_alone(
    opened: Opened, joined: Joined, condition: Condition
) -> None:
    other = Condition("member", Operator.IS, ("yes",))
    group = Group(
        Joined.ALL, (Group(joined, (condition, other)), Condition("town", Operator.KNOWN))
    )
    found = curve(opened.ground(), group, condition)
    assert found.is_exact
    assert threshold_of(condition) in found.thresholds
    for position in (0, 7, len(found.thresholds) // 2, len(found.thresholds) - 1):
        at = moved(condition, found.thresholds[position])
        alone = Group(Joined.ALL, (Group(joined, (at, other)), *group.members[1:]))
        assert found.customers[position] == ask(opened.ground(), alone).customers.likely


def test_only_thresholds_that_are_numbers_move(opened: Opened) -> None:
    many = Condition("age", Operator.AT_LEAST, ("many",))
    day = Condition("since", Operator.AT_LEAST, ("2024-02-01",))
    missing = Condition("age", Operator.MISSING)
    group = Group(members=(OLD, many, day, missing, Group(members=(RICH, OLD))))
    assert movable(opened.market.table, group) == (OLD, RICH)


def test_consent_that_rises_reaches_more_by_the_addresses_there_are(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "mail": ["a@b.de", "c@d.de", "nothing", "e@f.de", "", "g@h.de", "i@j.de", "k@l.de"],
            "may": ["yes", "yes", "yes", "no", "no", "no", "no", ""],
            "n": range(8),
        }
    )
    roles = {
        "mail": VariableChoice(role=Role.CONTACT, detail="email"),
        "may": VariableChoice(role=Role.CONSENT, detail="email"),
    }
    found = open_market(tmp_path, frame, roles)
    for channel in ("email", ANY_CHANNEL):
        ground = ground_of(found.table, found.variables, Question(channel=channel))
        answer = ask(ground, Group())
        assert answer.reached == Estimate.exactly(2)
    answer = ask(ground_of(found.table, found.variables, Question(channel="email")), Group())
    assert if_consent(answer, 3 / 8) == Estimate.exactly(2)
    fewer, more, everyone = (if_consent(answer, c) for c in (0.0, 5 / 8, 1.0))
    assert fewer == Estimate.exactly(0)
    assert more is not None
    assert more.likely == pytest.approx(2 + 2 * 4 / 5)
    assert everyone is not None
    assert everyone.likely == pytest.approx(6)


@pytest.mark.parametrize("unknown_consent", [False, True])
def test_whom_one_reaches_is_counted_as_on_the_page_of_checks(
    tmp_path: Path, *, unknown_consent: bool
) -> None:
    frame = pd.DataFrame(
        {
            "mail": ["a@b.de", "c@d", "ü@xn--bcher-kva.de", "e@f.de", "", "g@h.de"] * 4,
            "phone": ["+49 30 901820", "12", "+44 20 7946 0958", "", "+86 138 0013 8000", "x"] * 4,
            "may": ["yes", "yes", "", "no", "yes", ""] * 4,
            "town": ["Ulm", "Bonn", "", "", "Ulm", "Bonn"] * 4,
            "n": range(24),
        }
    )
    roles = {
        "mail": VariableChoice(role=Role.CONTACT, detail="email"),
        "phone": VariableChoice(role=Role.CONTACT, detail="sms"),
        "may": VariableChoice(role=Role.CONSENT, detail="email"),
        "town": VariableChoice(role=Role.LOCATION, detail="city"),
    }
    found, rules = open_market(tmp_path, frame, roles), ReachRules(unknown_consent=unknown_consent)
    labels = found.labelled([0] * 24)
    counted = reach(found.table, found.variables, labels, 1, rules)
    expected = {c.channel: c.reachable for c in counted.channels}
    expected[ANY_CHANNEL] = counted.overlaps[0].anyhow
    assert len(set(expected.values())) > 1
    assert set(channels_of(found.variables, found.table)) == set(expected)
    for channel, n in expected.items():
        question = Question(channel=channel, rules=rules)
        whole = ground_of(found.table, found.variables, question)
        for ground in (whole, sampled(whole, Group(), n_most=23)):
            reached = ask(ground, Group()).reached
            assert reached is not None
            assert reached.low <= n <= reached.high


def test_a_market_is_no_surer_than_its_size_and_the_sample() -> None:
    found = of_market(Estimate(0.2, 0.2, 0.2), 1000, 900_000, 1_100_000)
    assert found.likely == pytest.approx(200_000)
    assert found.low < 0.2 * 900_000
    assert found.high > 0.2 * 1_100_000


def test_a_thousand_conditions_and_a_filter_nobody_meets_have_an_answer(opened: Opened) -> None:
    many = tuple(Condition("spend", Operator.IS_NOT, (str(i),)) for i in range(1000))
    spend = opened.frame["spend"]
    known = (spend.notna() & ~spend.isin(range(1000))).sum()
    assert ask(opened.ground(), Group(members=many)).customers.likely == known
    nobody = Group(members=(OLD, Condition("age", Operator.AT_MOST, ("20",))))
    found = ask(opened.ground(outcome="spend"), nobody)
    assert (found.customers.likely, found.share.likely) == (0, 0)
    assert found.value == Estimate.exactly(0)


def test_text_with_quotes_and_statements_is_only_text(opened: Opened) -> None:
    evil = "x'; DROP TABLE t; --"
    group = Group(members=(Condition("town", Operator.IS, (evil,)),))
    assert ask(opened.ground(), group).customers.likely == (opened.frame["town"] == evil).sum() > 0
    assert opened.market.table.session.has(opened.market.table.name)
