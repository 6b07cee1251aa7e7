"""What is known of a text that stays in its file, from when it was read.

Enters: nothing. Leaves: :class:`Scanned`, and the :class:`Shapes` of a column. Refuses to hold
rows: those that are at hand are in tables of the engine.
"""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.intake.cells import Reading


@dataclass(frozen=True, slots=True)
class Shape:
    """Cells that look alike.

    Attributes
    ----------
    low, high : str
        The first and the last of their trimmed texts in the order of characters.
    n : int
        How many cells.
    """

    low: str
    high: str
    n: int


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes of one column.

    Attributes
    ----------
    n_texts : int
        Cells of the sample with any text, those of shapes that are not listed included.
    n_blank : int
        Cells of the sample without text.
    listed : tuple of Shape
        The most frequent ones. Texts that begin with a zero have shapes of their own: a leading
        zero tells a code from a number.
    """

    n_texts: int = 0
    n_blank: int = 0
    listed: tuple[Shape, ...] = ()


@dataclass(frozen=True, slots=True)
class Scanned:
    """What was found of a text whose raw table is a view over its file.

    Attributes
    ----------
    readings : tuple of Reading
        By which its columns were typed while it was read.
    shapes : tuple of Shapes
        Of the sample's columns.
    is_clean : bool
        Whether every cell that has a text has a value, too, in the columns that are not text.
    n_drawn : int
        Rows with the smallest digests that are at hand.
    """

    readings: tuple[Reading, ...] = ()
    shapes: tuple[Shapes, ...] = ()
    is_clean: bool = False
    n_drawn: int = 0
