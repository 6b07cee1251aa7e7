"""The open customers typed in another way: by a changed decision, or by a codebook.

Enters: a visit and a changed study. Leaves: the visit with both. What is refused or cancelled
leaves the study and the customers as they were.
"""

from __future__ import annotations

from dataclasses import replace

from pages.ui.opening import codebook_of, sum_again, table_key
from pages.ui.visits import Visit
from segmentation import workflow
from segmentation.study import Study
from segmentation.transactions import Upload


def type_again(visit: Visit, changed: Study, seen: int) -> None:
    """Type the customers as a changed study says, and put it in place.

    Parameters
    ----------
    visit : Visit
    changed : Study
    seen : int
        The number of the study that was changed.

    Raises
    ------
    StudyChangedElsewhere
        When another tab changed it meanwhile.
    NoCustomersLeft
        When its population leaves nobody; the former study stays.
    """
    with visit.opening:
        if visit.raw:
            typed = workflow.customers_of(visit.raw, changed)
            visit.memo.put(("customers", table_key(changed)), typed)
            visit.replace_study(changed, seen)


def describe_again(visit: Visit, described: Study, seen: int) -> None:
    """Put another codebook into effect; orders are summed up again by its labels."""
    with visit.opening:
        if described.composition.sums_orders:
            sum_again(visit, described)
        else:
            type_again(visit, described, seen)


def describe_by(visit: Visit, upload: Upload, former: Study, seen: int) -> None:
    """Read a codebook and put it into effect; raises as :func:`codebook_of`."""
    found = codebook_of(visit, upload)
    if found != former.codebook:
        describe_again(visit, replace(former, codebook=found), seen)
