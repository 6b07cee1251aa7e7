"""Quantiles by segment, against NumPy."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.profiles import spreads
from segmentation.profiles.spread import QUANTILES
from segmentation.variables import Role
from tests.markets import open_market

SEGMENT = [0, 0, 0, 1, 1, 0, None, 1, 2]
SPEND = [1.0, 2.0, 8.0, 3.0, 5.0, np.nan, 100.0, 9.0, np.nan]


def test_the_market_and_each_segment_have_their_quantiles(tmp_path: Path) -> None:
    people = pd.DataFrame({"spend": SPEND, "visits": range(9)})
    market = open_market(tmp_path, people, rest=Role.BASIS)
    everybody, *own = spreads(market.table, market.variables, market.labelled(SEGMENT), 3, "spend")
    assert (everybody.segment, everybody.n) == (None, 6)
    assert everybody.quantiles == pytest.approx(np.quantile([1, 2, 8, 3, 5, 9], QUANTILES))
    assert [spread.n for spread in own] == [3, 3, 0]
    assert own[0].quantiles == pytest.approx(np.quantile([1, 2, 8], QUANTILES))
    assert own[1].quantiles == pytest.approx(np.quantile([3, 5, 9], QUANTILES))
    assert np.isnan(own[2].quantiles).all()
