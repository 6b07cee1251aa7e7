"""What the user decided on the pages of sizing and money.

Enters: decisions. Leaves: frozen values; every change returns a new one. Refuses to hold results.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from segmentation.money import Program
from segmentation.sizing.filters import Group
from segmentation.sizing.uncertain import OwnSpreads, Spreads

MOST_LETTERS = 200


def tidied(name: str) -> str:
    """Return a name without blanks around and between; blank where it has no letters."""
    return " ".join(name.split())[:MOST_LETTERS]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A filter with a name."""

    name: str
    where: Group = field(default_factory=Group)


@dataclass(frozen=True, slots=True)
class SizingPlan:
    """Decisions about what-ifs.

    Attributes
    ----------
    draft : Group
        The filter at work.
    kept : tuple of WhatIf
        Under names of their own.
    outcome : str or None
        The column summed up; None leaves it to the data.
    channel : str
        How they are to be reached; any channel when blank.
    consent : float or None
        What if that share agreed; None keeps what the file says.
    market : tuple of (float, float) or None
        Smallest and largest size of the market the customers are a sample of.
    """

    draft: Group = field(default_factory=Group)
    kept: tuple[WhatIf, ...] = ()
    outcome: str | None = None
    channel: str = ""
    consent: float | None = None
    market: tuple[float, float] | None = None

    def keeping(self, name: str) -> SizingPlan:
        """Return the plan with the draft kept under a name, in place of one that had it.

        Examples
        --------
        >>> [each.name for each in SizingPlan().keeping(" Big  spenders ").kept]
        ['Big spenders']
        """
        tidy = tidied(name)
        if not tidy:
            return self
        made = WhatIf(tidy, self.draft)
        if tidy not in [each.name for each in self.kept]:
            return replace(self, kept=(*self.kept, made))
        return replace(self, kept=tuple(made if w.name == tidy else w for w in self.kept))

    def without(self, name: str) -> SizingPlan:
        """Return the plan without one of its what-ifs."""
        return replace(self, kept=tuple(each for each in self.kept if each.name != name))


@dataclass(frozen=True, slots=True)
class MoneyPlan:
    """Decisions about money.

    Attributes
    ----------
    programs : tuple of Program
    currency : str
        Code of the currency; blank for the language's own.
    months : float
        Over which the margin of a response comes in.
    budget : float or None
    spreads : mapping of str to Spread
        By figure.
    own_spreads : mapping of str to mapping
        Of single programs, by label and figure; they come before ``spreads``.
    """

    programs: tuple[Program, ...] = ()
    currency: str = ""
    months: float = 12.0
    budget: float | None = None
    spreads: Spreads = field(default_factory=dict)
    own_spreads: OwnSpreads = field(default_factory=dict)
