"""What the notes of caution about a segment say."""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.wording.language import mark, mark_plural

CAUTION_SENTENCES: Mapping[str, str | tuple[str, str]] = {
    "few-customers": mark_plural(
        "Only {n:count} customer: what is said here is about one person.",
        "Only {n:count} customers: what is said here can change with a few of them.",
    ),
    "says-yes": mark(
        "Says yes to nearly everything: more often than the market on {above:count} of "
        "{items:count} yes/no variables, {share:percent} yes on average against {overall:percent} "
        "overall. If these are answers to questions, it may be a way of answering rather than a "
        "kind of customer."
    ),
    "mostly-missing": mark(
        "“{name}” is missing for {share:percent} of them: what is said about it holds for the "
        "others only."
    ),
    "more-missing": mark_plural(
        "{n:count} more variable is missing for more than half of them.",
        "{n:count} more variables are missing for more than half of them.",
    ),
}
