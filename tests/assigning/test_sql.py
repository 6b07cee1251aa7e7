"""The same segments from SQL, wherever it can be run here."""

from dataclasses import replace

import duckdb
import pyarrow as pa
import pytest
import sqlglot

from segmentation.assigning import Model, assign
from segmentation.assigning.sql import DIALECTS, assignment_sql
from segmentation.errors import NotInSql
from segmentation.intake import Condition, CustomerTable, Kind, Operator
from segmentation.structure import Pin
from tests.assigning.conftest import Solved, Solver
from tests.postgres import Postgres

_TYPES = {"double": "double precision", "string": "text", "bool": "boolean"}


def typed(table: CustomerTable, model: Model) -> pa.Table:
    """The customers as a database holds them: by the file's names, typed."""
    cells = table.session.arrow(table.everyone().order_by("__row"))
    names = dict.fromkeys(["customer", *model.needs])
    return pa.table({name: cells[table.column(name).key] for name in names})


def wanted(solved: Solved) -> dict[str, tuple[object, str | None]]:
    """What the library says, by id."""
    found, model = assign(solved.table, solved.model), solved.model
    ids = typed(solved.table, model)["customer"].to_pylist()
    numbers = [s.number if model.parts else s.macro + 1 for s in model.segments]
    return {
        ids[row]: (numbers[label], model.names[label]) if label >= 0 else (None, None)
        for row, label in zip(found.rows, found.labels, strict=True)
    }


def test_duckdb_puts_everybody_where_the_library_does(solved: Solved) -> None:
    with duckdb.connect() as connection:
        connection.register("customers", typed(solved.table, solved.model))
        rows = connection.execute(assignment_sql(solved.model, "duckdb")).fetchall()
    assert {row[0]: row[1:] for row in rows} == wanted(solved)


@pytest.mark.parametrize("case", ["kmeans", "latent", "mixture", "by_hand"])
def test_postgres_puts_everybody_where_the_library_does(
    solver: Solver, postgres: Postgres, case: str
) -> None:
    solved = solver.of(case)
    cells = typed(solved.table, solved.model)
    types = {field.name: _TYPES[str(field.type)] for field in cells.schema}
    table = f"assigned_{case}"
    postgres.load(table, types, list(zip(*cells.to_pydict().values(), strict=True)))
    sql = assignment_sql(solved.model, "postgres", table=table)
    with postgres.owner() as connection:
        rows = connection.execute(sql.encode()).fetchall()
    assert {row[0]: row[1:] for row in rows} == wanted(solved)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_is_one_select_that_its_own_parser_reads(
    solver: Solver, dialect: str
) -> None:
    text = assignment_sql(solver.of("famd").model, dialect)
    (tree,) = (found for found in sqlglot.parse(text, read=dialect) if found is not None)
    assert isinstance(tree, sqlglot.expressions.Select)
    assert list(tree.named_selects) == ["customer", "segment_id", "segment"]


def test_names_are_quoted_whatever_is_in_them(solver: Solver) -> None:
    model = solver.of("given").model
    nasty = 'x"; DROP TABLE customers; --`'
    study = replace(model.study, id_name=nasty)
    names = ("'); --", *model.names[1:])
    found = replace(model, study=study, names=names, needs=(*model.needs, nasty))
    for dialect in DIALECTS:
        with_id = replace(found, study=study.with_kind(nasty, Kind.TEXT))
        trees = sqlglot.parse(assignment_sql(with_id, dialect), read=dialect)
        assert len([tree for tree in trees if tree is not None]) == 1


def test_without_an_id_the_columns_that_place_a_customer_are_shown(kmeans: Solved) -> None:
    model = replace(kmeans.model, study=replace(kmeans.model.study, id_name=None))
    tree = sqlglot.parse_one(assignment_sql(model, "duckdb"), read="duckdb")
    assert list(tree.named_selects) == [*model.needs, "segment_id", "segment"]


def test_what_no_engine_knows_is_refused(kmeans: Solved) -> None:
    model = kmeans.model
    worked_out = replace(model.whole.questions[0], of="")
    level = replace(model.whole, questions=(worked_out, *model.whole.questions[1:]))
    once = Pin("once", (Condition("spend", Operator.ONCE),))
    for changed in (level, replace(model.whole, pins=(once,), finals=(*model.whole.finals, 4))):
        with pytest.raises(NotInSql):
            assignment_sql(replace(model, whole=changed), "duckdb")


def test_words_for_yes_and_blanks_are_read_as_the_file_is(kmeans: Solved) -> None:
    cells = typed(kmeans.table, kmeans.model)
    said = pa.array(
        [None if v is None else " YES" if v else "no " for v in cells["member"].to_pylist()]
    )
    place = cells.schema.get_field_index("member")
    with duckdb.connect() as connection:
        connection.register("customers", cells.set_column(place, "member", said))
        rows = connection.execute(assignment_sql(kmeans.model, "duckdb")).fetchall()
    assert {row[0]: row[1:] for row in rows} == wanted(kmeans)


def test_codes_that_mean_no_answer_are_gaps_there_too(kmeans: Solved) -> None:
    cells = typed(kmeans.table, kmeans.model)
    coded = {
        name: pa.array([code if v is None else v for v in cells[name].to_pylist()])
        for name, code in (("rating", 999.0), ("channel", "refused"))
    }
    study = kmeans.model.study
    for name, code in (("rating", "999"), ("channel", "refused")):
        study = study.with_decision(name, replace(study.columns[name], missing=(code,)))
    for name, column in coded.items():
        cells = cells.set_column(cells.schema.get_field_index(name), name, column)
    with duckdb.connect() as connection:
        connection.register("customers", cells)
        model = replace(kmeans.model, study=study)
        rows = connection.execute(assignment_sql(model, "duckdb")).fetchall()
    assert {row[0]: row[1:] for row in rows} == wanted(kmeans)
