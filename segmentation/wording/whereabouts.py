"""What is said about places that were read from columns."""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.gazetteer import How
from segmentation.whereabouts import Found
from segmentation.wording.language import Words, mark, mark_plural

_BY_SIZE = mark_plural(
    "{n:count} customer’s city was chosen among several of its name: it has at least ten "
    "times the inhabitants of the next.",
    "{n:count} customers’ cities were chosen among several of their names: each has at least "
    "ten times the inhabitants of the next.",
)
_COARSER = mark_plural(
    "{n:count} customer’s city is not among the places that come with the program; the "
    "region, the country or the area of the postcode stands for it.",
    "{n:count} customers’ cities are not among the places that come with the program; the "
    "region, the country or the area of the postcode stands for them.",
)
_AMBIGUOUS = mark_plural(
    "{n:count} customer names a place that there is several times; none was chosen.",
    "{n:count} customers name places that there are several times; none was chosen.",
)
_UNMATCHED = mark_plural(
    "{n:count} customer names a place that was not found.",
    "{n:count} customers name places that were not found.",
)
_BY_USER = mark_plural(
    "{n:count} customer’s place is the one you chose.",
    "{n:count} customers’ places are the ones you chose.",
)

WHEREABOUTS_SENTENCES: Mapping[str, str | tuple[str, str]] = {
    "type-place": mark("Read from {names}, with the places that come with the program."),
    "family-place": mark("It was read from the place in “{name}”."),
    "place-told": mark("It was read from the place in “{name}”."),
    "places-found": mark(
        "{names}: the place was found of {n:count} of {said:count} customers who give one."
    ),
    "places-by-size": _BY_SIZE,
    "places-coarser": _COARSER,
    "places-ambiguous": _AMBIGUOUS,
    "places-unmatched": _UNMATCHED,
    "places-by-user": _BY_USER,
    "places-swapped": mark("Latitude and longitude in {names} were exchanged, as you said."),
}

HOWS: Mapping[How, str] = {
    How.AMBIGUOUS: mark("there are several"),
    How.UNMATCHED: mark("not found"),
    How.COARSER: mark("only the area around"),
    How.BY_SIZE: mark("the largest of its name"),
    How.BY_USER: mark("your choice"),
}
COUNTED: Mapping[How, tuple[str, str]] = {
    How.BY_SIZE: _BY_SIZE,
    How.COARSER: _COARSER,
    How.AMBIGUOUS: _AMBIGUOUS,
    How.UNMATCHED: _UNMATCHED,
    How.BY_USER: _BY_USER,
    How.MISSING: mark_plural(
        "{n:count} customer gives no place that can be read.",
        "{n:count} customers give no place that can be read.",
    ),
    How.OUT_OF_RANGE: mark_plural(
        "{n:count} customer has coordinates that no place on earth has.",
        "{n:count} customers have coordinates that no place on earth has.",
    ),
    How.NULL_ISLAND: mark_plural(
        "{n:count} customer is at 0°/0°, in the sea: unknown rather than there.",
        "{n:count} customers are at 0°/0°, in the sea: unknown rather than there.",
    ),
}


def found_lines(found: Found, words: Words) -> tuple[str, ...]:
    """Return what was found and what was not, one sentence for each reason."""
    told = []
    for how, n in found.counts.items():
        sentence = COUNTED.get(how)
        if n and sentence:
            told.append(words.plural(*sentence, n))
    return tuple(told)
