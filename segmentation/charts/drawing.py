"""What draws a chart for either page, and a chart as a specification for whoever paints it.

Enters: nothing. Leaves: the :class:`Drawing` protocol and :func:`specification`. Refuses to know
what is drawn.
"""

from __future__ import annotations

from typing import Any, Protocol

import altair as alt

from segmentation.charts.theme import ink_of

AnyChart = alt.LayerChart | alt.FacetChart


class Drawing(Protocol):
    """A chart that can be drawn on a light and on a dark page."""

    def __call__(self, *, dark: bool) -> AnyChart:
        """Return the chart, its whole look in it."""


def plain(chart: AnyChart) -> dict[str, Any]:
    """Return a chart as Vega-Lite, for the screen.

    It is not compared with Vega-Lite's schema: that takes a quarter of the time of a page, and the
    tests of the charts do it.
    """
    spec: dict[str, Any] = chart.to_dict(validate=False)
    return spec


_WIDTH = 820
# Title and source above the picture take so much of its height (pixels).
_HEAD = 56
_TITLE_LIMIT = 790


def specification(drawing: Drawing, title: str, source: str) -> dict[str, Any]:
    """Return a chart as Vega-Lite: light, of a fixed width, with its title and where it comes from.

    Parameters
    ----------
    drawing : Drawing
    title : str
        What the picture shows; in place of the chart's own title.
    source : str
        The line below the title.

    Returns
    -------
    dict
    """
    spec: dict[str, Any] = drawing(dark=False).to_dict()
    ink = ink_of(dark=False)
    spec["title"] = {
        "text": title,
        "subtitle": source,
        "limit": _TITLE_LIMIT,
        "subtitleColor": ink.quiet,
        "subtitleFontSize": 12,
        "subtitlePadding": 4,
    }
    spec["padding"] = 16
    # Panels have a size of their own, and a map is drawn for the size it has.
    if "facet" in spec or any("projection" in layer for layer in spec["layer"]):
        spec["config"].pop("autosize")
    else:
        spec["width"] = _WIDTH
        spec["height"] += _HEAD
    return spec


def bare_specification(drawing: Drawing, width: int, *, dark: bool = False) -> dict[str, Any]:
    """Return a chart as Vega-Lite: of a fixed width, its title left as it is.

    Parameters
    ----------
    drawing : Drawing
    width : int
        In pixels; panels keep a width of their own.
    dark : bool
        Whether the page is dark.

    Returns
    -------
    dict
        For a page that says in its own words what the picture shows.
    """
    spec: dict[str, Any] = drawing(dark=dark).to_dict()
    if "facet" in spec:
        spec["config"].pop("autosize")
    elif "width" not in spec or isinstance(spec["width"], str):
        spec["width"] = width
    return spec
