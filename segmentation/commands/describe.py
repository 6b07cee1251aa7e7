"""``describe``: what a file holds, and what was repaired.

Enters: a session and arguments. Leaves: the record of a file. Refuses to decide anything.
"""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

from segmentation import workflow
from segmentation.audit import audit
from segmentation.commands.opening import codebook_asked, read, teller
from segmentation.engine import DuckSession
from segmentation.export import audit_record, describe_record, places_record
from segmentation.study import Study
from segmentation.terminal import reading_told
from segmentation.variables import suggest
from segmentation.whereabouts import find, propose
from segmentation.wording import Words
from segmentation.wording.findings import audit_lines


def describe(session: DuckSession, asked: argparse.Namespace, words: Words) -> dict[str, Any]:
    """Read a file and record what it holds.

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
    book = codebook_asked(session, asked)
    raw, _ = read(session, asked, None, book, words)
    study = Study.of(raw)
    if book:
        study = workflow.described(study, raw, book, asked.codebook.name, teller(words))
    with reading_told(session, words):
        table = workflow.customers_of(raw, study)
    variables = suggest(table)
    audited = audit(
        table, variables, as_of=dt.datetime.now(dt.UTC).date(), n_rejected=raw.n_rejected
    )
    record = describe_record(table, variables, words, show_personal=asked.show_personal)
    record["audit"] = audit_lines(audited, words)
    record["findings"] = audit_record(audited, words)
    if reading := propose(table, variables):
        record["places"] = places_record(reading, find(table, reading))
    return record
