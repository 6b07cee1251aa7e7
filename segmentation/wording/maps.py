"""What a map says: names of its measures, its legend, and the text on each place.

Enters: places and how they are shaded. Leaves: plain text in the reader's language. Refuses to say
a number that the shading hides.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

import numpy as np

from segmentation.geography import Areas, Cells, Measure, Shading
from segmentation.wording.language import Words, mark

MEASURES: Mapping[Measure, str] = {
    Measure.LARGEST: mark("Largest segment"),
    Measure.TYPICAL: mark("Most typical segment"),
    Measure.SHARE: mark("Share of a segment"),
    Measure.INDEX: mark("Index of a segment"),
    Measure.CUSTOMERS: mark("Number of customers"),
    Measure.PENETRATION: mark("Customers per 1,000 inhabitants"),
    Measure.MEAN: mark("Mean of a value"),
    Measure.TOTAL: mark("Total of a value"),
    Measure.REACHABLE: mark("Reachable customers"),
}
ON_PLACES: Mapping[Measure, str] = {
    Measure.SHARE: mark("{name}: {x} of the customers"),
    Measure.INDEX: mark("{name}: index {x}"),
    Measure.CUSTOMERS: mark("{x} customers"),
    Measure.PENETRATION: mark("{x} customers per 1,000 inhabitants"),
    Measure.MEAN: mark("{name}: {x} on average"),
    Measure.TOTAL: mark("{name}: {x} in total"),
    Measure.REACHABLE: mark("{x} reachable customers"),
}
TITLES: Mapping[Measure, str] = {
    Measure.SHARE: mark("Share of “{name}” in each place"),
    Measure.INDEX: mark("Index of “{name}”: 100 is as expected from everybody on the map"),
    Measure.CUSTOMERS: mark("Customers in each place"),
    Measure.PENETRATION: mark("Customers per 1,000 inhabitants"),
    Measure.MEAN: mark("Mean of “{name}”"),
    Measure.TOTAL: mark("Total of “{name}”"),
    Measure.REACHABLE: mark("Customers who may and can be contacted"),
}


def scale_title(measure: Measure, name: str, words: Words) -> str:
    """Say what the colours of a map mean; ``name`` is the segment's or the value's."""
    return words(TITLES[measure], name=name)


def class_labels(shading: Shading, words: Words) -> list[str]:
    """Return what each class of a scale holds: below 50, 50 – 80 … 200 and more.

    Parameters
    ----------
    shading : Shading
        By a measure with a scale.
    words : Words

    Returns
    -------
    list of str
        One a class, from the lowest.
    """
    told = [_number(shading.measure, border, words) for border in shading.breaks]
    if not told:
        known = shading.values[~np.isnan(shading.values)]
        return [_number(shading.measure, float(known[0]), words) if known.size else "–"]
    first = words("below {x}", x=told[0])
    last = words("{x} and more", x=told[-1])
    between = [f"{low} – {high}" for low, high in pairwise(told)]
    return [first, *between, last]


def place_texts(cells: Cells, shading: Shading, name: str, words: Words) -> list[str]:
    """Return what pointing at each place tells.

    Parameters
    ----------
    cells : Bins or Areas
    shading : Shading
        By a measure with a scale.
    name : str
        The segment's or the value's.
    words : Words

    Returns
    -------
    list of str
        The region where it has a name, the number, and how many customers there are.
    """
    # The sentence is said once and the numbers are put in: a map has thousands of places.
    sentence = words(ON_PLACES[shading.measure], name=name, x="\0")
    few = words("fewer than 5 people: hidden")
    unsaid = words("unknown") if shading.measure is Measure.PENETRATION else few

    @cache
    def count(n: int) -> str:
        return words.count(n)

    texts = []
    for place, (value, n) in enumerate(
        zip(shading.values.tolist(), cells.n_customers.tolist(), strict=True)
    ):
        number = "" if math.isnan(value) else _number(shading.measure, value, words)
        told = sentence.replace("\0", number) if number else unsaid
        head = f"{cells.names[place]}\n" if isinstance(cells, Areas) else ""
        counted = "" if shading.measure is Measure.CUSTOMERS else f"\nn = {count(n)}"
        texts.append(f"{head}{told}{counted}")
    return texts


def _number(measure: Measure, value: float, words: Words) -> str:
    if measure is Measure.SHARE:
        return words.percent(value)
    if measure in (Measure.CUSTOMERS, Measure.REACHABLE, Measure.INDEX):
        return words.count(value)
    return words.number(value)
