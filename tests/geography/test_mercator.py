import ibis
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from segmentation.geography.mercator import (
    LAST_LATITUDE,
    height,
    height_in_engine,
    latitude_at,
)
from tests.geography.markets import OpenMarket, scattered


@given(st.floats(-LAST_LATITUDE, LAST_LATITUDE))
def test_there_and_back_is_the_same_latitude(latitude: float) -> None:
    assert np.isclose(latitude_at(np.array([height(latitude)]))[0], latitude, atol=1e-9)


def test_the_map_is_square() -> None:
    assert np.isclose(height(LAST_LATITUDE), 180, atol=1e-3)
    assert height(90) == height(LAST_LATITUDE)
    assert np.isclose(height(-90), -height(90))


def test_the_engine_knows_the_same_heights(open_market: OpenMarket) -> None:
    latitudes = np.array([-90.0, -60.0, 0.0, 38.5, 85.0, 90.0])
    market = open_market(scattered(n=20))
    market.table.session.put("some", ibis.memtable({"lat": latitudes}).to_pyarrow())
    rows = market.table.session.table("some")
    found = market.table.session.frame(rows.select(height=height_in_engine(rows["lat"])))["height"]
    assert np.allclose(found, [height(latitude) for latitude in latitudes])
