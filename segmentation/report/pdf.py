"""A report as paged print: A4, numbered, drawn by Typst without a browser.

Enters: a report. Leaves: bytes. Refuses markup in what it is given: the template is fixed, and
every text reaches it as a value, so that none of them can run as Typst.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from segmentation.report.blocks import Block, Picture, Report

_TEMPLATE = Path(__file__).with_name("report.typ")
_TAGS = {"en": ("en", "GB"), "zh_CN": ("zh", "CN")}
# Quotation marks are as wide as the first font has them: Latin first, but for Chinese.
_LATIN = ("Source Sans 3", "Noto Sans", "Segoe UI", "Helvetica Neue", "Arial", "Liberation Sans")
_HAN = ("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei")


def write_pdf(report: Report) -> bytes:
    """Write a report as PDF.

    Parameters
    ----------
    report : Report

    Returns
    -------
    bytes
        Fonts are those of the system; Chinese needs one of Noto Sans CJK SC, PingFang SC or
        Microsoft YaHei. The letters that Typst brings take over where none of them is there.
    """
    import typst

    language, region = _TAGS[report.language]
    fonts = (*_HAN, *_LATIN) if language == "zh" else (*_LATIN, *_HAN)
    data = {
        "title": report.title,
        "summary": report.summary,
        "figures": report.figures,
        "made": report.made,
        "labels": dict(report.labels),
        "language": language,
        "region": region,
        "fonts": fonts,
        "sections": [
            {"title": section.title, "blocks": [_plain(block) for block in section.blocks]}
            for section in report.sections
        ],
    }
    made = typst.compile(_TEMPLATE.read_bytes(), sys_inputs={"report": json.dumps(data)})
    return bytes(made)


def _plain(block: Block) -> dict[str, Any]:
    """Return a block as values for JSON, with the name of its kind."""
    kind = type(block).__name__.lower()
    if isinstance(block, Picture):
        return {"kind": kind, "alt": block.alt, "svg": block.svg}
    return {"kind": kind, **asdict(block)}
