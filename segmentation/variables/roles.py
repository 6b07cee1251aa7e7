"""Roles, scales and families: the vocabulary of a segmentation study.

Enters: nothing. Leaves: the enumerations and ``Variable``, a column with its part in the study.
Refuses to look at values.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from segmentation.intake import Column
from segmentation.notes import Note


class Role(StrEnum):
    """What a column does in the study."""

    BASIS = "basis"
    DESCRIPTOR = "descriptor"
    OUTCOME = "outcome"
    ID = "id"
    CONSENT = "consent"
    CONTACT = "contact"
    WEIGHT = "weight"
    DATE = "date"
    LOCATION = "location"
    GIVEN_SEGMENT = "given_segment"
    PERSONAL = "personal"
    IGNORE = "ignore"


class Scale(StrEnum):
    """How the values of a column can be compared."""

    METRIC = "metric"
    ORDINAL = "ordinal"
    NOMINAL = "nominal"
    BINARY = "binary"
    DATE = "date"
    TEXT = "text"


class Family(StrEnum):
    """The seven segmentation bases; called family in code so as not to clash with *basis*."""

    DEMOGRAPHIC = "demographic"
    BEHAVIOURAL = "behavioural"
    GEOGRAPHIC = "geographic"
    PSYCHOGRAPHIC = "psychographic"
    TECHNOGRAPHIC = "technographic"
    FIRMOGRAPHIC = "firmographic"
    TRANSACTIONAL = "transactional"


FORMING_SCALES = (Scale.METRIC, Scale.ORDINAL, Scale.NOMINAL, Scale.BINARY)


@dataclass(frozen=True, slots=True)
class Variable:
    """A column and its part in the study.

    Attributes
    ----------
    column : Column
        Where its values are.
    role, scale, family
        Its part; ``family`` is None for columns that are no property of the customer.
    detail : str
        Which channel (``email``, ``sms``, ``post``, ``push``, ``wechat``) a consent or contact
        belongs to, or which place (``latitude``, ``longitude``, ``region``, ``city``, ``country``,
        ``postcode``) a location gives.
    reasons : tuple of Note
        Why it was suggested so.
    private : bool
        Whether it holds personal data, which never forms segments and is hidden on screen.
    chosen : bool
        Whether the user changed the suggestion.
    """

    column: Column
    role: Role
    scale: Scale
    family: Family | None
    detail: str = ""
    reasons: tuple[Note, ...] = ()
    private: bool = False
    chosen: bool = False

    @property
    def name(self) -> str:
        """The column's name in the file."""
        return self.column.name

    @property
    def key(self) -> str:
        """The column's physical name in the engine."""
        return self.column.key


@dataclass(frozen=True, slots=True)
class VariableChoice:
    """What the user decided about one column; None where the suggestion stands."""

    role: Role | None = None
    scale: Scale | None = None
    family: Family | None = None
    detail: str | None = None
