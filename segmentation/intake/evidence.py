"""What the shapes of a column speak for: numbers in which style, dates in which form, yes or no.

Enters: the shapes of one column. Leaves: :class:`Evidence`, counts of cells. Refuses to decide:
``choosing`` does.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from segmentation.intake.dates import SERIALS, Form, clock_format, form_of, has_short_year
from segmentation.intake.kinds import (
    NO_WORDS,
    NUMERIC_MISSING_MARKERS,
    TICKS,
    YES_WORDS,
    Style,
    Unit,
)
from segmentation.intake.numbers import LONGEST, currency, is_code, is_separated, writings
from segmentation.intake.scanned import Shape, Shapes

_DIGIT = re.compile(r"[0-9\uff10-\uff19]")
_BINARY = re.compile(r"([01])(?:\.0+)?")
_DIGITS_ONLY = re.compile(r"\d+", re.ASCII)
Writing = tuple[Style, Unit]


@dataclass(slots=True)
class Evidence:
    """Counts of the sample's cells, by what they can be read as.

    Attributes
    ----------
    filled, n_blank : int
        Cells with a value, missing markers not counted, and cells without text.
    numbers : Counter of (Style, Unit)
        A cell that is a number in both styles counts in both.
    separated : int
        Numbers with a point or comma.
    forms : Counter of Form
        Dates by form.
    yesno : int
        Cells that are a word for yes or no, 1 or 0; ``words`` are these words.
    codes, serials, short_years : int
        Codes such as 007, numbers that can be serial days, dates with two-digit years.
    lengths : Counter of int
        Whole numbers without sign, by their number of digits.
    currencies, ticks, separators : Counter of str
        Numbers by currency, marks of ticked boxes, texts by the separators of lists in them.
    examples : dict of str to str
        A text of the most frequent shape of a number, a separated number, a date.
    quick : str or None
        The engine's format of the most frequent numeric date.
    """

    filled: int = 0
    n_blank: int = 0
    numbers: Counter[Writing] = field(default_factory=Counter)
    separated: int = 0
    forms: Counter[Form] = field(default_factory=Counter)
    yesno: int = 0
    words: set[str] = field(default_factory=set)
    codes: int = 0
    serials: int = 0
    short_years: int = 0
    lengths: Counter[int] = field(default_factory=Counter)
    currencies: Counter[str] = field(default_factory=Counter)
    ticks: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    quick: str | None = None

    def count(self, style: Style, unit: Unit) -> int:
        """Cells that are a number in this style with this unit."""
        return self.numbers[style, unit]


def evidence_of(shapes: Shapes) -> Evidence:
    """Count what the shapes of one column speak for.

    Parameters
    ----------
    shapes : Shapes

    Returns
    -------
    Evidence

    Examples
    --------
    >>> found = evidence_of(Shapes(3, 0, (Shape("1,5", "9,5", 2), Shape("7", "7", 1))))
    >>> found.count(Style.COMMA, Unit.NONE), found.count(Style.POINT, Unit.NONE)
    (3, 1)
    """
    found = Evidence(filled=shapes.n_texts, n_blank=shapes.n_blank)
    for shape in sorted(shapes.listed, key=lambda shape: (-shape.n, shape.low)):
        text = shape.low
        if len(text) > LONGEST:
            continue
        _count_words(found, shape)
        if text.lower() in NUMERIC_MISSING_MARKERS:
            found.filled -= shape.n
        elif _DIGIT.search(text):
            _count_number(found, shape)
            _count_date(found, shape)
    return found


def _count_words(found: Evidence, shape: Shape) -> None:
    """A shape of one text is a word; the texts 0 and 1 have shapes of their own or share one."""
    if shape.low != shape.high:
        return
    word = shape.low.lower()
    binary = _BINARY.fullmatch(word)
    if binary or word in YES_WORDS or word in NO_WORDS:
        found.yesno += shape.n
        found.words.add(binary[1] if binary else word)
    if word in TICKS:
        found.ticks[shape.low] += shape.n


def _count_number(found: Evidence, shape: Shape) -> None:
    text, n = shape.low, shape.n
    is_date = form_of(text) is not None and not has_short_year(text)
    if is_code(text) and not is_date:  # 08.02.2024 begins like a code
        found.codes += n
    if not (ways := writings(text)):
        return
    for way in ways:
        found.numbers[way] += n
    found.examples.setdefault("number", text)
    if is_separated(text):
        found.separated += n
        found.examples.setdefault("separated", text)
    if _DIGITS_ONLY.fullmatch(text):
        found.lengths[len(text)] += n
    if money := currency(text):
        found.currencies[money] += n
    if _is_serial(text) and _is_serial(shape.high):
        found.serials += n


def _is_serial(text: str) -> bool:
    low, high = SERIALS
    return bool(re.fullmatch(r"\d{5}(?:\.\d+)?", text)) and low <= float(text) <= high


def _count_date(found: Evidence, shape: Shape) -> None:
    form = form_of(shape.low)
    if form is None:
        return
    found.forms[form] += shape.n
    found.examples.setdefault("date", shape.high)
    if form is Form.NUMERIC and found.quick is None:
        found.quick = clock_format(shape.low)
    if has_short_year(shape.low):
        found.short_years += shape.n
