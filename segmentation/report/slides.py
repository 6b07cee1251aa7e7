"""Slides of one look: a title that says the message, and text, tables and pictures that fit.

Enters: texts and pictures. Leaves: a PowerPoint file. Refuses to let anything run over its edge:
text is set smaller, within limits, and whoever asks is told when it does not fit.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from segmentation.report.fitting import LEFT, PAD, PAD_TALL, RIGHT, TableLook, fitting
from segmentation.wording.language import Language

WIDTH, HEIGHT = 13.333, 7.5
# Arial is where PowerPoint is; a machine without YaHei takes its own Chinese font.
_LATIN, _HAN = "Arial", "Microsoft YaHei"
_TITLE_ONLY = 5
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_TAGS = {"en": "en-GB", "zh_CN": "zh-CN"}
INK, QUIET, ACCENT, DEEP = "12161a", "4a545c", "1f5f8b", "163d57"
Box = tuple[float, float, float, float]


class Deck:
    """Slides under way.

    Parameters
    ----------
    language : {"en", "zh_CN"}
        Of the texts: which dictionary proofs them.
    footer : str
        At the foot of every slide but the first.
    """

    def __init__(self, language: Language, footer: str) -> None:
        self._deck: Any = Presentation()
        self._deck.slide_width, self._deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
        self._tag, self._footer = _TAGS[language], footer
        self._slide: Any = None

    def slide(self, title: str, above: str = "", *, dark: bool = False) -> None:
        """Begin a slide: its message, and the question that it answers."""
        self._slide = self._deck.slides.add_slide(self._deck.slide_layouts[_TITLE_ONLY])
        if dark:
            fill = self._slide.background.fill
            fill.solid()
            fill.fore_color.rgb = _color(DEEP)
        box = (LEFT, 1.5, RIGHT - LEFT, 1.5) if dark else (LEFT, 0.72, RIGHT - LEFT, 0.95)
        shape = self._slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = (Inches(each) for each in box)
        size = fitting([title], box[2], box[3], (44, 36, 30) if dark else (26, 24, 22, 20, 18, 16))
        self._frame(shape, [title], size or 14, "ffffff" if dark else INK, bold=True)
        shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM if dark else MSO_ANCHOR.TOP
        if above and above != title:
            self.text([above], (LEFT, 0.36, 8, 0.35), 13, ACCENT, bold=True)
        if not dark:
            number = str(len(self._deck.slides))
            self.text([self._footer], (LEFT, 7.02, 10, 0.3), 10, QUIET)
            self.text([number], (RIGHT - 1, 7.02, 1, 0.3), 10, QUIET, right=True)

    def text(
        self,
        texts: Sequence[str],
        box: Box,
        size: float,
        color: str = INK,
        *,
        bold: bool = False,
        right: bool = False,
    ) -> None:
        """Write paragraphs into a box."""
        shape = self._slide.shapes.add_textbox(*(Inches(each) for each in box))
        self._frame(shape, texts, size, color, bold=bold, right=right)

    def _frame(
        self,
        shape: Any,
        texts: Sequence[str],
        size: float,
        color: str,
        *,
        bold: bool = False,
        right: bool = False,
    ) -> None:
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for place, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
            paragraph.space_after = Pt(size * 0.55) if len(texts) > 1 else Pt(0)
            self._run(paragraph, text, size, color, bold=bold)

    def _run(self, paragraph: Any, text: str, size: float, color: str, *, bold: bool) -> None:
        run = paragraph.add_run()
        run.text = text
        font = run.font
        font.size, font.bold, font.name = Pt(size), bold, _LATIN
        font.color.rgb = _color(color)
        marks = run._r.get_or_add_rPr()
        marks.set("lang", self._tag)
        east = marks.makeelement(qn("a:ea"), {"typeface": _HAN})
        marks.append(east)

    def bar(self, box: Box, color: str) -> None:
        """Fill a box with a colour."""
        shape = self._slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Inches(each) for each in box))
        shape.fill.solid()
        shape.fill.fore_color.rgb = _color(color)
        shape.line.fill.background()
        shape.shadow.inherit = False

    def picture(self, png: bytes, alt: str, box: Box) -> None:
        """Show a picture as large as a box allows, at its upper left."""
        wide, tall = struct.unpack(">II", png[16:24])
        left, top, width, height = box
        scale = min(width / wide, height / tall)
        shape = self._slide.shapes.add_picture(
            io.BytesIO(png), Inches(left), Inches(top), Inches(wide * scale), Inches(tall * scale)
        )
        _describe(shape, alt)

    def table(self, rows: Sequence[Sequence[str]], look: TableLook, top: float, alt: str) -> None:
        """Draw a table that can be edited; the first row heads it where the look says so."""
        shape = self._slide.shapes.add_table(
            len(rows), len(rows[0]), Inches(LEFT), Inches(top), Inches(sum(look.widths)), Inches(1)
        )
        _describe(shape, alt)
        grid = shape.table
        properties = grid._tbl.tblPr
        properties.find(qn("a:tableStyleId")).text = _NO_STYLE
        grid.first_row, grid.horz_banding = look.headed, False
        for column, width in zip(grid.columns, look.widths, strict=True):
            column.width = Inches(width)
        for i, row in enumerate(rows):
            grid.rows[i].height = Inches(look.height(row))
            head = look.headed and i == 0
            for j, text in enumerate(row):
                cell = grid.cell(i, j)
                self._cell(cell, text, look, head=head, first=j == 0, right=look.numbers[j])

    def _cell(
        self, cell: Any, text: str, look: TableLook, *, head: bool, first: bool, right: bool
    ) -> None:
        cell.margin_left, cell.margin_right = Inches(PAD), Inches(PAD)
        cell.margin_top = cell.margin_bottom = Inches(PAD_TALL)
        cell.vertical_anchor = MSO_ANCHOR.TOP
        paragraph = cell.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        self._run(paragraph, text, look.size, QUIET if head else INK, bold=head or first)
        _underline(cell, QUIET if head else "dfe5ea", 12_700 if head else 6_350)

    def notes(self, texts: Sequence[str]) -> None:
        """Write the speaker's notes of the slide."""
        if texts:
            self._slide.notes_slide.notes_text_frame.text = "\n".join(texts)

    def written(self) -> bytes:
        """Return the file."""
        target = io.BytesIO()
        self._deck.save(target)
        return target.getvalue()


def _color(color: str) -> RGBColor:
    """Return a colour written as ``#rrggbb`` or ``rrggbb``."""
    made: Any = RGBColor  # the package says nothing about its types here
    colored: RGBColor = made(*bytes.fromhex(color.lstrip("#")))
    return colored


def _describe(shape: Any, alt: str) -> None:
    shape._element._nvXxPr.cNvPr.set("descr", alt)


def _underline(cell: Any, color: str, width: int) -> None:
    """Draw a line below a cell."""
    properties = cell._tc.get_or_add_tcPr()
    line = properties.makeelement(qn("a:lnB"), {"w": str(Emu(width))})
    fill = line.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": color.upper()}))
    line.append(fill)
    properties.insert(0, line)
