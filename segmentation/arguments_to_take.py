"""What the command line can be asked to write besides: workbook, Parquet, audiences, reports.

Enters: the parser of a command. Leaves: the same, with these arguments. Refuses to write.
"""

from __future__ import annotations

import argparse
from pathlib import Path


def ask_for_files_to_take(command: argparse.ArgumentParser) -> None:
    """What is written besides, where asked for."""
    add = command.add_argument
    add("--workbook", type=Path, metavar="FILE", help="the results as a workbook")
    add(
        "--report",
        action="append",
        default=[],
        metavar="FILE",
        type=Path,
        help="a report for readers, as .html, .pptx or .pdf; repeatable",
    )
    add("--owner", metavar="NAME", default="", help="who answers for the segmentation")
    add("--parquet", type=Path, metavar="FILE", help="labelled customers as Parquet")
    add(
        "--audience",
        action="append",
        default=[],
        metavar="PLATFORM=FILE",
        help="customers as an advertising or mailing platform takes them; repeatable",
    )
    add("--audience-segments", type=_numbers, default=(), metavar="N,N", help="only these segments")
    add(
        "--audience-column",
        action="append",
        default=[],
        type=_pair,
        metavar="PART=NAME",
        help="which column holds email, phone, email-consent, …; repeatable",
    )
    add("--unknown-consent", action="store_true", help="consent not known counts as given")
    add("--phone-country", default="", metavar="CC", help="of numbers without a country code")
    add("--holdout", type=_rates, metavar="LIFT,BASE", help="hold out enough to see a lift")
    add("--holdout-share", type=float, metavar="SHARE", help="hold out as an earlier file did")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _rates(text: str) -> tuple[float, float]:
    lift, base = (float(part) for part in text.split(","))
    return lift, base


def _pair(text: str) -> tuple[str, str]:
    part, equals, name = text.partition("=")
    if not (equals and name):
        raise argparse.ArgumentTypeError(text)
    return part, name
