"""A study and its segments as a version that can be saved.

Enters: a study, and of its segments what is known. Leaves: a :class:`Draft`. Refuses to take any
customer along: who is in which segment becomes one number that cannot be turned back.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Sequence
from importlib.metadata import version

import numpy as np

from segmentation import __version__
from segmentation.criteria import Check
from segmentation.intake import CustomerTable
from segmentation.profiles import SegmentSize
from segmentation.structure import Partition
from segmentation.studies.records import Draft, Judgement, Results
from segmentation.study import Study, dump
from segmentation.validation import Trust

_COMPUTING = ("numpy", "scipy", "scikit-learn", "duckdb", "pandas")
_KEPT = 32


def made_with() -> dict[str, str]:
    """Return the versions of what computes here, by name."""
    own = {"segment-studio": __version__, "python": platform.python_version()}
    return own | {name: version(name) for name in _COMPUTING}


def draft_of(study: Study, results: Results | None = None) -> Draft:
    """Return a study as a version that can be saved.

    Parameters
    ----------
    study : Study
    results : Results or None
        What its segments came to; None where they have not been computed.

    Returns
    -------
    Draft
    """
    source = study.source
    return Draft(
        dump(study),
        source.name,
        source.fingerprint,
        source.n_rows,
        study.branch.extraction.seed,
        made_with(),
        results,
    )


def results_of(
    partition: Partition,
    names: Sequence[str],
    sizes: Sequence[SegmentSize],
    checks: Sequence[Check],
    *,
    method: str | None = None,
    verdict: str | None = None,
) -> Results:
    """Sum up what the segments on show came to.

    Parameters
    ----------
    partition : Partition
    names : sequence of str
        Of its segments.
    sizes : sequence of SegmentSize
        Of the same.
    checks : sequence of Check
        Every criterion of every segment, as the scorecard has them.
    method : str or None
        How they were found.
    verdict : str or None
        As :func:`verdict_of` says.

    Returns
    -------
    Results
        Without ``labels``, which :func:`labels_fingerprint` tells.
    """
    return Results(
        len(partition.labels),
        tuple(names),
        tuple(sizes),
        partition.n_unassigned,
        method,
        verdict,
        judgements=_judgements(checks),
    )


def verdict_of(trust: Trust | None, k: int) -> str | None:
    """Return what was found out about ``k`` segments; None where nobody tested them.

    Returns
    -------
    str or None
        ``natural``, ``reproducible``, ``constructed``, or ``none``: there are no segments here.
    """
    if trust is None or k not in trust.verdict.by_k:
        return None
    return "none" if trust.verdict.none else trust.verdict.by_k[k].value


def labels_fingerprint(table: CustomerTable, partition: Partition) -> str:
    """Return a text that is the same while the same customers are in the same segments.

    Customers are taken in the order of their keys, which does not depend on the order of the file.

    Parameters
    ----------
    table : CustomerTable
    partition : Partition
        Of its customers.

    Returns
    -------
    str
    """
    rows = table.population()
    cells = table.session.arrow(rows.select("__row", "__key"))
    labels = partition.at(cells["__row"].to_numpy())
    keys = cells["__key"].to_numpy()
    order = np.lexsort((labels, keys))
    mark = hashlib.sha256(np.ascontiguousarray(keys[order]).astype("<u8").tobytes())
    mark.update(labels[order].astype("<i2").tobytes())
    return mark.hexdigest()[:_KEPT]


def _judgements(checks: Sequence[Check]) -> tuple[Judgement, ...]:
    """Every criterion of every segment, with numbers that JSON can hold."""
    return tuple(
        Judgement(
            check.segment,
            check.criterion,
            check.verdict.value,
            None if check.value is None or not np.isfinite(check.value) else float(check.value),
        )
        for check in checks
    )
