"""The straightforward script: order lines to customers with pandas, returns netted by order.

``python -m benchmarks.peers.pandas_orders FILE OUT`` prints totals as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pandas as pd

TOP = 8


def main(file: Path, out: Path) -> None:
    """Sum up a file the plain way."""
    lines = pd.read_csv(file, parse_dates=["order_date"])
    start = time.process_time()
    lines["amount"] = lines["quantity"] * lines["unit_price"]
    lines["listed"] = lines["quantity"] * lines["list_price"]
    by_order = lines.groupby(["customer_id", "order_id"])
    orders = by_order.agg(
        day=("order_date", "min"), pieces=("quantity", "sum"), amount=("amount", "sum")
    ).reset_index()
    alive = orders[orders["pieces"] > 0]
    as_of = lines["order_date"].max() + pd.Timedelta(days=1)
    customers = alive.groupby("customer_id").agg(
        frequency=("order_id", "count"), first=("day", "min"), last=("day", "max")
    )
    customers["monetary"] = orders.groupby("customer_id")["amount"].sum()
    customers["average_order_value"] = customers["monetary"] / customers["frequency"]
    customers["recency_days"] = (as_of - customers["last"]).dt.days
    customers["tenure_days"] = (as_of - customers["first"]).dt.days
    gap = (customers["last"] - customers["first"]).dt.days / (customers["frequency"] - 1)
    customers["mean_gap_days"] = gap.where(customers["frequency"] > 1)
    lines = lines.merge(alive[["customer_id", "order_id"]], on=["customer_id", "order_id"])
    customers = customers.join(_shares(lines)).join(_seasons(lines)).join(_last_category(lines))
    bought = lines[lines["quantity"] > 0]
    paid = bought.groupby("customer_id")[["amount", "listed"]].sum()
    customers["discount_share"] = 1 - paid["amount"] / paid["listed"]
    customers["n_products"] = bought.groupby("customer_id")["product"].nunique()
    countries = lines.groupby("customer_id")["country"]
    if countries.nunique().max() == 1:
        customers["country"] = countries.first()
    customers.to_csv(out)
    totals = {
        "customers": len(customers),
        "orders": int(customers["frequency"].sum()),
        "amount": round(float(customers["monetary"].sum()), 2),
        "seconds": time.process_time() - start,
    }
    json.dump(totals, sys.stdout)


def _shares(lines: pd.DataFrame) -> pd.DataFrame:
    top = lines.groupby("category")["amount"].sum().nlargest(TOP).index
    kind = lines["category"].where(lines["category"].isin(top), "other")
    spent = lines.groupby(["customer_id", kind])["amount"].sum().unstack(fill_value=0).clip(lower=0)
    return spent.div(spent.sum(axis=1), axis=0).add_prefix("share: ")


def _seasons(lines: pd.DataFrame) -> pd.DataFrame:
    bought = lines[lines["quantity"] > 0]
    quarter = bought["order_date"].dt.quarter
    spent = bought.groupby(["customer_id", quarter])["amount"].sum().unstack(fill_value=0)
    return spent.div(spent.sum(axis=1), axis=0).add_prefix("season: Q")


def _last_category(lines: pd.DataFrame) -> pd.Series:
    bought = lines[lines["quantity"] > 0]
    latest = bought.groupby("customer_id")["order_date"].transform("max")
    last = bought[bought["order_date"] == latest]
    spent = last.groupby(["customer_id", "category"])["amount"].sum().reset_index()
    largest = spent.sort_values("amount").drop_duplicates("customer_id", keep="last")
    return largest.set_index("customer_id")["category"].rename("last_category")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
