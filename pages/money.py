"""Money: what addressing segments earns; usable without any file."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.ui import inputs, money_inputs, money_views, state, steps
from pages.ui.boundary import boundary
from segmentation.sizing import sound
from segmentation.wording.notes import say

visit, words = steps.require("money"), state.words()
plan = money_inputs.plan_of(visit)

with boundary(stop=True):
    above = st.container()
    programs = money_inputs.programs(plan, words)
    money_inputs.taken(visit, plan, words)
    with st.expander(words("Currency and time"), icon=":material/tune:"):
        plan = money_inputs.settings(plan, words)
    plan = replace(plan, programs=programs)
    money_inputs.keep(visit, plan)
    usable, flaws = sound(programs or (money_inputs.example(words),))
    for flaw in flaws:
        st.warning(say(flaw, words))

if not usable:
    st.info(words("No row can be worked out yet."))
    st.stop()

texts = {
    "rows": words("Each program"),
    "matters": words("What matters most"),
    "budget": words("Share a budget"),
    "merging": words("Two segments or one"),
    "test": words("Size of a test"),
}
with above:
    money_views.headline(usable, plan, words)
view = inputs.one_of(words("See more about"), texts, "roi_view")
with boundary():
    if view == "rows":
        money_views.table(usable, plan, words)
    elif view == "matters":
        plan = money_inputs.spreads(plan, usable, words)
        money_inputs.keep(visit, plan)
        money_views.matters(usable, money_inputs.all_spreads(plan), plan, words)
    elif view == "budget":
        total = money_views.budget(usable, plan, words)
        if plan.budget is not None or total > 0:
            money_inputs.keep(visit, replace(plan, budget=total))
    elif view == "merging":
        money_views.merging(usable, plan, words)
    else:
        money_views.control_group(words)
    money_views.how(words)
