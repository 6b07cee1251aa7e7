"""What a report is made from, gathered from the visit's results.

Enters: a visit with segments. Leaves: results and reports. Refuses to compute what a page has not
asked for already, but for the little that the engine counts for reports alone.
"""

from __future__ import annotations

import datetime as dt

from pages.ui import compute, judging, worth
from pages.ui.visits import Visit
from segmentation.report import WRITERS, Engine, Found, Report, Results, ask_engine, report_of
from segmentation.wording import Words


def results(visit: Visit, words: Words, owner: str = "") -> Results:
    """Gather all that a report is made from.

    Parameters
    ----------
    visit : Visit
    words : Words
        The language of the segments' names.
    owner : str
        Who answers for the segmentation.

    Returns
    -------
    Results
    """
    k = compute.shown_k(visit)
    return Results(
        table=compute.customers(visit),
        study=compute.study_of(visit),
        variables=compute.telling(visit),
        judged=compute.judged(visit, k),
        worth=worth.worth(visit),
        partition=compute.partition(visit),
        names=compute.names(visit, k, words),
        audit=compute.audit(visit),
        found=_found(visit),
        engine=_engine(visit, k, words),
        today=dt.datetime.now(dt.UTC).date(),
        owner=" ".join(owner.split()),
    )


def _found(visit: Visit) -> Found | None:
    if compute.is_given(visit):
        return None
    extraction = compute.finished_extraction(visit)
    return Found(
        extraction,
        extraction.shown_k(compute.study_of(visit).branch.k),
        judging.known_trust(visit),
        compute.matrix(visit).notes,
        compute.is_changed(visit),
    )


def _engine(visit: Visit, k: int, words: Words) -> Engine:
    names, plan = compute.names(visit, k, words), compute.study_of(visit).sizing
    solution = compute.solution_key(visit, k)
    key = ("report", solution, compute.variables_key(visit), names, plan, words.language)
    return visit.memo.get(
        key,
        lambda: ask_engine(
            compute.customers(visit),
            compute.variables(visit),
            compute.labels(visit, k),
            names,
            (plan, solution),
            words,
        ),
    )


def report(visit: Visit, words: Words, owner: str = "") -> Report:
    """Describe the report of the segments on show."""
    return report_of(results(visit, words, owner), words)


def written(visit: Visit, ending: str, owner: str, words: Words) -> bytes:
    """Write the report in one of its forms."""
    return WRITERS[ending](report(visit, words, owner))
