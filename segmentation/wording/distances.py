"""What the notes on distances to places of interest say."""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.wording.language import mark, mark_plural

DISTANCE_SENTENCES: Mapping[str, str | tuple[str, str]] = {
    "made-distance": mark("Kilometres to the nearest of {places:count} places, “{label}”."),
    "made-nearest": mark("Which of {places:count} places, “{label}”, is the nearest."),
    "distances-measured": mark(
        "Distances of {n:count} customers to the nearest of {places:count} places, “{label}”, were "
        "measured along the great circle."
    ),
    "distances-missing": mark_plural(
        "{n:count} customer has no coordinates that can be right, so no distance to “{label}”.",
        "{n:count} customers have no coordinates that can be right, so no distance to “{label}”.",
    ),
    "spots-left-out": mark_plural(
        "{n:count} row of “{name}” has no coordinates that can be right and was left out.",
        "{n:count} rows of “{name}” have no coordinates that can be right and were left out.",
    ),
    "places-file-changed": mark(
        "“{name}” has changed since the study was saved: distances are measured to what it holds "
        "now."
    ),
}
