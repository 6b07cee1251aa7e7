"""Which files of the world open as they should: ours, pandas and the engine's own sniffer.

Enters: the folder of public data sets beside the project, with its list of what each file holds.
Leaves: a table. Right means the rows and columns that the list, or the file's published answer,
says; what was repaired on the way is counted beside it.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

import duckdb
import pandas as pd

from segmentation.engine import DuckSession
from segmentation.errors import SegmentationError
from segmentation.intake import read_file

SHARED = Path(__file__).parents[2] / "shared" / "data"
_LISTED = re.compile(r"^\| `([^`]+)` \|.*?\| ([\d,]+) x (\d+) \|", re.MULTILINE)
# What the published answers of the small files say, and for the first three what a reader sees.
_PUBLISHED = {
    "clevercsv/airedale.csv": (53, 8),
    "clevercsv/imdb.csv": (100, 44),
    "clevercsv/milk.csv": (370, 23),
    "csv-spectrum/comma_in_quotes.csv": (1, 5),
    "csv-spectrum/empty.csv": (2, 3),
    "csv-spectrum/empty_crlf.csv": (2, 3),
    "csv-spectrum/escaped_quotes.csv": (2, 2),
    "csv-spectrum/json.csv": (1, 2),
    "csv-spectrum/location_coordinates.csv": (1, 4),
    "csv-spectrum/newlines.csv": (3, 3),
    "csv-spectrum/newlines_crlf.csv": (3, 3),
    "csv-spectrum/quotes_and_newlines.csv": (2, 2),
    "csv-spectrum/simple.csv": (1, 3),
    "csv-spectrum/simple_crlf.csv": (1, 3),
    "csv-spectrum/utf8.csv": (2, 3),
}
Shape = tuple[int, int]


def run() -> list[tuple[str, Shape, str, str, str]]:
    """Open every listed file three ways; an empty list where the folder is absent."""
    if not SHARED.is_dir():
        return []
    listed = _LISTED.findall((SHARED / "README.md").read_text(encoding="utf-8"))
    wanted = {name: (int(rows.replace(",", "")), int(columns)) for name, rows, columns in listed}
    wanted |= _PUBLISHED
    return [
        (name, shape, _ours(path, shape), _judged(_pandas, path, shape), _sniffed(path, shape))
        for name, shape in sorted(wanted.items())
        if (path := SHARED / name).is_file()
    ]


def table(found: list[tuple[str, Shape, str, str, str]]) -> str:
    """Write the result as Markdown."""
    lines = ["| file | rows × columns | Segment Studio | pandas | DuckDB's sniffer |"]
    lines.append("|---|---|---|---|---|")
    lines += [f"| `{n}` | {s[0]:,} × {s[1]} | {o} | {p} | {d} |" for n, s, o, p, d in found]
    for title, place in (("Segment Studio", 2), ("pandas", 3), ("DuckDB's sniffer", 4)):
        right = sum(str(row[place]).startswith("right") for row in found)
        lines.append(f"\n{title}: {right} of {len(found)} right.")
    return "\n".join(lines)


def _ours(path: Path, wanted: Shape) -> str:
    with tempfile.TemporaryDirectory() as folder:
        session = DuckSession(Path(folder))
        try:
            copy = session.folder / "upload"
            copyfile(path, copy)
            raw = read_file(session, copy, path.name)
        except SegmentationError as refused:
            return f"refused: {refused.code}"
        finally:
            session.close()
    told = f", {len(raw.notes)} stated" if raw.notes else ""
    return _verdict((raw.n_rows, len(raw.names)), wanted) + told


def _pandas(path: Path) -> Shape:
    frame = pd.read_excel(path) if path.suffix == ".xlsx" else pd.read_csv(path)
    return (len(frame), len(frame.columns))


def _sniffed(path: Path, wanted: Shape) -> str:
    if path.suffix == ".xlsx":
        return "no reader"
    return _judged(_duckdb, path, wanted)


def _duckdb(path: Path) -> Shape:
    relation = duckdb.read_csv(str(path))
    return (len(relation), len(relation.columns))


def _judged(read: Callable[[Path], Shape], path: Path, wanted: Shape) -> str:
    try:
        return _verdict(read(path), wanted)
    except (ValueError, duckdb.Error) as refused:  # also what cannot be decoded or parsed
        return f"fails: {type(refused).__name__}"


def _verdict(found: Shape, wanted: Shape) -> str:
    return "right" if found == wanted else f"{found[0]:,} × {found[1]}"
