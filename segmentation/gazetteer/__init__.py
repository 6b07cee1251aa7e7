"""The places of the world, packaged with the library: nothing is ever asked elsewhere."""

from segmentation.gazetteer.areas import country_name, country_of
from segmentation.gazetteer.coordinates import degrees, point
from segmentation.gazetteer.divisions import parse_address
from segmentation.gazetteer.lookup import division_place, place_of
from segmentation.gazetteer.places import CONFIDENCE, How, Level, Place, Sought
from segmentation.gazetteer.spelling import has_han
from segmentation.gazetteer.surroundings import (
    SETTLEMENTS,
    climate,
    nearest_large,
    on_land,
    people_nearby,
    settlement,
)
from segmentation.gazetteer.towns import towns
from segmentation.gazetteer.world import match_world, search

# Whom the licence of the places asks to name wherever they are shown.
ATTRIBUTION = "GeoNames (CC BY 4.0)"

__all__ = [
    "ATTRIBUTION",
    "CONFIDENCE",
    "SETTLEMENTS",
    "How",
    "Level",
    "Place",
    "Sought",
    "climate",
    "country_name",
    "country_of",
    "degrees",
    "division_place",
    "has_han",
    "match_world",
    "nearest_large",
    "on_land",
    "parse_address",
    "people_nearby",
    "place_of",
    "point",
    "search",
    "settlement",
    "towns",
]
