"""One spelling for all ways to write a place's name: without case, accents and punctuation.

Enters: a name as written. Leaves: a key that equal names share. Refuses to correct typing errors:
a wrong letter gives another key, and the place is then listed as not found.
"""

from __future__ import annotations

import re
import unicodedata

# Letters that are letters of their own, so that no accent can be taken off them.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "\u0131": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ħ": "h",
    }
)
_APART = re.compile(r"[^\w]+|_")
_WITHIN = re.compile(r"['’‘\u02bb\u02bc`\u00b4.]")
_LONG_FORMS = {
    "st": "saint",
    "ste": "sainte",
    "mt": "mount",
    "ft": "fort",
    "pt": "port",
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
}
_HAN = re.compile(r"[一-鿿㐀-䶿]")
_HAN_ENDINGS = (
    "特别行政区",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "省",
    "市",
    "县",
)
_LEAST_HAN = 2


def key_of(name: str) -> str:
    """Return the key of a name; blank where nothing of it is a letter or a digit.

    Case, accents, blanks and punctuation do not count; common abbreviations are written out; the
    word for city, county or province at the end of a Chinese name is left away.

    Parameters
    ----------
    name : str

    Returns
    -------
    str

    Examples
    --------
    >>> key_of("St. Étienne"), key_of("saint-etienne"), key_of("深圳市")
    ('saintetienne', 'saintetienne', '深圳')
    """
    folded = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in folded if not unicodedata.combining(c)).translate(_LETTERS)
    words = _APART.sub(" ", _WITHIN.sub("", plain.replace("&", " and "))).split()
    if len(words) > 1:
        words = [_LONG_FORMS.get(word, word) for word in words]
        words = words[1:] if words[0] == "the" else words
    return without_ending("".join(words))


def without_ending(name: str) -> str:
    """Leave away the word for province, city or county that a Chinese name ends with."""
    if has_han(name):
        for ending in _HAN_ENDINGS:
            if name.endswith(ending) and len(name) - len(ending) >= _LEAST_HAN:
                return name.removesuffix(ending)
    return name


def has_han(text: str) -> bool:
    """Tell whether a text has Chinese characters."""
    return bool(_HAN.search(text))
