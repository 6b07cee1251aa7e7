"""The colour of a suggested number of segments follows what speaks against it."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from segmentation.notes import Note
from segmentation.validation import Choice

REASON = Note.of("segments-found", silhouette=0.6, k=10, gap=1.0, gap1=0.5, error=0.01)
PLAIN = Choice(10, REASON)
CAUTIONED = replace(
    PLAIN,
    cautions=(
        Note.of("largest-looked-at", k=10),
        Note.of("no-number-without-a-tiny-one", share=0.01, floor=0.02),
    ),
)


def drawn(choice: Choice) -> AppTest:
    def draw(choice: object) -> None:
        from types import SimpleNamespace
        from typing import Any

        from pages.ui.solution_views import recommendation
        from segmentation.wording import words_in

        found: Any = SimpleNamespace(choice=choice)
        recommendation(found, None, words_in("en"))

    return AppTest.from_function(draw, args=(choice,)).run()


def test_a_suggestion_that_nothing_speaks_against_is_green() -> None:
    app = drawn(PLAIN)
    assert (len(app.success), len(app.warning)) == (1, 0)


@pytest.mark.parametrize("n", [1, 2])
def test_a_suggestion_with_cautions_is_none_of_praise(n: int) -> None:
    app = drawn(replace(CAUTIONED, cautions=CAUTIONED.cautions[:n]))
    assert not app.success
    (told,) = app.warning
    assert told.value.count("\n- ") == n
