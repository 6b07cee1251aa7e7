"""The results of a study as a workbook for analysts: numbers to read, formulas to play with.

Enters: results. Leaves: an XLSX in the reader's language. Refuses to let a name run as a formula,
and to write a number that was only computed where a reader would want to change what it rests on:
such cells hold formulas over cells that are marked for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from segmentation.export.chart_rows import Rows
from segmentation.export.results_formulas import write_money, write_sizes
from segmentation.export.results_sheets import Formats, Sheet, write_profile, write_rows_sheet
from segmentation.profiles import Profile
from segmentation.sizing import Program
from segmentation.wording import Words


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """What goes into the workbook.

    Attributes
    ----------
    names : tuple of str
        Of the segments.
    profile : Profile
    numbers : Rows
        Every number of segments beside the others; empty where the segments were given.
    scorecard : Rows
        Every criterion of every segment.
    programs : tuple of Program
        Of the money page; empty to begin with a row a segment.
    market : (float, float) or None
        Smallest and largest size of the market that the customers are a sample of.
    about : Rows
        How it was made, and what was noted about the data.
    """

    names: tuple[str, ...]
    profile: Profile
    numbers: Rows
    scorecard: Rows
    programs: tuple[Program, ...]
    market: tuple[float, float] | None
    about: Rows


def write_results(results: Results, words: Words, path: Path) -> Path:
    """Write the workbook.

    Parameters
    ----------
    results : Results
    words : Words
    path : Path

    Returns
    -------
    Path
        The same path. Sheets: sizes, profile, numbers of segments, scorecard, money, about.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        formats = Formats.of(workbook)

        def sheet(name: str) -> Sheet:
            return Sheet(workbook.add_worksheet(name), formats)

        write_sizes(
            sheet(words("Sizes")), results.profile.sizes, results.names, results.market, words
        )
        write_profile(sheet(words("Profile")), results.profile, results.names, words)
        if results.numbers:
            write_rows_sheet(sheet(words("How many segments")), results.numbers)
        if results.scorecard:
            write_rows_sheet(sheet(words("Scorecard")), results.scorecard)
        write_money(sheet(words("Money")), _programs(results), words)
        write_rows_sheet(sheet(words("Methods and data")), results.about)
    return path


def _programs(results: Results) -> Sequence[Program]:
    """The programs of the study; else one a segment, whose assumptions are to be filled in."""
    if results.programs:
        return results.programs
    return [Program(results.names[s.segment], people=s.n) for s in results.profile.sizes]
