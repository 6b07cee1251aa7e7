"""What the variables made from orders are called.

Enters: nothing. Leaves: their names, by which the rooms above know a variable of the transactional
base. Refuses to compute them.
"""

from __future__ import annotations

RECENCY, FREQUENCY, MONETARY = "recency_days", "frequency", "monetary"
AVERAGE, TENURE, GAP = "average_order_value", "tenure_days", "mean_gap_days"
LAST_CATEGORY, DISCOUNT, PRODUCTS = "last_category", "discount_share", "n_products"
FIRST_DATE, LAST_DATE = "first_order_date", "last_order_date"
SHARE, SEASON = "share: ", "season: "
OTHER = "other"

FEATURES = (
    RECENCY,
    FREQUENCY,
    MONETARY,
    AVERAGE,
    TENURE,
    GAP,
    LAST_CATEGORY,
    DISCOUNT,
    PRODUCTS,
    FIRST_DATE,
    LAST_DATE,
)


def made_from_orders(name: str) -> str | None:
    """Return the name of a feature, or the beginning that it shares; None for another column.

    Examples
    --------
    >>> made_from_orders("share: garden"), made_from_orders("shared account")
    ('share', None)
    """
    if name in FEATURES:
        return name
    for beginning in (SHARE, SEASON):
        if name.startswith(beginning):
            return beginning.rstrip(": ")
    return None
