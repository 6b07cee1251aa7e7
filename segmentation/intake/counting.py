"""What a typed column holds: missing, failed and different values, bounds, examples.

Enters: a typed table and how its columns were read. Leaves: facts by column. Refuses to change
anything. Different values are counted exactly where there are few of them or the file is short;
else on an eighth of the values, chosen by their hash, which is the same however rows are shuffled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from segmentation.engine.duck import quoted
from segmentation.intake.cells import Reading, decided_missing, no_value_sql
from segmentation.intake.kinds import NUMERIC_MISSING_MARKERS, Kind
from segmentation.intake.levels import MOST_LEVELS
from segmentation.intake.shapes import SAMPLE_ROWS, one_below_another, parts_of
from segmentation.intake.table import RawTable, drawn_of

EXACT_UP_TO = 100_000
_FEW = 4000
_PARTS = 8
_EXAMPLES = 4
_EXAMPLE_ROWS = 40
# From this number of columns on, they are counted by kind, where the rows are few.
_MANY = 20


@dataclass(frozen=True, slots=True)
class Counted:
    """A typed table that is to be counted.

    Attributes
    ----------
    raw : RawTable
    name : str
        Of the typed table.
    readings : tuple of Reading
        Of the file's columns, in their order.
    n_items : int
        Yes/no columns after those of the file.
    """

    raw: RawTable
    name: str
    readings: tuple[Reading, ...]
    n_items: int = 0

    def kind(self, position: int) -> Kind:
        """Return the kind of a column; an item is yes or no."""
        return self.readings[position].kind if position < len(self.readings) else Kind.YESNO


@dataclass(frozen=True, slots=True)
class Facts:
    """Counts of one column.

    Attributes
    ----------
    filled, missing, failed, distinct, decided : int
        Cells with a value, without one and of another kind; different values; and cells with a
        text that stands for no value by decision, which are missing, too.
    no : int
        Cells that are no.
    whole : bool
    low, high : float or None
    length : float
    examples : tuple of str
        All as in ``Column``.
    levels : tuple of str
        The different texts, where there are few.
    """

    filled: int
    missing: int
    failed: int
    distinct: int
    decided: int = 0
    no: int = 0
    whole: bool = False
    low: float | None = None
    high: float | None = None
    length: float = 0.0
    examples: tuple[str, ...] = ()
    levels: tuple[str, ...] = field(default=())


def count(typed: Counted) -> tuple[Facts, ...]:
    """Count what every column of a typed table holds.

    Parameters
    ----------
    typed : Counted

    Returns
    -------
    tuple of Facts
        In the order of the table's columns, items last.
    """
    n_rows, n_own = typed.raw.n_rows, len(typed.readings)
    counted: list[Facts] = []
    shown = _first_cells(typed.raw)
    for part in parts_of(n_own + typed.n_items, n_rows):
        few = _few(typed, part)
        ask = _by_kind if len(part) > _MANY and n_rows <= EXACT_UP_TO else _by_column
        values = ask(typed, part, few)
        own = [i for i in part if i < n_own]
        cells = _cells(typed, own, {i: n_rows - values[i]["n"] for i in own})
        for i in part:
            facts = values[i]
            missing, decided = cells.get(i, (n_rows - facts["n"], 0))
            examples = shown.get(i, ())
            if i in own and len(examples) < min(_EXAMPLES, facts["distinct"]):
                examples = _examples(_least_cells(typed.raw, i))
            counted.append(_facts(facts, n_rows, (missing, decided), examples))
    return tuple(counted)


def _facts(
    facts: Mapping[str, Any], n_rows: int, cells: tuple[int, int], examples: tuple[str, ...]
) -> Facts:
    missing, decided = cells
    return Facts(
        filled=facts["n"],
        missing=missing,
        failed=n_rows - facts["n"] - missing,
        distinct=min(facts["distinct"], facts["n"]),
        decided=decided,
        no=facts["no"],
        whole=facts["whole"],
        low=facts["low"],
        high=facts["high"],
        length=facts["length"] or 0.0,
        examples=examples,
        levels=tuple(sorted(facts["levels"] or ())),
    )


def _few(typed: Counted, part: Iterable[int]) -> set[int]:
    """Columns whose different values are few enough, on a sample, to be counted exactly."""
    if typed.raw.n_rows <= EXACT_UP_TO:
        return set(part)
    step = -(-typed.raw.n_rows // SAMPLE_ROWS)
    counts = ", ".join(f"approx_count_distinct(c{i}) AS n{i}" for i in part)
    row = typed.raw.session.rows(
        f"SELECT {counts} FROM {quoted(typed.name)} WHERE __row % {step} = 0"
    )[0]
    return {i for i in part if row[f"n{i}"] <= _FEW}


def _by_column(typed: Counted, part: Iterable[int], few: set[int]) -> dict[int, Mapping[str, Any]]:
    """Count each column on its own: for long tables."""
    asked = [
        f"{_value_facts(f'c{i}', typed.kind(i), few=i in few)} AS {quoted(str(i))}" for i in part
    ]
    row = typed.raw.session.rows(f"SELECT {', '.join(asked)} FROM {quoted(typed.name)}")[0]
    return {int(position): facts for position, facts in row.items()}


def _by_kind(typed: Counted, part: Iterable[int], few: set[int]) -> dict[int, Mapping[str, Any]]:
    """Count all columns of a kind together: planning a column costs more than a short column."""
    alike: defaultdict[tuple[Kind, bool], list[int]] = defaultdict(list)
    for i in part:
        alike[typed.kind(i), i in few].append(i)
    found: dict[int, Mapping[str, Any]] = {}
    for (kind, is_few), positions in alike.items():
        cells = one_below_another({i: f"c{i}" for i in positions}, quoted(typed.name))
        facts = _value_facts("cell", kind, few=is_few)
        rows = typed.raw.session.rows(f"SELECT of, {facts} AS facts FROM ({cells}) GROUP BY of")
        found |= {row["of"]: row["facts"] for row in rows}
    return found


def _value_facts(cell: str, kind: Kind, *, few: bool) -> str:
    parts = {
        "n": f"count({cell})",
        "distinct": f"count(DISTINCT {cell})",
        "no": f"count(*) FILTER (NOT {cell})" if kind is Kind.YESNO else "0",
        "whole": "false",
        "low": "NULL",
        "high": "NULL",
        "length": f"avg(length({cell}))" if kind is Kind.TEXT else "0.0",
        "levels": "NULL",
    }
    if not few:
        parts["distinct"] = (
            f"{_PARTS} * count(DISTINCT {cell}) FILTER (hash({cell}) % {_PARTS} = 0)"
        )
    if kind is Kind.NUMBER:
        parts["whole"] = f"coalesce(bool_and({cell} = floor({cell})), false)"
        parts["low"], parts["high"] = f"min({cell})", f"max({cell})"
    if kind is Kind.TEXT and few:
        known = f"list(DISTINCT {cell}) FILTER ({cell} IS NOT NULL)"
        parts["distinct"] = f"coalesce(len({known}), 0)"
        parts["levels"] = f"({known})[:{MOST_LEVELS + 1}]"
    return f"{{{', '.join(f'{k!r}: {sql}' for k, sql in parts.items())}}}"


def _cells(
    typed: Counted, positions: Sequence[int], gaps: Mapping[int, int]
) -> dict[int, tuple[int, int]]:
    """Count the cells without a value, and those by decision, from the file's own text.

    A text column has no cell that cannot be read, and blank cells explain most gaps of others.
    """
    raw, readings = typed.raw, typed.readings
    missing = {i: gaps[i] for i in positions}
    decided = [i for i in positions if readings[i].missing]
    scanned = raw.scanned
    is_clean = scanned is not None and scanned.is_clean and scanned.readings == readings
    open_gaps = [] if is_clean else [i for i in positions if gaps[i] and _can_fail(typed, i)]
    asked = [f"count(*) FILTER (r{i} IS NULL) AS b{i}" for i in open_gaps]
    asked += [f"count(*) FILTER ({decided_missing(readings[i], f'r{i}')}) AS d{i}" for i in decided]
    if not asked:
        return {i: (missing[i], 0) for i in positions}
    row = raw.session.rows(f"SELECT {', '.join(asked)} FROM {quoted(raw.table)}")[0]
    unexplained = [i for i in open_gaps if gaps[i] > row[f"b{i}"]]
    if unexplained:
        counts = ", ".join(
            f"count(*) FILTER ({no_value_sql(readings[i], f'r{i}')}) AS m{i}" for i in unexplained
        )
        found = raw.session.rows(f"SELECT {counts} FROM {quoted(raw.table)}")[0]
        missing |= {i: found[f"m{i}"] for i in unexplained}
    return {i: (missing[i], row.get(f"d{i}", 0)) for i in positions}


def _can_fail(typed: Counted, position: int) -> bool:
    return typed.kind(position) is not Kind.TEXT


def _first_cells(raw: RawTable) -> dict[int, tuple[str, ...]]:
    """Examples from the rows with the smallest digests, the same however rows are shuffled."""
    cells = ", ".join(f"r{i}" for i in range(len(raw.names)))
    rows = raw.session.rows(
        f"SELECT {cells} FROM {_rows_with(raw, _drawn(raw))} "
        f"ORDER BY __digest LIMIT {_EXAMPLE_ROWS}"
    )
    return {i: _examples(row[f"r{i}"] for row in rows) for i in range(len(raw.names))}


def _least_cells(raw: RawTable, position: int) -> Iterable[str | None]:
    cell, known = f"r{position}", 0
    if raw.scanned:
        sql = f"SELECT count({cell}) AS n FROM {quoted(drawn_of(raw.table))}"
        known = raw.session.rows(sql)[0]["n"]
    sql = (
        f"SELECT arg_min({cell}, __digest, {_EXAMPLE_ROWS}) AS cells FROM {_rows_with(raw, known)}"
    )
    cells: Iterable[str | None] = raw.session.rows(sql)[0]["cells"] or ()
    return cells


def _drawn(raw: RawTable) -> int:
    return raw.scanned.n_drawn if raw.scanned else 0


def _rows_with(raw: RawTable, known: int) -> str:
    """The rows that were drawn, where they are all or hold enough of the cells looked for."""
    enough = known >= _EXAMPLE_ROWS or _drawn(raw) == raw.n_rows
    return quoted(drawn_of(raw.table) if raw.scanned and enough else raw.table)


def _examples(cells: Iterable[str | None]) -> tuple[str, ...]:
    values = dict.fromkeys(cell.strip() for cell in cells if cell is not None)
    known = [value for value in values if value.lower() not in NUMERIC_MISSING_MARKERS]
    return tuple(sorted(known[:_EXAMPLES]))
