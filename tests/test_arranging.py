"""The segments of a study: found or given, pinned, merged and split, the same each time."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation import workflow
from segmentation.arranging import Sweep, arranged, as_tested, learning, put_partition, telling
from segmentation.criteria import SegmentPlan, Tested
from segmentation.errors import EverybodyPinned, NobodyPinned, SegmentsInRule
from segmentation.extraction import ExtractionSpec
from segmentation.intake import Condition, CustomerTable, Operator
from segmentation.sizing import Group, InSegments, Joined
from segmentation.structure import Pin
from segmentation.study import Branch, Study, StudySource, dump, load
from segmentation.variables import Role, suggest
from tests.markets import Market, open_market

SPEC = ExtractionSpec(k_max=3, restarts=3)
N = 240
RNG = np.random.default_rng(12)


def people() -> pd.DataFrame:
    draws = np.random.default_rng(12)
    group = draws.integers(0, 3, N)
    return pd.DataFrame(
        {
            "visits": (10 * group + draws.normal(size=N)).round(2),
            "spend": (40 - 15 * group + draws.normal(size=N)).round(2),
            "trips": (np.arange(N) % 2 * 9 + draws.normal(size=N)).round(2),
            "nights": (np.arange(N) % 2 * 5 + draws.normal(size=N)).round(2),
            "crm": np.where(np.arange(N) % 5 == 0, "", np.array(["a", "b", "c"])[group]),
        }
    )


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Market:
    roles = {"visits": Role.BASIS, "spend": Role.BASIS}
    return open_market(tmp_path_factory.mktemp("m"), people(), roles, rest=Role.DESCRIPTOR)


@pytest.fixture(scope="module")
def study(market: Market) -> Study:
    branch = Branch(extraction=SPEC, k=3).with_basis(suggest(market.table), ["visits", "spend"])
    return Study(StudySource("a.csv", market.table.raw.fingerprint, N), branch=branch)


def find(table: CustomerTable, study: Study) -> Sweep:
    variables = workflow.variables_of(table, study)
    matrix = workflow.matrix_of(table, variables, study)
    return Sweep(matrix, workflow.extract(workflow.task_of(matrix, study)))


def changed(study: Study, **fields: object) -> Study:
    return Study(study.source, branch=Branch(**{**_fields(study.branch), **fields}))


def _fields(branch: Branch) -> dict[str, object]:
    return {name: getattr(branch, name) for name in Branch.__dataclass_fields__}


def test_what_was_only_found_has_the_key_of_its_solution(market: Market, study: Study) -> None:
    partition = arranged(market.table, study, find)
    matrix = find(market.table, study).matrix
    assert partition.key == workflow.key_of(matrix, study, 3)
    assert sum(partition.sizes) == N
    assert telling(market.variables, study, partition) == market.variables


def test_a_study_read_again_merges_splits_and_pins_the_same(market: Market, study: Study) -> None:
    vip = Pin("VIPs", (Condition("nights", Operator.AT_LEAST, ("6.2",)),))
    pinned = changed(study, pins=(vip,))
    base = arranged(market.table, pinned, find)
    merged = Study(study.source, branch=pinned.branch.with_merge(base, base, (0, 2)))
    macro = arranged(market.table, merged, find)
    part = merged.branch.part(market.variables, ["trips", "nights"], 2)
    split = Study(study.source, branch=merged.branch.with_split(macro.key, 0, part))
    first = arranged(market.table, split, find)
    again = arranged(market.table, load(dump(split)), find)
    assert first.key == again.key
    assert np.array_equal(first.rows, again.rows)
    assert np.array_equal(first.labels, again.labels)
    assert [segment.number for segment in first.segments] == ["1a", "1b", "2", "3"]
    assert first.segments[-1].called == "VIPs"
    assert first.sizes[0] + first.sizes[1] == macro.sizes[0] == base.sizes[0] + base.sizes[2]
    assert sum(first.sizes) == N
    basis = {v.name for v in telling(market.variables, split, first) if v.role is Role.BASIS}
    assert basis == {"visits", "spend", "trips", "nights"}
    judged = workflow.judge(
        market.table,
        telling(market.variables, split, first),
        put_partition(market.table, first),
        first.k,
    )
    assert [size.n for size in judged.profile.sizes] == list(first.sizes)
    assert len(judged.filled) == first.k


def test_the_test_speaks_only_of_segments_as_they_were_found(market: Market, study: Study) -> None:
    sweep = find(market.table, study)
    base = arranged(market.table, study, find)
    none = replace(sweep.extraction.choice, recommended_k=1)
    alike = Sweep(sweep.matrix, replace(sweep.extraction, choice=none))
    assert as_tested(sweep, None, base, study) == Tested()
    assert as_tested(alike, None, base, study) == Tested(nothing_found=True)
    merged = Study(study.source, branch=study.branch.with_merge(base, base, (0, 2)))
    joined = arranged(market.table, merged, find)
    assert as_tested(sweep, None, joined, merged) == Tested(by_hand=True)
    assert as_tested(alike, None, joined, merged) == Tested(nothing_found=True, by_hand=True)
    given_by = changed(study, given="crm")
    assert as_tested(None, None, arranged(market.table, given_by, find), given_by) == Tested(
        by_hand=True
    )


def test_plans_stay_with_their_segments_when_others_are_merged(
    market: Market, study: Study
) -> None:
    base = arranged(market.table, study, find)
    plans = [SegmentPlan(owner=name) for name in ("Ann", "Bo", "Cy")]
    planned = study.branch.with_plans(base.key, plans).with_merge(base, base, (0, 2))
    after = arranged(market.table, Study(study.source, branch=planned), find)
    assert [plan.owner for plan in planned.plans_of(after.key, after.k)] == ["", "Bo"]


@settings(max_examples=25)
@given(
    column=st.sampled_from(["visits", "spend", "trips"]),
    operator=st.sampled_from([Operator.AT_LEAST, Operator.AT_MOST]),
    place=st.integers(100, N - 100),
)
def test_a_pinned_segment_is_who_meets_the_rule_in_pandas(
    market: Market, study: Study, column: str, operator: Operator, place: int
) -> None:
    frame = people()
    bound = float(np.sort(frame[column])[place])
    met = frame[column] >= bound if operator is Operator.AT_LEAST else frame[column] <= bound
    known = frame["crm"] == "a"
    rule = Pin("rule", (Condition(column, operator, (str(bound),)),))
    second = Pin("second", (Condition("crm", Operator.IS, ("a",)),))
    pins = (rule, second) if (known & ~met).any() else (rule,)
    partition = arranged(market.table, changed(study, given="crm", pins=pins), find)
    named = {segment.called: place for place, segment in enumerate(partition.segments)}
    expected = np.flatnonzero(met).tolist()
    assert sorted(partition.rows_of(named["rule"]).tolist()) == expected
    if "second" in named:
        expected = np.flatnonzero(known & ~met).tolist()
        assert sorted(partition.rows_of(named["second"]).tolist()) == expected


def test_only_the_others_are_segmented_and_learn_the_scales(market: Market, study: Study) -> None:
    rule = Pin("high", (Condition("visits", Operator.AT_LEAST, ("10",)),))
    left = learning(market.table, changed(study, pins=(rule,)))
    frame = people()
    rest = np.flatnonzero(frame["visits"] < 10)
    assert left.n_customers == len(rest)
    matrix = find(left, study).matrix
    assert sorted(matrix.rows.tolist()) == rest.tolist()
    assert np.nanstd(matrix.values, axis=0) == pytest.approx([1, 1], abs=0.01)


def test_a_rule_that_takes_nobody_or_everybody_is_refused(market: Market, study: Study) -> None:
    nobody = Pin("none", (Condition("visits", Operator.AT_LEAST, ("1e9",)),))
    everybody = Pin("all", (Condition("visits", Operator.KNOWN),))
    with pytest.raises(NobodyPinned):
        learning(market.table, changed(study, pins=(nobody,)))
    with pytest.raises(EverybodyPinned):
        learning(market.table, changed(study, pins=(everybody,)))
    elsewhere = Pin("rests", (Condition("no such column", Operator.KNOWN),))
    assert learning(market.table, changed(study, pins=(elsewhere,))) is market.table


def test_a_rule_in_groups_takes_who_meets_it_in_pandas_whatever_it_is_made_of(
    market: Market, study: Study
) -> None:
    frame = people()
    often = Condition("visits", Operator.AT_LEAST, ("18",))
    named = Condition("crm", Operator.CONTAINS, ("B", "'; --"))
    near = Condition("trips", Operator.AT_MOST, ("1",))
    where = Group(Joined.ANY, (often, Group(Joined.ALL, (named, near))))
    met = (frame["visits"] >= 18) | ((frame["crm"] == "b") & (frame["trips"] <= 1))
    others = Group(Joined.NONE, (often, near))
    pins = (Pin.of("rich", where), Pin.of("others", others))
    rest = learning(market.table, changed(study, pins=pins))
    neither = ~(frame["visits"] >= 18) & ~(frame["trips"] <= 1)
    assert rest.n_customers == (~met & ~neither).sum() > 0
    partition = arranged(market.table, changed(study, given="crm", pins=pins), find)
    place = next(i for i, s in enumerate(partition.segments) if s.called == "rich")
    assert sorted(partition.rows_of(place).tolist()) == np.flatnonzero(met).tolist()
    assert not pins[0].fits(["visits", "crm"])


def test_plain_conditions_of_a_filter_make_the_rule_that_they_always_made() -> None:
    often, near = (Condition(name, Operator.KNOWN) for name in ("visits", "trips"))
    for where in (Group(members=(often,)), Group(Joined.ANY, (often,))):
        assert Pin.of("a", where) == Pin("a", (often,))
    assert Pin.of("a", Group(members=(often, near))) == Pin("a", (often, near))
    assert Pin.of("a", Group(Joined.NONE, (often,))).where == Group(Joined.NONE, (often,))
    # Names of segments are kept under keys made of this.
    assert Pin("a", (often,)).mark == f"Pin(name='a', conditions=({often!r},))"
    with pytest.raises(SegmentsInRule):
        Pin.of("a", Group(members=(Group(members=(InSegments("key", (0,)),)),)))


def test_a_rule_of_the_same_name_takes_the_place_of_the_former() -> None:
    first, second = Pin("a", (Condition("visits", Operator.KNOWN),)), Pin("b")
    branch = Branch().with_pin(first).with_pin(second).with_pin(Pin("a"))
    assert branch.pins == (Pin("a"), second)
    assert branch.without_pin("a").pins == (second,)


def test_given_segments_need_no_search_and_do_not_explain_themselves(
    market: Market, study: Study
) -> None:
    def never(table: CustomerTable, study: Study) -> Sweep:
        raise AssertionError("nothing is to be found")

    asked = changed(study, given="crm")
    partition = arranged(market.table, asked, never)
    frame = people()
    assert sorted(partition.sizes) == sorted(frame.loc[frame["crm"] != "", "crm"].value_counts())
    assert partition.n_unassigned == (frame["crm"] == "").sum()
    assert "crm" not in [v.name for v in telling(market.variables, asked, partition)]
    roles = {v.name: v.role for v in workflow.variables_of(market.table, asked)}
    assert roles["crm"] is Role.GIVEN_SEGMENT
    gone = changed(study, given="a column of another file")
    assert arranged(market.table, gone, find).key == arranged(market.table, study, find).key
