"""Customers of a web shop without any segments: one population in which everything hangs together.

What enters: the number of customers and the seed fixed below. What leaves: a table of the usual
marketing columns. It refuses to know segments, and there are none: every column follows one smooth
distribution, and busy customers do more of everything.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from sample_data.columns import counts, with_blanks, words, yes_no
from sample_data.draws import Draws, FloatArray

N_CUSTOMERS = 2_000
SEED = 20_260_815
CUT_OFF = date(2026, 6, 30)

LOADINGS: dict[str, tuple[float, float]] = {
    "orders": (0.75, 0.20),
    "basket": (0.35, -0.30),
    "visits": (0.70, 0.25),
    "minutes": (0.55, 0.20),
    "discount": (-0.20, 0.65),
    "newsletter": (0.45, 0.45),
    "recency": (-0.65, -0.10),
    "returns": (0.15, 0.35),
    "reviews": (0.50, 0.05),
    "satisfaction": (0.45, -0.20),
}
"""How strongly a column follows how busy a customer is, and how fond of bargains."""

COUNTRIES: tuple[str, ...] = ("Germany", "France", "Spain", "Netherlands")
MISSING: dict[str, float] = {"age": 0.03, "gender": 0.02, "satisfaction_score": 0.03}


def no_structure() -> tuple[pd.DataFrame, None]:
    """2,000 customers of one population.

    Returns
    -------
    tuple of pandas.DataFrame and None
        The customer table; there is no truth because nothing is planted.
    """
    draws = Draws(SEED, N_CUSTOMERS)
    numbers = (draws.order("customer_id") + 1).tolist()
    columns = {
        "customer_id": [f"W{number:05d}" for number in numbers],
        **_person(draws),
        **_habits(draws),
        "churned_next_half_year": yes_no(draws.flag("churned", _chance(draws))),
    }
    return with_blanks(draws, pd.DataFrame(columns), MISSING), None


def _common(draws: Draws, name: str) -> FloatArray:
    """Give a standard normal column that shares two factors with the others."""
    busy, bargains = LOADINGS[name]
    own = np.sqrt(1 - busy**2 - bargains**2) * draws.normal(name)
    return np.asarray(busy * draws.normal("busy") + bargains * draws.normal("bargains") + own)


def _person(draws: Draws) -> dict[str, object]:
    days = counts(900 * np.exp(0.5 * draws.normal("tenure")), 200, 3_600).tolist()
    return {
        "age": counts(44 + 13 * draws.normal("age"), 18, 88),
        "gender": words(
            ("female", "male", "other"), draws.pick("gender", np.array([0.53, 0.45, 0.02]))
        ),
        "country": words(COUNTRIES, draws.pick("country", np.array([4.0, 3.0, 2.0, 2.0]))),
        "signup_date": [(CUT_OFF - timedelta(days=past)).isoformat() for past in days],
    }


def _habits(draws: Draws) -> dict[str, object]:
    orders = 9.0 * np.exp(0.55 * _common(draws, "orders"))
    basket = 52.0 * np.exp(0.40 * _common(draws, "basket"))
    discount = 0.22 / (0.22 + 0.78 * np.exp(-0.6 * _common(draws, "discount")))
    returns = 0.12 / (0.12 + 0.88 * np.exp(-0.5 * _common(draws, "returns")))
    return {
        "orders_12m": counts(orders, 1, 200),
        "spend_12m": np.round(orders * basket, 2),
        "days_since_order": counts(48 * np.exp(0.7 * _common(draws, "recency")), 1, 365),
        "visits_per_month": np.round(6.0 * np.exp(0.5 * _common(draws, "visits")), 1),
        "minutes_per_visit": np.round(5.5 * np.exp(0.4 * _common(draws, "minutes")), 1),
        "discount_share": np.round(discount, 2),
        "returns_share": np.round(returns, 2),
        "newsletter_opens_12m": counts(20 * np.exp(0.5 * _common(draws, "newsletter")), 0, 104),
        "reviews_read_12m": counts(30 * np.exp(0.6 * _common(draws, "reviews")), 0, 400),
        "satisfaction_score": counts(70 + 11 * _common(draws, "satisfaction"), 0, 100),
    }


def _chance(draws: Draws) -> FloatArray:
    return np.asarray(1 / (1 + np.exp(1.6 + 0.9 * draws.normal("busy"))))
