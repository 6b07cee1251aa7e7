"""Order lines to customers: this project against a plain pandas script.

Both read the same CSV of n order lines × 9 columns, about three lines an order and ten a customer,
one line in twenty a return; net the returns and write one row a customer with recency, frequency,
monetary value, gaps, shares by category and quarter, discount, products and country. Ours finds out
by itself which column is what and what each column's type is, and keeps the text of the file; what
that takes is shown apart from the summing up, which begins with typed lines on both sides.

``python -m benchmarks.orders FILE OUT`` runs ours alone and prints totals as JSON.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.measure import Cost, measured
from segmentation.engine import DuckSession
from segmentation.engine.duck import literal
from segmentation.intake import open_customers, read_file
from segmentation.transactions import customers_of, detect

LINES = (2_000_000, 10_000_000)
SEED, BLOCK, DAYS = 11, 250_000, 730
HEADER = "order_id,customer_id,order_date,product,category,quantity,list_price,unit_price,country"
CATEGORIES = (
    *("garden", "books", "toys", "home", "fashion", "food", "sport", "beauty", "music"),
    *("pets", "office", "auto"),
)
COUNTRIES = ("FR", "DE", "IT", "ES")
TOTALS = ("customers", "orders", "amount")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``seconds`` are those of the processor for the summing up alone."""

    n_lines: int
    n_customers: int
    ours: Cost
    plain: Cost
    seconds: tuple[float, float]


def write_lines(path: Path, n_lines: int) -> None:
    """Write the same order lines each time, the orders in no order of time."""
    rng = np.random.default_rng(SEED)
    n_orders, n_customers = n_lines // 3, n_lines // 10
    buyer = (n_customers * rng.random(n_orders) ** 1.5).astype(np.int64)
    day = np.datetime64("2024-01-01") + rng.integers(0, DAYS, n_orders)
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER + "\n")
        for start in range(0, n_lines, BLOCK):
            order = np.sort(rng.integers(0, n_orders, min(BLOCK, n_lines - start)))
            pieces = rng.integers(1, 5, len(order)) * np.where(rng.random(len(order)) < 0.05, -1, 1)
            asked = rng.lognormal(3, 1, len(order)).round(2) + 0.01
            paid = (asked * np.where(rng.random(len(order)) < 0.3, 0.8, 1)).round(2)
            product = rng.integers(0, 5_000, len(order))
            category = np.minimum(rng.geometric(0.2, len(order)), len(CATEGORIES)) - 1
            columns = (order, buyer[order], day[order], product, category, pieces, asked, paid)
            file.writelines(
                f"O{o:08d},C{c:07d},{d},P{p:04d},{CATEGORIES[k]},{q},{a:.2f},{u:.2f},"
                f"{COUNTRIES[c % 4]}\n"
                for o, c, d, p, k, q, a, u in zip(*(part.tolist() for part in columns), strict=True)
            )


def sum_up(file: Path, out: Path) -> dict[str, float]:
    """Run ours: find out what the columns are, sum up, write the customers."""
    with tempfile.TemporaryDirectory(dir=file.parent) as name:
        session = DuckSession(Path(name))
        inside = session.folder / "orders.csv"
        inside.hardlink_to(file)
        lines = open_customers(read_file(session, inside, file.name, into="orders"))
        columns = detect(lines)
        if columns is None:
            raise RuntimeError("not recognised as orders")
        start = time.process_time()
        raw = customers_of(lines, columns, into="made")
        cells = ", ".join(f"r{i}" for i in range(len(raw.names)))
        written = session.folder / "customers.csv"
        copied = f"SELECT {cells} FROM made"
        session.execute(f"COPY ({copied}) TO {literal(str(written))}")
        seconds = time.process_time() - start
        at = {name: f"CAST(r{i} AS DOUBLE)" for i, name in enumerate(raw.names)}
        orders, amount = f"sum({at['frequency']})", f"round(sum({at['monetary']}), 2)"
        summed = f"count(*) AS customers, {orders} AS orders, {amount} AS amount"
        totals = session.rows(f"SELECT {summed} FROM made")[0]
        written.replace(out)
        session.close()
    return {**totals, "seconds": seconds}


def run() -> list[Row]:
    """Measure all sizes, ours and the plain script in turn.

    Raises
    ------
    RuntimeError
        When the two disagree about customers, orders or amount.
    """
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for n_lines in LINES:
            file = folder / f"orders-{n_lines}.csv"
            write_lines(file, n_lines)
            ours, plain = (
                measured(["-m", module, str(file), str(folder / "customers.csv")])
                for module in ("benchmarks.orders", "benchmarks.peers.pandas_orders")
            )
            found, theirs = json.loads(ours.output), json.loads(plain.output)
            if any(abs(found[key] - theirs[key]) > 0.01 for key in TOTALS):
                raise RuntimeError(f"{found} v. {theirs}")
            seconds = (found["seconds"], theirs["seconds"])
            rows.append(Row(n_lines, int(found["customers"]), ours, plain, seconds))
            file.unlink()
    return rows


def table(rows: list[Row]) -> str:
    """Return the Markdown table of a run."""
    lines = [
        "| order lines | customers | ours: summing up, CPU s | pandas | CPU "
        "| ours with reading: wall / CPU s, peak MB | pandas | CPU | memory |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        ours, plain = row.ours, row.plain
        mine, theirs = row.seconds
        lines.append(
            f"| {row.n_lines:,} | {row.n_customers:,} | {mine:.1f} | {theirs:.1f} "
            f"| {mine / theirs:.2f}× | {ours} | {plain} "
            f"| {ours.cpu / plain.cpu:.2f}× | {ours.peak_mb / plain.peak_mb:.2f}× |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    json.dump(sum_up(Path(sys.argv[1]), Path(sys.argv[2])), sys.stdout)
