"""A report as slides: a message each, tables that can be edited, charts as pictures.

Enters: a report. Leaves: bytes. Refuses to cut a text: what does not fit goes on on another slide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from segmentation.report.blocks import (
    Block,
    Facts,
    Note,
    Paragraph,
    Picture,
    Points,
    Portrait,
    Report,
    Table,
    Tone,
    parts_of,
)
from segmentation.report.fitting import BOTTOM, LEFT, RIGHT, TOP, TableLook, fitting, height_of
from segmentation.report.pictures import png_of

if TYPE_CHECKING:
    from segmentation.report.slides import Deck

_QUIET = "4a545c"
_SIZES = (20, 18, 16, 14, 13, 12)
_SMALLEST = 12
_BESIDE = 3.7
_GAP = 0.4
# Bold letters are wider: so much of the room is left to them.
_BOLD = 0.85
# More text than this stands on a slide of its own, not above a table (inches).
_MOST_ABOVE = 2.0


def write_pptx(report: Report) -> bytes:
    """Write a report as slides for PowerPoint.

    Parameters
    ----------
    report : Report

    Returns
    -------
    bytes
        16:9. Sources are in the speaker's notes.
    """
    from segmentation.report.slides import Deck

    deck = Deck(report.language, report.made)
    _cover(deck, report)
    for section in report.sections:
        for title, blocks in parts_of(section):
            _part(deck, (section.title, title), blocks, report)
    return deck.written()


def _cover(deck: Deck, report: Report) -> None:
    deck.slide(report.title, dark=True)
    deck.text([report.made], (LEFT, 0.95, 10, 0.4), 16, "c3dced")
    size = fitting(report.summary, 9.8, 1.8, (20, 18, 16, 14)) or _SMALLEST
    deck.text(report.summary, (LEFT, 3.25, 9.8, 1.8), size, "e7f1f8")
    wide = (RIGHT - LEFT) / max(len(report.figures), 1)
    for place, (name, number) in enumerate(report.figures):
        left = LEFT + place * wide
        deck.bar((left, 5.55, 0.04, 0.9), "6fb1dc")
        deck.text([name], (left + 0.18, 5.52, wide - 0.3, 0.35), 14, "c3dced")
        size = fitting([number], (wide - 0.3) * _BOLD, 0.55, (26, 22, 18)) or _SMALLEST
        deck.text([number], (left + 0.18, 5.87, wide - 0.3, 0.6), size, "ffffff", bold=True)


def _part(deck: Deck, heads: tuple[str, str], blocks: Sequence[Block], report: Report) -> None:
    """Lay one finding out: pictures with what is said about them, then tables, then portraits."""
    sources = [b.text for b in blocks if isinstance(b, Note) and b.tone is Tone.SOURCE]
    said = list(_said(blocks))
    pictures = [block for block in blocks if isinstance(block, Picture)]
    tables: list[Table | Facts] = [block for block in blocks if isinstance(block, Table)]
    facts = [pair for block in blocks if isinstance(block, Facts) for pair in block.pairs]
    tables += [Facts(tuple(facts))] if facts else []
    for picture in pictures:
        said = _pictured(deck, heads, picture, said)
        deck.notes(sources)
    if not tables:
        for few in _pages(said):
            _spoken(deck, heads, few)
            deck.notes(sources)
    for table in tables:
        said = _tabled(deck, heads, table, said)
        deck.notes(sources)
    for block in blocks:
        if isinstance(block, Portrait):
            _portrayed(deck, heads[0], block, report)


def _said(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(text):
                yield text
            case Note(text, tone) if tone is not Tone.SOURCE:
                yield text
            case Points(texts):
                yield from (f"•  {text}" for text in texts)


def _pages(said: Sequence[str]) -> Iterator[list[str]]:
    """Yield as many sentences as fit a slide, one slide after the other."""
    page: list[str] = []
    for text in said:
        if page and height_of([*page, text], RIGHT - LEFT, _SMALLEST + 2) > BOTTOM - TOP:
            yield page
            page = []
        page.append(text)
    if page:
        yield page


def _spoken(deck: Deck, heads: tuple[str, str], said: Sequence[str]) -> None:
    deck.slide(heads[1], heads[0])
    box = (LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP)
    deck.text(said, box, fitting(said, box[2], box[3], _SIZES) or _SMALLEST)


def _pictured(deck: Deck, heads: tuple[str, str], picture: Picture, said: list[str]) -> list[str]:
    """Show a picture with what is said beside it; return what had no room."""
    deck.slide(heads[1], heads[0])
    tall = BOTTOM - TOP
    size = fitting(said, _BESIDE, tall, (16, 14, 13, 12)) if said else None
    wide = RIGHT - LEFT - (_BESIDE + _GAP if size else 0)
    deck.picture(png_of(picture), picture.alt, (LEFT, TOP, wide, tall))
    if not size:
        return said
    deck.text(said, (RIGHT - _BESIDE, TOP, _BESIDE, tall), size)
    return []


def _tabled(
    deck: Deck, heads: tuple[str, str], table: Table | Facts, said: Sequence[str]
) -> list[str]:
    """Draw a table on as many slides as it takes, what is said above the first."""
    rows, numbers, caption = _grid(table, heads[1])
    headed = isinstance(table, Table)
    above = height_of(said, RIGHT - LEFT, 14) + 0.2 if said else 0.0
    later: Sequence[str] = ()
    if above > _MOST_ABOVE:  # it has a slide of its own
        later, said, above = said, (), 0.0
    look = TableLook(rows, numbers, BOTTOM - TOP - above, headed=headed)
    left = rows[1:] if headed else rows
    while left:
        deck.slide(heads[1], heads[0])
        if said:
            deck.text(said, (LEFT, TOP, RIGHT - LEFT, above), 14)
        room = BOTTOM - TOP - above - (look.height(rows[0]) if headed else 0)
        n = _how_many([look.height(row) for row in left], room)
        deck.table([rows[0], *left[:n]] if headed else left[:n], look, TOP + above, caption)
        left, said, above = left[n:], (), 0.0
    for few in _pages(later):
        _spoken(deck, heads, few)
    return []


def _grid(table: Table | Facts, title: str) -> tuple[list[Sequence[str]], tuple[bool, ...], str]:
    """Return the rows of a table, the head first, which columns are numbers, and what it lists."""
    if isinstance(table, Table):
        return [table.head, *table.rows], table.numbers, table.caption
    return [*table.pairs], (False, False), title


def _how_many(heights: Sequence[float], room: float) -> int:
    """Return how many rows fit, at least one."""
    n = 1
    while n < len(heights) and sum(heights[: n + 1]) <= room:
        n += 1
    return n


def _portrayed(deck: Deck, section: str, portrait: Portrait, report: Report) -> None:
    deck.slide(portrait.name, section)
    deck.bar((0, 0, 0.28, 7.5), portrait.color)
    deck.text([portrait.share], (LEFT, TOP + 0.05, 2.9, 1.0), 54, portrait.color, bold=True)
    deck.text([portrait.size], (LEFT, TOP + 1.1, 2.7, 1.2), 14, _QUIET)
    left = LEFT + 3.2
    said = [*(f"•  {line}" for line in portrait.lines), *(f"!  {c}" for c in portrait.cautions)]
    own = [f"{name}: {text}" for name, text in portrait.words]
    tall = BOTTOM - TOP
    size = fitting(said, RIGHT - left, tall, _SIZES) or _SMALLEST
    deck.text(said, (left, TOP + 0.1, RIGHT - left, tall), size)
    for few in _pages(own):
        deck.slide(portrait.name, section)
        deck.bar((0, 0, 0.28, 7.5), portrait.color)
        deck.text([report.label("own_words")], (LEFT, TOP - 0.1, 8, 0.4), 14, _QUIET)
        box = (LEFT, TOP + 0.4, RIGHT - LEFT, tall - 0.4)
        deck.text(few, box, fitting(few, box[2], box[3], _SIZES) or _SMALLEST)
