"""Presentation: the results on a wall, one message at a time, nothing to edit."""

from __future__ import annotations

from pages.ui import present_frame, present_views, report_doors, state, steps
from pages.ui.boundary import boundary

visit, words = steps.require_quietly(), state.words()

with boundary(stop=True):
    screens = present_views.screens(visit, report_doors.results(visit, words), words)
    place = present_frame.at(len(screens))
    present_frame.heading(screens[place].title)
    screens[place].draw()

present_frame.controls(place, len(screens), words)
