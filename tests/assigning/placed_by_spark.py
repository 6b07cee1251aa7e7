"""Runs a SELECT in Spark: a program for the environment that has Spark and nothing of ours.

Usage: python placed_by_spark.py FOLDER, which holds ``customers.parquet`` and ``segments.sql``;
``placed.json`` is written there, the first column of every row with the others.
"""

import json
import sys
from pathlib import Path

from pyspark.sql import SparkSession  # type: ignore[import-not-found]  # in its own environment

folder = Path(sys.argv[1])
spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
    .getOrCreate()
)
spark.read.parquet(str(folder / "customers.parquet")).createOrReplaceTempView("customers")
sql = (folder / "segments.sql").read_text(encoding="utf-8").rstrip().rstrip(";")
rows = {row[0]: list(row[1:]) for row in spark.sql(sql).collect()}
(folder / "placed.json").write_text(json.dumps(rows), encoding="utf-8")
spark.stop()
