"""How far to trust the segments: started by the user, watched, and shown with its evidence.

Enters: a visit with a sweep. Leaves: nothing. Refuses to begin by itself: it takes a while, and
other visits compute, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages.ui import compute, judging, views
from pages.ui.boundary import boundary
from pages.ui.figures import figure
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.charts import agreement_chart, gorge_chart, origins_chart
from segmentation.errors import JobCancelled
from segmentation.export.solution_rows import agreement_rows, origin_rows, similarity_rows
from segmentation.validation import Structure, Trust
from segmentation.wording import Words
from segmentation.wording.terms import STRUCTURES
from segmentation.wording.trust import (
    trust_evidence,
    verdict_finding,
    verdict_meaning,
)


def trust_section(
    visit: Visit, k: int, names: Sequence[str], words: Words, *, known: Trust | None
) -> None:
    """Show how far ``k`` segments can be trusted, or offer to find out.

    What the page has ``known`` above is old where the test has ended since; it is drawn again.
    """
    section = words("How far to trust these segments")
    with boundary():
        try:
            found = judging.trust(visit)
        except JobCancelled:
            compute.restart(visit)
            found = None
        if found is not None and known is None:
            st.rerun()  # what was suggested above has been tested now
        elif found is not None:
            views.finding(section, verdict_finding(found, k, words))
            _verdict(visit, found, k, names, words)
        elif judging.is_judging(visit):
            views.finding(section, words("Being tested"))
            views.waiting(visit, words)
        else:
            views.finding(section, words("Not tested yet"))
            _offer(visit, words)


def _offer(visit: Visit, words: Words) -> None:
    st.markdown(
        words(
            "Are these groups that exist, or only a cut? The test draws samples of the customers "
            "again and again, looks whether the same segments come back, and compares them with "
            "data that have none. It takes about half a minute, and the page stays usable."
        )
    )
    if st.button(
        words("Test the segments"), type="primary", key="judge", icon=":material/science:"
    ):
        judging.start_judging(visit)
        st.rerun()


def _verdict(visit: Visit, found: Trust, k: int, names: Sequence[str], words: Words) -> None:
    """Say the verdict with its evidence, and show the pictures behind it."""
    structure = found.verdict.by_k[k]
    meaning = verdict_meaning(found, k, words)
    if structure is Structure.NATURAL:
        st.success(meaning, icon=":material/verified:")
    elif structure is Structure.REPRODUCIBLE:
        st.info(meaning, icon=":material/repeat:")
    else:
        st.warning(meaning, icon=":material/content_cut:")
    evidence = trust_evidence(found, k, names, words)
    st.markdown("\n".join(f"- {escaped(line)}" for line in evidence))
    _pictures(visit, found, k, names, words)
    with st.expander(words("The numbers as a table")):
        st.dataframe(_rows(found, words), hide_index=True)
        st.dataframe(_segment_rows(visit, found, k, names, words), hide_index=True)


def _pictures(visit: Visit, found: Trust, k: int, names: Sequence[str], words: Words) -> None:
    """Show the agreement, where segments come from, and how near customers are to the borders."""
    agreement, origins = st.columns(2, gap="large")
    with agreement:
        figure(
            partial(agreement_chart, found, k, words),
            words("How well each number of segments is found again"),
            "agreement",
            lambda: agreement_rows(found, words),
        )
        st.caption(words("Cross: shuffled copies of your data. Dashed: reproducible and natural."))
    if found.steps:
        with origins:
            figure(
                partial(origins_chart, found.steps, k, words),
                words("Where the segments of each larger solution come from"),
                "origins",
                lambda: origin_rows(found.steps, words),
            )
            st.caption(words("The darker a dot, the more its customers come from one segment."))
    with st.expander(words("How near customers are to the borders")):
        borders = judging.borders(visit, k)
        figure(
            partial(gorge_chart, borders, names, words),
            words("How clearly customers belong to each segment"),
            "belonging",
            lambda: similarity_rows(borders, names, words),
        )
        st.caption(words("Colour at both ends and little between speaks for natural segments."))


def _rows(found: Trust, words: Words) -> list[dict[str, object]]:
    return [
        {
            words("Number of segments"): k,
            words("Verdict"): words(STRUCTURES[structure]),
            words("Agreement (median)"): round(found.stability.median(k), 3),
            words("By chance"): round(max(found.shuffled.agreement[k], default=0.0), 3),
            words("Weakest segment"): round(min(found.stability.segments(k)), 3),
        }
        for k, structure in found.verdict.by_k.items()
    ]


def _segment_rows(
    visit: Visit, found: Trust, k: int, names: Sequence[str], words: Words
) -> list[dict[str, object]]:
    stable, shadows = found.stability.segments(k), judging.borders(visit, k).shadows
    origins = {step.next_k: step.one_origin for step in found.steps}
    return [
        {
            words("Segment"): name,
            words("Found again (SLSW)"): round(stable[j], 3),
            words("Of one origin (SLSA)"): round(float(origins[k][j]), 3) if k in origins else None,
            words("Nearness to the border (shadow)"): round(shadows[j], 3),
        }
        for j, name in enumerate(names)
    ]
