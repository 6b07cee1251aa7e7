"""Where the segments are: customers on a map, in hexagons and by region.

The drawing itself, ``segmentation.geography.deck``, is imported by its own name, so that counting
regions does not load a map library.
"""

from segmentation.geography.bins import BIN_SIZES, Bins, Leading, bin_customers, bin_size
from segmentation.geography.home import Home, home, homes
from segmentation.geography.landmarks import Landmark, landmarks
from segmentation.geography.located import Extent, Located, locate
from segmentation.geography.places import Places, places_of
from segmentation.geography.points import POINTS_UP_TO, Points, customer_points
from segmentation.geography.regions import REGIONS_UP_TO, RegionTable, region_table

__all__ = [
    "BIN_SIZES",
    "POINTS_UP_TO",
    "REGIONS_UP_TO",
    "Bins",
    "Extent",
    "Home",
    "Landmark",
    "Leading",
    "Located",
    "Places",
    "Points",
    "RegionTable",
    "bin_customers",
    "bin_size",
    "customer_points",
    "home",
    "homes",
    "landmarks",
    "locate",
    "places_of",
    "region_table",
]
