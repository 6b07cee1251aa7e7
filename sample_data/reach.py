"""Planted contacts: e-mail addresses and telephone numbers of which we know whether they can exist.

What enters: nothing; every row follows from its number. What leaves: a small table with consents,
addresses and numbers as six countries write them, and the truth about each. It refuses to make an
address outside the domains reserved for examples; the numbers are those of the documentation of
numbering plans, with the last two digits counted through.
"""

from __future__ import annotations

from itertools import cycle, islice

import pandas as pd

N_CUSTOMERS = 720
EMAILS: tuple[tuple[str, bool], ...] = (
    ("ana{n}@example.com", True),
    ("Bo.{n}@Example.ORG", True),
    (" cy+news{n}@mail.example.net ", True),
    ("d_{n}@sub.example.co.uk", True),
    ("用户{n}@example.org", True),
    ("f{n}@example", False),
    ("g..{n}@example.com", False),
    ("h{n}.example.com", False),
    ("i{n}@@example.com", False),
    ("", False),
)
"""How an address is written, and whether it can exist."""

PHONES: dict[str, tuple[tuple[str, bool], ...]] = {
    "United States": (
        ("(212) 555-01{n:02d}", True),
        ("+1 646 555 01{n:02d}", True),
        ("212-155-01{n:02d}", False),
        ("555-01{n:02d}", False),
    ),
    "United Kingdom": (
        ("020 7946 09{n:02d}", True),
        ("+44 7400 1234{n:02d}", True),
        ("0207 946 {n:02d}", False),
        ("+44 7700 9000{n:02d}", False),  # kept for films: nobody has it
    ),
    "Germany": (
        ("030 23125 0{n:02d}", True),
        ("0049 171 39200{n:02d}", True),
        ("+49 0 12", False),
        ("not given {n}", False),
    ),
    "France": (
        ("01 99 00 00 {n:02d}", True),
        ("+33 6 12 34 56 {n:02d}", True),
        ("06 39 98 00 {n:02d}", False),  # kept for films: nobody has it
        ("00 33 00 00 00 00 {n:02d}", False),
    ),
    "China": (
        ("138 0013 80{n:02d}", True),
        ("+86 10 8888 88{n:02d}", True),
        ("120 0000 00{n:02d}", False),
        ("1380013{n:02d}", False),
    ),
    "Japan": (
        ("03-0000-00{n:02d}", False),
        ("090-1234-56{n:02d}", True),
        ("+81 3 1234 5{n:02d}", False),
        ("03-3224-56{n:02d}", True),
    ),
}
"""How numbers are written in each country, and whether its numbering plan has them."""

CONSENTS = ("yes", "no", "unknown", "", "yes", "yes", "yes")
SEGMENTS = 3


def reach_contacts() -> tuple[pd.DataFrame, pd.DataFrame]:
    """720 customers of six countries with planted contacts.

    Returns
    -------
    tuple of pandas.DataFrame
        The customers, and by customer whether the address and the number can exist and the segment
        they are planted in.
    """
    numbers = range(N_CUSTOMERS)
    countries = list(islice(cycle(PHONES), N_CUSTOMERS))
    emails = [EMAILS[i % len(EMAILS)] for i in numbers]
    phones = [PHONES[country][i // len(PHONES) % 4] for i, country in enumerate(countries)]
    ids = [f"P{i:04d}" for i in numbers]
    customers = pd.DataFrame(
        {
            "customer_id": ids,
            "country": countries,
            "email": [text.format(n=i) for i, (text, _) in enumerate(emails)],
            "phone": [text.format(n=i % 100) for i, (text, _) in enumerate(phones)],
            "email_consent": [CONSENTS[i % len(CONSENTS)] for i in numbers],
            "sms_consent": [CONSENTS[i // 2 % len(CONSENTS)] for i in numbers],
            "orders_12m": [1 + i % 13 for i in numbers],
            "spend_12m": [10.0 * (1 + i % 17) for i in numbers],
        }
    )
    truth = pd.DataFrame(
        {
            "customer_id": ids,
            "segment": [i % 11 % SEGMENTS for i in numbers],
            "email_valid": [valid for _, valid in emails],
            "phone_valid": [valid for _, valid in phones],
        }
    )
    return customers, truth
