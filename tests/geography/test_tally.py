import numpy as np
import pandas as pd
import pyarrow as pa

from segmentation.geography.tally import by_segment, labelled_rows, segments_in, sums
from tests.geography.markets import OpenMarket


def test_a_customer_without_a_label_stays_without_a_segment(
    open_market: OpenMarket, gaps: pd.DataFrame
) -> None:
    market = open_market(gaps)
    rows = market.table.session.frame(labelled_rows(market.table, market.labels))
    assert len(rows) == 600
    assert rows["segment"].isna().sum() == gaps["segment"].isna().sum()
    assert (rows["weight"] == 1.0).all()


def test_missing_and_negative_weights_count_as_nothing(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    customers.loc[0, "survey_weight"] = np.nan
    customers.loc[1, "survey_weight"] = -2.0
    market = open_market(customers)
    rows = labelled_rows(market.table, market.labels, market.key("survey_weight"))
    weights = market.table.session.frame(rows.order_by("__row"))["weight"]
    assert weights[:2].tolist() == [0.0, 0.0]
    assert np.allclose(weights[2:], customers["survey_weight"][2:])


def test_the_number_of_segments_is_read_from_the_labels(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    market = open_market(customers)
    assert segments_in(market.table, market.labels) == 3
    nobody = pa.table({"__row": pa.array([], pa.int64()), "segment": pa.array([], pa.int16())})
    market.table.session.put("labels_none", nobody)
    assert segments_in(market.table, "labels_none") == 0


def test_sums_by_segment_add_up_to_everybody(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    market = open_market(customers)
    rows = labelled_rows(market.table, market.labels, market.key("survey_weight"))
    measured = market.table.session.frame(rows.aggregate(**sums(rows, 3)))
    counts, mass = by_segment(measured, 3)
    assert counts.tolist() == [customers["segment"].value_counts().sort_index().tolist()]
    assert np.allclose(mass, [customers.groupby("segment")["survey_weight"].sum()])
