import json
import re
import subprocess
import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from segmentation.geography import (
    Bins,
    Landmark,
    Leading,
    Points,
    bin_customers,
    customer_points,
)
from segmentation.geography.deck import map_deck
from tests.geography.markets import OpenMarket, scattered

COLORS = [(34, 87, 122), (229, 113, 24), (13, 126, 106)]
NAMES = ("Alpha", "Beta", "Gamma")
LAND = "app/static/land-110m.geojson"
INJECTED = ("<img src=x onerror=alert(1)>", "@@=alert(1)", "{text} & {n}")


@pytest.fixture
def shown_points(open_market: OpenMarket) -> Points:
    market = open_market(scattered())
    return customer_points(market.table, market.places, market.labels)


@pytest.fixture
def shown_bins(open_market: OpenMarket) -> Bins:
    market = open_market(scattered())
    return bin_customers(market.table, market.places, market.labels, 0.1)


@pytest.fixture(params=["points", "bins"])
def shown(request: pytest.FixtureRequest) -> Points | Bins:
    found: Points | Bins = request.getfixturevalue(f"shown_{request.param}")
    return found


def spec(shown: Points | Bins, names: tuple[str, ...] = NAMES, **more: Any) -> dict[str, Any]:
    deck = map_deck(shown, COLORS, names, dark=False, land_url=LAND, **more)
    found: dict[str, Any] = json.loads(deck.to_json())
    return found


def layer(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(layer for layer in found["layers"] if layer["id"] == name)


def strings(part: object) -> list[str]:
    """Every string in a JSON document but the names of its fields."""
    if isinstance(part, dict):
        return [text for value in part.values() for text in strings(value)]
    if isinstance(part, list):
        return [text for value in part for text in strings(value)]
    return [part] if isinstance(part, str) else []


def test_the_map_asks_no_other_host_for_anything(
    shown: Points | Bins, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARTO_API_KEY", "key-of-a-tile-service")
    monkeypatch.setenv("MAPBOX_API_KEY", "key-of-another")
    for dark in (False, True):
        deck = map_deck(shown, COLORS, NAMES, dark, LAND, [Landmark("Berlin", 52.5, 13.4, 9)])
        text = deck.to_json()
        assert not re.search(r"https?:|//", text)
        assert "key-of" not in text
        assert json.loads(text).get("mapProvider") is None


def test_streamlit_is_not_led_to_its_own_base_map(shown: Points | Bins) -> None:
    # Streamlit fetches a style of a tile service when a deck comes with no style at all.
    assert spec(shown)["mapStyle"] == "__MAP_STYLE__"


def test_the_land_lies_under_the_customers(shown: Points | Bins) -> None:
    found = spec(shown)
    assert found["layers"][0]["id"] == "land"
    assert found["layers"][0]["data"] == LAND


def test_the_json_has_no_blanks_and_the_same_map_is_the_same_text(shown: Points | Bins) -> None:
    one = map_deck(shown, COLORS, NAMES, dark=True, land_url=LAND).to_json()
    other = map_deck(shown, COLORS, NAMES, dark=True, land_url=LAND).to_json()
    assert one == other
    assert "\n" not in one
    assert '": ' not in one


def test_light_and_dark_differ_in_ink_only(shown: Points | Bins) -> None:
    light = json.loads(map_deck(shown, COLORS, NAMES, dark=False, land_url=LAND).to_json())
    dark = json.loads(map_deck(shown, COLORS, NAMES, dark=True, land_url=LAND).to_json())
    assert layer(light, "land")["getFillColor"] != layer(dark, "land")["getFillColor"]
    assert light["initialViewState"] == dark["initialViewState"]


def test_an_injected_name_stays_text(shown: Points | Bins) -> None:
    deck = map_deck(shown, COLORS, INJECTED, dark=False, land_url=LAND)
    # Text is written as text by deck.gl; only a template called html would become elements.
    assert set(deck._tooltip) == {"text", "style"}
    assert deck._tooltip["text"] == "{text}"
    texts = strings(json.loads(deck.to_json()))
    assert any(text.startswith(INJECTED[0]) for text in texts)
    expressions = {text for text in texts if text.startswith("@@")}
    assert not any("alert" in text for text in expressions)


def test_an_injected_landmark_is_no_expression(shown: Points | Bins) -> None:
    found = spec(shown, landmarks=[Landmark("@@=alert(1)", 52.5, 13.4, 9)])
    assert layer(found, "names")["data"][0]["t"] == " @@=alert(1)"


def test_every_point_is_drawn_once_under_the_name_of_its_segment(shown_points: Points) -> None:
    features = layer(spec(shown_points), "customers")["data"]["features"]
    drawn = sorted(
        (NAMES.index(feature["properties"]["text"]), *position)
        for feature in features
        for position in feature["geometry"]["coordinates"]
    )
    wanted = sorted(
        zip(
            shown_points.segment.tolist(),
            shown_points.longitude.tolist(),
            shown_points.latitude.tolist(),
            strict=True,
        )
    )
    assert drawn == wanted


def test_no_segment_lies_on_top_of_all_others(shown_points: Points) -> None:
    features = layer(spec(shown_points), "customers")["data"]["features"]
    order = [feature["properties"]["text"] for feature in features]
    assert set(order[:8]) == set(order[-8:]) == set(NAMES)


def test_neighbouring_segments_differ_by_more_than_colour(shown_points: Points) -> None:
    features = layer(spec(shown_points), "customers")["data"]["features"]
    fill = {f["properties"]["text"]: f["properties"]["fill"][3] for f in features}
    assert fill["Alpha"] == fill["Gamma"]
    assert fill["Alpha"] > 3 * fill["Beta"]


def test_many_points_are_smaller(shown_points: Points) -> None:
    n = 9_000
    many = replace(
        shown_points,
        latitude=np.resize(shown_points.latitude, n),
        longitude=np.resize(shown_points.longitude, n),
        segment=np.resize(shown_points.segment, n),
    )
    radius = layer(spec(many), "customers")["getPointRadius"]
    assert radius < layer(spec(shown_points), "customers")["getPointRadius"]


def test_twenty_thousand_points_travel_in_less_than_half_a_megabyte(shown_points: Points) -> None:
    n = 20_000
    many = replace(
        shown_points,
        latitude=np.resize(shown_points.latitude, n),
        longitude=np.resize(shown_points.longitude, n),
        segment=np.resize(shown_points.segment, n),
    )
    assert len(map_deck(many, COLORS, NAMES, dark=False, land_url=LAND).to_json()) < 500_000


def test_every_bin_is_drawn_in_the_layer_of_its_leading_segment(shown_bins: Bins) -> None:
    found = spec(shown_bins)
    for segment in range(3):
        cells = layer(found, f"bins-{segment}")["data"]
        assert len(cells) == (shown_bins.leading == segment).sum()
        assert all(cell["text"].startswith(NAMES[segment]) for cell in cells)
        assert layer(found, f"bins-{segment}")["getFillColor"].startswith("@@=[")


def test_a_bin_tells_its_share_and_number(shown_bins: Bins) -> None:
    first = shown_bins.leading[0]
    cell = layer(spec(shown_bins), f"bins-{first}")["data"][0]
    share = round(100 * shown_bins.counts[0, first] / shown_bins.counts[0].sum())
    assert cell["text"] == f"{NAMES[first]} · {share} %\nn = {shown_bins.counts[0].sum()}"


def test_fuller_bins_are_stronger(shown_bins: Bins) -> None:
    cells = [
        cell for segment in range(3) for cell in layer(spec(shown_bins), f"bins-{segment}")["data"]
    ]
    by_number = sorted(cells, key=lambda cell: int(cell["text"].split("n = ")[1]))
    strengths = [cell["a"] for cell in by_number]
    assert strengths == sorted(strengths)
    assert strengths[0] < strengths[-1] <= 255


def test_hexagons_meet_without_overlapping(shown_bins: Bins) -> None:
    drawn = layer(spec(shown_bins), f"bins-{shown_bins.leading[0]}")
    width = drawn["radius"] * np.sqrt(3) * 360 / 512
    assert width == pytest.approx(shown_bins.degrees, rel=1e-4)
    assert drawn["radiusUnits"] == "common"


def test_what_leads_can_be_changed_without_a_query(shown_bins: Bins) -> None:
    typical = replace(shown_bins, by=Leading.TYPICAL)
    found = spec(typical)
    sizes = [len(layer(found, f"bins-{segment}")["data"]) for segment in range(3)]
    assert sizes == np.bincount(typical.leading, minlength=3).tolist()


def test_nobody_on_the_map_is_an_empty_world(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    customers["latitude"] = 0.0
    customers["longitude"] = 0.0
    market = open_market(customers)
    points = customer_points(market.table, market.places, market.labels)
    found = spec(points)
    assert layer(found, "customers")["data"]["features"] == []
    hexagons = bin_customers(market.table, market.places, market.labels, 1.0)
    assert not any(layer(spec(hexagons), f"bins-{segment}")["data"] for segment in range(3))


def test_counting_regions_does_not_load_a_map_library() -> None:
    code = "import sys, segmentation.geography; sys.exit('pydeck' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
