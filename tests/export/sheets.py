"""A spreadsheet program in small: works out the formulas that the questions' workbook uses."""

import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np

_NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_RANGE = re.compile(r"(?:(points)!)?\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


class Workbook:
    """The cells of a workbook: numbers, texts, and formulas worked out when they are asked for."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        shared = [
            "".join(text.text or "" for text in item.iter(f"{{{_NAMES['m']}}}t"))
            for item in self._tree(parts["xl/sharedStrings.xml"])
        ]
        self.cells = {
            name: self._cells(parts[f"xl/worksheets/sheet{i}.xml"], shared)
            for i, name in enumerate(("questions", "points"), start=1)
        }

    @staticmethod
    def _tree(content: bytes) -> Any:
        return ElementTree.fromstring(content)  # noqa: S314 – as above

    def _cells(self, content: bytes, shared: list[str]) -> dict[tuple[int, int], Any]:
        found: dict[tuple[int, int], Any] = {}
        for cell in self._tree(content).iterfind(".//m:c", _NAMES):
            letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r")).groups()
            formula, value = cell.find("m:f", _NAMES), cell.find("m:v", _NAMES)
            if formula is not None:
                held: Any = f"={formula.text}"
            elif value is None:
                continue
            else:
                text = cell.get("t") == "s"
                held = ("text", shared[int(value.text)]) if text else float(value.text)
            found[int(row), column_number(letters)] = held
        return found

    def value(self, row: int, column: int, sheet: str = "questions") -> Any:
        """Return a cell's value: a number, a text, or None."""
        held = self.cells[sheet].get((row, column))
        if isinstance(held, tuple):
            return held[1]
        return self._worked_out(held[1:]) if isinstance(held, str) else held

    def _worked_out(self, formula: str) -> Any:
        python = re.sub(r"(?<![<>=])=", "==", _RANGE.sub(self._looked_up, formula))
        return eval(python, {**FUNCTIONS, "cells": self._range})  # noqa: S307 – our own formula

    def _looked_up(self, found: re.Match[str]) -> str:
        sheet, first, top, last, bottom = found.groups()
        corners = (int(top), column_number(first), int(bottom or top), column_number(last or first))
        return f"cells({sheet or 'questions'!r}, {corners}, {bool(last)})"

    def _range(self, sheet: str, corners: tuple[int, int, int, int], is_range: bool) -> Any:
        top, left, bottom, right = corners
        found = [
            self.value(row, column, sheet)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]
        return np.array(found, dtype=object) if is_range else found[0]


def _match(wanted: Any, among: Any, kind: int) -> int | None:
    if not isinstance(wanted, int | float):
        return None
    fits = [i for i, x in enumerate(among, 1) if (x <= wanted if kind else x == wanted)]
    return (fits[-1] if kind else fits[0]) if fits else None


FUNCTIONS: dict[str, Any] = {
    "IF": lambda condition, then, otherwise: then if condition else otherwise,
    "ISNUMBER": lambda x: isinstance(x, int | float),
    "COUNTA": lambda among: sum(x is not None for x in among),
    "EXACT": lambda text, among: np.array([str(x) == (text or "") for x in among]),
    "INDEX": lambda among, place: None if place is None else among[place - 1],
    "LOWER": lambda text: text.lower(),
    "MATCH": _match,
    "MAX": max,
    "SUMPRODUCT": sum,
    "TRIM": lambda text: "" if text is None else " ".join(str(text).split()),
}
