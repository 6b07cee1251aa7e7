"""The address of a warehouse, which holds a password and therefore never shows itself.

Enters: a URL from the server's secrets or its environment. Leaves: an :class:`Address` that can be
handed on. Refuses to be printed, compared, copied into a file or sent to another process; only
:meth:`Address.reveal`, called where the connection is made, gives the URL out.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NoReturn

from segmentation.errors import BadWarehouseAddress

VARIABLE = "SEGMENT_STUDIO_WAREHOUSE"
SCHEMES = ("postgresql://", "postgres://")


class Address:
    """Where a warehouse is and who may read it.

    Parameters
    ----------
    url : str
        ``postgresql://user:password@host:port/database``.

    Raises
    ------
    BadWarehouseAddress
        When it is of another kind; the error does not repeat it.

    Examples
    --------
    >>> Address("postgresql://reader:secret@db.example.org/sales")
    <address of a warehouse>
    """

    __slots__ = ("__url",)

    def __init__(self, url: str) -> None:
        if not url.strip().startswith(SCHEMES):
            raise BadWarehouseAddress
        self.__url = url.strip()

    def reveal(self) -> str:
        """Return the URL with its password; for the one call that connects."""
        return self.__url

    def __repr__(self) -> str:
        return "<address of a warehouse>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("the address of a warehouse is not written anywhere")


def address_from(settings: Mapping[str, str] | None = None) -> Address | None:
    """Return the address that the environment names, None where it names none.

    Parameters
    ----------
    settings : mapping of str to str, optional
        The environment of the process when absent.

    Raises
    ------
    BadWarehouseAddress
        When there is one that cannot be used.
    """
    url = (os.environ if settings is None else settings).get(VARIABLE, "")
    return Address(url) if url.strip() else None
