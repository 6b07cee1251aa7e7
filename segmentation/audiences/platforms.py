"""The platforms that take a file of customers, and the columns that each documents.

Enters: nothing. Leaves: a catalogue. Refuses to invent: every header stands in the platform's own
help pages, which ``docs/data-sources.md`` lists with the day on which they were read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Part(StrEnum):
    """What a column of the file says of a person."""

    EMAIL = "email"
    PHONE = "phone"
    DEVICE = "device"
    FIRST = "first"
    LAST = "last"
    COUNTRY = "country"
    POSTCODE = "postcode"
    SEGMENT = "segment"


IDENTIFIERS = (Part.EMAIL, Part.PHONE, Part.DEVICE)


class Hashing(StrEnum):
    """Whether and how a value is hashed; hexadecimal in small letters."""

    NONE = "none"
    SHA256 = "sha256"
    MD5 = "md5"


class Shape(StrEnum):
    """How a value is written before it is hashed."""

    PLAIN = "plain"
    E164 = "e164"  # +8613800138000
    DIGITS = "digits"  # 8613800138000
    CHINESE = "chinese"  # 13800138000, of mainland China alone
    NAME = "name"  # small letters without punctuation
    SMALL = "small"  # small letters without blanks
    CAPITALS = "capitals"
    MAC = "mac"  # capitals without colons


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a platform's file."""

    part: Part
    header: str
    shape: Shape = Shape.PLAIN
    hashing: Hashing = Hashing.NONE


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform and the file that it takes.

    Attributes
    ----------
    code : str
    columns : tuple of Column
        In their order.
    threshold : str or None
        Code of the smallest audience among the thresholds of the criteria.
    has_header : bool
        Whether the first line names the columns.
    together : tuple of Part
        Parts that are of use only where all of them are known.
    """

    code: str
    columns: tuple[Column, ...]
    threshold: str | None = None
    has_header: bool = True
    together: tuple[Part, ...] = ()

    @property
    def identifiers(self) -> tuple[Part, ...]:
        """What the platform finds people by."""
        return tuple(c.part for c in self.columns if c.part in IDENTIFIERS)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What the file may say of a person and the customers' file has to hold."""
        return tuple(c.part for c in self.columns if c.part is not Part.SEGMENT)

    @property
    def is_plain(self) -> bool:
        """Whether addresses leave as they are."""
        return all(c.hashing is Hashing.NONE for c in self.columns if c.part in IDENTIFIERS)

    @property
    def suffix(self) -> str:
        """How the name of the file ends."""
        return ".csv" if self.has_header else ".txt"


_SHA, _MD5 = Hashing.SHA256, Hashing.MD5
PLATFORMS: Mapping[str, Platform] = MappingProxyType(
    {
        platform.code: platform
        for platform in (
            Platform(
                "google",
                (
                    Column(Part.EMAIL, "Email", Shape.PLAIN, _SHA),
                    Column(Part.PHONE, "Phone", Shape.E164, _SHA),
                    Column(Part.FIRST, "First Name", Shape.NAME, _SHA),
                    Column(Part.LAST, "Last Name", Shape.NAME, _SHA),
                    Column(Part.COUNTRY, "Country"),
                    Column(Part.POSTCODE, "Zip"),
                ),
                "minimum-google",
                together=(Part.FIRST, Part.LAST, Part.COUNTRY, Part.POSTCODE),
            ),
            Platform(
                "meta",
                (
                    Column(Part.EMAIL, "email", Shape.PLAIN, _SHA),
                    Column(Part.PHONE, "phone", Shape.DIGITS, _SHA),
                    Column(Part.FIRST, "fn", Shape.NAME, _SHA),
                    Column(Part.LAST, "ln", Shape.NAME, _SHA),
                    Column(Part.COUNTRY, "country", Shape.SMALL, _SHA),
                    Column(Part.POSTCODE, "zip", Shape.SMALL, _SHA),
                ),
                "minimum-meta",
            ),
            Platform(
                "tiktok",
                (
                    Column(Part.EMAIL, "Email_SHA256", Shape.PLAIN, _SHA),
                    Column(Part.PHONE, "Phone_SHA256", Shape.E164, _SHA),
                    Column(Part.DEVICE, "MAID_SHA256", Shape.SMALL, _SHA),
                ),
                "minimum-tiktok",
            ),
            Platform(
                "tencent",
                (Column(Part.PHONE, "HASH_MOBILE_PHONE", Shape.CHINESE, _MD5),),
                has_header=False,
            ),
            Platform(
                "tencent-idfa",
                (Column(Part.DEVICE, "HASH_IDFA", Shape.CAPITALS, _MD5),),
                has_header=False,
            ),
            Platform(
                "tencent-imei",
                (Column(Part.DEVICE, "HASH_IMEI", Shape.SMALL, _MD5),),
                has_header=False,
            ),
            Platform(
                "tencent-mac",
                (Column(Part.DEVICE, "HASH_MAC", Shape.MAC, _MD5),),
                has_header=False,
            ),
            Platform(
                "klaviyo",
                (
                    Column(Part.EMAIL, "Email"),
                    Column(Part.PHONE, "Phone Number", Shape.E164),
                    Column(Part.FIRST, "First Name"),
                    Column(Part.LAST, "Last Name"),
                    Column(Part.COUNTRY, "Country"),
                    Column(Part.POSTCODE, "Zip Code"),
                    Column(Part.SEGMENT, "Segment"),
                ),
            ),
            Platform(
                "mailchimp",
                (
                    Column(Part.EMAIL, "Email Address"),
                    Column(Part.FIRST, "First Name"),
                    Column(Part.LAST, "Last Name"),
                    Column(Part.SEGMENT, "Tags"),
                ),
            ),
        )
    }
)
