"""The command line: the same library without a browser.

Enters: arguments. Leaves: one JSON object on standard output, messages on standard error, files
where asked, and an exit code: 0, 2 for input that cannot be used, or 130 when it was interrupted.
"""

from __future__ import annotations

import argparse
import io
import json
import locale
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from segmentation.arguments import parser
from segmentation.commands import assign_customers, describe, segment, studies, sweep
from segmentation.engine import DuckSession
from segmentation.errors import SegmentationError
from segmentation.terminal import tell, unheard
from segmentation.warehouse_command import connected, offered
from segmentation.wording import Words, language_of, words_in
from segmentation.wording.errors import explain

COMMANDS = {
    "describe": describe,
    "segment": segment,
    "sweep": sweep,
    "assign": assign_customers,
}
BAD_INPUT, INTERRUPTED = 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the process when absent.

    Returns
    -------
    int
        0, 2 when the input cannot be used, or 130 when the user interrupted it.
    """
    parsing = parser(COMMANDS)
    asked = parsing.parse_args(arguments)
    if "action" not in asked:
        _refuse_what_does_not_fit(asked, parsing)
    words = words_in(asked.language or language_of(locale.getlocale()[0]))
    try:
        record = _answered(asked, words)
    except KeyboardInterrupt:
        tell(words("Stopped before the end, as asked."))
        return INTERRUPTED
    except SegmentationError as error:
        told = explain(error, words)
        tell(f"{told.happened} {told.next_step}")
        return BAD_INPUT
    except OSError as error:
        tell(str(error))
        return BAD_INPUT
    if isinstance(sys.stdout, io.TextIOWrapper):  # JSON is UTF-8, whatever the terminal speaks
        sys.stdout.reconfigure(encoding="utf-8")
    json.dump(record, sys.stdout, ensure_ascii=False, allow_nan=False)
    sys.stdout.write("\n")
    return 0


def _refuse_what_does_not_fit(asked: argparse.Namespace, parsing: argparse.ArgumentParser) -> None:
    if not (asked.files or "file" in asked) and (asked.orders or asked.join):
        parsing.error("--orders and --join need a FILE")
    if asked.codebook_sheet and not asked.codebook:
        parsing.error("--codebook-sheet needs --codebook FILE")


def _answered(asked: argparse.Namespace, words: Words) -> dict[str, Any]:
    if "action" in asked:
        return studies(asked, words)
    with ExitStack() as ending:
        if asked.table is not None:
            asked.warehouse = ending.enter_context(connected())
        if asked.table == "":
            return {"tables": offered(asked.warehouse)}
        folder = tempfile.TemporaryDirectory(prefix="segment-studio-")
        session = DuckSession(Path(ending.enter_context(folder)))
        ending.callback(session.close)
        # So that an interruption reaches each statement.
        ending.enter_context(session.watched_by(unheard))
        record: dict[str, Any] = asked.command(session, asked, words)
        return record
