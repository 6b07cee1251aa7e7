"""What is known about a column before its kind is chosen, and what the choice looks like.

Enters: nothing. Leaves: :class:`Candidate` and :class:`Chosen`. Refuses to choose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from segmentation.intake.cells import Reading
from segmentation.intake.codebook import Entry
from segmentation.intake.decisions import Decision
from segmentation.intake.evidence import Evidence
from segmentation.intake.kinds import Kind, Style
from segmentation.notes import Note

# A column is of a kind when at least this share of its values can be read as it.
ENOUGH = 0.98


@dataclass(frozen=True, slots=True)
class House:
    """How the numbers of the other columns are written, and what says so.

    Attributes
    ----------
    style : Style
    ground : str
        ``columns``, ``delimiter`` or ``default`` (a decimal point, for want of anything else).
    """

    style: Style = Style.POINT
    ground: str = "default"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Everything that is known about one column before its kind is chosen.

    Attributes
    ----------
    name : str
    evidence : Evidence
        From the sample.
    decision : Decision
    entry : Entry
        What the codebook says; blank where it says nothing.
    n_labelled : int
        Cells of the sample whose code has a label.
    dates : mapping of Style to int
        Cells of the sample that can be read as dates in each style.
    whole : mapping of Style to int
        Cells of all rows that can be read in each style; only where the sample leaves it open.
    house : House
    is_rating : bool
        Whether the codebook's codes are grades of an answer.
    """

    name: str
    evidence: Evidence
    decision: Decision = field(default_factory=Decision)
    entry: Entry = field(default_factory=Entry)
    n_labelled: int = 0
    dates: Mapping[Style, int] = field(default_factory=dict)
    whole: Mapping[Style, int] = field(default_factory=dict)
    house: House = field(default_factory=House)
    is_rating: bool = False

    def share(self, n: int) -> float:
        """Return the share of so many cells in all that have a value, in [0, 1]."""
        return round(min(n / max(self.evidence.filled, 1), 1.0), 3)

    def enough(self, n: int) -> bool:
        """Tell whether so many cells are nearly all that have a value."""
        return n > 0 and n >= ENOUGH * self.evidence.filled


@dataclass(frozen=True, slots=True)
class Chosen:
    """How a column is read, and why.

    Attributes
    ----------
    reading : Reading
    reason : Note
    ask : tuple of Style
        Between which styles the user is asked to decide.
    offer : Kind or None
        What the column could also be, if the user says so.
    notes : tuple of Note
        What was assumed.
    """

    reading: Reading
    reason: Note
    ask: tuple[Style, ...] = ()
    offer: Kind | None = None
    notes: tuple[Note, ...] = ()
