"""The thresholds of the checks, each with its source.

Enters: the user's own values. Leaves: the values in force. The catalogue below is the single list:
pages, command line and ``docs/methods.md`` show it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Threshold:
    """One threshold of a criterion.

    Attributes
    ----------
    code : str
        Stable name.
    default : float
        Shares in [0, 1], counts as numbers.
    source : str
        Code of the sentence that says where the default comes from (see ``wording``).
    is_share : bool
        Whether it is shown in percent.
    """

    code: str
    default: float
    source: str
    is_share: bool


THRESHOLDS: Mapping[str, Threshold] = MappingProxyType(
    {
        t.code: t
        for t in (
            Threshold("size-n", 30, "source-size-n", is_share=False),
            Threshold("size-share", 0.05, "source-size-share", is_share=True),
            Threshold("size-share-caution", 0.02, "source-size-share", is_share=True),
            Threshold("measurable-share", 0.80, "source-own", is_share=True),
            Threshold("measurable-share-caution", 0.60, "source-own", is_share=True),
            Threshold("response-rate", 0.0, "source-yours", is_share=True),
            Threshold("margin", 0, "source-yours", is_share=False),
            Threshold("contact-cost", 0, "source-yours", is_share=False),
            Threshold("fixed-cost", 0, "source-yours", is_share=False),
            Threshold("reachable-share", 0.50, "source-own", is_share=True),
            Threshold("reachable-share-caution", 0.25, "source-own", is_share=True),
            Threshold("match-rate", 0.50, "source-match-rate", is_share=True),
            Threshold("minimum-google", 100, "source-google", is_share=False),
            Threshold("minimum-meta", 100, "source-meta", is_share=False),
            Threshold("minimum-linkedin", 300, "source-linkedin", is_share=False),
            Threshold("minimum-tiktok", 1000, "source-tiktok", is_share=False),
            Threshold("difference-p", 0.05, "source-holm", is_share=False),
            Threshold("difference-eta", 0.01, "source-cohen", is_share=False),
            Threshold("difference-v", 0.10, "source-cohen", is_share=False),
            Threshold("stable-jaccard", 0.75, "source-hennig", is_share=False),
            Threshold("stable-jaccard-caution", 0.60, "source-hennig", is_share=False),
            Threshold("rule-accuracy", 0.80, "source-own", is_share=True),
            Threshold("rule-accuracy-caution", 0.70, "source-own", is_share=True),
            Threshold("fresh-days", 183, "source-fresh", is_share=False),
            Threshold("fresh-days-caution", 274, "source-own", is_share=False),
            Threshold("merged-response", 0.80, "source-own", is_share=True),
        )
    }
)


# From this number on a value is worse, not better: days, and the chance of a false alarm.
AT_MOST = frozenset({"fresh-days", "fresh-days-caution", "difference-p"})
PLATFORMS = ("google", "meta", "linkedin", "tiktok")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The values in force: the user's own where set, the defaults elsewhere."""

    own: tuple[tuple[str, float], ...] = ()

    @classmethod
    def of(cls, own: Mapping[str, float]) -> Thresholds:
        """Take the user's values; names that are not in the catalogue are passed over."""
        return cls(tuple(sorted((c, float(v)) for c, v in own.items() if c in THRESHOLDS)))

    def value(self, code: str) -> float:
        """Return a threshold's value in force."""
        return dict(self.own).get(code, THRESHOLDS[code].default)
