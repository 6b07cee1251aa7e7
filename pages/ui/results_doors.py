"""The workbook of results, put together from what the other pages show.

Enters: a visit with segments. Leaves: the workbook's bytes. Refuses to compute anew: what has been
worked out is remembered in the visit.
"""

from __future__ import annotations

import datetime as dt

from pages.ui import compute, worth
from pages.ui.visits import Visit
from segmentation.export import (
    Results,
    about_rows,
    check_rows,
    number_rows,
    write_results,
)
from segmentation.sizing import sound
from segmentation.wording import Words


def workbook(visit: Visit, names: tuple[str, ...], k: int, words: Words) -> bytes:
    """Return the workbook of the segments on show."""
    study = compute.study_of(visit)
    found = None if compute.is_given(visit) else compute.finished_extraction(visit)
    results = Results(
        names=names,
        profile=compute.judged(visit, k).profile,
        numbers=number_rows(found, k, words) if found else [],
        scorecard=check_rows(worth.worth(visit).card.checks, names, words),
        programs=sound(study.money.programs)[0],
        market=study.sizing.market,
        about=about_rows(
            compute.customers(visit), compute.variables(visit), found, compute.audit(visit), words
        ),
    )
    target = visit.folder / f"{dt.datetime.now(dt.UTC):%H%M%S%f}-results.xlsx"
    try:
        return write_results(results, words, target).read_bytes()
    finally:
        target.unlink(missing_ok=True)
