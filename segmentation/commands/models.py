"""Models as files: written beside a run, read again for new customers.

Enters: a model, or where it lies. Leaves: the other. Refuses a place without one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from segmentation.assigning import Model, read, written
from segmentation.assigning.sql import assignment_sql
from segmentation.errors import NoModel, UnreadableModel

MODEL_FILE = "model.json"


def write_model(folder: Path, model: Model, dialects: Sequence[str]) -> None:
    """Write a model, and its assignment as SQL, one file a dialect.

    Raises
    ------
    NotInSql, UnsuitableBasis
        When a part of the model has no SQL.
    """
    (folder / MODEL_FILE).write_text(written(model), encoding="utf-8")
    write_sql(folder, model, dialects)


def write_sql(folder: Path, model: Model, dialects: Sequence[str]) -> None:
    """Write the assignment as SQL, one file a dialect (raises as :func:`write_model`)."""
    for dialect in dialects:
        text = assignment_sql(model, dialect)
        (folder / f"segments.{dialect}.sql").write_text(text, encoding="utf-8")


def read_model(path: Path) -> Model:
    """Read a model from its file, or from the folder of a run.

    Raises
    ------
    NoModel, UnreadableModel, NewerModel
    """
    file = path / MODEL_FILE if path.is_dir() else path
    if not file.is_file():
        raise NoModel(name=path.name)
    try:
        return read(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as cause:
        raise UnreadableModel(detail=str(cause)) from cause
