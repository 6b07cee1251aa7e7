"""What a codebook says about order lines, put to use before they are summed up.

Enters: the text of order lines and a codebook. Leaves: the lines with what it says about them, so
that categories and states go by their labels. Refuses a word about variables that are not there:
they may be about the customers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from segmentation.intake import Decision, RawTable
from segmentation.intake.codebook import Codebook
from segmentation.intake.codebook_use import matched, with_codebook
from segmentation.notes import Note

_SHOWN = 5
_ON_CODES = ("codebook-codes-unused", "codebook-codes-unknown", "codebook-codes-few")


@dataclass(frozen=True, slots=True)
class LinesKnown:
    """What is known about the columns of order lines.

    Attributes
    ----------
    decisions : mapping of str to Decision
        What was decided about columns.
    codebook : Codebook
        What codes mean, by the names of its variables.
    """

    decisions: Mapping[str, Decision] = field(default_factory=dict)
    codebook: Codebook = field(default_factory=dict)


NOTHING_KNOWN = LinesKnown()


def labelled(raw: RawTable, codebook: Codebook) -> RawTable:
    """Return order lines with what a codebook says about their columns.

    Parameters
    ----------
    raw : RawTable
        Order lines.
    codebook : Codebook
        By the names of its variables; those of the customers may be among them.

    Returns
    -------
    RawTable
        With a note of the columns that it describes, and of codes that do not fit.
    """
    found, _ = matched(codebook, raw.names)
    if not found:
        return raw
    described = with_codebook(raw, found)
    told = [note for note in described.notes[len(raw.notes) :] if note.code != "codebook-read"]
    used = Note.of("codebook-lines", n=len(found), names=tuple(found)[:_SHOWN])
    return replace(described, notes=(*raw.notes, used, *told))


def told_again(note: Note, names: tuple[str, ...]) -> bool:
    """Tell whether a note on lines is about the codes of a column that the customers keep."""
    return note.code in _ON_CODES and note.get("name") in names
