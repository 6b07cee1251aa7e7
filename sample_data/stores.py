"""The branches of the department store.

What enters: the cities of `places`. What leaves: one row a store, and the store at which a customer
of a city buys. It refuses to know customers and orders.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from sample_data.columns import words
from sample_data.draws import Draws, FloatArray, IntArray
from sample_data.places import CITIES, coordinates

SEED = 20_260_931
FIRST_DAY = date(2024, 10, 1)
"""First day of the order log."""

N_DAYS = 730
"""Length of the order log: two years, to 30 September 2026."""

CONNECTED_WITHIN = 330
"""Within so many days all stores were connected to the order log, one after the other."""

NEARNESS = 0.25
"""How far from the centre stores are, compared with customers."""

_SECOND: tuple[str, ...] = ("London", "Paris", "New York", "Berlin")
"""Cities with two stores; the second one follows the first in the table."""

_SITES: tuple[str, ...] = ("Central", "Arcade", "Station", "Market Hall", "Old Town")

HOME_CITY: IntArray = np.array(
    [index for index, city in enumerate(CITIES) for _ in range(2 if city.name in _SECOND else 1)],
    dtype=np.int64,
)
"""City of each store, an index into `CITIES`, of shape (n_stores,)."""

N_STORES = len(HOME_CITY)


def store_ids() -> list[str]:
    """Numbers of the stores, in the order of `HOME_CITY`.

    Returns
    -------
    list of str
        S01 and so on.
    """
    return [f"S{number:02d}" for number in range(1, N_STORES + 1)]


def connected_day() -> IntArray:
    """The day from which a store's orders are in the log.

    Returns
    -------
    IntArray
        Days after `FIRST_DAY`, of shape (n_stores,). The stores of one city start together.
    """
    by_city = Draws(SEED, len(CITIES)).uniform("connected") * CONNECTED_WITHIN
    return np.asarray(np.floor(by_city)[HOME_CITY], dtype=np.int64)


def retailer_stores() -> tuple[pd.DataFrame, None]:
    """The stores, one or two in each of 26 cities.

    Returns
    -------
    tuple of pandas.DataFrame and None
        The store table; nothing is planted in it.
    """
    draws = Draws(SEED, N_STORES)
    latitude, longitude = _near_the_centre(draws)
    opened = np.floor(400 + 9_000 * draws.uniform("opened")).astype(np.int64)
    site = draws.pick("site", np.ones(len(_SITES)))
    # A second store has another name than the first.
    second = np.concatenate([[False], HOME_CITY[1:] == HOME_CITY[:-1]])
    site = np.where(second, (np.roll(site, 1) + 1) % len(_SITES), site)
    cities = [CITIES[index] for index in HOME_CITY.tolist()]
    frame = pd.DataFrame(
        {
            "store_id": store_ids(),
            "store_name": [
                f"{city.name} {where}"
                for city, where in zip(cities, words(_SITES, site), strict=True)
            ],
            "city": [city.name for city in cities],
            "country": [city.country for city in cities],
            "latitude": latitude,
            "longitude": longitude,
            "opened_date": _dates(-opened),
            "in_order_log_since": _dates(connected_day()),
        }
    )
    return frame, None


def _near_the_centre(draws: Draws) -> tuple[FloatArray, FloatArray]:
    """Place the stores where customers live, but much closer to the centre."""
    latitude, longitude = coordinates(draws, HOME_CITY)
    north = np.array([city.latitude for city in CITIES])[HOME_CITY]
    east = np.array([city.longitude for city in CITIES])[HOME_CITY]
    return (
        np.round(north + NEARNESS * (latitude - north), 3),
        np.round(east + NEARNESS * (longitude - east), 3),
    )


def _dates(days: IntArray) -> list[str]:
    return [(FIRST_DAY + timedelta(days=day)).isoformat() for day in days.tolist()]
