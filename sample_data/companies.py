"""Names and addresses of companies that do not exist.

What enters: account numbers, industries and countries. What leaves: company names made of
meaningless syllables and e-mail addresses below the top-level domain ``example``, which RFC 2606
reserves: mail to it reaches nobody. It refuses to know segments.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sample_data.contacts import handle
from sample_data.draws import Draws, IntArray

TRADES: dict[str, tuple[str, ...]] = {
    "retail": ("Stores", "Trading", "Market"),
    "food and drink": ("Foods", "Kitchen", "Drinks"),
    "hospitality": ("Hotels", "Inn", "Catering"),
    "fashion": ("Fashion", "Textiles", "Shoes"),
    "machinery": ("Machines", "Tools", "Drives"),
    "chemicals": ("Chemicals", "Coatings", "Materials"),
    "logistics": ("Logistics", "Freight", "Parcels"),
    "financial services": ("Finance", "Leasing", "Insurance"),
}
FORMS: dict[str, str] = {
    "Germany": "GmbH",
    "Austria": "GmbH",
    "Switzerland": "AG",
    "Netherlands": "B.V.",
    "France": "SARL",
    "United Kingdom": "Ltd",
    "Italy": "S.r.l.",
    "Spain": "S.L.",
    "Poland": "Sp. z o.o.",
}
MAILBOXES: dict[str, str] = {
    "owner": "office",
    "user": "team",
    "influencer": "projects",
    "purchasing": "purchasing",
    "executive": "board",
}


def company_names(
    draws: Draws, number: IntArray, industry: Sequence[str], country: Sequence[str]
) -> list[str]:
    """One name for each account, no two alike.

    Parameters
    ----------
    draws : Draws
        Stream ``trade`` is used.
    number : IntArray
        Distinct account numbers of shape (n_rows,).
    industry, country : sequence of str
        One for each account; keys of `TRADES` and `FORMS`.

    Returns
    -------
    list of str
        Names such as ``Vupela Tools GmbH``.
    """
    trade = draws.pick("trade", np.ones(3)).tolist()
    return [
        f"{handle(account).capitalize()} {TRADES[does][which]} {FORMS[where]}"
        for account, does, which, where in zip(
            number.tolist(), industry, trade, country, strict=True
        )
    ]


def contact_emails(number: IntArray, role: Sequence[str]) -> list[str]:
    """One mailbox for each account: of a department, never of a person.

    Parameters
    ----------
    number : IntArray
        Distinct account numbers of shape (n_rows,).
    role : sequence of str
        What the contact decides; keys of `MAILBOXES`.

    Returns
    -------
    list of str
        Addresses such as ``purchasing@vupela.example``.
    """
    return [
        f"{MAILBOXES[what]}@{handle(account)}.example"
        for account, what in zip(number.tolist(), role, strict=True)
    ]
