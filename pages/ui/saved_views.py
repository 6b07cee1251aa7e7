"""Saving the open study, and the saved one that waits for its file.

Enters: a visit. Leaves: nothing. Refuses to overwrite: a version follows another, or is a study of
its own.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.ui import compute, keeping, state, steps
from pages.ui.boundary import boundary, show
from pages.ui.kept import Kept, Wanted
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.errors import StudyOfAnotherFile
from segmentation.studies.records import LONGEST_NAME
from segmentation.wording import Words
from segmentation.wording.studies import needs_file, when_and_who


def save_form(visit: Visit, words: Words) -> None:
    """Offer to save the open study: as the next version, or as a study of its own."""
    kept = visit.kept
    with st.container(border=True), boundary():
        if kept is None:
            st.markdown(
                words("**Keep it in Studies**, with its results in short and no customers.")
            )
            _as_new(visit, words)
            return
        latest = kept.study.latest
        text = words(
            "This study is “{name}”, version {n:count}. Newest: version {latest:count}, {saved}.",
            name=kept.study.name,
            n=kept.number,
            latest=latest.number,
            saved=when_and_who(latest.saved, latest.saved_by, words),
        )
        st.markdown(escaped(text))
        _as_version(visit, kept, words)
        with st.expander(words("Save as a new study instead")):
            _as_new(visit, words)


def _as_version(visit: Visit, kept: Kept, words: Words) -> None:
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    by = _signature(left, visit, "version", words)
    label = words("Save as version {n:count}", n=kept.study.latest.number + 1)
    if right.button(label, key="save_version", icon=":material/save:", width="stretch"):
        with st.spinner(words("Saving")):
            saved = keeping.save_version(visit, kept, by, words)
        _saved(saved.name, saved.latest.number, words)


def _as_new(visit: Visit, words: Words) -> None:
    left, middle, right = st.columns([2, 1, 1], vertical_alignment="bottom")
    name = left.text_input(
        words("Name of the study"),
        _name_offered(visit, words),
        max_chars=LONGEST_NAME,
        key=state.key("save_name"),
    )
    by = _signature(middle, visit, "new", words)
    label = words("Save in Studies")
    if right.button(
        label, key="save_new", icon=":material/save:", width="stretch", disabled=not name.strip()
    ):
        with st.spinner(words("Saving")):
            saved = keeping.save_new(visit, name, by, words)
        _saved(saved.name, 1, words)


def _name_offered(visit: Visit, words: Words) -> str:
    if visit.kept is not None:
        return words("{name} (copy)", name=visit.kept.study.name)[:LONGEST_NAME]
    return Path(compute.study_of(visit).source.name.split(",")[0]).stem[:LONGEST_NAME]


def _signature(
    where: st.delta_generator.DeltaGenerator, visit: Visit, key: str, words: Words
) -> str:
    """Return who saves, as typed; remembered for the next time."""
    return where.text_input(
        words("Your name (optional)"),
        visit.signed,
        max_chars=LONGEST_NAME,
        key=state.key(f"save_by_{key}"),
        help=words("Shown beside the version, so that others know whom to ask."),
    )


def _saved(name: str, number: int, words: Words) -> None:
    """Say that a version is saved; the page below is drawn anew and knows it."""
    state.tell(words("“{name}” is saved as version {n:count}.", name=name, n=number))
    st.rerun()


def follow(visit: Visit, words: Words) -> None:
    """Open the saved study that waits, where its file is open now; else say what it waits for."""
    wanted = visit.wanted
    if wanted is None or (visit.reading and not visit.reading.is_over):
        return
    name = wanted.kept.study.name
    if keeping.can_try(visit, wanted) and _opens(visit, wanted, words):
        told = words(
            "“{name}”, version {n:count}, is open: its decisions apply now.",
            name=name,
            n=wanted.kept.number,
        )
        st.success(escaped(told), icon=":material/folder_open:")
        return
    _waits(visit, visit.wanted or wanted, words)


def _opens(visit: Visit, wanted: Wanted, words: Words) -> bool:
    with st.spinner(words("Opening the study")):
        return keeping.take_up(visit, wanted)


def _waits(visit: Visit, wanted: Wanted, words: Words) -> None:
    """Say which file a study waits for, and what is wrong with the open one."""
    name, source = wanted.kept.study.name, wanted.study.source
    said = needs_file(name, source.name, source.n_rows, source.fingerprint, words)
    if visit.raw is not None and isinstance(wanted.refusal, StudyOfAnotherFile):
        other = words("The open file, “{name}”, is another one.", name=visit.raw.source.name)
        said = words.sentences([said, other])
    st.info(escaped(said), icon=":material/pending_actions:")
    if wanted.refusal is not None and not isinstance(wanted.refusal, StudyOfAnotherFile):
        show(wanted.refusal)
    with st.container(horizontal=True, vertical_alignment="center"):
        steps.link("start", words("Go to Start"))
        if st.button(words("Do not wait"), key="wanted_dropped", type="tertiary"):
            visit.wanted = None
            st.rerun()


def told() -> None:
    """Say what was done in the run before."""
    if said := state.heard():
        st.success(escaped(said), icon=":material/check:")
