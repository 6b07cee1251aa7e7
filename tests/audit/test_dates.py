"""Dates in the future, before 1900, on the first days of systems, and dates of unknown order."""

import pandas as pd
import pytest

from segmentation.audit import Action, audit
from tests.audit.conftest import TODAY, Audited, calm, codes, the
from tests.markets import open_market


def dated(name: str = "signup_date") -> pd.DataFrame:
    table = calm()
    days = pd.date_range("2021-01-01", periods=len(table), freq="D")
    table[name] = days.strftime("%Y-%m-%d")
    return table


def test_dates_after_today_are_in_the_future(audited: Audited) -> None:
    table = dated()
    table.loc[:1, "signup_date"] = ["2026-06-02", "2062-01-01"]
    table.loc[2, "signup_date"] = "2026-06-01"
    finding = the(audited(table), "date-future")
    assert (finding.n, finding.get("as_of")) == (2, TODAY.isoformat())
    assert finding.repair is not None
    assert set(finding.repair.values) == {"2026-06-02", "2062-01-01"}


def test_without_a_today_nothing_is_in_the_future(tmp_path: object, audited: Audited) -> None:
    table = dated()
    table.loc[0, "signup_date"] = "2062-01-01"
    market = open_market(tmp_path, table)  # type: ignore[arg-type]
    assert "date-future" not in codes(audit(market.table, market.variables))
    market.table.session.close()


def test_planned_dates_may_lie_in_the_future(audited: Audited) -> None:
    table = dated("renewal_date")
    table.loc[:3, "renewal_date"] = "2027-01-01"
    assert "date-future" not in codes(audited(table))


def test_dates_before_1900_are_told(audited: Audited) -> None:
    table = dated()
    table.loc[:1, "signup_date"] = ["1024-01-01", "1899-05-01"]
    assert the(audited(table), "date-early").n == 2


@pytest.mark.parametrize("day", ["1970-01-01", "1900-01-01", "1899-12-30"])
def test_days_from_which_systems_count_stand_for_nothing(audited: Audited, day: str) -> None:
    table = dated()
    table.loc[:9, "signup_date"] = day
    found = audited(table)
    assert the(found, "date-first-day").n == 10
    assert "date-early" not in codes(found)


def test_one_customer_born_on_new_year_1970_is_no_spike(audited: Audited) -> None:
    table = dated()
    table.loc[0, "signup_date"] = "1970-01-01"
    assert "date-first-day" not in codes(audited(table))


def test_the_order_of_day_and_month_is_asked_where_nothing_tells(audited: Audited) -> None:
    table = calm()
    table["since"] = ["01/02/2024", "05/06/2024"] * 200
    repair = the(audited(table), "date-order-unknown").repair
    assert repair is not None
    orders = ("day-first", "month-first")
    assert (repair.action, repair.values) == (Action.CHOOSE_DATE_ORDER, orders)


@pytest.mark.parametrize("decisive", ["25/06/2024", "05/26/2024"])
def test_a_day_beyond_twelve_tells_the_order_and_nothing_is_asked(
    audited: Audited, decisive: str
) -> None:
    table = calm()
    table["since"] = ["01/02/2024", decisive] * 200
    assert "date-order-unknown" not in codes(audited(table))
