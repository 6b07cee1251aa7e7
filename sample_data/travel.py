"""A survey of travellers: eighteen motives answered with yes or no, with five planted segments.

What enters: the number of respondents and the seed fixed below. What leaves: the answers as a
survey institute delivers them, with its weights, and the planted truth. It refuses to know how
segments are found.
"""

from __future__ import annotations

from operator import mul

import numpy as np
import pandas as pd

from sample_data.columns import counts, with_blanks, words, yes_no
from sample_data.draws import Draws, FloatArray
from sample_data.people import People, Trait, planted_segments

N_RESPONDENTS = 1_500
SEED = 20_260_601

SEGMENTS: tuple[str, ...] = (
    "Rest seekers",
    "Culture explorers",
    "Outdoor adventurers",
    "Sociable night owls",
    "Yes to everything",
)
"""Names of the planted segments, largest first; every tuple of five below is in this order."""

SHARES: tuple[float, ...] = (0.27, 0.24, 0.21, 0.16, 0.12)

MOTIVES: dict[str, tuple[float, ...]] = {
    "To rest, sleep in and do nothing for a while": (0.88, 0.26, 0.22, 0.30, 0.93),
    "To get away from deadlines, noise and routine": (0.82, 0.44, 0.48, 0.42, 0.94),
    "To be pampered, with good service and comfort": (0.74, 0.28, 0.10, 0.30, 0.88),
    "To lie on a beach, swim and feel the sun": (0.76, 0.18, 0.24, 0.62, 0.90),
    "To have everything arranged, and feel safe": (0.66, 0.40, 0.10, 0.16, 0.85),
    "To hike, cycle or do other sports outdoors": (0.14, 0.22, 0.86, 0.18, 0.87),
    "To feel the thrill of something new, even a little dangerous": (0.05, 0.16, 0.70, 0.48, 0.84),
    "To find out what I can do, and come back stronger": (0.08, 0.20, 0.68, 0.14, 0.85),
    "To watch animals, forests and mountains up close": (0.24, 0.46, 0.84, 0.10, 0.91),
    "To leave nature as I found it, or better": (0.20, 0.42, 0.70, 0.10, 0.88),
    "To see museums, old towns and famous buildings": (0.18, 0.88, 0.20, 0.24, 0.90),
    "To learn how people live, cook and celebrate elsewhere": (0.14, 0.84, 0.36, 0.36, 0.91),
    "To hear, taste and try what I cannot find at home": (0.28, 0.80, 0.38, 0.50, 0.92),
    "To understand the past, and where we come from": (0.10, 0.70, 0.16, 0.08, 0.83),
    "To meet new people, locals and other guests": (0.10, 0.38, 0.34, 0.84, 0.88),
    "To go out, dance and stay up late": (0.06, 0.06, 0.10, 0.82, 0.80),
    "To laugh a lot with friends, without any plan": (0.26, 0.16, 0.36, 0.86, 0.89),
    "To show the others at home where I have been": (0.18, 0.20, 0.18, 0.52, 0.78),
}
"""Each motive and the share of each segment that says yes to it: the variables of the segments."""

CONTRAST = 0.88
"""How far the shares above lie from the average of the motive: 1 as written, 0 no difference."""

TRAITS: dict[str, Trait] = {
    "age": Trait((46.0, 53.0, 37.0, 27.0, 42.0), (13.0, 13.0, 11.0, 7.0, 15.0)),
    "nights_away": Trait((9.0, 7.0, 8.0, 5.0, 8.0), 0.40),
    "spend": Trait((118.0, 142.0, 74.0, 88.0, 121.0), 0.42),
    "trips_last_year": Trait((1.4, 2.4, 2.6, 2.2, 2.2), 0.45),
    "satisfaction": Trait((5.4, 5.6, 5.7, 5.0, 6.3), 1.0),
}

COUNTRIES: dict[str, tuple[float, ...]] = {
    "Germany": (8.0, 6.0, 6.0, 4.0, 3.0),
    "United Kingdom": (6.0, 4.0, 3.0, 7.0, 4.0),
    "France": (3.0, 5.0, 3.0, 2.0, 2.0),
    "Netherlands": (2.0, 2.0, 4.0, 2.0, 1.0),
    "Spain": (1.0, 2.0, 1.0, 3.0, 2.0),
    "United States": (1.0, 4.0, 1.0, 1.0, 4.0),
    "Japan": (1.0, 2.0, 0.5, 0.3, 1.0),
    "Brazil": (0.5, 0.8, 0.5, 1.2, 2.0),
}
"""How many of each segment live there, in proportion."""

EDUCATION: tuple[str, ...] = ("school", "vocational", "bachelor", "master or higher")
COMPANIONS: tuple[str, ...] = (
    "alone",
    "as a couple",
    "with children",
    "with friends",
    "in a group",
)
INCOME_BANDS: tuple[str, ...] = ("under 25k", "25k-45k", "45k-70k", "70k and over")

MISSING: dict[str, float] = {
    "age": 0.010,
    "education": 0.015,
    "income_band": 0.070,
    "spend_per_night_eur": 0.040,
    "satisfaction": 0.020,
    **dict.fromkeys(MOTIVES, 0.006),
}
"""Share of blank cells; income is what respondents like least to tell."""


def travel() -> tuple[pd.DataFrame, pd.DataFrame]:
    """1,500 travellers and what they travel for, and the segment each was planted in.

    Returns
    -------
    tuple of pandas.DataFrame
        The answers, one row a respondent in an order that tells nothing; and the truth:
        ``respondent_id`` and ``planted_segment``, sorted by ``respondent_id``.
    """
    draws = Draws(SEED, N_RESPONDENTS)
    people = People(draws, planted_segments(draws, SHARES), TRAITS)
    ids = [f"R{number:04d}" for number in (draws.order("respondent_id") + 1).tolist()]
    columns = {
        "respondent_id": ids,
        **_person(people),
        **_motives(people),
        **_holiday(people),
        "survey_weight": _weight(people),
    }
    frame = with_blanks(draws, pd.DataFrame(columns), MISSING)
    truth = pd.DataFrame({"respondent_id": ids, "planted_segment": words(SEGMENTS, people.segment)})
    return frame, truth.sort_values("respondent_id", ignore_index=True)


def _age(people: People) -> FloatArray:
    return np.asarray(np.clip(people.around("age"), 18, 84))


def _person(people: People) -> dict[str, object]:
    draws = people.draws
    education = 1.2 + 0.02 * (50 - _age(people)) + 0.9 * draws.normal("education")
    income = 0.5 + 0.025 * _age(people) + 0.8 * draws.normal("income")
    country = np.array(list(COUNTRIES.values())).T[people.segment]
    return {
        "age": counts(_age(people), 18, 84),
        "gender": words(
            ("female", "male", "other"), draws.pick("gender", np.array([0.515, 0.47, 0.015]))
        ),
        "education": words(EDUCATION, counts(education, 0, len(EDUCATION) - 1)),
        "income_band": words(INCOME_BANDS, counts(income, 0, len(INCOME_BANDS) - 1)),
        "country": words(tuple(COUNTRIES), draws.pick("country", country)),
    }


def _motives(people: People) -> dict[str, list[str]]:
    """Give the basis variables; inside a segment the answers are independent of each other."""
    answers = {}
    for motive, shares in MOTIVES.items():
        average = sum(map(mul, shares[:-1], SHARES[:-1])) / sum(SHARES[:-1])
        softened = tuple(average + CONTRAST * (share - average) for share in shares[:-1])
        flags = people.draws.flag(motive, people.each((*softened, shares[-1])))
        answers[motive] = yes_no(flags)
    return answers


def _holiday(people: People) -> dict[str, object]:
    draws = people.draws
    companions = np.array(
        [
            (1.0, 4.0, 5.0, 1.0, 0.6),
            (2.0, 5.0, 1.0, 1.0, 3.0),
            (2.0, 3.0, 1.5, 4.0, 1.0),
            (1.0, 1.0, 0.2, 7.0, 1.0),
            (1.0, 3.0, 2.0, 2.0, 1.0),
        ]
    )[people.segment]
    satisfaction = counts(people.around("satisfaction"), 1, 7)
    odds = np.exp(1.1 * (satisfaction - 5.4)) * people.each((1.3, 0.4, 0.8, 0.7, 1.6))
    return {
        "travelled": words(COMPANIONS, draws.pick("companions", companions)),
        "trips_last_year": counts(people.positive("trips_last_year"), 1, 15),
        "nights_away": counts(people.positive("nights_away"), 1, 42),
        "spend_per_night_eur": counts(people.positive("spend"), 10, 600),
        "satisfaction": satisfaction,
        "returns_next_year": yes_no(draws.flag("returns", odds / (1 + odds))),
    }


def _weight(people: People) -> FloatArray:
    """Give the weights that set right whom the survey reached too seldom: young men, mostly."""
    age = _age(people)
    raw = np.where(age < 35, 1.45, np.where(age < 55, 0.95, 0.75))
    raw = raw * np.exp(0.22 * people.draws.normal("weight"))
    return np.asarray(np.round(raw / 1.05, 3))
