"""Numbers in every style come back as the value they were written for, or not at all."""

import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from segmentation.engine import DuckSession
from segmentation.intake import Kind, Style
from segmentation.intake.cells import Reading
from segmentation.intake.kinds import Unit
from segmentation.intake.numbers import currency, fold, is_code, is_separated, writings
from tests.intake.written import GROUPS, number, read_back

P, C = Style.POINT, Style.COMMA
# With up to fifteen digits after the point, as people write them.
FLOATS = st.floats(-1e15, 1e15).map(lambda x: x if x == 0 or abs(x) > 1e-15 else 0.0)
MONEY = ("{}", "${}", "{} €", "€ {}", "¥{}元", "Rs. {}", "USD {}", "{} kr", "R${}", "{} zł")

PLAIN = [
    ("7", 7.0, 7.0),
    ("-7", -7.0, -7.0),
    ("+7", 7.0, 7.0),
    ("1,234.5", 1234.5, None),
    ("1.234,5", None, 1234.5),
    ("1,234", 1234.0, 1.234),
    ("1.234", 1.234, 1234.0),
    ("1.234.567", None, 1234567.0),
    ("1,234,567", 1234567.0, None),
    ("1,23,456", 123456.0, None),
    ("12,34,567.5", 1234567.5, None),
    ("1 234,5", None, 1234.5),
    ("1\u00a0234.5", 1234.5, None),
    ("1\u2009234", 1234.0, 1234.0),
    ("1'234.50", 1234.5, None),
    ("1’234,50", None, 1234.5),
    ("0.123", 0.123, None),
    ("0,123", None, 0.123),
    (".5", 0.5, None),
    (",5", None, 0.5),
    ("5.", 5.0, None),
    ("1.5e-3", 0.0015, None),
    ("1,5E3", None, 1500.0),
    ("2e5", 200000.0, 200000.0),
    ("$1,234", 1234.0, 1.234),
    ("-$5", -5.0, -5.0),
    ("$-5", -5.0, -5.0),
    ("US$ 3.50", 3.5, None),
    ("3,50 €", None, 3.5),
    ("€3,50", None, 3.5),
    ("£.5", 0.5, None),
    ("Rs.10000", 10000.0, 10000.0),
    ("1200 RMB", 1200.0, 1200.0),
    ("¥1200元", 1200.0, 1200.0),
    ("10 kr.", 10.0, 10.0),
    ("(1,234)", -1234.0, -1.234),
    ("($5)", -5.0, -5.0),
    ("1,234-", -1234.0, -1.234),
    ("\u22125", -5.0, -5.0),
    ("\uff11\uff12\uff13", 123.0, 123.0),
    ("\uff11\uff0c\uff12\uff13\uff14\uff0e\uff15", 1234.5, None),
    (" 12 ", 12.0, 12.0),
    ("12\u3000", 12.0, 12.0),
    ("1,2,3", None, None),
    ("12,34", None, 12.34),
    ("1 23", None, None),
    ("1_000", None, None),
    ("1.2.3", None, None),
    ("0x10", None, None),
    ("inf", None, None),
    ("nan", None, None),
    ("1e400", None, None),
    ("5 apples", None, None),
    ("5-6", None, None),
    ("(5", None, None),
    ("--5", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "point", "comma"), PLAIN)
def test_a_number_is_read_in_the_style_of_its_column(
    text: str, point: float | None, comma: float | None, one_session: DuckSession
) -> None:
    assert read_back(one_session, text, Reading(Kind.NUMBER, P)) == point
    assert read_back(one_session, text, Reading(Kind.NUMBER, C)) == comma


@pytest.mark.parametrize(("text", "point", "comma"), PLAIN)
def test_what_counts_as_a_number_is_what_can_be_read(
    text: str, point: float | None, comma: float | None
) -> None:
    readable = {style for style, value in ((P, point), (C, comma)) if value is not None}
    found = {style for style, unit in writings(text.strip()) if unit is Unit.NONE}
    assert found == readable


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.5", 1.5), ("-7", -7.0), ("$3", 3.0), ("1 234", 1234.0), ("1,234", None), ("1,5", None)],
)
def test_where_no_style_is_known_a_comma_stands_for_nothing(
    text: str, value: float | None, one_session: DuckSession
) -> None:
    assert read_back(one_session, text, Reading(Kind.NUMBER)) == value


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("12 %", Unit.PERCENT, 12.0),
        ("12.5%", Unit.PERCENT, 12.5),
        ("(3%)", Unit.PERCENT, -3.0),
        ("\u22123\uff05", Unit.PERCENT, -3.0),
        ("0", Unit.PERCENT, 0.0),
        ("5", Unit.PERCENT, None),
        ("5", Unit.MAGNITUDE, None),
        ("3.5万", Unit.MAGNITUDE, 35_000.0),
        ("5万元", Unit.MAGNITUDE, 50_000.0),
        ("2亿", Unit.MAGNITUDE, 2e8),
        ("1.1k", Unit.MAGNITUDE, 1100.0),
        ("$1.2M", Unit.MAGNITUDE, 1.2e6),
        ("-2K", Unit.MAGNITUDE, -2000.0),
        ("5 kr", Unit.MAGNITUDE, None),
        ("12 %", Unit.NONE, None),
        ("3K", Unit.NONE, None),
    ],
)
def test_a_unit_is_read_only_in_a_column_that_has_it(
    text: str, unit: Unit, value: float | None, one_session: DuckSession
) -> None:
    assert read_back(one_session, text, Reading(Kind.NUMBER, P, unit)) == value
    assert any(found is unit for _, found in writings(text)) == (value is not None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(x=FLOATS, style=st.sampled_from([P, C]), data=st.data())
def test_any_number_written_in_any_style_is_read_back(
    x: float, style: Style, data: st.DataObject, one_session: DuckSession
) -> None:
    group = data.draw(st.sampled_from(GROUPS[style]))
    text = number(x, style, group, data.draw(st.sampled_from(MONEY)))
    assert read_back(one_session, text, Reading(Kind.NUMBER, style)) == x
    assert (style, Unit.NONE) in writings(text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(st.sampled_from("0123456789.,-+()% '$€kM万e"), max_size=12))
def test_the_engine_reads_exactly_what_the_grammar_says(
    text: str, one_session: DuckSession
) -> None:
    assume(not re.search(r"e[+-]?\d{3}", text))  # out of a number's range, or nearly
    known = writings(text.strip())
    for style in (P, C):
        for unit in Unit:
            value = read_back(one_session, text, Reading(Kind.NUMBER, style, unit))
            assert (value is not None) == ((style, unit) in known), (style, unit)


def test_signs_of_other_scripts_are_folded() -> None:
    assert fold("\uff08\uffe5\uff11\uff0c\uff12\uff09") == "(¥1,2)"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("007", True),
        ("00000", True),
        ("-01", True),
        ("0", False),
        ("0.5", False),
        ("1234567890123456", True),
        ("123456789012345", False),
        ("+86 138 0013 8000", True),
        ("+1", False),
        ("01/02/2024", False),
    ],
)
def test_codes_are_told_from_numbers(text: str, code: bool) -> None:
    assert is_code(text) is code


@pytest.mark.parametrize(
    ("text", "money", "separated"),
    [("$1.5", "$", True), ("5 usd", "USD", False), ("Rs.500", "RS", False), ("7", None, False)],
)
def test_the_currency_is_known_and_its_point_is_no_decimal_point(
    text: str, money: str | None, separated: bool
) -> None:
    assert currency(text) == money
    assert is_separated(text) is separated
