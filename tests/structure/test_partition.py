from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.criteria import Thresholds
from segmentation.errors import BadMerge
from segmentation.structure import (
    Partition,
    Segment,
    enough_to_split,
    merged,
    merged_all,
    with_parts,
)
from segmentation.study import Branch


def partition(labels: Sequence[int], k: int, key: str = "base") -> Partition:
    segments = tuple(Segment(segment) for segment in range(k))
    rows = np.arange(len(labels))[::-1] * 3
    return Partition(key, rows, np.array(labels, np.int16), segments)


LABELS = st.lists(st.integers(-1, 3), min_size=1, max_size=40)
PAIRS = st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(lambda pair: pair[0] != pair[1])


@given(LABELS, PAIRS)
def test_merged_segments_add_up_and_nobody_else_moves(labels: list[int], pair: tuple) -> None:
    before = partition(labels, 4)
    after, (first, second) = merged(before, pair), sorted(pair)
    expected = list(before.sizes)
    expected[first] += expected.pop(second)
    assert list(after.sizes) == expected
    assert after.n_unassigned == before.n_unassigned
    assert [segment.number for segment in after.segments] == ["1", "2", "3"]


@given(LABELS, PAIRS)
def test_to_merge_and_undo_changes_nothing(labels: list[int], pair: tuple) -> None:
    before = partition(labels, 4)
    branch = Branch(names={"base": ("a", "", "c", "d")})
    changed = branch.with_merge(before, before, pair)
    now = merged_all(before, changed.merges["base"])
    assert now.k == 3
    undone = changed.without_last_merge("base")
    assert undone.decisions == branch.decisions
    again = merged_all(before, undone.merges.get("base", ()))
    assert again is before
    assert undone.names_of("base", 4) == ("a", "", "c", "d")


def test_the_others_keep_their_names_when_two_are_merged() -> None:
    before = partition([0, 1, 2, 3], 4)
    branch = Branch(names={"base": ("a", "b", "", "d")})
    changed = branch.with_merge(before, before, (2, 0))
    now = merged(before, (0, 2))
    assert changed.names_of(now.key, 3) == ("", "b", "d")
    twice = changed.with_merge(before, now, (1, 2))
    assert twice.names_of(merged(now, (1, 2)).key, 2) == ("", "b + d")
    assert merged_all(before, twice.merges["base"]).key == merged(now, (1, 2)).key


@pytest.mark.parametrize("pair", [(1, 1), (0, 9), (-1, 0)])
def test_only_two_different_segments_can_be_merged(pair: tuple[int, int]) -> None:
    with pytest.raises(BadMerge):
        merged(partition([0, 1, 2], 3), pair)


def test_two_segments_stay_two() -> None:
    with pytest.raises(BadMerge):
        merged(partition([0, 1], 2), (0, 1))


@given(LABELS, st.lists(st.integers(-1, 1), min_size=40, max_size=40), st.integers(0, 3))
def test_micro_segments_lie_in_one_segment_and_add_up_to_it(
    labels: list[int], parts: list[int], segment: int
) -> None:
    macro = partition(labels, 4)
    members = macro.rows_of(segment)[::-1]
    kinds = np.array(parts[: len(members)], np.int16)
    inner = Partition("inner", members, kinds, (Segment(0), Segment(1)))
    leaves = with_parts(macro, {segment: inner})
    sums = [0] * 4
    for leaf, n in zip(leaves.segments, leaves.sizes, strict=True):
        sums[leaf.macro] += n
    assert tuple(sums) == macro.sizes
    whole = [leaves.segments[label].macro if label >= 0 else -1 for label in leaves.labels]
    assert whole == macro.labels.tolist()
    assert leaves.macro is macro
    found = dict(zip(leaves.rows.tolist(), leaves.labels.tolist(), strict=True))
    for row, kind in zip(members.tolist(), kinds.tolist(), strict=True):
        assert leaves.segments[found[row]].part == (kind if kind >= 0 else 2)


def test_micro_segments_are_numbered_with_letters() -> None:
    macro = partition([0, 0, 1, 1, 2], 3)
    inner = Partition("i", macro.rows_of(1), np.array([0, 1], np.int16), (Segment(0), Segment(1)))
    leaves = with_parts(macro, {1: inner})
    assert [segment.number for segment in leaves.segments] == ["1", "2a", "2b", "3"]
    assert leaves.key != macro.key
    assert with_parts(macro, {}) is macro


def test_a_segment_must_have_room_for_two_parts_that_are_large_enough() -> None:
    assert enough_to_split(Thresholds.of({"size-n": 12.5})) == 26
