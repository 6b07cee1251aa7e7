"""The colours of segments: the same segment has the same colour in charts, maps and tables.

Enters: a number of segments, or how far a cell lies from the average. Leaves: colours as hex or
RGB. Refuses to tell a segment by colour alone: whoever draws one writes its name beside it.

The ten colours were searched for: the smallest CIEDE2000 distance between any two of them, for
normal sight, protanopia, deuteranopia and tritanopia (Machado, Oliveira & Fernandes 2009, severity
1.0), is as large as was found under three conditions: contrast of 3:1 on the light page and on the
dark one, no neon, and nothing near the colour of the primary button. The first five are further
apart than the first eight, and those than all ten. docs/design.md has the numbers, the test of this
module the floors.
"""

from __future__ import annotations

# One palette for both pages: a segment keeps its colour when the page turns dark, and in an export.
_SEGMENTS = (
    "#535bbf", "#c08622", "#b13d55", "#6f8ff6", "#9c9197",
    "#876700", "#779e6f", "#636381", "#13826e", "#8483aa",
)  # fmt: skip
# Cells below, at and above the average: a diverging scale that ends in orange and blue.
_BELOW, _AVERAGE, _ABOVE = 0, 1, 2
_HEAT_LIGHT = ("#b4540a", "#f4f4f2", "#1b5e8c")
_HEAT_DARK = ("#d9732a", "#2a333b", "#5f9fd6")
# The lowest class of a scale still stands out from the land it lies on, and so does the average.
_PALEST = 0.3
_MIDDLE_LIGHT, _MIDDLE_DARK = "#e6d9b8", "#6b6654"
# Any colour has 4.5:1 with one of these two.
_BLACK, _WHITE = "#000000", "#ffffff"


def segment_colors(k: int, *, dark: bool) -> list[str]:
    """Return the colour of each segment as ``#rrggbb``; beyond ten they repeat.

    Parameters
    ----------
    k : int
        Number of segments.
    dark : bool
        Whether the page is dark. The colours hold on both pages, so today it changes nothing; who
        draws says it all the same, because only the palette may decide that.

    Returns
    -------
    list of str

    Examples
    --------
    >>> segment_colors(2, dark=False) == segment_colors(2, dark=True)
    True
    """
    return [_SEGMENTS[segment % len(_SEGMENTS)] for segment in range(k)]


def segment_rgb(k: int, *, dark: bool) -> list[tuple[int, int, int]]:
    """Return the colour of each segment as red, green and blue in 0 … 255."""
    return [_rgb(color) for color in segment_colors(k, dark=dark)]


def heat_color(strength: float, *, dark: bool) -> str:
    """Return the colour of a cell that lies below or above the average.

    Parameters
    ----------
    strength : float
        From -1, far below, over 0, the average, to 1, far above; beyond them the scale ends.
    dark : bool
        Whether the page is dark.

    Returns
    -------
    str
        ``#rrggbb``.

    Examples
    --------
    >>> heat_color(-2, dark=False), heat_color(0, dark=False), heat_color(1, dark=False)
    ('#b4540a', '#f4f4f2', '#1b5e8c')
    """
    scale = _HEAT_DARK if dark else _HEAT_LIGHT
    end = scale[_ABOVE if strength > 0 else _BELOW]
    return hex_of(_mixed(scale[_AVERAGE], end, min(1.0, abs(strength))))


def hex_of(color: tuple[int, int, int]) -> str:
    """Return a colour of red, green and blue in 0 … 255 as ``#rrggbb``."""
    return "#" + "".join(f"{part:02x}" for part in color)


def scale_rgb(n: int, *, diverging: bool, dark: bool) -> list[tuple[int, int, int]]:
    """Return the colours of a scale of classes, from the lowest: red, green, blue in 0 … 255.

    Parameters
    ----------
    n : int
        Number of classes.
    diverging : bool
        Whether the middle class is the average: then the scale goes through its colour.
    dark : bool
        Whether the page is dark.

    Returns
    -------
    list of (int, int, int)

    Examples
    --------
    >>> scale_rgb(2, diverging=True, dark=False)
    [(180, 84, 10), (27, 94, 140)]
    """
    below, middle, above = _HEAT_DARK if dark else _HEAT_LIGHT
    if not diverging:
        steps = [_PALEST + (1 - _PALEST) * i / max(1, n - 1) for i in range(n)]
        return [_mixed(middle, above, step) for step in steps]
    middle = _MIDDLE_DARK if dark else _MIDDLE_LIGHT
    signed = [2 * i / max(1, n - 1) - 1 for i in range(n)]
    return [_mixed(middle, above if step > 0 else below, abs(step)) for step in signed]


def ink_on(fill: str) -> str:
    """Return black or white, whichever can be read better on a colour (WCAG 2 contrast).

    Examples
    --------
    >>> ink_on("#f4f4f2"), ink_on("#1b5e8c")
    ('#000000', '#ffffff')
    """
    light = _luminance(fill) + 0.05
    return _BLACK if light / 0.05 >= 1.05 / light else _WHITE


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _mixed(start: str, end: str, share: float) -> tuple[int, int, int]:
    pairs = zip(_rgb(start), _rgb(end), strict=True)
    red, green, blue = (round(a + (b - a) * share) for a, b in pairs)
    return red, green, blue


def _luminance(color: str) -> float:
    parts = [part / 255 for part in _rgb(color)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
