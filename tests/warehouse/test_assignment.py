"""Customers are placed in the warehouse exactly as the library places them here."""

import numpy as np
import pytest

from segmentation.engine import DuckSession
from segmentation.engine.warehouse import Warehouse
from segmentation.errors import NoCustomersLeft, NotInWarehouse, TooManyTexts
from segmentation.extraction.placing import place
from segmentation.intake import Condition, Decision, Kind, Operator, open_customers
from segmentation.preparation import Recipe
from segmentation.preparation.cells import fetch, values_of
from segmentation.preparation.transforms import OTHER
from segmentation.variables import Role, Scale, VariableChoice
from segmentation.warehouse import (
    OpenedTable,
    assignment_sql,
    find,
    open_table,
    reading,
    whole_table,
)
from segmentation.warehouse.scoring import scored
from tests.postgres import Postgres
from tests.warehouse.conftest import N_CUSTOMERS, Fitted, fit

BASIS = VariableChoice(role=Role.BASIS)
NOMINAL = VariableChoice(role=Role.BASIS, scale=Scale.NOMINAL)
OUT = VariableChoice(role=Role.DESCRIPTOR)
NOTHING = dict.fromkeys(
    ["spend", "visits", "margin", "ratio", "rating", "channel", "member", "newsletter", "town",
     "since", "weight"],
    OUT,
)  # fmt: skip
MIXED = NOTHING | dict.fromkeys(
    ["spend", "visits", "margin", "ratio", "rating", "channel", "member", "newsletter"], BASIS
)
CASES = {
    "numbers, words and yes/no": (MIXED, Recipe()),
    "gaps filled with the mean": (MIXED, Recipe(missing="mean")),
    "no logarithm, no fences": (MIXED, Recipe(log_skew=np.inf, fence_iqr=np.inf)),
    "ratings and answers as categories": (
        NOTHING | dict.fromkeys(["rating", "member", "newsletter", "town"], NOMINAL),
        Recipe(),
    ),
    "nothing but yes/no": (NOTHING | dict.fromkeys(["member", "newsletter"], BASIS), Recipe()),
    "rare words apart": (MIXED, Recipe(lump_share=0.0)),
    "ranges, and variables that count more or less": (
        MIXED,
        Recipe(scale="range", collinear="weigh", emphasis=(("channel", 2.0), ("visits", 0.5))),
    ),
    "customers who weigh more": (
        MIXED | {"weight": VariableChoice(role=Role.WEIGHT)},
        Recipe(),
    ),
}


def placed_there(fitted: Fitted, warehouse: Warehouse) -> dict[str, int]:
    """Segment by customer, as the SQL says."""
    rows = warehouse.rows(assignment_sql(fitted.opened, fitted.placing))
    return {row["customer"].strip(): row["segment_id"] - 1 for row in rows}


def placed_here(fitted: Fitted, everybody: OpenedTable) -> dict[str, int]:
    """Segment by customer, as the library places everybody with what the sample has learned."""
    placing = fitted.placing
    decisions = {c.name: Decision(kind=c.kind, style=c.style) for c in placing.table.columns}
    conditions = placing.table.conditions
    table = open_customers(everybody.raw, decisions=decisions, conditions=conditions)
    by_name = {variable.name: variable for variable in placing.variables}
    parts = [(t, by_name[t.variable]) for t in placing.matrix.transforms]
    cells = fetch(table, [*(variable for _, variable in parts), by_name["customer"]])
    values = np.concatenate([t.apply(values_of(cells, v)) for t, v in parts], axis=1)
    names = cells[by_name["customer"].key].to_pylist()
    return dict(zip(names, place(values, placing.solution.centers).tolist(), strict=True))


@pytest.mark.parametrize("case", CASES)
def test_the_warehouse_gives_every_customer_the_segment_of_the_library(
    case: str, everybody: OpenedTable, warehouse: Warehouse
) -> None:
    choices, recipe = CASES[case]
    fitted = fit(everybody, choices, recipe=recipe, k=3 if case == "nothing but yes/no" else 5)
    labels = place(fitted.placing.matrix.values, fitted.placing.solution.centers)
    [customer] = [v for v in fitted.placing.variables if v.name == "customer"]
    ids = fetch(fitted.table, [customer])[customer.key].to_pylist()
    assert len(ids) == N_CUSTOMERS
    assert placed_there(fitted, warehouse) == dict(zip(ids, labels.tolist(), strict=True))


def test_answers_without_the_habit_of_answering_are_placed_alike(
    session: DuckSession, warehouse: Warehouse, postgres: Postgres
) -> None:
    rng = np.random.default_rng(3)
    habit, taste = rng.normal(0, 1, 900), rng.normal(0, 1, (900, 5))
    answers = np.clip(np.round(3 + habit[:, None] + taste), 1, 5).astype(int).astype(object)
    answers[rng.random(answers.shape) < 0.1] = None
    answers[:3] = None
    answers[3:6] = 4
    answers[:, 4] = answers[:, 3]
    items = [f"item {i}" for i in range(5)]
    types = {"customer": "text PRIMARY KEY", **dict.fromkeys(items, "smallint")}
    postgres.load("answers", types, [(f"K{i}", *row) for i, row in enumerate(answers.tolist())])
    opened = open_table(session, warehouse, find(warehouse, "public.answers"))
    recipe = Recipe(response_style="center", collinear="one", missing="partial")
    choices = {name: VariableChoice(Role.BASIS, Scale.ORDINAL) for name in items}
    fitted = fit(opened, choices, recipe=recipe, k=3)
    matrix = fitted.placing.matrix
    assert len(matrix.basis) == 4
    assert len(matrix.batteries[0]) == 5
    [customer] = [v for v in fitted.placing.variables if v.name == "customer"]
    ids = fetch(fitted.table, [customer])[customer.key].to_pylist()
    labels = place(matrix.values, fitted.placing.solution.centers)
    assert placed_there(fitted, warehouse) == dict(zip(ids, labels.tolist(), strict=True))


FILTERS = {
    "nobody is left out": (),
    "words, numbers, days and yes/no": (
        Condition("town", Operator.IS, ("上海", "Bonn")),
        Condition("spend", Operator.AT_LEAST, ("12.5",)),
        Condition("since", Operator.AT_MOST, ("2019-05-05",)),
        Condition("member", Operator.IS_NOT, ("yes",)),
        Condition("channel", Operator.KNOWN),
    ),
}


@pytest.mark.parametrize("name", FILTERS)
def test_customers_outside_the_sample_are_placed_by_what_the_sample_has_learned(
    name: str, everybody: OpenedTable, warehouse: Warehouse, session: DuckSession
) -> None:
    some = open_table(session, warehouse, everybody.relation, n_sample=4000)
    assert some.raw.n_rows == 4000
    fitted = fit(some, MIXED, conditions=FILTERS[name])
    here = placed_here(fitted, everybody)
    assert len(here) == N_CUSTOMERS if name == "nobody is left out" else 200 < len(here) < 4000
    assert placed_there(fitted, warehouse) == here


def test_sizes_and_means_of_the_whole_table_are_those_of_its_customers(
    everybody: OpenedTable, warehouse: Warehouse, session: DuckSession
) -> None:
    some = open_table(session, warehouse, everybody.relation, n_sample=4000)
    fitted = fit(some, MIXED, k=4)
    whole = whole_table(some, fitted.placing)
    segment_of = placed_here(fitted, everybody)
    table = open_customers(everybody.raw)
    keys = {c.name: c.key for c in table.columns}
    rows = table.session.rows(f"SELECT * FROM {table.name}")
    segments = np.array([segment_of[row[keys["customer"]]] for row in rows])
    assert whole.n_customers == N_CUSTOMERS
    assert whole.sizes == tuple(np.bincount(segments, minlength=4).tolist())
    assert whole.shares == pytest.approx(np.array(whole.sizes) / N_CUSTOMERS)
    for i, feature in enumerate(whole.features):
        named = {f.level for f in whole.features if f.variable == feature.variable}
        cells = [row[keys[feature.variable]] for row in rows]
        if feature.level is not None:
            cells = [c if c is None or c in named else OTHER for c in cells]
            cells = [c if c is None else c == feature.level for c in cells]
        values = np.array([np.nan if c is None else float(c) for c in cells])
        for segment in range(4):
            own = values[segments == segment]
            assert whole.known[segment, i] == (~np.isnan(own)).sum()
            assert whole.means[segment, i] == pytest.approx(np.nanmean(own), rel=1e-9)


def test_customers_who_weigh_more_count_for_more(
    everybody: OpenedTable, warehouse: Warehouse
) -> None:
    fitted = fit(everybody, MIXED | {"weight": VariableChoice(role=Role.WEIGHT)})
    whole = whole_table(everybody, fitted.placing)
    [weight] = [v for v in fitted.placing.variables if v.name == "weight"]
    cells = fetch(fitted.table, [weight])
    masses = np.bincount(
        fitted.placing.solution.labels, weights=cells[weight.key].to_numpy(), minlength=5
    )
    assert whole.shares == pytest.approx(masses / masses.sum())
    assert whole.sizes == fitted.placing.solution.sizes


def test_a_filter_that_leaves_nobody_in_the_warehouse_is_told(
    warehouse: Warehouse, session: DuckSession, postgres: Postgres
) -> None:
    rows = [(i, i % 7, i % 5, "here") for i in range(60)]
    types = {"id": "int PRIMARY KEY", "a": "int", "b": "int", "town": "text"}
    postgres.load("moved", types, rows)
    opened = open_table(session, warehouse, find(warehouse, "moved"))
    here = Condition("town", Operator.IS, ("here",))
    fitted = fit(opened, {"a": BASIS, "b": BASIS}, conditions=(here,), k=2)
    postgres.run("UPDATE moved SET town = 'gone'")
    with pytest.raises(NoCustomersLeft):
        whole_table(opened, fitted.placing)


def test_a_word_that_the_warehouse_learns_later_is_one_of_the_others(
    warehouse: Warehouse, session: DuckSession, postgres: Postgres
) -> None:
    words = ["a", "b", "c", "d1", "d2", "d3", "d4"]
    rows = [(i, words[i % 3] if i % 10 else words[3 + i // 10 % 4], i % 9) for i in range(400)]
    postgres.load("later", {"id": "int PRIMARY KEY", "word": "text", "n": "int"}, rows)
    opened = open_table(session, warehouse, find(warehouse, "later"))
    fitted = fit(opened, {"word": BASIS, "n": BASIS}, k=4)
    assert [f.level for f in fitted.placing.matrix.features if f.variable == "word"][-1] == OTHER
    sql = assignment_sql(opened, fitted.placing)
    postgres.run("INSERT INTO later VALUES (1000, 'd1', 3), (1001, 'never seen', 3)")
    found = {row["id"]: row["segment_id"] for row in warehouse.rows(sql)}
    assert found[1001] == found[1000]


def test_text_that_is_read_as_numbers_is_read_one_by_one_or_refused_by_its_name(
    warehouse: Warehouse, session: DuckSession, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [(i, f" {i % 30}.5 " if i % 11 else "none", i % 9) for i in range(400)]
    postgres.load("texts", {"id": "int PRIMARY KEY", "spend": "text", "n": "int"}, rows)
    opened = open_table(session, warehouse, find(warehouse, "texts"))
    fitted = fit(opened, {"spend": BASIS, "n": BASIS}, k=3)
    assert fitted.table.column("spend").kind is Kind.NUMBER
    assert whole_table(opened, fitted.placing).sizes == fitted.placing.solution.sizes
    monkeypatch.setattr(reading, "MAX_TEXTS", 20)
    with pytest.raises(TooManyTexts) as refused:
        whole_table(opened, fitted.placing)
    assert refused.value.values == {"name": "spend", "limit": 20}


def test_columns_with_odd_names_are_placed_and_passed_on(
    warehouse: Warehouse, session: DuckSession, postgres: Postgres
) -> None:
    rows = [(f"x{i % 4}", i % 7, i % 5, i % 3) for i in range(90)]
    names = ["segment_id", "c0", " Größe 50% {x}", "Größe 50% {X}"]
    types = {name.replace('"', '""'): "int" for name in names} | {"segment_id": "text"}
    postgres.load("odd", types, rows)
    opened = open_table(session, warehouse, find(warehouse, "odd"))
    basis = dict.fromkeys(opened.raw.names[1:], BASIS)
    fitted = fit(opened, basis, k=3)
    found = warehouse.rows(assignment_sql(opened, fitted.placing))
    assert list(found[0]) == [*names, "segment_id_2"]
    sizes = np.bincount([row["segment_id_2"] - 1 for row in found])
    assert tuple(sizes.tolist()) == fitted.placing.solution.sizes


def test_the_expression_places_the_same_in_the_embedded_engine(everybody: OpenedTable) -> None:
    fitted = fit(everybody, MIXED)
    placing = fitted.placing
    rows = scored(fitted.table.population(), placing.parts(), placing.solution.centers)
    found = fitted.table.session.arrow(rows.select("__row", "segment"))
    segments = np.empty(N_CUSTOMERS, dtype=int)
    segments[found["__row"].to_numpy()] = found["segment"].to_numpy()
    assert (segments[placing.matrix.rows] == placing.solution.labels).all()


def test_every_step_in_the_warehouse_is_behind_a_fence(everybody: OpenedTable) -> None:
    sql = assignment_sql(everybody, fit(everybody, MIXED).placing)
    assert sql.count("(SELECT") == sql.count("OFFSET 0") > 5


def test_a_number_that_stands_for_no_answer_is_missing_in_the_warehouse_too(
    warehouse: Warehouse, session: DuckSession, postgres: Postgres
) -> None:
    rows = [(i, 999 if i % 4 == 0 else i % 30, i % 9) for i in range(400)]
    postgres.load("sentinels", {"id": "int PRIMARY KEY", "days": "int", "n": "int"}, rows)
    opened = open_table(session, warehouse, find(warehouse, "sentinels"))
    decided = {"days": Decision(missing=("999",))}
    fitted = fit(opened, {"days": BASIS, "n": BASIS}, decisions=decided, k=3)
    assert fitted.table.column("days").n_missing == 100
    assert whole_table(opened, fitted.placing).sizes == fitted.placing.solution.sizes


def test_what_depends_on_the_order_of_rows_is_refused(
    warehouse: Warehouse, session: DuckSession, postgres: Postgres
) -> None:
    postgres.load("twice", {"a": "int", "b": "int"}, [(i % 7, i % 5) for i in range(60)])
    opened = open_table(session, warehouse, find(warehouse, "twice"))
    once = Condition("", Operator.ONCE)
    fitted = fit(opened, {"a": BASIS, "b": BASIS}, conditions=(once,), k=2)
    with pytest.raises(NotInWarehouse):
        whole_table(opened, fitted.placing)
