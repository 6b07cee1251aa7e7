"""A codebook that came as a table: which column says what, and what its texts mean.

Enters: the rows of a table. Leaves: a :class:`Codebook` by the names of its variables, and what was
not understood. Refuses a table that names no variables, and to touch a customer;
``codebook_opening`` opens its file, ``codebook_use`` finds the columns that are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from segmentation.engine.duck import quoted
from segmentation.errors import NotACodebook
from segmentation.intake.codebook import Codebook, Entry, plain_name
from segmentation.intake.codebook_text import codes_in, pairs_in
from segmentation.intake.table import RawTable
from segmentation.notes import Note

Row = Mapping[str, str | None]
_HEADERS: Mapping[str, str] = {
    "variable": "variable|variables|var|name|item|column|field|variable name|variable id|item id|"
    "column name|field name|question id|变量|变量名|变量名称|字段|字段名|字段名称|列名|名称|题号|"
    "项目",
    "label": "label|variable label|question|question text|description|meaning|text|wording|title|"
    "标签|变量标签|题目|题干|问题|含义|说明|描述|变量含义|字段含义|字段说明",
    "values": "values|value labels|codes|coding|levels|categories|options|answers|scale|"
    "response options|取值|取值说明|选项|编码|值标签|答案|取值范围|编码说明|赋值",
    "code": "code|value|level|值|代码|码|选项编码|编码值",
    "value label": "value label|code label|level label|category|answer|option|meaning of code|"
    "value meaning|值含义|选项内容|选项标签|取值含义|代码含义|编码含义",
    "missing": "missing|missing values|missing codes|missing value|na|缺失|缺失值|缺失码|"
    "缺失值编码",
    "reversed": "reverse|reversed|reverse coded|reverse scored|reverse code|reverse item|"
    "is reversed|reversed item|direction|反向|反向题|反向计分|反向编码|是否反向|反向项|计分方向",
}
_ROLES = {word: role for role, words in _HEADERS.items() for word in words.split("|")}
_YES = re.compile(r"yes|y|true|t|1|x|r|-|rev(?:ersed?)?|neg(?:ative)?|√|✓|是|反|反向|负|负向")
_NO = re.compile(r"no|n|false|f|0|\+|pos(?:itive)?|normal|否|正|正向|不|无|×")
_UNFILLED = re.compile(r".*(?:[=:：→]|->|=>)\s*", re.DOTALL)
_SHOWN = 5
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class ReadCodebook:
    """A codebook by the names of its variables, and what of it was not understood.

    Of a workbook, which sheet it is, and all that there are.
    """

    codebook: Codebook
    notes: tuple[Note, ...]
    sheet: str | None = None
    sheets: tuple[str, ...] = ()


@dataclass(slots=True)
class _Draft:
    """An entry while its rows are read; what was said first holds."""

    name: str
    label: str = ""
    values: dict[str, str] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)
    is_reversed: bool | None = None
    unclear: list[str] = field(default_factory=list)
    n_unfilled: int = 0
    contradicts: bool = False


def read_codebook(rows: Sequence[Row]) -> ReadCodebook:
    """Read a table as a codebook.

    A table has a column of variable names; what the other columns are is known by their headers, in
    English or Chinese. Values may stand in one cell (``1=Male; 2=Female``) or one a row, where a
    blank name means the variable above. Rows of the same name, whatever its case, are about one
    variable; where two of them disagree the first holds.

    Parameters
    ----------
    rows : sequence of mapping of str to str or None
        The codebook's rows by its own column names.

    Returns
    -------
    ReadCodebook
        With notes on texts and columns that were not understood, on codes without a label and on
        rows that contradict each other.

    Raises
    ------
    NotACodebook
        When no column names the variables.

    Examples
    --------
    >>> read_codebook([{"Variable": "sex", "Values": "1=Male; 2=Female"}]).codebook["sex"].values
    (('1', 'Male'), ('2', 'Female'))
    """
    columns = list(dict.fromkeys(column for row in rows for column in row))
    roles = _roles(columns, rows)
    if "variable" not in roles:
        raise NotACodebook(columns=tuple(columns[:20]))
    drafts: dict[str, _Draft] = {}
    variable = ""
    for row in rows:
        cells = {role: (row.get(column) or "").strip() for role, column in roles.items()}
        variable = cells["variable"] or variable
        if variable:
            _add(drafts.setdefault(plain_name(variable), _Draft(variable)), cells)
    codebook = {draft.name: _entry(draft) for draft in drafts.values()}
    unread = [column for column in columns if column not in roles.values()]
    return ReadCodebook(codebook, _notes(drafts.values(), unread))


def rows_of(raw: RawTable) -> list[Row]:
    """Return the rows of a codebook that was read beside the customers' file.

    Parameters
    ----------
    raw : RawTable
        The codebook as :func:`~segmentation.intake.reading.read_file` read it.

    Returns
    -------
    list of mapping of str to str or None
        At most 20,000, by column name.
    """
    cells = ", ".join(quoted(f"r{i}") for i in range(len(raw.names)))
    rows = raw.session.rows(
        f"SELECT {cells} FROM {quoted(raw.table)} ORDER BY __row LIMIT {MOST_ROWS}"
    )
    return [{name: row[f"r{i}"] for i, name in enumerate(raw.names)} for row in rows]


def _roles(columns: Iterable[str], rows: Sequence[Row]) -> dict[str, str]:
    """Find which column says what; the first of two that say the same counts."""
    roles: dict[str, str] = {}
    for column in columns:
        words = plain_name(re.sub(r"[-_\s]+", " ", re.sub(r"[（(].*?[)）]", "", column)))
        role = _ROLES.get(words)
        if role:
            roles.setdefault(role, column)
    if "value label" in roles and "code" not in roles and "values" in roles:
        roles["code"] = roles.pop("values")
    if "value label" not in roles and _is_one_code_a_row(roles, rows):
        roles["code"] = roles.get("code") or roles.pop("values")
        roles["value label"] = roles.pop("label")
    if "code" in roles and "value label" not in roles:
        # A lone column called value or code holds them all; with a label beside, one a row.
        roles.setdefault("values", roles.pop("code"))
    return roles


def _is_one_code_a_row(roles: Mapping[str, str], rows: Sequence[Row]) -> bool:
    """Tell whether a label belongs to the code beside it rather than to the variable."""
    column = roles.get("code") or roles.get("values")
    if column is None or not {"variable", "label"} <= roles.keys():
        return False
    variables = [row.get(roles["variable"]) for row in rows]
    several = len(set(filter(None, variables))) < len(variables)
    codes = [text for row in rows if (text := (row.get(column) or "").strip())]
    return several and ("code" in roles or not any(pairs_in(text)[0] for text in codes))


def _add(draft: _Draft, cells: Mapping[str, str]) -> None:
    """Add a row to its variable's entry."""
    label, code = cells.get("label", ""), cells.get("code", "")
    if not code:  # the row above the codes of a variable says what the variable is
        label = label or cells.get("value label", "")
    draft.contradicts |= bool(label and draft.label and label != draft.label)
    draft.label = draft.label or label
    pairs, left = pairs_in(cells.get("values", ""))
    unfilled = [text for text in left if _UNFILLED.fullmatch(text)]
    draft.unclear += [text for text in left if text not in unfilled]
    draft.n_unfilled += len(unfilled)
    if code and not cells.get("value label"):
        draft.n_unfilled += 1
    elif code:
        pairs[code] = cells["value label"]
    missing = codes_in(cells.get("missing", ""))
    draft.missing |= dict.fromkeys(missing)
    for known, text in (*pairs.items(), *((c, t) for c, t in missing.items() if t)):
        draft.contradicts |= known not in missing and draft.values.get(known, text) != text
        draft.values.setdefault(known, text)
    _turn(draft, cells.get("reversed", ""))


def _turn(draft: _Draft, text: str) -> None:
    """Note whether a row says that its variable is reversed."""
    answer = text.casefold()
    if not answer:
        return
    said = bool(_YES.fullmatch(answer))
    if not said and not _NO.fullmatch(answer):
        draft.unclear.append(text)
        return
    draft.contradicts |= draft.is_reversed not in (None, said)
    draft.is_reversed = said if draft.is_reversed is None else draft.is_reversed


def _entry(draft: _Draft) -> Entry:
    values, missing = tuple(draft.values.items()), tuple(draft.missing)
    return Entry(draft.label, values, missing, bool(draft.is_reversed))


def _notes(drafts: Iterable[_Draft], unread: Sequence[str]) -> tuple[Note, ...]:
    notes = []
    drafts = list(drafts)
    unclear = [text[:60] for draft in drafts for text in draft.unclear]
    if unclear:
        shown = tuple(unclear[:_SHOWN])
        notes.append(Note.of("codebook-text-unclear", n=len(unclear), texts=shown))
    if n := sum(draft.n_unfilled for draft in drafts):
        notes.append(Note.of("codebook-codes-unlabelled", n=n))
    for code, names in (
        ("codebook-contradicts", [draft.name for draft in drafts if draft.contradicts]),
        ("codebook-columns-unread", unread),
    ):
        if names:
            notes.append(Note.of(code, n=len(names), names=tuple(names[:_SHOWN])))
    return tuple(notes)
