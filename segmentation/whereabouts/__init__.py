"""Where customers live, read from columns of coordinates, names or addresses, offline.

``propose`` says which columns could be read, ``find`` what is found in them, and ``with_places``
adds what was found as columns of the customers.
"""

from segmentation.whereabouts.adding import with_places
from segmentation.whereabouts.decision import PlaceReading, places_in, places_out
from segmentation.whereabouts.finding import Doubt, Found, find
from segmentation.whereabouts.proposing import propose

__all__ = [
    "Doubt",
    "Found",
    "PlaceReading",
    "find",
    "places_in",
    "places_out",
    "propose",
    "with_places",
]
