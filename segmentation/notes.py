"""Notes: what the library has to say, as a code and values.

Enters: nothing. Leaves: ``Note``, which every room may attach to its results. Refuses to know any
language: ``segmentation.wording`` turns a note into a sentence for a given reader.
"""

from __future__ import annotations

from dataclasses import dataclass

Value = str | int | float | bool | None | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to say: a stable code and the values its sentence needs.

    Attributes
    ----------
    code : str
        Stable kebab-case identifier; ``wording`` must know it (a test checks that).
    values : tuple of (str, Value)
        The named values of the sentence, hashable so that results stay comparable.
    """

    code: str
    values: tuple[tuple[str, Value], ...] = ()

    @classmethod
    def of(cls, code: str, **values: Value) -> Note:
        """Build a note from keyword values.

        Examples
        --------
        >>> Note.of("rows-read", n=3).get("n")
        3
        """
        return cls(code, tuple(sorted(values.items())))

    def about(self, file: str) -> Note:
        """Return the note as one about a certain file of several.

        Examples
        --------
        >>> Note.of("rows-read", n=3).about("may.csv").get("in_file")
        'may.csv'
        """
        return Note(self.code, tuple(sorted({**dict(self.values), "in_file": file}.items())))

    def get(self, name: str) -> Value:
        """Return one value of the note; raises ``KeyError`` if it has none of that name."""
        return dict(self.values)[name]
