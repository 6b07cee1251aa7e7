"""Levels in an order are placed by their ranks in an engine as they are here."""

from pathlib import Path

import numpy as np
import pandas as pd

from segmentation.extraction.placing import place
from segmentation.preparation import prepare
from segmentation.variables import Role
from segmentation.warehouse.scoring import Part, scored
from tests.markets import open_market


def test_ranks_place_a_customer_in_the_engine_as_they_do_here(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    scale = ["<25", "25-44", "45-64", "65+", "unknown", ""]
    frame = pd.DataFrame({"age": rng.choice(scale, 300), "spend": rng.normal(50, 9, 300).round(2)})
    market = open_market(tmp_path, frame, rest=Role.BASIS)
    matrix = prepare(market.table, market.variables)
    by_name = {variable.name: variable for variable in market.variables}
    assert by_name["age"].is_ranked
    centers = rng.normal(size=(4, matrix.values.shape[1]))
    parts = [Part(by_name[t.variable], t) for t in matrix.transforms]
    rows = scored(market.table.population(), parts, centers)
    found = market.table.session.arrow(rows.select("__row", "segment"))
    there = np.empty(300, dtype=int)
    there[found["__row"].to_numpy()] = found["segment"].to_numpy()
    assert (there[matrix.rows] == place(matrix.values, centers)).all()
