"""The same segments from Spark (make test-spark): only where its environment has been made."""

import json
import subprocess
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from segmentation.assigning.sql import assignment_sql
from tests.assigning.conftest import Solver
from tests.assigning.test_sql import typed, wanted

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-spark" / "bin" / "python"
PROGRAM = Path(__file__).with_name("placed_by_spark.py")

pytestmark = pytest.mark.skipif(
    not (PYTHON.parents[1] / ".spark").exists(), reason="Spark is not installed (make test-spark)"
)


@pytest.mark.parametrize("case", ["kmeans", "latent", "mixture", "by_hand"])
def test_spark_puts_everybody_where_the_library_does(
    solver: Solver, tmp_path: Path, case: str
) -> None:
    solved = solver.of(case)
    pq.write_table(typed(solved.table, solved.model), tmp_path / "customers.parquet")
    sql = assignment_sql(solved.model, "spark")
    (tmp_path / "segments.sql").write_text(sql, encoding="utf-8")
    subprocess.run([str(PYTHON), str(PROGRAM), str(tmp_path)], check=True, capture_output=True)
    placed = json.loads((tmp_path / "placed.json").read_text(encoding="utf-8"))
    assert {name: tuple(row) for name, row in placed.items()} == wanted(solved)
