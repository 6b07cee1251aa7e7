import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.audit import audit
from segmentation.criteria import Thresholds, Verdict
from segmentation.criteria.candidates import batteries, candidates
from segmentation.criteria.freshness import dates_of
from segmentation.variables import Role, Scale
from tests.markets import Market, basis, open_market

TODAY = dt.date(2026, 6, 30)


@pytest.fixture
def survey(tmp_path: Path) -> Market:
    rng = np.random.default_rng(4)
    thing = rng.normal(3, 1, 200)
    items = {
        f"item {i}": np.clip(np.round(thing + rng.normal(0, 0.8, 200)), 1, 5) for i in range(4)
    }
    items["item 3"][:50] = np.nan
    items["item 0"][-2:], items["item 1"][-2:] = [1, 5], [1, 5]
    items["item 2"][-2:], items["item 3"][-2:] = [1, 5], [1, 5]
    frame = pd.DataFrame(items | {"age": rng.integers(18, 80, 200)})
    roles = {name: basis(Scale.ORDINAL) for name in items}
    return open_market(tmp_path, frame, roles | {"age": Role.DESCRIPTOR})


def test_the_reliability_of_a_battery_is_worked_out_over_complete_answers(survey: Market) -> None:
    (battery,) = batteries(survey.table, survey.variables)
    assert (battery.items, battery.n) == (("item 0", "item 1", "item 2", "item 3"), 150)
    items = survey.table.session.frame(survey.table.population())
    keys = [v.key for v in survey.variables if v.name in battery.items]
    complete = items[keys].dropna().astype(float)
    covariance = complete.cov().to_numpy()
    expected = 4 / 3 * (1 - np.trace(covariance) / covariance.sum())
    assert battery.alpha == pytest.approx(expected)
    assert battery.alpha > 0.7


def test_candidates_show_what_speaks_against_them(survey: Market) -> None:
    known = batteries(survey.table, survey.variables)
    found = candidates(
        survey.variables,
        audit(survey.table, survey.variables, as_of=TODAY, n_rejected=0),
        known,
        ["item 1", "gone"],
        Thresholds(),
    )
    assert [c.name for c in found] == ["item 0", "item 1", "item 2", "item 3", "age"]
    by_name = {c.name: c for c in found}
    assert by_name["item 3"].filled == 0.75
    assert by_name["item 3"].verdict is Verdict.CAUTION
    assert [c.name for c in found if c.asked] == ["item 1"]
    assert (by_name["item 0"].battery, by_name["age"].battery) == (0, None)
    assert (by_name["item 0"].forms, by_name["age"].forms) == (True, False)


def test_a_file_without_a_battery_has_no_reliability(tmp_path: Path) -> None:
    market = open_market(tmp_path, pd.DataFrame({"a": range(9), "b": range(9)}), rest=Role.BASIS)
    assert batteries(market.table, market.variables) == ()


def test_the_data_end_with_the_newest_date_that_is_not_to_come(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "joined": ["2020-01-01", "2021-05-06", None],
            "last order": ["2026-06-01", "2027-01-01", "2025-12-24"],
            "n": [1, 2, 3],
        }
    )
    market = open_market(tmp_path, frame)
    found = dates_of(market.table, market.variables, None, TODAY, TODAY)
    assert (found.cut_off, found.column) == (dt.date(2026, 6, 1), "last order")
    chosen = dt.date(2026, 1, 1)
    said = dates_of(market.table, market.variables, chosen, TODAY, TODAY)
    assert (said.cut_off, said.column) == (chosen, "")
    nothing = open_market(tmp_path, pd.DataFrame({"n": [1, 2, 3]}))
    assert dates_of(nothing.table, nothing.variables, None, TODAY, TODAY).cut_off is None
