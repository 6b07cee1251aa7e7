"""How a file is read, as the user corrects it: encoding, delimiter, sheet, file of an archive.

Enters: what was found out. Leaves: reading options. Refuses to read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from pages.ui import state
from segmentation.intake import ReadOptions
from segmentation.intake.records import DELIMITERS
from segmentation.intake.table import Source
from segmentation.wording import Words

ENCODINGS = ("utf-8", "gb18030", "big5", "cp1252", "utf-16", "shift_jis", "latin-1")


def reading(source: Source, options: ReadOptions, words: Words) -> ReadOptions:
    """Return how the file is to be read, as corrected; what was not touched stays a guess."""
    if len(source.members) > 1:
        member = _choice(words("File in the archive"), source.members, source.member, "member")
        if member:  # another file: nothing that was said of the former one holds for it
            return options.for_member(member)
    if len(source.sheets) > 1:
        sheet = _choice(words("Sheet"), source.sheets, source.sheet, "sheet")
        options = replace(options, sheet=sheet or options.sheet)
    if source.format != "csv":
        if len(source.members) < 2 and len(source.sheets) < 2:
            st.caption(words("There is nothing to choose for a file of this kind."))
        return options
    sure = words("Encoding ({share:percent} sure)", share=source.confidence)
    offered = dict.fromkeys((source.encoding or "utf-8", *source.alternatives, *ENCODINGS))
    encoding = _choice(sure, tuple(offered), source.encoding, "encoding")
    used = source.delimiter or ","
    delimiters = tuple(dict.fromkeys((used, *DELIMITERS)))
    delimiter = _choice(
        words("Delimiter"),
        delimiters,
        used,
        "delimiter",
        lambda sign: words("tab") if sign == "\t" else sign,
    )
    return replace(
        options,
        encoding=encoding or options.encoding,
        delimiter=delimiter or options.delimiter,
    )


def _choice(
    label: str,
    offered: Sequence[str],
    now: str | None,
    key: str,
    shown: Callable[[str], str] = str,
) -> str | None:
    """Return what was chosen, None while it is what was found out."""
    first = offered.index(now) if now in offered else 0
    chosen = st.selectbox(label, offered, first, format_func=shown, key=state.key(key))
    return chosen if chosen != now else None
