"""Audience files on the Export page: who is in the file, who is not and why, and the downloads.

Enters: a visit with segments. Leaves: nothing. Refuses to write a file that nobody asked for: it is
made when its button is pressed, and deleted when it has been read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from pages.ui import audience_inputs, compute
from pages.ui.audience_inputs import Wanted
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.audiences import (
    SEED,
    Audience,
    AudiencePlan,
    HoldOut,
    build,
    planned,
    repeated,
    smallest_audience,
    write_audience,
    write_held_out,
)
from segmentation.wording import Words
from segmentation.wording.audiences import (
    consent_missing,
    holdout_said,
    left_out,
    steps_of,
    too_small,
    what_leaves,
)


def audiences(visit: Visit, names: tuple[str, ...], words: Words) -> None:
    """Show everything about audience files."""
    st.header(words("Audience files"), anchor=False)
    st.markdown(
        words(
            "The customers of some segments in the form that an advertising or mailing platform "
            "takes. Only who agreed is in the file."
        )
    )
    left, right = st.columns(2)
    with left:
        to = audience_inputs.platform(words)
    with right:
        chosen = audience_inputs.segments(names, words)
    if to is None:
        return
    plan = audience_inputs.plan(visit, to, chosen, words)
    if not audience_inputs.has_identifier(plan):
        st.info(words("Choose the column by which the platform finds people."))
        return
    wanted = audience_inputs.holdout(words)
    with st.spinner(words("Looking at addresses and numbers")):
        audience = _built(visit, plan)
    held = _held(audience, wanted)
    _shown(visit, audience, held, words)
    _offered(visit, audience, held, names, words)


def _built(visit: Visit, plan: AudiencePlan) -> Audience:
    labels = compute.labels(visit, compute.shown_k(visit))
    key = ("audience", compute.variables_key(visit), labels, repr(plan))
    if visit.memo.has(key):
        known = visit.memo.get(key, _never)
        if compute.customers(visit).session.has(known.name):
            return known
        visit.memo.forget(key)  # another one has taken its place
    return visit.memo.get(key, lambda: build(compute.customers(visit), labels, plan, seed=SEED))


def _never() -> Audience:
    raise LookupError("the audience is remembered")


def _held(audience: Audience, wanted: Wanted | None) -> HoldOut | None:
    if wanted is None:
        return None
    if wanted.share is not None:
        return repeated(audience, wanted.share, wanted.base)
    return planned(audience, wanted.base, wanted.lift)


def _shown(visit: Visit, audience: Audience, held: HoldOut | None, words: Words) -> None:
    n_held = held.held if held else 0
    with st.container(horizontal=True, gap="medium"):
        for label, n in steps_of(audience, n_held, words).items():
            if n_held or label != words("Held out"):
                st.metric(label, words.count(n), width="content")
    reasons = {name: n for name, n in left_out(audience, words).items() if n}
    if reasons:
        told = [words("{reason}: {n:count}", reason=name, n=n) for name, n in reasons.items()]
        st.caption(escaped(words("Left out: {reasons:list}.", reasons=told)))
    if held:
        (st.info if held.suffices else st.warning)(escaped(holdout_said(held, words)))
    missing = consent_missing(audience, words)
    smallest = smallest_audience(audience.plan.to, compute.study_of(visit).thresholds_in_force())
    for warning in (missing, "" if missing else too_small(audience, n_held, smallest, words)):
        if warning:
            st.warning(escaped(warning))
    st.caption(escaped(what_leaves(audience.plan.to, words)))


def _offered(
    visit: Visit,
    audience: Audience,
    held: HoldOut | None,
    names: tuple[str, ...],
    words: Words,
) -> None:
    """Offer the file, and the people who are held out beside it."""
    share = held.share if held else 0.0
    to = audience.plan.to
    with st.container(horizontal=True):
        _button(
            visit,
            words("Download the audience"),
            f"{to.code}-audience{to.suffix}",
            lambda path: write_audience(audience, names, path, share=share),
            is_possible=audience.people > (held.held if held else 0),
        )
        if held and held.held:
            _button(
                visit,
                words("Download the hold-out"),
                f"{to.code}-hold-out{to.suffix}",
                lambda path: write_held_out(audience, names, path, share=share),
            )


def _button(
    visit: Visit,
    label: str,
    file_name: str,
    write: Callable[[Path], Path],
    *,
    is_possible: bool = True,
) -> None:
    def made() -> bytes:
        target = visit.folder / f"{dt.datetime.now(dt.UTC):%H%M%S%f}-{file_name}"
        try:
            return write(target).read_bytes()
        finally:
            target.unlink(missing_ok=True)

    st.download_button(
        label,
        made,
        file_name,
        "text/csv" if file_name.endswith(".csv") else "text/plain",
        key=f"download_{file_name}",
        icon=":material/download:",
        disabled=not is_possible,
        on_click="ignore",
    )
