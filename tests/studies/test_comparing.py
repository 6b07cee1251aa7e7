"""Two versions side by side: the decisions that differ, and what is known of their segments."""

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings

from segmentation.studies import Results, Version, compare, differing
from segmentation.study import Branch, Study, StudySource, dump
from tests.study.strategies import STUDIES

ONE = Study(StudySource("a.csv", "f00", 3), thresholds={"size-share": 0.1})


def version(fingerprint: str, results: Results | None) -> Version:
    return Version(1, dt.datetime.now(dt.UTC), "", "a.csv", fingerprint, 3, 7, {}, results)


def test_only_the_decisions_that_differ_are_told_with_their_place() -> None:
    other = replace(ONE, branch=replace(Branch(), k=5), thresholds={})
    found = {d.path: (d.first, d.second) for d in differing(dump(ONE), dump(other))}
    assert found == {("branch", "k"): (None, "5"), ("thresholds", "size-share"): ("0.1", None)}


@settings(max_examples=6)
@given(STUDIES, STUDIES)
def test_a_study_differs_from_no_copy_and_from_others_in_both_directions_alike(
    first: Study, second: Study
) -> None:
    assert differing(dump(first), dump(first)) == ()
    there = differing(dump(first), dump(second))
    back = differing(dump(second), dump(first))
    assert {(d.path, d.first, d.second) for d in there} == {
        (d.path, d.second, d.first) for d in back
    }
    assert all(d.first != d.second for d in there)


def test_segments_are_the_same_when_their_fingerprints_are() -> None:
    known, other = Results(3, (), (), labels="a"), Results(3, (), (), labels="b")
    cases = [(known, known, True), (known, other, False), (known, None, None)]
    cases += [(replace(known, labels=None), known, None), (None, None, None)]
    for first, second, expected in cases:
        found = compare(version("f", first), version("f", second), ("", ""))
        assert found.same_segments is expected
        assert found.same_data
    assert not compare(version("f", None), version("g", None), ("", "")).same_data
