"""New customers with their segments as files, and the record of how they were assigned.

Enters: an assignment and its model. Leaves: CSV and XLSX files, a dictionary of plain values.
Refuses to format the record: numbers stay numbers, shares stay in [0, 1].
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from segmentation.assigning import Assignment, Drift, Model
from segmentation.export.added import by_segment, free_name
from segmentation.export.customers import (
    UTF8_MARK,
    safe_cell,
    safe_sql,
    write_rows,
    write_sheet,
)
from segmentation.export.side_by_side import labelled_rows, raw_cell
from segmentation.intake import CustomerTable
from segmentation.wording import Words
from segmentation.wording.notes import say

ADDED = ("segment_id", "segment", "segment_confidence", "near_border")


def assignment_record(found: Assignment, model: Model, name: str, words: Words) -> dict[str, Any]:
    """Record an assignment.

    Parameters
    ----------
    found : Assignment
    model : Model
    name : str
        Of the new file.
    words : Words
        The language of the notes.

    Returns
    -------
    dict
        As documented in ``docs/cli.md``.
    """
    n, old = max(sum(found.counts), 1), max(sum(model.sizes), 1)
    return {
        "file": name,
        "model": {
            "source": model.study.source.name,
            "fingerprint": model.study.source.fingerprint,
            "customers": model.n_customers,
            "method": model.whole.method or None,
            "checked": model.check.n,
            "other_segment": model.check.n_other,
        },
        "n_customers": len(found.rows),
        "unassigned": found.n_unassigned,
        "near_border": found.n_near,
        "confidence": _confidence_kind(model),
        "segments": [
            {
                "number": segment.number,
                "name": called,
                "n": count,
                "share": round(count / n, 6),
                "share_before": round(size / old, 6),
            }
            for segment, called, count, size in zip(
                model.segments, model.names, found.counts, model.sizes, strict=True
            )
        ],
        "looks_different": [drift.name or None for drift in found.changed],
        "drift": [_drift(drift) for drift in found.drifts],
        "notes": [{"code": note.code, "said": say(note, words)} for note in found.notes],
    }


def _confidence_kind(model: Model) -> str:
    return "membership" if model.whole.by_probability else "1 - d/d2"


def _drift(drift: Drift) -> dict[str, Any]:
    return {
        "variable": drift.name or None,
        "psi": _number(drift.psi),
        "expected_by_chance": _number(drift.expected if drift.psi is not None else None),
        "excess": _number(drift.excess),
        "p_value": drift.p,
        "adjusted": drift.adjusted,
        "bins": drift.n_bins,
        "verdict": drift.verdict,
    }


def _number(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, 6)


def assigned_columns(table: CustomerTable) -> tuple[str, ...]:
    """Return the names of the added columns, with a suffix where the file has them already."""
    taken = {name.casefold() for name in table.raw.names}
    return tuple(free_name(name, taken) for name in ADDED)


def put_assignment(table: CustomerTable, found: Assignment) -> str:
    """Store an assignment in the engine and return the name of its table."""
    name = f"assigned_{table.name}"
    table.session.drop([name])
    table.session.put(
        name,
        pa.table(
            {
                "__row": found.rows,
                "segment": found.labels,
                "confidence": np.round(found.confidence.astype(np.float64), 4),
                "near": found.near,
            }
        ),
    )
    return name


def write_assigned(
    table: CustomerTable, stored: str, model: Model, path: Path, *, for_excel: bool = False
) -> Path:
    """Write every row of the new file with its segment, confidence and whether it is near a border.

    Parameters
    ----------
    table : CustomerTable
    stored : str
        What :func:`put_assignment` returned.
    model : Model
    path : Path
        Inside the session's folder.
    for_excel : bool
        Mark it as UTF-8 and neutralise formulas; else cells are repeated byte for byte.

    Returns
    -------
    Path
        The same path.
    """
    write = safe_cell if for_excel else str
    header = [write(name) for name in (*table.raw.names, *assigned_columns(table))]
    cells = [raw_cell(i) for i in range(len(table.raw.names))]
    if for_excel:
        cells = [safe_sql(cell) for cell in cells]
    rows = labelled_rows(table, stored, cells, _added([write(name) for name in model.names], model))
    return write_rows(table, rows, header, path, mark=UTF8_MARK if for_excel else b"")


def write_assigned_sheet(table: CustomerTable, stored: str, model: Model, path: Path) -> Path:
    """Write an XLSX, numbers as numbers; parameters as :func:`write_assigned`.

    Raises
    ------
    TooLargeForSheet
        When there are more customers than a worksheet has rows.
    """
    return write_sheet(table, stored, assigned_columns(table), _added(model.names, model), path)


def _added(names: Sequence[str], model: Model) -> list[str]:
    """The segment's number (with a letter for a part) and name, confidence and border flag."""
    numbers = [segment.number for segment in model.segments]
    inside = "l.segment >= 0"
    return [
        f"{by_segment(numbers)} AS number",
        f"{by_segment(names)} AS name",
        f"CASE WHEN {inside} THEN l.confidence END AS confidence",
        f"CASE WHEN {inside} THEN CAST(l.near AS INTEGER) END AS near",
    ]
