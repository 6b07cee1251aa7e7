"""A saved study to look at, by its link: the results in short, and nothing to change.

Enters: the number of a study. Leaves: nothing. Refuses to show customers, the file's name or any
decision, and to answer at all unless the operator named a database. No visit begins here.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.ui import keeping
from pages.ui.boundary import boundary
from pages.ui.figures import figure
from pages.ui.text import escaped
from segmentation.charts import size_bars
from segmentation.errors import UnknownStudy
from segmentation.studies import Results, SavedStudy
from segmentation.wording import Words
from segmentation.wording.studies import came_of, when_and_who
from segmentation.wording.terms import CRITERIA, VERDICTS


def shared_study(study_id: str, words: Words) -> None:
    """Show the newest version of a saved study."""
    with boundary():
        if not keeping.is_shared():
            raise UnknownStudy(name=study_id)
        saved = keeping.store().study(study_id)
        st.title(escaped(saved.name), anchor=False)
        _head(saved, words)
        if saved.latest.results is None:
            st.info(words("This version was saved before its segments were computed."))
        else:
            _results(saved.latest.results, words)


def _head(saved: SavedStudy, words: Words) -> None:
    latest = saved.latest
    facts = (
        words("Version {n:count}", n=latest.number),
        when_and_who(latest.saved, latest.saved_by, words),
        words("to look at only: results in short, no customers"),
    )
    st.caption(escaped(" · ".join(facts)))


def _results(results: Results, words: Words) -> None:
    st.header(escaped(came_of(results.k, results.verdict, words)), anchor=False)
    names = list(results.names)
    figure(
        partial(size_bars, results.sizes, names, words),
        words("How large the segments are"),
        "shared_sizes",
        lambda: [
            {
                words("Segment"): name,
                words("Customers"): size.n,
                words("Share of customers"): size.share,
            }
            for name, size in zip(names, results.sizes, strict=True)
        ],
    )
    counted = words("{n:count} customers", n=results.n_customers)
    if results.unassigned:
        left = words("{n:count} of them in no segment", n=results.unassigned)
        counted = words.listed([counted, left])
    st.caption(escaped(counted))
    if results.judgements:
        st.header(words("Is each segment worth a program of its own?"), anchor=False)
        st.dataframe(_checked(results, words), hide_index=True, height="content")


def _checked(results: Results, words: Words) -> list[dict[str, object]]:
    criteria = dict.fromkeys(judgement.criterion for judgement in results.judgements)
    verdicts = {(j.segment, j.criterion): j.verdict for j in results.judgements}
    return [
        {
            words("Segment"): name,
            **{
                words(CRITERIA[criterion]): words(VERDICTS[verdict])
                for criterion in criteria
                if criterion in CRITERIA
                and (verdict := verdicts.get((segment, criterion), "")) in VERDICTS
            },
        }
        for segment, name in enumerate(results.names)
    ]
