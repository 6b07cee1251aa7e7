"""Segments that came with the file: a column that says who belongs where.

Enters: a customer table and the name of a column. Leaves: a partition. Refuses columns that hold no
segments: dates, personal data's many values, and one value for everybody.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.errors import NoGivenSegments, TooManyGivenSegments
from segmentation.intake import Column, CustomerTable, Kind
from segmentation.structure.partition import NO_SEGMENT, Partition, Segment, derived_key

# More segments than this nobody steers by, and no page can show; our choice.
MOST_GIVEN = 30
_ORDER = "__row"


def may_give(column: Column) -> bool:
    """Tell whether a column has a few values, as segments have; no date, no free text.

    The number of values is that of the whole file.
    """
    few = 2 <= column.n_distinct <= MOST_GIVEN
    return few and column.kind is not Kind.DATE and not column.is_free_text


def of_column(table: CustomerTable, name: str, *, fewest: int = 2) -> Partition:
    """Take the values of a column as segments.

    Parameters
    ----------
    table : CustomerTable
        Its population is looked at.
    name : str
        A column of numbers, yes/no or text.
    fewest : int
        How many segments there must be; one will do where rules make others.

    Returns
    -------
    Partition
        Numbers ascending, levels in their order where one is known, other texts the largest
        segment first. A customer without a value belongs to no segment.

    Raises
    ------
    UnknownColumn
        When there is no such column.
    TooManyGivenSegments
        When there are more than 30 different values.
    NoGivenSegments
        When there are fewer than ``fewest``, or the column holds dates.
    """
    column = table.column(name)
    rows = table.population()
    n_values = int(
        table.session.arrow(rows.aggregate(n=rows[column.key].nunique()))["n"][0].as_py()
    )
    if n_values > MOST_GIVEN:
        raise TooManyGivenSegments(name=name, n=n_values, limit=MOST_GIVEN)
    if n_values < fewest or column.kind is Kind.DATE:
        raise NoGivenSegments(name=name, n=n_values)
    cells = table.session.arrow(rows.select(_ORDER, column.key).order_by(_ORDER))
    texts = written(cells[column.key], column).combine_chunks().dictionary_encode()
    codes = pc.fill_null(texts.indices, len(texts.dictionary)).to_numpy()
    labels = _ordered(texts.dictionary.to_pylist(), np.bincount(codes), column)
    places = [labels.index(text) for text in texts.dictionary.to_pylist()]
    segments = np.array([*places, NO_SEGMENT], np.int16)
    return Partition(
        derived_key("", "given", name, *labels),
        cells[_ORDER].to_numpy(),
        segments[codes],
        tuple(Segment(s, called=text) for s, text in enumerate(labels)),
    )


def written(cells: pa.ChunkedArray, column: Column) -> pa.ChunkedArray:
    """Write values as people do: yes and no, whole numbers without a point."""
    if column.kind is Kind.YESNO:
        return pc.if_else(cells, "yes", "no")
    text = cells.cast(pa.string())
    return pc.replace_substring_regex(text, r"\.0$", "") if column.kind is Kind.NUMBER else text


def _ordered(texts: Sequence[str], sizes: npt.NDArray[np.integer], column: Column) -> list[str]:
    if column.kind is Kind.NUMBER:
        return sorted(texts, key=float)
    ranks = {level: rank for rank, level in enumerate(column.levels)}
    by_size = {text: -int(n) for text, n in zip(texts, sizes, strict=False)}
    return sorted(texts, key=lambda text: (ranks.get(text, len(ranks)), by_size[text], text))
