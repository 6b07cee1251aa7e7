"""The only place that touches Streamlit's session state.

Enters: the browser's address and session. Leaves: the visit, the reader's language, and a door for
changes to the study. The visit itself lives in ``visits``; the session only knows its token, the
language and the number of the study it has seen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn
from urllib.parse import urlsplit

import streamlit as st

from pages.ui.visits import VISITS, Visit
from segmentation.study import Branch, Study
from segmentation.wording import LANGUAGES, Language, Words, language_of, words_in

_TOKEN, _SEEN, _LANGUAGE, _PAGE = "visit", "seen", "lang", "page"
_SHARED, _TOLD = "study", "told"
_BASELINES, _TAKEN, _TIMES = "baselines", "taken_over", "times_forgotten"


def load() -> Visit:
    """Return the visit of this tab: the one it had, the one its address names, or a new one."""
    token = st.session_state.get(_TOKEN) or st.query_params.get(_TOKEN)
    visit = VISITS.find(token) or VISITS.begin()
    if st.session_state.get(_TOKEN) != visit.token:
        st.session_state[_TOKEN] = visit.token
        st.session_state.pop(_SEEN, None)
    st.session_state.setdefault(_SEEN, visit.revision)
    return visit


def look_again() -> None:
    """Note that this tab shows the latest study."""
    st.session_state[_SEEN] = load().revision


def catch_up() -> bool:
    """Begin a run; tell whether another tab has changed the study since this tab's last run.

    Then the widgets here still hold the old decisions: they begin anew from the study, so that an
    old screen cannot silently undo what the other tab decided.
    """
    visit = load()
    behind = bool(visit.revision != st.session_state[_SEEN])
    if behind:
        forget_widgets()
    look_again()
    # A file that is being read here changes the study, too, but surprises nobody; the study is
    # there a moment before the reading is over.
    reading = visit.reading
    return behind and not (reading and (reading.has_opened or not reading.is_over))


def keep_address() -> None:
    """Write visit and language into the address; a change of page drops them."""
    wanted = {_TOKEN: st.session_state[_TOKEN], _LANGUAGE: language()}
    for name, value in wanted.items():
        if st.query_params.get(name) != value:
            st.query_params[name] = value


def asked_study() -> str | None:
    """Return the saved study that the address asks to look at, None where it asks for none."""
    return st.query_params.get(_SHARED)


def link_to(study_id: str) -> str:
    """Return the address under which a saved study can be looked at."""
    here = urlsplit(st.context.url or "")
    server = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    base = f"/{st.get_option('server.baseUrlPath')}".rstrip("/")
    return f"{server}{base}/?{_SHARED}={study_id}"


def language() -> Language:
    """Return the reader's language: chosen, in the address, or the browser's."""
    if _LANGUAGE not in st.session_state:
        asked = st.query_params.get(_LANGUAGE, "")
        known = asked if asked in LANGUAGES else language_of(st.context.locale)
        st.session_state[_LANGUAGE] = known
    chosen: Language = st.session_state[_LANGUAGE]
    return chosen


def set_language(chosen: object) -> None:
    """Change the reader's language; editors, whose cells hold words, begin anew."""
    if chosen in LANGUAGES:
        st.session_state[_LANGUAGE] = chosen
        forget_widgets()


def words() -> Words:
    """Return the voice of the reader's language."""
    return words_in(language())


def save(study: Study) -> None:
    """Put a changed study in place.

    Raises
    ------
    StudyChangedElsewhere
        When another tab changed it since this tab's last run.
    """
    st.session_state[_SEEN] = load().replace_study(study, st.session_state[_SEEN])


def save_branch(branch: Branch) -> None:
    """Put a changed extraction of the whole market in place; raises as :func:`save`."""
    study = load().study
    if study is not None:
        save(replace(study, branch=branch))


def enter(page: str) -> None:
    """Note the page that is shown; editors begin anew on another one."""
    if st.session_state.get(_PAGE) != page:
        st.session_state[_PAGE] = page
        st.session_state[_BASELINES] = {}


def baseline(key: str, rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return the rows an editor began with, so that its own edits are not applied twice."""
    kept: dict[str, list[dict[str, object]]] = st.session_state.setdefault(_BASELINES, {})
    return kept.setdefault(key, rows)


def place(name: str) -> int:
    """Return where the reader is in something that is shown piece by piece, 0 at first."""
    return int(st.session_state.get(f"place_{name}", 0))


def turn_to(name: str, place: int) -> None:
    """Note where the reader is in something that is shown piece by piece."""
    st.session_state[f"place_{name}"] = max(0, place)


def widget(key: str) -> object:
    """Return the value of a widget by its key, None where it has none yet."""
    return st.session_state.get(key)


def tell(said: str) -> None:
    """Keep a sentence for the next run, which draws the page anew."""
    st.session_state[_TOLD] = said


def heard() -> str | None:
    """Return the sentence of the run before, once."""
    said: str | None = st.session_state.pop(_TOLD, None)
    return said


def count_up(key: str) -> None:
    """Count how often something was asked for."""
    st.session_state[key] = st.session_state.get(key, 0) + 1


def key(name: str) -> str:
    """Return the key of a widget that shows a decision.

    After :func:`forget_widgets` it is another one: only a new widget takes its value from the
    study again, in the browser as well.
    """
    times = st.session_state.get(_TIMES, 0)
    return f"{name}~{times}" if times else name


def forget_widgets() -> None:
    """Let every widget that shows a decision begin anew from the study."""
    st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1
    st.session_state[_BASELINES] = {}


def begin_anew() -> NoReturn:
    """Run the page again with every widget as the study now says."""
    look_again()
    forget_widgets()
    st.rerun()


def agree(key: str, said: object) -> None:
    """Note what the user has agreed to."""
    st.session_state[key] = said


def agreed(key: str) -> object:
    """Return what the user has agreed to, None for nothing yet."""
    return st.session_state.get(key)


def is_dark() -> bool:
    """Tell whether the reader's theme is dark."""
    return st.context.theme.type == "dark"


def taken_over(file_id: str) -> bool:
    """Tell whether an uploaded study has been taken over already."""
    return st.session_state.get(_TAKEN) == file_id


def take_over(file_id: str) -> None:
    """Note that an uploaded study has been taken over."""
    st.session_state[_TAKEN] = file_id
