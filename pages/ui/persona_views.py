"""Personas: a card a segment, what the data say above, what the user writes below.

Enters: a visit with segments. Leaves: what the user wrote. Refuses to write anything for the user:
goals, pains and tone stay blank until somebody who knows fills them in.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.ui import compute, persona_doors, state, worth
from pages.ui.portrait_views import caution_notes, lines, size_caption
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.charts import segment_colors
from segmentation.charts.palette import ink_on
from segmentation.profiles.typical import Cell
from segmentation.study import PersonaNotes
from segmentation.study.personas import MOST_LETTERS
from segmentation.wording import Words
from segmentation.wording.persona import channel_sentences, persona, place_sentences
from segmentation.wording.portrait import Sentence, Topic
from segmentation.wording.terms import PERSONA_FIELDS, PERSONA_QUESTIONS, PERSONA_TITLES
from segmentation.workflow import Judged

CARDS_A_ROW = 2
SHOWN = (Topic.WORTH, Topic.WHO, Topic.DOES, Topic.WHERE, Topic.REACH)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What all cards of a solution are drawn from; one entry a segment."""

    judged: Judged
    names: tuple[str, ...]
    initials: tuple[str, ...]
    lines: tuple[tuple[Sentence, ...], ...]
    typical: tuple[dict[str, Cell], ...]
    notes: tuple[PersonaNotes, ...]


def persona_cards(visit: Visit, k: int, names: tuple[str, ...], words: Words) -> None:
    """Show the persona of every segment; keep what the user writes about it."""
    drawn = _drawn(visit, k, names, words)
    written: list[PersonaNotes] = []
    for start in range(0, k, CARDS_A_ROW):
        columns = st.columns(CARDS_A_ROW)
        for column, segment in zip(columns, range(start, k), strict=False):
            with column.container(border=True, height="stretch"):
                written.append(_card(visit, segment, drawn, words))
    if tuple(written) != tuple(notes.tidied() for notes in drawn.notes):
        state.save_branch(persona_doors.annotated(visit, written))


def _drawn(visit: Visit, k: int, names: tuple[str, ...], words: Words) -> Drawn:
    judged, variables = compute.judged(visit, k), compute.variables(visit)
    homes, channels = persona_doors.homes_of(visit, k), worth.channels(visit)
    told = [
        (
            *persona(judged.profile, variables, segment, words),
            *place_sentences(homes[segment], words),
            *channel_sentences(channels, segment, words),
        )
        for segment in range(k)
    ]
    given = compute.given_names(visit, k)
    return Drawn(
        judged=judged,
        names=names,
        initials=tuple(_initial(name, segment) for segment, name in enumerate(given)),
        lines=tuple(told),
        typical=persona_doors.typical(visit, k),
        notes=persona_doors.notes_of(visit, k),
    )


def _initial(given: str, segment: int) -> str:
    """Return the first letter of the user's name of a segment, or the segment's number."""
    return next((letter.upper() for letter in given if letter.isalnum()), str(segment + 1))


def _card(visit: Visit, segment: int, drawn: Drawn, words: Words) -> PersonaNotes:
    """Draw one card; return what the user has written on it."""
    profile = drawn.judged.profile
    color = segment_colors(profile.k, dark=state.is_dark())[segment]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(_avatar(drawn.initials[segment], color), width="content")
        st.markdown(f"## {escaped(drawn.names[segment])}")
    size_caption(profile.sizes[segment], words)
    caution_notes(profile, compute.variables(visit), segment, words)
    told = drawn.lines[segment]
    for topic in SHOWN:
        own = [sentence for sentence in told if sentence.topic is topic]
        if own:
            st.markdown(f"**{words(PERSONA_TITLES[topic])}**")
            lines(own)
    _typical_customer(drawn.typical[segment], told, words)
    shown = st.container()
    key = f"{compute.solution_key(visit, profile.k)}_{segment}"
    notes = _written(drawn.notes[segment].tidied(), key, words)
    with shown:
        _notes(notes, words)
    return notes


def _avatar(initial: str, color: str) -> str:
    return (
        '<div aria-hidden="true" style="width:2.8rem;height:2.8rem;margin-top:.5rem;'
        f"border-radius:50%;display:grid;place-items:center;font-size:1.3rem;font-weight:600;"
        f'background:{color};color:{ink_on(color)}">{html.escape(initial)}</div>'
    )


def _typical_customer(known: Mapping[str, Cell], told: Sequence[Sentence], words: Words) -> None:
    """Show a typical customer's values of the variables that the card speaks of."""
    named = dict.fromkeys(name for sentence in told for name in sentence.variables)
    facts = [f"{name}: {_value(known[name], words)}" for name in named if name in known]
    if not facts:
        return
    heading = words("A typical customer")
    st.markdown(
        f"**{heading}**",
        help=words(
            "A real customer, the nearest to the middle of the segment, with the values of what "
            "is said above. Personal data are left out."
        ),
    )
    st.markdown(escaped(" · ".join(facts)))


def _value(cell: Cell, words: Words) -> str:
    if isinstance(cell, bool):
        return words("yes") if cell else words("no")
    return cell if isinstance(cell, str) else words.number(cell)


def _notes(notes: PersonaNotes, words: Words) -> None:
    """Show what the user wrote, marked as such."""
    written = notes.written()
    if not written:
        return
    heading = words("In your words")
    st.markdown(f"**{heading}** :material/edit_note:")
    for name, text in written.items():
        said = escaped(text).replace("\n", "  \n")
        st.markdown(f"{words(PERSONA_FIELDS[name])}:  \n{said}")


def _written(given: PersonaNotes, key: str, words: Words) -> PersonaNotes:
    """Return the user's notes as typed."""
    with st.expander(words("Yours to write"), icon=":material/edit_note:"):
        st.caption(
            words(
                "No data tell these. What you know goes here, is kept in the study, and is yours."
            )
        )
        typed = {
            name: st.text_area(
                words(label),
                getattr(given, name),
                height="content",
                max_chars=MOST_LETTERS,
                placeholder=words(PERSONA_QUESTIONS[name]),
                key=state.key(f"persona_{key}_{name}"),
            )
            for name, label in PERSONA_FIELDS.items()
        }
    return PersonaNotes(**{name: text or "" for name, text in typed.items()}).tidied()
