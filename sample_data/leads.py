"""Companies that a maker of business software hopes to win, with four planted segments.

What enters: the number of accounts and the seed fixed below. What leaves: the lead list as it comes
out of a sales system, placeholders and untidy numbers included, and the planted truth with the fit
and the engagement behind it. It refuses to know how leads are scored or segments found.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from sample_data.columns import counts, messy, words, yes_no
from sample_data.companies import company_names, contact_emails
from sample_data.contacts import consents
from sample_data.draws import Draws, FloatArray, IntArray
from sample_data.people import People, Trait, planted_segments

N_ACCOUNTS = 2_000
SEED = 20_260_415
CUT_OFF = date(2026, 4, 15)
"""Day of the export; whether an account was won is known half a year later."""

SEGMENTS: tuple[str, ...] = (
    "Small shops, just looking",
    "Growing online sellers",
    "Industrial committees",
    "Corporate digitisers",
)
"""Names of the planted segments, largest first; every tuple of four below is in this order."""

SHARES: tuple[float, ...] = (0.38, 0.28, 0.20, 0.14)

TRAITS: dict[str, Trait] = {
    "employees": Trait((9.0, 65.0, 420.0, 2_600.0), (0.80, 0.80, 0.90, 0.90)),
    "revenue_per_head": Trait((105e3, 190e3, 230e3, 260e3), 0.45),
    "website_visits_90d": Trait((2.6, 17.0, 7.5, 12.0), 0.75, 0.40),
    "pages_per_visit": Trait((2.2, 4.2, 5.8, 3.8), 0.42),
    "content_downloads_12m": Trait((0.6, 2.2, 6.5, 3.0), 0.70, 0.35),
    "demo_requests_12m": Trait((0.3, 1.6, 0.9, 3.6), 0.65, 0.30),
    "webinars_attended_12m": Trait((0.35, 1.0, 3.0, 1.6), 0.65, 0.25),
    "trial_logins_90d": Trait((0.5, 11.0, 1.7, 5.0), 0.85, 0.30),
    "people_involved": Trait((1.2, 2.2, 4.6, 6.5), 0.40),
    "silent_days": Trait((110.0, 18.0, 38.0, 16.0), 0.80, -0.45),
}

Options = dict[str, tuple[float, float, float, float]]
"""What there is to choose from, and how many of each segment choose it, in proportion."""

INDUSTRIES: Options = {
    "retail": (5.0, 6.0, 0.6, 3.0),
    "food and drink": (4.0, 2.0, 1.5, 1.5),
    "hospitality": (4.0, 1.0, 0.2, 0.8),
    "fashion": (2.0, 5.0, 0.3, 1.5),
    "machinery": (0.5, 0.5, 6.0, 1.0),
    "chemicals": (0.2, 0.4, 3.5, 1.2),
    "logistics": (1.0, 1.2, 2.5, 2.5),
    "financial services": (0.6, 0.8, 0.4, 5.0),
}
CRM: Options = {
    "none": (6.0, 0.5, 0.6, 0.1),
    "spreadsheet": (3.0, 1.0, 1.2, 0.1),
    "hosted": (1.2, 8.0, 1.0, 2.0),
    "on premises": (0.2, 0.5, 7.0, 1.0),
    "enterprise suite": (0.05, 0.3, 1.2, 7.0),
}
CLOUD: Options = {
    "none": (6.0, 0.4, 1.5, 0.1),
    "public": (3.0, 9.0, 0.8, 2.5),
    "private": (0.2, 0.4, 6.0, 1.5),
    "hybrid": (0.1, 0.6, 2.0, 7.0),
}
SHOP: Options = {
    "none": (5.0, 0.2, 8.0, 1.0),
    "marketplace": (3.5, 1.5, 0.3, 0.3),
    "hosted shop": (2.0, 7.0, 0.4, 1.0),
    "open source": (0.5, 2.5, 0.6, 1.0),
    "own development": (0.05, 0.5, 0.7, 6.0),
}
SOURCES: Options = {
    "search": (5.0, 5.0, 2.0, 2.0),
    "social media": (4.0, 3.0, 0.5, 1.0),
    "trade fair": (1.0, 0.8, 5.0, 2.5),
    "referral": (1.0, 2.0, 2.0, 4.0),
    "purchased list": (2.5, 0.5, 1.5, 0.5),
}
ROLES: Options = {
    "owner": (8.0, 1.5, 0.2, 0.05),
    "user": (1.0, 5.0, 1.0, 1.0),
    "influencer": (0.4, 1.5, 4.5, 2.0),
    "purchasing": (0.2, 0.8, 4.0, 1.5),
    "executive": (0.2, 2.0, 0.8, 6.0),
}
LIKENESS = 0.75
"""Exponent on the proportions above: 1 as written, 0 all segments alike."""

PLACES: dict[str, str] = {
    "Berlin": "Germany",
    "Munich": "Germany",
    "Hamburg": "Germany",
    "Stuttgart": "Germany",
    "Vienna": "Austria",
    "Zurich": "Switzerland",
    "Amsterdam": "Netherlands",
    "Rotterdam": "Netherlands",
    "Paris": "France",
    "Lyon": "France",
    "London": "United Kingdom",
    "Manchester": "United Kingdom",
    "Milan": "Italy",
    "Madrid": "Spain",
    "Barcelona": "Spain",
    "Warsaw": "Poland",
}
STAGES: tuple[str, ...] = ("new", "contacted", "qualified", "proposal", "negotiation")


def leads() -> tuple[pd.DataFrame, pd.DataFrame]:
    """2,000 accounts of a software maker, and the segment, fit and engagement planted in each.

    Returns
    -------
    tuple of pandas.DataFrame
        The lead list, one row an account in an order that tells nothing; and the truth:
        ``account_id``, ``planted_segment``, ``planted_fit`` and ``planted_engagement`` (0 to 100),
        sorted by ``account_id``.
    """
    draws = Draws(SEED, N_ACCOUNTS)
    people = People(draws, planted_segments(draws, SHARES), TRAITS)
    number = draws.order("account_id") + 1
    ids = [f"A{account:05d}" for account in number.tolist()]
    fit, engagement = _fit(people), _engagement(people)
    columns = {
        "account_id": ids,
        **_company(people, number),
        **_technology(people),
        **_pipeline(people, engagement),
        **_activity(people),
        **_contact(people, number),
        "won_outcome": yes_no(draws.flag("won", _chance(fit, engagement))),
    }
    truth = {
        "account_id": ids,
        "planted_segment": words(SEGMENTS, people.segment),
        "planted_fit": counts(fit, 0, 100),
        "planted_engagement": counts(engagement, 0, 100),
    }
    ordered = pd.DataFrame(truth).sort_values("account_id", ignore_index=True)
    return pd.DataFrame(columns), ordered


def _chosen(people: People, name: str, options: Options) -> list[str]:
    weights = np.array(list(options.values())).T[people.segment] ** LIKENESS
    return words(tuple(options), people.draws.pick(name, weights))


def _employees(people: People) -> IntArray:
    return counts(people.positive("employees"), 1, 60_000)


def _company(people: People, number: IntArray) -> dict[str, list[str]]:
    draws = people.draws
    industry = _chosen(people, "industry", INDUSTRIES)
    city = words(tuple(PLACES), draws.pick("city", np.array([9, 7, 5, 4] + [3] * 12, dtype=float)))
    country = [PLACES[name] for name in city]
    employees = _employees(people)
    revenue = employees * people.positive("revenue_per_head")
    # Two digits that count: nobody knows the revenue of a lead to the euro.
    step = 10.0 ** np.maximum(np.floor(np.log10(revenue)) - 1, 3)
    euros = (np.round(revenue / step) * step).astype(np.int64)
    return {
        "company_name": company_names(draws, number, industry, country),
        "industry": messy(draws, "no industry", industry, {"": 0.02, "n/a": 0.01, "unknown": 0.01}),
        "employees": messy(
            draws,
            "employees wear",
            _written(draws, "employees form", employees),
            {"": 0.03, "n/a": 0.015, "-": 0.01, "unknown": 0.006, "0000": 0.008},
        ),
        "annual_revenue_eur": messy(
            draws,
            "revenue wear",
            _written(draws, "revenue form", euros),
            {"": 0.08, "n/a": 0.03, "-": 0.02, "unknown": 0.005, "0000": 0.006},
        ),
        "country": country,
        "city": messy(draws, "no city", city, {"": 0.02, "-": 0.01}),
    }


def _written(draws: Draws, name: str, numbers: IntArray) -> list[str]:
    """Write numbers as people type them: a few with separators, a unit or the word for million."""
    forms = draws.pick(name, np.array([0.992, 0.003, 0.002, 0.003])).tolist()
    written = []
    for value, form in zip(numbers.tolist(), forms, strict=True):
        grouped = f"{value:,}"
        short = f"{value / 1e6:.1f} million" if value >= 1_000_000 else f"ca. {value}"
        written.append((str(value), grouped, grouped.replace(",", "."), short)[form])
    return written


def _technology(people: People) -> dict[str, list[str]]:
    blanks = {"": 0.03, "unknown": 0.01}
    draws = people.draws
    return {
        "crm": messy(draws, "no crm", _chosen(people, "crm", CRM), blanks),
        "cloud": messy(draws, "no cloud", _chosen(people, "cloud", CLOUD), blanks),
        "ecommerce_platform": messy(draws, "no shop", _chosen(people, "shop", SHOP), blanks),
    }


def _pipeline(people: People, engagement: FloatArray) -> dict[str, list[str]]:
    depth = engagement / 22 - 0.4 + 0.8 * people.draws.normal("stage")
    return {
        "funnel_stage": words(STAGES, counts(depth, 0, len(STAGES) - 1)),
        "lead_source": _chosen(people, "source", SOURCES),
    }


def _activity(people: People) -> dict[str, object]:
    days = counts(people.positive("silent_days"), 0, 720).tolist()
    last = [(CUT_OFF - timedelta(days=past)).isoformat() for past in days]
    pages = np.round(np.clip(people.positive("pages_per_visit"), 1, 25), 1)
    visits = counts(people.positive("website_visits_90d"), 0, 250)
    return {
        "website_visits_90d": visits,
        "pages_per_visit": np.where(visits == 0, 0.0, pages),
        "content_downloads_12m": counts(people.positive("content_downloads_12m"), 0, 60),
        "webinars_attended_12m": counts(people.positive("webinars_attended_12m"), 0, 24),
        "demo_requests_12m": counts(people.positive("demo_requests_12m"), 0, 24),
        "trial_logins_90d": counts(people.positive("trial_logins_90d"), 0, 400),
        "people_involved": counts(people.positive("people_involved"), 1, 30),
        "last_activity_date": messy(people.draws, "no activity", last, {"": 0.02}),
    }


def _contact(people: People, number: IntArray) -> dict[str, list[str]]:
    draws = people.draws
    role = _chosen(people, "role", ROLES)
    emails = contact_emails(number, role)
    return {
        "decision_role": messy(draws, "no role", role, {"": 0.04, "unknown": 0.015}),
        "contact_email": messy(
            draws, "email wear", emails, {"": 0.05, "n/a": 0.02, "-": 0.01, "unknown": 0.005}
        ),
        "email_consent": consents(draws, "consent", people.each((0.34, 0.62, 0.48, 0.66))),
    }


def _fit(people: People) -> FloatArray:
    """Give how well an account suits the product, 0 to 100: who it is, whatever it does."""
    size = np.log(np.maximum(_employees(people), 1)) / np.log(2_000)
    own = 10 * people.draws.normal("fit")
    return np.asarray(
        np.clip(people.each((16.0, 52.0, 34.0, 58.0)) + 32 * np.minimum(size, 1.1) + own, 0, 100)
    )


def _engagement(people: People) -> FloatArray:
    """Give how much an account has done of late, 0 to 100; it fades with silence."""
    done = (
        5 * np.log1p(people.positive("website_visits_90d"))
        + 6 * np.log1p(people.positive("content_downloads_12m"))
        + 16 * np.log1p(people.positive("demo_requests_12m"))
        + 7 * np.log1p(people.positive("trial_logins_90d"))
    )
    return np.asarray(np.clip(1.4 * done * 0.5 ** (people.positive("silent_days") / 90), 0, 100))


def _chance(fit: FloatArray, engagement: FloatArray) -> FloatArray:
    """Give the chance of winning: both are needed, neither alone is enough."""
    return np.asarray(1 / (1 + np.exp(6.0 - 0.032 * fit - 0.042 * engagement)))
