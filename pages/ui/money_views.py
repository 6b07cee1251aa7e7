"""The money page's results: what programs earn, what that hangs on, and where to spend."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages.ui import state
from pages.ui.figures import figure
from pages.ui.text import escaped
from segmentation.charts import profit_histogram, tornado_chart
from segmentation.export.chart_rows import Rows
from segmentation.sizing import (
    MoneyPlan,
    Outcome,
    Program,
    Spread,
    allocate,
    control_size,
    merge,
    outcome,
    profit_range,
    together,
    tornado,
)
from segmentation.wording import Words
from segmentation.wording.sizing import pays, round_up
from segmentation.wording.terms import FIGURE_NAMES

SEED = 1


def headline(programs: Sequence[Program], plan: MoneyPlan, words: Words) -> None:
    """Show the profit of all programs in one large number, and what it is made of."""
    found, currency = together(programs, plan.months), plan.currency or words.currency
    gains = found.profit >= 0
    told = words("profit") if gains else words("loss")
    amount = html.escape(words.money(abs(found.profit), currency))
    st.html(
        '<p style="margin:0;line-height:1.1"><span style="font-size:3.2rem;font-weight:700">'
        f'{amount}</span> <span style="font-size:1.15rem">{html.escape(told)}</span></p>'
    )
    facts = {
        words("Return on investment"): words.percent(found.roi),
        words("Responses"): words.count(found.responses),
        words("Revenue"): words.money(found.revenue, currency),
        words("Cost"): words.money(found.cost, currency),
        words("Paid back after"): _months(found.payback_months, words),
    }
    with st.container(horizontal=True, gap="medium"):
        for label, value in facts.items():
            st.metric(label, escaped(value), width="content")


def _months(months: float, words: Words) -> str:
    if math.isinf(months):
        return words("never")
    return words("{n:number} months", n=months)


def table(programs: Sequence[Program], plan: MoneyPlan, words: Words) -> None:
    """Show every program with what it earns and from when on it pays."""
    currency = plan.currency or words.currency
    found = [(p, outcome(p, plan.months)) for p in programs]
    for program, seen in found:
        verdict = pays(program, seen, words)
        icon = ":material/check_circle:" if seen.profit >= 0 else ":material/do_not_disturb_on:"
        st.markdown(f"{icon} **{escaped(_called(program))}** {escaped(verdict)}")
    st.dataframe([_row(p, o, currency, words) for p, o in found], hide_index=True)


def _row(program: Program, found: Outcome, currency: str, words: Words) -> dict[str, object]:
    enough = words.count(round_up(found.smallest)) if math.isfinite(found.smallest) else "–"
    return {
        words("Segment"): _called(program),
        words("Profit"): words.money(found.profit, currency),
        words("Return on investment"): words.percent(found.roi),
        words("Responses"): words.count(found.responses),
        words("Revenue"): words.money(found.revenue, currency),
        words("Cost"): words.money(found.cost, currency),
        words("Break-even response"): words.percent(found.break_even),
        words("Smallest segment that pays"): enough,
        words("Paid back after"): _months(found.payback_months, words),
    }


def _called(program: Program) -> str:
    return program.label or "–"


def matters(
    programs: Sequence[Program], spreads: dict[str, Spread], plan: MoneyPlan, words: Words
) -> None:
    """Show which figure the profit hangs on most, and how it spreads when all move at once."""
    currency = plan.currency or words.currency
    swings = tornado(programs, spreads, plan.own_spreads)
    widest = words(FIGURE_NAMES[swings[0].figure])
    st.header(escaped(words("The profit hangs most on: {figure}", figure=widest)), anchor=False)
    likely = together(programs).profit
    title = words("Profit when one figure is at its lowest and at its highest")
    rows: Rows = [
        {
            words("Figure"): words(FIGURE_NAMES[s.figure]),
            words("Profit at the lowest"): s.low,
            words("Profit at the highest"): s.high,
        }
        for s in swings
    ]
    figure(partial(tornado_chart, swings, likely, currency, words), title, "tornado", lambda: rows)
    _spread(programs, spreads, plan, words)


def _spread(
    programs: Sequence[Program], spreads: dict[str, Spread], plan: MoneyPlan, words: Words
) -> None:
    currency = plan.currency or words.currency
    found = profit_range(programs, spreads, plan.own_spreads, seed=SEED)
    st.header(
        escaped(words("A loss in {share:percent} of all cases", share=found.loss)), anchor=False
    )
    st.markdown(
        escaped(
            words(
                "Nine times out of ten the profit lies between {low} and {high}, in the middle at "
                "{middle}.",
                low=words.money(found.low, currency),
                high=words.money(found.high, currency),
                middle=words.money(found.middle, currency),
            )
        )
    )
    bins: Rows = [
        {words("From"): a, words("To"): b, words("Draws"): n}
        for a, b, n in zip(found.edges[:-1], found.edges[1:], found.counts, strict=True)
    ]
    title = words("How the profit spreads")
    figure(partial(profit_histogram, found, currency, words), title, "spread", lambda: bins)
    st.caption(
        words(
            "{draws:count} draws with seed {seed:count}, each figure from a PERT distribution over "
            "its lowest, likely and highest value; a good draw of a figure is good for all "
            "programs.",
            draws=found.draws,
            seed=found.seed,
        )
    )


def budget(programs: Sequence[Program], plan: MoneyPlan, words: Words) -> float:
    """Share a budget over the programs; return it as set."""
    currency = plan.currency or words.currency
    cost = together(programs).cost
    label = words("Budget ({currency})", currency=currency)
    now = float(round(cost / 2)) if plan.budget is None else max(0.0, plan.budget)
    key = state.key("roi_budget")
    total = st.number_input(label, 0.0, 1e12, now, step=100.0, format="%.0f", key=key)
    found = allocate(programs, total)
    st.markdown(
        escaped(
            words(
                "The best plan spends {spent} and earns {profit}.",
                spent=words.money(found.spent, currency),
                profit=words.money(found.profit, currency),
            )
        )
    )
    st.dataframe(
        [
            {
                words("Segment"): _called(p),
                words("People to address"): words.count(p.people),
                words("People in all"): words.count(whole.people),
                words("Cost"): words.money(p.people * p.contact + p.fixed, currency),
                words("Profit"): words.money(p.people * p.gain - p.fixed, currency),
            }
            for p, whole in zip(found.programs, programs, strict=True)
        ],
        hide_index=True,
    )
    if not found.is_proven:
        st.caption(words("The search ended after its time: a better plan may exist."))
    st.caption(
        words("Rows of one segment share its people: each is addressed through one channel only.")
    )
    return total


def merging(programs: Sequence[Program], plan: MoneyPlan, words: Words) -> None:
    """Compare two segments kept apart with one program for both."""
    if len(programs) < 2:
        st.info(words("Add a second row to compare two segments with one."))
        return
    currency = plan.currency or words.currency
    places = range(len(programs))
    left, right = st.columns(2)
    first = left.selectbox(
        words("One segment"), places, format_func=lambda i: _called(programs[i]), key="roi_first"
    )
    others = [i for i in places if i != first]
    second = right.selectbox(
        words("The other"), others, format_func=lambda i: _called(programs[i]), key="roi_second"
    )
    less = st.slider(
        words("Responses lost when one message speaks to both (%)"), 0, 100, 10, key="roi_less"
    )
    found = merge(programs[first], programs[second], less / 100)
    told = words("Keep them apart") if found.keeps_apart else words("One program for both")
    st.header(told, anchor=False)
    with st.container(horizontal=True, gap="medium"):
        st.metric(words("Profit apart"), escaped(words.money(found.apart, currency)))
        st.metric(words("Profit as one"), escaped(words.money(found.merged, currency)))
    st.caption(
        words("One program pays one fixed cost, the larger; its response is the mean of both.")
    )


def control_group(words: Words) -> None:
    """Say how many customers a test needs."""
    left, right = st.columns(2)
    base = left.number_input(
        words("Response without contact (%)"), 0.01, 99.99, 2.0, step=0.1, key="roi_base"
    )
    lift = right.number_input(
        words("Lift that should be seen (percentage points)"),
        0.01,
        99.0,
        0.5,
        step=0.1,
        key="roi_lift",
    )
    n = round_up(control_size(base / 100, lift / 100))
    st.metric(words("Customers in each of both groups"), words.count(n))
    st.caption(
        words(
            "So that a lift of that size is seen four times out of five, and chance is taken for "
            "one in one case out of twenty."
        )
    )


def how(words: Words) -> None:
    """Explain the formulas of this page."""
    with st.popover(words("How?"), type="tertiary", icon=":material/help:", key="roi_how"):
        st.markdown(
            "$u = r - r_0$, $\\;\\mathrm{profit} = N u m - N c - F$, "
            "$\\;\\mathrm{ROI} = \\mathrm{profit} / (N c + F)$\n\n"
            "$N^* = F / (u m - c)$, $\\;r^* = r_0 + c/m + F/(N m)$"
        )
        for told in (
            words(
                "N people, r response rate, r₀ response without contact, m margin per response, c "
                "cost per contact, F fixed cost. Only responses that contact brings about count."
            ),
            words(
                "N* is the smallest segment that pays, r* the response rate at which it does. Paid "
                "back: when margins that come in evenly over the months have covered the cost."
            ),
            words(
                "The budget is shared by an integer program, because a fixed cost is paid once "
                "and not for each person: the plan is the best one there is."
            ),
        ):
            st.markdown(escaped(told))
