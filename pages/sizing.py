"""Sizing: how many would it be, what are they worth, whom of them does one reach?"""

from __future__ import annotations

from pages.ui import inputs, sizing_views, state, steps
from pages.ui.boundary import boundary

visit, words = steps.require("sizing"), state.words()

texts = {"live": words("One filter"), "kept": words("Kept, side by side")}
view = inputs.one_of(words("What if"), texts, "sizing_view")
with boundary():
    if view == "live":
        sizing_views.live(visit, words)
    else:
        sizing_views.compared(visit, words)
    sizing_views.how(words)
