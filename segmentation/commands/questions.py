"""Golden questions on the command line, where files are asked for.

Enters: what was found, and its labels. Leaves: ``questions.sql``, and a part of the record. Refuses
to end a run because nothing can be asked: that is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from segmentation.commands.finding import Customers
from segmentation.errors import NothingToAsk
from segmentation.export import questions_record
from segmentation.terminal import tell
from segmentation.typing_tool import select_segments, typing_tool
from segmentation.wording import Words
from segmentation.wording.errors import explain
from segmentation.wording.questions import questions_finding


def write_asked(
    customers: Customers, labels: str, names: Sequence[str], folder: Path, words: Words
) -> dict[str, Any]:
    """Write the questions that tell the segments as SQL, and record them.

    Parameters
    ----------
    customers : Customers
        With the variables that may tell about the segments.
    labels : str
        Engine table with ``__row`` and ``segment``.
    names : sequence of str
        Of the segments.
    folder : Path
        For ``questions.sql``; made where it is absent.
    words : Words

    Returns
    -------
    dict
        ``questions`` and ``rules``; empty lists where nothing tells the segments apart.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        tool = typing_tool(customers.table, customers.variables, labels)
    except NothingToAsk as error:
        tell(explain(error, words).happened)
        return {"questions": [], "rules": []}
    golden, path = tool.golden, folder / "questions.sql"
    n = golden.shown_first
    sql = select_segments(golden.cards[n - 1], names, taken=customers.table.raw.names)
    path.write_text(sql, encoding="utf-8")
    tell(f"{path}: {questions_finding(golden, n, words)}")
    return questions_record(golden, tool.rules, words)
