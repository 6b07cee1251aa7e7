"""Dates in every form come back as the moment they were written for, or not at all."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segmentation.engine import DuckSession
from segmentation.intake import Kind, Style
from segmentation.intake.cells import Reading
from segmentation.intake.dates import clock_format, form_of, has_short_year, is_named_date
from tests.intake.written import read_back

Y, D, M, S = Style.YEAR_FIRST, Style.DAY_FIRST, Style.MONTH_FIRST, Style.SERIAL
DAY = dt.datetime(2024, 1, 5)
LATE = dt.datetime(2024, 1, 5, 22, 30)
EVERY = (
    "2024-01-05",
    "2024/1/5",
    "2024.1.5",
    "2024年1月5日",
    "20240105",
    "5 Jan 2024",
    "05-Jan-24",
)
NAMED = ("Jan 5, 2024", "January 5 2024", "Fri, 5 Jan 2024", "5th January 2024", "JAN-05-2024")
TIMED = (
    "2024-01-05 22:30",
    "2024-01-05T22:30:00",
    "2024-01-05T22:30:00Z",
    "2024-01-05T22:30:00+02:00",
    "2024-01-05 22:30:00 +0800",
    "2024-01-05 10:30 PM",
    "2024年1月5日 22:30",
    "5 Jan 2024, 10:30:00 pm",
)
NONE = (
    "",
    "2024",
    "2024-01",
    "2024-13-01",
    "2024-02-30",
    "20241305",
    "12345678901",
    "epoch",
    "infinity",
    "may 2024",
    "1/2",
    "1/2/3/4",
    "0024-01-05",
    "10:30",
    "Mar 99, 2024",
)


@pytest.mark.parametrize("style", [Y, D, M])
@pytest.mark.parametrize(
    ("text", "moment"),
    [
        *((text, DAY) for text in (*EVERY, *NAMED)),
        *((text, LATE) for text in TIMED),
        *((text, None) for text in NONE),
    ],
)
def test_a_form_without_doubt_is_read_in_every_style(
    text: str, moment: dt.datetime | None, style: Style, one_session: DuckSession
) -> None:
    assert read_back(one_session, text, Reading(Kind.DATE, style)) == moment


@pytest.mark.parametrize(
    ("text", "day_first", "month_first"),
    [
        ("5/1/2024", DAY, dt.datetime(2024, 5, 1)),
        ("05-01-2024", DAY, dt.datetime(2024, 5, 1)),
        ("5.1.24", DAY, dt.datetime(2024, 5, 1)),
        ("31/12/2024", dt.datetime(2024, 12, 31), None),
        ("12/31/2024", None, dt.datetime(2024, 12, 31)),
        ("31/02/2024", None, None),
        ("1/2/1999", dt.datetime(1999, 2, 1), dt.datetime(1999, 1, 2)),
        ("1/2/29", dt.datetime(2029, 2, 1), dt.datetime(2029, 1, 2)),
        ("1/2/30", dt.datetime(1930, 2, 1), dt.datetime(1930, 1, 2)),
        ("5/1/2024 22:30", LATE, dt.datetime(2024, 5, 1, 22, 30)),
        ("5/1/2024 10:30:00 PM", LATE, dt.datetime(2024, 5, 1, 22, 30)),
        ("5/1/2024, 22:30", LATE, dt.datetime(2024, 5, 1, 22, 30)),
    ],
)
def test_only_the_style_tells_day_from_month(
    text: str,
    day_first: dt.datetime | None,
    month_first: dt.datetime | None,
    one_session: DuckSession,
) -> None:
    for quick in (None, "%d/%m/%Y"):
        found = [read_back(one_session, text, Reading(Kind.DATE, s, quick=quick)) for s in (D, M)]
        assert found == [day_first, month_first]
    assert read_back(one_session, text, Reading(Kind.DATE, Y)) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("45296", DAY),
        ("45296.9375", LATE),
        ("1", dt.datetime(1899, 12, 31)),
        ("0", None),
        ("99999999", None),
        ("2024-01-05", None),
    ],
)
def test_a_serial_counts_days_as_spreadsheets_do(
    text: str, moment: dt.datetime | None, one_session: DuckSession
) -> None:
    assert read_back(one_session, text, Reading(Kind.DATE, S)) == moment


FORMS = {
    Y: ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"),
    D: ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %b %Y", "%d-%B-%Y"),
    M: ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%b %d, %Y", "%B %d %Y"),
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    day=st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2099, 12, 31)),
    style=st.sampled_from([Y, D, M]),
    data=st.data(),
)
def test_any_day_written_in_any_form_is_read_back(
    day: dt.datetime, style: Style, data: st.DataObject, one_session: DuckSession
) -> None:
    form = data.draw(st.sampled_from(FORMS[style]))
    clock = "" if form == "%Y%m%d" else data.draw(st.sampled_from(["", " %H:%M:%S", " %I:%M %p"]))
    text = day.strftime(form + clock)
    kept = dt.datetime.strptime(text, form + clock)
    assert read_back(one_session, text, Reading(Kind.DATE, style)) == kept
    assert form_of(text) is not None


@pytest.mark.parametrize(
    ("text", "short"), [("1/2/99", True), ("05-Jan-24", True), ("1/2/1999", False), ("24", False)]
)
def test_a_short_year_is_seen(text: str, short: bool) -> None:
    assert has_short_year(text) is short


@pytest.mark.parametrize(
    ("name", "dated"),
    [
        ("date", True),
        ("order_date", True),
        ("orderdate", True),
        ("OrderDate", True),
        ("Date of birth", True),
        ("dob", True),
        ("注册日期", True),
        ("最近购买时间", True),
        ("updates", False),
        ("candidate", False),
        ("dated_pages", False),
        ("", False),
    ],
)
def test_a_name_says_date_by_a_word_of_its_own(name: str, dated: bool) -> None:
    assert is_named_date(name) is dated


def test_only_everyday_numeric_dates_have_a_quick_format() -> None:
    assert clock_format("1.2.2024") == "%d.%m.%Y"
    assert clock_format("1/2/24") is None
    assert clock_format("2024-01-02") is None
