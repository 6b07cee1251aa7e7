"""Reach on the screen: how consent counts, the matrix, a segment's funnel, and the overlaps.

Enters: whom each channel reaches. Leaves: decisions about consent as changed. Refuses to hide that
unknown consent counts as none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from pages.ui import criteria_inputs, state, views
from pages.ui.figures import figure
from pages.ui.text import escaped
from segmentation.charts import reach_funnel
from segmentation.criteria import Reach, Thresholds
from segmentation.criteria.channels import ADS
from segmentation.export.worth_rows import channel_rows
from segmentation.study import Study
from segmentation.wording import Words
from segmentation.wording.criteria_terms import PLATFORMS
from segmentation.wording.scorecard import consent_sentence, numbers_sentence
from segmentation.wording.terms import CHANNELS


def reach_section(found: Reach, study: Study, names: Sequence[str], words: Words) -> Study:
    """Show whom each channel reaches; return the study with what was decided about it."""
    if not found.channels:
        return study
    views.finding(words("Reach by channel"), _finding(found, words))
    st.caption(escaped(consent_sentence(study.criteria.reach, words)))
    if told := numbers_sentence(found, words):
        st.caption(escaped(told))
    has_numbers = any(c.channel == "sms" and c.has_contact for c in found.channels)
    choices = criteria_inputs.consent(study.criteria, words, has_numbers=has_numbers)
    thresholds = study.thresholds_in_force()
    st.dataframe(_matrix(found, names, words), hide_index=True)
    segment = st.selectbox(
        words("Segment"),
        range(len(names)),
        format_func=lambda s: names[s],
        key=state.key(f"reach_segment_{len(names)}"),
    )
    own = [channel for channel in found.channels if channel.segment == segment]
    figure(
        partial(reach_funnel, own, thresholds, words),
        words("Members, consent, addresses and valid addresses by channel"),
        "reach",
        lambda: channel_rows(own, thresholds, words),
    )
    st.caption(
        words(
            "From pale to dark: members, may be addressed, with an address, with a valid address. "
            "Valid: of the right form, a number in a range that its country has given out. Nothing "
            "is sent or looked up, so a valid address may still be dead."
        )
    )
    if any(channel.channel == ADS for channel in own):
        st.caption(_about_ads(thresholds, words))
    return replace(study, criteria=choices)


def _finding(found: Reach, words: Words) -> str:
    if not found.overlaps:
        return words("Whom you may address, and where an address is known")
    members = sum(overlap.members for overlap in found.overlaps)
    anyhow = sum(overlap.anyhow for overlap in found.overlaps)
    return words(
        "{share:percent} of the customers are reached by at least one direct channel",
        share=anyhow / max(1, members),
    )


def _matrix(found: Reach, names: Sequence[str], words: Words) -> list[dict[str, object]]:
    """Segments × channels, with whom at least one reaches and whom only one does."""
    rows: list[dict[str, object]] = [{words("Segment"): name} for name in names]
    for overlap in found.overlaps:
        anyhow = overlap.anyhow / max(1, overlap.members)
        rows[overlap.segment][words("At least one")] = words.percent(anyhow)
    for c in found.channels:
        rows[c.segment][words(CHANNELS[c.channel])] = words.percent(c.share)
    for overlap in found.overlaps:
        for channel, n in overlap.only:
            title = words("Only {channel}", channel=words(CHANNELS[channel]))
            rows[overlap.segment][title] = words.percent(n / max(1, overlap.members))
    return rows


def _about_ads(thresholds: Thresholds, words: Words) -> str:
    return words(
        "Advertising platforms recognise about {rate:percent} of the addresses (your threshold; "
        "vendors quote 30 to 70 %) and want a smallest audience: Google {google:count}, Meta "
        "{meta:count}, LinkedIn {linkedin:count}, TikTok {tiktok:count}. A store reaches whoever "
        "lives at a known place; nobody is addressed there by name.",
        rate=thresholds.value("match-rate"),
        **{name: thresholds.value(f"minimum-{name}") for name in PLATFORMS},
    )
