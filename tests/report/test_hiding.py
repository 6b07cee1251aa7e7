"""Small groups in profiles: hidden, and a second one where a total would tell the first."""

import math
from dataclasses import replace

from segmentation.criteria import ChannelReach
from segmentation.profiles import LevelFact, NumberFact, Profile, SegmentSize
from segmentation.report.hiding import (
    hidden_segments,
    told_channels,
    told_counts,
    without_small_groups,
)


def sizes(*counts: int) -> tuple[SegmentSize, ...]:
    return tuple(SegmentSize(s, n, n / sum(counts), 0.0, 1.0) for s, n in enumerate(counts))


def number(segment: int, n: int, mean: float, *, is_share: bool = False) -> NumberFact:
    return NumberFact(segment, "x", n, n, mean, 1.0, 0.5, 100.0, 0.1, n, is_share)


def level(segment: int, name: str, n: int) -> LevelFact:
    return LevelFact(segment, "club", name, n, n / 50, 0.5, 100.0)


def test_nothing_is_hidden_where_every_group_is_large() -> None:
    described = Profile(2, sizes(50, 50), (number(0, 50, 1.0), number(1, 50, 2.0)), (), ("x",))
    assert without_small_groups(described) == described


def test_a_mean_of_four_customers_is_hidden_with_the_next_smallest() -> None:
    facts = (number(0, 50, 1.0), number(1, 4, 2.0), number(2, 30, 3.0))
    safe = without_small_groups(Profile(3, sizes(50, 40, 30), facts, (), ("x",)))
    assert [math.isnan(fact.mean) for fact in safe.numbers] == [False, True, True]
    assert math.isnan(safe.numbers[1].z)


def test_few_who_say_no_are_hidden_like_few_who_say_yes() -> None:
    shares = (0.5, 0.96, 0.04)
    facts = tuple(number(s, 50, share, is_share=True) for s, share in enumerate(shares))
    safe = without_small_groups(Profile(3, sizes(50, 50, 50), facts, (), ("x",)))
    assert [math.isnan(fact.mean) for fact in safe.numbers] == [False, True, True]


def test_a_small_level_hides_a_second_in_its_row_and_in_its_column() -> None:
    facts = (
        *(level(0, name, n) for name, n in (("a", 2), ("b", 20), ("c", 28))),
        *(level(1, name, n) for name, n in (("a", 10), ("b", 20), ("c", 20))),
        *(level(2, name, n) for name, n in (("a", 15), ("b", 20), ("c", 15))),
    )
    safe = without_small_groups(Profile(3, sizes(50, 50, 50), (), facts, ()))
    hidden = {(f.segment, f.level) for f in safe.levels if math.isnan(f.share)}
    assert (0, "a") in hidden
    for segment in range(3):
        assert sum(s == segment for s, _ in hidden) != 1
    for name in "abc":
        assert sum(each == name for _, each in hidden) != 1


def test_a_segment_of_three_tells_nothing_at_all() -> None:
    facts = (number(0, 50, 1.0), number(1, 40, 2.0), number(2, 3, 3.0))
    described = Profile(3, sizes(50, 40, 3), facts, (), ("x",))
    assert hidden_segments(described.sizes) == {1, 2}
    safe = without_small_groups(described)
    assert [math.isnan(fact.mean) for fact in safe.numbers] == [False, True, True]


def test_a_channel_that_misses_a_few_is_as_telling_as_one_that_reaches_a_few() -> None:
    channel = ChannelReach(0, "email", 50, 50, 25, 0.5, True, True)
    channels = [replace(channel, reachable=n) for n in (0, 3, 25, 48, 50)]
    assert [each.reachable for each in told_channels(channels)] == [0, 25, 50]


def test_counts_with_a_told_total_hide_two() -> None:
    assert told_counts((90, 30, 2)) == (90, None, None)
    assert told_counts((90, 0, 30)) == (90, 0, 30)
