"""Every number of segments beside the others, as each criterion judges it."""

from __future__ import annotations

import streamlit as st

from segmentation.validation import Trust
from segmentation.validation.separation import SUPPORTED
from segmentation.wording import Words
from segmentation.workflow import Extraction


def criteria_table(extraction: Extraction, trust: Trust | None, words: Words) -> None:
    """Show the quality of each number of segments, and which one each criterion prefers."""
    criteria = _criteria(extraction, trust, words)
    st.dataframe(
        [
            {
                words("Number of segments"): k,
                **{name: scores[k] for name, scores in criteria.items()},
                words("Inertia"): round(solution.inertia, 1),
                words("Smallest segment"): min(solution.sizes),
                words("Best found"): f"{solution.best_found} / {solution.restarts}",
            }
            for k, solution in extraction.family.solutions.items()
        ],
        hide_index=True,
    )
    st.caption(
        words(
            "Each criterion has a favourite of its own: the largest number, for "
            "Davies-Bouldin the smallest. Gap: the first that the next does not beat by its "
            "error (Tibshirani, Walther & Hastie 2001); it alone and prediction strength may "
            "prefer one segment."
        )
    )
    if trust:
        st.caption(
            words(
                "Prediction strength: how well one half of the customers foretells the "
                "segments of the other; it prefers the largest number of segments that "
                "reaches {level:number} (Tibshirani & Walther 2005).",
                level=SUPPORTED,
            )
        )


def _criteria(
    extraction: Extraction, trust: Trust | None, words: Words
) -> dict[str, dict[int, float]]:
    """Rounded scores of each criterion, under its name and the number that it prefers."""
    gaps = extraction.gap.gaps
    columns = [
        (words("Separation (silhouette)"), extraction.silhouettes, "silhouette", 3),
        (
            words("Calinski-Harabasz"),
            extraction.calinski_harabasz.scores,
            "calinski_harabasz",
            1,
        ),
        (words("Davies-Bouldin"), extraction.davies_bouldin.scores, "davies_bouldin", 3),
        (words("Gap"), dict(enumerate(gaps, start=1)), "gap", 3),
    ]
    favourites = extraction.preferred
    if trust:
        columns.append((words("Prediction strength"), trust.strength.scores, "strength", 3))
        favourites["strength"] = trust.strength.preferred
    return {
        words("{criterion}: prefers {k:count}", criterion=title, k=k) if k else title: {
            each: round(score, digits) for each, score in scores.items()
        }
        for title, scores, name, digits in columns
        for k in (favourites[name],)
    }
