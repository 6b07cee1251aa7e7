"""What a report says, as plain values: sections of blocks, in the order to read them.

Enters: nothing. Leaves: frozen values that every writer understands. Refuses to hold customers,
markup or anything that a writer would have to compute.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from segmentation.wording.language import Language


class Tone(StrEnum):
    """What a note is about."""

    GOOD = "good"
    CAUTION = "caution"
    PLAIN = "plain"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Heading:
    """A finding; what follows up to the next heading is about it, and is one slide."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """Sentences one under the other."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a name and what it is; ``typed`` where these are to be copied letter by letter."""

    pairs: tuple[tuple[str, str], ...]
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts.

    Attributes
    ----------
    caption : str
        What the table lists.
    head : tuple of str
    rows : tuple of tuple of str
        As long as the head; the first cell names the row.
    numbers : tuple of bool
        Which columns hold numbers and stand to the right.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart.

    Attributes
    ----------
    alt : str
        What it shows, for who cannot see it.
    svg : str
        The drawing, light; it needs no file or address beside itself.
    """

    alt: str
    svg: str


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence apart: praise, a caution, an explanation or where a number comes from."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Portrait:
    """One segment.

    Attributes
    ----------
    name : str
    color : str
        ``#rrggbb``, the segment's everywhere.
    share, size : str
        How large it is, in per cent and in a few words.
    lines : tuple of str
        Who is in it, as measured.
    cautions : tuple of str
        What to bear in mind.
    words : tuple of (str, str)
        What the owner wrote about it: goals, messages; none where nothing was written.
    """

    name: str
    color: str
    share: str
    size: str
    lines: tuple[str, ...]
    cautions: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()


Block = Heading | Paragraph | Points | Facts | Table | Picture | Note | Portrait


@dataclass(frozen=True, slots=True)
class Section:
    """One of the reader's questions, and the answer."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.

    Attributes
    ----------
    title : str
    summary : tuple of str
        Two to four sentences: the answer before any detail.
    figures : tuple of (str, str)
        The numbers on the first page: a name and the number.
    made : str
        On which day, of which file.
    sections : tuple of Section
    language : {"en", "zh_CN"}
    labels : mapping-like tuple of (str, str)
        Words that writers need: ``contents``, ``page``, ``own_words``, ``sources``.
    """

    title: str
    summary: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    made: str
    sections: tuple[Section, ...]
    language: Language
    labels: tuple[tuple[str, str], ...]

    def label(self, code: str) -> str:
        """Return one of the words that writers need."""
        return dict(self.labels)[code]

    def texts(self) -> Iterator[str]:
        """Yield every text, in the order to read them."""
        yield from (self.title, *self.summary)
        yield from (text for pair in self.figures for text in pair)
        yield self.made
        for section in self.sections:
            yield section.title
            for block in section.blocks:
                yield from texts_of(block)


def texts_of(block: Block) -> Iterator[str]:
    """Yield the texts of a block, in the order to read them.

    Examples
    --------
    >>> list(texts_of(Facts((("Seed", "7"),))))
    ['Seed', '7']
    """
    match block:
        case Heading(text) | Paragraph(text) | Note(text):
            yield text
        case Points(texts):
            yield from texts
        case Facts(pairs):
            yield from (text for pair in pairs for text in pair)
        case Table():
            yield from (block.caption, *block.head)
            yield from (cell for row in block.rows for cell in row)
        case Picture():
            yield block.alt
        case Portrait():
            yield from (block.name, block.share, block.size, *block.lines, *block.cautions)
            yield from (text for pair in block.words for text in pair)


def parts_of(section: Section) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """Yield each heading of a section with the blocks below it.

    What stands before the first heading has the section's title.

    Examples
    --------
    >>> list(parts_of(Section("Who", (Heading("Two"), Paragraph("A and B.")))))
    [('Two', (Paragraph(text='A and B.'),))]
    """
    title, below = section.title, list[Block]()
    for block in section.blocks:
        if isinstance(block, Heading):
            if below:
                yield title, tuple(below)
            title, below = block.text, []
        else:
            below.append(block)
    if below:
        yield title, tuple(below)
