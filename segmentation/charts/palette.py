"""The colours of segments: the same segment has the same colour in charts, maps and tables.

Enters: a number of segments and the reader's theme. Leaves: colours as hex or RGB. Ten colours that
stay apart for readers with colour vision deficiencies; a segment is never told by colour alone.
"""

from __future__ import annotations

_LIGHT = (
    "#22577a", "#e57118", "#0d7e6a", "#c362b6", "#866405",
    "#7049b7", "#5ea370", "#7b2e19", "#4f8fc0", "#55595e",
)  # fmt: skip
_DARK = (
    "#5f86de", "#cc6620", "#4bbfac", "#ab7099", "#f9dc40",
    "#bab3fd", "#8af1c0", "#daa756", "#8fd0f5", "#b9bec4",
)  # fmt: skip


def segment_colors(k: int, *, dark: bool) -> list[str]:
    """Return the colour of each segment as ``#rrggbb``; beyond ten they repeat.

    Examples
    --------
    >>> segment_colors(2, dark=False)
    ['#22577a', '#e57118']
    """
    palette = _DARK if dark else _LIGHT
    return [palette[segment % len(palette)] for segment in range(k)]


def segment_rgb(k: int, *, dark: bool) -> list[tuple[int, int, int]]:
    """Return the colour of each segment as red, green and blue in 0 … 255."""
    return [
        (int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16))
        for color in segment_colors(k, dark=dark)
    ]
