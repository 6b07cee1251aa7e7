import numpy as np
import pandas as pd
import pytest

from segmentation.geography import Areas, Counted, Level, area_customers
from segmentation.geography.outlines import codes_of, outlines
from segmentation.variables import Role, VariableChoice
from tests.geography.markets import OpenMarket

NAMES = {"Germany": 40, "Deutschland": 20, "FRANCE": 30, "u.k.": 15, "Malta": 4, "Atlantis": 8}


def travellers() -> pd.DataFrame:
    country = [name for name, n in NAMES.items() for _ in range(n)] + [None] * 3
    n = len(country)
    return pd.DataFrame(
        {
            "country": country,
            "spend": np.arange(n, dtype=float),
            "inhabitants": [
                2000.0 if name in ("Germany", "Deutschland") else None for name in country
            ],
            "latitude": np.linspace(40, 50, n),
            "longitude": np.linspace(0, 10, n),
            "segment": np.arange(n) % 3,
        }
    )


def counted(
    open_market: OpenMarket, frame: pd.DataFrame, people: str | None = None
) -> Areas | None:
    where = VariableChoice(role=Role.LOCATION, detail="country")
    market = open_market(frame, choices={"country": where})
    key = market.key("spend")
    return area_customers(
        market.table,
        market.variable("country"),
        market.labels,
        3,
        counted=Counted(quantity=lambda rows: rows[key]),
        people=market.variable(people) if people else None,
    )


def test_names_of_one_country_are_one_area(open_market: OpenMarket) -> None:
    frame = travellers()
    areas = counted(open_market, frame)
    assert areas is not None
    assert areas.level is Level.COUNTRY
    assert [outline.code for outline in areas.outlines] == ["DE", "FR", "GB"]
    assert areas.names == ("Germany", "FRANCE", "u.k.")
    assert areas.n_customers.tolist() == [60, 30, 15]
    assert areas.counts[0].tolist() == [20, 20, 20]
    assert areas.n_customers_in_all == len(frame)
    assert areas.sums is not None
    assert areas.sums.total[0] == frame["spend"][:60].sum()


def test_what_is_not_shown_is_told(open_market: OpenMarket) -> None:
    areas = counted(open_market, travellers())
    assert areas is not None
    notes = {note.code: dict(note.values) for note in areas.notes}
    assert notes["areas-unmatched"] == {"n": 1, "customers": 8, "examples": ("Atlantis",)}
    assert notes["areas-hidden"] == {"n": 1, "customers": 4, "below": 5}
    assert notes["regions-unknown"]["n"] == 3


def test_inhabitants_come_with_countries_or_from_a_column(open_market: OpenMarket) -> None:
    known = counted(open_market, travellers())
    told = counted(open_market, travellers(), people="inhabitants")
    assert known is not None
    assert told is not None
    assert 8e7 < known.people[0] < 9e7
    assert np.allclose(told.people, [2000, np.nan, np.nan], equal_nan=True)


def test_a_column_of_other_names_has_no_map(open_market: OpenMarket) -> None:
    frame = travellers().assign(country=[f"shop {i % 9}" for i in range(120)])
    assert counted(open_market, frame) is None


def test_a_map_of_areas_shows_where_nine_tenths_are(open_market: OpenMarket) -> None:
    areas = counted(open_market, travellers())
    assert areas is not None
    assert areas.extent is not None
    assert -9 < areas.extent.west < -4
    assert 14 < areas.extent.east < 16


@pytest.mark.parametrize("level", list(Level))
def test_outlines_are_closed_and_every_name_of_one_finds_it(level: Level) -> None:
    for code, outline in outlines(level).items():
        assert codes_of([outline.name, code], level)[code] == code
        assert all((ring[0] == ring[-1]).all() for part in outline.parts for ring in part)
        assert all(len(ring) >= 4 for part in outline.parts for ring in part)


def test_a_level_is_told_by_its_names() -> None:
    assert codes_of(["CA", "Georgia"], Level.US_STATE) == {"CA": "CA", "Georgia": "GA"}
    assert codes_of(["CA", "Georgia"], Level.COUNTRY) == {"CA": "CA", "Georgia": "GE"}
    assert (
        len(
            codes_of(
                ["北京市", "新疆维吾尔自治区", "台湾省", "香港特别行政区"], Level.CHINESE_PROVINCE
            )
        )
        == 4
    )
