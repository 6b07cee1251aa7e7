"""The customers of a department store, with five planted segments.

What enters: the number of customers and the seed fixed below. What leaves: the customer table as
a marketer would export it, and the planted truth, kept apart. It refuses to know how segments are
found.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from sample_data.columns import counts, with_blanks, words, yes_no
from sample_data.contacts import EMAIL_WEAR, PHONE_WEAR, consents, email_addresses, worn
from sample_data.draws import BoolArray, Draws, FloatArray, IntArray
from sample_data.people import People, Trait, planted_segments
from sample_data.places import CITIES, coordinates, phone_numbers

N_CUSTOMERS = 6_000
SEED = 20_260_930
CUT_OFF = date(2026, 9, 30)
"""Day of the export: the twelve months before are described, the quarter after is the outcome."""

SEGMENTS: tuple[str, ...] = (
    "Bargain planners",
    "Loyal households",
    "Window shoppers",
    "Fading first-timers",
    "City connoisseurs",
)
"""Names of the planted segments, largest first; every tuple of five below is in this order."""

SHARES: tuple[float, ...] = (0.34, 0.25, 0.19, 0.14, 0.08)

BASIS: tuple[str, ...] = (
    "orders_12m",
    "spend_12m",
    "avg_discount_share",
    "visits_per_month",
    "online_share",
    "category_count",
    "returns_share",
    "newsletter_opens_12m",
    "price_sensitivity",
    "brand_affinity",
)
"""The variables in which the segments are planted."""

TRAITS: dict[str, Trait] = {
    "orders_12m": Trait((7.5, 16.0, 2.6, 1.0, 11.0), (0.36, 0.33, 0.50, 0.60, 0.34), 0.50),
    "basket": Trait((36.0, 58.0, 46.0, 40.0, 170.0), (0.38, 0.36, 0.48, 0.50, 0.42)),
    "avg_discount_share": Trait((0.41, 0.17, 0.18, 0.24, 0.06), 0.52, -0.10),
    "visits_per_month": Trait((3.6, 5.0, 7.8, 0.8, 6.0), (0.42, 0.36, 0.36, 0.60, 0.38), 0.40),
    "online_share": Trait((0.48, 0.23, 0.72, 0.40, 0.82), 0.80),
    "category_count": Trait((5.0, 8.7, 3.5, 1.8, 6.0), (1.6, 1.7, 1.3, 1.0, 1.6), 0.35),
    "returns_share": Trait((0.07, 0.05, 0.09, 0.06, 0.20), 0.60),
    "newsletter_opens_12m": Trait(
        (26.0, 17.0, 11.0, 3.0, 9.0), (0.40, 0.45, 0.52, 0.70, 0.55), 0.30
    ),
    "price_sensitivity": Trait((5.9, 4.2, 4.8, 4.6, 2.1), 0.95),
    "brand_affinity": Trait((3.7, 5.9, 4.3, 2.6, 5.2), 1.0, 0.25),
    "age": Trait((42.0, 46.0, 29.0, 38.0, 37.0), (12.0, 9.0, 8.0, 13.0, 8.0)),
    "household_size": Trait((2.3, 3.8, 1.8, 2.1, 1.6), (1.0, 1.1, 0.9, 1.1, 0.7)),
    "income": Trait((1.6, 2.4, 1.5, 1.8, 3.6), 0.9),
    "tenure_days": Trait((1_100.0, 1_900.0, 500.0, 450.0, 1_300.0), 0.50),
}

INCOME_BANDS: tuple[str, ...] = ("under 20k", "20k-40k", "40k-60k", "60k-90k", "90k and over")
SOURCES: tuple[str, ...] = ("search", "social", "referral", "advert", "in store")

FAVOURITE_CITIES: tuple[dict[str, float], ...] = (
    {"Leeds": 2.0, "Birmingham": 1.5, "Berlin": 1.6, "Chicago": 1.6},
    {"Leeds": 3.0, "Denver": 3.0, "Lyon": 3.0, "Atlanta": 2.0, "London": 0.4, "Paris": 0.4},
    {"Madrid": 2.0, "Berlin": 2.0, "Tokyo": 2.0, "Toronto": 1.6},
    {},
    {"London": 15.0, "Paris": 15.0},
)
"""How much likelier than its size a city is in each segment."""

BULK_SHARE = 0.005
"""Customers who buy for a firm and spend some five to fifty times what others would."""

MISSING: dict[str, float] = {
    "age": 0.025,
    "gender": 0.015,
    "household_size": 0.03,
    "income_band": 0.04,
    "visits_per_month": 0.01,
    "online_share": 0.01,
    "newsletter_opens_12m": 0.02,
    "price_sensitivity": 0.035,
    "brand_affinity": 0.035,
    "preferred_channel": 0.01,
}
"""Share of blank cells; contacts, consents and coordinates have their own."""


def retailer() -> tuple[pd.DataFrame, pd.DataFrame]:
    """6,000 customers of a department store, and the segment each was planted in.

    Returns
    -------
    tuple of pandas.DataFrame
        The customer table, one row a customer in an order that tells nothing; and the truth:
        ``customer_id`` and ``planted_segment``, sorted by ``customer_id``.
    """
    draws = Draws(SEED, N_CUSTOMERS)
    people = People(draws, planted_segments(draws, SHARES), TRAITS)
    number = draws.order("customer_id") + 1
    ids = [f"C{customer:05d}" for customer in number.tolist()]
    behaviour = _behaviour(people)
    columns = {
        "customer_id": ids,
        **_person(people),
        **_contact(people, number),
        **_relation(people, behaviour),
        **behaviour,
        **_outcome(people, behaviour),
    }
    frame = with_blanks(draws, pd.DataFrame(columns), MISSING)
    names = words(SEGMENTS, people.segment)
    truth = pd.DataFrame({"customer_id": ids, "planted_segment": names})
    return frame, truth.sort_values("customer_id", ignore_index=True)


def _behaviour(people: People) -> dict[str, FloatArray | IntArray]:
    """Give the basis variables: what customers do, and two ratings they gave."""
    # Taking 0.4 away before rounding leaves some customers without a single order or opening.
    orders = counts(people.positive("orders_12m") - 0.4, 0, 365)
    spend = orders * people.positive("basket") * _bulk_factor(people.draws)
    return {
        "orders_12m": orders,
        "spend_12m": np.round(spend, 2),
        "avg_discount_share": np.round(people.share("avg_discount_share"), 2),
        "visits_per_month": np.round(people.positive("visits_per_month"), 1),
        "online_share": np.round(people.share("online_share"), 2),
        "category_count": counts(people.around("category_count"), 1, 14),
        "returns_share": np.round(people.share("returns_share"), 2),
        "newsletter_opens_12m": counts(people.positive("newsletter_opens_12m") - 0.4, 0, 104),
        "price_sensitivity": counts(people.around("price_sensitivity"), 1, 7),
        "brand_affinity": counts(people.around("brand_affinity"), 1, 7),
    }


def _bulk_factor(draws: Draws) -> FloatArray:
    size = np.exp(2.7 + 0.6 * draws.normal("bulk size"))
    return np.where(draws.flag("bulk", BULK_SHARE), size, 1.0)


def _person(people: People) -> dict[str, object]:
    gender = people.draws.pick("gender", np.array([0.54, 0.44, 0.02]))
    band = counts(people.around("income"), 0, len(INCOME_BANDS) - 1)
    return {
        "age": counts(people.around("age"), 18, 92),
        "gender": words(("female", "male", "other"), gender),
        "household_size": counts(people.around("household_size"), 1, 8),
        "income_band": words(INCOME_BANDS, band),
        # Two columns that tell nothing: every tool should find them useless.
        "birth_month": people.draws.pick("birth_month", np.ones(12)) + 1,
        "acquisition_source": words(
            SOURCES, people.draws.pick("acquisition_source", np.ones(len(SOURCES)))
        ),
    }


def _contact(people: People, number: IntArray) -> dict[str, object]:
    draws = people.draws
    city = _city(people)
    latitude, longitude = coordinates(draws, city)
    unplaced = draws.flag("place unknown", 0.03)
    return {
        "email": worn(draws, "email wear", email_addresses(draws, number), EMAIL_WEAR),
        "phone": worn(draws, "phone wear", phone_numbers(draws, city), PHONE_WEAR),
        "email_consent": consents(
            draws, "email_consent", people.each((0.86, 0.78, 0.62, 0.28, 0.70))
        ),
        "sms_consent": consents(draws, "sms_consent", people.each((0.48, 0.40, 0.33, 0.10, 0.52))),
        "post_consent": consents(
            draws, "post_consent", people.each((0.36, 0.66, 0.18, 0.20, 0.44))
        ),
        "city": [CITIES[index].name for index in city.tolist()],
        "country": [CITIES[index].country for index in city.tolist()],
        "latitude": np.where(unplaced, np.nan, latitude),
        "longitude": np.where(unplaced, np.nan, longitude),
    }


def _city(people: People) -> IntArray:
    weights = np.array(
        [[city.size * liked.get(city.name, 1.0) for city in CITIES] for liked in FAVOURITE_CITIES]
    )
    return people.draws.pick("city", weights[people.segment])


def _relation(people: People, behaviour: dict[str, FloatArray | IntArray]) -> dict[str, object]:
    draws = people.draws
    days = counts(people.positive("tenure_days"), 100, 3_650)
    app_user = draws.flag("app_user", people.each((0.45, 0.32, 0.60, 0.12, 0.74)))
    online = behaviour["online_share"]
    weights = np.column_stack([1.2 - online, online + 0.1, np.where(app_user, online + 0.3, 0.0)])
    channel = draws.pick("preferred_channel", weights**2)
    idle = behaviour["orders_12m"] == 0
    dormant = draws.flag("dormant", np.where(idle, 0.85, 0.01))
    status = np.where(_closed(people), 2, np.where(dormant, 1, 0))
    return {
        "signup_date": [(CUT_OFF - timedelta(days=past)).isoformat() for past in days.tolist()],
        "app_user": yes_no(app_user),
        "preferred_channel": words(("store", "web", "app"), channel),
        "status": words(("active", "dormant", "closed"), status),
    }


def _closed(people: People) -> BoolArray:
    return people.draws.flag("closed", people.each((0.010, 0.005, 0.015, 0.060, 0.008)))


def _outcome(people: People, behaviour: dict[str, FloatArray | IntArray]) -> dict[str, object]:
    """Give what happened in the quarter after the export: it must never form segments."""
    draws = people.draws
    odds = people.each((0.16, 0.05, 0.33, 1.60, 0.07)) * np.exp(-0.4 * people.zest())
    churned = draws.flag("churned", odds / (1 + odds)) | _closed(people)
    expected_orders = np.maximum(behaviour["orders_12m"], 0.5) / 4
    growth = people.each((1.00, 1.06, 0.95, 0.60, 1.15)) * np.exp(0.4 * draws.normal("growth"))
    buys = draws.flag("buys", 1 - np.exp(-2.0 * expected_orders)) & ~churned
    spend = np.maximum(1, expected_orders) * people.positive("basket") * growth
    return {
        "churned_next_quarter": yes_no(churned),
        "spend_next_quarter": np.where(buys, np.round(spend, 2), 0.0),
    }
