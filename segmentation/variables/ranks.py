"""Levels with an order as ranks: 1 for the lowest, L for the highest.

Enters: the text of cells and the order of their levels. Leaves: ranks, in Arrow or as an
expression for an engine. Refuses to guess: a text that has no place in the order has no rank.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc


def ranks(cells: pa.ChunkedArray, levels: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return the ranks of texts.

    Parameters
    ----------
    cells : pyarrow ChunkedArray of shape (n,)
        Text.
    levels : sequence of str
        Lowest first.

    Returns
    -------
    ndarray of shape (n,)
        1 … L; NaN where the text is missing or has no place in the order.

    Examples
    --------
    >>> ranks(pa.chunked_array([["high", None, "low", "?"]]), ["low", "high"])
    array([ 2., nan,  1., nan])
    """
    found = pc.index_in(cells.cast(pa.string()), pa.array(levels, pa.string()), skip_nulls=True)
    places = found.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return np.asarray(places, dtype=np.float64) + 1


def rank_of(cell: ir.Value, levels: Sequence[str]) -> ir.Value:
    """Return :func:`ranks` as an expression of float64, NULL in place of NaN."""
    places = [(cell == level, ibis.literal(i, "int16")) for i, level in enumerate(levels, start=1)]
    return ibis.cases(*places).cast("float64")
