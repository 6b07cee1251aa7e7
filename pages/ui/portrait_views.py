"""Segments explained in words: a card each, with what to bear in mind.

Enters: a solution described and checked. Leaves: nothing. Refuses to say what was not measured.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.ui.text import escaped
from segmentation.criteria import ChannelReach
from segmentation.profiles import Profile, SegmentSize, cautions
from segmentation.variables import Variable
from segmentation.wording import Words
from segmentation.wording.notes import say
from segmentation.wording.portrait import Sentence, Topic, portrait
from segmentation.workflow import Judged

CARDS_A_ROW = 3


def segment_cards(
    judged: Judged,
    channels: Sequence[ChannelReach],
    variables: Sequence[Variable],
    names: Sequence[str],
    words: Words,
) -> None:
    """Show a card for each segment: its size, and who it is in a few sentences."""
    sizes = judged.profile.sizes
    for start in range(0, len(sizes), CARDS_A_ROW):
        columns = st.columns(CARDS_A_ROW)
        for column, size in zip(columns, sizes[start : start + CARDS_A_ROW], strict=False):
            with column.container(border=True, height="stretch"):
                st.markdown(f"## {escaped(names[size.segment])}")
                size_caption(size, words)
                told = portrait(judged.profile, channels, variables, size.segment, words)
                lines([sentence for sentence in told if sentence.topic is not Topic.SIZE])
                caution_notes(judged.profile, variables, size.segment, words)


def size_caption(size: SegmentSize, words: Words) -> None:
    """Say how large a segment is, and how sure that is."""
    st.caption(
        words(
            "{n:count} customers · {share:percent} ({low:percent} to {high:percent})",
            n=size.n,
            share=size.share,
            low=size.low,
            high=size.high,
        )
    )


def lines(told: Sequence[Sentence]) -> None:
    """List sentences as bullets."""
    if told:
        st.markdown("\n".join(f"- {escaped(sentence.text)}" for sentence in told))


def caution_notes(
    described: Profile, variables: Sequence[Variable], segment: int, words: Words
) -> None:
    """Say what to bear in mind about a segment, where there is something."""
    for note in cautions(described, variables, segment):
        st.warning(escaped(say(note, words)), icon=":material/warning:")
