"""Sheets of the results' workbook that work things out: sizes in a market, and money.

Enters: sizes and programs. Leaves: sheets whose results are formulas over the cells that a reader
may change, which are yellow. Refuses formulas younger than Excel 2007. They are those of
``segmentation.sizing``: a test lets a spreadsheet program work them out and compares.
"""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.export.pictures import Share
from segmentation.export.results_sheets import NARROW, WIDE, Sheet, cell
from segmentation.profiles import SegmentSize
from segmentation.sizing import Program
from segmentation.wording import Words
from segmentation.wording.terms import FIGURE_NAMES

# Of the sheet of sizes: where the market's size is, and the first segment.
_LEAST, _MOST, _SIZES = 1, 2, 4
# Of the sheet of money: the headings and the first program.
_HEADS, _FIRST = 2, 3
_FIGURES = ("people", "response", "control", "margin", "contact", "fixed")
_SHARES = ("response", "control")
# Programs that may be added without copying formulas.
SPARE = 5
_N, _R, _R0, _M, _C, _F = range(1, 7)


def write_sizes(
    sheet: Sheet,
    sizes: Sequence[SegmentSize],
    names: Sequence[str],
    market: tuple[float, float] | None,
    words: Words,
) -> None:
    """Write how large the segments are, here and in a market of a size that may be changed.

    The customers count as a random sample of the market: likely is the share of the middle of both
    sizes, at least the lower end of its 95 % interval of the smaller, at most the upper of the
    larger.
    """
    to, given = sheet.to, sheet.formats.given
    to.write_string(0, 0, words("Size of the market (yellow cells are yours)"), sheet.formats.title)
    for row, text in ((_LEAST, words("at least")), (_MOST, words("at most"))):
        to.write_string(row, 0, text)
    for row, bound in zip((_LEAST, _MOST), market or (None, None), strict=True):
        if bound is None:
            to.write_blank(row, 1, None, given["count"])
        else:
            to.write_number(row, 1, bound, given["count"])
    heads = [words("Segment"), words("Customers"), words("Share"), words("From (95 %)")]
    heads += [words("To (95 %)"), words("In the market, likely"), words("at least")]
    sheet.heads(_SIZES - 1, [*heads, words("at most")])
    for row, size in enumerate(sizes, start=_SIZES):
        values = (names[size.segment], size.n, *map(Share, (size.share, size.low, size.high)))
        for column, value in enumerate(values):
            sheet.write(row, column, value)
        _extrapolated(sheet, row)
    last = _SIZES + len(sizes)
    to.write_string(last, 0, words("Total"), sheet.formats.head)
    for column, look in ((1, sheet.formats.count), (2, sheet.formats.share)):
        among = f"{cell(_SIZES, column)}:{cell(last - 1, column)}"
        to.write_formula(last, column, f"=SUM({among})", look, "")
    to.set_column(0, 0, WIDE)
    to.set_column(1, 7, NARROW + 4)


def _extrapolated(sheet: Sheet, row: int) -> None:
    least, most = cell(_LEAST, 1, fixed=True), cell(_MOST, 1, fixed=True)
    share, low, high = (cell(row, column) for column in (2, 3, 4))
    formulas = (f"{share}*({least}+{most})/2", f"{low}*{least}", f"{high}*{most}")
    for column, formula in enumerate(formulas, start=5):
        known = f'=IF(COUNT({least},{most})<2,"",{formula})'
        sheet.to.write_formula(row, column, known, sheet.formats.count, "")


def write_money(sheet: Sheet, programs: Sequence[Program], words: Words) -> None:
    """Write programs whose figures may be changed, and what each brings, by formulas."""
    to, given = sheet.to, sheet.formats.given
    told = words("Change the yellow cells: everything else follows.")
    to.write_string(0, 0, told, sheet.formats.title)
    heads = [words("Segment"), *(words(FIGURE_NAMES[figure]) for figure in _FIGURES)]
    heads += [words("Responses"), words("Revenue"), words("Cost"), words("Profit")]
    heads += [words("Return on investment"), words("Break-even response")]
    heads += [words("Smallest segment that pays")]
    sheet.heads(_HEADS, heads)
    n_rows = len(programs) + SPARE
    for place in range(n_rows):
        row = _FIRST + place
        program = programs[place] if place < len(programs) else None
        called = " · ".join(filter(None, (program.name, program.channel))) if program else ""
        to.write_string(row, 0, called, given["text"])
        for column, figure in enumerate(_FIGURES, start=1):
            look = given["share" if figure in _SHARES else "number"]
            look = given["count"] if figure == "people" else look
            if program is None:
                to.write_blank(row, column, None, look)
            else:
                to.write_number(row, column, getattr(program, figure), look)
        _write_outcome(sheet, row)
    _write_total(sheet, _FIRST + n_rows, words)
    to.set_column(0, 0, WIDE)
    to.set_column(1, len(heads) - 1, NARROW + 4)


def _write_outcome(sheet: Sheet, row: int) -> None:
    n, r, r0, m, c, f = (cell(row, column) for column in (_N, _R, _R0, _M, _C, _F))
    uplift, gain = f"({r}-{r0})", f"(({r}-{r0})*{m}-{c})"
    revenue, cost, profit = (cell(row, column) for column in (8, 9, 10))
    looks = sheet.formats
    formulas = (
        (f"{n}*{uplift}", looks.count),
        (f"{n}*{uplift}*{m}", looks.number),
        (f"{n}*{c}+{f}", looks.number),
        (f"{revenue}-{cost}", looks.number),
        (f'IF({cost}>0,{profit}/{cost},"")', looks.share),
        (
            f'IF(OR({m}<=0,AND({f}>0,{n}<=0)),"",{r0}+{c}/{m}+IF({f}>0,{f}/({n}*{m}),0))',
            looks.share,
        ),
        (f'IF({gain}>0,{f}/{gain},IF(AND({gain}=0,{f}=0),0,""))', looks.count),
    )
    for column, (formula, look) in enumerate(formulas, start=7):
        blank = f'=IF({n}="","",{formula})'
        sheet.to.write_formula(row, column, blank, look, "")


def _write_total(sheet: Sheet, row: int, words: Words) -> None:
    sheet.to.write_string(row, 0, words("All together"), sheet.formats.head)
    looks = sheet.formats
    columns = ((_N, looks.count), (7, looks.count), (8, looks.number), (9, looks.number))
    for column, look in (*columns, (10, looks.number)):
        among = f"{cell(_FIRST, column)}:{cell(row - 1, column)}"
        sheet.to.write_formula(row, column, f"=SUM({among})", look, "")
    cost, profit = cell(row, 9), cell(row, 10)
    roi = f'=IF({cost}>0,{profit}/{cost},"")'
    sheet.to.write_formula(row, 11, roi, looks.share, "")
