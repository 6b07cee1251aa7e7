"""Text from users and files, made safe where Markdown is read."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~$:])")


def escaped(text: str) -> str:
    r"""Return text that Markdown shows as it is: no links, images, formulas or colours.

    Examples
    --------
    >>> escaped("![x](http://a)")
    '\\!\\[x\\]\\(http\\://a\\)'
    """
    return _SPECIAL.sub(r"\\\1", text)
