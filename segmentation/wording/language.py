"""A language: its sentences, numbers, shares and dates.

Enters: a language code. Leaves: :class:`Words`, which turns English source sentences with named
values into the reader's language. Refuses to know pages. Sentences are plain text; a page that
shows one where Markdown is read escapes it.
"""

from __future__ import annotations

import datetime as dt
import gettext
import math
import re
import string
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import (
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
)

Language = Literal["en", "zh_CN"]
LANGUAGES: Mapping[Language, str] = {"en": "English", "zh_CN": "简体中文"}
DOMAIN = "messages"
# A smaller number would be written as a zero with a sign.
NOTHING = 5e-5
LOCALE_FOLDER = Path(__file__).parents[2] / "locale"


def mark(message: str) -> str:
    """Mark a sentence for translation where it is only listed, not yet said."""
    return message


def mark_plural(one: str, many: str) -> tuple[str, str]:
    """Mark a sentence with two forms for translation where it is only listed."""
    return one, many


def language_of(locale: str | None) -> Language:
    """Return the language that suits a browser's or system's locale.

    Examples
    --------
    >>> language_of("zh-TW"), language_of("de-DE")
    ('zh_CN', 'en')
    """
    return "zh_CN" if (locale or "").lower().startswith("zh") else "en"


class _Formatter(string.Formatter):
    """``{share:percent}``, ``{n:count}``, ``{x:number}``, ``{names:list}`` in a language."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "percent":
            return self._words.percent(float(value))
        if format_spec == "count":
            return self._words.count(value)
        if format_spec == "number":
            return self._words.number(float(value))
        if format_spec == "list":
            return self._words.listed(value)
        return str(super().format_field(value, format_spec))


class Words:
    """One language's voice. Call it with an English sentence and the sentence's values.

    Parameters
    ----------
    language : {"en", "zh_CN"}
        Which catalogue speaks.

    Examples
    --------
    >>> Words("en")("{n:count} customers", n=12000)
    '12,000 customers'
    """

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._catalogue = gettext.translation(
            DOMAIN, LOCALE_FOLDER, [language], fallback=language == "en"
        )
        self._formatter = _Formatter(self)

    def __call__(self, message: str, **values: Any) -> str:
        """Say a sentence; ``{name}`` and ``{name:percent}`` in it take the values."""
        translated = self._catalogue.gettext(message)
        return self._formatter.vformat(translated, (), values) if values else translated

    def plural(self, one: str, many: str, n: int, **values: Any) -> str:
        """Say the form of a sentence that suits ``n``."""
        translated = self._catalogue.ngettext(one, many, n)
        return self._formatter.vformat(translated, (), {"n": n, **values})

    def count(self, n: float) -> str:
        """Write a whole number with the language's grouping."""
        return str(format_decimal(n, format="#,##0", locale=self.language))

    def number(self, x: float) -> str:
        """Write a number with about three significant digits; a dash where there is none."""
        if math.isnan(x):
            return "–"
        size = abs(x)
        if size < NOTHING:
            return "0"
        pattern = "#,##0" if size >= 100 else "#,##0.#" if size >= 10 else "#,##0.##"
        if 0 < size < 0.1:
            pattern = "#,##0.####"
        return str(format_decimal(x, format=pattern, locale=self.language))

    def compact(self, x: float) -> str:
        """Write a large number short: 12K, 1.2万."""
        return str(format_compact_decimal(x, locale=self.language, fraction_digits=1))

    def percent(self, share: float) -> str:
        """Write a share in [0, 1] as percent; a dash where there is none."""
        if math.isnan(share):
            return "–"
        pattern = "#,##0%" if share in (0.0, 1.0) or share >= 0.1 else "#,##0.0%"
        return str(format_percent(share, format=pattern, locale=self.language))

    def money(self, amount: float, currency: str) -> str:
        """Write an amount of a currency, in full units from 100 on; a dash where there is none.

        Examples
        --------
        >>> Words("en").money(-1234.5, "EUR"), Words("en").money(0.489, "EUR")
        ('-€1,234', '€0.49')
        """
        if not math.isfinite(amount):
            return "–"
        digits = "#,##0" if abs(amount) >= 100 or amount == 0 else "#,##0.00"
        pattern = f"¤{digits}"
        written = format_currency(
            amount, currency, format=pattern, locale=self.language, currency_digits=False
        )
        return str(written)

    @property
    def currency(self) -> str:
        """The currency that is taken where none was chosen."""
        return "CNY" if self.language == "zh_CN" else "EUR"

    def date(self, day: dt.date) -> str:
        """Write a date."""
        return str(format_date(day, format="medium", locale=self.language))

    def sentences(self, parts: Iterable[str]) -> str:
        """Put sentences one after the other; Chinese needs no space between them."""
        return ("" if self.language == "zh_CN" else " ").join(parts)

    def listed(self, parts: Any) -> str:
        """Join parts as the language does: a, b, and c."""
        texts = [str(part) for part in parts]
        listed = str(format_list(texts, locale=self.language)) if texts else ""
        return _LATIN_BESIDE_HAN.sub(" ", listed) if self.language == "zh_CN" else listed


def in_file(file: str, said: str, words: Words) -> str:
    """Say which of several files a sentence is about.

    Examples
    --------
    >>> in_file("may.csv", "The file is empty.", Words("en"))
    '“may.csv”: The file is empty.'
    """
    return words("“{file}”: {said}", file=file, said=said)


# Between Latin letters or digits and a Chinese word stands a blank: "email 和 phone".
_LATIN_BESIDE_HAN = re.compile(
    r"(?<=[A-Za-z0-9_])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9_])"
)


@cache
def words_in(language: Language) -> Words:
    """Return the voice of a language."""
    return Words(language)
