"""The command line: JSON on standard output, messages on standard error, the same every time."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from segmentation.cli import main
from segmentation.study import Study, StudySource, dump, load
from segmentation.wording.language import LOCALE_FOLDER
from tests.intake.workbooks import workbook
from tests.parsing.sas import formats_file, labelled_file

ROOT = Path(__file__).parents[1]
CENTRES = np.array([[10.0, 1.0], [50.0, 9.0], [200.0, 4.0]])
MEMBERS = (50, 40, 30)
DESCRIBED = {"n_rows", "encoding", "delimiter", "columns", "problems"}
DESCRIBED_COLUMN = {"name", "scale", "role", "family", "missing", "distinct", "reason"}
FOUND = {
    "n_customers", "basis", "k", "sizes", "shares", "inertia", "silhouette", "seed", "restarts",
    "best_found", "recommended_k", "recommendation", "cautions", "checks", "profile", "seconds",
    "scorecard", "reach", "attractiveness",
}  # fmt: skip
CHECK = {"segment", "criterion", "verdict", "value", "threshold", "source"}
PROFILED = {"segment", "variable", "value", "overall", "index"}


def planted() -> list[list[str]]:
    """Three far-apart groups of customers, their rows in no order."""
    draws = np.random.default_rng(5)
    rows = []
    for group, (centre, n) in enumerate(zip(CENTRES, MEMBERS, strict=True)):
        for spend, visits in centre + draws.normal(0, [2.0, 0.3], (n, 2)):
            rows.append([f"{group}", f"{spend:.2f}", f"{visits:.2f}", ["yes", "no"][group % 2]])
    order = draws.permutation(len(rows))
    return [[f"C{i:03d}", *rows[at]] for i, at in enumerate(order)]


NAMES = ["customer_id", "planted", "spend, yearly", "visits", "email_consent"]
ROWS = planted()
BASIS = ("--basis", '"spend, yearly",visits')


def written(path: Path, rows: Sequence[Sequence[str]], order: Sequence[int] = range(5)) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for row in [NAMES, *rows]:
            writer.writerow([row[i] for i in order])
    return path


@pytest.fixture
def market(tmp_path: Path) -> Path:
    return written(tmp_path / "market.csv", ROWS)


class Ran:
    """What a command left behind."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def record(self) -> dict[str, Any]:
        record: dict[str, Any] = json.loads(self.out)
        return record


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def running(*arguments: object) -> Ran:
        code = main([str(argument) for argument in arguments])
        return Ran(code, *capsys.readouterr())

    return running


def labels(folder: Path) -> dict[str, str]:
    """Customer id to segment number, as exported."""
    with (folder / "customers.csv").open(encoding="utf-8", newline="") as file:
        return {row["customer_id"]: row["segment_id"] for row in csv.DictReader(file)}


def without_seconds(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != "seconds"}


def test_describe_tells_what_a_file_holds(market: Path, run: Any) -> None:
    ran = run("describe", market)
    assert ran.code == 0
    assert ran.err == ""
    assert ran.out.count("\n") == 1
    record = ran.record
    assert record.keys() >= DESCRIBED
    assert (record["n_rows"], record["encoding"], record["delimiter"]) == (120, "utf-8", ",")
    assert [column["name"] for column in record["columns"]] == NAMES
    assert all(column.keys() >= DESCRIBED_COLUMN for column in record["columns"])
    assert [column["role"] for column in record["columns"]][::4] == ["id", "consent"]
    assert record["columns"][0]["distinct"] == 120
    assert record["problems"] == []


def test_describe_lists_the_problems_of_a_file(tmp_path: Path, run: Any) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes("Bericht\n\nName;Umsatz;\nÖtzi;1;\nÖtzi;1;\nUwe;2;x;y\n".encode("cp1252"))
    record = run("describe", path).record
    assert (record["encoding"], record["delimiter"], record["n_rows"]) == ("cp1252", ";", 3)
    assert len(record["problems"]) == 4


def test_describe_quotes_personal_data_only_when_asked(tmp_path: Path, run: Any) -> None:
    path = tmp_path / "people.csv"
    days = [f"0{1 + i % 9}/0{1 + i % 8}/1980" for i in range(60)]
    lines = [f"{i},{i % 7},{day}" for i, day in enumerate(days)]
    path.write_text("customer_id,visits,date_of_birth\n" + "\n".join(lines) + "\n")
    plain = json.dumps(run("describe", path).record, ensure_ascii=False)
    assert "/1980" not in plain
    assert "•••" in plain
    asked = json.dumps(run("describe", path, "--show-personal").record, ensure_ascii=False)
    assert "/1980" in asked


def test_describe_audits_a_file(tmp_path: Path, run: Any) -> None:
    rows = [[*row[:3], "999" if i < 50 else row[3], row[4]] for i, row in enumerate(ROWS)]
    record = run("describe", written(tmp_path / "codes.csv", rows), "--language", "en").record
    (finding,) = [f for f in record["findings"] if f["code"] == "sentinel"]
    assert (finding["columns"], finding["n"]) == (["visits"], 50)
    assert finding["repair"]["action"] == "treat-as-missing"
    assert finding["repair"]["values"] == ["999"]
    assert any("50 cells of “visits”" in line for line in record["audit"])


@pytest.mark.skipif(not (LOCALE_FOLDER / "zh_CN").is_dir(), reason="no Chinese catalogue is built")
def test_reasons_are_said_in_the_language_asked_for_and_values_stay(market: Path, run: Any) -> None:
    english = run("describe", market, "--language", "en").record["columns"][0]
    chinese = run("describe", market, "--language", "zh_CN").record["columns"][0]
    said = {"reason", "type_reason"}
    assert all(english[name] != chinese[name] for name in said)
    assert all(english[name] == chinese[name] for name in english.keys() - said)


def test_segment_finds_what_was_planted(market: Path, tmp_path: Path, run: Any) -> None:
    ran = run("segment", market, *BASIS, "--k", 3, "--k-max", 4, "--out", tmp_path / "out")
    assert ran.code == 0
    record = ran.record
    assert record.keys() >= FOUND
    assert record["basis"] == ["spend, yearly", "visits"]
    assert (record["n_customers"], record["k"], record["sizes"]) == (120, 3, list(MEMBERS))
    assert sum(record["shares"]) == pytest.approx(1)
    assert record["silhouette"] > 0.7
    assert record["seed"] == 7
    assert all(check.keys() >= CHECK for check in record["checks"])
    assert all(fact.keys() >= PROFILED for fact in record["profile"])
    assert {check["segment"] for check in record["checks"]} == {1, 2, 3}
    assert [len(record["scorecard"]["verdicts"]), record["scorecard"]["constructed"]] == [3, False]
    stages = {"read", "prepare", "extract", "judge", "ask", "write", "model", "take"}
    assert stages == set(record["seconds"])
    found = labels(tmp_path / "out")
    assert {(row[1], found[row[0]]) for row in ROWS} == {("0", "1"), ("1", "2"), ("2", "3")}


def test_the_profile_is_in_the_units_of_the_file(market: Path, run: Any) -> None:
    record = run("segment", market, *BASIS, "--k", 3, "--k-max", 3).record
    facts = {(f["segment"], f["variable"]): f for f in record["profile"] if "level" not in f}
    spends = [float(row[2]) for row in ROWS]
    largest = [float(row[2]) for row in ROWS if row[1] == "0"]
    fact = facts[1, "spend, yearly"]
    assert fact["value"] == pytest.approx(sum(largest) / len(largest), rel=1e-4)
    assert fact["overall"] == pytest.approx(sum(spends) / len(spends), rel=1e-4)
    assert fact["index"] == pytest.approx(100 * fact["value"] / fact["overall"], rel=1e-3)


def test_messages_go_to_standard_error_only(market: Path, tmp_path: Path, run: Any) -> None:
    ran = run("segment", market, *BASIS, "--k", 2, "--k-max", 3, "--out", tmp_path / "out")
    assert ran.err.strip()
    assert ran.out.count("\n") == 1
    assert isinstance(json.loads(ran.out), dict)


def test_out_holds_customers_study_and_record(market: Path, tmp_path: Path, run: Any) -> None:
    out = tmp_path / "new" / "out"
    ran = run("segment", market, *BASIS, "--k", 3, "--k-max", 3, "--out", out)
    assert sorted(path.name for path in out.iterdir()) == [
        "customers.csv",
        "model.json",
        "questions.sql",
        "run.json",
        "study.toml",
    ]
    assert json.loads((out / "run.json").read_text(encoding="utf-8")) == ran.record
    assert load((out / "study.toml").read_text(encoding="utf-8")).branch.k == 3
    with (out / "customers.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == [*NAMES, "segment_id", "segment"]
    assert [row[:5] for row in rows] == ROWS
    assert ran.record["questions"][-1]["accuracy"] > 0.95
    assert {rule["segment"] for rule in ran.record["rules"]} == {1, 2, 3}
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE customers AS FROM '{market}'")
        placed = connection.execute((out / "questions.sql").read_text(encoding="utf-8")).fetchall()
    assert len(placed) == len(ROWS)


def test_the_same_command_writes_the_same_bytes(market: Path, tmp_path: Path, run: Any) -> None:
    folders = (tmp_path / "one", tmp_path / "two")
    records = [run("segment", market, *BASIS, "--k-max", 4, "--out", out).record for out in folders]
    assert without_seconds(records[0]) == without_seconds(records[1])
    for name in ("customers.csv", "study.toml"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize("id_option", [(), ("--id", "customer_id")])
def test_shuffled_rows_and_columns_give_every_customer_the_same_segment(
    id_option: tuple[str, ...], market: Path, tmp_path: Path, run: Any
) -> None:
    arguments = (*BASIS, *id_option, "--k", 3, "--k-max", 4, "--out")
    order = np.random.default_rng(1).permutation(len(ROWS))
    shuffled = written(tmp_path / "shuffled.csv", [ROWS[i] for i in order], (3, 0, 4, 2, 1))
    first = run("segment", market, *arguments, tmp_path / "one").record
    second = run("segment", shuffled, *arguments, tmp_path / "two").record
    assert labels(tmp_path / "one") == labels(tmp_path / "two")
    assert first["inertia"] == second["inertia"]


def test_a_saved_study_repeats_the_run(market: Path, tmp_path: Path, run: Any) -> None:
    first = run(
        "segment", market, *BASIS, "--k", 2, "--seed", 3, "--k-max", 4, "--out", tmp_path / "one"
    )
    second = run(
        "segment", market, "--study", tmp_path / "one" / "study.toml", "--out", tmp_path / "two"
    )
    assert without_seconds(first.record) == without_seconds(second.record)
    assert (second.record["seed"], second.record["k"]) == (3, 2)
    for name in ("customers.csv", "study.toml"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_arguments_go_before_the_saved_study(market: Path, tmp_path: Path, run: Any) -> None:
    run("segment", market, *BASIS, "--k", 2, "--k-max", 4, "--out", tmp_path)
    record = run(
        "segment", market, "--study", tmp_path / "study.toml", "--k", 3, "--seed", 9
    ).record
    assert (record["k"], record["seed"], record["basis"]) == (3, 9, ["spend, yearly", "visits"])


def test_a_study_of_another_file_is_applied_and_told(
    market: Path, tmp_path: Path, run: Any
) -> None:
    run("segment", market, *BASIS, "--k", 2, "--k-max", 3, "--out", tmp_path)
    other = written(tmp_path / "other.csv", ROWS[:-5])
    ran = run("segment", other, "--study", tmp_path / "study.toml")
    assert ran.code == 0
    assert ran.record["n_customers"] == 115
    assert "market.csv" in ran.err.splitlines()[0]


@pytest.mark.parametrize(
    "basis",
    [
        ("--basis", "visits", "--basis", '"spend, yearly"'),
        ("--basis", '"spend, yearly",visits'),
        ("--basis", 'visits, "spend, yearly"'),
        ("--basis", "spend, yearly", "--basis", "visits"),
        ("--basis", "visits,visits", "--basis", "spend, yearly"),
    ],
)
def test_basis_variables_are_listed_or_repeated_and_may_hold_commas(
    basis: tuple[str, ...], market: Path, run: Any
) -> None:
    record = run("segment", market, *basis, "--k", 2, "--k-max", 2).record
    assert sorted(record["basis"]) == ["spend, yearly", "visits"]


def test_the_recommendation_is_followed_unless_a_number_is_asked_for(
    market: Path, run: Any
) -> None:
    followed = run("segment", market, *BASIS, "--k", "auto", "--k-max", 4).record
    assert followed["k"] == followed["recommended_k"] == 3
    asked = run("segment", market, *BASIS, "--k", 2, "--k-max", 4).record
    assert (asked["k"], asked["recommended_k"]) == (2, 3)


def test_validation_says_what_each_number_of_segments_stands_on(market: Path, run: Any) -> None:
    ran = run("segment", market, *BASIS, "--k", 2, "--k-max", 4, "--validate", "--language", "en")
    record = ran.record
    assert list(record["stability"]) == ["2", "3", "4"]
    low, high = record["stability"]["4"]["ari_quartiles"]
    assert low <= record["stability"]["4"]["ari_median"] <= high
    assert record["stability"]["3"]["ari_median"] == 1
    assert len(record["slsw"]) == record["k"] == 2
    assert record["verdict"]["by_k"]["3"] == "natural"
    assert record["verdict"]["none"] is False
    assert record["tested"]["k"] == 3
    assert record["tested"]["advice"].startswith("The test confirms 3 segments as natural")
    null = record["null"]
    assert 0 < null["p_value"] <= 0.05
    assert max(null["advantages"], key=null["advantages"].get) == "3"
    assert max(null["shuffled"]["3"]["silhouettes"]) < 0.7
    assert len(null["shuffled"]["3"]["ari_medians"]) == 5
    assert record["seconds"]["validate"] > 0
    assert "pairs of halves" in ran.err
    assert "stability" not in run("segment", market, *BASIS, "--k", 2, "--k-max", 2).record


def test_a_sweep_sets_every_number_of_segments_beside_the_others(market: Path, run: Any) -> None:
    ran = run("sweep", market, *BASIS, "--k-max", 5, "--language", "en")
    assert ran.err.startswith("0% Looking for 2 segments")
    record = ran.record
    assert (record["n_customers"], record["basis"]) == (120, ["spend, yearly", "visits"])
    assert [solution["k"] for solution in record["solutions"]] == [2, 3, 4, 5]
    assert set(record["preferred"].values()) == {record["recommended_k"]} == {3}
    one = run("segment", market, *BASIS, "--k", 3, "--k-max", 5).record
    three = record["solutions"][1]
    for key in ("sizes", "inertia", "silhouette", "best_found", "restarts"):
        assert three[key] == one[key]
    assert "verdict" not in three


def test_a_validated_sweep_judges_every_number_of_segments(market: Path, run: Any) -> None:
    record = run("sweep", market, *BASIS, "--k-max", 3, "--validate").record
    two, three = record["solutions"]
    assert (three["verdict"], three["weakest_slsw"], record["none"]) == ("natural", 1, False)
    assert two["stability"]["ari_quartiles"][0] <= two["stability"]["ari_median"]
    assert three["prediction_strength"] == 1
    assert record["preferred"]["prediction_strength"] == 3
    assert (two["outlier_segments"], three["outlier_segments"]) == ([], [])
    assert (record["weighed_k"], record["noise_variables"]) == (3, [])
    assert [own["variable"] for own in record["contributions"]] == ["spend, yearly", "visits"]
    assert "scale-range" in record["worth_a_try"]
    assert record["null"]["p_value"] <= 0.05
    assert record["tested"]["k"] == 3


def test_a_sweep_follows_a_saved_study(market: Path, tmp_path: Path, run: Any) -> None:
    run("segment", market, *BASIS, "--k", 2, "--seed", 3, "--k-max", 4, "--out", tmp_path)
    record = run("sweep", market, "--study", tmp_path / "study.toml").record
    assert (record["seed"], len(record["solutions"])) == (3, 3)
    assert record["basis"] == ["spend, yearly", "visits"]


def test_a_sweep_of_few_different_customers_goes_as_far_as_they_differ(
    tmp_path: Path, run: Any
) -> None:
    rows = [[f"C{i}", "0", str(i % 3), str(i % 3 * 2), "yes"] for i in range(60)]
    ran = run("sweep", written(tmp_path / "few.csv", rows), *BASIS, "--validate")
    assert [solution["k"] for solution in ran.record["solutions"]] == [2, 3]
    assert ran.record["solutions"][1]["calinski_harabasz"] is None


REFUSED = [
    (("segment", "--basis", "vists"), "visits"),
    (("segment", "--basis", "visits,spend"), "spend, yearly"),
    (("segment", "--id", "custmer_id"), "customer_id"),
    (("segment", "--basis", "customer_id"), "customer_id"),
    (("segment", *BASIS, "--k", "1"), "2"),
    (("segment", *BASIS, "--k", "9", "--k-max", "4"), "4"),
    (("segment", *BASIS, "--k", "many"), "2"),
    (("segment", *BASIS, "--k-max", "1"), "2"),
    (("segment", "--basis", "visits"), "at least two"),
    (("sweep", "--basis", "visits"), "at least two"),
    (("sweep", *BASIS, "--k-max", "1"), "2"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_what_cannot_be_used_is_answered_in_one_line_and_code_2(
    arguments: tuple[str, ...], said: str, market: Path, run: Any
) -> None:
    command, *options = arguments
    ran = run(command, market, *options)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert said in ran.err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("header.csv", b"a,b\n"),
        ("junk.csv", bytes(range(256)) * 9),
        ("fake.xlsx", b"PK\x03\x04" + b"\0" * 60),
        ("cut.parquet", b"PAR1" + b"\0" * 60),
        ("open.csv", b"a,b\n" + b'1,"x\n' * 300),
    ],
)
@pytest.mark.parametrize("command", ["describe", "segment", "sweep"])
def test_a_file_that_cannot_be_read_is_answered_in_one_line_and_code_2(
    command: str, name: str, content: bytes, tmp_path: Path, run: Any
) -> None:
    (tmp_path / name).write_bytes(content)
    ran = run(command, tmp_path / name)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("place", ["missing.csv", "."])
def test_a_file_that_is_not_there_is_answered_in_one_line(
    place: str, tmp_path: Path, run: Any
) -> None:
    ran = run("describe", tmp_path / place)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    "content", [b"", b"a = 1", b"\xff\xfe\0", b"[segment-studio]\nschema = 99\n"]
)
def test_a_study_that_is_none_is_answered_in_one_line(
    content: bytes, market: Path, tmp_path: Path, run: Any
) -> None:
    (tmp_path / "study.toml").write_bytes(content)
    ran = run("segment", market, "--study", tmp_path / "study.toml")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


def test_fewer_different_customers_than_segments_are_refused(tmp_path: Path, run: Any) -> None:
    rows = [[f"C{i}", "0", str(i % 3), str(i % 3 * 2), "yes"] for i in range(60)]
    ran = run("segment", written(tmp_path / "few.csv", rows), *BASIS, "--k", 5)
    assert (ran.code, ran.out) == (2, "")
    assert "2 to 3" in ran.err.splitlines()[-1]


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """The market's customers with one order line for every three visits or part of them."""
    path = tmp_path / "orders.csv"
    lines = [
        f"{row[0]},2024-0{1 + i}-1{len(row[2]) % 7},{float(row[2]) / 2:.2f}"
        for row in ROWS
        for i in range(1 + int(float(row[3]) / 3))
    ]
    path.write_text("\n".join(["customer_id,order_date,amount", *lines]) + "\n", encoding="utf-8")
    return path


def test_describe_says_that_a_file_looks_like_orders(orders: Path, market: Path, run: Any) -> None:
    record = run("describe", orders, "--language", "en").record
    assert [(role["role"], role["name"]) for role in record["orders"]] == [
        ("customer", "customer_id"),
        ("date", "order_date"),
        ("amount", "amount"),
    ]
    assert record["problems"][0].startswith("These look like order lines")
    assert run("describe", market).record["orders"] is None
    assert run("describe", orders, "--orders").record["orders"] is None


def test_segment_sums_up_orders_and_joins_files(
    orders: Path, market: Path, tmp_path: Path, run: Any
) -> None:
    basis = ("--basis", "frequency,visits", "--k", 2, "--k-max", 3)
    joined = ("--orders", "--join", market, "customer_id", *basis, "--out", tmp_path / "out")
    record = run("segment", orders, *joined).record
    assert (record["n_customers"], record["basis"]) == (120, ["frequency", "visits"])
    with (tmp_path / "out" / "customers.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["customer_id"]: row for row in csv.DictReader(file)}
    assert {i: row["spend, yearly"] for i, row in rows.items()} == {r[0]: r[2] for r in ROWS}
    assert int(rows[ROWS[0][0]]["frequency"]) == 1 + int(float(ROWS[0][3]) / 3)


def test_a_study_of_orders_and_a_joined_file_is_repeated(
    orders: Path, market: Path, tmp_path: Path, run: Any
) -> None:
    basis = ("--basis", "frequency,visits", "--k", 2, "--k-max", 3)
    joined = ("--orders", "--join", market, "customer_id", *basis, "--out", tmp_path / "one")
    first = run("segment", orders, *joined).record
    study = ("--study", tmp_path / "one" / "study.toml", "--out", tmp_path / "two")
    again = run("segment", orders, *study, "--join", market, "customer_id").record
    assert again["sizes"] == first["sizes"]
    one, two = ((tmp_path / n / "customers.csv").read_bytes() for n in ("one", "two"))
    assert one == two
    ran = run("segment", orders, *study)
    assert (ran.code, market.name in ran.err) == (2, True)


@pytest.mark.parametrize("extra", [("--join", "visits.csv", "customer_id"), ("--orders",)])
def test_what_a_study_does_not_have_is_not_added_to_it(
    extra: tuple[str, ...], market: Path, tmp_path: Path, run: Any
) -> None:
    run("segment", market, *BASIS, "--k", 2, "--out", tmp_path / "one")
    ran = run("segment", market, "--study", tmp_path / "one" / "study.toml", *extra)
    assert (ran.code, extra[1 if extra[0] == "--join" else 0] in ran.err) == (2, True)


def test_two_files_of_one_name_cannot_be_told_apart(market: Path, tmp_path: Path, run: Any) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / market.name).write_bytes(market.read_bytes())
    twice = ("--join", market, "customer_id", "--join", other / market.name, "customer_id")
    ran = run("describe", market, *twice)
    assert (ran.code, market.name in ran.err) == (2, True)


def test_dates_of_orders_that_can_be_read_both_ways_are_asked_and_said(
    tmp_path: Path, run: Any
) -> None:
    lines = [f"C{i % 4},0{1 + i % 5}/0{1 + i % 7}/2024,{10 + i}" for i in range(40)]
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(["customer_id,order_date,amount", *lines]) + "\n")
    asked = run("describe", path, "--orders")
    assert (asked.code, "--dates" in asked.err) == (2, True)
    assert run("describe", path, "--orders", "--dates", "day-first").record["n_rows"] == 4


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--orders",), "order lines"),
        (("--join", "orders.csv", "customer_id"), "more rows"),
        (("--join", "orders.csv", "visits=amuont"), "amount"),
        (("--join", "nothing.csv", "visits"), "nothing.csv"),
    ],
)
def test_files_that_do_not_fit_are_answered_in_one_line(
    options: tuple[str, ...], said: str, market: Path, orders: Path, run: Any
) -> None:
    options = tuple(str(orders.parent / o) if o.endswith(".csv") else o for o in options)
    ran = run("describe", market, *options)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert said in ran.err


CODEBOOK = """variable,label,values,reverse-coded
planted,Where from,0=North; 1=South; 2=East,
Visits,Visits a month,,yes
absent,Not here,1=a,
"""


@pytest.fixture
def codebook(tmp_path: Path) -> Path:
    path = tmp_path / "codebook.csv"
    path.write_text(CODEBOOK, encoding="utf-8")
    return path


def test_describe_applies_a_codebook_and_tells_what_does_not_fit(
    market: Path, codebook: Path, run: Any
) -> None:
    ran = run("describe", market, "--codebook", codebook, "--language", "en")
    columns = {column["name"]: column for column in ran.record["columns"]}
    assert columns["planted"]["label"] == "Where from"
    assert columns["planted"]["levels"] == ["North", "South", "East"]
    assert (columns["visits"]["label"], columns["visits"]["reversed"]) == ("Visits a month", True)
    assert "1 variable of the codebook is not in the table: absent." in ran.record["problems"]
    assert "absent" in ran.err


def test_the_sheet_of_a_codebook_can_be_named(market: Path, tmp_path: Path, run: Any) -> None:
    names = ["variable", "label"]
    sheets = {"Old": [names, ["visits", "Old words"]], "New": [names, ["visits", "New words"]]}
    book = tmp_path / "book.xlsx"
    book.write_bytes(workbook(sheets))
    asked = ("describe", market, "--language", "en", "--codebook", book, "--codebook-sheet")
    columns = {column["name"]: column for column in run(*asked, "New").record["columns"]}
    assert columns["visits"]["label"] == "New words"
    refused = run(*asked, "Never")
    assert refused.code == 2
    assert "Its sheets are: Old and New." in refused.err


def test_a_sas_table_takes_its_labels_from_the_catalogue_beside_it(
    tmp_path: Path, run: Any
) -> None:
    table, catalogue = tmp_path / "people.sas7bdat", tmp_path / "formats.sas7bcat"
    table.write_bytes(labelled_file())
    catalogue.write_bytes(formats_file())
    ran = run("describe", catalogue, table, "--language", "en")
    assert ran.record["n_rows"] == 6
    columns = {column["name"]: column for column in ran.record["columns"]}
    assert columns["rating"]["levels"] == ["Low", "High"]  # the label of -1 says that it is none
    alone = run("describe", catalogue, "--language", "en")
    assert alone.code == 2
    assert "choose both at once" in alone.err


def test_places_are_measured_kept_and_needed_again(tmp_path: Path, run: Any) -> None:
    market, shops = tmp_path / "market.csv", tmp_path / "our_shops.csv"
    with market.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [[*NAMES, "latitude", "longitude"]]
            + [[*row, 48 + i % 7 / 10, 11 + i % 5 / 10] for i, row in enumerate(ROWS)]
        )
    shops.write_text("name,lat,lon\nUlm,48.4,10.0\nBonn,50.7,7.1\n", encoding="utf-8")
    far = "distance to nearest our_shops (km)"
    wanted = ("--basis", f'"spend, yearly",{far}', "--k", 2, "--k-max", 2, "--language", "en")
    first = run("segment", market, *wanted, "--places", shops, "--out", tmp_path / "a")
    assert far in first.record["basis"]
    study = ("segment", market, "--study", tmp_path / "a" / "study.toml", "--language", "en")
    refused = run(*study)
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert "our_shops.csv" in refused.err
    second = run(*study, "--places", shops)
    for part in ("basis", "sizes", "inertia", "profile"):
        assert first.record[part] == second.record[part]
    shops.write_text("name,lat,lon\nBonn,50.7,7.1\n", encoding="utf-8")
    changed = run(*study, "--places", shops)
    assert "has changed since the study was saved" in changed.err
    assert changed.record["profile"] != first.record["profile"]


def test_columns_of_places_are_asked_for_and_distances_stand_in_the_export(
    tmp_path: Path, run: Any
) -> None:
    market, shops = tmp_path / "market.csv", tmp_path / "shops.csv"
    with market.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [[*NAMES, "latitude", "longitude"]]
            + [[*row, 48 + i % 7 / 10, 11 + i % 5 / 10] for i, row in enumerate(ROWS)]
        )
    shops.write_text("title,north,east\nUlm,48.4,10.0\n=Bonn,48.0,11.0\n", encoding="utf-8")
    asked = ("segment", market, "--k", 2, "--k-max", 2, "--language", "en", "--places", shops)
    refused = run(*asked)
    assert refused.code == 2
    assert "Columns of numbers: north and east" in refused.err
    assert "--places-columns LAT,LON" in refused.err
    out = tmp_path / "out"
    assert run(*asked, "--places-columns", "north,east,title", "--out", out).code == 0
    with (out / "customers.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    assert list(first)[-3:] == [
        "distance to nearest shops (km)",
        "catchment of shops: within km",
        "nearest shops",
    ]
    assert float(first["distance to nearest shops (km)"]) == 0
    assert (float(first["catchment of shops: within km"]), first["nearest shops"]) == (1, "=Bonn")
    wrong = run(*asked, "--places-columns", "nord,east")
    assert wrong.code == 2
    assert "north" in wrong.err


def test_places_need_customers_with_coordinates(market: Path, tmp_path: Path, run: Any) -> None:
    shops = tmp_path / "shops.csv"
    shops.write_text("name,lat,lon\nUlm,48.4,10.0\nBonn,50.7,7.1\n", encoding="utf-8")
    ran = run("segment", market, "--places", shops, "--language", "en")
    assert ran.code == 2
    assert "no coordinates" in ran.err


def test_a_study_repeats_its_codebook_without_the_file(
    market: Path, codebook: Path, tmp_path: Path, run: Any
) -> None:
    basis = ("--basis", '"spend, yearly",visits,planted', "--k", 3, "--k-max", 3)
    first = run("segment", market, *basis, "--codebook", codebook, "--out", tmp_path / "a")
    codebook.unlink()
    study = ("--study", tmp_path / "a" / "study.toml")
    second = run("segment", market, *study, "--out", tmp_path / "b")
    assert without_seconds(first.record) == without_seconds(second.record)
    assert "North" in {part.get("level") for part in second.record["profile"]}
    for name in ("customers.csv", "study.toml"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_codebook_goes_before_that_of_the_study(
    market: Path, codebook: Path, tmp_path: Path, run: Any
) -> None:
    basis = ("--basis", '"spend, yearly",visits,planted', "--k", 3, "--k-max", 3)
    run("segment", market, *basis, "--codebook", codebook, "--out", tmp_path / "a")
    codebook.write_text("variable,values\nplanted,0=N; 1=S; 2=E\n", encoding="utf-8")
    study = ("--study", tmp_path / "a" / "study.toml", "--codebook", codebook)
    record = run("segment", market, *study, "--out", tmp_path / "b").record
    assert {"N", "S", "E"} <= {part.get("level") for part in record["profile"]}
    kept = load((tmp_path / "b" / "study.toml").read_text(encoding="utf-8")).codebook
    assert list(kept) == ["planted"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "describes no variable"),
        ("a,b\n1,2\n", "names the variables"),
        ("variable,label\nx,y\n", "None of the variables"),
    ],
)
@pytest.mark.parametrize("command", ["describe", "segment"])
def test_a_file_that_is_no_codebook_of_the_table_is_refused(
    command: str, content: str, said: str, market: Path, codebook: Path, run: Any
) -> None:
    codebook.write_text(content, encoding="utf-8")
    ran = run(command, market, "--codebook", codebook, "--language", "en")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert said in ran.err


def test_the_module_runs_as_a_program(tmp_path: Path) -> None:
    """What comes out is UTF-8 even where the terminal speaks something else."""
    ran = subprocess.run(
        [sys.executable, "-m", "segmentation", "describe", written(tmp_path / "顾客.csv", ROWS)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    record = json.loads(ran.stdout.decode("utf-8"))
    assert (record["file"], record["n_rows"]) == ("顾客.csv", 120)


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    """The market in three files, their columns in another order, one with another delimiter."""
    found = [
        written(tmp_path / "q1.csv", ROWS[:30]),
        written(tmp_path / "q2.csv", ROWS[30:70], (4, 0, 3, 1, 2)),
        written(tmp_path / "q3.csv", ROWS[70:]),
    ]
    with found[2].open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with found[2].open("w", encoding="utf-16", newline="") as file:
        csv.writer(file, delimiter="\t").writerows(rows)
    return found


def test_describe_puts_files_with_the_same_columns_under_each_other(
    parts: list[Path], market: Path, run: Any
) -> None:
    record = run("describe", *parts, "--language", "en").record
    whole = run("describe", market).record
    assert (record["n_rows"], record["fingerprint"]) == (120, whole["fingerprint"])
    assert record["problems"][0] == (
        "3 files with the same columns were put under each other, 120 rows in all: "
        "q1.csv (30), q2.csv (40), and q3.csv (50)."
    )


def test_segments_of_several_files_do_not_depend_on_their_order_and_repeat(
    parts: list[Path], tmp_path: Path, run: Any
) -> None:
    asked = (*BASIS, "--k", 3, "--k-max", 3, "--id", "customer_id", "--out")
    run("segment", *parts, *asked, tmp_path / "one")
    run("segment", *reversed(parts), *asked, tmp_path / "two")
    study = tmp_path / "one" / "study.toml"
    ran = run("segment", *parts, "--study", study, "--out", tmp_path / "three", "--language", "en")
    files = [(tmp_path / n / "customers.csv").read_bytes() for n in ("one", "two", "three")]
    assert len(set(files)) == 1
    assert study.read_text() == (tmp_path / "two" / "study.toml").read_text()
    assert "other content" not in ran.err
    saved = load(study.read_text(encoding="utf-8"))
    assert [part.name for part in saved.composition.parts] == ["q2.csv", "q3.csv"]
    assert all(part.fingerprint for part in saved.composition.parts)


def test_a_study_of_several_files_refuses_fewer_and_others(
    parts: list[Path], market: Path, tmp_path: Path, run: Any
) -> None:
    run("segment", *parts, *BASIS, "--k", 2, "--k-max", 2, "--out", tmp_path / "one")
    study = ("--study", tmp_path / "one" / "study.toml", "--language", "en")
    ran = run("segment", parts[0], parts[1], *study)
    assert (ran.code, "“q3.csv”" in ran.err) == (2, True)
    ran = run("segment", *parts, market, *study)
    assert (ran.code, "is not part of it" in ran.err) == (2, True)
    written(parts[1], ROWS[30:60])
    assert "other content (110 rows)" in run("segment", *parts, *study).err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "“other.csv”: The file is empty."),
        ("a,b\n1,2\n", "“q1.csv” and “other.csv” have different"),
    ],
)
def test_one_of_several_files_that_does_not_fit_is_named(
    content: str, said: str, parts: list[Path], tmp_path: Path, run: Any
) -> None:
    other = tmp_path / "other.csv"
    other.write_text(content)
    ran = run("describe", *parts, other, "--language", "en")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    ran = run("describe", parts[0], parts[0], "--language", "en")
    assert "both called “q1.csv”" in ran.err


def test_the_method_that_suits_the_customers_is_used_and_written_down(
    tmp_path: Path, run: Any
) -> None:
    file = tmp_path / "mixed.csv"
    draws = np.random.default_rng(2)
    group = draws.integers(0, 3, 300)
    answers = np.where(draws.random((300, 3)) < 0.8, group[:, None], draws.integers(0, 3, (300, 3)))
    rows = [
        [
            f"C{i}",
            f"{10 * group[i] + draws.normal():.2f}",
            *(["north", "east", "west"][a] for a in own),
        ]
        for i, own in enumerate(answers)
    ]
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["customer_id", "spend", "one", "two", "three"], *rows])
    basis = ("--basis", "spend,one,two,three", "--k-max", 3, "--language", "en")
    ran = run("segment", file, *basis, "--k", 3, "--out", tmp_path)
    assert ran.record["method"] == "latent_class"
    assert "3 of 4 variables are categories" in ran.err
    saved = load((tmp_path / "study.toml").read_text(encoding="utf-8"))
    assert saved.branch.extraction.method == "latent_class"
    other = run("segment", file, *basis, "--k", 3, "--method", "kmeans")
    assert other.record["method"] == "kmeans"
    assert "are categories" not in other.err


def test_given_segments_are_described_without_looking_for_any(
    market: Path, tmp_path: Path, run: Any
) -> None:
    out = tmp_path / "out"
    ran = run("segment", market, "--given", "planted", *BASIS, "--out", out, "--validate")
    record = ran.record
    assert record["sizes"] == [50, 40, 30]
    assert record["segments"] == ["Segment 0", "Segment 1", "Segment 2"]
    assert (record["inertia"], record["recommended_k"], record["method"]) == (None, None, None)
    assert "Given segments are not tested" in ran.err
    assert "planted" not in {found["variable"] for found in record["profile"]}
    again = run("segment", market, "--study", out / "study.toml").record
    assert again["sizes"] == record["sizes"]
    ran = run("segment", market, "--given", "plant")
    assert ran.code == 2
    assert "planted" in ran.err


@pytest.mark.shared
def test_the_published_segments_of_vacationers_are_described_as_printed(
    shared_data: Path, tmp_path: Path, run: Any
) -> None:
    people = (shared_data / "vacmot_with_descriptors.csv").read_text(encoding="utf-8").splitlines()
    numbered = [f"row,{people[0]}", *(f"{i},{line}" for i, line in enumerate(people[1:], 1))]
    path = tmp_path / "people.csv"
    path.write_text("\n".join(numbered), encoding="utf-8")
    published = shared_data / "vacmot_published_k6_labels.csv"
    record = run("segment", path, "--join", published, "row", "--given", "vacmot6").record
    assert record["sizes"] == [246, 201, 95, 156, 129, 173]
    tests = {found["variable"]: found for found in record["associations"]}
    gender, age, obligation = (tests[name] for name in ("Gender", "Age", "Obligation"))
    assert (round(gender["statistic"], 4), gender["df"]) == (4.1546, [5])
    assert round(gender["p_value"], 4) == 0.5274
    assert (round(age["statistic"], 2), age["df"]) == (10.09, [5, 994])
    assert f"{age['p_value']:.2e}" == "1.95e-09"
    assert round(obligation["statistic"], 2) == 13.63
    assert f"{obligation['p_value']:.2e}" == "6.85e-13"
    means = {
        name: [round(f["value"], digits) for f in record["profile"] if f["variable"] == name]
        for name, digits in (("Age", 1), ("Obligation", 3))
    }
    assert means["Age"] == [45.0, 42.8, 38.6, 45.0, 40.6, 49.5]
    assert means["Obligation"] == [3.656, 3.649, 3.906, 3.707, 3.535, 4.028]
    (remark,) = record["remarks"]
    assert remark["segment"] == 3
    assert "yes" in remark["remark"]


def test_segments_changed_by_hand_come_back_with_the_study(
    market: Path, tmp_path: Path, run: Any
) -> None:
    out = tmp_path / "out"
    first = run("segment", market, *BASIS, "--k", 3, "--out", out).record
    text = (out / "study.toml").read_text(encoding="utf-8")
    pin = '{name = "VIPs", conditions = [{column = "visits", operator = "at_least", values = [9]}]}'
    (tmp_path / "pinned.toml").write_text(text.replace("pins = []", f"pins = [{pin}]"))
    pinned = run("segment", market, "--study", tmp_path / "pinned.toml", "--out", out).record
    met = sum(float(row[3]) >= 9 for row in ROWS)
    assert pinned["segments"][-1] == "VIPs"
    assert pinned["sizes"][-1] == met
    assert sum(pinned["sizes"]) == sum(first["sizes"]) == len(ROWS)
    exported = labels(out)
    assert sorted(c for c, s in exported.items() if s == "4") == sorted(
        row[0] for row in ROWS if float(row[3]) >= 9
    )


def test_results_and_audiences_are_written_where_asked_for(tmp_path: Path, run: Any) -> None:
    market = tmp_path / "market.csv"
    with market.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [[*NAMES, "email"]] + [[*row, f"{row[0]}@example.org"] for row in ROWS]
        )
    to = {name: tmp_path / "taken" / name for name in ("r.xlsx", "c.parquet", "g.csv", "m.csv")}
    wanted = ("segment", market, *BASIS, "--k", 3, "--k-max", 3, "--language", "en")
    found = run(
        *(*wanted, "--workbook", to["r.xlsx"], "--parquet", to["c.parquet"]),
        *("--audience", f"google={to['g.csv']}", "--audience", f"mailchimp={to['m.csv']}"),
        *("--audience-segments", "1,3", "--holdout", "0.4,0.3"),
    )
    assert found.code == 0, found.err
    google, mailchimp = found.record["audiences"]
    assert google["members"] == MEMBERS[0] + MEMBERS[2]
    assert google["refused"] == 0  # the second group alone says no
    assert google["people"] + google["held_out"] == google["members"]
    held = Path(google["hold_out_file"]).read_text(encoding="utf-8").splitlines()
    assert len(held) - 1 == google["held_out"] >= google["hold_out_needed"] > 0
    assert mailchimp["hold_out_share"] == google["hold_out_share"]
    assert "@" not in to["g.csv"].read_text(encoding="utf-8")
    assert "@example.org" in to["m.csv"].read_text(encoding="utf-8")
    assert all(path.stat().st_size for path in to.values())
    again = run(*wanted, "--audience", f"nowhere={to['g.csv']}")
    assert (again.code, again.err.splitlines()[-1][:23]) == (2, "No audience file is kno")


def test_an_audience_follows_what_the_study_says_of_unknown_consent(
    tmp_path: Path, run: Any
) -> None:
    market, study, to = tmp_path / "market.csv", tmp_path / "study.toml", tmp_path / "m.csv"
    said = {"yes": "yes", "no": ""}  # who said no, now says nothing
    with market.open("w", encoding="utf-8", newline="") as file:
        rows = [[*(said.get(c, c) for c in row), f"{row[0]}@example.org"] for row in ROWS]
        csv.writer(file).writerows([[*NAMES, "email"], *rows])
    wanted = ("segment", market, *BASIS, "--k", 3, "--k-max", 3, "--language", "en")
    asked = ("--audience", f"mailchimp={to}")
    first = run(*wanted, *asked, "--out", tmp_path / "out")
    assert first.code == 0, first.err
    plain = (tmp_path / "out" / "study.toml").read_text(encoding="utf-8")
    decided = plain.replace("[scorecard]\n", "[scorecard]\nunknown_consent = true\n")
    study.write_text(decided, encoding="utf-8")
    then = run(*wanted, *asked, "--study", study)
    assert then.code == 0, then.err
    (before,), (after,) = first.record["audiences"], then.record["audiences"]
    assert before["unknown_consent"] == MEMBERS[1] == after["people"] - before["people"]


@pytest.fixture
def saving(run: Any, tmp_path: Path) -> Any:
    """Runs an action on saved studies in a database of the test's own."""
    database = f"sqlite:///{tmp_path / 'studies.sqlite'}"
    return lambda *asked: run("studies", *asked, "--database", database, "--language", "en")


def test_a_run_is_saved_with_its_results_and_comes_back_byte_for_byte(
    market: Path, tmp_path: Path, run: Any, saving: Any
) -> None:
    out = tmp_path / "out"
    found = run("segment", market, *BASIS, "--k-max", "3", "--out", out).record
    saved = saving("save", out / "study.toml", "--run", out / "run.json", "--by", "Ana").record
    assert (saved["name"], saved["owner"], saved["revision"]) == ("market", "Ana", 1)
    results = saved["latest"]["results"]
    for key in ("n_customers", "k", "segments", "sizes", "shares", "unassigned", "method"):
        assert results[key] == found[key]
    assert [c["value"] for c in results["checks"]] == [c["value"] for c in found["checks"]]
    exported = tmp_path / "back.toml"
    saving("export", saved["id"], "--out", exported)
    assert exported.read_bytes() == (out / "study.toml").read_bytes()
    assert saving("export", saved["id"]).record["toml"] == exported.read_text(encoding="utf-8")


def test_saved_studies_are_listed_versioned_and_deleted(tmp_path: Path, saving: Any) -> None:
    text = dump(Study(StudySource("a.csv", "f00d", 3)))
    (tmp_path / "s.toml").write_text(text, encoding="utf-8")
    assert saving("list").record == {"studies": []}
    first = saving("save", tmp_path / "s.toml", "--name", "Ärzte").record
    second = saving("save", tmp_path / "s.toml", "--id", first["id"], "--by", "Ben").record
    assert (second["id"], second["latest"]["version"]) == (first["id"], 2)
    shown = saving("show", first["id"]).record
    assert [v["version"] for v in shown["versions"]] == [2, 1]
    assert [s["name"] for s in saving("list", "--search", "ärz").record["studies"]] == ["Ärzte"]
    assert saving("list", "--search", "x").record == {"studies": []}
    assert saving("export", first["id"], "--version", "1").record["version"] == 1
    assert saving("delete", first["id"]).record["n_versions"] == 2
    ran = saving("show", first["id"])
    assert (ran.code, ran.out) == (2, "")
    assert "may have been deleted" in ran.err


def test_what_cannot_be_saved_or_reached_is_told(
    tmp_path: Path, run: Any, saving: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.toml").write_text("[source", encoding="utf-8")
    assert "not a study that can be read" in saving("save", tmp_path / "bad.toml").err
    (tmp_path / "s.toml").write_text(dump(Study(StudySource("a", "f", 3))), encoding="utf-8")
    told = saving("save", tmp_path / "s.toml", "--run", tmp_path / "bad.toml").err
    assert "not a study that can be read (bad.toml" in told
    assert saving("save", tmp_path / "gone.toml").code == 2
    ran = run("studies", "list", "--database", "mysql://me:secret@host/db", "--language", "en")
    assert ran.code == 2
    assert "secret" not in ran.err
    monkeypatch.setenv("SEGMENT_STUDIO_DATABASE", "off")
    assert "keeps no studies" in run("studies", "list", "--language", "en").err
