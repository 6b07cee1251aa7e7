import json
from pathlib import Path

import numpy as np
import pytest

from segmentation.cli import main
from segmentation.engine.address import VARIABLE
from tests.postgres import Postgres

N = 400


@pytest.fixture
def warehouse(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> Postgres:
    rng = np.random.default_rng(3)
    heavy = np.arange(N) % 2
    rows = [
        (f"C{i:04d}", f"{20 + 300 * heavy[i] + rng.normal():.2f}", int(2 + 20 * heavy[i]))
        for i in range(N)
    ]
    types = {"customer": "text PRIMARY KEY", "spend": "numeric(12,2)", "visits": "integer"}
    postgres.load("shoppers", types, rows)
    monkeypatch.setenv(VARIABLE, postgres.url())
    return postgres


def test_without_a_name_the_tables_are_listed(
    warehouse: Postgres, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("describe", "segment"):
        assert main([command, "--table"]) == 0
        tables = json.loads(capsys.readouterr().out)["tables"]
        assert {"public.shoppers"} <= {table["name"] for table in tables}
        assert all(table.keys() == {"name", "rows", "view"} for table in tables)


def test_a_table_is_described_like_a_file(
    warehouse: Postgres, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["describe", "--table", "shoppers"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["n_rows"], record["format"]) == (N, "warehouse")
    assert [column["name"] for column in record["columns"]] == ["customer", "spend", "visits"]


def test_all_customers_of_a_table_are_counted_where_they_are(
    warehouse: Postgres, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    asked = ["segment", "--table", "public.shoppers", "--basis", "spend,visits", "--k", "2"]
    assert main([*asked, "--out", str(out)]) == 0
    record = json.loads(capsys.readouterr().out)
    whole = record["whole_table"]
    assert whole["customers"] == sum(whole["sizes"]) == N
    assert sorted(whole["sizes"]) == [N // 2, N // 2]
    written = (out / "segments.sql").read_text(encoding="utf-8")
    with warehouse.owner() as connection:
        assert len(connection.execute(written.encode()).fetchall()) == N
    for file in out.iterdir():
        assert warehouse.password not in file.read_text(encoding="utf-8")


def test_a_table_that_is_not_there_is_answered_in_one_line(
    warehouse: Postgres, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["describe", "--table", "nobody", "--language", "en"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "nobody" in told.err


def test_without_an_address_there_is_no_warehouse(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert main(["describe", "--table", "--language", "en"]) == 2
    assert "warehouse" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["describe"],
        ["describe", "a.csv", "--table", "b"],
        ["describe", "--orders", "--table", "b"],
        ["segment", "--join", "c.csv", "id", "--table", "b"],
    ],
)
def test_a_file_or_a_table_is_needed_and_not_both(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err
