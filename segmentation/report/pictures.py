"""Charts for a report: drawn as SVG without a browser, and that as pixels where a writer asks.

Enters: drawings. Leaves: pictures. Refuses the internet: a chart fetches nothing.
"""

from __future__ import annotations

import re

from segmentation.charts import Drawing
from segmentation.charts.drawing import bare_specification
from segmentation.report.blocks import Picture

WIDTH = 720
_NOWHERE: list[str] = []
_PIXELS_A_POINT = 2.0
# A name may hold such a letter; no SVG may.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def pictured(drawing: Drawing, alt: str, width: int = WIDTH, *, dark: bool = False) -> Picture:
    """Draw a chart.

    Parameters
    ----------
    drawing : Drawing
    alt : str
        What it shows.
    width : int
        In pixels.
    dark : bool
        Whether it stands on a dark page; a report is light.

    Returns
    -------
    Picture
        Without a title of ours: the heading above it says what it shows.
    """
    import vl_convert

    spec = bare_specification(drawing, width, dark=dark)
    svg = str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=_NOWHERE))
    return Picture(alt, _NOT_XML.sub("\ufffd", svg))


def png_of(picture: Picture) -> bytes:
    """Return a picture as PNG, fine enough for print."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(picture.svg, scale=_PIXELS_A_POINT))
