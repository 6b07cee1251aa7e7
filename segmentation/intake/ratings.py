"""Labelled codes that are calculated with: ratings, and answers that are yes or no in other words.

Enters: what a codebook says about columns. Leaves: which of them hold ratings, and codes as yes and
no. Refuses to look at a cell. A label in the place of a code helps the reader of a category; in the
place of a rating it would take its distances away, and a battery of items with them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from segmentation.intake.cells import bare
from segmentation.intake.codebook import Entry
from segmentation.intake.kinds import NO_WORDS, PAIRS
from segmentation.intake.scales import graded

# As many items with the same answers are a battery, whatever their words.
_BATTERY = 8
_FEWEST = 3
# Words of answers to an item, as against grades of schooling, size or membership.
_ANSWERS = re.compile(
    r"agree|satisf|happy|importan|likely|never|rarely|seldom|often|always|poor|excellent|like me|"
    r"同意|满意|重要|可能|从不|从未|经常|总是|很差|优秀|符合"
)
_NEGATIVE = re.compile(
    r"(?:not?|none?|non|don['’]t|doesn['’]t|didn['’]t|do not|does not|did not)\b.*|"
    r"(?:un(?:selected|checked|ticked|mentioned|marked)|不|未|没|非).*",
    re.DOTALL,
)
Labels = tuple[tuple[str, str], ...]


def labels_of(entry: Entry) -> Labels:
    """Return a codebook's codes and labels without those for missing values."""
    missing = set(map(bare, entry.missing))
    return tuple((code, label) for code, label in entry.values if bare(code) not in missing)


def are_ratings(entries: Sequence[Entry]) -> tuple[bool, ...]:
    """Tell which columns hold ratings by what a codebook says about all of them.

    Three or more labelled whole numbers are a rating where their labels are grades of an answer
    ("never" to "always"), where eight or more columns have the same labels, or where a column
    with these labels is reversed.

    Parameters
    ----------
    entries : sequence of Entry
        Of all columns.

    Returns
    -------
    tuple of bool
        One a column.

    Examples
    --------
    >>> likert = Entry("", (("1", "never"), ("2", "sometimes"), ("3", "always")))
    >>> are_ratings([likert, Entry("", (("1", "red"), ("2", "blue"), ("3", "green")))])
    (True, False)
    """
    labels = [labels_of(entry) for entry in entries]
    counts = Counter(labels)
    turned = {own for own, entry in zip(labels, entries, strict=True) if entry.is_reversed}
    rated = {
        own: _are_numbers(own) and (own in turned or counts[own] >= _BATTERY or _are_grades(own))
        for own in counts
    }
    return tuple(rated[own] for own in labels)


def as_yes_and_no(labels: Labels) -> Labels:
    """Return codes with yes or no in place of two labels that are such a pair, else nothing.

    A pair are two words for yes and no, and two labels of which just one denies.

    Examples
    --------
    >>> as_yes_and_no((("0", "does not apply"), ("1", "applies")))
    (('0', 'no'), ('1', 'yes'))
    >>> as_yes_and_no((("1", "Male"), ("2", "Female")))
    ()
    """
    words = {code: label.strip().lower() for code, label in labels}
    if len(words) != 2:
        return ()
    if frozenset(words.values()) in PAIRS:
        return tuple((code, "no" if word in NO_WORDS else "yes") for code, word in words.items())
    denied = [code for code, word in words.items() if _NEGATIVE.fullmatch(word)]
    return tuple((code, "no" if code in denied else "yes") for code in words if len(denied) == 1)


def _are_numbers(labels: Labels) -> bool:
    codes = [bare(code) for code, _ in labels]
    return len(codes) >= _FEWEST and all(re.fullmatch(r"[-+]?\d{1,2}", code) for code in codes)


def _are_grades(labels: Labels) -> bool:
    """Tell whether labels, by rising code, are the grades of an answer, up or down."""
    texts = [label for _, label in sorted(labels, key=lambda pair: int(bare(pair[0])))]
    order = list(graded(texts))
    return order in (texts, texts[::-1]) and any(_ANSWERS.search(text.lower()) for text in texts)
