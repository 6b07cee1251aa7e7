"""A few questions tell the segment: how many, which, how often they are right, and rules to read.

Enters: a visit with a solution. Leaves: nothing. Refuses to show an accuracy without saying how it
was measured.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from pages.ui import compute, profile_doors, state, views
from pages.ui.boundary import boundary
from pages.ui.figures import figure
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.charts import accuracy_chart
from segmentation.export import short_form, short_form_csv, write_questions
from segmentation.export.short_form import card_rows
from segmentation.export.solution_rows import question_rows
from segmentation.typing_tool import GoldenQuestions, TypingTool, select_segments
from segmentation.wording import Words
from segmentation.wording.questions import (
    how_judged,
    how_to_add,
    needed_texts,
    question_text,
    questions_finding,
    rule_judged,
    rule_text,
    worst_text,
)

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def typing_section(visit: Visit, k: int, names: Sequence[str], words: Words) -> None:
    """Show the questions that tell the segment, their downloads, and a rule for each segment."""
    with boundary():
        tool = profile_doors.typing_tool(visit, k)
        head = st.container()
        n = _number(tool.golden, compute.solution_key(visit, k), words)
        with head:
            finding = questions_finding(tool.golden, n, words)
            views.finding(words("A few questions tell the segment"), finding)
        _accuracy(tool.golden, n, names, words)
        _downloads(visit, tool, n, names, words)
        _numbers(tool.golden, n, names, words)
        _rules(tool, names, words)


def _number(golden: GoldenQuestions, key: str, words: Words) -> int:
    if len(golden.cards) < 2:
        return 1
    return st.slider(
        words("Number of questions"),
        1,
        len(golden.cards),
        golden.shown_first,
        key=state.key(f"n_questions_{key}"),
        persist_state="session",
    )


def _accuracy(golden: GoldenQuestions, n: int, names: Sequence[str], words: Words) -> None:
    picture, listed = st.columns(2, gap="large")
    with picture:
        figure(
            partial(accuracy_chart, golden, n, words),
            words("Share of customers back in their segment for each number of questions"),
            "questions_accuracy",
            lambda: question_rows(golden, words),
        )
    with listed:
        asked = (question_text(q, words) for q in golden.cards[n - 1].questions)
        st.markdown("\n".join(f"{i}. {escaped(text)}" for i, text in enumerate(asked, start=1)))
        st.caption(escaped(" · ".join(needed_texts(golden, words))))
        st.caption(escaped(worst_text(golden, n, names, words)))
    dashed = words("Dashed: 80 %, 90 %, 95 %, and what guessing gets.")
    st.caption(escaped(words.sentences([how_judged(golden, words), dashed])))


def _downloads(visit: Visit, tool: TypingTool, n: int, names: Sequence[str], words: Words) -> None:
    """Offer the questions in every form; each gives the same segments."""
    card = tool.golden.cards[n - 1]
    taken = compute.customers(visit).raw.names

    def workbook() -> bytes:
        path = visit.folder / f"{dt.datetime.now(dt.UTC):%H%M%S%f}-questions.xlsx"
        data = write_questions(card, names, words, path).read_bytes()
        path.unlink()
        return data

    forms: dict[str, tuple[str, str, Callable[[], bytes]]] = {
        "questions.xlsx": (words("Workbook with formulas"), _WORKBOOK, workbook),
        "questions.sql": (
            words("SQL query"),
            "application/sql",
            lambda: select_segments(card, names, taken=taken).encode(),
        ),
        "questions.md": (
            words("Short form to print"),
            "text/markdown",
            lambda: short_form(tool.golden, n, tool.rules, names, words).encode(),
        ),
        "questions.csv": (
            words("Points as CSV"),
            "text/csv",
            lambda: short_form_csv(card, names, words).encode("utf-8-sig"),
        ),
    }
    for column, (file_name, (label, mime, made)) in zip(st.columns(4), forms.items(), strict=True):
        column.download_button(
            label,
            made,
            file_name,
            mime,
            key=f"download_{file_name}",
            icon=":material/download:",
            on_click="ignore",
            width="stretch",
        )


def _numbers(golden: GoldenQuestions, n: int, names: Sequence[str], words: Words) -> None:
    with st.expander(words("The points as a table")):
        st.caption(how_to_add(words))
        heading, *rows = card_rows(golden.cards[n - 1], names, words)
        st.dataframe([dict(zip(heading, row, strict=True)) for row in rows], hide_index=True)


def _rules(tool: TypingTool, names: Sequence[str], words: Words) -> None:
    if not tool.rules:
        return
    heading = words("Rules to read")
    st.markdown(f"### {heading}")
    lines = []
    for rule in tool.rules:
        name = f"**{escaped(names[rule.segment])}**"
        said = words("{name}: {rule}.", name=name, rule=escaped(rule_text(rule, words)))
        lines.append(f"- {words.sentences([said, escaped(rule_judged(rule, words))])}")
    st.markdown("\n".join(lines))
    st.caption(
        words(
            "At most four conditions a segment, judged on customers they were not learned from. "
            "They describe a segment; to place customers, take the points. Balanced accuracy: 0.5 "
            "says nothing, from 0.8 on a rule can be acted on (our choice)."
        )
    )
