"""A codebook that came as a table: which column says what, and what its texts mean.

Enters: the rows of a table, and the names of the columns that it describes. Leaves: a
:class:`Codebook` and what did not fit. Refuses to touch a customer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from segmentation.engine.duck import quoted
from segmentation.errors import NotACodebook
from segmentation.intake.codebook import Codebook, Entry
from segmentation.intake.codebook_text import codes_in, pairs_in
from segmentation.intake.kinds import MISSING_MARKERS, trimmed
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
_SHOWN = 5
_MOST_LEVELS = 200
_MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class ReadCodebook:
    """A codebook by column name, and what of it did not fit."""

    codebook: Codebook
    notes: tuple[Note, ...]


@dataclass(slots=True)
class _Draft:
    """An entry while its rows are read."""

    label: str = ""
    values: dict[str, str] | None = None
    missing: dict[str, None] | None = None
    is_reversed: bool = False


def read_codebook(names: Sequence[str], rows: Sequence[Row]) -> ReadCodebook:
    """Read a table as a codebook.

    A table has a column of variable names; what the other columns are is known by their headers, in
    English or Chinese. Values may stand in one cell (``1=Male; 2=Female``) or one a row, where a
    blank name means the variable above.

    Parameters
    ----------
    names : sequence of str
        Columns of the customers' file; a variable is matched ignoring case and blanks around it.
    rows : sequence of mapping of str to str or None
        The codebook's rows by its own column names.

    Returns
    -------
    ReadCodebook
        With notes on variables that the file lacks and on texts that were not understood.

    Raises
    ------
    NotACodebook
        When no column names the variables.

    Examples
    --------
    >>> rows = [{"Variable": "sex", "Values": "1=Male; 2=Female"}]
    >>> read_codebook(["Sex"], rows).codebook["Sex"].values
    (('1', 'Male'), ('2', 'Female'))
    """
    columns = list(dict.fromkeys(column for row in rows for column in row))
    roles = _roles(columns, rows)
    if "variable" not in roles:
        raise NotACodebook(columns=tuple(columns[:20]))
    own = {_plain(name): name for name in reversed(names)}
    drafts: dict[str, _Draft] = {}
    unmatched: dict[str, None] = {}
    unclear: list[str] = []
    variable = ""
    for row in rows:
        cells = {role: (row.get(column) or "").strip() for role, column in roles.items()}
        variable = cells["variable"] or variable
        if _plain(variable) in own:
            draft = drafts.setdefault(own[_plain(variable)], _Draft())
            unclear += _add(draft, cells)
        elif variable:
            unmatched[variable] = None
    codebook = {name: _entry(draft) for name, draft in drafts.items()}
    return ReadCodebook(codebook, _notes(codebook, unmatched, unclear))


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
        f"SELECT {cells} FROM {quoted(raw.table)} ORDER BY __row LIMIT {_MOST_ROWS}"
    )
    return [{name: row[f"r{i}"] for i, name in enumerate(raw.names)} for row in rows]


def codes_not_matched(raw: RawTable, codebook: Codebook) -> tuple[Note, ...]:
    """Compare the codes that a codebook explains with those that occur.

    Parameters
    ----------
    raw : RawTable
        The customers' file.
    codebook : Codebook

    Returns
    -------
    tuple of Note
        By column: codes that never occur, and values that the codebook does not explain. A column
        where nothing fits, or with more than 200 different values, gives one note only.
    """
    notes = []
    for name, entry in codebook.items():
        if name in raw.names and entry.values:
            known = {_number(code): code for code, _ in entry.values}
            known |= {_number(code): code for code in entry.missing}
            found = _occurring(raw, name)
            unused = [code for key, code in known.items() if key not in found]
            unknown = [found[key] for key in found if key not in known]
            explained = [code for code in unused if code not in entry.missing]
            notes += _told("codebook-codes-unused", name, explained)
            notes += _told("codebook-codes-unknown", name, unknown)
    return tuple(notes)


def _told(code: str, name: str, codes: Sequence[str]) -> list[Note]:
    if not codes:
        return []
    return [Note.of(code, n=len(codes), name=name, codes=tuple(codes[:_SHOWN]))]


def _occurring(raw: RawTable, name: str) -> dict[str, str]:
    cell = trimmed(f"r{raw.names.index(name)}")
    rows = raw.session.rows(
        f"SELECT DISTINCT {cell} AS text FROM {quoted(raw.table)} "
        f"WHERE {cell} IS NOT NULL ORDER BY text LIMIT {_MOST_LEVELS}"
    )
    texts = [str(row["text"]) for row in rows]
    return {_number(text): text for text in texts if text.lower() not in MISSING_MARKERS}


def _number(code: str) -> str:
    """Return a code so that 1, 1.0 and 01.00 compare as one number; others as they are."""
    plain = code.strip().casefold()
    whole = re.fullmatch(r"([-+]?)0*(\d+)(?:\.0+)?", plain)
    return f"{whole[1].replace('+', '')}{whole[2]}" if whole else plain


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _roles(columns: Iterable[str], rows: Sequence[Row]) -> dict[str, str]:
    """Find which column says what; the first of two that say the same counts."""
    roles: dict[str, str] = {}
    for column in columns:
        words = _plain(re.sub(r"[-_\s]+", " ", re.sub(r"[（(].*?[)）]", "", column)))
        role = _ROLES.get(words)
        if role:
            roles.setdefault(role, column)
    if "value label" in roles and "code" not in roles and "values" in roles:
        roles["code"] = roles.pop("values")
    if {"code", "label", "variable"} <= roles.keys() and "value label" not in roles:
        variables = [row.get(roles["variable"]) for row in rows]
        if len(set(filter(None, variables))) < len(variables):  # several rows a variable
            roles["value label"] = roles.pop("label")
    if "code" in roles and "value label" not in roles:
        # A lone column called value or code holds them all; with a label beside, one a row.
        roles.setdefault("values", roles.pop("code"))
    return roles


def _add(draft: _Draft, cells: Mapping[str, str]) -> list[str]:
    """Add a row to its variable's entry; return the texts that were not understood."""
    unclear = []
    draft.label = draft.label or cells.get("label", "")
    values = dict(draft.values or {})
    pairs, left = pairs_in(cells.get("values", ""))
    values |= pairs
    unclear += left
    if cells.get("code"):
        values[cells["code"]] = cells.get("value label", "")
    missing = codes_in(cells.get("missing", ""))
    draft.missing = (draft.missing or {}) | dict.fromkeys(missing)
    draft.values = values | {c: t for c, t in missing.items() if t and c not in values}
    answer = cells.get("reversed", "").casefold()
    draft.is_reversed = draft.is_reversed or bool(_YES.fullmatch(answer))
    if answer and not (_YES.fullmatch(answer) or _NO.fullmatch(answer)):
        unclear.append(cells["reversed"])
    return unclear


def _entry(draft: _Draft) -> Entry:
    return Entry(
        draft.label,
        tuple((draft.values or {}).items()),
        tuple(draft.missing or {}),
        draft.is_reversed,
    )


def _notes(
    codebook: Codebook, unmatched: Mapping[str, None], unclear: Sequence[str]
) -> tuple[Note, ...]:
    notes = [Note.of("codebook-read", n=len(codebook))]
    if unmatched:
        names = tuple(list(unmatched)[:_SHOWN])
        notes.append(Note.of("codebook-unmatched", n=len(unmatched), names=names))
    if unclear:
        texts = tuple(text[:60] for text in unclear[:_SHOWN])
        notes.append(Note.of("codebook-text-unclear", n=len(unclear), texts=texts))
    return tuple(notes)
