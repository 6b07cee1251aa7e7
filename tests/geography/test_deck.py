import json
import re
import subprocess
import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pydeck
import pytest

from segmentation.geography import (
    Areas,
    Bins,
    Landmark,
    Level,
    Measure,
    Points,
    bin_customers,
    customer_points,
    shade,
)
from segmentation.geography.backdrop import Base, StreetMap
from segmentation.geography.deck import cell_deck, point_deck
from segmentation.geography.outlines import outlines
from segmentation.geography.paint import even_paint, leading_paint
from tests.geography.markets import OpenMarket, scattered

COLORS = [(34, 87, 122), (229, 113, 24), (13, 126, 106)]
NAMES = ("Alpha", "Beta", "Gamma")
LAND = "app/static/world-50m.geojson"
INJECTED = ("<img src=x onerror=alert(1)>", "@@=alert(1)", "{text} & {n}")


@pytest.fixture
def shown_points(open_market: OpenMarket) -> Points:
    market = open_market(scattered())
    return customer_points(market.table, market.places, market.labels)


@pytest.fixture
def shown_bins(open_market: OpenMarket) -> Bins:
    market = open_market(scattered())
    return bin_customers(market.table, market.places, market.labels, 0.1)


@pytest.fixture
def shown_areas() -> Areas:
    """Three countries; in the third the second segment has three people."""
    counts = np.array([[40, 30, 30], [5, 25, 10], [8, 3, 9]])
    found = outlines(Level.COUNTRY)
    return Areas(
        variable="country",
        level=Level.COUNTRY,
        outlines=tuple(found[code] for code in ("DE", "ES", "PT")),
        names=("Germany", "@@=alert(1)", "Portugal"),
        counts=counts,
        mass=counts.astype(np.float64),
        people=np.array([8e7, 4.7e7, np.nan]),
    )


@pytest.fixture(params=["points", "bins", "areas"])
def shown(request: pytest.FixtureRequest) -> Points | Bins | Areas:
    found: Points | Bins | Areas = request.getfixturevalue(f"shown_{request.param}")
    return found


def drawn(
    shown: Points | Bins | Areas,
    names: tuple[str, ...] = NAMES,
    measure: Measure = Measure.LARGEST,
    **more: Any,
) -> pydeck.Deck:
    base = Base(**{"dark": False, "land_url": LAND} | more)
    if isinstance(shown, Points):
        return point_deck(shown, COLORS, names, base)
    return cell_deck(shown, leading_paint(shown, shade(shown, measure), COLORS, names), base)


def spec(
    shown: Points | Bins | Areas,
    names: tuple[str, ...] = NAMES,
    measure: Measure = Measure.LARGEST,
    **more: Any,
) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(drawn(shown, names, measure, **more).to_json())
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
    shown: Points | Bins | Areas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARTO_API_KEY", "key-of-a-tile-service")
    monkeypatch.setenv("MAPBOX_API_KEY", "key-of-another")
    for dark in (False, True):
        berlin = Landmark("Berlin", 52.5, 13.4, 9)
        text = drawn(shown, dark=dark, landmarks=(berlin,), cities=(berlin,)).to_json()
        assert not re.search(r"https?:|//", text)  # an address of any host
        assert "key-of" not in text
        assert json.loads(text).get("mapProvider") is None


def test_streamlit_is_not_led_to_its_own_base_map(shown: Points | Bins | Areas) -> None:
    # Streamlit fetches a style of a tile service when a deck comes with no style at all.
    assert spec(shown)["mapStyle"] == "__MAP_STYLE__"


def test_the_land_lies_under_the_customers(shown: Points | Bins | Areas) -> None:
    found = spec(shown)
    assert found["layers"][0]["id"] == "land"
    assert found["layers"][0]["data"] == LAND


def test_the_json_has_no_blanks_and_the_same_map_is_the_same_text(
    shown: Points | Bins | Areas,
) -> None:
    one = drawn(shown, dark=True).to_json()
    other = drawn(shown, dark=True).to_json()
    assert one == other
    assert "\n" not in one
    assert '": ' not in one


def test_light_and_dark_differ_in_ink_only(shown: Points | Bins | Areas) -> None:
    light = json.loads(drawn(shown, dark=False).to_json())
    dark = json.loads(drawn(shown, dark=True).to_json())
    assert layer(light, "land")["getFillColor"] != layer(dark, "land")["getFillColor"]
    assert light["initialViewState"] == dark["initialViewState"]


def test_an_injected_name_stays_text(shown: Points | Bins | Areas) -> None:
    deck = drawn(shown, INJECTED)
    # Text is written as text by deck.gl; only a template called html would become elements.
    assert set(deck._tooltip) == {"text", "style"}
    assert deck._tooltip["text"] == "{text}"
    texts = strings(json.loads(deck.to_json()))
    assert any(INJECTED[0] in text for text in texts)
    expressions = {text for text in texts if text.startswith("@@")}
    assert not any("alert" in text for text in expressions)


def test_an_injected_landmark_is_no_expression(shown: Points | Bins | Areas) -> None:
    found = spec(shown, landmarks=(Landmark("@@=alert(1)", 52.5, 13.4, 9),))
    assert layer(found, "names")["data"][0]["t"] == " @@=alert(1)"


def test_every_point_is_drawn_once_under_the_name_of_its_segment(shown_points: Points) -> None:
    drawn_points = layer(spec(shown_points), "customers")["data"]
    wanted = zip(
        shown_points.segment.tolist(),
        shown_points.longitude.round(3).tolist(),
        shown_points.latitude.round(3).tolist(),
        strict=True,
    )
    # In their order, by which a click on one finds its customer.
    assert [(p["s"], *p["p"]) for p in drawn_points] == list(wanted)
    assert all(p["text"] == NAMES[p["s"]] for p in drawn_points)


def test_a_point_tells_its_place_and_segment_and_nothing_else(shown_points: Points) -> None:
    assert all(set(p) == {"p", "s", "text"} for p in layer(spec(shown_points), "customers")["data"])


def test_no_segment_lies_on_top_of_all_others(shown_points: Points) -> None:
    order = [point["text"] for point in layer(spec(shown_points), "customers")["data"]]
    assert set(order[:40]) == set(order[-40:]) == set(NAMES)


def test_neighbouring_segments_differ_by_more_than_colour(shown_points: Points) -> None:
    fill = layer(spec(shown_points), "customers")["getFillColor"]
    strengths = [int(color.split(",")[3]) for color in re.findall(r"\[([^]]*)\]", fill)]
    assert strengths[0] == strengths[2] > 3 * strengths[1]


def test_many_points_are_smaller(shown_points: Points) -> None:
    n = 9_000
    many = replace(
        shown_points,
        latitude=np.resize(shown_points.latitude, n),
        longitude=np.resize(shown_points.longitude, n),
        segment=np.resize(shown_points.segment, n),
    )
    radius = layer(spec(many), "customers")["getRadius"]
    assert radius < layer(spec(shown_points), "customers")["getRadius"]


def test_twenty_thousand_points_travel_in_less_than_a_megabyte(shown_points: Points) -> None:
    n = 20_000
    many = replace(
        shown_points,
        latitude=np.resize(shown_points.latitude, n),
        longitude=np.resize(shown_points.longitude, n),
        segment=np.resize(shown_points.segment, n),
    )
    assert len(drawn(many).to_json()) < 1_000_000


def test_every_place_has_the_colour_of_the_segment_that_leads(shown_bins: Bins) -> None:
    cells = layer(spec(shown_bins), "cells")["data"]
    assert [tuple(cell["c"][:3]) for cell in cells] == [COLORS[s] for s in shown_bins.leading]
    assert [cell["text"].split(" · ")[0] for cell in cells[:3]] == [
        NAMES[s] for s in shown_bins.leading[:3]
    ]


def test_a_bin_tells_its_share_and_number(shown_bins: Bins) -> None:
    first = shown_bins.leading[0]
    cell = layer(spec(shown_bins), "cells")["data"][0]
    share = round(100 * shown_bins.counts[0, first] / shown_bins.counts[0].sum())
    assert cell["text"] == f"{NAMES[first]} · {share} %\nn = {shown_bins.counts[0].sum()}"


def test_a_share_of_fewer_than_five_people_is_not_told(shown_bins: Bins) -> None:
    few = shown_bins.counts[np.arange(len(shown_bins.leading)), shown_bins.leading] < 5
    cells = layer(spec(shown_bins), "cells")["data"]
    assert few.any()
    assert [" %" not in cell["text"] for cell in cells] == few.tolist()


def test_fuller_bins_are_stronger(shown_bins: Bins) -> None:
    cells = layer(spec(shown_bins), "cells")["data"]
    by_number = sorted(cells, key=lambda cell: int(cell["text"].split("n = ")[1]))
    strengths = [cell["c"][3] for cell in by_number]
    assert strengths == sorted(strengths)
    assert strengths[0] < strengths[-1] <= 255


def test_regions_are_drawn_on_their_outlines_by_name(shown_areas: Areas) -> None:
    germany, spain, _ = layer(spec(shown_areas), "cells")["data"]
    assert germany["properties"]["text"] == "Germany\nAlpha · 40 %\nn = 100"
    assert spain["properties"]["text"].startswith(" @@=")
    assert germany["geometry"]["type"] == "MultiPolygon"
    x, y = np.array(germany["geometry"]["coordinates"][0][0]).T
    assert 5.5 < x.min() < x.max() < 15.5
    assert 47 < y.min() < y.max() < 55.5


def test_a_place_whose_number_is_hidden_is_there_and_not_to_be_seen(shown_areas: Areas) -> None:
    shading = shade(shown_areas, Measure.SHARE, 1, breaks=(0.5,))
    paint = even_paint(shading, COLORS, ["a", "b", "c"])
    deck = cell_deck(shown_areas, paint, Base(dark=False, land_url=LAND))
    cells = layer(json.loads(deck.to_json()), "cells")["data"]
    assert [cell["properties"]["c"][3] > 0 for cell in cells] == [True, True, False]


def test_a_street_map_is_asked_for_and_stands_in_place_of_our_land(shown: Points | Bins) -> None:
    tiles = "https://tiles.example.org/{z}/{x}/{y}.png"
    found = spec(shown, street=StreetMap(tiles, "somebody"))
    assert found["mapStyle"][0]["sources"]["street"]["tiles"] == [tiles]
    assert not {"land", "grid"} & {layer["id"] for layer in found["layers"]}


def test_north_stays_up(shown: Points | Bins | Areas) -> None:
    controller = spec(shown)["views"][0]["controller"]
    assert controller == {"dragRotate": False, "touchRotate": False}


def test_hexagons_meet_without_overlapping(shown_bins: Bins) -> None:
    cells = layer(spec(shown_bins), "cells")
    width = cells["radius"] * np.sqrt(3) * 360 / 512
    assert width == pytest.approx(shown_bins.degrees, rel=1e-4)
    assert cells["radiusUnits"] == "common"


def test_a_place_stays_the_same_when_the_colours_change(shown_bins: Bins) -> None:
    one = layer(spec(shown_bins), "cells")["data"]
    other = layer(spec(shown_bins, measure=Measure.TYPICAL), "cells")["data"]
    assert [cell["p"] for cell in one] == [cell["p"] for cell in other]
    assert [cell["c"] for cell in one] != [cell["c"] for cell in other]


def test_nobody_on_the_map_is_an_empty_world(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    customers["latitude"] = 0.0
    customers["longitude"] = 0.0
    market = open_market(customers)
    points = customer_points(market.table, market.places, market.labels)
    found = spec(points)
    assert layer(found, "customers")["data"] == []
    hexagons = bin_customers(market.table, market.places, market.labels, 1.0)
    assert layer(spec(hexagons), "cells")["data"] == []


def test_counting_regions_does_not_load_a_map_library() -> None:
    code = "import sys, segmentation.geography; sys.exit('pydeck' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
