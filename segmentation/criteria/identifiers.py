"""Identifiers: is this text an e-mail address, or a telephone number, that could exist?

Enters: texts and the country a national number is of. Leaves: yes or no. Refuses to look anything
up: no mail server is asked and no number called, so a well-formed address may still be dead.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import phonenumbers
from babel import Locale
from email_validator import EmailNotValidError, validate_email

# Numbers without a country code are compared with these, the largest markets first.
LIKELY_REGIONS = (
    *("CN", "US", "IN", "DE", "GB", "FR", "JP", "BR", "IT", "ES", "KR", "MX", "AU", "CA", "NL"),
    *("CH", "AT", "BE", "SE", "PL", "PT", "TR", "ID", "SG", "HK", "TW", "MY", "TH", "VN", "ZA"),
)
# A country is named only where so many of the national numbers would be valid there.
CLEAR_SHARE = 0.5
_ALSO = {"usa": "US", "uk": "GB", "england": "GB", "great britain": "GB", "holland": "NL"}


def valid_email(text: str) -> bool:
    """Tell whether a text is a well-formed e-mail address (RFC 5321, 5322 and 6531).

    Examples
    --------
    >>> valid_email("ana@example.org"), valid_email("ana@example"), valid_email("ana at home")
    (True, False, False)
    """
    try:
        validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def valid_phone(text: str, region: str = "") -> bool:
    """Tell whether a number lies in a range that its country has given out.

    Parameters
    ----------
    text : str
        In any usual way of writing; 00 in front counts as +.
    region : str
        ISO 3166 code of the country of a number without a country code; blank accepts only
        numbers that bring one.

    Examples
    --------
    >>> valid_phone("+44 20 7946 0958"), valid_phone("138 0013 8000", "CN"), valid_phone("12345")
    (True, True, False)
    """
    return given_out(text, region) is not None


def given_out(text: str, region: str = "") -> phonenumbers.PhoneNumber | None:
    """Return a number that lies in a range that its country has given out; None for others.

    Parameters as of :func:`valid_phone`.
    """
    written = text.strip()
    if written.startswith("00"):
        written = f"+{written[2:]}"
    try:
        number = phonenumbers.parse(written, region or None)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def region_of(country: str) -> str:
    """Return the ISO 3166 code of a country by its code or its English or Chinese name.

    Examples
    --------
    >>> region_of("Germany"), region_of("法国"), region_of("gb"), region_of("Utopia")
    ('DE', 'FR', 'GB', '')
    """
    return _regions().get(country.strip().lower(), "")


def likely_region(numbers: Sequence[str]) -> tuple[str, float]:
    """Return in which country most of these national numbers are valid, and which share is.

    Parameters
    ----------
    numbers : sequence of str
        Without a country code.

    Returns
    -------
    (str, float)
        Blank and 0 where in none of them at least half are.

    Examples
    --------
    >>> likely_region(["13800138000", "13912345678"])
    ('CN', 1.0)
    """
    if not numbers:
        return "", 0.0
    shares = {
        region: sum(valid_phone(number, region) for number in numbers) / len(numbers)
        for region in LIKELY_REGIONS
    }
    best = max(LIKELY_REGIONS, key=lambda region: shares[region])
    return (best, shares[best]) if shares[best] >= CLEAR_SHARE else ("", 0.0)


@cache
def _regions() -> dict[str, str]:
    found = {code.lower(): code for code in phonenumbers.SUPPORTED_REGIONS}
    for language in ("en", "zh"):
        for code, name in Locale(language).territories.items():
            if code in phonenumbers.SUPPORTED_REGIONS:
                found[str(name).lower()] = code
    return found | _ALSO
