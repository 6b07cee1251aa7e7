"""``sweep``: every number of segments beside the others.

Enters: a session and arguments. Leaves: one object for each number of segments. Refuses to profile
any of them.
"""

from __future__ import annotations

import argparse
from typing import Any

from segmentation.commands.finding import Clock, found_segments, trust_asked
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
    found = found_segments(session, asked, words, clock)
    trust = trust_asked(found, asked, words, clock)
    basis = role_names(found.variables, Role.BASIS)
    return {
        "n_customers": len(found.matrix.rows),
        "basis": list(basis),
        **sweep_record(found.extraction, trust, words),
        "seconds": clock.seconds,
    }
