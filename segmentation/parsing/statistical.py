"""The values of an SPSS, Stata or SAS file as text, and what the file says about its variables.

Enters: a SAV, ZSAV, DTA, SAS7BDAT or XPT file, the latter two perhaps with a catalogue of formats.
Leaves: its values as text in an Arrow file, codes as codes, dates as ISO text; and a
:class:`ParsedVariable` a column. Refuses to replace a code by its label.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyreadstat

from segmentation.errors import CellTooLong, EmptyFile, TooManyColumns, UnreadableFile
from segmentation.parsing.sas_formats import Formats, formats_of, labels_of

Value = str | int | float | None
_CELLS_AT_ONCE: Final = 4_000_000
# Tried in turn where a text does not fit its own.
_ENCODINGS: Final = ("utf-8", "gb18030", "windows-1252")
_EXACT: Final = 1e21  # whole numbers are written out up to here
_DAY: Final = 86_400.0
_SPSS_EPOCH: Final = np.datetime64("1582-10-14", "s")
_EPOCH: Final = np.datetime64("1960-01-01", "s")
_YEARS: Final = (np.datetime64("0001-01-01", "s"), np.datetime64("9999-12-31T23:59:59", "s"))
_FORMAT: Final = re.compile(r"[A-Z]+(?:8601[A-Z]+)?")
_DAYS: Final = re.compile(
    r"[AEJS]?DATE|(?:MMDDYY|DDMMYY|YYMMDD)[BCDNPS]?|WEEKDAT[EX]|WORDDAT[EX]|MONYY|YYMM|MMYY|YYQ|"
    r"MOYR|QYR|WKYR|(?:E|B|IS)8601DA"
)
_MOMENTS: Final = re.compile(r"DATETIME|DTDATE|YMDHMS|DATEAMPM|MDYAMPM|(?:E|B|IS)8601D[TN]")
_TIMES: Final = re.compile(r"D?TIME|HHMM|TOD|TIMEAMPM|(?:E|B|IS)8601TM")
_READERS: Final[Mapping[str, Callable[..., Any]]] = {
    "spss": pyreadstat.read_sav,
    "stata": pyreadstat.read_dta,
    "sas": pyreadstat.read_sas7bdat,
    "sas-transport": pyreadstat.read_xport,
}


@dataclass(frozen=True, slots=True)
class ParsedVariable:
    """What a statistical file says about one of its variables.

    Attributes
    ----------
    name, label : str
        Its short name and its question; the latter may be blank.
    values : tuple of (str, str)
        Code as written and its label; numbers in ascending order.
    missing : tuple of (str or float, str or float)
        User-missing values: lowest and highest, equal for a single one; text for a text.
    is_ordered : bool
        Whether its measurement level is ordinal; only SPSS files say so.
    """

    name: str
    label: str
    values: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str | float, str | float], ...]
    is_ordered: bool = False


@dataclass(frozen=True, slots=True)
class ParsedStatistical:
    """What was found in a statistical file.

    Attributes
    ----------
    variables : tuple of ParsedVariable
    encoding : str or None
        Of its text, if known.
    unlabelled : bool
        Whether its catalogue of formats could not be read.
    """

    variables: tuple[ParsedVariable, ...]
    encoding: str | None
    unlabelled: bool = False


@dataclass(frozen=True, slots=True)
class StatisticalFile:
    """A statistical file, which is read a part at a time.

    Attributes
    ----------
    path, name : Path, str
        The name is for messages.
    form : str
        ``spss``, ``stata``, ``sas`` or ``sas-transport``.
    encoding : str or None
        Of its text; what the file says itself, or else what fits, when None.
    catalogue : Path or None
        Labels of a SAS file's values: its SAS7BCAT.
    """

    path: Path
    name: str
    form: str
    encoding: str | None = None
    catalogue: Path | None = None

    def read(self, **part: object) -> tuple[Mapping[str, Sequence[Value]], Any]:
        """Return columns, and what the file says of itself."""
        asked: dict[str, object] = {"encoding": self.encoding} if self.encoding else {}
        if self.form != "sas-transport":
            asked["user_missing"] = True
        return tuple(
            _READERS[self.form](
                str(self.path),
                output_format="dict",
                disable_datetime_conversion=True,
                **asked,
                **part,
            )
        )

    def parts(self, width: int) -> Iterator[tuple[Mapping[str, Sequence[Value]], Any]]:
        """Yield columns of as many rows as fit into memory, and what the file says of itself."""
        at_once, start, n = max(1, _CELLS_AT_ONCE // width), 0, 1
        while n:
            columns, about = self.read(row_offset=start, row_limit=at_once)
            n = len(next(iter(columns.values()), ()))
            yield columns, about
            start += n
            n = n if n == at_once else 0


def parse_statistical(
    file: StatisticalFile, target: Path, limits: tuple[int, int]
) -> ParsedStatistical:
    """Read a statistical file as text.

    Parameters
    ----------
    file : StatisticalFile
    target : Path
        Arrow file to write: one string column a variable (``0`` …), null where blank.
    limits : (int, int)
        Number of columns, and characters of one cell, allowed.

    Returns
    -------
    ParsedStatistical

    Raises
    ------
    UnreadableFile, EmptyFile, TooManyColumns, CellTooLong
    """
    reason = ""
    for tried in [file.encoding] if file.encoding else [None, *_ENCODINGS]:
        try:
            return _parse(replace(file, encoding=tried), target, limits)
        except UnicodeDecodeError as cause:
            reason = str(cause)
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as cause:
            reason = str(cause)
            if "encoding" not in reason:
                break
    raise UnreadableFile(name=file.name, detail=reason[:120])


def _parse(reader: StatisticalFile, target: Path, limits: tuple[int, int]) -> ParsedStatistical:
    most_columns, longest = limits
    names = reader.read(metadataonly=True)[1].column_names
    if not names:
        raise EmptyFile
    if len(names) > most_columns:
        raise TooManyColumns(n_columns=len(names), limit=most_columns)
    schema = pa.schema([(str(i), pa.string()) for i in range(len(names))])
    about: Any = None
    with pa.ipc.new_file(target, schema) as file:
        for columns, about in reader.parts(len(names)):
            texts = [
                pa.array(
                    _texts(columns[each], _how(each, reader.form, about), longest), pa.string()
                )
                for each in names
            ]
            file.write_batch(pa.record_batch(texts, schema=schema))
    formats = formats_of(reader.catalogue, reader.encoding) if reader.catalogue else {}
    variables = tuple(_variable(each, about, formats or {}) for each in names)
    return ParsedStatistical(variables, reader.encoding or about.file_encoding, formats is None)


@dataclass(frozen=True, slots=True)
class _How:
    """How a column's values are stored: seconds of one unit, the epoch, and what is shown."""

    shown: str = ""  # "D" a day, "s" a moment, "t" a time of day, "M" a month; blank for a number
    unit: float = 1.0
    epoch: np.datetime64 = _EPOCH
    single: bool = False  # stored in single precision


def _how(name: str, form: str, about: Any) -> _How:
    written, stored = about.original_variable_types[name] or "", about.readstat_variable_types[name]
    if stored == "string":
        return _How()
    if form == "stata":
        return _how_in_stata(written, stored)
    found = _FORMAT.match(written)
    kind = found.group() if found else ""
    epoch = _SPSS_EPOCH if form == "spss" else _EPOCH
    if _DAYS.fullmatch(kind):
        return _How("D", 1.0 if form == "spss" else _DAY, epoch)
    if _MOMENTS.fullmatch(kind):
        return _How("s", 1.0, epoch)
    return _How("t") if _TIMES.fullmatch(kind) else _How()


def _how_in_stata(written: str, stored: str) -> _How:
    shown = written.replace("-", "")
    if shown.startswith(("%td", "%d")):
        return _How("D", _DAY)
    if shown.lower().startswith("%tc"):
        return _How("s", 0.001)
    return _How("M") if shown.startswith("%tm") else _How(single=stored == "float")


def _texts(values: Sequence[Value], how: _How, longest: int) -> list[str | None]:
    """Write values as text; each different one once, because codes repeat."""
    different = set(values)
    dates = _dates([v for v in different if isinstance(v, int | float)], how)
    is_number = bool(dates) or any(isinstance(v, int | float) for v in different)
    texts = {v: dates.get(v) or _text(v, is_number, how.single) for v in different}
    if any(len(text) > longest for text in texts.values() if text):
        raise CellTooLong(limit_mb=longest // 1_000_000)
    return [texts[v] for v in values]


def _text(value: Value, is_number: bool, single: bool = False) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        # A letter among numbers is a reason for having none: .a in Stata, .A in SAS.
        return f".{value}" if is_number and len(value) == 1 else value.replace("\0", "")
    if not np.isfinite(value):
        return None
    if float(value).is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return str(np.float32(value)) if single else repr(float(value))


def _dates(values: Iterable[float], how: _How) -> dict[Value, str]:
    """Write numbers as dates or times; those that are none, or of no year of ours, stay away."""
    numbers = np.array([v for v in values if np.isfinite(v)], dtype=float)
    if not how.shown or not numbers.size:
        return {}
    if how.shown == "t":
        return {v: _time(v) for v in numbers.tolist()}
    if how.shown == "M":
        within = numbers[np.abs(numbers) < 12 * 1900]
        months = np.datetime64("1960-01", "M") + within.astype("timedelta64[M]")
        return dict(zip(within.tolist(), months.astype(str).tolist(), strict=True))
    seconds = np.round(numbers * how.unit)
    first, last = (float((year - how.epoch).astype(np.int64)) for year in _YEARS)
    within = (first <= seconds) & (seconds <= last)
    moments = how.epoch + seconds[within].astype("timedelta64[s]")
    texts = moments.astype(f"datetime64[{how.shown}]").astype(str).tolist()
    return {
        v: text.replace("T", " ").removesuffix(" 00:00:00")
        for v, text in zip(numbers[within].tolist(), texts, strict=True)
    }


def _time(seconds: float) -> str:
    minutes, rest = divmod(abs(round(seconds)), 60)
    return f"{'-' * (seconds < 0)}{minutes // 60:02}:{minutes % 60:02}:{rest:02}"


def _variable(name: str, about: Any, formats: Formats) -> ParsedVariable:
    is_number = about.readstat_variable_types[name] != "string"
    labels = about.variable_value_labels.get(name, {})
    if formats:
        labels = labels_of(about.original_variable_types[name] or "", formats)
    codes = sorted(labels, key=lambda code: (isinstance(code, str), code if is_number else ""))
    values = tuple((_text(code, is_number) or "", str(labels[code])) for code in codes)
    ranges = [(_code(r["lo"]), _code(r["hi"])) for r in about.missing_ranges.get(name, [])]
    letters = [f".{letter}" for letter in about.missing_user_values.get(name, [])]
    return ParsedVariable(
        name=name,
        label=about.column_names_to_labels.get(name) or "",
        values=values,
        missing=(*ranges, *((each, each) for each in letters)),
        is_ordered=about.variable_measure.get(name) == "ordinal",
    )


def _code(value: str | float) -> str | float:
    return value if isinstance(value, str) else float(value)
