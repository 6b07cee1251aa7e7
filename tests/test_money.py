import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from segmentation.money import FIGURES, break_even, profit_of, smallest_paying
from segmentation.sizing import (
    Program,
    Spread,
    allocate,
    control_size,
    merge,
    outcome,
    profit_range,
    sound,
    together,
    tornado,
)

AMOUNTS = st.floats(0.01, 1e4)
PROGRAMS = st.builds(
    Program,
    name=st.sampled_from("ABC"),
    people=st.floats(1, 1e6),
    response=st.floats(0.001, 1),
    margin=AMOUNTS,
    contact=AMOUNTS,
    fixed=AMOUNTS,
    control=st.floats(0, 0.5),
)
BETTER = {"response": 1, "margin": 1, "contact": -1, "fixed": -1, "control": -1}


def test_break_even_is_the_one_of_the_published_example() -> None:
    # 30 from who responds, -2 from who does not: a response earns 32 more, each contact costs 2.
    assert break_even(Program(people=1, margin=32, contact=2)) == 0.0625
    assert pytest.approx(17.59, abs=0.005) == 0.489 / 0.0278
    assert break_even(Program(people=1, margin=0.489 / 0.0278, contact=0.489)) == pytest.approx(
        0.0278
    )


@given(PROGRAMS, st.floats(0, 0.99))
def test_the_smallest_segment_that_pays_earns_nothing(program: Program, part: float) -> None:
    program = replace(program, control=0, contact=program.response * program.margin * part)
    least = smallest_paying(program)
    scale = program.fixed + least * (program.contact + program.margin)
    assert profit_of([replace(program, people=least)]) == pytest.approx(0, abs=1e-9 * scale)


@given(PROGRAMS)
def test_at_the_break_even_response_the_profit_is_nothing(program: Program) -> None:
    needed = break_even(program)
    scale = outcome(program).cost + program.people * program.margin
    at = replace(program, response=needed)  # may be beyond 1: then no response pays
    assert profit_of([at]) == pytest.approx(0, abs=1e-9 * scale)


@given(PROGRAMS, st.sampled_from(sorted(BETTER)), st.floats(1, 2))
def test_profit_and_the_smallest_segment_are_monotone_in_every_figure(
    program: Program, figure: str, more: float
) -> None:
    other = replace(program, **{figure: getattr(program, figure) * more})
    if figure == "margin":
        assume(
            program.uplift >= 0
        )  # a contact that puts people off costs more, the dearer they are
    worse, better = (program, other) if BETTER[figure] > 0 else (other, program)
    tolerance = 1e-9 * (outcome(program).cost + program.people * program.margin * more)
    assert profit_of([worse]) <= profit_of([better]) + tolerance
    assert smallest_paying(better) <= smallest_paying(worse) * (1 + 1e-9)


@given(PROGRAMS, st.floats(1, 2))
def test_more_people_earn_more_exactly_where_a_contact_earns(program: Program, more: float) -> None:
    grown = profit_of([replace(program, people=program.people * more)]) - profit_of([program])
    assert grown == pytest.approx(program.people * (more - 1) * program.gain, rel=1e-6, abs=1e-3)


def test_programs_add_up_and_the_rate_of_return_is_of_the_whole() -> None:
    first = Program("A", people=1000, response=0.05, margin=40, contact=0.5, fixed=500)
    second = Program("B", people=200, response=0.01, margin=40, contact=0.5, fixed=100)
    found = together([first, second])
    assert (found.responses, found.revenue, found.cost) == (52, 2080, 1200)
    assert found.roi == pytest.approx(880 / 1200)
    assert found.payback_months == pytest.approx(12 * 1200 / 2080)
    assert math.isinf(outcome(second).payback_months)


def test_only_responses_brought_about_count_beside_a_control_group() -> None:
    program = Program("A", people=1000, response=0.05, control=0.03, margin=100, contact=1)
    assert outcome(program).revenue == pytest.approx(2000)
    assert outcome(program).break_even == pytest.approx(0.04)


@pytest.mark.parametrize(
    ("program", "profit", "smallest"),
    [
        (Program("free", people=10), 0, 0),
        (Program("no response", people=10, margin=5, contact=1), -10, math.inf),
        (Program("nobody", people=0, response=0.1, margin=5, fixed=3), -3, 6),
        (Program("nothing at all"), 0, 0),
        (Program("no cost", people=10, response=0.1, margin=5), 5, 0),
    ],
)
def test_zeros_have_an_answer(program: Program, profit: float, smallest: float) -> None:
    assert program.flaw is None
    assert outcome(program).profit == pytest.approx(profit)
    assert outcome(program).smallest == pytest.approx(smallest)


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ({"response": 1.2}, "money-beyond-one"),
        ({"control": 2}, "money-beyond-one"),
        ({"contact": -1}, "money-negative"),
        ({"people": -5}, "money-negative"),
        ({"margin": math.nan}, "money-no-number"),
        ({"fixed": math.inf}, "money-no-number"),
    ],
)
def test_figures_that_cannot_be_are_named_and_left_out(
    figures: dict[str, float], code: str
) -> None:
    good = Program("good", people=5)
    kept, notes = sound([good, Program("bad", **figures)])
    assert kept == (good,)
    assert [note.code for note in notes] == [code]
    assert notes[0].get("program") == "bad"


def best_by_hand(programs: list[Program], budget: float) -> float:
    """Try every plan of whole people."""
    best = 0.0
    for crowd in itertools.product(*(range(int(p.people) + 1) for p in programs)):
        plan = [
            replace(p, people=n, fixed=p.fixed if n else 0.0)
            for p, n in zip(programs, crowd, strict=True)
        ]
        spent = sum(p.people * p.contact + p.fixed for p in plan)
        by_name = {n: sum(p.people for p in plan if p.name == n) for n in {p.name for p in plan}}
        room = {n: max(p.people for p in programs if p.name == n) for n in by_name}
        if spent <= budget + 1e-9 and all(by_name[n] <= room[n] for n in by_name):
            best = max(best, profit_of(plan))
    return best


SMALL = st.builds(
    Program,
    name=st.sampled_from("AB"),
    people=st.integers(0, 5).map(float),
    response=st.sampled_from([0.0, 0.1, 0.3, 0.5]),
    margin=st.integers(0, 20).map(float),
    contact=st.integers(0, 4).map(float),
    fixed=st.sampled_from([0.0, 0.0, 3.0, 8.0]),
)


@settings(max_examples=60)
@given(st.lists(SMALL, max_size=4), st.integers(0, 30))
def test_no_plan_tried_by_hand_earns_more_than_the_allocation(
    programs: list[Program], budget: int
) -> None:
    found = allocate(programs, budget)
    assert found.is_proven
    assert found.spent <= budget + 1e-6
    assert found.profit == pytest.approx(best_by_hand(programs, budget), abs=1e-6)


def test_the_best_next_step_is_not_the_best_plan_where_beginning_costs() -> None:
    dear = Program("A", people=100, response=1, margin=3, contact=1, fixed=60)
    plain = Program("B", people=100, response=1, margin=2, contact=1)
    found = allocate([dear, plain], 100)
    assert [p.people for p in found.programs] == [0, 100]
    assert allocate([dear, plain], 260).profit == pytest.approx(240)


def test_two_segments_are_one_too_many_where_the_second_program_costs_more() -> None:
    first = Program("A", people=1000, response=0.04, margin=50, contact=0.5, fixed=800)
    second = replace(first, name="B", people=200)
    found = merge(first, second, 0.1)
    assert found.apart == pytest.approx(200)
    assert found.merged == pytest.approx(1200 * (0.036 * 50 - 0.5) - 800)
    assert not found.keeps_apart
    assert merge(first, second, 0.9).keeps_apart
    assert merge(first, second, 0).merged == pytest.approx(found.apart + 800)


def test_the_tornado_moves_one_figure_at_a_time_and_begins_with_the_widest() -> None:
    program = Program("A", people=1000, response=0.05, margin=40, contact=0.5, fixed=500)
    spreads = {figure: Spread(0.5, 1.5) for figure in FIGURES}
    swings = tornado([program], spreads)
    assert [swing.width for swing in swings] == sorted((s.width for s in swings), reverse=True)
    found = {swing.figure: (swing.low, swing.high) for swing in swings}
    assert found["fixed"] == (1250, 750)
    assert found["response"] == pytest.approx((0, 2000))


def test_draws_are_repeatable_and_stay_within_the_worst_and_the_best() -> None:
    program = Program("A", people=1000, response=0.05, margin=40, contact=0.5, fixed=500)
    spreads = {figure: Spread(0.7, 1.4) for figure in FIGURES}
    found = profit_range([program], spreads, seed=4, draws=2000)
    assert found == profit_range([program], spreads, seed=4, draws=2000)
    assert found != profit_range([program], spreads, seed=5, draws=2000)
    assert found.low < found.middle < found.high
    assert sum(found.counts) == 2000
    sure = profit_range([program], {}, draws=100)
    assert sure.low == sure.high == profit_of([program])


def test_a_drawn_figure_has_the_mean_of_its_distribution() -> None:
    program = Program("A", people=1, response=1, margin=1)
    found = profit_range([program], {"margin": Spread(0.4, 2.2)}, draws=20_000)
    middles = (np.array(found.edges[1:]) + np.array(found.edges[:-1])) / 2
    mean = float(np.average(middles, weights=found.counts))
    assert mean == pytest.approx((0.4 + 4 + 2.2) / 6, abs=0.01)


def test_a_range_of_one_program_comes_before_that_of_all() -> None:
    first = Program("A", "email", people=1000, response=0.05, margin=40, contact=0.5)
    second = replace(first, channel="post")
    own = {"A · post": {"margin": Spread(1, 1)}}
    swing = tornado([first, second], {"margin": Spread(0.5, 2)}, own)
    assert [(s.figure, s.low, s.high) for s in swing] == [("margin", 2000, 5000)]
    assert [s.figure for s in tornado([first], {}, {"A · email": {"fixed": Spread()}})] == ["fixed"]
    sure = profit_range([second], {"margin": Spread(0.5, 2)}, own, draws=100)
    assert sure.low == sure.high == profit_of([second])


def test_a_good_year_is_good_for_all_programs_each_by_its_own_range() -> None:
    program = Program("A", people=1000, response=0.05, margin=40, contact=0.5)
    narrow, wide = {"margin": Spread(0.9, 1.1)}, {"margin": Spread(0.5, 1.5)}
    alone = [profit_range([program], each, draws=4000, seed=3) for each in (narrow, wide)]
    programs = [program, replace(program, name="B")]
    both = profit_range(programs, narrow, {"B": wide}, draws=4000, seed=3)
    assert both.low == pytest.approx(sum(found.low for found in alone))
    assert both.high == pytest.approx(sum(found.high for found in alone))


@given(st.floats(0, 1), st.floats(1, 4), st.integers(0, 99))
def test_a_drawn_profit_lies_between_the_ends_of_its_only_range(
    low: float, high: float, seed: int
) -> None:
    program = Program("A", people=1000, response=0.05, margin=40, contact=0.5)
    spreads = {"margin": Spread(low, high)}
    found = profit_range([program], spreads, seed=seed, draws=50)
    swing = tornado([program], spreads)[0]
    assert swing.low - 1e-6 <= found.low <= found.middle <= found.high <= swing.high + 1e-6


@given(st.floats(0.01, 0.5), st.floats(0.001, 0.2), st.floats(1.01, 3))
def test_a_control_group_grows_with_the_base_rate_and_shrinks_with_the_lift(
    base: float, lift: float, more: float
) -> None:
    assert control_size(base, lift * more) == pytest.approx(control_size(base, lift) / more**2)
    assert control_size(base / more, lift) < control_size(base, lift)
    assert control_size(base, lift, power=0.9) > control_size(base, lift)


def test_the_size_of_a_control_group_has_the_known_constant() -> None:
    assert control_size(0.5, 1) * 4 == pytest.approx(15.7, abs=0.01)
    assert math.isinf(control_size(0.1, 0))
    assert math.isinf(control_size(1.2, 0.1))
