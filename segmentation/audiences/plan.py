"""What is asked of an audience file, and which columns suggest themselves for it.

Enters: the variables of a study. Leaves: frozen decisions. Refuses to take consent for granted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from segmentation.audiences.platforms import PLATFORMS, Part, Platform
from segmentation.errors import NoIdentifier, UnknownPlatform
from segmentation.variables import Role, Variable
from segmentation.variables.lexicon import spoken_for

_CHANNELS = {Part.EMAIL: "email", Part.PHONE: "sms"}
_PLACES = {Part.COUNTRY: "country", Part.POSTCODE: "postcode"}
_NAMED = {
    Part.FIRST: "firstname forename givenname",
    Part.LAST: "lastname surname familyname",
    Part.DEVICE: "idfa gaid maid imei mac oaid",
}
# A consent to advertising goes before one to e-mails or messages.
_ADS = "ads"


@dataclass(frozen=True, slots=True)
class AudiencePlan:
    """What an audience is made of.

    Attributes
    ----------
    platform : str
        Code of the platform.
    columns : mapping of Part to str
        Names of the columns of the file that hold the parts; those without are left out.
    consents : mapping of Part to str
        By identifier, the column that says whether it may be used.
    segments : tuple of int
        From 0; empty for all.
    unknown_consent : bool
        Whether an identifier whose consent is not known may be used.
    region : str
        ISO 3166 code of the country of telephone numbers without a country code, where their row
        does not say it.
    """

    platform: str
    columns: Mapping[Part, str] = field(default_factory=dict)
    consents: Mapping[Part, str] = field(default_factory=dict)
    segments: tuple[int, ...] = ()
    unknown_consent: bool = False
    region: str = ""

    @property
    def to(self) -> Platform:
        """The platform.

        Raises
        ------
        UnknownPlatform
        """
        if self.platform not in PLATFORMS:
            raise UnknownPlatform(name=self.platform, known=tuple(PLATFORMS))
        return PLATFORMS[self.platform]

    @property
    def identifiers(self) -> tuple[Part, ...]:
        """What people can be found by.

        Raises
        ------
        NoIdentifier
            When the file has no column for any identifier that the platform takes.
        """
        found = tuple(part for part in self.to.identifiers if part in self.columns)
        if not found:
            raise NoIdentifier(platform=self.platform)
        return found

    @property
    def parts(self) -> tuple[Part, ...]:
        """What the file will say of a person."""
        known = [part for part in self.to.parts if part in self.columns]
        if not all(part in known for part in self.to.together):
            known = [part for part in known if part not in self.to.together]
        return tuple(known)


def suggested_columns(platform: Platform, variables: Sequence[Variable]) -> dict[Part, str]:
    """Return the columns that hold what the platform's file says of a person."""
    found: dict[Part, str] = {}
    for part in platform.parts:
        name = next((v.name for v in variables if _holds(v, part)), None)
        if name is not None:
            found[part] = name
    return found


def _holds(variable: Variable, part: Part) -> bool:
    if part in _CHANNELS:
        return variable.role is Role.CONTACT and variable.detail == _CHANNELS[part]
    if part in _PLACES:
        return variable.detail == _PLACES[part]
    return spoken_for(variable.name, _NAMED[part]) is not None


def suggested_consents(platform: Platform, variables: Sequence[Variable]) -> dict[Part, str]:
    """Return the columns that say whether an identifier may be used.

    For a platform of advertising a consent to that goes before one to the identifier's own channel.
    """
    consents = {v.detail: v.name for v in variables if v.role is Role.CONSENT}
    found: dict[Part, str] = {}
    for part in platform.identifiers:
        wanted = [] if platform.is_plain else [_ADS]
        wanted += [_CHANNELS[part]] if part in _CHANNELS else []
        name = next((consents[detail] for detail in wanted if detail in consents), None)
        if name is not None:
            found[part] = name
    return found
