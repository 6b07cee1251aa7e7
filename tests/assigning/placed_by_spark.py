"""Runs a SELECT in Spark: a program for the environment that has Spark and nothing of ours.

Usage: python placed_by_spark.py FOLDER, which holds ``customers.parquet`` and ``segments.sql``;
``placed.json`` is written there, the first column of every row with the others.
"""

import importlib
import json
import sys
from pathlib import Path


def main(folder: Path) -> None:
    sql = importlib.import_module("pyspark.sql")  # only where this runs as a program
    spark = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        .getOrCreate()
    )
    spark.read.parquet(str(folder / "customers.parquet")).createOrReplaceTempView("customers")
    text = (folder / "segments.sql").read_text(encoding="utf-8").rstrip().rstrip(";")
    rows = {row[0]: list(row[1:]) for row in spark.sql(text).collect()}
    (folder / "placed.json").write_text(json.dumps(rows), encoding="utf-8")
    spark.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
