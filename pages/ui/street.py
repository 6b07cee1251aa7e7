"""The street map that readers with internet may switch on, if whoever runs the server allows it.

Enters: the environment. Leaves: a ``StreetMap`` or none. Refuses by default: without
``SEGMENT_STUDIO_STREET_MAP`` no browser is told of any other host.
"""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from segmentation.geography.backdrop import StreetMap

OPENSTREETMAP = StreetMap(
    "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors',
)


def street_of(setting: str) -> StreetMap | None:
    """Return the street map that a setting names, None for none.

    Parameters
    ----------
    setting : str
        ``openstreetmap``, the address of tiles with ``{z}``, ``{x}`` and ``{y}`` in it, or nothing.

    Examples
    --------
    >>> street_of("") is None, street_of("openstreetmap") is OPENSTREETMAP
    (True, True)
    >>> street_of("https://maps.example.org/{z}/{x}/{y}.png").attribution
    'maps.example.org'
    """
    if setting.strip().lower() == "openstreetmap":
        return OPENSTREETMAP
    parts = urlsplit(setting.strip())
    if parts.scheme not in {"http", "https"} or not _is_plain(parts.netloc):
        return None
    return StreetMap(setting.strip(), parts.netloc)


def host_of(street: StreetMap | None) -> str:
    """Return the origin that the tiles come from, nothing without a street map."""
    if street is None:
        return ""
    parts = urlsplit(street.url)
    return f"{parts.scheme}://{parts.netloc}"


def _is_plain(host: str) -> bool:
    """Tell whether a host can stand in a header as it is."""
    return bool(host) and all(c.isalnum() or c in ".-:" for c in host)


STREET = street_of(os.environ.get("SEGMENT_STUDIO_STREET_MAP", ""))
TILES_FROM = host_of(STREET)
