"""The assignment as SQL: one SELECT that gives every customer of a table its segment.

Enters: a model and the name of a dialect. Leaves: SQL. Refuses to run it, and what no engine knows:
columns that are worked out here, dates that form segments, rules about repeated rows. One
expression is written for DuckDB and turned into the other dialects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import sqlglot
from sqlglot import expressions as sql_tree

from segmentation.assigning.additive import scores
from segmentation.assigning.model import Given, Level, Model
from segmentation.engine.quoting import literal, quoted
from segmentation.errors import NotInSql
from segmentation.intake import Column, Condition, Kind, Operator
from segmentation.intake.codebook import Entry
from segmentation.intake.filters import WHOLE_ROW, predicate
from segmentation.intake.kinds import MISSING_MARKERS, NO_WORDS, YES_WORDS
from segmentation.intake.ratings import labels_of
from segmentation.sizing import met
from segmentation.structure import Pin
from segmentation.warehouse.scoring import Part, step, valued

# What they are called here, and by the library that writes them.
DIALECTS = ("duckdb", "postgres", "spark", "bigquery", "snowflake")
TABLE, TYPED = "customers", "typed"
_TYPES = {
    Kind.NUMBER: "float64",
    Kind.YESNO: "boolean",
    Kind.DATE: "timestamp",
    Kind.TEXT: "string",
}
# Whole numbers and truths are words to some engines.
_YES, _NO = (*YES_WORDS, "1", "1.0"), (*NO_WORDS, "0", "0.0")


@dataclass(frozen=True, slots=True)
class _Names:
    """The physical columns of the typed rows."""

    columns: dict[str, Column]
    kept: tuple[str, ...]

    def key(self, name: str) -> str:
        """Return the physical column of a name."""
        if name not in self.columns:
            raise NotInSql(name=name)
        return self.columns[name].key


def assignment_sql(model: Model, dialect: str, *, table: str = TABLE) -> str:
    """Return SQL that gives every customer a segment.

    Parameters
    ----------
    model : Model
    dialect : str
        One of :data:`DIALECTS`.
    table : str
        Whose rows are placed; its columns have the names of the model.

    Returns
    -------
    str
        A SELECT of the id, or of all columns that are needed where nothing names a customer, of
        ``segment_id`` and ``segment``, for the customers of the population.

    Raises
    ------
    NotInSql
        When a column is worked out here, or a rule looks at other rows.
    UnsuitableBasis
        When a date forms the segments.
    """
    names = _names(model)
    query = sqlglot.parse_one(
        str(ibis.to_sql(_query(model, names), dialect="duckdb")), read="duckdb"
    )
    for number in list(query.find_all(sql_tree.Literal)):
        if not number.is_string and not number.is_int:
            # With an exponent it is a double to every engine, and no decimal that rounds otherwise.
            exact = sql_tree.Literal.number(f"{float(number.name)!r}".replace("e", "E"))
            number.replace(exact if "E" in exact.name else sql_tree.Literal.number(f"{exact}E0"))
    typed = sqlglot.parse_one(_typed_sql(model, names, table), read="duckdb")
    if not isinstance(query, sql_tree.Select):
        raise TypeError(query)
    whole = query.with_(TYPED, as_=typed, copy=False)
    if dialect == "postgres":
        _fence(whole)
    text = whole.sql(dialect=dialect, pretty=True, identify=True)
    return f"{_header(model, dialect)}{text};\n"


def _fence(whole: sql_tree.Select) -> None:
    """Keep Postgres from computing each step anew wherever it is named."""
    for select in whole.find_all(sql_tree.Select):
        if select is not whole:
            select.offset(0, copy=False)


def _header(model: Model, dialect: str) -> str:
    source = " ".join(f"{model.study.source.name} {model.study.source.fingerprint}".split())
    return f"-- Segment Studio, {dialect}: the {model.k} segments of {source}\n"


def _names(model: Model) -> _Names:
    """Give each column that is needed a physical name."""
    questions = {q.name: q for q in model.questions}
    decided = model.study.columns
    columns = {}
    for i, name in enumerate(dict.fromkeys([*questions, *model.needs])):
        question = questions.get(name)
        if question is not None and question.of is not None:
            raise NotInSql(name=name)
        entry = model.study.codebook.get(name, Entry())
        kind = question.kind if question else (decided[name].kind if name in decided else None)
        if kind is None or entry.is_reversed:
            raise NotInSql(name=name)
        levels = question.levels if question else ()
        columns[name] = Column(name, f"c{i}", kind, 0, 0, 0, levels=levels)
    kept = (model.study.id_name,) if model.study.id_name else model.needs
    return _Names(columns, kept)


def _typed_sql(model: Model, names: _Names, table: str) -> str:
    cells = [f"t.{quoted(name)} AS {quoted(f'k{i}')}" for i, name in enumerate(names.kept)]
    cells += [f"{_cell(model, c)} AS {quoted(c.key)}" for c in names.columns.values()]
    return " ".join(["SELECT", ", ".join(cells), "FROM", quoted(table), "AS t"])


def _cell(model: Model, column: Column) -> str:
    """A cell as the typed value that it stands for."""
    cell = f"t.{quoted(column.name)}"
    entry = model.study.codebook.get(column.name, Entry())
    decided = model.study.columns.get(column.name)
    own = (*(decided.missing if decided else ()), *entry.missing)
    if column.kind is Kind.NUMBER:
        codes = ", ".join(f"{float(code):f}E0" for code in own if _is_number(code))
        number = f"CAST({cell} AS DOUBLE)"
        return f"CASE WHEN NOT {number} IN ({codes}) THEN {number} END" if codes else number
    if column.kind is Kind.DATE:
        return f"CAST({cell} AS TIMESTAMP)"
    text = f"TRIM(CAST({cell} AS TEXT))"
    if column.kind is Kind.YESNO:
        yes, no = (", ".join(map(literal, words)) for words in (_YES, _NO))
        folded = f"LOWER({text})"
        return f"CASE WHEN {folded} IN ({yes}) THEN TRUE WHEN {folded} IN ({no}) THEN FALSE END"
    gaps = f"LOWER({text}) IN ({', '.join(map(literal, MISSING_MARKERS))})"
    gaps += f" OR {text} IN ({', '.join(map(literal, own))})" if own else ""
    labels = labels_of(entry)
    cases = " ".join(f"WHEN {text} = {literal(code)} THEN {literal(to)}" for code, to in labels)
    return f"CASE WHEN {gaps} THEN NULL {cases} ELSE {text} END"


def _is_number(text: str) -> bool:
    """Tell whether a text that stands for no value is a plain number, such as 999."""
    return text.strip().lstrip("-").replace(".", "", 1).isdecimal()


def _query(model: Model, names: _Names) -> ir.Table:
    types = {column.key: _TYPES[column.kind] for column in names.columns.values()}
    types |= {f"k{i}": "string" for i in range(len(names.kept))}
    rows = ibis.table(types, name=TYPED)
    for condition in model.study.conditions_for(names.columns):
        rows = rows.filter(_met(rows, condition, names))
    rows = _placed(rows, model.whole, names, "macro")
    final: list[tuple[ir.BooleanValue, ir.Value]] = []
    for place, (segment, level) in enumerate(sorted(model.parts.items())):
        rows = _placed(rows, level, names, f"part{place}")
        first = model.first_of(segment)
        for own in range(level.k):
            met = (rows["macro"] == segment) & (rows[f"part{place}"] == own)
            final.append((met, ibis.literal(first + own, "int16")))
    for segment in range(model.whole.k):
        last = max(i for i, s in enumerate(model.segments) if s.macro == segment)
        final.append((rows["macro"] == segment, ibis.literal(last, "int16")))
    rows = step(rows.mutate(final=ibis.cases(*final)))
    return _shown(rows, model, names)


def _shown(rows: ir.Table, model: Model, names: _Names) -> ir.Table:
    shown = {name: rows[f"k{i}"] for i, name in enumerate(names.kept)}
    number, called = _free("segment_id", shown), _free("segment", shown)
    ids = [s.number if model.parts else s.macro + 1 for s in model.segments]
    return rows.select(
        **shown,
        **{
            number: ibis.cases(*((rows["final"] == i, own) for i, own in enumerate(ids))),
            called: ibis.cases(*((rows["final"] == i, own) for i, own in enumerate(model.names))),
        },
    )


def _free(name: str, taken: dict[str, ir.Value]) -> str:
    folded = {each.casefold() for each in taken}
    while name in folded:
        name += "_2"
    return name


def _met(rows: ir.Table, condition: Condition, names: _Names) -> ir.BooleanValue:
    if condition.operator is Operator.ONCE:
        raise NotInSql(name="" if condition.column == WHOLE_ROW else condition.column)
    return predicate(rows, condition, names.key, rows)


def _placed(rows: ir.Table, level: Level, names: _Names, name: str) -> ir.Table:
    """Add the segment at one level: by the first rule that is met, else as found."""
    own = rows.columns
    rule = level.rule
    if isinstance(rule, Given):
        found = rows.mutate(own=_by_column(rows, rule, names.columns[rule.column]))
    else:
        parts = _parts(level, names.columns)
        found = valued(rows, parts)
        each = {f"s{j}": score for j, score in enumerate(scores(found, level, parts))}
        found = step(found.mutate(**each))
        found = step(found.mutate(nearest=ibis.least(*(found[s] for s in each))))
        firsts = [(found[s] == found["nearest"], level.finals[j]) for j, s in enumerate(each)]
        found = found.mutate(own=ibis.cases(*firsts))
    behind = len(level.finals) - len(level.pins)
    pinned = [
        (_rule(found, pin, names), level.finals[behind + i]) for i, pin in enumerate(level.pins)
    ]
    final = ibis.cases(*pinned, else_=found["own"]) if pinned else found["own"]
    return step(found.select(*own, **{name: final.cast("int16")}))


def _rule(rows: ir.Table, pin: Pin, names: _Names) -> ir.BooleanValue:
    parts = [_met(rows, condition, names) for condition in pin.conditions]
    if pin.where.members:
        parts.append(met(rows, pin.where, names.key))
    return ibis.and_(*parts)


def _by_column(rows: ir.Table, rule: Given, column: Column) -> ir.Value:
    cell = rows[column.key]
    if column.kind is Kind.YESNO:
        cell = ibis.cases((cell, "yes"), (~cell, "no"))
    values: Sequence[float | str] = rule.values
    if column.kind is Kind.NUMBER:
        values = [float(value) for value in rule.values]
    return ibis.cases(*((cell == value, i) for i, value in enumerate(values)))


def _parts(level: Level, columns: dict[str, Column]) -> list[Part]:
    variables = {q.name: q.variable(columns[q.name]) for q in level.questions}
    batteries = {n: tuple(variables[i] for i in items) for items in level.batteries for n in items}
    return [
        Part(variables[t.variable], t, battery=batteries.get(t.variable, ()))
        for t in level.transforms
    ]
