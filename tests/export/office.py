"""LibreOffice without a screen: what a spreadsheet program makes of our files."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

OFFICE = shutil.which("soffice")
# UTF-8 with commas, and with formulas worked out: the worst that a reader's settings can do.
AS_CSV = "Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,,true"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MOST_REPEATED = 100


@dataclass(frozen=True)
class Cell:
    """What a cell shows, and the formula behind it."""

    value: str | float | None
    formula: str | None


Sheets = dict[str, list[list[Cell]]]


def opened(folder: Path, *files: Path, infilter: str = "") -> list[Sheets]:
    """Let LibreOffice open files and return the cells of their sheets."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [str(OFFICE), profile, "--headless"]
    command += [f"--infilter={infilter}"] if infilter else []
    command += ["--convert-to", "fods", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, timeout=300, capture_output=True)
    return [_sheets(folder / f"{file.stem}.fods") for file in files]


def _sheets(path: Path) -> Sheets:
    tree = ElementTree.parse(path)  # noqa: S314 - made by the test itself
    return {
        str(table.get(f"{_TABLE}name")): [_row(row) for row in table.iter(f"{_TABLE}table-row")]
        for table in tree.iter(f"{_TABLE}table")
    }


def _row(row: ElementTree.Element) -> list[Cell]:
    found: list[Cell] = []
    for cell in row.iter(f"{_TABLE}table-cell"):
        times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        number = cell.get(f"{_OFFICE}value")
        text = "\n".join("".join(part.itertext()) for part in cell)
        value = float(number) if number is not None else text or None
        found += [Cell(value, cell.get(f"{_TABLE}formula"))] * min(times, _MOST_REPEATED)
    return found
