"""E-mail addresses, telephone numbers and consents as they stand in a real customer file.

What enters: random draws and clean values. What leaves: the same with the blanks, the typing
errors and the unanswered questions such files have. It refuses to know segments, and it makes no
address outside the domains reserved for examples (example.com, example.org, example.net).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sample_data.draws import Draws, FloatArray, IntArray

DOMAINS: tuple[str, ...] = ("example.com", "example.org", "example.net")
"""Reserved for documentation by RFC 2606: mail to them reaches nobody."""

CONSENT_ANSWERS: tuple[str, ...] = ("yes", "no", "unknown", "")
"""Everything a consent column may hold; the last one is a question never asked."""

Wear = tuple[tuple[float, Callable[[str], str]], ...]
"""What can happen to a value: the share of rows it happens to, and what it does."""

EMAIL_WEAR: Wear = (
    (0.025, lambda _: ""),
    (0.005, lambda email: email.replace("@", ".")),
    (0.005, lambda email: email.replace("@", "@@")),
    (0.005, lambda email: email.replace("@", " at ")),
    # Untidy, but valid once trimmed and lower-cased.
    (0.010, str.upper),
    (0.010, lambda email: f" {email}"),
)
PHONE_WEAR: Wear = (
    (0.040, lambda _: ""),
    (0.006, lambda phone: phone[:7]),
    (0.004, lambda phone: f"{phone[:-2]}??"),
    (0.004, lambda _: "not given"),
    # Untidy, but the number can be read.
    (0.015, lambda phone: f"{phone[:-7]} {phone[-7:-4]} {phone[-4:]}"),
    (0.010, lambda phone: f"00{phone[1:]}"),
)

_SYLLABLES = (
    *("ba", "ce", "do", "fa", "gi", "je", "ke", "lo", "mi", "no"),
    *("pe", "ra", "so", "ti", "vu", "wa", "xe", "yo", "zi", "lu"),
)
N_HANDLES = len(_SYLLABLES) ** 3
"""How many different e-mail addresses there are: the largest sample they suffice for."""

_STRIDE = 4_111
"""Shares no factor with the number of handles, so neighbouring numbers get unlike handles."""


def handle(number: int) -> str:
    """Three meaningless syllables, different for each of the first `N_HANDLES` numbers.

    Parameters
    ----------
    number : int
        Not negative.

    Returns
    -------
    str
        Six lower-case letters.

    Examples
    --------
    >>> handle(0), handle(1)
    ('bababa', 'pejera')
    """
    base = len(_SYLLABLES)
    code = number * _STRIDE % N_HANDLES
    parts = (code // base**2, code // base % base, code % base)
    return "".join(_SYLLABLES[part] for part in parts)


def email_addresses(draws: Draws, number: IntArray) -> list[str]:
    """One address for each customer number, no two alike, made of meaningless syllables.

    Parameters
    ----------
    draws : Draws
        Stream ``domain`` is used.
    number : IntArray
        Distinct customer numbers of shape (n_rows,), from 0 to `N_HANDLES` - 1.

    Returns
    -------
    list of str
        Lower-case addresses.
    """
    domains = draws.pick("domain", np.array([0.5, 0.3, 0.2])).tolist()
    return [
        f"{handle(customer)}@{DOMAINS[domain]}"
        for customer, domain in zip(number.tolist(), domains, strict=True)
    ]


def worn(draws: Draws, name: str, values: list[str], wear: Wear) -> list[str]:
    """The values after years of typing: some blank, some wrong, some untidy.

    Parameters
    ----------
    draws : Draws
        Stream ``name`` is used.
    name : str
        Name of the stream.
    values : list of str
        Clean values, one for each row; an empty one stays empty.
    wear : Wear
        What happens, and to which share of the rows.

    Returns
    -------
    list of str
        One value for each row.
    """
    shares = [share for share, _ in wear]
    changes: list[Callable[[str], str]] = [change for _, change in wear]
    fate = draws.pick(name, np.array([1 - sum(shares), *shares])).tolist()
    return [
        changes[what - 1](value) if value and what > 0 else value
        for value, what in zip(values, fate, strict=True)
    ]


def consents(draws: Draws, name: str, share: FloatArray) -> list[str]:
    """Answers to one consent question: yes or no, 2 % unknown and 2 % never asked.

    Parameters
    ----------
    draws : Draws
        Stream ``name`` is used.
    name : str
        Name of the stream.
    share : FloatArray
        Probability of yes among those who answered, of shape (n_rows,).

    Returns
    -------
    list of str
        One of `CONSENT_ANSWERS` for each row.
    """
    answered = 0.96
    rest = np.full(share.shape, 0.02)
    weights = np.column_stack([answered * share, answered * (1 - share), rest, rest])
    return [CONSENT_ANSWERS[answer] for answer in draws.pick(name, weights).tolist()]
