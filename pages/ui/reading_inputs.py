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
from segmentation.transactions import Composition, PartPlan
from segmentation.wording import Words

ENCODINGS = ("utf-8", "gb18030", "big5", "cp1252", "utf-16", "shift_jis", "latin-1")


def reading_of_files(
    source: Source, options: ReadOptions, plan: Composition, words: Words
) -> tuple[ReadOptions, Composition]:
    """Return how the file, or one of the files under each other, is to be read, as corrected.

    Parameters
    ----------
    source : Source
    options : ReadOptions
        Of the first file.
    plan : Composition
        What is decided about the others.
    words : Words
    """
    if not source.parts or not plan.parts:
        return reading(source, options, words), plan
    names = [part.source.name for part in source.parts]
    chosen = st.selectbox(words("Which file"), names, key=state.key("which_part"))
    number = names.index(chosen)
    part = source.parts[number].source
    if number == 0:
        return reading(part, options, words), plan
    parts = list(plan.parts)
    at = next(i for i, known in enumerate(parts) if known.name == chosen)
    wanted = reading(part, parts[at].reading, words, part=chosen)
    if wanted != parts[at].reading:  # read so, its content is another
        parts[at] = PartPlan(chosen, "", wanted)
    return options, replace(plan, parts=tuple(parts))


def reading(source: Source, options: ReadOptions, words: Words, *, part: str = "") -> ReadOptions:
    """Return how the file is to be read, as corrected; what was not touched stays a guess.

    Parameters
    ----------
    source : Source
    options : ReadOptions
    words : Words
    part : str
        Which file it is, where several are under each other: each has widgets of its own.
    """
    if len(source.members) > 1:
        member = _choice(
            words("File in the archive"), source.members, source.member, f"member{part}"
        )
        if member:  # another file: nothing that was said of the former one holds for it
            return options.for_member(member)
    if len(source.sheets) > 1:
        sheet = _choice(words("Sheet"), source.sheets, source.sheet, f"sheet{part}")
        options = replace(options, sheet=sheet or options.sheet)
    if source.format != "csv":
        if len(source.members) < 2 and len(source.sheets) < 2:
            st.caption(words("There is nothing to choose for a file of this kind."))
        return options
    sure = words("Encoding ({share:percent} sure)", share=source.confidence)
    offered = dict.fromkeys((source.encoding or "utf-8", *source.alternatives, *ENCODINGS))
    encoding = _choice(sure, tuple(offered), source.encoding, f"encoding{part}")
    used = source.delimiter or ","
    delimiters = tuple(dict.fromkeys((used, *DELIMITERS)))
    delimiter = _choice(
        words("Delimiter"),
        delimiters,
        used,
        f"delimiter{part}",
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
