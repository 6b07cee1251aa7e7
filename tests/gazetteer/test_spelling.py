import pytest

from segmentation.gazetteer.spelling import key_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SAINT-ÉTIENNE", "St. Etienne"),
        ("Mt Vernon", "mount vernon"),
        ("São Paulo", "sao  paulo"),
        ("Łódź", "lodz"),
        ("Washington, D.C.", "washington dc"),
        ("ELK_GROVE", "Elk Grove"),
        ("The Hague", "hague"),
        ("广州市", "广州"),
    ],
)
def test_ways_to_write_one_name_share_a_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("Saint", "Sant"), ("New York", "York"), ("京", "东京")]
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


def test_what_has_neither_letter_nor_digit_has_no_key() -> None:
    assert key_of(" – ") == ""
