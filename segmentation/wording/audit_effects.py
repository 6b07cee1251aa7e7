"""What findings do to a segmentation, what repairs decide, and where limits come from."""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.wording.language import mark

_UNIT_ERROR = mark(
    "Errors like these move the average of a segment; the fence of the preparation hides them and "
    "does not repair them."
)
_DATE_ERROR = mark("Time since that day, and everything computed from it, is wrong.")
_PLACE_ERROR = mark("These customers are missing on the map, or stand in the wrong region.")
_COUNTED_AGAIN = mark(
    "A customer who is there several times counts several times: sizes and shares are wrong, and "
    "equal rows look like a dense segment."
)

EFFECTS: Mapping[str, str] = {
    "rows-rejected": mark(
        "They were taken for totals, remarks, comments or another table. Look at them once: a "
        "customer among them is in no segment."
    ),
    "cells-failed": mark("They count as missing, although something was written there."),
    "column-empty": mark("Nothing is lost by leaving it out."),
    "missing-much": mark(
        "Customers are placed by what is known about them; with this many gaps the others decide, "
        "and a segment may only mean “unknown”."
    ),
    "missing-much-described": mark("It describes only the customers who answered."),
    "missing-some": mark(
        "Customers with a gap are placed by their other answers, so their segment is less certain."
    ),
    "rows-mostly-empty": mark("They land in a segment by very few answers, almost by chance."),
    "missing-together": mark(
        "A question was skipped, or a source was missing: such customers differ by how they were "
        "asked, not by what they want."
    ),
    "duplicate-rows": _COUNTED_AGAIN,
    "duplicate-rows-without-id": mark(
        "They may be one customer counted again, or different customers with the same values; only "
        "you can tell. Equal rows look like a dense segment."
    ),
    "duplicate-ids": _COUNTED_AGAIN,
    "constant": mark("What is the same for everybody cannot tell customers apart."),
    "near-constant": mark(
        "It separates a handful of customers from all others and says nothing about the rest."
    ),
    "id-like": mark("Segments would follow the order of the file instead of what customers do."),
    "many-categories": mark(
        "Most categories are rare; they are taken together and weigh like noise."
    ),
    "collinear": mark(
        "The same property counts {times:count} times and pulls the segments its way."
    ),
    "redundant": mark("It adds no information, but weight to what is there already."),
    "one-to-one": mark(
        "The same property counts {times:count} times and pulls the segments its way."
    ),
    "outliers": mark(
        "The preparation moves them to the fence, so they form no segment of their own; averages "
        "in the profile still feel them."
    ),
    "heavy-tail": mark(
        "Averages mean little here, look at medians; the preparation takes the logarithm where the "
        "variable is strongly skewed."
    ),
    "heaping": mark("Answers are rounded: small differences on this scale are not measured."),
    "impossible-negative": mark(
        "Returns booked as rows of their own, or errors: either way they pull averages down."
    ),
    "impossible-age": _UNIT_ERROR,
    "impossible-share": _UNIT_ERROR,
    "beyond-scale": _UNIT_ERROR,
    "sentinel": mark(
        "A code for “no answer” taken for a number dominates the variable: segments would tell "
        "apart who has the code."
    ),
    "placeholder-words": mark(
        "Not knowing would be a category like any other, and its customers would look alike."
    ),
    "date-future": _DATE_ERROR,
    "date-early": _DATE_ERROR,
    "date-first-day": _DATE_ERROR,
    "date-order-unknown": mark("Until the order is chosen, the column is text and not used."),
    "coordinates-swapped": _PLACE_ERROR,
    "coordinates-out-of-range": _PLACE_ERROR,
    "coordinates-zero": _PLACE_ERROR,
    "personal-data": mark(
        "Hidden on screen and never used to form segments; addresses serve reach only."
    ),
    "special-category-basis": mark(
        "Segments by such a property need a legal ground (GDPR Art. 9) and may discriminate."
    ),
    "special-category": mark(
        "It describes segments at most. Forming them by it needs a legal ground (GDPR Art. 9)."
    ),
    "free-text": mark("Every customer writes something else, so it is set aside."),
    "sample-small": mark("Segments may come out differently in another sample."),
    "sample-too-small": mark(
        "Segments found here may not come back in another sample: use fewer variables, or more "
        "customers."
    ),
    "straight-lining": mark(
        "Who ticks the same box throughout forms a segment by the way of answering, not by opinion."
    ),
}

REPAIRS: Mapping[str, str] = {
    "exclude-column": mark("Set {names:list} aside"),
    "describe-only": mark("Only describe with {names:list}"),
    "keep-one-of": mark("Keep only “{kept}”"),
    "treat-as-missing": mark("Count {texts:list} as missing"),
    "drop-duplicates": mark("Keep one of each"),
    "one-row-per-id": mark("Make one row for each “{name}”"),
    "leave-out-rows": mark("Leave these customers out"),
    "choose-id": mark("Take “{name}” as customer id"),
    "swap-coordinates": mark("Exchange the coordinates"),
    "choose-date-order": mark("Choose the order of the date"),
    "day-first": mark("Read the day first"),
    "month-first": mark("Read the month first"),
}

LIMIT_SOURCES: Mapping[str, str] = {
    "limit-own": mark("Our own choice: the literature gives no number."),
    "limit-convention": mark("Convention: fewer gaps hardly matter."),
    "limit-near-constant": mark("The 95/5 rule of nearZeroVar in the R package caret."),
    "limit-collinear": mark(
        "Our own choice; that such pairs count double is shown by Sambandam (2003)."
    ),
    "limit-fence": mark("Outer fences: Tukey (1977)."),
    "limit-heaping": mark("Whipple’s index: the United Nations call more than this very rough."),
    "limit-sample-wanted": mark("100 customers a variable: Dolnicar et al. (2016)."),
    "limit-sample-least": mark("70 customers a variable: Dolnicar et al. (2014)."),
}
