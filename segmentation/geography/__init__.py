"""Where the segments are: customers on a map, in hexagons and by region.

The drawing itself, ``segmentation.geography.deck``, is imported by its own name, so that counting
regions does not load a map library.
"""

from segmentation.geography.areas import Areas, area_customers
from segmentation.geography.bins import BIN_SIZES, Bins, Leading, bin_customers, bin_size, finer
from segmentation.geography.cities import cities_near, large_cities
from segmentation.geography.home import Home, home, homes
from segmentation.geography.inside import inside
from segmentation.geography.landmarks import Landmark, landmarks
from segmentation.geography.located import Extent, Located, locate
from segmentation.geography.measures import Cells, Measure, Shading, shade
from segmentation.geography.outlines import Level
from segmentation.geography.places import Places, places_of
from segmentation.geography.points import POINTS_UP_TO, Points, customer_points
from segmentation.geography.regions import REGIONS_UP_TO, RegionTable, region_table
from segmentation.geography.tally import Counted, Quantity

__all__ = [
    "BIN_SIZES",
    "POINTS_UP_TO",
    "REGIONS_UP_TO",
    "Areas",
    "Bins",
    "Cells",
    "Counted",
    "Extent",
    "Home",
    "Landmark",
    "Leading",
    "Level",
    "Located",
    "Measure",
    "Places",
    "Points",
    "Quantity",
    "RegionTable",
    "Shading",
    "area_customers",
    "bin_customers",
    "bin_size",
    "cities_near",
    "customer_points",
    "finer",
    "home",
    "homes",
    "inside",
    "landmarks",
    "large_cities",
    "locate",
    "places_of",
    "region_table",
    "shade",
]
