"""Published order files give their published numbers, and the sample what was planted in it."""

import csv
import importlib.util
from pathlib import Path

import numpy as np
import pytest

from sample_data.paths import sample_path
from segmentation.engine import DuckSession
from tests.transactions.logs import customers, summed, told, written


def numbers(rows: dict[str, dict[str, str | None]], name: str) -> list[float]:
    return [float(row[name] or "nan") for row in rows.values()]


@pytest.mark.shared
def test_the_orders_of_the_r_package_rfm(shared_data: Path, session: DuckSession) -> None:
    """Totals and cut points as in the R package rfm, as of 2006-12-31 (quantiles plus one)."""
    raw = summed(session, (shared_data / "rfm_data_orders.csv").read_text(encoding="utf-8"))
    rows = customers(raw)
    assert told(raw.notes)["as-of-last"] == {"date": "2006-12-31"}
    assert told(raw.notes)["orders-summed"]["lines"] == 4_906
    assert len(rows) == 995
    assert sum(numbers(rows, "frequency")) == 4_906
    assert sum(numbers(rows, "monetary")) == 464_158
    cuts = {
        name: [round(float(cut) + 1, 1) for cut in np.quantile(numbers(rows, name), PARTS)]
        for name in ("recency_days", "frequency", "monetary")
    }
    assert cuts == {
        "recency_days": [115, 181, 297.4, 482],
        "frequency": [4, 5, 6, 8],
        "monetary": [255.8, 382, 506.4, 666],
    }
    assert {"first_name", "last_name", "email"} <= set(raw.names)


PARTS = (0.2, 0.4, 0.6, 0.8)


@pytest.mark.shared
def test_the_example_transactions_of_lifetimes(shared_data: Path, session: DuckSession) -> None:
    text = (shared_data / "lifetimes_example_transactions.csv").read_text(encoding="utf-8")
    raw = summed(session, text)
    assert raw.n_rows == 5_000
    assert sum(numbers(customers(raw), "frequency")) == 15_273


def cdnow() -> list[list[str]]:
    """The 1/10 sample of CDNOW as it lies in the package: customer, date, discs, dollars."""
    package = importlib.util.find_spec("lifetimes")
    if package is None or not package.submodule_search_locations:
        pytest.skip("the package with the CDNOW sample is not installed")
    folder = Path(package.submodule_search_locations[0])
    lines = (folder / "datasets" / "CDNOW_sample.txt").read_text(encoding="ascii").splitlines()
    return [[cells[0], *cells[2:]] for line in lines if (cells := line.split())]


def test_the_cdnow_sample(session: DuckSession) -> None:
    """Fader, Hardie & Lee (2005): 2,357 customers; a day with several rows is one purchase."""
    raw = summed(session, written(("customer_id", "date", "quantity", "amount"), cdnow()))
    rows = customers(raw)
    assert told(raw.notes)["orders-summed"] == {"lines": 6_919, "orders": 6_919, "customers": 2_357}
    assert sum(numbers(rows, "monetary")) == pytest.approx(244_091.94, abs=0.005)
    assert told(raw.notes)["lines-same-day"] == {"n": 223}
    assert told(raw.notes)["as-of-last"] == {"date": "1998-07-01"}
    assert rows["00004"]["first_order_date"] == "1997-01-01"


def test_the_samples_last_year_is_that_of_its_customer_table(session: DuckSession) -> None:
    with sample_path("retailer_orders").open(encoding="utf-8") as file:
        names, *lines = csv.reader(file)
    recent = [line for line in lines if line[names.index("order_date")] >= "2025-10-01"]
    rows = customers(summed(session, written(names, recent)))
    with sample_path("retailer").open(encoding="utf-8") as file:
        known = {row["customer_id"]: row for row in csv.DictReader(file)}
    assert {i for i, row in known.items() if int(row["orders_12m"])} == set(rows)
    for i, row in rows.items():
        assert row["frequency"] == known[i]["orders_12m"]
        assert float(row["monetary"] or 0) == pytest.approx(float(known[i]["spend_12m"]), abs=0.005)
