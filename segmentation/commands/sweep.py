"""``sweep``: every number of segments beside the others.

Enters: a session and arguments. Leaves: one object for each number of segments. Refuses to profile
any of them.
"""

from __future__ import annotations

import argparse
from typing import Any

from segmentation.commands.finding import Clock, customers_asked, sweep_asked, trust_asked
from segmentation.commands.weighing import outlier_segments, weighed
from segmentation.engine import DuckSession
from segmentation.export import sweep_record
from segmentation.variables import Role
from segmentation.wording import Words
from segmentation.workflow import role_names


def sweep(session: DuckSession, asked: argparse.Namespace, words: Words) -> dict[str, Any]:
    """Find segments and record every solution.

    Parameters
    ----------
    session : DuckSession
    asked : argparse.Namespace
    words : Words

    Returns
    -------
    dict
        As documented in ``docs/cli.md``.
    """
    clock = Clock()
    customers, found = sweep_asked(customers_asked(session, asked, words, clock), words, clock)
    trust = trust_asked(found, customers.study, asked, words, clock)
    basis = role_names(customers.variables, Role.BASIS)
    record = {
        "n_customers": len(found.matrix.rows),
        "basis": list(basis),
        **sweep_record(found.extraction, trust, words),
    }
    if trust:
        for solution in record["solutions"]:
            solution["outlier_segments"] = outlier_segments(found, solution["k"])
        k = found.extraction.shown_k(None)
        record |= {"weighed_k": k, **weighed(customers, found, k, words, clock)}
    return {**record, "seconds": clock.seconds}
