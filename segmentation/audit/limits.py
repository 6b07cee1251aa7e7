"""The limits of the audit, each with its source.

Enters: nothing. Leaves: :data:`LIMITS`, the single list that findings, pages, command line and
``docs/methods.md`` show. Refuses to hold a number without saying where it comes from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from segmentation.variables.recognition import ID_LIKE_SHARE, MANY_LEVELS
from segmentation.variables.suggestion import MUCH_MISSING


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of the audit.

    Attributes
    ----------
    code : str
        Stable name.
    value : float
        Shares in [0, 1], other numbers in their own unit.
    source : str
        Code of the sentence that says where it comes from (see ``wording``).
    is_share : bool
        Whether it is shown in percent.
    """

    code: str
    value: float
    source: str
    is_share: bool = True


OWN = "limit-own"

LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        limit.code: limit
        for limit in (
            Limit("rejected-rows", 0.01, OWN),
            Limit("failed-cells", 0.01, OWN),
            Limit("missing-much", MUCH_MISSING, OWN),
            Limit("missing-some", 0.05, "limit-convention"),
            Limit("missing-row", 0.50, OWN),
            Limit("missing-rows", 0.01, OWN),
            Limit("missing-together", 0.01, OWN),
            Limit("duplicates", 0.01, OWN),
            Limit("duplicates-block", 0.20, OWN),
            Limit("near-constant", 0.95, "limit-near-constant"),
            Limit("id-like", ID_LIKE_SHARE, OWN),
            Limit("categories", MANY_LEVELS, OWN, is_share=False),
            Limit("collinear", 0.95, "limit-collinear", is_share=False),
            Limit("redundant", 0.99, OWN, is_share=False),
            Limit("one-to-one", 0.99, OWN, is_share=False),
            Limit("fence", 3, "limit-fence", is_share=False),
            Limit("outliers", 0.02, OWN),
            Limit("heavy-tail", 0.30, OWN),
            Limit("log-skew", 1.5, OWN, is_share=False),
            Limit("age-low", 1, OWN, is_share=False),
            Limit("age-high", 120, OWN, is_share=False),
            Limit("beyond-scale", 0.005, OWN),
            Limit("impossible", 0.01, OWN),
            Limit("spike", 0.005, OWN),
            Limit("heaping", 175, "limit-heaping", is_share=False),
            Limit("date-first", 1900, OWN, is_share=False),
            Limit("sample-wanted", 100, "limit-sample-wanted", is_share=False),
            Limit("sample-least", 70, "limit-sample-least", is_share=False),
            Limit("straight-lining", 0.05, OWN),
        )
    }
)


def limit(code: str) -> float:
    """Return the value of a limit.

    Examples
    --------
    >>> limit("near-constant")
    0.95
    """
    return LIMITS[code].value
