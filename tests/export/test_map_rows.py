"""The numbers that leave with a map."""

from dataclasses import replace

import numpy as np

from segmentation.export.map_rows import place_rows, point_rows
from segmentation.geography import Bins, Measure, Points, shade
from segmentation.geography.located import Located
from segmentation.wording import words_in

EN = words_in("en")
NAMES = ("Alpha", "Beta", "Gamma")
LOCATED = Located(100, 100, 0, 0, 0, 0, None)
COUNTS = np.array([[30, 3, 20], [10, 20, 9]])
BINS = Bins(
    0.2, np.array([48.0, 48.5]), np.array([11.0, 11.5]), COUNTS, COUNTS.astype(float), 0, 0, LOCATED
)


def test_a_small_number_and_what_would_tell_it_are_blank() -> None:
    rows = place_rows(BINS, shade(BINS, Measure.LARGEST), NAMES, EN)
    assert list(rows[0].values()) == [48.0, 11.0, 53, 30, None, None]
    assert list(rows[1].values()) == [48.5, 11.5, 39, 10, 20, 9]


def test_a_measure_stands_beside_its_places() -> None:
    shading = shade(BINS, Measure.SHARE, 0)
    rows = place_rows(BINS, shading, NAMES, EN)
    assert rows[0]["Share of a segment"] == shading.values[0]


def test_points_tell_their_place_and_segment() -> None:
    where = np.array([48.125, 48.5])
    points = Points(where, replace(BINS).longitude, np.array([2, 0], dtype=np.int16), LOCATED)
    assert point_rows(points, NAMES, EN)[0] == {
        "Latitude": 48.125,
        "Longitude": 11.0,
        "Segment": "Gamma",
    }
