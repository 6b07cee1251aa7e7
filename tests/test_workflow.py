"""The whole way, as the pages and the command line go it."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from segmentation import workflow
from segmentation.arranging import put_partition
from segmentation.criteria import CRITERIA, ChannelReach
from segmentation.engine import DuckSession
from segmentation.errors import TooFewCustomers
from segmentation.export import describe_record, scorecard_record, segment_record
from segmentation.intake import CustomerTable
from segmentation.jobs.pipe import pack, unpack
from segmentation.methods.suggestion import Suggestion
from segmentation.notes import Note
from segmentation.preparation import BasisMatrix
from segmentation.profiles.labelled import are_side_by_side
from segmentation.structure import found
from segmentation.study import Study
from segmentation.transactions import Composition
from segmentation.variables import Role, Variable
from segmentation.wording import LANGUAGES, Language, Words
from segmentation.wording.portrait import Sentence, Topic, portrait
from segmentation.wording.terms import segment_names
from tests.markets import open_market

SAMPLES = Path(__file__).parents[1] / "sample_data"


class Retailer:
    """The sample, segmented as the app would without being told anything."""

    def __init__(self, folder: Path) -> None:
        self.session = DuckSession(folder)
        raw = workflow.open_files(
            self.session, SAMPLES / "retailer_customers.csv", Composition(), {}
        )
        self.study = Study.of(raw)
        self.table: CustomerTable = workflow.customers_of(raw, self.study)
        self.variables: tuple[Variable, ...] = workflow.variables_of(self.table, self.study)
        self.matrix: BasisMatrix = workflow.matrix_of(self.table, self.variables, self.study)
        self.heard: list[tuple[float, Note | None]] = []
        self.extraction = workflow.extract(
            workflow.task_of(self.matrix, self.study),
            progress=lambda done, note: self.heard.append((done, note)),
        )
        self.k = self.extraction.shown_k(None)
        self.solution = self.extraction.family.solution(self.k)
        key = workflow.key_of(self.matrix, self.study, self.k)
        self.labels = put_partition(self.table, found(self.solution, self.matrix.rows, key))
        self.judged = workflow.judge(self.table, self.variables, self.labels, self.k)
        self.reach = workflow.reach_of(self.table, self.variables, self.labels, self.k, self.study)
        self.worth = workflow.worth_of(
            self.table,
            self.variables,
            workflow.Found(
                self.judged, self.reach, (), workflow.tested_of(self.extraction, None, self.k), key
            ),
            self.study,
            dt.date(2026, 9, 30),
        )


@pytest.fixture(scope="module")
def retailer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retailer]:
    made = Retailer(tmp_path_factory.mktemp("retailer"))
    yield made
    made.session.close()


def test_the_planted_segments_are_found_unasked(retailer: Retailer) -> None:
    assert retailer.extraction.choice.recommended_k == retailer.k == 5
    truth = pd.read_csv(SAMPLES / "truth" / "retailer_segments.csv").set_index("customer_id")
    ids = pd.read_csv(SAMPLES / "retailer_customers.csv")["customer_id"]
    planted = truth.loc[ids.iloc[retailer.matrix.rows], "planted_segment"]
    assert adjusted_rand_score(planted, retailer.solution.labels) >= 0.9


def test_every_solution_of_the_sweep_is_judged(retailer: Retailer) -> None:
    extraction = retailer.extraction
    assert list(extraction.family.solutions) == list(range(2, 11)) == list(extraction.silhouettes)
    assert len(extraction.gap.gaps) == 10
    assert extraction.gap.structure


def test_progress_runs_from_nothing_to_nearly_all_through_both_stages(retailer: Retailer) -> None:
    shares = [done for done, _ in retailer.heard]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert 0.9 < shares[-1] <= 1
    codes = {note.code for _, note in retailer.heard if note}
    assert codes == {"sweeping", "comparing-with-none"}


def test_labels_in_the_engine_are_those_of_the_solution(retailer: Retailer) -> None:
    stored = retailer.session.frame(retailer.session.table(retailer.labels)).set_index("__row")
    expected = pd.Series(retailer.solution.labels, index=retailer.matrix.rows)
    assert (stored["segment"].sort_index() == expected.sort_index()).all()


def told_of(judged: workflow.Judged, segment: int, variable: str, words: Words) -> set[str]:
    """What the profile has to say of one variable in one segment, as it would be written."""
    profile = judged.profile
    means = [f for f in profile.numbers if (f.segment, f.variable) == (segment, variable)]
    shares = [f for f in profile.levels if (f.segment, f.variable) == (segment, variable)]
    written = {words.number(value) for f in means for value in (f.mean, f.overall)}
    written |= {words.percent(value) for f in means for value in (f.mean, f.overall)}
    return written | {words.percent(value) for f in shares for value in (f.share, f.overall)}


def numbers_in(text: str) -> list[str]:
    """The numbers of a sentence, those in quoted levels left out."""
    return re.findall(r"\d[\d,.]*%|\d[\d,]*(?:\.\d+)?", re.sub("“[^”]*”", "", text))


def expected_of(
    judged: workflow.Judged,
    channels: tuple[ChannelReach, ...],
    sentence: Sentence,
    segment: int,
    words: Words,
) -> set[str]:
    """What a sentence about no variable may give."""
    size, own = judged.profile.sizes[segment], [c for c in channels if c.segment == segment]
    if sentence.topic is Topic.SIZE:
        k = words.count(judged.profile.k)
        return {words.count(size.n), words.percent(size.share), k}
    best = max(own, key=lambda channel: channel.reachable)
    return {words.count(best.reachable), words.percent(best.share)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_a_portrait_is_in_the_profile(
    retailer: Retailer, language: Language
) -> None:
    words, judged = Words(language), retailer.judged
    for segment in range(retailer.k):
        told = portrait(judged.profile, retailer.reach.channels, retailer.variables, segment, words)
        assert 3 <= len(told) <= 5
        assert {Topic.SIZE, Topic.FORMED, Topic.WHO} <= {sentence.topic for sentence in told}
        for sentence in told:
            if not sentence.variables:
                expected = expected_of(judged, retailer.reach.channels, sentence, segment, words)
                assert set(numbers_in(sentence.text)) <= expected
                continue
            # each variable's name, and then what is said of it up to the next one's
            named = "|".join(sentence.variables)
            parts = re.split(rf"(?<![a-z_])({named})(?![a-z_])", sentence.text)
            assert tuple(parts[1::2]) == sentence.variables
            for variable, said in zip(parts[1::2], parts[2::2], strict=True):
                value, overall, *ranks = numbers_in(said)
                assert {value, overall} <= told_of(judged, segment, variable, words)
                levels = next(v.column.levels for v in retailer.variables if v.name == variable)
                assert ranks in ([], ["1", words.count(len(levels))])


def test_profile_and_checks_speak_of_the_same_segments(retailer: Retailer) -> None:
    assert [size.n for size in retailer.judged.profile.sizes] == list(retailer.solution.sizes)
    assert len(retailer.worth.card.checks) == len(CRITERIA) * retailer.k
    assert len(retailer.judged.filled) == retailer.k
    basis = workflow.role_names(retailer.variables, Role.BASIS)
    assert retailer.judged.profile.basis == basis
    assert set(retailer.matrix.basis) <= set(basis)


def test_a_task_survives_the_way_to_another_process(retailer: Retailer) -> None:
    task = workflow.task_of(retailer.matrix, retailer.study)
    back = unpack(pack(task))
    assert back.values.tobytes() == task.values.tobytes()
    assert (back.spec, back.n_learning, back.yes_no) == (task.spec, task.n_learning, task.yes_no)
    assert back.fingerprint == retailer.extraction.family.matrix_fingerprint


@pytest.mark.parametrize(("asked", "shown"), [(None, 5), (2, 2), (7, 7), (1, 2), (99, 10)])
def test_the_number_of_segments_shown_is_as_asked_within_the_sweep(
    retailer: Retailer, asked: int | None, shown: int
) -> None:
    assert retailer.extraction.shown_k(asked) == shown


def test_without_clear_segments_two_are_shown(retailer: Retailer) -> None:
    unclear = replace(
        retailer.extraction, choice=replace(retailer.extraction.choice, recommended_k=1)
    )
    assert unclear.shown_k(None) == 2


def test_records_are_plain_values_for_json(retailer: Retailer) -> None:
    words = Words("en")
    described = describe_record(retailer.table, retailer.variables, words)
    names = segment_names(("Ann", "", "", "", "Ann"), words)
    partition = found(retailer.solution, retailer.matrix.rows, "key")
    sweep = (retailer.extraction, retailer.k)
    judged = retailer.judged
    record = segment_record(judged, retailer.variables, partition, names, sweep, words)
    record |= scorecard_record(retailer.worth, retailer.study.thresholds_in_force(), words)
    text = json.dumps([described, record], allow_nan=False)
    assert json.loads(text) == [described, record]
    assert record["segments"] == ["Ann (1)", "Segment 2", "Segment 3", "Segment 4", "Ann (5)"]
    assert record["n_customers"] == sum(record["sizes"]) == 6_000
    assert sum(record["shares"]) == pytest.approx(1, abs=1e-5)
    assert record["recommended_k"] == 5
    assert {check["segment"] for check in record["checks"]} == {1, 2, 3, 4, 5}
    assert described["n_rows"] == 6_000
    assert len(described["columns"]) == len(retailer.table.raw.names)


def test_other_customers_with_the_same_values_get_labels_of_their_own(retailer: Retailer) -> None:
    key = workflow.key_of(retailer.matrix, retailer.study, retailer.k)
    others = replace(retailer.matrix, rows=retailer.matrix.rows[::-1].copy())
    name = put_partition(retailer.table, found(retailer.solution, others.rows, key))
    assert name != retailer.labels
    stored = retailer.session.frame(retailer.session.table(name)).set_index("__row")["segment"]
    assert (stored.loc[others.rows].to_numpy() == retailer.solution.labels).all()
    assert stored.index.is_monotonic_increasing, "as in the file"


def test_labels_lie_beside_their_rows_so_that_profiles_need_no_search(retailer: Retailer) -> None:
    assert are_side_by_side(retailer.table, retailer.labels)


def test_too_few_customers_are_refused_before_anything_is_computed(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": range(9), "b": range(9, 0, -1)})
    market = open_market(tmp_path, frame, rest=Role.BASIS)
    study = Study.of(market.table.raw)
    matrix = workflow.matrix_of(market.table, market.variables, study)
    with pytest.raises(TooFewCustomers):
        workflow.extract(workflow.task_of(matrix, study))


def test_a_study_that_names_no_method_leaves_it_to_the_customers(
    retailer: Retailer, monkeypatch: pytest.MonkeyPatch
) -> None:
    matrix, study = retailer.matrix, retailer.study
    means, ward = workflow.named(study, "kmeans"), workflow.named(study, "ward")
    assert workflow.spec_of(matrix, study).method == "kmeans"
    assert workflow.key_of(matrix, study, 4) == workflow.key_of(matrix, means, 4)
    suggested = Suggestion("latent_class", Note.of("method-for-categories", n=9, n_all=9))
    monkeypatch.setattr(workflow, "suggest_method", lambda rows: suggested)
    assert workflow.spec_of(matrix, study).method == "latent_class"
    assert workflow.key_of(matrix, study, 4) != workflow.key_of(matrix, means, 4)
    assert workflow.for_warehouse(study) == means
    assert workflow.for_warehouse(ward) == ward
