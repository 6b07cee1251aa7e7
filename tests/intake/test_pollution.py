"""One clean table, dirtied in every way that marketing files are: it comes back cell for cell, and
what was repaired is said.

A variant is made by pollutions of two families: how the text is written (marks, line ends,
encodings) and what stands in it besides the table (titles, totals, junk). Each is tried alone, and
each of the one family with every fourth of the other.
"""

import csv
import io
import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from segmentation.engine import DuckSession
from segmentation.intake import RawTable, read_file
from tests.intake.cells import Row, cells, codes

NAMES = ("customer", "city", "age", "spend")
ROWS: list[Row] = [
    ("Ann Lee", "York", "34", "120.5"),
    ("Bob Ray", "Köln", "51", "80"),
    ("Cid Nox", None, "28", "17.25"),
    ("Dee Fox", "Bonn", "45", "99"),
    ("Eve Orr", "Málaga", None, "310"),
    ("Fay Kim", "Lyon", "39", "64.75"),
    ("Gus May", "Bath", "62", "5"),
    ("Hal Dow", "Oslo", "23", "41.5"),
]


@dataclass(frozen=True)
class File:
    """A table on its way to become a file."""

    rows: tuple[tuple[str, ...], ...]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    delimiter: str = ","
    quote: str = '"'
    every: bool = False
    escaped: bool = False
    end: str = "\n"
    encoding: str = "utf-8"
    line: Callable[[str], str] = str
    text: Callable[[str], str] = str
    names: tuple[str, ...] = NAMES
    codes: frozenset[str] = frozenset()
    n_rejected: int = 0
    expected: tuple[Row, ...] = tuple(ROWS)

    def content(self) -> bytes:
        """Write the file."""
        lines = [self.line(self._line(row)) for row in self.rows]
        text = "".join(line + self.end for line in (*self.above, *lines, *self.below))
        return self.text(text).encode(self.encoding)

    def _line(self, row: tuple[str, ...]) -> str:
        target = io.StringIO(newline="")
        csv.writer(
            target,
            delimiter=self.delimiter,
            quotechar=self.quote,
            quoting=csv.QUOTE_ALL if self.every else csv.QUOTE_MINIMAL,
            escapechar="\\" if self.escaped else None,
            doublequote=not self.escaped,
            lineterminator="",
        ).writerow(row)
        return target.getvalue()

    def saying(self, *more: str) -> "File":
        return replace(self, codes=self.codes | set(more))

    def with_rows(self, change: Callable[[list[list[str]]], object]) -> "File":
        rows = [list(row) for row in self.rows]
        change(rows)
        return replace(self, rows=tuple(map(tuple, rows)))


CLEAN = File(tuple(tuple(cell or "" for cell in row) for row in (NAMES, *ROWS)))
Pollution = Callable[[File], File]


def marks(**marks: object) -> Pollution:
    """Write the cells with other marks, and one of them so that the marks matter."""

    def polluted(file: File) -> File:
        changed = replace(file, **marks)  # type: ignore[arg-type]
        awkward = f"Bonn{changed.delimiter} the {changed.quote}old{changed.quote} town"
        rows = [[awkward if cell == "Bonn" else cell for cell in row] for row in changed.rows]
        expected = tuple(
            tuple(awkward if cell == "Bonn" else cell for cell in row) for row in file.expected
        )
        return replace(changed, rows=tuple(map(tuple, rows)), expected=expected)

    return polluted


def wrapped(file: File) -> File:
    return replace(file, line=lambda line: '"' + line.replace('"', '""') + '"').saying(
        "rows-unwrapped"
    )


def padded(before: str, after: str) -> Pollution:
    def polluted(file: File) -> File:
        separator = before + file.delimiter + after

        def spread(line: str) -> str:
            return separator.join(next(csv.reader([line], delimiter=file.delimiter)))

        return replace(file, line=spread).saying("padding-removed")

    return polluted


def mixed_ends(file: File) -> File:
    ends = itertools.cycle(["\r\n", "\n", "\r"])
    return replace(file, text=lambda text: "".join(a + next(ends) for a in text.splitlines()))


WRITTEN: dict[str, Pollution] = {
    "semicolons": lambda file: replace(file, delimiter=";"),
    "tabs": marks(delimiter="\t"),
    "bars": marks(delimiter="|"),
    "carets": marks(delimiter="^"),
    "tildes": lambda file: replace(file, delimiter="~"),
    "everything quoted": marks(every=True),
    "apostrophes": lambda file: marks(quote="'", every=True)(file).saying("quotes-single"),
    "backslashes": lambda file: marks(every=True, escaped=True)(file).saying("backslashes-taken"),
    "blanks after": padded("", " "),
    "blanks around": lambda file: padded(" ", " ")(replace(file, delimiter=";")),
    "wrapped": wrapped,
    "wrapped cells": lambda file: wrapped(marks(every=True)(file)),
    "returns": lambda file: replace(file, end="\r"),
    "windows": lambda file: marks(every=True)(replace(file, end="\r\n")),
    "mixed ends": mixed_ends,
    "mark of byte order": lambda file: replace(file, encoding="utf-8-sig"),
    "utf-16": lambda file: replace(file, encoding="utf-16"),
    "utf-16 without mark": lambda file: replace(file, encoding="utf-16-be"),
    "cp1252": lambda file: replace(file, encoding="cp1252"),
    "mac": lambda file: replace(file, encoding="mac_roman"),
    "nul": lambda file: replace(file, text=lambda text: text.replace("York", "Yo\0rk")).saying(
        "characters-removed"
    ),
    "inner mark": lambda file: replace(
        file, text=lambda text: text.replace("Oslo", "\ufeffOslo")
    ).saying("characters-removed"),
}


def lines_above(*lines: str, code: str | None = "title-lines-skipped") -> Pollution:
    def polluted(file: File) -> File:
        said = file.saying(code) if code else file
        return replace(said, above=(*lines, *file.above))

    return polluted


def rows_below(*rows: tuple[str, ...], n: int = 1) -> Pollution:
    def polluted(file: File) -> File:
        below = replace(file, rows=(*file.rows, *rows), n_rejected=file.n_rejected + n)
        return below.saying("rows-set-aside")

    return polluted


def inserted(at: int, *rows: tuple[str, ...], n: int = 0) -> Pollution:
    def polluted(file: File) -> File:
        within = file.with_rows(lambda all_rows: all_rows.__setitem__(slice(at, at), rows))
        within = replace(within, n_rejected=file.n_rejected + n)
        return within.saying("rows-set-aside") if n else within

    return polluted


def each_row(change: Callable[[list[str]], list[str]], *said: str) -> Pollution:
    return lambda file: file.with_rows(
        lambda rows: rows.__setitem__(slice(None), [change(row) for row in rows])
    ).saying(*said)


def header(*rows: tuple[str, ...], names: tuple[str, ...], said: str) -> Pollution:
    return lambda file: replace(
        file.with_rows(lambda all_rows: all_rows.__setitem__(slice(1), rows)), names=names
    ).saying(said)


def cut_short(file: File) -> File:
    """Leave out the last cells of two rows."""
    rows = [row[:2] if row[0] in ("Bob Ray", "Gus May") else row for row in file.rows]
    expected = tuple(
        (*row[:2], None, None) if row[0] in ("Bob Ray", "Gus May") else row for row in file.expected
    )
    return replace(file, rows=tuple(rows), expected=expected).saying("rows-short")


def one_too_many(file: File) -> File:
    rows = [(*row, "x") if row[0] == "Dee Fox" else row for row in file.rows]
    return replace(file, rows=tuple(rows)).saying("cells-beyond-header")


BESIDES: dict[str, Pollution] = {
    "title": lines_above("Customers of May"),
    "titles": lines_above("Customers", "as of 1 May", ""),
    "title in a wide row": lambda file: inserted(0, ("Our customers", "", "", ""))(
        file.saying("title-lines-skipped")
    ),
    "comments above": lines_above("# exported on 1 May", "# by nobody"),
    "blank lines above": lines_above("", "", code=None),
    "blank lines": inserted(4, ("",), ("",)),
    "blank rows": inserted(5, ("", "", "", "")),
    "header again": inserted(5, NAMES, n=1),
    "comment between": inserted(3, ("# checked up to here",), n=1),
    "rule below header": inserted(1, ("-----", "----", "---", "-----"), n=1),
    "units": header(
        NAMES,
        ("", "", "years", "EUR"),
        names=("customer", "city", "age years", "spend EUR"),
        said="header-rows-merged",
    ),
    "groups": header(
        ("Person", "", "Facts", ""),
        ("name", "city", "age", "spend"),
        names=("Person name", "Person city", "Facts age", "Facts spend"),
        said="header-rows-merged",
    ),
    "three rows of names": header(
        ("Person", "", "Facts", ""),
        ("name", "city", "age", "spend"),
        ("", "", "years", "EUR"),
        names=("Person name", "Person city", "Facts age years", "Facts spend EUR"),
        said="header-rows-merged",
    ),
    "no header": lambda file: replace(
        file.with_rows(lambda rows: rows.pop(0)), names=tuple(f"column {i}" for i in range(1, 5))
    ).saying("header-missing"),
    "years as names": header(
        ("customer", "city", "2019", "2020"),
        names=("customer", "city", "2019", "2020"),
        said="",
    ),
    "one number as name": header(
        ("customer", "city", "age", "100"), names=("customer", "city", "age", "100"), said=""
    ),
    "blank name": header(
        ("customer", "", "age", "spend"),
        names=("customer", "column 2", "age", "spend"),
        said="names-invented",
    ),
    "same name": header(
        ("customer", "city", "value", "Value"),
        names=("customer", "city", "value", "Value (2)"),
        said="names-made-unique",
    ),
    "junk after": each_row(lambda row: [*row, "", ""], "columns-dropped"),
    "junk before": each_row(lambda row: ["", *row], "columns-dropped"),
    "junk in all rows but the header": lambda file: replace(
        file, rows=(file.rows[0], *((*row, "") for row in file.rows[1:]))
    ).saying("columns-dropped"),
    "totals": rows_below(("Total", "", "282", "737.5")),
    "grand totals": rows_below(("", "", "", ""), ("Grand total:", "", "", "737.5")),
    "sums": rows_below(("Sum", "", "282", "737.5")),
    "source": rows_below(("Source: our own records",)),
    "remarks": rows_below(("",), ("Note: amounts in EUR",), ("(8 rows)",), n=2),
    "totals and source": rows_below(
        ("Total", "", "282", "737.5"), ("",), ("Source: our own records",), n=2
    ),
    "another table below": lambda file: rows_below(
        ("",), ("region", "visits"), ("North", "3"), ("South", "5"), n=3
    )(file.saying("tables-several")),
    "another table above": lambda file: inserted(
        0, ("region", "visits", "cost"), ("North", "3", "1"), ("South", "5", "2"), ("",), n=3
    )(file.saying("tables-several")),
    "keys and values above": lambda file: inserted(0, ("Report", "May"), ("Unit", "EUR"), ("",))(
        file.saying("title-lines-skipped")
    ),
    "short rows": cut_short,
    "a cell too many": one_too_many,
}
STEP = 4


def variants() -> list[tuple[str, Pollution, Pollution]]:
    plain: Pollution = lambda file: file  # noqa: E731 # a pollution that does nothing
    found = [(name, each, plain) for name, each in WRITTEN.items()]
    found += [(name, plain, each) for name, each in BESIDES.items()]
    found += [
        (f"{a} + {b}", WRITTEN[a], BESIDES[b])
        for (i, a), (j, b) in itertools.product(enumerate(WRITTEN), enumerate(BESIDES))
        if (i + j) % STEP == 0
    ]
    return found


def opened(session: DuckSession, content: bytes) -> RawTable:
    path = session.folder / "upload"
    path.write_bytes(content)
    return read_file(session, path, "customers.csv")


@pytest.mark.parametrize(
    ("written", "besides"), [v[1:] for v in variants()], ids=[v[0] for v in variants()]
)
def test_the_clean_table_comes_back_and_repairs_are_said(
    written: Pollution, besides: Pollution, one_session: DuckSession
) -> None:
    file = written(besides(CLEAN))
    raw = opened(one_session, file.content())
    assert raw.names == file.names
    assert cells(raw) == list(file.expected)
    assert set(codes(raw)) == file.codes - {""}
    assert raw.n_rejected == file.n_rejected
    listed = raw.session.rows("SELECT line, reason, text FROM raw_rejects ORDER BY line")
    assert len(listed) == file.n_rejected
    lines = file.content().decode(file.encoding).replace("\r\n", "\n").replace("\r", "\n")
    for reject in listed:
        assert lines.split("\n")[reject["line"] - 1].lstrip("\ufeff") == reject["text"]


def test_there_are_enough_variants() -> None:
    assert len(variants()) >= 60
