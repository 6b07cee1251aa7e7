"""What a version takes along of its segments: sums, and a mark of who is where."""

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from segmentation.criteria import Check, Verdict
from segmentation.engine import DuckSession
from segmentation.intake import CustomerTable, open_customers, read_file
from segmentation.notes import Note
from segmentation.profiles import SegmentSize
from segmentation.structure import Partition, of_column
from segmentation.studies import draft_of, labels_fingerprint, results_of, verdict_of
from segmentation.study import Study, load

LINES = [f"K{i},{i % 3},{i % 7},{['a', 'b', 'b', ''][i % 4]}" for i in range(60)]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckSession]:
    opened = DuckSession(tmp_path_factory.mktemp("drafting") / "visit")
    yield opened
    opened.close()


def opened(session: DuckSession, lines: list[str], name: str) -> tuple[CustomerTable, Partition]:
    path = session.folder / name
    path.write_text("\n".join(["id,visits,spend,group", *lines]) + "\n", encoding="utf-8")
    table = open_customers(read_file(session, path, name))
    return table, of_column(table, "group")


def test_the_mark_of_who_is_where_depends_on_no_order(session: DuckSession) -> None:
    order = np.random.default_rng(3).permutation(len(LINES))
    here = labels_fingerprint(*opened(session, LINES, "a.csv"))
    there = labels_fingerprint(*opened(session, [LINES[i] for i in order], "b.csv"))
    assert here == there


def test_one_customer_in_another_segment_is_another_mark(session: DuckSession) -> None:
    table, found = opened(session, LINES, "c.csv")
    labels = found.labels.copy()
    labels[7] = 1 - labels[7]
    moved = replace(found, labels=labels)
    assert labels_fingerprint(table, moved) != labels_fingerprint(table, found)
    assert labels_fingerprint(table, replace(found)) == labels_fingerprint(table, found)


def test_a_draft_holds_sums_and_the_study_and_no_customer(session: DuckSession) -> None:
    table, found = opened(session, LINES, "d.csv")
    study = Study.of(table.raw)
    sizes = [SegmentSize(0, 30, 2 / 3, 0.5, 0.8), SegmentSize(1, 15, 1 / 3, 0.2, 0.5)]
    checks = [
        Check(s, "size", Verdict.PASS, value, 0.05, "ours", Note.of("x"))
        for s, value in enumerate([0.5, math.nan])
    ]
    results = results_of(found, ("B", "A"), sizes, checks)
    draft = draft_of(study, results)
    assert load(draft.toml) == study
    assert (draft.source, draft.n_rows, draft.fingerprint) == ("d.csv", 60, table.raw.fingerprint)
    assert {"segment-studio", "numpy", "scikit-learn"} <= draft.made_with.keys()
    assert [size.n for size in results.sizes] == list(found.sizes)
    assert (results.n_customers, results.unassigned) == (60, 15)
    assert [(j.segment, j.value) for j in results.judgements] == [(0, 0.5), (1, None)]
    assert "K17" not in draft.toml + results.dumped()


def test_segments_that_nobody_tested_have_no_verdict() -> None:
    assert verdict_of(None, 3) is None
