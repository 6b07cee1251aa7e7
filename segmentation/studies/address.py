"""Where saved studies are kept: the address of a database, which never shows itself.

Enters: a URL from the operator, or nothing. Leaves: a :class:`DatabaseAddress`; without a URL that
of a file of the user's own. Refuses to be printed or sent to another process, for it may hold a
password: only :meth:`DatabaseAddress.reveal`, called where the connection is made, gives it out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from segmentation.errors import BadStudiesAddress

VARIABLE = "SEGMENT_STUDIO_DATABASE"
OFF = "off"
SQLITE = "sqlite:///"
_POSTGRESQL = ("postgresql://", "postgres://", "postgresql+psycopg://")
_FOLDER, _FILE = "segment-studio", "studies.sqlite"


class DatabaseAddress:
    """A database for saved studies.

    Parameters
    ----------
    url : str
        ``sqlite:///folder/studies.sqlite`` or ``postgresql://user:password@host:port/database``.
    chosen : bool
        Whether the operator named it; False for the file that is taken where nobody did.

    Raises
    ------
    BadStudiesAddress
        When it is of another kind; the error does not repeat it.

    Examples
    --------
    >>> DatabaseAddress("postgresql://studio:secret@db.example.org/studies")
    <address of saved studies>
    >>> DatabaseAddress("sqlite:///studies.sqlite").path.name
    'studies.sqlite'
    """

    __slots__ = ("__url", "chosen", "path")

    def __init__(self, url: str, *, chosen: bool = True) -> None:
        url = url.strip()
        named = url.removeprefix(SQLITE)
        in_file = url.startswith(SQLITE) and named not in ("", ":memory:") and "?" not in named
        if not (in_file or url.startswith(_POSTGRESQL)):
            raise BadStudiesAddress
        self.chosen = chosen
        self.path = Path(named) if in_file else None
        self.__url = url

    def reveal(self) -> str:
        """Return the URL with its password, as SQLAlchemy takes it; for the call that connects."""
        if self.path is not None:
            return self.__url
        return f"postgresql+psycopg://{self.__url.partition('://')[2]}"

    def __repr__(self) -> str:
        return "<address of saved studies>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("the address of saved studies is not written anywhere")


def address_from(settings: Mapping[str, str] | None = None) -> DatabaseAddress | None:
    """Return where studies are kept: as the environment says, else in a file of the user's own.

    Parameters
    ----------
    settings : mapping of str to str, optional
        The environment of the process when absent.

    Returns
    -------
    DatabaseAddress or None
        None where the environment says ``off``: no study is kept.

    Raises
    ------
    BadStudiesAddress
        When it names a database that cannot be used.

    Examples
    --------
    >>> address_from({"SEGMENT_STUDIO_DATABASE": "off"}) is None
    True
    """
    known = os.environ if settings is None else settings
    named = known.get(VARIABLE, "").strip()
    if named.lower() == OFF:
        return None
    if named:
        return DatabaseAddress(named)
    return DatabaseAddress(f"{SQLITE}{_data_folder(known) / _FOLDER / _FILE}", chosen=False)


def _data_folder(known: Mapping[str, str]) -> Path:
    """The folder where this system keeps what belongs to a user and is no document."""
    home = Path(known.get("HOME") or Path.home())
    if sys.platform == "win32":
        return Path(known.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    return Path(known.get("XDG_DATA_HOME") or home / ".local" / "share")
