"""How a file is to be read, where the user knows better.

Enters: corrections. Leaves: :class:`ReadOptions`. Refuses to guess.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How the user wants a file read; None means that it is found out.

    Attributes
    ----------
    encoding, delimiter, sheet, member : str or None
        The user's corrections to what was guessed; ``member`` is the file in an archive.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    member: str | None = None

    def for_member(self, member: str) -> ReadOptions:
        """Return the options for a file of an archive: as before, or fresh ones for another.

        Examples
        --------
        >>> ReadOptions(encoding="cp1252", member="a.csv").for_member("b.xlsx")
        ReadOptions(encoding=None, delimiter=None, sheet=None, member='b.xlsx')
        """
        return self if member == self.member else ReadOptions(member=member)


# What a saved plan or study keeps of them: all.
READING = tuple(option.name for option in fields(ReadOptions))
