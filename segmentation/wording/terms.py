"""The names of things: kinds, styles, roles, scales, families, verdicts, checks, channels, places.

Enters: a code. Leaves: its English name, marked for translation; a page says it in its language.
"""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.intake import Condition, Operator
from segmentation.intake.filters import ABOUT_ROWS
from segmentation.wording.criteria_terms import CHANNELS as CHANNELS
from segmentation.wording.criteria_terms import CRITERIA as CRITERIA
from segmentation.wording.criteria_terms import PLAN_FIELDS as PLAN_FIELDS
from segmentation.wording.criteria_terms import SOURCES as SOURCES
from segmentation.wording.criteria_terms import THRESHOLD_NAMES as THRESHOLD_NAMES
from segmentation.wording.criteria_terms import VERDICTS as VERDICTS
from segmentation.wording.language import Words, mark

KINDS: Mapping[str, str] = {
    "number": mark("Number"),
    "yesno": mark("Yes/no"),
    "date": mark("Date"),
    "text": mark("Text"),
}
STYLES: Mapping[str, str] = {
    "point": mark("with a decimal point"),
    "comma": mark("with a decimal comma"),
    "year_first": mark("year first"),
    "day_first": mark("day first"),
    "month_first": mark("month first"),
    "serial": mark("as the day number of a spreadsheet"),
}
GROUNDS: Mapping[str, str] = {
    "columns": mark("the other columns are written so"),
    "delimiter": mark("semicolons between the cells speak for it"),
    "default": mark("nothing in the file tells"),
}
ORDERED_BY: Mapping[str, str] = {
    "user": mark("you said so"),
    "codebook": mark("the codebook says so"),
    "codes": mark("in the order of the codes"),
    "bands": mark("suggested by the numbers in them"),
    "words": mark("suggested by their wording"),
}
COLUMN_HINTS: Mapping[str, str] = {
    "items": mark("several answers in a cell?"),
    "ticks": mark("ticked boxes?"),
    "order": mark("values in an order?"),
}
ROLES: Mapping[str, str] = {
    "basis": mark("Forms segments"),
    "descriptor": mark("Describes segments"),
    "outcome": mark("Outcome"),
    "id": mark("Customer id"),
    "consent": mark("Consent"),
    "contact": mark("Contact"),
    "weight": mark("Survey weight"),
    "date": mark("Date"),
    "location": mark("Location"),
    "given_segment": mark("Segment given"),
    "personal": mark("Personal data"),
    "ignore": mark("Set aside"),
}
SCALES: Mapping[str, str] = {
    "metric": mark("Metric"),
    "ordinal": mark("Ordered"),
    "nominal": mark("Categories"),
    "binary": mark("Yes/no"),
    "date": mark("Date"),
    "text": mark("Free text"),
}
FAMILIES: Mapping[str, str] = {
    "demographic": mark("Demographic"),
    "behavioural": mark("Behavioural"),
    "geographic": mark("Geographic"),
    "psychographic": mark("Psychographic"),
    "technographic": mark("Technographic"),
    "firmographic": mark("Firmographic"),
    "transactional": mark("Transactional"),
}
STRUCTURES: Mapping[str, str] = {
    "natural": mark("Natural"),
    "reproducible": mark("Reproducible"),
    "constructed": mark("Constructed"),
}
SEVERITIES: Mapping[str, str] = {
    "blocks": mark("Blocks"),
    "distorts": mark("Distorts"),
    "weakens": mark("Weakens"),
    "informs": mark("Good to know"),
}
PLACES: Mapping[str, str] = {
    "latitude": mark("Latitude"),
    "longitude": mark("Longitude"),
    "region": mark("Region"),
    "city": mark("City"),
    "district": mark("District"),
    "country": mark("Country"),
    "postcode": mark("Postcode"),
}
ORDER_ROLES: Mapping[str, str] = {
    "customer": mark("Customer"),
    "date": mark("Date"),
    "amount": mark("Amount"),
    "order": mark("Order number"),
    "quantity": mark("Quantity"),
    "unit_price": mark("Unit price"),
    "product": mark("Product"),
    "category": mark("Category of product"),
    "status": mark("Status, such as returned"),
}
OPERATORS: Mapping[str, str] = {
    "is": mark("is"),
    "is_not": mark("is not"),
    "at_least": mark("is at least"),
    "at_most": mark("is at most"),
    "contains": mark("contains"),
    "known": mark("is known"),
    "missing": mark("is missing"),
}
ROW_CONDITIONS: Mapping[str, str] = {
    "once": mark("rows that repeat another are left out"),
    "once-by": mark("only the first row of each “{name}”"),
    "answered": mark("rows that lack more than {share:percent} of the answers are left out"),
    "varied": mark("rows with one answer throughout are left out"),
}
FORMATS: Mapping[str, str] = {
    "csv": mark("Text table"),
    "workbook": mark("Workbook"),
    "parquet": mark("Parquet"),
    "warehouse": mark("Warehouse table"),
    "spss": mark("SPSS file"),
    "stata": mark("Stata file"),
    "sas": mark("SAS file"),
}
REJECTS: Mapping[str, str] = {
    "totals": mark("totals"),
    "note": mark("remarks below the table"),
    "ruler": mark("lines drawn with signs"),
    "comment": mark("comments"),
    "repeated-header": mark("column names repeated"),
    "another-table": mark("another table"),
}
DELIMITERS: Mapping[str, str] = {
    ",": mark("comma"),
    ";": mark("semicolon"),
    "\t": mark("tab"),
    "|": mark("vertical bar"),
    "^": mark("caret"),
    "~": mark("tilde"),
}
PERSONA_TITLES: Mapping[str, str] = {
    "worth": mark("What they are worth"),
    "who": mark("Who they are"),
    "does": mark("What they do"),
    "where": mark("Where they are"),
    "reach": mark("How to reach them"),
}
PERSONA_FIELDS: Mapping[str, str] = {
    "goals": mark("Goals"),
    "pains": mark("Pains"),
    "tone": mark("Tone"),
    "to_say": mark("What to say"),
    "not_to_say": mark("What not to say"),
}
PERSONA_QUESTIONS: Mapping[str, str] = {
    "goals": mark("What do they want to achieve?"),
    "pains": mark("What stands in their way?"),
    "tone": mark("How do you speak to them?"),
    "to_say": mark("Which message suits them?"),
    "not_to_say": mark("Which message puts them off?"),
}
FIGURE_NAMES: Mapping[str, str] = {
    "people": mark("People"),
    "response": mark("Response rate"),
    "margin": mark("Margin per response"),
    "contact": mark("Cost per contact"),
    "fixed": mark("Fixed cost"),
    "control": mark("Response without contact"),
}
JOINS: Mapping[str, str] = {
    "all": mark("all of these"),
    "any": mark("any of these"),
    "none": mark("none of these"),
}


def named(table: Mapping[str, str], code: str, words: Words) -> str:
    """Return the name of a code in the reader's language; blank for no code."""
    return words(table[code]) if code else ""


def condition_text(condition: Condition, words: Words) -> str:
    """Say one condition of the population filter."""
    if condition.operator in ABOUT_ROWS:
        return _row_condition(condition, words)
    said = words(OPERATORS[condition.operator])
    return f"{condition.column} {said} {', '.join(condition.values)}".strip()


def _row_condition(condition: Condition, words: Words) -> str:
    code: str = condition.operator
    if condition.operator is Operator.ONCE and condition.column:
        code = "once-by"
    return words(ROW_CONDITIONS[code], name=condition.column, share=condition.share or 0.0)


def segment_name(given: str, segment: int, words: Words) -> str:
    """Return the user's name of a segment, or "Segment 1" for the largest, and so on."""
    return given or words("Segment {n:count}", n=segment + 1)


def segment_names(
    given: tuple[str, ...], words: Words, defaults: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Return the names of all segments; two of the same name are told apart by their number.

    Where the user gave none, ``defaults`` may have another one than "Segment 1".
    """
    own = [name or default for name, default in zip(given, defaults or given, strict=True)]
    names = [segment_name(name, s, words) for s, name in enumerate(own)]
    while len(set(names)) < len(names):
        names = [
            name if names.count(name) == 1 else f"{name} ({s + 1})" for s, name in enumerate(names)
        ]
    return tuple(names)
