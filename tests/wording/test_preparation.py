import pytest

from segmentation.validation import Contribution, Effect
from segmentation.wording import words_in
from segmentation.wording.preparation import effect_sentence, noise_finding

ENGLISH = words_in("en")
REAL, NOISE = Contribution(0.6, 0.01, 0.4, 0.5, 0.01), Contribution(0.02, 0.03, 0.99, 0.01, 0.01)


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (
            Effect(0.74, 0.91, 0.45),
            "Found again more surely: 0.91 instead of 0.74. "
            "Agreement with the present segments: 0.45 (1 is the same).",
        ),
        (
            Effect(0.92, 0.65, 0.99),
            "Found again less surely: 0.65 instead of 0.92. The segments stay the same.",
        ),
        (
            Effect(0.9, 0.91, 0.98),
            "Found again about as surely: 0.91, now 0.9. The segments stay the same.",
        ),
    ],
)
def test_an_effect_says_how_surely_and_whether_the_same_segments_are_found(
    effect: Effect, said: str
) -> None:
    assert effect_sentence(effect, ENGLISH) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"a": REAL, "b": REAL}, "No variable is mere noise"),
        ({"a": REAL, "b": NOISE}, "“b” tells the segments apart no better"),
        ({"a": REAL, "b": NOISE, "c": NOISE}, "b and c tell the segments apart no better"),
        ({"a": NOISE, "b": NOISE}, "No variable tells"),
    ],
)
def test_what_adds_nothing_is_named(found: dict[str, Contribution], said: str) -> None:
    assert noise_finding(found, ENGLISH).startswith(said)
