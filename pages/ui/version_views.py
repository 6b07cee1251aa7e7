"""The versions of a saved study: listed, opened, and two of them side by side.

Enters: a visit and a saved study. Leaves: nothing.
"""

from __future__ import annotations

import streamlit as st

from pages.ui import keeping
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.studies import Comparison, SavedStudy, Version, compare
from segmentation.wording import Words
from segmentation.wording.studies import compared, decision_name, verdict_word, when_and_who

Rows = list[dict[str, object]]


def versions(visit: Visit, saved: SavedStudy, words: Words) -> None:
    """Show the versions; an older one opens again, two can be compared."""
    found = keeping.store().versions(saved.id)
    st.dataframe(
        [_row(version, words) for version in found],
        hide_index=True,
        height="content" if len(found) < 8 else 280,
    )
    made = words.listed(f"{name} {number}" for name, number in saved.latest.made_with.items())
    st.caption(escaped(words("The newest was made with {made}.", made=made)))
    if len(found) > 1:
        _older(visit, saved, found, words)
        _two(saved, found, words)


def _row(version: Version, words: Words) -> dict[str, object]:
    results = version.results
    return {
        words("Version"): version.number,
        words("Saved"): when_and_who(version.saved, version.saved_by, words),
        words("Segments"): results.k if results else None,
        words("Verdict"): verdict_word(results.verdict, words) if results else "",
        words("Rows"): version.n_rows,
        words("Data (fingerprint)"): version.fingerprint[:8],
        words("Seed"): version.seed,
    }


def _older(visit: Visit, saved: SavedStudy, found: tuple[Version, ...], words: Words) -> None:
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    number = left.selectbox(
        words("An older version"), [v.number for v in found[1:]], key=f"older_{saved.id}"
    )
    if right.button(words("Open it"), key=f"open_older_{saved.id}", width="stretch"):
        keeping.want(visit, saved, number)
        st.rerun()


def _two(saved: SavedStudy, found: tuple[Version, ...], words: Words) -> None:
    numbers = [version.number for version in found]
    left, right = st.columns(2)
    one = left.selectbox(words("Compare version"), numbers, 1, key=f"compare_{saved.id}")
    two = right.selectbox(words("with version"), numbers, 0, key=f"compare_with_{saved.id}")
    pair = [next(v for v in found if v.number == number) for number in (one, two)]
    store = keeping.store()
    result = compare(pair[0], pair[1], (store.toml(saved.id, one), store.toml(saved.id, two)))
    said = compared(result.same_data, result.same_segments, len(result.differences), words)
    st.markdown(escaped(said))
    if sizes := _sizes(pair, words):
        st.dataframe(sizes, hide_index=True, height="content")
    if result.differences:
        st.dataframe(_differences(result, one, two, words), hide_index=True, height="content")


def _heading(number: int, words: Words) -> str:
    return words("Version {n:count}", n=number)


def _sizes(pair: list[Version], words: Words) -> Rows:
    """The segments of both by size; a segment of one is not that of the other in the same line."""
    if any(version.results is None for version in pair) or pair[0] == pair[1]:
        return []
    columns = {_heading(v.number, words): v.results for v in pair}
    most = max(results.k for results in columns.values() if results)
    return [
        {
            words("Segment"): place + 1,
            **{
                heading: words(
                    "{name}: {n:count} ({share:percent})",
                    name=results.names[place],
                    n=results.sizes[place].n,
                    share=results.sizes[place].share,
                )
                if results and place < results.k
                else ""
                for heading, results in columns.items()
            },
        }
        for place in range(most)
    ]


def _differences(result: Comparison, one: int, two: int, words: Words) -> Rows:
    left_out = words("left to the program")
    rows: Rows = []
    for difference in result.differences:
        about, detail = decision_name(difference.path, words)
        first, second = (
            left_out if said is None else said for said in (difference.first, difference.second)
        )
        rows.append(
            {
                words("Decision"): about,
                words("Detail"): detail,
                _heading(one, words): first,
                _heading(two, words): second,
            }
        )
    return rows
