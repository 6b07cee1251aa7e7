"""The probability model, against its definition, a peer's numbers and planted segments."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from segmentation.computations import ExtractionTask, extract
from segmentation.errors import DegenerateSolution
from segmentation.export.solutions import sweep_record
from segmentation.extraction import ExtractionSpec, SolutionFamily
from segmentation.extraction.points import collapse
from segmentation.extraction.resampling import drawn_weights
from segmentation.methods import Resamples, Rows, kmeans, latent_class
from segmentation.wording import Words
from tests.methods.generated import Planted, mixed, rows_of, yes_no

SPEC = ExtractionSpec("latent_class", k_max=4)
GAPPY = mixed(gaps=0.2)


def solved(rows: Rows, spec: ExtractionSpec = SPEC) -> SolutionFamily:
    return latent_class.solve(rows, spec, lambda done, note: None)


@pytest.fixture(scope="module")
def gappy() -> SolutionFamily:
    """Mixed answers, a fifth of them missing."""
    return solved(GAPPY.rows)


# StepMix 3.0.0, best of 12 starts on the raw answers: log-likelihood and BIC.
@pytest.mark.parametrize(
    ("planted", "k", "log_likelihood", "bic"),
    [
        pytest.param(yes_no(), 3, -2629.27236, 5486.22038, id="yes/no"),
        pytest.param(mixed(), 4, -3069.73466, 6445.03401, id="mixed"),
        pytest.param(GAPPY, 4, -2464.43979, 5234.44427, id="a fifth missing"),
    ],
)
def test_the_model_is_as_likely_as_the_one_a_peer_finds(
    planted: Planted, k: int, log_likelihood: float, bic: float
) -> None:
    found = solved(planted.rows, replace(SPEC, k_max=k)).solution(k)
    assert found.likelihood is not None
    n_free = (bic + 2 * log_likelihood) / np.log(400)
    own = (n_free * np.log(400) - found.likelihood.bic) / 2
    assert own == pytest.approx(log_likelihood, abs=0.01) or own > log_likelihood


def test_planted_segments_are_found_among_gaps(gappy: SolutionFamily) -> None:
    own = adjusted_rand_score(GAPPY.true, gappy.solution(4).labels)
    means = kmeans.solve(GAPPY.rows, replace(SPEC, method="kmeans"), lambda done, note: None)
    assert own > 0.7
    assert own > adjusted_rand_score(GAPPY.true, means.solution(4).labels) + 0.05


def test_bic_prefers_as_many_as_were_planted_and_the_record_says_so() -> None:
    rows = yes_no().rows
    task = ExtractionTask(rows.values, None, SPEC, 400, True, rows.groups, "f")
    found = extract(task)
    assert found.preferred["bic"] == 3
    record = sweep_record(found, None, Words("en"))
    assert record["preferred"]["icl"] == 3
    likelihood = found.family.solution(3).likelihood
    assert likelihood is not None
    assert record["solutions"][1]["bic"] == pytest.approx(likelihood.bic)
    assert record["solutions"][1]["icl"] > record["solutions"][1]["bic"]
    plain = extract(replace(task, spec=ExtractionSpec(k_max=3)))
    assert "bic" not in plain.preferred
    assert sweep_record(plain, None, Words("en"))["solutions"][0]["icl"] is None


def test_membership_is_that_of_the_own_segment(gappy: SolutionFamily) -> None:
    solution = gappy.solution(4)
    assert solution.likelihood is not None
    membership = solution.likelihood.membership
    assert ((membership >= 1 / 4) & (membership <= 1)).all()
    right = np.array([np.bincount(solution.labels[GAPPY.true == t]).argmax() for t in range(4)])[
        GAPPY.true
    ]
    # Who is placed wrongly was less certain.
    assert membership[solution.labels == right].mean() > 0.85
    assert membership[solution.labels != right].mean() < 0.75


def test_who_answered_nothing_is_as_likely_in_a_segment_as_anybody() -> None:
    values = yes_no().rows.values.copy()
    values[7] = np.nan
    solution = solved(rows_of(values), replace(SPEC, k_max=3)).solution(3)
    assert solution.likelihood is not None
    assert solution.labels[7] == 0
    assert solution.likelihood.membership[7] == pytest.approx(solution.sizes[0] / 400, abs=0.05)


def test_a_weight_is_so_many_customers() -> None:
    rows = yes_no(120).rows
    times = np.random.default_rng(1).integers(1, 4, 120)
    order = np.repeat(np.arange(120), times)
    many = solved(rows_of(rows.values[order]), replace(SPEC, k_max=3)).solution(3)
    few = solved(replace(rows, weights=times.astype(float)), replace(SPEC, k_max=3)).solution(3)
    assert few.likelihood is not None
    assert many.likelihood is not None
    assert few.likelihood.bic == pytest.approx(many.likelihood.bic, abs=0.01)
    assert few.likelihood.icl == pytest.approx(many.likelihood.icl, abs=0.1)
    assert adjusted_rand_score(few.labels[order], many.labels) == 1


def test_huge_numbers_change_nothing_but_the_unit_of_the_likelihood() -> None:
    rows = mixed(200).rows
    huge = rows.values.copy()
    huge[:, 0] *= np.float32(1e30)
    spec = replace(SPEC, k_max=2)
    one, other = (
        solved(rows, spec).solution(2),
        solved(replace(rows, values=huge), spec).solution(2),
    )
    assert np.array_equal(one.labels, other.labels)
    assert one.likelihood is not None
    assert other.likelihood is not None
    dearer = 2 * 200 * np.log(1e30)
    assert other.likelihood.bic - one.likelihood.bic == pytest.approx(dearer, rel=1e-6)


def test_the_sweep_ends_where_no_model_has_somebody_in_every_segment() -> None:
    # Four kinds of answers: three classes at most can each be the most probable of one.
    answers = np.repeat([[0, 0], [0, 1], [1, 0], [1, 1]], [40, 30, 20, 10], axis=0)
    family = solved(rows_of(answers), ExtractionSpec("latent_class", k_max=8))
    assert max(family.solutions) <= 4
    assert all(len(s.sizes) == k and min(s.sizes) > 0 for k, s in family.solutions.items())


def test_customers_who_differ_only_in_gaps_are_refused() -> None:
    values = np.ones((30, 2), dtype=np.float32)
    values[:, 1] = np.arange(30) % 2
    values[values[:, 1] == 1, 1] = np.nan
    with pytest.raises(DegenerateSolution):
        solved(rows_of(values))


def test_a_large_table_learns_from_some_and_places_all() -> None:
    planted = yes_no(900)
    family = solved(replace(planted.rows, n_learning=400), replace(SPEC, k_max=3))
    assert [(note.code, note.get("n")) for note in family.notes] == [("method-sampled", 400)]
    assert adjusted_rand_score(planted.true, family.solution(3).labels) > 0.5
    assert len(family.solution(3).labels) == 900


def test_samples_are_solved_together_and_place_everybody() -> None:
    planted = mixed(gaps=0.1)
    points = collapse(planted.rows.values)
    drawn = drawn_weights(points, 6, np.random.default_rng(1))
    samples = Resamples(points, planted.rows.groups, drawn)
    labels = latent_class.again(samples, 4, restarts=10, rng=np.random.default_rng(2))
    assert labels.shape == drawn.shape
    agreement = [adjusted_rand_score(planted.true, own[points.inverse]) for own in labels]
    assert min(agreement) > 0.6


def test_the_model_needs_no_library_but_numpy() -> None:
    code = "import sys, segmentation.methods.latent_class; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"sklearn", "scipy", "pandas"}.intersection(loaded)
