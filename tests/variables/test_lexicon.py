"""A column's name is its words, in English and Chinese."""

import pytest

from segmentation.variables import Family, lexicon


@pytest.mark.parametrize(
    ("name", "listed", "found"),
    [
        ("spend_12m", "spend", "spend"),
        ("emailOptIn", "optin", "optin"),
        ("Email Opt-In", "optin", "optin"),
        ("customer.id", "id", "id"),
        ("paid", "id", None),
        ("identity", "id", None),
        ("年收入", "收入", "收入"),
        ("BirthDate", "birthdate", "birthdate"),
        ("latitude2", "latitude", "latitude"),
        ("", "id", None),
        ("___", "id", None),
    ],
)
def test_a_word_is_a_whole_word_of_the_name(name: str, listed: str, found: str | None) -> None:
    assert lexicon.spoken_for(name, listed) == found


def test_the_first_list_that_speaks_for_a_name_wins() -> None:
    assert lexicon.first_match("income_share", lexicon.FAMILY) == (Family.DEMOGRAPHIC, "income")
    assert lexicon.first_match("zzz", lexicon.FAMILY) is None


def test_every_family_has_words_of_its_own() -> None:
    assert set(lexicon.FAMILY) == set(Family)
    words = [word for listed in lexicon.FAMILY.values() for word in listed.split()]
    assert len(words) == len(set(words))
