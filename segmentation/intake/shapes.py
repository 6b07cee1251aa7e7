"""What the cells of a column look like: their texts with every digit made a 9, and how many.

Enters: a raw table. Leaves: the shapes of each column, counted on at most 100,000 rows spread
evenly over the file. Refuses to read a value. A column of a million numbers has a few dozen shapes,
so that everything that follows looks at those and not at the cells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from segmentation.engine.duck import literal, quoted
from segmentation.intake.cells import stands_for_none
from segmentation.intake.kinds import tidy
from segmentation.intake.scanned import Shape, Shapes
from segmentation.intake.table import RawTable, spread_of

SAMPLE_ROWS = 100_000
# More shapes than numbers or dates can have; what comes after them is text of many forms.
MOST_SHAPES = 1000
_COLUMNS_AT_ONCE = 50
_CELLS_AT_ONCE = 20_000_000


def sample_of(raw: RawTable) -> str:
    """Return SQL for the sample: a table and a condition that keeps rows at even distances."""
    rows = spread_of(raw.table) if raw.scanned else raw.table
    return f"{quoted(rows)} WHERE __row % {step_of(raw.n_rows)} = 0"


def step_of(n_rows: int) -> int:
    """Return the distance between the rows of the sample."""
    return max(1, -(-n_rows // SAMPLE_ROWS))


def parts_of(n_columns: int, n_rows: int) -> Iterator[range]:
    """Cut the columns into parts whose states fit into memory together."""
    width = max(1, min(_COLUMNS_AT_ONCE, _CELLS_AT_ONCE // max(n_rows, 1)))
    for start in range(0, n_columns, width):
        yield range(start, min(start + width, n_columns))


def shapes_of(raw: RawTable, missing: Sequence[Sequence[str]]) -> tuple[Shapes, ...]:
    """Count the shapes of every column.

    Parameters
    ----------
    raw : RawTable
    missing : sequence of sequence of str
        For each column the texts that stand for no value and are left out.

    Returns
    -------
    tuple of Shapes
        In the order of the columns.
    """
    if raw.scanned and raw.scanned.shapes and not any(missing):
        return raw.scanned.shapes
    found: dict[int, Shapes] = {}
    for part in parts_of(len(raw.names), min(raw.n_rows, SAMPLE_ROWS)):
        cells = one_below_another({i: f"r{i}" for i in part}, sample_of(raw))
        for row in raw.session.rows(_counted(cells, {i: missing[i] for i in part})):
            found[row["of"]] = _shapes(row)
    return tuple(found.get(i, Shapes()) for i in range(len(raw.names)))


def one_below_another(cells: Mapping[int, str], rows: str) -> str:
    """Return SQL for the cells of several columns in one: ``of``, their position, and ``cell``.

    What is asked of it is planned once and not once a column, which counts where they are many.

    Parameters
    ----------
    cells : mapping of int to str
        Physical names of columns of one type, by position.
    rows : str
        What follows FROM.
    """
    positions = ", ".join(map(str, cells))
    return (
        f"SELECT unnest([{positions}]) AS of, unnest([{', '.join(cells.values())}]) AS cell "
        f"FROM {rows}"
    )


def _counted(cells: str, missing: Mapping[int, Sequence[str]]) -> str:
    texts = f"SELECT of, {tidy('cell')} AS text FROM ({cells})"
    shape = "translate(text, '012345678', '999999999')"
    kept = f"text IS NOT NULL AND text <> ''{_not_missing(missing)}"
    grouped = (
        f"SELECT of, coalesce({kept}, false) AS filled, "
        f"CASE WHEN {kept} THEN {shape} END AS shape, "
        f"CASE WHEN {kept} THEN {_zero('text')} END AS zero, "
        f"min(text) AS low, max(text) AS high, count(*) AS n FROM ({texts}) GROUP BY ALL"
    )
    struct = "{'low': low, 'high': high, 'n': n}"
    return (
        f"SELECT of, coalesce(sum(n) FILTER (filled), 0)::BIGINT AS filled, "
        f"coalesce(sum(n) FILTER (NOT filled), 0)::BIGINT AS blank, "
        f"arg_max({struct}, n, {MOST_SHAPES}) FILTER (filled) AS listed FROM ({grouped}) "
        "GROUP BY of"
    )


def _not_missing(missing: Mapping[int, Sequence[str]]) -> str:
    """Leave out what stands for no value; columns of one survey mostly share these texts."""
    alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, texts in missing.items():
        if texts:
            alike[tuple(texts)].append(position)
    return "".join(
        f" AND NOT (of IN ({', '.join(map(str, positions))}) AND {stands_for_none(texts, 'text')})"
        for texts, positions in alike.items()
    )


def _zero(text: str) -> str:
    return " OR ".join(f"starts_with({text}, {literal(start)})" for start in ("0", "-0", "+0"))


def _shapes(row: Mapping[str, Any]) -> Shapes:
    listed = tuple(Shape(shape["low"], shape["high"], shape["n"]) for shape in row["listed"] or ())
    return Shapes(row["filled"], row["blank"], listed)
