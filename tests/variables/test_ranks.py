"""Ranks are the same whether they are counted here or in the engine."""

import numpy as np
import pyarrow as pa
import pytest

from segmentation.variables.ranks import rank_of, ranks
from tests.variables.conftest import Open

LEVELS = ("low", "mid", "high")


def test_ranks_run_from_one_to_the_number_of_levels() -> None:
    found = ranks(pa.chunked_array([["mid", "low"], ["high", None, "odd"]]), LEVELS)
    assert found == pytest.approx([2, 1, 3, np.nan, np.nan], nan_ok=True)


def test_a_column_without_any_value_has_no_ranks() -> None:
    found = ranks(pa.chunked_array([[None, None]], pa.string()), LEVELS)
    assert np.isnan(found).all()


def test_the_engine_ranks_as_arrow_does(open_columns: Open) -> None:
    cells = ["low", "high", "", "odd", "mid", "high"]
    table = open_columns({"id": range(6), "level": cells})
    rows = table.population()
    asked = rows.order_by("__row").select("c1", rank=rank_of(rows["c1"], LEVELS))
    found = table.session.arrow(asked)
    assert found["rank"].type == pa.float64()
    here = ranks(found["c1"], LEVELS)
    assert np.isfinite(here).sum() == 4
    assert found["rank"].to_numpy() == pytest.approx(here, nan_ok=True)
