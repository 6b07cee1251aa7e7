"""What the audit found, on the screen: ranked, each with its effect and a repair to click."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import streamlit as st

from pages.ui import state
from pages.ui.text import escaped
from segmentation.audit import Action, Audit, Finding, Repair, Severity
from segmentation.wording import Words
from segmentation.wording.findings import (
    effect,
    found,
    headline,
    limit_text,
    nothing_found,
    repair_label,
    sample_sentence,
)
from segmentation.wording.terms import SEVERITIES

SHOWN = 6
_ICONS = {
    Severity.BLOCKS: ":material/block:",
    Severity.DISTORTS: ":material/warning:",
    Severity.WEAKENS: ":material/trending_down:",
    Severity.INFORMS: ":material/info:",
}


def audit_finding(audit: Audit, words: Words) -> str:
    """Say what the worst findings would do to the segments, and how many these are."""
    counts = Counter(finding.severity for finding in audit.findings)
    if n := counts[Severity.BLOCKS]:
        return words.plural(
            "{n:count} finding blocks a segmentation", "{n:count} findings block a segmentation", n
        )
    if n := counts[Severity.DISTORTS]:
        return words.plural(
            "{n:count} finding would distort the segments",
            "{n:count} findings would distort the segments",
            n,
        )
    if n := counts[Severity.WEAKENS]:
        return words.plural(
            "{n:count} finding would weaken the segments",
            "{n:count} findings would weaken the segments",
            n,
        )
    return words("Nothing in this table would distort or weaken segments")


def findings(audit: Audit, words: Words) -> Repair | None:
    """Show the findings, the most harmful first; return the repair that was clicked.

    Parameters
    ----------
    audit : Audit
    words : Words

    Returns
    -------
    Repair or None
        To be taken over by the page as a decision of the study.
    """
    st.caption(escaped(headline(audit, words)))
    if not audit.findings:
        st.markdown(f":material/check_circle: {escaped(nothing_found(words))}")
    clicked = [_finding(finding, words) for finding in audit.findings[:SHOWN]]
    if rest := audit.findings[SHOWN:]:
        label = words("{n:count} more findings, less harmful", n=len(rest))
        with st.expander(label, icon=":material/expand_more:"):
            clicked += [_finding(finding, words) for finding in rest]
    st.caption(escaped(sample_sentence(audit.sample_size, words)))
    return next((repair for repair in clicked if repair), None)


def _finding(finding: Finding, words: Words) -> Repair | None:
    """Show one finding with its repairs; return the one that was clicked."""
    told, offered = st.columns([3, 1], vertical_alignment="center")
    severity = words(SEVERITIES[finding.severity])
    with told:
        st.markdown(f"{_ICONS[finding.severity]} **{severity}** · {escaped(found(finding, words))}")
        limit = limit_text(finding, words)
        st.caption(escaped(effect(finding, words)), help=escaped(limit) if limit else None)
    clicked = None
    with offered:
        for repair in _offers(finding.repair):
            key = "_".join(("repair", finding.code, *finding.columns, *repair.values[:1]))
            label = escaped(repair_label(repair, words))
            if st.button(label, key=state.key(key), width="stretch"):
                clicked = repair
    return clicked


def _offers(repair: Repair | None) -> Iterator[Repair]:
    """Yield what can be clicked: the order of a date is asked, so each order is a button."""
    if repair is None:
        return
    if repair.action is Action.CHOOSE_DATE_ORDER:
        yield from (replace(repair, values=(order,)) for order in repair.values)
    else:
        yield repair
