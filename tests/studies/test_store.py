"""One battery for both databases: what was confirmed is there, and nobody overwrites anybody."""

import datetime as dt
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segmentation.errors import StudySavedElsewhere, UnknownStudy
from segmentation.studies import DatabaseAddress, Draft, SavedStudy, draft_of, tidy
from segmentation.studies.store import StudyStore
from segmentation.study import Study, load
from tests.studies.conftest import RESULTS, draft
from tests.study.strategies import NAMES, STUDIES

ROOT = Path(__file__).parents[2]
WRITER = Path(__file__).with_name("writer.py")


def test_a_new_database_holds_no_study(store: StudyStore) -> None:
    assert store.listed() == ()


def test_what_was_saved_comes_back_whole(store: StudyStore) -> None:
    given_draft = draft()
    saved = store.save_new("  Spring\n2026 ", given_draft, "Ana")
    assert store.study(saved.id) == saved
    assert (saved.name, saved.owner, saved.revision) == ("Spring 2026", "Ana", 1)
    assert store.toml(saved.id) == given_draft.toml
    latest = saved.latest
    assert (latest.number, latest.saved_by, latest.seed) == (1, "Ana", 7)
    assert (latest.source, latest.fingerprint, latest.n_rows) == ("customers.csv", "f00d", 1007)
    assert latest.results == RESULTS
    assert latest.made_with == given_draft.made_with
    assert saved.created.tzinfo is dt.UTC
    assert abs(dt.datetime.now(dt.UTC) - latest.saved) < dt.timedelta(minutes=1)


def test_a_study_without_results_is_saved_as_well(store: StudyStore) -> None:
    assert store.save_new("Plain", draft(results=None)).latest.results is None


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(study=STUDIES, name=NAMES, by=NAMES)
def test_every_study_survives_the_way_into_the_database_and_back(
    store: StudyStore, study: Study, name: str, by: str
) -> None:
    saved = store.save_new(name, draft_of(study), by)
    assert load(store.toml(saved.id)) == study
    assert (saved.name, saved.owner) == (tidy(name), tidy(by))


def test_versions_are_numbered_and_the_newest_comes_first(store: StudyStore) -> None:
    saved = store.save_new("A", draft(1), "Ana")
    for seed in (2, 3):
        saved = store.save_version(saved.id, draft(seed), saved.revision, "Ben")
    versions = store.versions(saved.id)
    assert [v.number for v in versions] == [3, 2, 1]
    assert [v.n_rows for v in versions] == [1003, 1002, 1001]
    assert [v.saved_by for v in versions] == ["Ben", "Ben", "Ana"]
    assert saved.latest == versions[0]
    assert load(store.toml(saved.id, 2)).source.n_rows == 1002
    assert load(store.toml(saved.id)).source.n_rows == 1003


def test_the_second_writer_is_told_who_was_first_and_nothing_is_lost(
    opening: Callable[[], StudyStore],
) -> None:
    here, there = opening(), opening()
    seen = here.save_new("A", draft(1))
    here.save_version(seen.id, draft(2), seen.revision, "Ana")
    with pytest.raises(StudySavedElsewhere) as told:
        there.save_version(seen.id, draft(3), seen.revision, "Ben")
    assert told.value.values["name"] == "A"
    assert told.value.values["by"] == "Ana"
    assert told.value.values["version"] == 2
    assert str(dt.datetime.now(dt.UTC).year) in str(told.value.values["at"])
    copy = there.save_new("A (Ben)", draft(3), "Ben")
    assert [v.n_rows for v in here.versions(seen.id)] == [1002, 1001]
    assert [v.n_rows for v in here.versions(copy.id)] == [1003]


def test_of_many_who_save_at_once_one_succeeds_and_the_others_are_told(
    opening: Callable[[], StudyStore],
) -> None:
    stores = [opening() for _ in range(4)]
    seen = stores[0].save_new("A", draft(0))

    def save(number: int) -> bool:
        try:
            stores[number].save_version(seen.id, draft(number), seen.revision)
        except StudySavedElsewhere:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        saved = list(pool.map(save, range(4)))
    assert sum(saved) == 1
    assert [v.n_rows for v in stores[0].versions(seen.id)] == [1000 + saved.index(True), 1000]


def test_a_rename_is_a_change_that_others_are_told_of(store: StudyStore) -> None:
    seen = store.save_new("A", draft())
    renamed = store.rename(seen.id, "B", seen.revision, "Ana")
    assert (renamed.name, renamed.latest) == ("B", seen.latest)
    for change in (
        lambda: store.rename(seen.id, "C", seen.revision),
        lambda: store.save_version(seen.id, draft(2), seen.revision),
        lambda: store.delete(seen.id, seen.revision),
    ):
        with pytest.raises(StudySavedElsewhere):
            change()
    assert store.study(seen.id) == renamed


def test_a_duplicate_is_a_study_of_its_own_with_the_newest_version(store: StudyStore) -> None:
    first = store.save_new("A", draft(1), "Ana")
    first = store.save_version(first.id, draft(2), first.revision)
    copy = store.duplicate(first.id, "A again", "Ben")
    assert copy.id != first.id
    assert (copy.owner, copy.latest.number, copy.latest.n_rows) == ("Ben", 1, 1002)
    assert copy.latest.results == first.latest.results
    assert store.toml(copy.id) == store.toml(first.id)
    store.delete(first.id, first.revision)
    assert store.listed() == (copy,)


def test_a_deleted_study_is_gone_with_its_versions(store: StudyStore) -> None:
    kept, gone = store.save_new("A", draft(1)), store.save_new("B", draft(2))
    store.delete(gone.id, gone.revision)
    assert store.listed() == (kept,)
    for look in (
        lambda: store.study(gone.id),
        lambda: store.versions(gone.id),
        lambda: store.toml(gone.id),
        lambda: store.toml(gone.id, 1),
        lambda: store.duplicate(gone.id, "C"),
        lambda: store.save_version(gone.id, draft(), gone.revision),
        lambda: store.delete(gone.id, gone.revision),
    ):
        with pytest.raises(UnknownStudy):
            look()


@pytest.mark.parametrize(
    "wrong", ["", "1", "../studies", "00000000-0000-4000-8000-000000000000", "' OR 1=1 --"]
)
def test_a_study_that_is_not_there_is_told(store: StudyStore, wrong: str) -> None:
    with pytest.raises(UnknownStudy) as told:
        store.study(wrong)
    assert told.value.values["name"] == wrong


def test_a_version_that_is_not_there_is_told(store: StudyStore) -> None:
    saved = store.save_new("A", draft())
    with pytest.raises(UnknownStudy):
        store.toml(saved.id, 2)


def test_studies_are_listed_by_their_last_change_and_found_by_name(store: StudyStore) -> None:
    names = ("Ärzte 100%", "客户 2026", "plain_name")
    saved = {name: store.save_new(name, draft()) for name in names}
    assert [each.name for each in store.listed()] == list(reversed(names))
    first = saved[names[0]]
    store.save_version(first.id, draft(8), first.revision)
    assert [each.name for each in store.listed()] == [names[0], names[2], names[1]]
    found = {text: [s.name for s in store.listed(text)] for text in ("äRZTE", "客户", "%", "n_n")}
    assert found == {"äRZTE": [names[0]], "客户": [names[1]], "%": [names[0]], "n_n": [names[2]]}
    assert store.listed("nobody") == ()


def test_what_looks_like_sql_stays_text(store: StudyStore) -> None:
    name = "'; DROP TABLE saved_studies; --"
    saved = store.save_new(name, replace(draft(), fingerprint="a\0b"), name)
    assert store.listed(name) == (saved,)
    assert saved.latest.fingerprint == "ab"


def test_a_killed_writer_loses_nothing_that_was_confirmed(
    address: DatabaseAddress, opening: Callable[[], StudyStore]
) -> None:
    study = opening().save_new("A", draft(0))
    writing = subprocess.Popen(
        [sys.executable, str(WRITER), study.id],
        env={**os.environ, "PYTHONPATH": str(ROOT), "SEGMENT_STUDIO_DATABASE": address.reveal()},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writing.stdout is not None
    with writing.stdout as lines:
        confirmed = [int(next(lines)) for _ in range(5)]
        writing.send_signal(signal.SIGKILL)  # in the middle of the next ones
        confirmed += [int(line) for line in lines if line.endswith("\n")]
    assert writing.wait() == -signal.SIGKILL
    after: SavedStudy = opening().study(study.id)
    versions = opening().versions(study.id)
    assert [v.number for v in versions] == list(range(after.latest.number, 0, -1))
    assert {v.number for v in versions} >= set(confirmed)
    assert after.latest.number == after.revision
    texts: list[Draft] = [draft(v.number - 1) for v in versions]
    assert [v.n_rows for v in versions] == [each.n_rows for each in texts]
    assert opening().save_version(study.id, draft(1), after.revision).revision > after.revision


@settings(max_examples=30)
@given(st.text(max_size=8))
def test_a_tidy_name_stays_as_it_is(name: str) -> None:
    assert tidy(tidy(name)) == tidy(name)
