"""What stands below the customers without being one: totals, sources, notes.

Enters: the last records of a table. Leaves: how many of them to set aside, and why. Refuses to set
aside a row that may be a customer: totals stand at the very end, begin with a word for totals, and
have most other text cells blank; a note stands alone in its row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from segmentation.intake.header import numeric_columns
from segmentation.intake.records import Record

TEXT_CUT = 500
_HASH = ("#", " ", "\t")
_TOTALS = re.compile(
    r"(?:(?:grand |sub-?)?totals?|sum|overall|average|mean|avg|count|gesamt(?:summe)?|insgesamt|"
    r"(?:zwischen)?summe|durchschnitt|total g[eé]n[eé]ral|somme|moyenne|totale|somma|media|suma|"
    r"promedio|totaal|gemiddelde|totalt|yhteensä|ogółem|razem|celkem|spolu|összesen|"
    r"(?:genel )?toplam|итого|всего|合计|总计|总和|总额|小计|共计|汇总|平均值?|均值|合計|總計|總和|"
    r"小計|総計|計|합계|총계)(?:\s*[(（].*[)）])?[\s:：.*]*",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:sources?|notes?|remarks?|legend|generated|exported|created|printed|copyright|disclaimer|"
    r"quelle|anmerkung|hinweis|fuente|nota|fonte|bron|źródło|zdroj|источник|примечание|"
    r"数据来源|资料来源|來源|来源|注|备注|備註|说明|說明|制表|导出|出典|注記)(?:\b|(?<=[\u4e00-\u9fff]))\s*"
    r"(?:[:：]|(?:on|by|at|from|am|von|le|el|il)\b|时间|人|于).*|©.*|\*+\s?\w.*|"
    r"end of (?:file|report|list)\.?$|"
    r"\(?\d+\s+(?:rows?|records?|results?|lines?|entries)\)?\.?|[(（]?共\s*\d+\s*[条行筆笔].*",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED = re.compile(r"\(?\w{1,2}[).]\s|[*†‡¹²³]")
_RULER = re.compile(r"[\s:|+=_*#-]*[-=_*#]{3,}[\s:|+=_*#-]*")
_MOST_ROWS = 20
_SENTENCE, _LONG_SENTENCE = 4, 8


@dataclass(frozen=True, slots=True)
class Reject:
    """A row of the file that is no customer.

    Attributes
    ----------
    line : int
        1-based line in the file.
    reason : str
        ``totals``, ``note``, ``ruler``, ``comment``, ``repeated-header`` or ``another-table``.
    text : str
        As written, cut at 500 characters.
    """

    line: int
    reason: str
    text: str

    @classmethod
    def of(cls, record: Record, reason: str, before: int = 0) -> Reject:
        """Set a record aside that begins ``before`` lines further down in the file."""
        text = record.text.replace("\0", "").rstrip("\r\n")
        return cls(record.line + before, reason, text[:TEXT_CUT])


def is_comment(record: Record) -> bool:
    """Tell whether a record is a comment: a line that begins with #, and no second cell."""
    first = record.cells[0]
    return first[:1] in _HASH and first.lstrip().startswith("#") and record.filled == 1


def rows_below(
    records: Sequence[Record], width: int, *, comments: bool = True
) -> list[tuple[int, str]]:
    """Find the last records that are no customers.

    Parameters
    ----------
    records : sequence of Record
        The last rows of a table, without its header; blank ones may be among them.
    width : int
        Its number of columns.
    comments : bool
        Whether a line of one cell that begins with # is a comment.

    Returns
    -------
    list of (int, str)
        Positions to set aside and why, from the end upwards; blank records in between have no
        entry.
    """
    found: list[tuple[int, str]] = []
    body = [record.cells for record in records[:-_MOST_ROWS] or records[:1] if record.filled]
    numeric = set(numeric_columns([*body, *(r.cells for r in records[-_MOST_ROWS:])], width))
    for i in range(len(records) - 1, max(-1, len(records) - 1 - _MOST_ROWS), -1):
        record = records[i]
        if not record.filled:
            continue
        if comments and is_comment(record) and width > 1:
            found.append((i, "comment"))
        elif is_note(record, width, apart=i > 0 and not records[i - 1].filled):
            found.append((i, "note"))
        elif is_totals(record, width, numeric):
            found.append((i, "totals"))
        else:
            break
    return found


def is_ruler(record: Record) -> bool:
    """Tell whether a row is a line drawn with signs."""
    filled = [cell.strip() for cell in record.cells if cell.strip()]
    return bool(filled) and all(_RULER.fullmatch(cell) for cell in filled)


def is_totals(record: Record, width: int, numeric: set[int]) -> bool:
    """Tell whether a row says totals, not a customer.

    Parameters
    ----------
    record : Record
    width : int
        Columns of the table.
    numeric : set of int
        Those of numbers.
    """
    cells = [cell.strip() for cell in record.cells[:width]]
    first = next((i for i, cell in enumerate(cells) if cell), 0)
    if width < 2 or not _TOTALS.fullmatch(cells[first]):
        return False
    others = [i for i in range(width) if i not in numeric and i != first]
    blank = sum(1 for i in others if i >= len(cells) or not cells[i])
    return not others or blank > len(others) / 2


def is_note(record: Record, width: int, *, apart: bool = False) -> bool:
    """Tell whether a row is a remark below the table: a source, a date of export, a rule.

    Parameters
    ----------
    record : Record
    width : int
        Columns of the table.
    apart : bool
        Whether a blank line stands above it: then a shorter sentence is a remark, too.
    """
    text = record.cells[0].strip()
    alone = record.filled == 1
    if is_ruler(record):
        return True
    if width < 2 or not text or not (alone or len(record.cells) < width):
        return False
    n_words = len(text.split())
    sentence = alone and (n_words >= _LONG_SENTENCE or (apart and n_words >= _SENTENCE))
    sentence = sentence or (alone and n_words >= _SENTENCE and bool(_NUMBERED.match(text)))
    return bool(_NOTE.match(text)) or sentence
