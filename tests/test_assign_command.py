"""New customers on the command line."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from segmentation.cli import main

NAMES = ["customer", "spend", "visits", "town", "note"]
OPTIONS = ["--language", "en"]
SEGMENT = ["--basis", "spend,visits,town", "--k", "3", "--k-max", "3", "--method", "kmeans"]


def market(n: int, seed: int) -> list[list[str]]:
    rng = np.random.default_rng(seed)
    group = rng.integers(0, 3, n)
    return [
        [
            f"{seed}-{i:04d}",
            f"{100 * group[i] + rng.normal(50, 8):.2f}",
            f"{(group[i] * 2 + 1) % 5 * 4 + rng.normal(0, 1):.2f}",
            ["Ulm", "Bonn", "Jena"][group[i]],
            "=1+1" if i % 7 == 0 else "",
        ]
        for i in range(n)
    ]


def write(path: Path, rows: list[list[str]], names: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([names, *rows])
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of 300 customers, with its file beside it."""
    folder = tmp_path_factory.mktemp("run")
    file = write(folder / "old.csv", market(300, 1), NAMES)
    asked = ["segment", str(file), *SEGMENT, *OPTIONS, "--out", str(folder), "--sql", "duckdb"]
    assert main(asked) == 0
    return folder


def asked_of(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[Any, str]:
    code = main(["assign", *map(str, arguments), *OPTIONS])
    told = capsys.readouterr()
    return (json.loads(told.out) if code == 0 else code), told.err


def test_the_file_of_the_run_gets_the_labels_of_the_run(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record, err = asked_of(capsys, run, run / "old.csv", "--out", tmp_path)
    before, after = rows_of(run / "customers.csv"), rows_of(tmp_path / "assigned.csv")
    assert [row["segment_id"] for row in after] == [row["segment_id"] for row in before]
    assert record["model"]["other_segment"] == 0
    assert record == json.loads((tmp_path / "assigned.json").read_text(encoding="utf-8"))
    assert "looks like the old one" in err
    assert record["looks_different"] == []
    assert json.loads((run / "run.json").read_text(encoding="utf-8"))["model"] == {
        "checked": 300,
        "other_segment": 0,
    }
    assert "SELECT" in (run / "segments.duckdb.sql").read_text(encoding="utf-8")


def test_a_study_and_its_file_do_where_there_is_no_model(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = write(tmp_path / "new.csv", market(40, 2), NAMES)
    by_model, _ = asked_of(capsys, run / "model.json", new)
    by_study, _ = asked_of(capsys, run / "study.toml", new, "--from", run / "old.csv")
    assert by_study["segments"] == by_model["segments"]
    assert by_study["drift"] == by_model["drift"]


def test_renamed_columns_are_mapped_or_asked_for(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["customer", "Spend", "visits", "city", "note"]
    new = write(tmp_path / "new.csv", market(40, 2), names)
    refused, err = asked_of(capsys, run, new)
    assert refused == 2
    assert "Spend=spend" in err
    assert asked_of(capsys, run, new, "--map", "spend=Spend")[0] == 2
    mapped = ["--map", "Spend=spend", "--map", "city=town"]
    record, _ = asked_of(capsys, run, new, *mapped, "--out", tmp_path / "out", "--sql", "spark")
    assert sum(segment["n"] for segment in record["segments"]) == 40
    rows = rows_of(tmp_path / "out" / "assigned.csv")
    assert list(rows[0])[:5] == names
    assert rows[0]["note"] == "=1+1"
    assert {"segment_id", "segment", "segment_confidence", "near_border"} <= rows[0].keys()
    assert (tmp_path / "out" / "segments.spark.sql").exists()


def test_another_market_looks_different(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row for row in market(400, 3) if row[3] != "Jena"]
    new = write(tmp_path / "new.csv", rows, NAMES)
    record, err = asked_of(capsys, run, new)
    assert "looks different" in err
    assert {"spend", None} <= set(record["looks_different"])
    by_name = {drift["variable"]: drift for drift in record["drift"]}
    assert by_name["spend"]["verdict"] == "much"
    assert by_name["spend"]["psi"] > by_name["spend"]["expected_by_chance"]


@pytest.mark.parametrize(
    ("what", "said"),
    [("nothing", "holds no saved model"), ("study.toml", "--from"), ("customers.csv", "not a")],
)
def test_what_holds_no_model_is_told(
    run: Path, capsys: pytest.CaptureFixture[str], what: str, said: str
) -> None:
    code, err = asked_of(capsys, run / what, run / "old.csv")
    assert code == 2
    assert said in err


@pytest.mark.shared
def test_fifteen_new_customers_whose_brand_column_is_called_otherwise(
    shared_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = (shared_data / f"zh_ev_target_customers{end}.xlsx" for end in ("", "_new15"))
    options = ["--method", "kmeans", "--k", "2", "--k-max", "2", *OPTIONS, "--out", str(tmp_path)]
    assert main(["segment", str(old), *options]) == 0
    assert json.loads(capsys.readouterr().out)["model"]["other_segment"] == 0
    code, err = asked_of(capsys, tmp_path, new)
    assert code == 2
    assert "品牌编号=品牌类型" in err
    record, _ = asked_of(capsys, tmp_path, new, "--map", "品牌编号=品牌类型", "--out", tmp_path)
    assert record["n_customers"] == sum(segment["n"] for segment in record["segments"]) == 15
    assert [note["code"] for note in record["notes"]] == ["assigned-missing"]
    assert len(rows_of(tmp_path / "assigned.csv")) == 15
