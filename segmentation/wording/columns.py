"""What the notes about the columns of a file say: how they were read, and why so."""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.wording.language import mark, mark_plural

COLUMN_SENTENCES: Mapping[str, str | tuple[str, str]] = {
    # What was assumed or done
    "number-style-assumed": mark(
        "“{name}”: numbers such as {example} can be read in two ways; they were read {style}, "
        "because {ground}. If that is wrong, change how the column is written."
    ),
    "date-order-ambiguous": mark(
        "“{name}”: in dates such as {example}, nothing tells the day from the month. Say which "
        "comes first, and they are read as dates."
    ),
    "serial-dates": mark(
        "“{name}”: numbers such as {example} were read as the day numbers of a spreadsheet."
    ),
    "two-digit-years": mark(
        "“{name}”: years of two digits, such as in {example}, were read as 1930 to 2029."
    ),
    "currencies-mixed": mark(
        "“{name}” has amounts in several currencies ({currencies:list}); they were not converted."
    ),
    "texts-missing": mark_plural(
        "{n:count} cell of “{name}” counts as missing: {texts:list} stand for no answer there.",
        "{n:count} cells of “{name}” count as missing: {texts:list} stand for no answer there.",
    ),
    "blanks-as-no": mark_plural(
        "{n:count} blank cell of “{name}” was read as no.",
        "{n:count} blank cells of “{name}” were read as no.",
    ),
    "item-reversed": mark(
        "“{name}” is worded the other way round: its answers were turned on the scale from "
        "{low:number} to {high:number}."
    ),
    "levels-reversed": mark(
        "“{name}” is worded the other way round: the order of its answers was turned."
    ),
    "reversal-unused": mark(
        "“{name}” is reversed in the codebook, but it holds neither numbers nor yes/no nor levels "
        "of a known order; it stays as it is."
    ),
    "items-split": mark_plural(
        "“{name}” was split into {n:count} yes/no item.",
        "“{name}” was split into {n:count} yes/no items.",
    ),
    "items-rare": mark_plural(
        "{n:count} rare answer of “{name}” has no item of its own; {most:count} is the most.",
        "{n:count} rare answers of “{name}” have no items of their own; {most:count} is the most.",
    ),
    # Why a column is of its type
    "type-chosen": mark("You chose this type."),
    "type-codebook": mark("The codebook gives labels to {n:count} codes."),
    "type-rating": mark(
        "The codebook labels {n:count} codes as grades of an answer: a rating, which keeps its "
        "numbers. Choose text to see the labels."
    ),
    "type-codes": mark(
        "{share:percent} of the filled cells are codes: leading zeros, very many digits or "
        "telephone numbers. They are not calculated with."
    ),
    "type-code-named": mark("Digits, but the name says “{word}”: a code, not a quantity."),
    "type-dates": mark(
        "{share:percent} of the filled cells are dates written {style}, such as {example}."
    ),
    "type-empty": mark("There are no values to tell by."),
    "type-free-text": mark("Long text, nearly always different."),
    "type-item": mark("Whether “{item}” is among the answers of “{name}”."),
    "type-magnitude": mark(
        "{share:percent} of the filled cells are numbers with a magnitude, such as {example}, and "
        "were multiplied out."
    ),
    "type-numbers": mark("{share:percent} of the filled cells are numbers, such as {example}."),
    "type-numbers-styled": mark(
        "{share:percent} of the filled cells are numbers written {style}, such as {example}."
    ),
    "type-order-open": mark(
        "Dates such as {example}, but nothing tells the day from the month: text until you say so."
    ),
    "type-percent": mark(
        "{share:percent} of the filled cells are percentages, such as {example}. The number before "
        "the sign is kept: 12 % is 12."
    ),
    "type-serials": mark(
        "The name says date, and {share:percent} of the filled cells are day numbers of a "
        "spreadsheet, such as {example}."
    ),
    "type-text": mark("Too few of the filled cells are numbers, dates or yes/no."),
    "type-ticks": mark("Every cell is “{example}” or blank: ticked boxes, if you say so."),
    "type-yesno": mark("The values are a pair: {words:list}."),
}
