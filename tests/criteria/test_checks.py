import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.criteria import (
    CRITERIA,
    KNOCK_OUT,
    THRESHOLDS,
    ChannelReach,
    Check,
    Evidence,
    Reach,
    Scorecard,
    SegmentPlan,
    Tested,
    Thresholds,
    Verdict,
    places,
    scorecard,
    shared_points,
    unrated,
)
from segmentation.criteria.accessibility import matched, platforms_open
from segmentation.criteria.candidates import cronbach_alpha
from segmentation.criteria.checks import graded
from segmentation.criteria.differentiability import outcome_tests
from segmentation.criteria.freshness import Dates
from segmentation.criteria.speciality import neighbours, own_program_gain
from segmentation.criteria.thresholds import AT_MOST
from segmentation.money import Program
from segmentation.profiles import LevelFact, NumberFact, Profile, SegmentSize
from segmentation.typing_tool import SegmentRule
from segmentation.validation import Structure

PASS, CAUTION, FAIL, UNKNOWN = Verdict.PASS, Verdict.CAUTION, Verdict.FAIL, Verdict.UNKNOWN
SEVERITY = {PASS: 0, CAUTION: 1, FAIL: 2}
TODAY = dt.date(2026, 6, 30)
FULL = SegmentPlan("CRM", "10 %", "e-mail", strength=7, growth=5, ease=5)
MONEY = {"response-rate": 0.02, "margin": 50.0, "contact-cost": 0.5, "fixed-cost": 100.0}


def channel(
    share: float, name: str = "email", *, consent: bool = True, contact: bool = True
) -> ChannelReach:
    return ChannelReach(0, name, 100, 100, round(100 * share), share, consent, contact)


def numbers(means: tuple[float, ...], sd: float, n: int, variable: str) -> list[NumberFact]:
    overall = float(np.mean(means))
    spread = math.sqrt(sd**2 + float(np.var(means)))
    return [
        NumberFact(
            *(s, variable, n, float(n), mean, sd, overall, math.nan, (mean - overall) / spread),
            effective=float(n),
        )
        for s, mean in enumerate(means)
    ]


def described(*facts: list[NumberFact], k: int = 2, n: int = 500) -> Profile:
    sizes = tuple(SegmentSize(s, n, 1 / k, 1 / k, 1 / k) for s in range(k))
    return Profile(k, sizes, tuple(f for each in facts for f in each), (), ("formed",))


DIFFERENT = described(
    numbers((0.0, 1.0), 1.0, 500, "revenue"), numbers((0.0, 2.0), 1.0, 500, "formed")
)
SURE = Tested(Structure.NATURAL, found_again=(0.9, 0.9))
EVIDENCE = Evidence(
    sizes=(SegmentSize(0, 500, 0.3, 0.3, 0.3),),
    filled=(1.0,),
    reach=Reach((channel(1.0),)),
    tests=outcome_tests(DIFFERENT, ["revenue"]),
    tested=SURE,
    rules=(SegmentRule(0, (), 0.9, 0.9, 0.9, 100),),
    plans=(FULL,),
    dates=Dates(TODAY - dt.timedelta(days=30), "last_order", TODAY, TODAY),
    neighbours=(1,),
)


def judged(evidence: Evidence = EVIDENCE, own: dict[str, float] | None = None) -> dict[str, Check]:
    card = scorecard(evidence, Thresholds.of(own or {}))
    return {check.criterion: check for check in card.checks}


def checked(
    *,
    n: int = 500,
    share: float = 0.3,
    filled: float = 1.0,
    channels: tuple[ChannelReach, ...] = (channel(1.0),),
    own: dict[str, float] | None = None,
) -> dict[str, Check]:
    size = SegmentSize(0, n, share, share, share)
    evidence = replace(EVIDENCE, sizes=(size,), filled=(filled,), reach=Reach(channels))
    return judged(evidence, own)


@pytest.mark.parametrize(
    ("n", "share", "verdict", "code"),
    [
        (29, 0.5, FAIL, "size-too-few"),
        (30, 0.5, PASS, "size-pass"),
        (500, 0.0501, PASS, "size-pass"),
        (500, 0.05, PASS, "size-pass"),
        (500, 0.0499, CAUTION, "size-caution"),
        (500, 0.02, CAUTION, "size-caution"),
        (500, 0.0199, FAIL, "size-fail"),
    ],
)
def test_size_has_its_floor_and_its_bands(
    n: int, share: float, verdict: Verdict, code: str
) -> None:
    check = checked(n=n, share=share)["size"]
    assert (check.verdict, check.why.code) == (verdict, code)
    assert check.why.get("n") == n


def test_too_few_customers_are_judged_by_their_number_and_others_by_their_share() -> None:
    few, small = checked(n=29, share=0.5)["size"], checked(share=0.03)["size"]
    assert (few.value, few.threshold, few.source) == (29, 30, "source-size-n")
    assert (small.value, small.threshold, small.source) == (0.03, 0.05, "source-size-share")


@pytest.mark.parametrize(
    ("filled", "verdict"),
    [(0.81, PASS), (0.8, PASS), (0.799, CAUTION), (0.6, CAUTION), (0.599, FAIL), (0.0, FAIL)],
)
def test_measurability_has_its_bands(filled: float, verdict: Verdict) -> None:
    check = checked(filled=filled)["measurability"]
    assert (check.verdict, check.value) == (verdict, filled)
    assert check.why.code == f"measurability-{verdict.value}"


@pytest.mark.parametrize(
    ("share", "verdict"),
    [(0.51, PASS), (0.5, PASS), (0.499, CAUTION), (0.25, CAUTION), (0.249, FAIL)],
)
def test_reachability_has_its_bands(share: float, verdict: Verdict) -> None:
    check = checked(channels=(channel(share),))["reachability"]
    assert (check.verdict, check.value) == (verdict, share)
    assert check.why.code == f"reachability-{verdict.value}"
    assert check.why.get("channel") == "email"


def test_without_channels_reachability_is_unknown_not_failed() -> None:
    for channels in ((), (channel(1.0, "store"),)):
        check = checked(channels=channels)["reachability"]
        assert (check.verdict, check.value) == (UNKNOWN, None)
        assert check.why.code == "reachability-unknown"


def test_contacts_without_any_consent_reach_nobody() -> None:
    nobody = replace(channel(0.0, consent=False), consenting=0)
    check = checked(channels=(nobody,))["reachability"]
    assert (check.verdict, check.why.code) == (FAIL, "reachability-no-consent")


def test_consent_without_an_address_to_check_is_a_caution_at_best() -> None:
    check = checked(channels=(channel(0.9, contact=False),))["reachability"]
    assert (check.verdict, check.why.code) == (CAUTION, "reachability-unchecked")
    low = checked(channels=(channel(0.3, contact=False),))["reachability"]
    assert low.why.code == "reachability-caution"


def test_consent_that_is_only_assumed_is_a_caution_at_best() -> None:
    check = checked(channels=(channel(0.9, consent=False),))["reachability"]
    assert (check.verdict, check.why.code) == (CAUTION, "reachability-assumed")


def test_a_checked_channel_that_passes_wins_over_a_larger_unchecked_one() -> None:
    channels = (channel(0.9, "post", contact=False), channel(0.6, "email"))
    check = checked(channels=channels)["reachability"]
    assert (check.verdict, check.value, check.why.get("channel")) == (PASS, 0.6, "email")


def test_of_channels_with_the_same_verdict_the_largest_speaks() -> None:
    channels = (channel(0.6, "email"), channel(0.8, "sms"))
    assert checked(channels=channels)["reachability"].why.get("channel") == "sms"


def test_advertising_counts_by_expected_matches_and_needs_the_smallest_audience() -> None:
    ads, few = channel(1.0, "ads"), replace(channel(1.0, "ads"), reachable=199)
    default = Thresholds()
    assert matched(ads, default) == 50
    assert platforms_open(ads, default) == ()
    assert platforms_open(replace(ads, reachable=600), default) == ("google", "meta", "linkedin")
    assert checked(channels=(few,))["reachability"].verdict is FAIL
    many = replace(channel(1.0, "ads"), members=1000, reachable=1000)
    assert checked(channels=(many,))["reachability"].value == 0.5


shares = st.floats(0, 1)
reached = st.builds(
    channel,
    shares,
    st.sampled_from(["email", "sms", "post"]),
    consent=st.booleans(),
    contact=st.booleans(),
)


@given(
    n=st.integers(0, 200),
    share=shares,
    filled=shares,
    channels=st.lists(reached, min_size=1, max_size=3),
    code=st.sampled_from(sorted({*THRESHOLDS} - AT_MOST - MONEY.keys() - {"match-rate"})),
    raised=st.floats(0, 1),
)
def test_raising_a_threshold_never_makes_a_verdict_better(
    n: int, share: float, filled: float, channels: list[ChannelReach], code: str, raised: float
) -> None:
    known = {"n": n, "share": share, "filled": filled, "channels": tuple(channels)}
    before = checked(**known)  # type: ignore[arg-type]  # one mapping for two calls
    own = {code: THRESHOLDS[code].default * (1 + raised)}
    after = checked(**known, own=own)  # type: ignore[arg-type]  # as above
    for criterion, check in before.items():
        if check.verdict is not UNKNOWN:
            assert SEVERITY[after[criterion].verdict] >= SEVERITY[check.verdict]


@given(value=shares, better=shares, enough=shares, doubtful=shares)
def test_a_larger_number_never_has_a_worse_grade(
    value: float, better: float, enough: float, doubtful: float
) -> None:
    low, high = sorted((value, better))
    assert SEVERITY[graded(high, enough, doubtful)] <= SEVERITY[graded(low, enough, doubtful)]


def test_own_thresholds_win_and_unknown_ones_are_passed_over() -> None:
    own = Thresholds.of({"size-share": 0.4, "no such threshold": 3})
    assert own.value("size-share") == 0.4
    assert own.value("size-n") == 30
    assert checked(share=0.39, own={"size-share": 0.4})["size"].verdict is CAUTION


# Money ------------------------------------------------------------------------------------


def test_whether_it_pays_is_unknown_until_the_user_says_what_a_response_earns() -> None:
    for own in ({}, {**MONEY, "margin": 0.0}, {**MONEY, "response-rate": 1.5}):
        check = judged(own=own)["paying"]
        assert (check.verdict, check.threshold) == (UNKNOWN, None)
    assert judged(own={**MONEY, "fixed-cost": -1.0})["paying"].verdict is UNKNOWN


def test_a_segment_pays_from_the_smallest_number_that_covers_all_costs_on() -> None:
    check = judged(own=MONEY)["paying"]
    assert (check.verdict, check.threshold) == (PASS, 200)
    dear = judged(own={**MONEY, "fixed-cost": 1_000.0})["paying"]
    assert (dear.verdict, dear.threshold) == (FAIL, 2_000)
    never = judged(own={**MONEY, "contact-cost": 1.0})["paying"]
    assert (never.verdict, never.why.get("least")) == (FAIL, 0.02)


def test_joining_is_compared_with_a_program_of_its_own() -> None:
    assert judged()["speciality"].verdict is UNKNOWN
    check = judged(own=MONEY)["speciality"]
    assert check.value == pytest.approx(500 * 0.02 * 50 * 0.2 - 100)
    assert (check.verdict, check.why.get("near")) == (PASS, 2)
    assert judged(own={**MONEY, "merged-response": 0.9})["speciality"].verdict is CAUTION
    assert own_program_gain(0, Program(response=0.1, margin=1, contact=0, fixed=5), 0.5) == -5


def test_the_nearest_segment_is_nearest_in_what_formed_them() -> None:
    profile = described(
        numbers((0.0, 1.0, 5.0), 1.0, 100, "formed"),
        numbers((9.0, 0.0, 9.0), 1.0, 100, "beside"),
        k=3,
    )
    assert neighbours(profile) == (1, 0, 1)
    assert neighbours(described(numbers((0.0,), 1.0, 9, "formed"), k=1)) == (0,)


# Differences, stability, plans, dates -----------------------------------------------------


def test_two_segments_differ_in_an_outcome_as_the_analysis_of_variance_says() -> None:
    first, second = outcome_tests(DIFFERENT, ["revenue", "formed"])
    eta = 0.25 / 1.25
    assert first.found.variable == second.found.variable == "revenue"
    assert first.found.effect == pytest.approx(eta)
    assert first.found.statistic == pytest.approx(998 * eta / (1 - eta))
    assert first.found.adjusted == pytest.approx(2 * first.found.p_value)


def test_the_rest_is_pooled_with_its_own_differences() -> None:
    profile = described(numbers((0.0, 1.0, 5.0), 1.0, 100, "revenue"), k=3, n=100)
    found = outcome_tests(profile, ["revenue"])[0].found
    rest = np.concatenate([np.full(100, 1.0), np.full(100, 5.0)])
    between = 100 * (0 - 2) ** 2 + 200 * (3 - 2) ** 2
    within = 300 * 1.0 + ((rest - 3) ** 2).sum()
    assert found.effect == pytest.approx(between / (between + within))


def test_levels_of_the_rest_are_pooled_as_customers_that_count_unequally() -> None:
    counts = {"yes": (60, 20, 10), "no": (40, 80, 90)}
    levels = tuple(
        LevelFact(s, "bought", level, n, n / 100, 0.3, 100.0, mass=2.0 * n, effective=50.0)
        for level, row in counts.items()
        for s, n in enumerate(row)
    )
    sizes = tuple(SegmentSize(s, 100, 1 / 3, 1 / 3, 1 / 3) for s in range(3))
    found = outcome_tests(Profile(3, sizes, (), levels, ()), ["bought"])[0].found
    table = np.array([[60, 30], [40, 170]])
    chance = np.outer(table.sum(axis=1), table.sum(axis=0)) / 300
    statistic = float(((table - chance) ** 2 / chance).sum())
    assert found.statistic == pytest.approx(statistic / 2)  # 50 of 100 count in each segment
    assert found.effect == pytest.approx(math.sqrt(statistic / 300))


@pytest.mark.parametrize(("gap", "verdict"), [(1.0, PASS), (0.15, CAUTION), (0.01, FAIL)])
def test_a_difference_has_to_be_beyond_chance_and_large_enough(
    gap: float, verdict: Verdict
) -> None:
    profile = described(numbers((0.0, gap), 1.0, 1_000, "revenue"), n=1_000)
    evidence = replace(EVIDENCE, tests=outcome_tests(profile, ["revenue"]))
    assert judged(evidence)["differentiability"].verdict is verdict


def test_what_formed_the_segments_never_proves_that_they_differ() -> None:
    evidence = replace(EVIDENCE, tests=outcome_tests(DIFFERENT, ["formed"]))
    assert judged(evidence)["differentiability"].verdict is UNKNOWN


def test_where_there_are_no_segments_nothing_differs_and_nothing_is_stable() -> None:
    nothing = Tested(Structure.CONSTRUCTED, nothing_found=True, found_again=(0.99,))
    found = judged(replace(EVIDENCE, tested=nothing))
    assert found["differentiability"].verdict is FAIL
    assert found["stability"].verdict is FAIL
    assert found["stability"].why.code == "stability-constructed"
    before_the_test = judged(replace(EVIDENCE, tested=Tested(nothing_found=True)))
    assert before_the_test["differentiability"].verdict is FAIL
    assert before_the_test["stability"].verdict is FAIL


@pytest.mark.parametrize(
    ("again", "verdict"), [(0.75, PASS), (0.74, CAUTION), (0.6, CAUTION), (0.59, FAIL)]
)
def test_stability_has_its_bands(again: float, verdict: Verdict) -> None:
    tested = Tested(Structure.REPRODUCIBLE, found_again=(again,))
    assert judged(replace(EVIDENCE, tested=tested))["stability"].verdict is verdict


def test_constructed_overrides_any_stability() -> None:
    card = scorecard(
        replace(EVIDENCE, tested=Tested(Structure.CONSTRUCTED, found_again=(0.99,))),
        Thresholds.of(MONEY),
    )
    assert card.check(0, "stability").verdict is FAIL
    assert card.verdict(0) is FAIL


def test_before_the_test_stability_is_unknown_with_the_next_step() -> None:
    check = judged(replace(EVIDENCE, tested=Tested()))["stability"]
    assert (check.verdict, check.value) == (UNKNOWN, None)
    assert check.remedy is not None
    assert check.remedy.code == "remedy-test"


def test_a_readable_rule_needs_a_complete_plan() -> None:
    assert judged()["actionability"].verdict is PASS
    lacking = judged(replace(EVIDENCE, plans=(SegmentPlan(owner="CRM"),)))["actionability"]
    assert (lacking.verdict, lacking.why.get("fields")) == (CAUTION, ("offer", "channel"))
    for accuracy, verdict in ((0.8, PASS), (0.79, CAUTION), (0.69, FAIL), (math.nan, UNKNOWN)):
        rule = SegmentRule(0, (), 0.9, 0.9, accuracy, 100)
        assert judged(replace(EVIDENCE, rules=(rule,)))["actionability"].verdict is verdict
    assert judged(replace(EVIDENCE, rules=()))["actionability"].verdict is UNKNOWN


@pytest.mark.parametrize(
    ("days", "verdict"), [(183, PASS), (184, CAUTION), (274, CAUTION), (275, FAIL)]
)
def test_data_grow_old(days: int, verdict: Verdict) -> None:
    past = TODAY - dt.timedelta(days=days)
    for dates in (Dates(past, "d", TODAY, TODAY), Dates(TODAY, "", past, TODAY)):
        check = judged(replace(EVIDENCE, dates=dates))["freshness"]
        assert (check.verdict, check.value) == (verdict, days)
    unknown = judged(replace(EVIDENCE, dates=Dates(None, "", TODAY, TODAY)))["freshness"]
    assert unknown.verdict is UNKNOWN


# The card ---------------------------------------------------------------------------------


def test_every_segment_has_every_criterion_with_a_source_and_a_remedy_unless_green() -> None:
    found = judged()
    assert tuple(found) == CRITERIA
    for check in found.values():
        assert (check.remedy is None) == (check.verdict is PASS)
        assert check.knocks_out == (check.criterion in KNOCK_OUT)


def test_one_failure_is_out_one_unknown_is_open_and_what_can_be_put_right_does_not_count() -> None:
    def verdict(evidence: Evidence, own: dict[str, float]) -> Verdict:
        card: Scorecard = scorecard(evidence, Thresholds.of(own))
        return card.verdict(0)

    assert verdict(EVIDENCE, MONEY) is PASS
    assert verdict(EVIDENCE, {}) is UNKNOWN
    assert verdict(replace(EVIDENCE, filled=(0.1,)), {}) is FAIL
    assert verdict(replace(EVIDENCE, filled=(0.7,)), MONEY) is CAUTION
    assert verdict(replace(EVIDENCE, rules=(), plans=(SegmentPlan(),)), MONEY) is PASS


# Attractiveness ---------------------------------------------------------------------------


def test_points_are_scaled_to_a_hundred_and_nonsense_gives_the_defaults() -> None:
    assert sum(shared_points({}).values()) == 100
    assert shared_points({"size": 1, "reach": 3})["reach"] == 75
    for nonsense in ({"size": -5}, {"size": 0}, {"size": math.inf}, {"nothing": 7}):
        assert shared_points(nonsense) == shared_points({})


def test_attractiveness_is_the_weighted_mean_of_what_is_known() -> None:
    (place,) = places(EVIDENCE, DIFFERENT, None, {"size": 50, "reach": 25, "growth": 25})
    assert place.ratings["size"] == 10
    assert place.attractiveness == pytest.approx(0.5 * 10 + 0.25 * 10 + 0.25 * 5)
    assert place.strength == 7
    unknown = replace(EVIDENCE, plans=(SegmentPlan(),))
    (left,) = places(unknown, DIFFERENT, None, {"size": 50, "growth": 50})
    assert (left.attractiveness, left.strength) == (10, None)
    assert unrated([left], {"size": 50, "growth": 50}) == ("growth",)


# Cronbach's alpha -------------------------------------------------------------------------


def test_alpha_is_that_published_for_the_law_school_admission_test() -> None:
    # Section 6, Bock & Lieberman (1970): how many of 1,000 gave each pattern of five answers, from
    # 00000 to 11111. R's ltm::cronbach.alpha prints 0.295.
    counts = [3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80]
    counts += [16, 56, 21, 173, 11, 61, 28, 298]
    patterns = np.array([[int(bit) for bit in f"{i:05b}"] for i in range(32)], dtype=float)
    answers = np.repeat(patterns, counts, axis=0)
    variances = answers.var(axis=0, ddof=1).tolist()
    alpha = cronbach_alpha(variances, float(answers.sum(axis=1).var(ddof=1)))
    assert round(alpha, 3) == 0.295


def test_alpha_is_unknown_where_nobody_differs() -> None:
    assert math.isnan(cronbach_alpha([0.0, 0.0], 0.0))
    assert math.isnan(cronbach_alpha([1.0], 1.0))
