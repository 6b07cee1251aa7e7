"""Sheets of the results' workbook that are only read: rows under headings, and the profile.

Enters: an open workbook and rows. Leaves: formatted sheets with fixed headings. Refuses to write a
text as anything but text.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from segmentation.export.chart_rows import Rows
from segmentation.export.pictures import Share
from segmentation.profiles import LevelFact, NumberFact, Profile
from segmentation.wording import Words

NARROW, WIDE, WIDEST = 11, 34, 90
_CELL = 32_767
# Beyond this a column of texts is as wide as a page and its cells are broken into lines.
_LONG = 60


@dataclass(frozen=True, slots=True)
class Formats:
    """How cells look: headings, numbers, and the cells that a reader may change."""

    title: Any
    head: Any
    number_head: Any
    text: Any
    count: Any
    number: Any
    share: Any
    given: Mapping[str, Any]

    @classmethod
    def of(cls, workbook: Workbook) -> Formats:
        """Add the formats to a workbook."""
        head = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
        head |= {"bottom_color": "#C9CDD3"}
        given = {"bg_color": "#FFF7DC", "border": 1, "border_color": "#D8D2BC"}
        kinds = {"count": "#,##0", "number": "#,##0.00", "share": "0.0%", "text": "@"}
        return cls(
            title=workbook.add_format({"bold": True, "font_size": 13}),
            head=workbook.add_format(head),
            number_head=workbook.add_format({**head, "align": "right"}),
            text=workbook.add_format({"text_wrap": True, "valign": "top"}),
            count=workbook.add_format({"num_format": kinds["count"], "valign": "top"}),
            number=workbook.add_format({"num_format": kinds["number"], "valign": "top"}),
            share=workbook.add_format({"num_format": kinds["share"], "valign": "top"}),
            given={k: workbook.add_format({**given, "num_format": f}) for k, f in kinds.items()},
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet and how its cells look."""

    to: Worksheet
    formats: Formats

    def heads(self, row: int, texts: Sequence[str], named: Collection[int] = (0,)) -> None:
        """Write headings, those of numbers to the right; keep them and the first column in sight.

        ``named`` are the columns of texts.
        """
        for column, text in enumerate(texts):
            look = self.formats.head if column in named else self.formats.number_head
            self.to.write_string(row, column, text, look)
        self.to.freeze_panes(row + 1, 1)
        self.to.repeat_rows(row)
        self.to.set_landscape()
        self.to.fit_to_pages(1, 0)

    def write(self, row: int, column: int, value: object) -> None:
        """Write a value in the look of its kind; nothing where there is none."""
        if isinstance(value, str):
            self.to.write_string(row, column, value[:_CELL], self.formats.text)
        elif isinstance(value, Share):
            self._number(row, column, float(value), self.formats.share)
        elif isinstance(value, int | float):
            whole = isinstance(value, int) or value.is_integer()
            look = self.formats.count if whole else self.formats.number
            self._number(row, column, float(value), look)

    def _number(self, row: int, column: int, value: float, look: object) -> None:
        if math.isfinite(value):
            self.to.write_number(row, column, value, look)


def write_rows_sheet(sheet: Sheet, rows: Rows) -> None:
    """Write rows under their headings, columns as wide as what is in them."""
    heads = list(rows[0])
    texts = [i for i, head in enumerate(heads) if any(isinstance(r[head], str) for r in rows)]
    sheet.heads(0, heads, texts)
    for line, row in enumerate(rows, start=1):
        for column, head in enumerate(heads):
            sheet.write(line, column, row[head])
    for column, head in enumerate(heads):
        longest = max((len(str(r[head])) for r in rows if isinstance(r[head], str)), default=0)
        wide = WIDEST if longest > _LONG else max(NARROW, min(WIDE, longest + 2))
        sheet.to.set_column(column, column, wide)
    sheet.to.autofilter(0, 0, len(rows), len(heads) - 1)


def write_profile(sheet: Sheet, profile: Profile, names: Sequence[str], words: Words) -> None:
    """Write every variable's value in every segment beside the market's, and the index by formula.

    Shares of a category are one row a level. The index is 100 times here over overall.
    """
    heads = [words("Variable"), words("Category"), words("Forms segments"), words("Overall")]
    index = [words("Index: {name}", name=name) for name in names]
    sheet.heads(0, [*heads, *names, *index], (0, 1, 2))
    facts: dict[tuple[str, str], list[NumberFact | LevelFact]] = {}
    for fact in profile.numbers:
        facts.setdefault((fact.variable, ""), []).append(fact)
    for level in profile.levels:
        label = words("all others") if level.level is None else level.level
        facts.setdefault((level.variable, label), []).append(level)
    for line, ((variable, label), found) in enumerate(facts.items(), start=1):
        sheet.write(line, 0, variable)
        sheet.write(line, 1, label)
        sheet.write(line, 2, words("yes") if variable in profile.basis else "")
        sheet.write(line, 3, _value(found[0], overall=True))
        for each in found:
            sheet.write(line, 4 + each.segment, _value(each, overall=False))
            if not math.isnan(each.index):
                _write_index(sheet, line, each.segment, len(names))
    sheet.to.set_column(0, 1, WIDE)
    sheet.to.set_column(2, 3 + 2 * len(names), NARROW + 4)
    sheet.to.autofilter(0, 0, len(facts), 3 + 2 * len(names))


def _value(fact: NumberFact | LevelFact, *, overall: bool) -> float:
    if isinstance(fact, LevelFact):
        return Share(fact.overall if overall else fact.share)
    value = fact.overall if overall else fact.mean
    return Share(value) if fact.is_share else value


def _write_index(sheet: Sheet, line: int, segment: int, k: int) -> None:
    here, overall = cell(line, 4 + segment), cell(line, 3)
    formula = f'=IF({overall}=0,"",100*{here}/{overall})'
    sheet.to.write_formula(line, 4 + k + segment, formula, sheet.formats.count, "")


def cell(row: int, column: int, *, fixed: bool = False) -> str:
    """Return a cell's address, from row and column counted from 0.

    Examples
    --------
    >>> cell(0, 27), cell(2, 0, fixed=True)
    ('AB1', '$A$3')
    """
    letters, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(ord("A") + place) + letters
    mark = "$" if fixed else ""
    return f"{mark}{letters}{mark}{row + 1}"
