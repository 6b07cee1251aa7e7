"""The sizing page's results: one large number, a curve, and what-ifs side by side."""

from __future__ import annotations

import html
from dataclasses import replace
from functools import partial

import streamlit as st

from pages.ui import compute, sizing_doors, sizing_inputs, sizing_keeping, state
from pages.ui.boundary import boundary
from pages.ui.figures import figure
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.charts import threshold_curve
from segmentation.export.chart_rows import Rows
from segmentation.profiles.intervals import effective_size
from segmentation.sizing import (
    Answer,
    Curve,
    Ground,
    Group,
    SizingPlan,
    WhatIf,
    ask,
    if_consent,
    movable,
    of_market,
)
from segmentation.study import Study
from segmentation.wording import Words
from segmentation.wording.sizing import channel_name, group_text, interval_text, leaf_text


def live(visit: Visit, words: Words) -> None:
    """Show the number, and below it the filter that makes it; only this part runs again."""

    @st.fragment
    def alive() -> None:
        with boundary():
            _alive(visit, words)

    alive()


def _alive(visit: Visit, words: Words) -> None:
    plan, found = compute.study_of(visit).sizing, sizing_doors.segments(visit, words)
    numbers = st.container()
    st.header(words("Who"), anchor=False)
    plan = replace(plan, draft=sizing_inputs.filters(visit, plan, found, words))
    with st.expander(words("Value, reach, market"), icon=":material/tune:"):
        plan = sizing_inputs.asked(visit, plan, words)
    sizing_keeping.keep(lambda _now: plan)
    applying = sizing_doors.applying(visit, plan.draft, found)
    if applying.resting:
        told = words.listed(leaf_text(leaf, (), words) for leaf in applying.resting)
        text = words("Some conditions rest, because the table lacks them: {told}.", told=told)
        st.info(escaped(text))
    with numbers:
        with st.spinner(words("Counting customers and checking addresses"), show_time=True):
            whole = sizing_doors.ground(visit, plan, found)
        _answers(visit, whole, applying.group, plan, words)
    _curve(visit, whole, applying.group, words)
    sizing_keeping.kept_name(words)
    _told_rules(compute.study_of(visit), words)


def _answers(visit: Visit, whole: Ground, group: Group, plan: SizingPlan, words: Words) -> None:
    """Show what the sample says at once, and the exact number as soon as it is there."""
    place = st.empty()
    if not sizing_doors.known(visit, whole, group):
        sample = sizing_doors.sample(visit, whole, group)
        if sample is not whole:
            with place.container():
                _numbers(ask(sample, group), whole, plan, words)
    answer = sizing_doors.exact(visit, whole, group)
    with place.container():
        _numbers(answer, whole, plan, words)


def _numbers(answer: Answer, whole: Ground, plan: SizingPlan, words: Words) -> None:
    n = round(answer.customers.likely)
    told = words.plural("{n:count} customer", "{n:count} customers", n)
    st.html(
        '<p style="margin:0;line-height:1.1;font-size:2.6rem;font-weight:700">'
        f"{html.escape(told)}</p>"
    )
    if answer.is_exact:
        st.caption(words("Exact: of {n:count} customers.", n=answer.n_asked))
    else:
        sure = interval_text(answer.customers, words)
        text = words("From a sample of {n:count}: {sure}.", n=answer.n_asked, sure=sure)
        st.caption(escaped(text))
    facts = {words("Share of customers"): words.percent(answer.share.likely)}
    if answer.value is not None and whole.question.outcome is not None:
        label = words("Sum of “{name}”", name=whole.question.outcome)
        facts[label] = words.compact(answer.value.likely)
    if answer.reached is not None and whole.question.channel is not None:
        label = words("Reached: {way}", way=channel_name(whole.question.channel, words))
        facts[label] = words.count(answer.reached.likely)
        if plan.consent is not None and (more := if_consent(answer, plan.consent)) is not None:
            label = words("Reached if {share:percent} agreed", share=plan.consent)
            facts[label] = words.count(more.likely)
    if whole.everyone.mass != whole.everyone.n:
        facts[words("They stand for")] = words.count(answer.mass.likely)
    with st.container(horizontal=True, gap="medium"):
        for label, value in facts.items():
            st.metric(escaped(label), value, width="content")
    if plan.market is not None:
        _market(answer, whole, plan.market, words)


def _market(answer: Answer, whole: Ground, market: tuple[float, float], words: Words) -> None:
    size = effective_size(whole.everyone.mass, whole.everyone.squares)
    found = of_market(answer.share, size, *market)
    st.markdown(
        escaped(
            words(
                "In the whole market about {n:count} people, between {low:count} and "
                "{high:count}, if the file is a random sample of it.",
                n=found.likely,
                low=found.low,
                high=found.high,
            )
        )
    )


def _curve(visit: Visit, whole: Ground, group: Group, words: Words) -> None:
    conditions = movable(compute.customers(visit), group)
    if not conditions:
        return
    st.header(words("If a threshold moved"), anchor=False)
    chosen = conditions[0]
    if len(conditions) > 1:
        at = st.selectbox(
            words("Threshold"),
            range(len(conditions)),
            format_func=lambda i: leaf_text(conditions[i], (), words),
            key="size_curve",
        )
        chosen = conditions[at]
    found = sizing_doors.moving(visit, whole, group, chosen)
    title = words("Customers by the threshold of {name}", name=chosen.column)
    figure(partial(threshold_curve, found, words), title, "threshold", lambda: _rows(found, words))
    if not found.is_exact:
        st.caption(words("The curve is projected from the sample."))


def _rows(found: Curve, words: Words) -> Rows:
    return [
        {found.condition.column: t, words("Customers"): round(n)}
        for t, n in zip(found.thresholds, found.customers, strict=True)
    ]


def compared(visit: Visit, words: Words) -> None:
    """Show the what-ifs that were kept side by side, and what can be done with each."""
    study, found = compute.study_of(visit), sizing_doors.segments(visit, words)
    plan = study.sizing
    if not plan.kept:
        st.info(words("Nothing is kept yet. Stack a filter, give it a name, and keep it."))
        return
    whole = sizing_doors.ground(visit, plan, found)
    rows, resting = [], []
    for each in plan.kept:
        applying = sizing_doors.applying(visit, each.where, found)
        answer = sizing_doors.exact(visit, whole, applying.group)
        rows.append({words("What-if"): each.name, **_row(answer, whole, words)})
        rows[-1][words("Rule segment")] = words("yes") if sizing_doors.is_rule(study, each) else ""
        rows[-1][words("Who")] = group_text(each.where, found.names, words)
        resting += [each.name] if applying.resting else []
    st.dataframe(rows, hide_index=True)
    if resting:
        told = words("Conditions that the table lacks rest in {names:list}.", names=resting)
        st.caption(escaped(told))
    _told_rules(study, words)
    name = st.selectbox(words("What-if"), [each.name for each in plan.kept], key="size_kept")
    each = next(w for w in plan.kept if w.name == name)
    _actions(each, words, is_rule=sizing_doors.is_rule(study, each))


def _told_rules(study: Study, words: Words) -> None:
    """Say what rule segments do to all other pages."""
    rules = [each.name for each in study.sizing.kept if sizing_doors.is_rule(study, each)]
    if rules:
        told = words(
            "Rule segments, on every page: {names:list}. Only the other customers are segmented.",
            names=rules,
        )
        st.info(escaped(told), icon=":material/push_pin:")


def _row(answer: Answer, whole: Ground, words: Words) -> dict[str, object]:
    row: dict[str, object] = {
        words("Customers"): words.count(answer.customers.likely),
        words("Share"): words.percent(answer.share.likely),
    }
    if answer.value is not None and whole.question.outcome is not None:
        row[whole.question.outcome] = words.compact(answer.value.likely)
    if answer.reached is not None and whole.question.channel is not None:
        way = channel_name(whole.question.channel, words)
        row[words("Reached: {way}", way=way)] = words.count(answer.reached.likely)
    return row


def _actions(each: WhatIf, words: Words, *, is_rule: bool) -> None:
    with st.container(horizontal=True):
        st.button(
            words("Work on it again"),
            key="size_open",
            icon=":material/edit:",
            on_click=lambda: _reopened(each.where),
        )
        if is_rule:
            st.button(
                words("No rule segment any more"),
                key="size_unpin",
                icon=":material/keep_off:",
                on_click=lambda: sizing_keeping.unpin(each.name),
            )
        else:
            st.button(
                words("Make it a rule segment"),
                key="size_rule",
                icon=":material/push_pin:",
                on_click=lambda: sizing_keeping.pin(each.name, each.where),
            )
        st.button(
            words("Forget it"),
            key="size_forget",
            icon=":material/delete:",
            on_click=lambda: sizing_keeping.keep(lambda now: now.without(each.name)),
        )


def _reopened(where: Group) -> None:
    sizing_keeping.keep(lambda now: replace(now, draft=where))
    state.forget_widgets()


def how(words: Words) -> None:
    """Explain the numbers of this page."""
    with st.popover(words("How?"), type="tertiary", icon=":material/help:", key="size_how"):
        for told in (
            words(
                "Up to 200,000 customers are counted one by one. Of more, a sample that is always "
                "the same answers at once, with an interval that holds the exact number 19 times "
                "out of 20 (Wilson 1927, narrowed because the sample is a part of the whole). The "
                "exact number follows."
            ),
            words(
                "A cell without a value meets no condition but “is missing”, so it counts among "
                "those who meet none of a group."
            ),
            words(
                "If more agreed: whoever agrees anew has an address as often as those who do not "
                "agree today."
            ),
            words(
                "In the market: the share, with its interval, times the size you give; the worst "
                "cases of both make the range."
            ),
        ):
            st.markdown(escaped(told))
