"""Texts and numbers that stand for "no answer": proposed, never applied unasked.

Enters: a typed customer table. Leaves: proposals, each with its count. Refuses to change a cell: an
accepted proposal becomes part of the column's decision.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from segmentation.engine.duck import quoted
from segmentation.intake.kinds import MARKERS, Kind, among, trimmed
from segmentation.intake.table import Column, CustomerTable

_WORDS = frozenset(
    """
    select|select one|please select|please choose|choose|choose one|?|??|???|unknown|unk|
    unspecified|undefined|not specified|not stated|not available|not applicable|not known|
    not provided|not given|not answered|not sure|n.a.|n.a|na.|n/k|n\\a|don't know|dont know|
    do not know|don’t know|can't say|refused|prefer not to say|prefer not to answer|
    prefer not to disclose|rather not say|no answer|no response|no data|no information|missing|
    blank|empty|(blank)|(empty)|(none)|none|nil|tbd|tba|-|--|---|–|—|.|..|...|*|**|xxx|
    未知|不详|不知道|不清楚|无|无数据|未填|未填写|未回答|暂无|空|空值|请选择|拒绝回答|拒答|不愿透露|不便透露|
    不适用|保密
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_ERRORS = frozenset({"#ref!", "#div/0!", "#name?", "#num!", "#error!", "#spill!", "#calc!"})
_HIGH = frozenset(float(digit * n) for digit in "9" for n in range(2, 9)) | {8888.0, 88888.0}
_LOW = frozenset({-1.0, -9.0, -99.0, -999.0, -9999.0, -99999.0, 0.0})
# A sentinel lies this many times further out than all other values lie apart.
FAR = 2.0
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that may stand for "no answer".

    Attributes
    ----------
    column : str
    text : str
        As written, for the column's decision.
    n : int
        Cells with it.
    reason : str
        ``word`` (it says so), ``error`` (of a spreadsheet) or ``sentinel`` (far outside the rest).
    """

    column: str
    text: str
    n: int
    reason: str


def is_placeholder(text: str) -> bool:
    """Tell whether a text usually stands for "no answer".

    Examples
    --------
    >>> is_placeholder("Select"), is_placeholder("Selected")
    (True, False)
    """
    return text.strip().lower() in _WORDS


def propose_missing(table: CustomerTable) -> tuple[Proposal, ...]:
    """Propose the texts and numbers of a table that may stand for "no answer".

    Parameters
    ----------
    table : CustomerTable

    Returns
    -------
    tuple of Proposal
        In the order of the columns, the most frequent first; without what counts as missing
        already.
    """
    own = [column for column in table.columns if column.of is None]
    return tuple(
        proposal
        for column in own
        for proposal in (*_by_word(table, column), *_by_distance(table, column))
    )


def _by_word(table: CustomerTable, column: Column) -> list[Proposal]:
    known = {*MARKERS[column.kind], *(text.lower() for text in column.missing)}
    raw = f"r{column.key[1:]}"
    rows = table.session.rows(
        f"SELECT text, count(*) AS n FROM (SELECT {trimmed(raw)} AS text FROM "
        f"{quoted(table.raw.table)} WHERE strlen({raw}) <= {_LONGEST}) "
        f"WHERE {among(sorted((_WORDS | _ERRORS) - known), 'lower(text)')} "
        f"GROUP BY text ORDER BY n DESC, text"
    )
    words = [(str(row["text"]), int(row["n"])) for row in rows]
    return [
        Proposal(column.name, text, n, "error" if text.lower() in _ERRORS else "word")
        for text, n in words
    ]


def _by_distance(table: CustomerTable, column: Column) -> list[Proposal]:
    """Whole numbers of habit at an end of the column, with a wide gap to all other values."""
    ends = [value for value in (column.low, column.high) if value in _HIGH | _LOW]
    if column.kind is not Kind.NUMBER or not ends or column.n_distinct <= 2:
        return []
    cell = quoted(column.key)
    others = f"{cell} NOT IN ({', '.join(map(repr, ends))})"
    counts = ", ".join(f"count(*) FILTER ({cell} = {v!r}) AS n{i}" for i, v in enumerate(ends))
    row = table.session.rows(
        f"SELECT min({cell}) FILTER ({others}) AS low, max({cell}) FILTER ({others}) AS high, "
        f"{counts} FROM {quoted(table.name)}"
    )[0]
    if row["low"] is None:
        return []
    rest = (row["low"], row["high"])
    found = [(v, row[f"n{i}"]) for i, v in enumerate(ends) if _is_sentinel(v, *rest)]
    return [Proposal(column.name, f"{v:.0f}", n, "sentinel") for v, n in _frequent(found)]


def _is_sentinel(value: float, low: float, high: float) -> bool:
    """Far above all others; or the only negative value; or far below."""
    gap = value - high if value > high else low - value
    if value < 0 <= low and value in _LOW:
        return True
    habit = value in _HIGH if value > high else value in _LOW
    return habit and gap > FAR * max(high - low, 1.0)


def _frequent(found: Iterable[tuple[float, int]]) -> list[tuple[float, int]]:
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))
