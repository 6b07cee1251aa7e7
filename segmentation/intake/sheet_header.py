"""What the merged cells of a sheet say about the rows of its names.

Enters: merged areas and rows of names. Leaves: which rows belong together, and their names spread
over all columns that they name. Refuses to say more: all other evidence is the same as in a text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segmentation.intake.header import are_names
from segmentation.intake.records import Record

Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged areas of a table.

    Attributes
    ----------
    areas : tuple of (int, int, int, int)
        First line, first position of a cell, last line and last position; lines count from 1.
    """

    areas: tuple[Area, ...] = ()

    def join(self, names: Record, below: Record) -> bool:
        """Tell whether merged cells join a row of names with the row below it."""
        return self._reach(names, below) and are_names(below.cells)

    def group(self, above: Record, names: Record) -> bool:
        """Tell whether a row groups the names below it; one cell at the left is a title."""
        filled = [i for i, cell in enumerate(above.cells) if cell.strip()]
        return filled != [0] and self._reach(above, names)

    def _reach(self, upper: Record, lower: Record) -> bool:
        """Tell whether an area of the upper row is wide, or reaches down to the lower one."""
        line = upper.line
        wide = any(a[0] <= line <= a[2] and (a[3] > a[1] or a[2] > line) for a in self.areas)
        return wide and lower.line == line + 1

    def spread(self, rows: Sequence[Record]) -> tuple[list[list[str]], bool]:
        """Return rows of names with each text over all its merged cells.

        Parameters
        ----------
        rows : sequence of Record

        Returns
        -------
        cells : list of list of str
        over_gaps : bool
            Whether a gap goes on with its neighbour, because nothing in the rows is merged.
        """
        cells = {record.line: list(record.cells) for record in rows}
        found = False
        for top, left, bottom, right in self.areas:
            lines = [line for line in cells if top <= line <= bottom]
            found |= bool(lines)
            if top in cells:
                for line in lines:
                    row = cells[line]
                    row[left : right + 1] = [cells[top][left]] * len(row[left : right + 1])
        return list(cells.values()), not found


NOTHING_MERGED = Merged()
