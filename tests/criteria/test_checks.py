import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.criteria import (
    THRESHOLDS,
    ChannelReach,
    Check,
    Thresholds,
    Verdict,
    check_segments,
)
from segmentation.criteria.checks import graded
from segmentation.profiles import SegmentSize

PASS, CAUTION, FAIL = Verdict.PASS, Verdict.CAUTION, Verdict.FAIL
SEVERITY = {PASS: 0, CAUTION: 1, FAIL: 2}


def channel(
    share: float, name: str = "email", *, consent: bool = True, contact: bool = True
) -> ChannelReach:
    return ChannelReach(0, name, 100, 100, round(100 * share), share, consent, contact)


def checked(
    *,
    n: int = 500,
    share: float = 0.3,
    filled: float = 1.0,
    channels: tuple[ChannelReach, ...] = (channel(1.0),),
    thresholds: Thresholds | None = None,
) -> dict[str, Check]:
    size = SegmentSize(0, n, share, share, share)
    checks = check_segments([size], [filled], channels, thresholds or Thresholds())
    return {check.criterion: check for check in checks}


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
    check = checked(channels=())["reachability"]
    assert (check.verdict, check.value) == (CAUTION, None)
    assert check.why.code == "reachability-unknown"


def test_contacts_without_any_consent_reach_nobody() -> None:
    check = checked(channels=(channel(0.0, consent=False),))["reachability"]
    assert (check.verdict, check.why.code) == (FAIL, "reachability-no-consent")


def test_consent_without_an_address_to_check_is_a_caution_at_best() -> None:
    check = checked(channels=(channel(0.9, contact=False),))["reachability"]
    assert (check.verdict, check.why.code) == (CAUTION, "reachability-unchecked")
    low = checked(channels=(channel(0.3, contact=False),))["reachability"]
    assert low.why.code == "reachability-caution"


def test_a_checked_channel_that_passes_wins_over_a_larger_unchecked_one() -> None:
    channels = (channel(0.9, "post", contact=False), channel(0.6, "email"))
    check = checked(channels=channels)["reachability"]
    assert (check.verdict, check.value, check.why.get("channel")) == (PASS, 0.6, "email")


def test_of_channels_with_the_same_verdict_the_largest_speaks() -> None:
    channels = (channel(0.6, "email"), channel(0.8, "sms"))
    assert checked(channels=channels)["reachability"].why.get("channel") == "sms"


def test_every_segment_has_every_check_with_a_source() -> None:
    sizes = [SegmentSize(s, 100, 0.5, 0.4, 0.6) for s in range(2)]
    reached = [ChannelReach(1, "email", 100, 80, 70, 0.7, True, True)]
    checks = check_segments(sizes, [1.0, 0.5], reached, Thresholds())
    assert [(c.segment, c.criterion) for c in checks] == [
        (s, name) for s in range(2) for name in ("size", "measurability", "reachability")
    ]
    assert checks[2].why.code == "reachability-unknown"
    assert checks[5].verdict is PASS
    assert {c.source for c in checks} <= {t.source for t in THRESHOLDS.values()}


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
    channels=st.lists(reached, max_size=3),
    code=st.sampled_from(sorted(THRESHOLDS)),
    raised=st.floats(0, 1),
)
def test_raising_a_threshold_never_makes_a_verdict_better(
    n: int, share: float, filled: float, channels: list[ChannelReach], code: str, raised: float
) -> None:
    before = checked(n=n, share=share, filled=filled, channels=tuple(channels))
    default = THRESHOLDS[code].default
    thresholds = Thresholds.of({code: default + raised * default})
    after = checked(
        n=n, share=share, filled=filled, channels=tuple(channels), thresholds=thresholds
    )
    for criterion, check in before.items():
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
    assert checked(share=0.39, thresholds=own)["size"].verdict is CAUTION
