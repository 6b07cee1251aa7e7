"""A report as one web page: nothing beside the file is needed to read, search or print it.

Enters: a report. Leaves: bytes. Refuses markup in what it is given, scripts, and every request: the
page itself forbids them to the browser.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from segmentation.charts.theme import ink_of
from segmentation.report.blocks import (
    Block,
    Facts,
    Heading,
    Note,
    Paragraph,
    Picture,
    Points,
    Portrait,
    Report,
    Section,
    Table,
    Tone,
)

_STYLE = Path(__file__).with_name("report.css")
_TAGS = {"en": "en", "zh_CN": "zh-Hans"}
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def write_html(report: Report) -> bytes:
    """Write a report as a web page.

    Parameters
    ----------
    report : Report

    Returns
    -------
    bytes
        UTF-8. Style and pictures are in it; it follows the reader's light or dark theme.
    """
    head = [
        "<!DOCTYPE html>",
        f'<html lang="{_TAGS[report.language]}">',
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(report.title)}</title>",
        f"<style>{_STYLE.read_text(encoding='utf-8')}</style></head>",
        "<body>",
    ]
    sections = [
        line for n, section in enumerate(report.sections) for line in _section(n, section, report)
    ]
    body = [*_cover(report), *_contents(report), "<main>", *sections, "</main>"]
    end = [f"<footer>{escape(report.made)} · Segment Studio</footer>", "</body></html>", ""]
    return "\n".join([*head, *body, *end]).encode()


def _cover(report: Report) -> Iterator[str]:
    yield f'<header class="cover"><div><p class="made">{escape(report.made)}</p>'
    yield f"<h1>{escape(report.title)}</h1>"
    for text in report.summary:
        yield f'<p class="summary">{escape(text)}</p>'
    yield '<dl class="figures">'
    for name, number in report.figures:
        yield f"<div><dt>{escape(name)}</dt><dd>{escape(number)}</dd></div>"
    yield "</dl></div></header>"


def _contents(report: Report) -> Iterator[str]:
    yield f'<nav aria-label="{escape(report.label("contents"))}"><ul>'
    for n, section in enumerate(report.sections):
        yield f'<li><a href="#part-{n + 1}">{escape(section.title)}</a></li>'
    yield "</ul></nav>"


def _section(n: int, section: Section, report: Report) -> Iterator[str]:
    yield f'<section id="part-{n + 1}" aria-labelledby="title-{n + 1}">'
    yield f'<h2 id="title-{n + 1}">{escape(section.title)}</h2>'
    for portrayed, group in groupby(section.blocks, lambda block: isinstance(block, Portrait)):
        written = (line for block in group for line in _block(block, report))
        yield from (['<div class="portraits">', *written, "</div>"] if portrayed else written)
    yield "</section>"


def _block(block: Block, report: Report) -> Iterable[str]:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Portrait):
        return _portrait(block, report)
    if isinstance(block, Points):
        return _points(block.texts)
    if isinstance(block, Facts):
        return _pairs(block.pairs, "facts typed" if block.typed else "facts")
    return [_line(block)]


def _line(block: Heading | Paragraph | Note | Picture) -> str:
    if isinstance(block, Picture):
        address = _address(block.svg)
        return f'<figure tabindex="0"><img alt="{escape(block.alt)}" src="{address}"></figure>'
    text = escape(block.text)
    if isinstance(block, Heading):
        return f"<h3>{text}</h3>"
    if isinstance(block, Paragraph):
        return f"<p>{text}</p>"
    style = "source" if block.tone is Tone.SOURCE else f"note {block.tone.value}"
    return f'<p class="{style}">{text}</p>'


def _points(texts: Iterable[str]) -> Iterator[str]:
    yield '<ul class="points">'
    yield from (f"<li>{escape(text)}</li>" for text in texts)
    yield "</ul>"


def _pairs(pairs: Iterable[tuple[str, str]], style: str) -> Iterator[str]:
    yield f'<dl class="{style}">'
    yield from (f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in pairs)
    yield "</dl>"


def _table(table: Table) -> Iterator[str]:
    styles = [' class="number"' if number else "" for number in table.numbers]
    caption = escape(table.caption)
    yield f'<div class="scroll" role="region" aria-label="{caption}" tabindex="0">'
    yield f"<table><caption>{caption}</caption><thead><tr>"
    for text, style in zip(table.head, styles, strict=True):
        yield f'<th scope="col"{style}>{escape(text)}</th>'
    yield "</tr></thead><tbody>"
    for row in table.rows:
        first, *others = (escape(cell) for cell in row)
        cells = (f"<td{style}>{cell}</td>" for cell, style in zip(others, styles[1:], strict=True))
        yield f'<tr><th scope="row">{first}</th>{"".join(cells)}</tr>'
    yield "</tbody></table></div>"


def _portrait(portrait: Portrait, report: Report) -> Iterator[str]:
    yield f'<article class="portrait" style="--segment: {escape(portrait.color)}">'
    yield f"<h4>{escape(portrait.name)}</h4>"
    size = f"<strong>{escape(portrait.share)}</strong>{escape(portrait.size)}"
    yield f'<p class="size">{size}</p>'
    yield from _points(portrait.lines)
    for caution in portrait.cautions:
        yield f'<p class="note caution">{escape(caution)}</p>'
    if portrait.words:
        yield f'<p class="source">{escape(report.label("own_words"))}</p>'
        yield from _pairs(portrait.words, "own")
    yield "</article>"


def _address(svg: str) -> str:
    """Write a picture as its own address; on a dark screen its inks turn, its colours stay.

    A picture that is no part of the page's own markup cannot run anything in it.
    """
    light, dark = ink_of(dark=False), ink_of(dark=True)
    turned = "".join(
        # White letters stand on a coloured cell: only what is painted as paper turns.
        f"{':not(text)' if ink == 'paper' else ''}"
        f'[{paint}="{getattr(light, ink)}"]{{{paint}:{getattr(dark, ink)}}}'
        for ink in ("paper", "text", "quiet", "grid", "accent")
        for paint in ("fill", "stroke")
    )
    style = f"<style>@media screen and (prefers-color-scheme: dark){{{turned}}}</style>"
    at = svg.index(">", svg.index("<svg")) + 1
    styled = svg[:at] + style + svg[at:]
    return "data:image/svg+xml;base64," + base64.b64encode(styled.encode()).decode()
