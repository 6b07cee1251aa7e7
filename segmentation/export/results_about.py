"""How the results were made, and what was noted about the data: rows for a workbook.

Enters: a table and results. Leaves: rows. Refuses to quote cells of personal data.
"""

from __future__ import annotations

from collections.abc import Sequence

from segmentation import __version__
from segmentation.audit import Audit
from segmentation.criteria import Check
from segmentation.export.chart_rows import Rows
from segmentation.intake import CustomerTable
from segmentation.intake.glimpse import covered
from segmentation.variables import Role, Variable
from segmentation.wording import Words
from segmentation.wording.findings import effect, found
from segmentation.wording.methods import METHOD_NAMES
from segmentation.wording.notes import say
from segmentation.wording.terms import CRITERIA, SOURCES, VERDICTS
from segmentation.workflow import Extraction


def number_rows(extraction: Extraction, shown: int, words: Words) -> Rows:
    """Return every number of segments with what each criterion says of it."""
    chosen = extraction.choice.recommended_k
    return [
        {
            words("Number of segments"): k,
            words("Separation (silhouette)"): float(extraction.silhouettes[k]),
            words("Smallest segment"): min(solution.sizes),
            words("Recommended"): words("yes") if k == chosen else "",
            words("On show"): words("yes") if k == shown else "",
        }
        for k, solution in extraction.family.solutions.items()
    ]


def check_rows(checks: Sequence[Check], names: Sequence[str], words: Words) -> Rows:
    """Return every criterion of every segment: the verdict, its numbers and its source."""
    return [
        {
            words("Segment"): names[check.segment],
            words("Criterion"): words(CRITERIA[check.criterion]),
            words("Verdict"): words(VERDICTS[check.verdict]),
            words("Value"): check.value,
            words("Threshold"): check.threshold,
            words("Why"): say(check.why, words),
            words("What to do"): say(check.remedy, words) if check.remedy else "",
            words("Source"): words(SOURCES[check.source]),
        }
        for check in checks
    ]


def about_rows(
    table: CustomerTable,
    variables: Sequence[Variable],
    extraction: Extraction | None,
    audit: Audit | None,
    words: Words,
) -> Rows:
    """Return what a reader needs to judge and to repeat the results.

    Parameters
    ----------
    table : CustomerTable
    variables : sequence of Variable
    extraction : Extraction or None
        None where the segments were given.
    audit : Audit or None
    words : Words
    """
    made = [*_made(table, variables, words), *_found(extraction, words)]
    private = [v.name for v in variables if v.private]
    notes = [(words("Note"), say(note, words)) for note in covered(table.notes, private)]
    for finding in audit.findings if audit else ():
        sentences = (found(finding, words), effect(finding, words))
        notes.append((words("Data quality"), words.sentences(sentences)))
    return [{words("About"): topic, words("What"): text} for topic, text in (*made, *notes)]


def _made(
    table: CustomerTable, variables: Sequence[Variable], words: Words
) -> list[tuple[str, str]]:
    forming = [v.name for v in variables if v.role is Role.BASIS]
    return [
        (words("File"), table.raw.source.name),
        (words("Rows"), words.count(table.raw.n_rows)),
        (words("Customers"), words.count(table.n_customers)),
        (words("Fingerprint of the data"), table.raw.fingerprint),
        (words("Forms segments"), words.listed(forming)),
        (words("Made with"), f"Segment Studio {__version__}"),
        (
            words("Sizes"),
            words("95 % intervals of shares after Wilson (1927), on the effective sample size."),
        ),
        (
            words("Profile"),
            words(
                "Means and shares among customers with a value; the index is 100 times the segment "
                "over all customers."
            ),
        ),
        (
            words("Money"),
            words(
                "Profit = people × (response − response without contact) × margin − people × cost "
                "per contact − fixed cost. The smallest segment that pays is fixed cost over what "
                "one contact earns."
            ),
        ),
    ]


def _found(extraction: Extraction | None, words: Words) -> list[tuple[str, str]]:
    if extraction is None:
        return [(words("Method"), words("The segments were given by a column."))]
    spec = extraction.family.spec
    return [
        (words("Method"), words(METHOD_NAMES[spec.method])),
        (words("Seed"), str(spec.seed)),
        (words("Recommendation"), say(extraction.choice.reason, words)),
        *((words("Caution"), say(note, words)) for note in extraction.choice.cautions),
    ]
