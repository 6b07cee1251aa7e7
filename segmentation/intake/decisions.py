"""What the user decided about one column of a file.

Enters: nothing. Leaves: :class:`Decision`, frozen, which a study keeps by column name. Refuses to
look at the file: a decision that does not apply to it rests.
"""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.intake.kinds import Kind, Style


@dataclass(frozen=True, slots=True)
class Decision:
    """What the user decided about one column; where nothing is said, the program chooses.

    Attributes
    ----------
    kind : Kind or None
        What its values are.
    style : Style or None
        How its numbers or dates are written. It rests while ``kind`` says something else; without
        a ``kind`` it decides that, too.
    missing : tuple of str
        Texts that mean "no answer" in this column, as written; a number such as "999" is meant
        in any way of writing it with or without zeros after the point.
    levels : tuple of str
        The order of the values, lowest first.
    items : str or None
        What stands between the answers of a cell with several of them; such a column is split
        into one yes/no item an answer.
    """

    kind: Kind | None = None
    style: Style | None = None
    missing: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    items: str | None = None

    @property
    def wanted(self) -> Kind | None:
        """The kind that is decided, by name or through the style.

        Examples
        --------
        >>> Decision(style=Style.DAY_FIRST).wanted
        <Kind.DATE: 'date'>
        """
        return self.kind or (self.style.kind if self.style else None)

    def style_of(self, kind: Kind) -> Style | None:
        """Return the decided style if values of ``kind`` can be written so."""
        return self.style if self.style and self.style.kind is kind else None
