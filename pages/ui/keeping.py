"""The visit's way to the saved studies, where the server keeps any.

Enters: a visit. Leaves: saved studies, and a visit that knows which one it has open. Refuses to
keep the address: it comes from Streamlit's secrets or the environment. Nothing of the database is
loaded before somebody saves, looks or opens.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from pages.ui import checking, compute, judging, state, worth
from pages.ui.kept import Kept, Wanted
from pages.ui.visits import Visit
from segmentation.errors import (
    BadStudiesAddress,
    NoSavedStudies,
    SegmentationError,
    StudySavedElsewhere,
    UnknownStudy,
)
from segmentation.studies import (
    DatabaseAddress,
    Draft,
    Results,
    SavedStudy,
    address_from,
    draft_of,
    labels_fingerprint,
    open_store,
    results_of,
    verdict_of,
)
from segmentation.study import load
from segmentation.wording import Words

if TYPE_CHECKING:
    from segmentation.studies.store import StudyStore

SECTION, KEY = "studies", "url"


def is_on() -> bool:
    """Tell whether this server keeps studies."""
    try:
        return _address() is not None
    except BadStudiesAddress:
        return True  # whoever looks is told that the address cannot be used


def is_shared() -> bool:
    """Tell whether the operator named the database, so that links to it reach others."""
    try:
        address = _address()
    except BadStudiesAddress:
        return False
    return address is not None and address.chosen


def store() -> StudyStore:
    """Return the saved studies, opened once for all visits.

    Raises
    ------
    NoSavedStudies
        When the server keeps none.
    BadStudiesAddress, NoStudiesDriver, StudiesUnreachable, NewerStudies
        When they cannot be opened; the next look tries again.
    """
    address = _address()
    if address is None:
        raise NoSavedStudies
    return _opened(address.reveal())


@cache
def _opened(url: str) -> StudyStore:
    return open_store(DatabaseAddress(url))


def _address() -> DatabaseAddress | None:
    """Return the address; the secrets win over the environment."""
    if st.secrets.load_if_toml_exists() and SECTION in st.secrets:
        return DatabaseAddress(str(st.secrets[SECTION].get(KEY, "")))
    return address_from()


def save_new(visit: Visit, name: str, by: str, words: Words) -> SavedStudy:
    """Save the open study as a study of its own."""
    visit.signed = by
    saved = store().save_new(name, _draft(visit, words), by)
    visit.kept = Kept(saved, saved.latest.number)
    return saved


def save_version(visit: Visit, kept: Kept, by: str, words: Words) -> SavedStudy:
    """Save the open study as the next version of the one it came from.

    Raises
    ------
    StudySavedElsewhere
        When somebody changed that one meanwhile; who saves once more does so knowing of it.
    UnknownStudy
        When somebody deleted it meanwhile; then it can be saved as one of its own.
    """
    visit.signed = by
    try:
        saved = store().save_version(kept.study.id, _draft(visit, words), kept.study.revision, by)
    except StudySavedElsewhere:
        visit.kept = replace(kept, study=store().study(kept.study.id))
        raise
    except UnknownStudy:
        visit.kept = None
        raise
    visit.kept = Kept(saved, saved.latest.number)
    return saved


def want(visit: Visit, saved: SavedStudy, number: int) -> None:
    """Ask for a version of a saved study; :func:`take_up` opens it once its file is there."""
    study = load(store().toml(saved.id, number))
    visit.wanted = Wanted(Kept(saved, number), study)


def can_try(visit: Visit, wanted: Wanted) -> bool:
    """Tell whether files are open with which the study that is wanted was not tried yet."""
    return visit.raw is not None and wanted.tried != _files(visit)


def take_up(visit: Visit, wanted: Wanted) -> bool:
    """Open the study that is wanted where the open files are its; tell whether that was done."""
    former = visit.study
    try:
        loaded = checking.check_study(visit, wanted.study)
    except SegmentationError as refusal:  # other content, or a file less: the page says which
        visit.wanted = replace(wanted, tried=_files(visit), refusal=refusal)
        return False
    state.look_again()  # its files may have been put together anew
    state.forget_widgets()
    state.save(loaded)
    visit.kept, visit.wanted = wanted.kept, None
    visit.former = (former, loaded) if former is not None else None
    return True


def _files(visit: Visit) -> Hashable:
    return (visit.raw.fingerprint if visit.raw else None, frozenset(visit.uploads))


def can_go_back(visit: Visit) -> bool:
    """Tell whether a saved study took the place of other decisions, and none was made since."""
    return visit.former is not None and visit.former[1] == visit.study != visit.former[0]


def go_back(visit: Visit) -> None:
    """Put the decisions in place again that a saved study took the place of."""
    if visit.former is not None:
        state.save(visit.former[0])
        state.forget_widgets()
    visit.kept, visit.former = None, None


def seen(visit: Visit, saved: SavedStudy) -> None:
    """Note that this visit knows of a change that it made to a saved study itself."""
    if visit.kept is not None and visit.kept.study.id == saved.id:
        visit.kept = replace(visit.kept, study=saved)


def gone(visit: Visit, saved: SavedStudy) -> None:
    """Note that a saved study was deleted."""
    if visit.kept is not None and visit.kept.study.id == saved.id:
        visit.kept = None
    if visit.wanted is not None and visit.wanted.kept.study.id == saved.id:
        visit.wanted = None


def _draft(visit: Visit, words: Words) -> Draft:
    return draft_of(compute.study_of(visit), _results(visit, words))


def _results(visit: Visit, words: Words) -> Results | None:
    """What the segments on show came to; None where there are none yet."""
    if "segments" not in compute.reached(visit):
        return None
    try:
        found = compute.partition_now(visit)
        if found is None:
            return None
        as_found = not (compute.is_given(visit) or compute.is_changed(visit))
        results = results_of(
            found,
            compute.names(visit, found.k, words),
            compute.judged(visit, found.k).profile.sizes,
            worth.worth(visit).card.checks,
            method=None if compute.is_given(visit) else compute.method_in_use(visit),
            verdict=verdict_of(judging.known_trust(visit), found.k) if as_found else None,
        )
        return replace(results, labels=labels_fingerprint(compute.customers(visit), found))
    except SegmentationError:  # decisions without segments are worth saving, too
        return None
