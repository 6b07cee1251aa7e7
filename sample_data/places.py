"""Cities in which the customers of the samples live.

What enters: the index of a city for every customer, and random draws. What leaves: coordinates
near that city, and telephone numbers nobody has. It refuses to know segments.

Telephone numbers come only from ranges the regulators keep free for fiction: North America
555-0100 to 555-0199, Ofcom's drama numbers, the Bundesnetzagentur's numbers for media productions
and Arcep's fictional mobile range. Where no such range is used, customers have no number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sample_data.draws import Draws, FloatArray, IntArray

JITTER_DEG = 0.07
"""Standard deviation of a customer's distance from the city centre, in degrees of latitude."""

MAX_JITTER_DEG = 0.18
"""Nobody lives farther than this from the centre of the city, in degrees of latitude."""


@dataclass(frozen=True, slots=True)
class City:
    """A real city: its centre, where the water is, and its fictional telephone ranges.

    Parameters
    ----------
    name : str
        English name.
    country : str
        English name of the country.
    latitude, longitude : float
        Centre in degrees, two decimals.
    size : float
        How many customers live here, relative to the other cities.
    water_bearing : float or None
        Compass bearing, in degrees, of a sea or great lake so close that customers are kept on
        the other side of the centre.
    phone_ranges : tuple of str
        Fictional numbers in E.164 form, an x for every free digit.
    """

    name: str
    country: str
    latitude: float
    longitude: float
    size: float
    water_bearing: float | None = None
    phone_ranges: tuple[str, ...] = ()


def _us(*area_codes: int) -> tuple[str, ...]:
    return tuple(f"+1{code}55501xx" for code in area_codes)


CITIES: tuple[City, ...] = (
    City("New York", "United States", 40.76, -73.94, 6, 150, _us(212, 646, 718, 917)),
    City("Chicago", "United States", 41.85, -87.70, 4, 80, _us(312, 773, 872)),
    City("Los Angeles", "United States", 34.05, -118.24, 4, 225, _us(213, 310, 323)),
    City("Houston", "United States", 29.76, -95.42, 3, None, _us(713, 281, 832)),
    City("Atlanta", "United States", 33.75, -84.39, 3, None, _us(404, 678, 770)),
    City("Denver", "United States", 39.74, -104.98, 2, None, _us(303, 720)),
    City("Toronto", "Canada", 43.70, -79.40, 3, 150, _us(416, 647)),
    City("London", "United Kingdom", 51.51, -0.13, 8, None, ("+4477009000xx", "+442079460xxx")),
    City("Manchester", "United Kingdom", 53.48, -2.24, 4, None, ("+4477009001xx", "+441614960xxx")),
    City("Birmingham", "United Kingdom", 52.48, -1.90, 4, None, ("+4477009002xx", "+441214960xxx")),
    City("Leeds", "United Kingdom", 53.80, -1.55, 3, None, ("+4477009003xx", "+441134960xxx")),
    City("Berlin", "Germany", 52.52, 13.41, 5, None, ("+493023125xxx",)),
    City("Munich", "Germany", 48.14, 11.58, 4, None, ("+498999998xxx",)),
    City("Cologne", "Germany", 50.93, 6.95, 3, None, ("+492214710xxx",)),
    City("Frankfurt", "Germany", 50.12, 8.68, 3, None, ("+496990009xxx",)),
    City("Paris", "France", 48.85, 2.35, 6, None, ("+33639980xxx",)),
    City("Lyon", "France", 45.75, 4.85, 3, None, ("+33639982xxx",)),
    City("Toulouse", "France", 43.60, 1.44, 2, None, ("+33639984xxx",)),
    City("Madrid", "Spain", 40.42, -3.70, 4),
    City("Seville", "Spain", 37.38, -5.97, 2),
    City("Tokyo", "Japan", 35.69, 139.69, 4, 135),
    City("Kyoto", "Japan", 35.01, 135.75, 2, 60),
    City("Beijing", "China", 39.91, 116.40, 3),
    City("Chengdu", "China", 30.67, 104.07, 2),
    City("São Paulo", "Brazil", -23.55, -46.63, 3),
    City("Belo Horizonte", "Brazil", -19.92, -43.94, 2),
)


def coordinates(draws: Draws, city: IntArray) -> tuple[FloatArray, FloatArray]:
    """Latitude and longitude of every customer, scattered around the city and kept off the water.

    Parameters
    ----------
    draws : Draws
        Streams ``north`` and ``east`` are used.
    city : IntArray
        Index into `CITIES`, of shape (n_rows,).

    Returns
    -------
    tuple of FloatArray
        Latitude and longitude in degrees, three decimals (about 100 metres).
    """
    north, east = JITTER_DEG * draws.normal("north"), JITTER_DEG * draws.normal("east")
    shrink = np.minimum(1.0, MAX_JITTER_DEG / np.maximum(np.hypot(north, east), 1e-9))
    north, east = north * shrink, east * shrink
    bearing = np.radians([place.water_bearing or 0.0 for place in CITIES])[city]
    coastal = np.array([place.water_bearing is not None for place in CITIES])[city]
    # A step towards the water is mirrored at the shore line through the centre.
    seaward = north * np.cos(bearing) + east * np.sin(bearing)
    step = np.where(coastal & (seaward > 0), 2 * seaward, 0.0)
    north, east = north - step * np.cos(bearing), east - step * np.sin(bearing)
    latitude = np.array([place.latitude for place in CITIES])[city] + north
    # Meridians converge: a degree of longitude is shorter by the cosine of the latitude.
    longitude = np.array([place.longitude for place in CITIES])[city] + east / np.cos(
        np.radians(latitude)
    )
    return np.round(latitude, 3), np.round(longitude, 3)


def phone_numbers(draws: Draws, city: IntArray) -> list[str]:
    """Fictional telephone numbers in E.164 form; empty where the city has no fictional range.

    Numbers are dealt evenly over the ranges of a city: nobody shares one while there are enough.

    Parameters
    ----------
    draws : Draws
        Stream ``phone`` is used.
    city : IntArray
        Index into `CITIES`, of shape (n_rows,).

    Returns
    -------
    list of str
        One number or an empty string for each row.
    """
    numbers = [""] * draws.n_rows
    n_customers = np.bincount(city, minlength=len(CITIES)).tolist()
    dealt = [0] * len(CITIES)
    for row in draws.order("phone").tolist():
        here = int(city[row])
        ranges = CITIES[here].phone_ranges
        n_numbers = sum(10 ** pattern.count("x") for pattern in ranges)
        numbers[row] = _number(ranges, dealt[here] * n_numbers // n_customers[here])
        dealt[here] += 1
    return numbers


def _number(ranges: tuple[str, ...], index: int) -> str:
    for pattern in ranges:
        digits = pattern.count("x")
        if index < 10**digits:
            return f"{pattern.rstrip('x')}{index:0{digits}d}"
        index -= 10**digits
    return ""
