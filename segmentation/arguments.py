"""The arguments of the command line.

Enters: nothing. Leaves: a parser, and what two of its texts mean. Refuses to do anything with what
was asked.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from segmentation.arguments_to_take import ask_for_files_to_take
from segmentation.assigning.sql import DIALECTS
from segmentation.errors import BadNumberOfSegments, UnknownColumn
from segmentation.extraction import SUGGESTED
from segmentation.geography.nearby import SpotColumns
from segmentation.methods import METHODS


def parser(commands: Mapping[str, Callable[..., Any]]) -> argparse.ArgumentParser:
    """Return the parser of the command line.

    Parameters
    ----------
    commands : mapping of str to callable
        What ``describe``, ``segment``, ``sweep`` and ``assign`` do; it becomes ``command`` of the
        parsed arguments.
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
    sweep = found.add_parser("sweep", help="every number of segments beside the others")
    sweep.set_defaults(command=commands["sweep"], k=None)
    assign = found.add_parser("assign", help="new customers in the segments of a run")
    assign.set_defaults(command=commands["assign"])
    _ask_for_model(assign)
    for command in (describe, segment, sweep):
        _ask_for_files(command)
    for command in (segment, sweep):
        _ask_for_decisions(command)
    segment.add_argument("--k", default=None, metavar="N|auto", help="number of segments")
    segment.add_argument(
        "--given", metavar="NAME", help="column whose values are the segments: none are looked for"
    )
    for command in (segment, assign):
        command.add_argument("--out", type=Path, metavar="DIR", help="write the results there")
        command.add_argument(
            "--sql",
            action="append",
            default=[],
            choices=DIALECTS,
            help="with --out: write the assignment as SQL, too; repeatable",
        )
    ask_for_files_to_take(segment)
    studies = found.add_parser("studies", help="saved studies: list, show, export, save, delete")
    _ask_about_studies(studies.add_subparsers(required=True, dest="action", metavar="ACTION"))
    return parsing


def _ask_for_model(command: argparse.ArgumentParser) -> None:
    """Which model, and whose customers."""
    command.set_defaults(files=[], table=None, orders=False, codebook=None, codebook_sheet=None)
    command.add_argument(
        "model",
        type=Path,
        metavar="RUN_OR_MODEL_OR_STUDY",
        help="the folder of a run, its model.json, or a study's TOML (with --from)",
    )
    command.add_argument("file", type=Path, metavar="FILE", help="the new customers")
    command.add_argument(
        "--from", type=Path, dest="source", metavar="FILE", help="the file that the study is about"
    )
    command.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="OLD=NEW",
        help="the column OLD of the new file is NEW in the model; repeatable",
    )
    command.add_argument("--language", choices=("en", "zh_CN"), help="of sentences")
    _ask_for_joins(command)


def _ask_about_studies(found: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """What is done with saved studies, which need no file of customers."""
    listing = found.add_parser("list", help="the saved studies, the newest first")
    listing.add_argument("--search", default="", metavar="TEXT", help="those with it in their name")
    show = found.add_parser("show", help="one study with all its versions")
    export = found.add_parser("export", help="a study as TOML")
    export.add_argument("--version", type=int, metavar="N", help="default the newest")
    export.add_argument("--out", type=Path, metavar="FILE", help="write it there")
    save = found.add_parser("save", help="save a study")
    save.add_argument("file", type=Path, metavar="STUDY.toml")
    save.add_argument("--id", metavar="ID", help="as the next version of this study")
    save.add_argument("--name", metavar="NAME", help="of a new one; default its file's")
    save.add_argument("--by", default="", metavar="NAME", help="who saves it")
    save.add_argument("--run", type=Path, metavar="RUN.json", help="what its segments came to")
    delete = found.add_parser("delete", help="delete a study with all its versions")
    for action in (show, export, delete):
        action.add_argument("id", metavar="ID")
    for action in (listing, show, export, save, delete):
        action.add_argument("--database", metavar="URL", help="where studies are kept")
        action.add_argument("--language", choices=("en", "zh_CN"), help="of sentences")


def _ask_for_files(command: argparse.ArgumentParser) -> None:
    """What is read, and how."""
    _add_source(command)
    command.add_argument("--language", choices=("en", "zh_CN"), help="of sentences")
    command.add_argument("--codebook", type=Path, metavar="FILE", help="what the codes mean")
    command.add_argument("--codebook-sheet", metavar="NAME", help="which sheet of it")
    command.add_argument("--orders", action="store_true", help="FILE holds order lines")
    command.add_argument(
        "--dates",
        choices=("day-first", "month-first"),
        help="how orders' dates are written",
    )
    _ask_for_joins(command)


def _ask_for_joins(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--join",
        action="append",
        default=[],
        nargs=2,
        metavar=("FILE", "ON[=OTHER]"),
        help="add the columns of FILE by the column ON, called OTHER there; repeatable",
    )


def _ask_for_decisions(command: argparse.ArgumentParser) -> None:
    """How segments are found and judged."""
    command.add_argument(
        "--basis",
        action="append",
        default=[],
        metavar="NAME",
        type=_names,
        help="variable that forms segments; repeat it, or give one comma list (CSV-quoted)",
    )
    command.add_argument("--id", metavar="NAME", help="column that names a customer")
    command.add_argument(
        "--method", choices=(SUGGESTED, *METHODS), help="how segments are found; default suggested"
    )
    command.add_argument("--k-max", type=int, default=None, metavar="N", help="default 10")
    command.add_argument("--seed", type=int, default=None, help="default 7")
    command.add_argument("--study", type=Path, metavar="TOML", help="a saved study to repeat")
    command.add_argument(
        "--places",
        action="append",
        default=[],
        metavar="FILE",
        type=Path,
        help="stores or other places: the distance to the nearest becomes a variable; repeatable",
    )
    command.add_argument(
        "--places-columns",
        action="append",
        default=[],
        metavar="LAT,LON[,NAME]",
        type=place_columns,
        help="the columns of --places where their names do not tell; one for each file, in order",
    )
    command.add_argument(
        "--validate", action="store_true", help="judge how far to trust each number of segments"
    )


def _add_source(command: argparse.ArgumentParser) -> None:
    """Add where the customers come from: files, or a table of the warehouse."""
    source = command.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "files",
        type=Path,
        nargs="*",
        default=[],
        metavar="FILE",
        help="the table; several files with the same columns are put under each other",
    )
    source.add_argument(
        "--table",
        nargs="?",
        const="",
        metavar="NAME",
        help="a table of the warehouse; without NAME they are listed",
    )


def _names(text: str) -> list[str]:
    return [name.strip() for name in next(csv.reader([text], skipinitialspace=True), [])]


def place_columns(text: str) -> SpotColumns:
    """Read ``--places-columns``: latitude, longitude and, if wanted, the name of the places.

    Raises
    ------
    argparse.ArgumentTypeError
        When there are not two or three names.

    Examples
    --------
    >>> place_columns('"lat, deg",lon')
    SpotColumns(latitude='lat, deg', longitude='lon', name=None)
    """
    names = _names(text)
    if len(names) not in (2, 3) or not all(names):
        raise argparse.ArgumentTypeError(f"{text!r}: LAT,LON[,NAME]")
    return SpotColumns(*names)


def number_of_segments(asked: str | None, saved: int | None) -> int | None:
    """Return the number asked for by ``--k``, else the saved one; None for the recommended one.

    Raises
    ------
    BadNumberOfSegments
        When it is no number.
    """
    if asked is None:
        return saved
    if asked == "auto":
        return None
    try:
        return int(asked)
    except ValueError as cause:
        raise BadNumberOfSegments(k=0, k_max=10) from cause


def listed(groups: Sequence[Sequence[str]], names: Sequence[str]) -> tuple[str, ...]:
    """Flatten ``--basis``: a whole argument that is a column's name is that column.

    Raises
    ------
    UnknownColumn
        When a name is none of the columns'.
    """
    listed: list[str] = []
    for group in groups:
        whole = ", ".join(group)
        matches = [name for name in names if name == whole or name == ",".join(group)]
        listed += matches[:1] or list(group)
    for name in listed:
        if name not in names:
            raise UnknownColumn.from_names(name, names)
    return tuple(dict.fromkeys(listed))
