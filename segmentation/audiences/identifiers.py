"""Identifiers as the platforms compare them: one way of writing for each person, then a hash.

Enters: a cell. Leaves: the normal form, or nothing where it cannot be a valid identifier. Refuses
to look anything up.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import lru_cache

import phonenumbers

from segmentation.audiences.platforms import Hashing, Part, Shape
from segmentation.criteria.identifiers import given_out, valid_email

# Local parts that every mail system writes so; what they need besides is a valid domain.
_PLAIN = re.compile(r"[a-z0-9_!#$%&'*+/=?^`{|}~-]+(\.[a-z0-9_!#$%&'*+/=?^`{|}~-]+)*@")
_LONGEST_LOCAL, _DOMAINS = 64, 50_000
_CHINESE = re.compile(r"\+861[0-9]{10}")
_DEVICES = {
    Shape.SMALL: re.compile(r"[0-9a-f]{14,15}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    Shape.CAPITALS: re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}"),
    Shape.MAC: re.compile(r"[0-9A-F]{12}"),
}
_NOBODY = re.compile(r"[0-]+")
_DOTLESS = ("gmail.com", "googlemail.com")


def normal_email(text: str, *, without_dots: bool = False) -> str:
    """Return an e-mail address in small letters without blanks; blank where it is none.

    Parameters
    ----------
    text : str
    without_dots : bool
        Whether dots before the @ of Google's own domains are left out, as its programming
        interface asks; its page about files does not.

    Examples
    --------
    >>> normal_email(" Jane Doe@GMail.com "), normal_email("jane at home")
    ('janedoe@gmail.com', '')
    >>> normal_email("j.doe+news@gmail.com", without_dots=True)
    'jdoe+news@gmail.com'
    """
    address = "".join(text.split()).lower()
    local, at, domain = address.rpartition("@")
    if not at or len(local) > _LONGEST_LOCAL:
        return ""
    is_plain = _PLAIN.fullmatch(local + at)
    if not (_is_domain(domain) if is_plain else valid_email(address)):
        return ""
    if without_dots and domain in _DOTLESS:
        return f"{local.replace('.', '')}@{domain}"
    return address


@lru_cache(_DOMAINS)
def _is_domain(domain: str) -> bool:
    return valid_email(f"a@{domain}")


def normal_phone(text: str, region: str = "") -> str:
    """Return a telephone number in E.164; blank where no such number can exist.

    Parameters
    ----------
    text : str
        In any usual way of writing; 00 in front counts as +.
    region : str
        ISO 3166 code of the country of a number without a country code.

    Examples
    --------
    >>> normal_phone("138 0013 8000", "CN"), normal_phone("+1 (657) 777-0000")
    ('+8613800138000', '+16577770000')
    >>> normal_phone("12345", "CN")
    ''
    """
    number = given_out(text, region)
    if number is None:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def normal_device(text: str, shape: Shape) -> str:
    """Return the identifier of a device as a platform writes it; blank where it is none.

    Examples
    --------
    >>> normal_device("02:00:00:00:00:01", Shape.MAC), normal_device("0000", Shape.SMALL)
    ('020000000001', '')
    """
    written = "".join(text.split())
    if shape is Shape.MAC:
        written = written.replace(":", "").replace("-", "")
    written = written.lower() if shape is Shape.SMALL else written.upper()
    known = _DEVICES[shape].fullmatch(written) and not _NOBODY.fullmatch(written)
    return written if known else ""


def normaliser(part: Part, shape: Shape) -> Callable[[str, str], str]:
    """Return the function that writes a cell and its region as a platform compares it."""
    if part is Part.EMAIL:
        return lambda text, _: normal_email(text)
    if part is Part.PHONE and shape is Shape.CHINESE:
        return _chinese
    if part is Part.PHONE:
        return normal_phone
    return lambda text, _: normal_device(text, shape)


def _chinese(text: str, region: str) -> str:
    number = normal_phone(text, region)
    return number if _CHINESE.fullmatch(number) else ""


def shaped(cell: str, shape: Shape) -> str:
    """Write SQL for a normal form as a platform wants it before hashing."""
    if shape is Shape.DIGITS:
        return f"ltrim({cell}, '+')"
    if shape is Shape.CHINESE:
        return f"right({cell}, 11)"
    if shape is Shape.NAME:
        bare = rf"regexp_replace({cell}, '[\p{{P}}\p{{S}}]', '', 'g')"
        return rf"nullif(lower(trim(regexp_replace({bare}, '\s+', ' ', 'g'))), '')"
    if shape is Shape.SMALL:
        return rf"nullif(lower(regexp_replace({cell}, '\s', '', 'g')), '')"
    return cell


def hashed(cell: str, hashing: Hashing) -> str:
    """Write SQL for a hash, hexadecimal in small letters."""
    return cell if hashing is Hashing.NONE else f"{hashing.value}({cell})"


def digest(text: str, hashing: Hashing) -> str:
    """Return the hash of a text as the engine makes it.

    Examples
    --------
    >>> digest("test@example.com", Hashing.SHA256)[:16]
    '973dfe463ec85785'
    """
    if hashing is Hashing.SHA256:
        return hashlib.sha256(text.encode()).hexdigest()
    if hashing is Hashing.MD5:
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
    return text
