"""Results on the screen: each view takes a result and returns nothing.

Text from files and users is escaped wherever Markdown is read.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.ui import compute
from pages.ui.samples import Sample
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.errors import JobCancelled
from segmentation.intake import CustomerTable, RawTable
from segmentation.intake.glimpse import preview as preview_rows
from segmentation.notes import Note
from segmentation.preparation import BasisMatrix
from segmentation.structure import Partition
from segmentation.variables import Role, Variable
from segmentation.wording import Words
from segmentation.wording.notes import say
from segmentation.wording.terms import FORMATS, condition_text
from segmentation.workflow import Extraction

PREVIEW_ROWS = 100


@dataclass(frozen=True, slots=True)
class Mark:
    """One step of the progress strip."""

    title: str
    here: bool
    done: bool
    waits: str


_STRIP = """
<style>
.strip { display: flex; flex-wrap: wrap; gap: .15rem .9rem; list-style: none;
  margin: 0 !important; padding: 0 !important;
  font-size: .875rem; }
.strip li { display: flex; align-items: center; gap: .35rem; white-space: nowrap;
  margin: 0 !important; padding: 0 !important; }
.strip b { display: inline-grid; place-items: center; width: 1.35em; height: 1.35em;
  border: 1.5px solid currentColor; border-radius: 50%; font-size: .75rem; font-weight: 600; }
.strip .here { font-weight: 700; }
.strip .here b { outline: 2px solid currentColor; outline-offset: 1px; }
.strip .waits { opacity: .7; }
.strip .waits b { border-style: dashed; }
.strip .said { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }
@media (max-width: 640px) {
  .strip { gap: .15rem .4rem; } .strip li:not(.here) span { display: none; }
}
</style>
"""


def strip(marks: Sequence[Mark], words: Words) -> None:
    """Show the steps: done ones ticked, the present one marked, waiting ones with their reason."""
    items = []
    for number, mark in enumerate(marks, start=1):
        kind = "here" if mark.here else "waits" if mark.waits else ""
        told = mark.waits or (words("done") if mark.done else "")
        items.append(
            f'<li class="{kind}" title="{html.escape(told)}"'
            f"{' aria-current=step' if mark.here else ''}>"
            f'<b aria-hidden="true">{"✓" if mark.done else number}</b>'
            f"<span>{html.escape(mark.title)}</span>"
            f'<i class="said">{html.escape(told)}</i></li>'
        )
    label = html.escape(words("Steps"))
    st.html(f'{_STRIP}<ol class="strip" aria-label="{label}">{"".join(items)}</ol>')


def open_now(raw: RawTable, words: Words) -> None:
    """Say which file is open."""
    text = words("Open now: “{name}” with {n:count} rows.", name=raw.source.name, n=raw.n_rows)
    st.markdown(escaped(text))


def sample_card(sample: Sample, words: Words) -> None:
    """Show a sample's picture, title and story."""
    described = html.escape(words("Customers of the sample, coloured by segment"))
    st.html(
        f'<img src="app/static/samples/{sample.name}.svg" alt="{described}" '
        'style="width:100%;border-radius:6px;display:block">'
    )
    st.markdown(f"**{words(sample.title)}**")
    st.caption(words(sample.story))


def population(table: CustomerTable, words: Words) -> None:
    """Say which customers are looked at, where not all are."""
    if not table.conditions:
        return
    told = words.listed(condition_text(condition, words) for condition in table.conditions)
    st.caption(
        ":material/filter_alt: "
        + escaped(
            words(
                "Population: {n:count} of {n_all:count} customers ({told})",
                n=table.n_customers,
                n_all=table.raw.n_rows,
                told=told,
            )
        )
    )


def source_facts(table: CustomerTable, words: Words) -> None:
    """Show what was opened in four numbers."""
    source = table.raw.source
    cells = table.raw.n_rows * len(table.columns)
    missing = sum(c.n_missing + c.n_failed for c in table.columns)
    facts = {
        words("Customers"): words.count(table.n_customers),
        words("Columns"): words.count(len(table.columns)),
        words("Missing cells"): words.percent(missing / cells),
        words("Format"): words(FORMATS[source.format]),
    }
    _metrics(facts)


def _metrics(facts: Mapping[str, str]) -> None:
    """Show numbers side by side, in as many rows as the width needs."""
    with st.container(horizontal=True, gap="medium"):
        for label, value in facts.items():
            st.metric(label, value, width="content")


def notes(found: tuple[Note, ...], words: Words, *, nothing: str = "") -> None:
    """List notes as bullets, or say that there is nothing to say."""
    if not found:
        if nothing:
            st.caption(nothing)
        return
    st.markdown("\n".join(f"- {escaped(say(note, words))}" for note in found))


def preview(table: CustomerTable, private: frozenset[str], words: Words) -> None:
    """Show the first customers as they are in the file, personal data covered."""
    hidden = [name for name in table.raw.names if name in private]
    asked = [*hidden, *([words("rows set aside")] if table.raw.n_rejected else [])]
    shown = not asked or st.toggle(
        words("Show personal data ({names:list})", names=asked), key="show_personal"
    )
    rows = preview_rows(table, PREVIEW_ROWS, covered=() if shown else hidden)
    # A blank cell is shown as it is in the file: as nothing, not as a word of the table's own.
    filled = [{name: cell or "" for name, cell in row.items()} for row in rows]
    st.dataframe(filled, hide_index=True, height=320)


def variable_summary(variables: Sequence[Variable], words: Words) -> None:
    """Count the variables by what they do."""
    counts = Counter(v.role for v in variables)
    facts = {
        words("Form segments"): counts[Role.BASIS],
        words("Describe segments"): counts[Role.DESCRIPTOR],
        words("Judge segments"): counts[Role.OUTCOME],
        words("Personal data"): sum(v.private for v in variables),
    }
    _metrics({label: words.count(n) for label, n in facts.items()})


def reasons(variables: Sequence[Variable], words: Words) -> dict[str, str]:
    """Say why each variable was suggested so."""
    return {v.name: words.sentences(say(r, words) for r in v.reasons) for v in variables}


def extraction_or_wait(visit: Visit, words: Words) -> Extraction:
    """Return the sweep; while it runs, show its progress and stop the page there."""
    try:
        found = compute.extraction(visit)
    except JobCancelled:
        cancelled(visit, words)
        st.stop()
    if found is None:
        waiting(visit, words)
        st.stop()
    return found


def segments_or_wait(visit: Visit, words: Words) -> Partition:
    """Return the segments on show; while they are computed, show that and stop the page there."""
    try:
        found = compute.partition_now(visit)
    except JobCancelled:
        cancelled(visit, words)
        st.stop()
    if found is None:
        waiting(visit, words)
        st.stop()
    return found


def waiting(visit: Visit, words: Words) -> None:
    """Show the running computation with its progress, and let it be cancelled."""

    @st.fragment(run_every=0.5)
    def watch() -> None:
        job = compute.running_job(visit)
        if job is None:
            st.rerun()
        if job.position:
            text = words("Waiting for {n:count} computation(s) of other visits", n=job.position)
        else:
            text = say(job.note, words) if job.note else words("Starting")
        st.progress(job.progress, text=text)
        # As a callback the click counts even when it meets a run that is under way.
        st.button(words("Cancel"), key="cancel_job", icon=":material/close:", on_click=job.cancel)

    watch()


def cancelled(visit: Visit, words: Words) -> None:
    """Offer to start a cancelled computation again."""
    st.info(words("The computation was cancelled. Nothing was lost."))
    if st.button(words("Start again"), type="primary", key="restart"):
        compute.restart(visit)
        st.rerun()


def prepared(matrix: BasisMatrix, words: Words) -> None:
    """Say what was done to the variables before segments were looked for."""
    st.caption(
        words(
            "{n:count} customers × {p:count} features from {v:count} variables",
            n=matrix.n_customers,
            p=len(matrix.features),
            v=len(matrix.basis),
        )
    )
    notes(matrix.notes, words, nothing=words("Only scaling: every variable counts the same."))


def legend(names: tuple[str, ...], colors: list[str]) -> None:
    """Show which colour is which segment, with its number."""
    dots = "".join(
        f'<span style="white-space:nowrap;margin-right:1.1rem">'
        f'<span style="display:inline-block;width:.8em;height:.8em;border-radius:50%;'
        f'background:{color};margin-right:.4em"></span>{html.escape(name)}</span>'
        for name, color in zip(names, colors, strict=True)
    )
    st.html(f'<div style="line-height:1.9">{dots}</div>')


def finding(section: str, said: str) -> None:
    """Head a section by what was found, below a line that says what the section is about."""
    st.html(f'<p style="margin:1.2rem 0 -.6rem;opacity:.75">{html.escape(section)}</p>')
    st.header(escaped(said), anchor=False)
