"""After the test: which number of segments is left standing."""

from collections.abc import Mapping

import numpy as np
import pytest

from segmentation.notes import Note
from segmentation.validation import Choice, Criterion, Structure, Trust, Verdict, advise
from segmentation.validation.gate import Gate
from segmentation.validation.permuted import Permuted
from segmentation.validation.stability import Stability
from segmentation.wording import LANGUAGES, Language, words_in
from segmentation.wording.notes import say

N, R, C = Structure.NATURAL, Structure.REPRODUCIBLE, Structure.CONSTRUCTED
SCORES = ((2, 0.4), (3, 1.2), (4, 1.9), (5, 1.5))


def suggested(k: int) -> Choice:
    return Choice(k, Note.of("segments-found"), SCORES if k > 1 else ())


def trust_in(by_k: Mapping[int, Structure], medians: Mapping[int, float], *, none: bool) -> Trust:
    stable = Stability({k: np.full(10, m) for k, m in medians.items()}, {}, 1000, 10)
    return Trust(
        Gate((1.0,), 0.025, 39, 1000),
        Permuted({}, {}),
        stable,
        (),
        Verdict(by_k, not none, none),
        Criterion({}, None),
    )


def of(*structures: Structure, medians: tuple[float, ...] = (0.9, 0.6, 0.8, 0.7)) -> Trust:
    ks = range(2, 6)
    return trust_in(
        dict(zip(ks, structures, strict=True)), dict(zip(ks, medians, strict=True)), none=False
    )


def test_a_natural_recommendation_is_confirmed_though_others_are_natural_too() -> None:
    advice = advise(suggested(3), of(N, N, N, C))
    assert (advice.k, advice.structure) == (3, N)
    assert dict(advice.reason.values) == {"k": 3, "agreement": 0.6, "threshold": 0.8}
    assert advice.reason.code == "tested-natural"


def test_a_natural_number_is_preferred_to_a_recommended_one_that_is_not() -> None:
    advice = advise(suggested(4), of(N, N, R, R))
    assert (advice.k, advice.reason.code) == (3, "tested-rather-natural")
    assert advice.reason.get("suggested") == 4


def test_a_reproducible_number_is_preferred_to_a_constructed_one() -> None:
    advice = advise(suggested(4), of(R, C, C, R))
    assert (advice.k, advice.reason.code) == (5, "tested-rather-reproducible")


def test_without_a_recommendation_the_cut_found_again_best_among_its_neighbours_is_told() -> None:
    advice = advise(suggested(1), of(R, R, R, R))
    assert (advice.k, advice.structure, advice.reason.code) == (4, R, "tested-reproducible")


def test_two_are_told_only_where_nothing_larger_is_found_again() -> None:
    assert advise(suggested(1), of(R, C, C, C)).k == 2
    assert advise(suggested(1), of(R, R, R, R, medians=(0.9, 0.8, 0.75, 0.72))).k == 3


def test_where_everything_is_constructed_nothing_is_confirmed() -> None:
    advice = advise(suggested(4), of(C, C, C, C))
    assert (advice.k, advice.structure, advice.reason.code) == (4, C, "tested-constructed")
    assert advice.reason.get("threshold") == 0.7


@pytest.mark.parametrize("k", [1, 4])
def test_no_segments_are_no_segments_whatever_was_recommended(k: int) -> None:
    none = trust_in(dict.fromkeys(range(2, 6), C), dict.fromkeys(range(2, 6), 0.3), none=True)
    advice = advise(suggested(k), none)
    assert (advice.k, advice.structure, advice.reason.code) == (1, None, "tested-none")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("k", "trust"),
    [
        (3, of(N, N, N, C)),
        (4, of(N, N, R, R)),
        (1, of(R, R, R, R)),
        (4, of(R, C, C, R)),
        (4, of(C, C, C, C)),
        (4, trust_in(dict.fromkeys(range(2, 6), C), dict.fromkeys(range(2, 6), 0.3), none=True)),
    ],
    ids=["natural", "rather natural", "reproducible", "rather", "constructed", "none"],
)
def test_every_advice_can_be_said(k: int, trust: Trust, language: Language) -> None:
    advice = advise(suggested(k), trust)
    said = say(advice.reason, words_in(language))
    assert advice.structure is None or str(advice.k) in said
    assert advice.reason.code not in said
