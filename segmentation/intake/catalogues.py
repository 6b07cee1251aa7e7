"""SAS catalogues of formats: which table each belongs to, and both as one file.

Enters: names and files. Leaves: pairs, and an archive that holds a pair, which is read like any
other. Refuses to guess between two catalogues that may belong to a table.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

CATALOGUE_ENDING = "sas7bcat"
# Both begin with twelve zeros and a mark that differs in one byte.
_CATALOGUE = bytes.fromhex("000000000000000000000000c2ea8163b31411cfbd92080009c7318c181f1011")
_TABLES = (
    bytes.fromhex("000000000000000000000000c2ea8160b31411cfbd92080009c7318c181f1011"),
    b"HEADER RECORD*******LIB",
)


def is_catalogue(path: Path) -> bool:
    """Tell whether a file is a SAS catalogue, by its content."""
    return _begins(path, (_CATALOGUE,))


def has_formats(path: Path) -> bool:
    """Tell whether a file is a table of SAS, whose formats a catalogue may explain."""
    return _begins(path, _TABLES)


def _begins(path: Path, marks: tuple[bytes, ...]) -> bool:
    with path.open("rb") as file:
        return file.read(max(map(len, marks))).startswith(marks)


def pairs(tables: Sequence[str], catalogues: Sequence[str]) -> dict[str, str]:
    """Say which catalogue explains which table: the one of its name, else the one of no table.

    Parameters
    ----------
    tables, catalogues : sequence of str
        Names of files.

    Returns
    -------
    dict of str to str
        The catalogue's name by the table's; a table for which there are none or several is absent.

    Examples
    --------
    >>> pairs(["a.sas7bdat", "b.sas7bdat"], ["A.sas7bcat", "formats.sas7bcat"])
    {'a.sas7bdat': 'A.sas7bcat', 'b.sas7bdat': 'formats.sas7bcat'}
    """
    stems = {_stem(name) for name in tables}
    own = {_stem(name): name for name in catalogues if _stem(name) in stems}
    general = [name for name in catalogues if _stem(name) not in stems]
    if len(general) == 1:
        return {name: own.get(_stem(name), general[0]) for name in tables}
    return {name: own[_stem(name)] for name in tables if _stem(name) in own}


def _stem(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).stem.casefold()


def bundle(table: tuple[Path, str], catalogue: tuple[Path, str], target: Path) -> None:
    """Write a table and its catalogue into one archive, unpacked as they are.

    Parameters
    ----------
    table, catalogue : (Path, str)
        Each file and the name it has in the archive.
    target : Path
        The archive.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path, name in (table, catalogue):
            archive.write(path, name)
