"""The arguments of the command line.

Enters: nothing. Leaves: a parser. Refuses to do anything with what was asked.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any


def parser(commands: Mapping[str, Callable[..., Any]]) -> argparse.ArgumentParser:
    """Return the parser of the command line.

    Parameters
    ----------
    commands : mapping of str to callable
        What ``describe`` and ``segment`` do; it becomes ``command`` of the parsed arguments.
    """
    parsing = argparse.ArgumentParser(
        prog="python -m segmentation", description="Market segmentation from a file."
    )
    found = parsing.add_subparsers(required=True, metavar="COMMAND")
    describe = found.add_parser("describe", help="what a file holds and what was repaired")
    describe.set_defaults(command=commands["describe"])
    describe.add_argument("--show-personal", action="store_true", help="quote personal data, too")
    segment = found.add_parser("segment", help="find, profile and check segments")
    segment.set_defaults(command=commands["segment"])
    for command in (describe, segment):
        _ask_for_files(command)
    _ask_for_decisions(segment)
    return parsing


def _ask_for_files(command: argparse.ArgumentParser) -> None:
    """What is read, and how."""
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("--language", choices=("en", "zh_CN"), help="of sentences")
    command.add_argument("--codebook", type=Path, metavar="FILE", help="what the codes mean")
    command.add_argument("--orders", action="store_true", help="FILE holds order lines")
    command.add_argument(
        "--dates",
        choices=("day-first", "month-first"),
        help="how orders' dates are written",
    )
    command.add_argument(
        "--join",
        action="append",
        default=[],
        nargs=2,
        metavar=("FILE", "ON[=OTHER]"),
        help="add the columns of FILE by the column ON, called OTHER there; repeatable",
    )


def _ask_for_decisions(segment: argparse.ArgumentParser) -> None:
    """How segments are found, and where they go."""
    segment.add_argument(
        "--basis",
        action="append",
        default=[],
        metavar="NAME",
        type=_names,
        help="variable that forms segments; repeat it, or give one comma list (CSV-quoted)",
    )
    segment.add_argument("--id", metavar="NAME", help="column that names a customer")
    segment.add_argument("--k", default=None, metavar="N|auto", help="number of segments")
    segment.add_argument("--k-max", type=int, default=None, metavar="N", help="default 10")
    segment.add_argument("--seed", type=int, default=None, help="default 7")
    segment.add_argument("--study", type=Path, metavar="TOML", help="a saved study to repeat")
    segment.add_argument("--out", type=Path, metavar="DIR", help="write the results there")


def _names(text: str) -> list[str]:
    return [name.strip() for name in next(csv.reader([text], skipinitialspace=True), [])]
