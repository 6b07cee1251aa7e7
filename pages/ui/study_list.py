"""The list of saved studies, and what can be done with each.

Enters: a visit. Leaves: nothing. Refuses to delete on one click.
"""

from __future__ import annotations

import streamlit as st

from pages.ui import keeping, state
from pages.ui.boundary import boundary
from pages.ui.text import escaped
from pages.ui.version_views import versions
from pages.ui.visits import Visit
from segmentation.studies import SavedStudy
from segmentation.studies.records import LONGEST_NAME
from segmentation.wording import Words
from segmentation.wording.studies import came_of, made_from, when_and_who

# So many stand on the page before somebody asks for more; a search starts to help there, too.
SHOWN, SEARCHED_FROM = 12, 6


def listed(visit: Visit, words: Words) -> None:
    """List the saved studies, the newest first."""
    studies = keeping.store().listed()
    told = words.plural("{n:count} saved study", "{n:count} saved studies", len(studies))
    st.header(told if studies else words("No study is saved yet"), anchor=False)
    if not studies:
        st.markdown(
            words(
                "Once you save the open study, it is listed here with its versions, and opens "
                "again with a click: next month, or on a colleague’s screen."
            )
        )
        return
    for saved in _chosen(studies, words):
        with st.container(border=True), boundary():
            _card(visit, saved, words)


def _chosen(studies: tuple[SavedStudy, ...], words: Words) -> tuple[SavedStudy, ...]:
    """Return the studies that are shown: found by name, and not too many at once."""
    found = studies
    if len(studies) >= SEARCHED_FROM:
        text = st.text_input(words("Search by name"), key="studies_search").strip().casefold()
        found = tuple(s for s in studies if text in s.name.casefold())
        if not found:
            st.info(words("No saved study has that in its name."))
    if len(found) <= SHOWN or st.toggle(words("Show all"), key="studies_all"):
        return found
    st.caption(words("The {n:count} newest are shown.", n=SHOWN))
    return found[:SHOWN]


def _card(visit: Visit, saved: SavedStudy, words: Words) -> None:
    latest, results = saved.latest, saved.latest.results
    left, right = st.columns([4, 1], vertical_alignment="center")
    here = visit.kept is not None and visit.kept.study.id == saved.id
    name = f"**{escaped(saved.name)}**"
    now = words("open now")
    left.markdown(f"{name} :material/folder_open: {now}" if here else name)
    version = words("Version {n:count}", n=latest.number)
    facts = [
        f"{version}, {when_and_who(latest.saved, latest.saved_by, words)}",
        made_from(latest.source, latest.n_rows, words),
        came_of(results.k if results else None, results.verdict if results else None, words),
    ]
    left.caption(escaped(" · ".join(facts)))
    if right.button(
        words("Open"), key=f"open_{saved.id}", icon=":material/folder_open:", width="stretch"
    ):
        keeping.want(visit, saved, latest.number)
        st.rerun()
    fold = st.expander(
        words("Versions, name, link, delete"), key=f"more_{saved.id}", on_change="rerun"
    )
    if fold.open:
        with fold:
            versions(visit, saved, words)
            _manage(visit, saved, words)


def _manage(visit: Visit, saved: SavedStudy, words: Words) -> None:
    """Rename, duplicate, hand on, delete."""
    if keeping.is_shared():
        st.markdown(words("Link to its results in short, to look at only:"))
        st.code(state.link_to(saved.id), language=None, wrap_lines=True)
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    name = left.text_input(
        words("Name of the study"),
        saved.name,
        max_chars=LONGEST_NAME,
        key=f"rename_{saved.id}_{saved.revision}",
    )
    if right.button(
        words("Rename"),
        key=f"renamed_{saved.id}",
        width="stretch",
        disabled=not name.strip(),
    ):
        _renamed(visit, saved, name)
    with st.container(horizontal=True):
        if st.button(
            words("Duplicate"), key=f"duplicate_{saved.id}", icon=":material/content_copy:"
        ):
            copy = words("{name} (copy)", name=saved.name)
            keeping.store().duplicate(saved.id, copy, visit.signed)
            st.rerun()
        with st.popover(words("Delete"), icon=":material/delete:", key=f"delete_{saved.id}"):
            told = words.plural(
                "“{name}” goes with its {n:count} version. That cannot be taken back.",
                "“{name}” goes with its {n:count} versions. That cannot be taken back.",
                saved.latest.number,
                name=saved.name,
            )
            st.markdown(escaped(told))
            if st.button(words("Delete for good"), key=f"deleted_{saved.id}"):
                _deleted(visit, saved, words)


def _renamed(visit: Visit, saved: SavedStudy, name: str) -> None:
    renamed = keeping.store().rename(saved.id, name, saved.revision, visit.signed)
    keeping.seen(visit, renamed)
    st.rerun()


def _deleted(visit: Visit, saved: SavedStudy, words: Words) -> None:
    keeping.store().delete(saved.id, saved.revision)
    keeping.gone(visit, saved)
    state.tell(words("“{name}” was deleted.", name=saved.name))
    st.rerun()
