"""Roles, scales and families: the vocabulary of a segmentation study.

Enters: nothing. Leaves: the enumerations and ``Variable``, a column with its part in the study.
Refuses to look at values.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from segmentation.intake import Column, Kind
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
        belongs to, or which place (``latitude``, ``longitude``, ``region``, ``city``, ``district``,
        ``country``, ``postcode``) a location gives.
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

    @property
    def is_ranked(self) -> bool:
        """Whether its values are levels in an order, which count by their ranks."""
        ordered = self.column.kind is Kind.TEXT and len(self.column.levels) > 1
        return ordered and self.scale is Scale.ORDINAL

    @property
    def answers(self) -> frozenset[str] | tuple[float, float]:
        """What can be answered: two ratings with the same answers are on one common scale."""
        if self.is_ranked:
            return frozenset(self.column.levels)
        if self.scale is Scale.BINARY:
            return 0.0, 1.0
        return self.column.low or 0.0, self.column.high or 0.0


@dataclass(frozen=True, slots=True)
class VariableChoice:
    """What the user decided about one column; None where the suggestion stands."""

    role: Role | None = None
    scale: Scale | None = None
    family: Family | None = None
    detail: str | None = None
