import json
from typing import Any

import numpy as np
import pytest

from segmentation.charts import map_chart, scale_rgb, segment_rgb
from segmentation.geography import (
    Areas,
    Bins,
    Extent,
    Landmark,
    Level,
    Located,
    Measure,
    Points,
    shade,
)
from segmentation.geography.outlines import outlines
from segmentation.geography.paint import even_paint, leading_paint, point_paint
from segmentation.wording import words_in
from segmentation.wording.maps import class_labels, place_texts, scale_title

EN, ZH = words_in("en"), words_in("zh_CN")
NAMES = ("Alpha", "Beta")
BAVARIA = Located(60, 60, 0, 0, 0, 0, Extent(10.0, 47.5, 13.0, 49.5))
LATITUDES, LONGITUDES = np.array([48.0, 48.5, 49.0]), np.array([11.0, 11.5, 12.0])
COUNTS = np.array([[20, 10], [5, 10], [9, 6]])


def bins() -> Bins:
    return Bins(0.2, LATITUDES, LONGITUDES, COUNTS, COUNTS.astype(np.float64), 0, 0, BAVARIA)


def areas() -> Areas:
    shapes = tuple(outlines(Level.COUNTRY)[code] for code in ("DE", "AT", "CZ"))
    people = np.array([8e7, 9e6, np.nan])
    names = ("Germany", "Austria", "Czechia")
    mass = COUNTS.astype(np.float64)
    return Areas("country", Level.COUNTRY, shapes, names, COUNTS, mass, people)


def spec(shown: Points | Bins | Areas, **more: Any) -> dict[str, Any]:
    colors = segment_rgb(2, dark=False)
    if isinstance(shown, Points):
        paint = point_paint(shown.segment, colors)
    else:
        paint = leading_paint(shown, shade(shown, Measure.LARGEST), colors, NAMES)
    chart = map_chart(shown, paint, NAMES, EN, dark=False, **more)
    found: dict[str, Any] = json.loads(json.dumps(chart.to_dict()))
    return found


def rows_of(found: dict[str, Any], layer: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = found["datasets"][found["layer"][layer]["data"]["name"]]
    return rows


def points() -> Points:
    return Points(LATITUDES, LONGITUDES, np.array([0, 1, 0], dtype=np.int16), BAVARIA)


@pytest.mark.parametrize("shown", [points(), bins(), areas()], ids=["points", "bins", "areas"])
def test_a_picture_needs_no_address_and_can_be_compiled(shown: Points | Bins | Areas) -> None:
    found = spec(shown, names=[Landmark("München", 48.1, 11.6, 9)])
    layers = found["layer"]
    assert not any("url" in layer.get("data", {}) for layer in layers)
    assert any(row.get("text") == "München" for rows in found["datasets"].values() for row in rows)
    vl_convert = pytest.importorskip("vl_convert")
    assert "marks" in vl_convert.vegalite_to_vega(found)


def test_hexagons_lie_where_their_middles_are_and_have_their_class() -> None:
    places = rows_of(spec(bins()), 1)
    assert [place["label"] for place in places] == ["Alpha", "Beta", "Alpha"]
    corners = np.array(places[0]["geometry"]["coordinates"][0][0])[:-1]
    assert corners.mean(axis=0)[0] == pytest.approx(11.0, abs=1e-6)
    width = corners[:, 0].max() - corners[:, 0].min()
    assert width == pytest.approx(0.95 * 0.2, rel=1e-6)


def test_nothing_of_an_outline_lies_outside_of_the_picture() -> None:
    found = spec(bins())
    rings = [
        np.array(ring)
        for feature in rows_of(found, 0)
        for part in feature["geometry"]["coordinates"]
        for ring in part
    ]
    corners = np.concatenate(rings)
    projection = found["layer"][0]["projection"]
    x = corners[:, 0] * projection["scale"] + projection["translate"][0]
    y = -corners[:, 1] * projection["scale"] + projection["translate"][1]
    assert -1 < x.min() < x.max() < found["width"] + 1
    assert -1 < y.min() < y.max() < found["height"] + 1


def test_places_say_their_number_in_the_language_of_the_reader() -> None:
    shown = areas()
    shading = shade(shown, Measure.SHARE, 1, breaks=(0.35, 0.5))
    assert (
        place_texts(shown, shading, "Beta", EN)[0] == "Germany\nBeta: 33% of the customers\nn = 30"
    )
    assert class_labels(shading, EN) == ["below 35%", "35% – 50%", "50% and more"]
    assert "Beta" in scale_title(Measure.SHARE, "Beta", EN)
    unknown = shade(shown, Measure.PENETRATION)
    assert place_texts(shown, unknown, "", EN)[2].startswith("Czechia\nunknown")
    few = shade(bins(), Measure.CUSTOMERS)
    assert place_texts(bins(), few, "", EN)[0] == "30 customers"


def test_a_scale_of_one_class_says_its_number() -> None:
    shading = shade(areas(), Measure.CUSTOMERS, breaks=())
    assert shading.n_classes == 1
    assert class_labels(shading, EN) == ["30"]
    paint = even_paint(shading, scale_rgb(1, diverging=False, dark=True), ["", "", ""])
    assert map_chart(areas(), paint, ["30"], ZH, dark=True).to_dict()["layer"]
