"""What stands below the customers without being one: totals, sources, notes.

Enters: the last records of a table. Leaves: how many of them to set aside, and why. Refuses to set
aside a row that may be a customer: totals stand at the very end, begin with a word for totals, and
have numbers beside it and no words; a note stands alone in its row. Words that are names as well
(Max, Media) count only where the numbers are what they say.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segmentation.intake.header import numeric_columns
from segmentation.intake.numbers import numberlike
from segmentation.intake.records import Record
from segmentation.intake.sums import Statistic, could_be_sums, is_statistic
from segmentation.notes import Note

TEXT_CUT = 500
_HASH = ("#", " ", "\t")
# Words for totals, and for what stands beside them; one list for texts and sheets.
_TOTALS = (
    r"(?:grand |sub-?\s?|overall |sum )?totals?|overall|all customers|gesamt(?:summe)?|insgesamt|"
    r"(?:zwischen)?summe|total g[eé]n[eé]ral|sous-total|somme|totale|totaal|totalt|yhteensä|ogółem|"
    r"razem|celkem|spolu|összesen|(?:genel )?toplam|итого|всего|合计|总计|总和|总额|小计|总共|共计|"
    r"汇总|合計|總計|總和|小計|総計|計|합계|총계|소계"
)
_MEANS = (
    r"average|mean|avg|median|durchschnitt|mittelwert|moyenne|promedio|gemiddelde|"
    r"平均(?:值|数|値)?|均值|中位数"
)
# These are names of people, too: alone they say nothing.
_NAMES = {
    Statistic.SUM: r"sum|suma|somma",
    Statistic.MEAN: r"media",
    Statistic.COUNT: r"count",
    None: r"max(?:imum)?|min(?:imum)?",
}
_LABEL = r"(?:\s*[(（].*[)）])?[\s:：.*]*"
_TOTALS_ROW = re.compile(rf"(?:{_TOTALS}){_LABEL}", re.IGNORECASE)
_MEANS_ROW = re.compile(rf"(?:{_MEANS}){_LABEL}", re.IGNORECASE)
_NAMED_ROW = {
    statistic: re.compile(rf"(?:{words}){_LABEL}", re.IGNORECASE)
    for statistic, words in _NAMES.items()
}
_NOTE = re.compile(
    r"(?:sources?|notes?|remarks?|legend|generated|exported|created|printed|copyright|disclaimer|"
    r"quelle|anmerkung|hinweis|fuente|nota|fonte|bron|źródło|zdroj|источник|примечание|"
    r"数据来源|资料来源|來源|来源|注释?|备注|備註|说明|說明|制表|导出|出典|注記)(?:\b|(?<=[\u4e00-\u9fff]))\s*"
    r"(?:[:：]|(?:on|by|at|from|am|von|le|el|il)\b|时间|人|于).*|©.*|\*+\s?\w.*|"
    r"end of (?:file|report|list)\.?$|"
    r"\(?\d+\s+(?:rows?|records?|results?|lines?|entries)\)?\.?|[(（]?共\s*\d+\s*[条行筆笔].*",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED = re.compile(r"\(?\w{1,2}[).]\s|[*†‡¹²³]")
_RULER = re.compile(r"[\s:|+=_*#-]*[-=_*#]{3,}[\s:|+=_*#-]*")
_MOST_ROWS = 20
_JUDGED = 50
_MOST_SUMMED = 100_000  # rows
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


def odd_one(record: Record, header: Record | None, *, comments: bool) -> str | None:
    """Say why a record among the customers is none: a comment, or the names again.

    Parameters
    ----------
    record : Record
    header : Record or None
        The last row of names.
    comments : bool
        Whether a line of one cell that begins with # is a comment.

    Returns
    -------
    str or None
        The reason; None for a customer.
    """
    if comments and is_comment(record):
        return "comment"
    return "repeated-header" if header and record.cells == header.cells else None


def set_aside_notes(counts: Mapping[str, int]) -> list[Note]:
    """Say how many rows were set aside, by reason."""
    return [Note.of("rows-set-aside", n=n, reason=reason) for reason, n in sorted(counts.items())]


def rows_below(
    records: Sequence[Record], width: int, *, comments: bool = True, whole: bool = True
) -> list[tuple[int, str]]:
    """Find the last records that are no customers.

    Parameters
    ----------
    records : sequence of Record
        The rows of a table, or its last ones, without its header; blank ones may be among them.
    width : int
        Its number of columns.
    comments : bool
        Whether a line of one cell that begins with # is a comment.
    whole : bool
        Whether they are all rows of the table.

    Returns
    -------
    list of (int, str)
        Positions to set aside and why, from the end upwards; blank records in between have no
        entry.
    """
    found: list[tuple[int, str]] = []
    table = _Table(records, width, whole)
    for i in range(len(records) - 1, max(-1, len(records) - 1 - _MOST_ROWS), -1):
        record = records[i]
        if not record.filled:
            continue
        if comments and is_comment(record) and width > 1:
            found.append((i, "comment"))
        elif is_note(record, width, apart=i > 0 and not records[i - 1].filled):
            found.append((i, "note"))
        elif table.has_totals_at(i):
            found.append((i, "totals"))
        else:
            break
    return found


class _Table:
    """The rows of a table in which the last ones may be totals."""

    def __init__(self, records: Sequence[Record], width: int, whole: bool) -> None:
        self._records, self._width, self._whole = records, width, whole
        body = (r.cells for r in records[:-_MOST_ROWS] or records[:1] if r.filled)
        first = list(itertools.islice(body, _JUDGED))
        last = [r.cells for r in records[-_MOST_ROWS:]]
        self._numeric = numeric_columns([*first, *last], width)

    def has_totals_at(self, i: int) -> bool:
        """Tell whether a row says totals, not a customer."""
        cells = [cell.strip() for cell in self._records[i].cells[: self._width]]
        label = next((j for j, cell in enumerate(cells) if cell), 0)
        others = {j: cell for j, cell in enumerate(cells) if cell and j != label}
        if self._width < 2 or not any(map(numberlike, others.values())):
            return False
        worded = not all(map(numberlike, others.values()))
        word = cells[label]
        if _TOTALS_ROW.fullmatch(word):
            return self._says_totals(i, label, others, worded=worded)
        if _MEANS_ROW.fullmatch(word) and not worded:
            apart = self._has_text_beside(label) or not self._whole
            return apart or self._says(i, others, Statistic.MEAN) or self._follows_totals(i)
        named = [each for each, pattern in _NAMED_ROW.items() if pattern.fullmatch(word)]
        if not named or worded:
            return False
        return self._says(i, others, named[0]) or self._follows_totals(i)

    def _says_totals(self, i: int, label: int, others: dict[int, str], *, worded: bool) -> bool:
        if worded:  # most text cells are blank, and the numbers are right
            texts = [j for j in range(self._width) if j not in self._numeric and j != label]
            blank = sum(1 for j in texts if j not in others)
            return 2 * blank > len(texts) and self._says(i, others, Statistic.SUM)
        if self._has_text_beside(label):
            return True
        return could_be_sums(others, self._above(i), self._numeric)

    def _has_text_beside(self, label: int) -> bool:
        """Tell whether the table has a text column that a totals row leaves blank."""
        return any(j not in self._numeric and j != label for j in range(self._width))

    def _says(self, i: int, others: dict[int, str], statistic: Statistic | None) -> bool:
        if statistic is None or not self._whole or i > _MOST_SUMMED:
            return False
        return is_statistic(others, self._above(i), self._numeric, statistic)

    def _above(self, i: int) -> list[list[str]]:
        start = max(0, i - _MOST_SUMMED)
        return [record.cells for record in self._records[start:i] if record.filled]

    def _follows_totals(self, i: int) -> bool:
        """Tell whether the row stands right below one of totals."""
        return i > max(0, len(self._records) - _MOST_ROWS) and self.has_totals_at(i - 1)


def is_ruler(record: Record) -> bool:
    """Tell whether a row is a line drawn with signs."""
    filled = [cell.strip() for cell in record.cells if cell.strip()]
    return bool(filled) and all(_RULER.fullmatch(cell) for cell in filled)


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
    reach = max((i for i, cell in enumerate(record.cells) if cell.strip()), default=0) + 1
    short = len(record.cells) < width or 2 * reach <= width
    if width < 2 or not text or not (alone or short):
        return False
    n_words = len(text.split())
    sentence = alone and (n_words >= _LONG_SENTENCE or (apart and n_words >= _SENTENCE))
    sentence = sentence or (alone and n_words >= _SENTENCE and bool(_NUMBERED.match(text)))
    return bool(_NOTE.match(text)) or sentence
