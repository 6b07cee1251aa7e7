from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.criteria.contacts import contacts_of
from segmentation.criteria.identifiers import likely_region, region_of, valid_email, valid_phone
from segmentation.variables import Role, VariableChoice
from tests.markets import Market, open_market

EMAIL, PHONE = (VariableChoice(role=Role.CONTACT, detail=d) for d in ("email", "sms"))
LETTERS = "ab.@-+_ '\"Ä用x1"


def opened(folder: Path, frame: pd.DataFrame) -> Market:
    roles = {"email": EMAIL, "phone": PHONE}
    return open_market(
        folder, frame, {n: r for n, r in roles.items() if n in frame}, rest=Role.IGNORE
    )


def flags(market: Market, name: str, region: str = "") -> list[bool]:
    found = contacts_of(market.table, market.variables, region)
    rows = market.table.session.frame(market.table.session.table(found.flags))
    return [bool(flag) for flag in rows.sort_values("__row")[name]]


written = st.one_of(
    st.text(LETTERS, max_size=14),
    st.builds("{}@{}".format, st.text(LETTERS, max_size=6), st.text("ab.-1", max_size=8)),
    st.builds("{}@{}.org".format, st.text("ab.+'", max_size=6), st.text("ab-", max_size=5)),
)


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
def test_the_engine_finds_the_same_addresses_valid_as_the_library(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("contacts")

    @settings(max_examples=12, deadline=None)
    @given(texts=st.lists(written, min_size=40, max_size=40, unique=True))
    def agrees(texts: list[str]) -> None:
        frame = pd.DataFrame({"email": texts, "n": range(len(texts))})
        market = opened(folder, frame)
        try:
            assert flags(market, "email") == [valid_email(text) for text in texts]
        finally:
            market.table.session.close()

    agrees()


def test_very_long_addresses_are_judged_as_the_library_does(tmp_path: Path) -> None:
    texts = [f"{'a' * n}@{'b' * m}.org" for n in (63, 64, 65) for m in (10, 63, 64)]
    texts += [f"{'a' * 60}@{'.'.join(['b' * 60] * n)}.org" for n in (2, 3, 4)]
    market = opened(tmp_path, pd.DataFrame({"email": texts, "n": range(len(texts))}))
    assert flags(market, "email") == [valid_email(text) for text in texts]


def test_the_country_is_taken_from_the_row_then_from_the_choice(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "phone": ["020 7946 0958", "020 7946 0958", "138 0013 8000", "+86 138 0013 8000"],
            "country": ["United Kingdom", "", "Atlantis", "France"],
        }
    )
    market = open_market(
        tmp_path,
        frame,
        {
            "phone": PHONE,
            "country": VariableChoice(role=Role.LOCATION, detail="country"),
        },
    )
    assert flags(market, "sms", "US") == [True, False, False, True]
    assert flags(market, "sms", "GB") == [True, True, False, True]


def test_a_country_is_assumed_only_from_enough_numbers_and_said(tmp_path: Path) -> None:
    many = pd.DataFrame({"phone": [f"138001380{i:02d}" for i in range(12)], "n": range(12)})
    market = opened(tmp_path, many)
    found = contacts_of(market.table, market.variables)
    assert (found.region, found.assumed) == ("CN", 1.0)
    few = opened(tmp_path, many.head(5))
    assert contacts_of(few.table, few.variables).region == ""


def test_a_file_without_contacts_is_not_looked_through(tmp_path: Path) -> None:
    market = open_market(tmp_path, pd.DataFrame({"n": range(3)}), rest=Role.DESCRIPTOR)
    assert contacts_of(market.table, market.variables).flags == ""


@pytest.mark.parametrize(
    ("written", "region", "valid"),
    [
        ("0033 6 12 34 56 78", "", True),
        ("06 12 34 56 78", "", False),
        ("06 12 34 56 78", "FR", True),
        ("call me", "FR", False),
        ("", "FR", False),
        ("+999 123456", "FR", False),
    ],
)
def test_numbers_without_a_country_code_belong_to_their_country(
    written: str, region: str, *, valid: bool
) -> None:
    assert valid_phone(written, region) is valid


def test_countries_are_known_by_code_and_by_name_in_both_languages() -> None:
    assert [region_of(name) for name in ("DE", "de", "Japan", "日本", "USA", "")] == [
        *("DE", "DE", "JP", "JP", "US", ""),
    ]


def test_no_country_is_likely_where_hardly_a_number_is_valid() -> None:
    assert likely_region(["1", "22", "333"]) == ("", 0.0)
    assert likely_region([]) == ("", 0.0)
