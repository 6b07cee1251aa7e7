"""Tiny real tables, opened as a visit opens them, for tests of what comes after the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa

from segmentation.engine import DuckSession
from segmentation.intake import Condition, CustomerTable, open_customers, read_file
from segmentation.variables import Role, Scale, Variable, VariableChoice, resolve, suggest

LABELS = "labels_of_test"


@dataclass(frozen=True)
class Market:
    """An opened table and what its columns are for."""

    table: CustomerTable
    variables: tuple[Variable, ...]

    @property
    def folder(self) -> Path:
        return self.table.session.folder

    def labelled(self, segments: Sequence[int | None]) -> str:
        """Store one segment a row of the file; None is a customer without a segment."""
        rows = [row for row, segment in enumerate(segments) if segment is not None]
        labels = pa.table(
            {
                "__row": pa.array(rows, pa.int64()),
                "segment": pa.array([s for s in segments if s is not None], pa.int16()),
            }
        )
        self.table.session.put(LABELS, labels)
        return LABELS


def open_market(
    folder: Path,
    content: pd.DataFrame | str,
    roles: Mapping[str, Role | VariableChoice] | None = None,
    *,
    rest: Role | None = None,
    id_name: str | None = None,
    conditions: Sequence[Condition] = (),
) -> Market:
    """Open a frame or the text of a CSV file; columns that are not named get the role ``rest``."""
    session = DuckSession(folder / f"visit{len(list(folder.iterdir()))}")
    text = content if isinstance(content, str) else content.to_csv(index=False)
    path = session.folder / "customers.csv"
    path.write_bytes(text.encode())
    raw = read_file(session, path, path.name)
    table = open_customers(raw, id_name=id_name, conditions=conditions)
    choices = {name: VariableChoice(role=rest) for name in raw.names} if rest else {}
    for name, role in (roles or {}).items():
        choices[name] = role if isinstance(role, VariableChoice) else VariableChoice(role=role)
    return Market(table, resolve(suggest(table), choices))


def basis(scale: Scale | None = None) -> VariableChoice:
    """Let a column form segments, on the scale that is wanted."""
    return VariableChoice(role=Role.BASIS, scale=scale)
