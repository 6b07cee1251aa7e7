"""What the audit found: one sentence a finding, by its code."""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.wording.language import mark, mark_plural

FOUND: Mapping[str, str | tuple[str, str]] = {
    "rows-rejected": mark_plural(
        "{n:count} line of the file was set aside while reading ({share:percent}).",
        "{n:count} lines of the file were set aside while reading ({share:percent}).",
    ),
    "cells-failed": mark_plural(
        "{n:count} cell of “{name}” could not be read as {kind} (row {rows:list}).",
        "{n:count} cells of “{name}” could not be read as {kind} (first in row {rows:list}).",
    ),
    "column-empty": mark("{names:list}: no values at all."),
    "missing-much": mark("“{name}”: {share:percent} of the values are missing."),
    "missing-much-described": mark("“{name}”: {share:percent} of the values are missing."),
    "missing-some": mark("“{name}”: {share:percent} of the values are missing."),
    "rows-mostly-empty": mark_plural(
        "{n:count} customer lacks more than half of the {n_basis:count} variables that form "
        "segments.",
        "{n:count} customers lack more than half of the {n_basis:count} variables that form "
        "segments.",
    ),
    "missing-together": mark_plural(
        "{names:list} are missing for the same {n:count} customer.",
        "{names:list} are missing for the same {n:count} customers.",
    ),
    "duplicate-rows": mark_plural(
        "{n:count} row repeats another one in every cell ({share:percent}).",
        "{n:count} rows repeat another one in every cell ({share:percent}).",
    ),
    "duplicate-rows-without-id": mark_plural(
        "{n:count} row repeats another one in every cell ({share:percent}), and no column names "
        "the customers.",
        "{n:count} rows repeat another one in every cell ({share:percent}), and no column names "
        "the customers.",
    ),
    "duplicate-ids": mark_plural(
        "“{name}” has {n_ids:count} different values; {n:count} row repeats one of them.",
        "“{name}” has {n_ids:count} different values; {n:count} rows repeat one of them.",
    ),
    "constant": mark("{names:list}: the same value for everybody."),
    "near-constant": mark("“{name}” is “{value}” for {share:percent} of the customers."),
    "id-like": mark("“{name}” has {n:count} different values and counts or names the rows."),
    "many-categories": mark("“{name}” has {levels:count} categories."),
    "collinear": mark("{names:list} say nearly the same: correlation {r:number}."),
    "redundant": mark("“{name}” follows from {others:list} ({r2:percent} of it)."),
    "one-to-one": mark("{names:list} give each other away: Cramér’s V {r:number}."),
    "outliers": mark_plural(
        "{n:count} value of “{name}” ({share:percent}) lies beyond the outer fences, "
        "{low:number} and {high:number}.",
        "{n:count} values of “{name}” ({share:percent}) lie beyond the outer fences, "
        "{low:number} and {high:number}.",
    ),
    "heavy-tail": mark("One customer in a hundred holds {share:percent} of all “{name}”."),
    "heaping": mark(
        "{share:percent} of the values of “{name}” are multiples of 5 (Whipple’s index "
        "{index:count}, 100 is none too many), {landmarks:percent} lie at the ends or the middle "
        "of the scale."
    ),
    "impossible-negative": mark_plural(
        "{n:count} value of “{name}” is negative.", "{n:count} values of “{name}” are negative."
    ),
    "impossible-age": mark_plural(
        "{n:count} age in “{name}” is under {low:count} or over {high:count} years.",
        "{n:count} ages in “{name}” are under {low:count} or over {high:count} years.",
    ),
    "impossible-share": mark_plural(
        "{n:count} value of “{name}” is no share: it lies outside {low:number} to {high:number}.",
        "{n:count} values of “{name}” are no shares: they lie outside {low:number} to "
        "{high:number}.",
    ),
    "beyond-scale": mark_plural(
        "{n:count} value of “{name}” lies far above {high:number}, where the scale ends.",
        "{n:count} values of “{name}” lie far above {high:number}, where the scale ends.",
    ),
    "sentinel": mark(
        "{n:count} cells of “{name}” ({share:percent}) hold {codes:list}, far from all other "
        "values."
    ),
    "placeholder-words": mark_plural(
        "{n:count} cell of “{name}” ({share:percent}) holds {texts:list}.",
        "{n:count} cells of “{name}” ({share:percent}) hold {texts:list}.",
    ),
    "date-future": mark_plural(
        "{n:count} date in “{name}” lies after {as_of}.",
        "{n:count} dates in “{name}” lie after {as_of}.",
    ),
    "date-early": mark_plural(
        "{n:count} date in “{name}” lies before 1900.",
        "{n:count} dates in “{name}” lie before 1900.",
    ),
    "date-first-day": mark(
        "{n:count} dates in “{name}” ({share:percent}) are days from which systems count, such as "
        "1 January 1970."
    ),
    "date-order-unknown": mark(
        "“{name}” holds dates, but which number is the day is not clear: in {first:count} cells it "
        "can only be the first, in {second:count} only the second."
    ),
    "coordinates-swapped": mark_plural(
        "{n:count} point in {names:list} is right only with latitude and longitude exchanged.",
        "{n:count} points in {names:list} are right only with latitude and longitude exchanged.",
    ),
    "coordinates-out-of-range": mark_plural(
        "{n:count} point in {names:list} is nowhere on earth.",
        "{n:count} points in {names:list} are nowhere on earth.",
    ),
    "coordinates-zero": mark_plural(
        "{n:count} point in {names:list} lies at 0°/0°, in the Atlantic.",
        "{n:count} points in {names:list} lie at 0°/0°, in the Atlantic.",
    ),
    "personal-data": mark("Personal data: {names:list}."),
    "special-category-basis": mark(
        "{names:list} may be a special category of personal data and would form segments."
    ),
    "special-category": mark("{names:list} may be a special category of personal data."),
    "free-text": mark("Free text: {names:list}."),
    "sample-small": mark(
        "{n:count} customers are enough for {n_basis:count} variables by the older rule "
        "({least:count}), not by the stricter one ({wanted:count})."
    ),
    "sample-too-small": mark(
        "{n:count} customers are few for {n_basis:count} variables: at least {least:count} are "
        "asked for."
    ),
    "straight-lining": mark(
        "{n:count} respondents ({share:percent}) answer all {items:count} items alike; by chance "
        "{expected:percent} would."
    ),
}

# What is said instead where several columns have the same finding; the share is the largest.
FOUND_IN_SEVERAL: Mapping[str, str] = {
    "missing-much": mark("{names:list}: up to {share:percent} of the values are missing."),
    "missing-much-described": mark(
        "{names:list}: up to {share:percent} of the values are missing."
    ),
    "missing-some": mark("{names:list}: up to {share:percent} of the values are missing."),
    "near-constant": mark(
        "{names:list}: up to {share:percent} of the customers have one and the same value."
    ),
    "id-like": mark("{names:list} count or name the rows: nearly every value differs."),
    "many-categories": mark("{names:list} have too many categories, up to {levels:count}."),
    "outliers": mark(
        "{names:list}: up to {share:percent} of the values lie beyond the outer fences."
    ),
    "heavy-tail": mark(
        "{names:list}: one customer in a hundred holds up to {share:percent} of the total."
    ),
    "heaping": mark(
        "{names:list}: up to {share:percent} of the values are multiples of 5 (Whipple’s index "
        "{index:count}, 100 is none too many)."
    ),
    "placeholder-words": mark(
        "{names:list}: up to {share:percent} of the cells hold {texts:list}."
    ),
}
