"""What a process that computes needs, and that it gives what the server itself would get."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from segmentation import computations
from segmentation.computations import ExtractionTask
from segmentation.errors import DegenerateSolution
from segmentation.extraction import ExtractionSpec
from segmentation.jobs import JobPool

TABLES = {"duckdb", "ibis", "pandas", "pyarrow", "streamlit", "sklearn"}


def task() -> ExtractionTask:
    rng = np.random.default_rng(7)
    values = (rng.random((120, 4)) < np.repeat([[0.1], [0.9]], 60, axis=0)).astype(np.float32)
    return ExtractionTask(
        values=values,
        weights=None,
        spec=ExtractionSpec(k_max=3),
        n_learning=len(values),
        yes_no=True,
        groups=tuple((i,) for i in range(4)),
        fingerprint="f",
    )


def test_a_process_that_computes_holds_no_library_of_tables_in_memory() -> None:
    code = "import sys, segmentation.computations; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "numpy" in loaded
    assert not TABLES.intersection(loaded)


def test_the_number_asked_for_is_shown_or_the_nearest_that_has_a_solution() -> None:
    found = computations.extract(task())
    assert [found.shown_k(k) for k in (2, 3, 9)] == [2, 3, 3]
    two = found.family.solution(2)
    parted = replace(found, family=replace(found.family, solutions={2: two, 5: two}))
    assert [parted.shown_k(k) for k in (3, 4, 9)] == [2, 5, 5]


def test_a_sweep_from_a_worker_is_the_sweep_computed_here() -> None:
    pool = JobPool(slots=1, preload=("segmentation.computations",))
    try:
        job = pool.submit(computations.extract, task())
        job.wait(60)
        there = job.result
    finally:
        pool.close()
    here = computations.extract(task())
    assert there.silhouettes == here.silhouettes
    assert there.choice == here.choice
    for k, solution in here.family.solutions.items():
        assert np.array_equal(there.family.solution(k).labels, solution.labels)


class Refusing:
    """A method that finds nothing in any customers."""

    def solve(self, *_: object) -> None:
        raise DegenerateSolution(k=2, n_distinct=9)


def test_k_means_takes_over_from_a_suggested_method_that_finds_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = computations.method_called
    monkeypatch.setattr(
        computations, "method_called", lambda name: known(name) if name == "kmeans" else Refusing()
    )
    asked = replace(task(), spec=ExtractionSpec("latent_class", k_max=3))
    found = computations.extract(replace(asked, suggested=True)).family
    assert (found.spec.method, found.notes[0].code) == ("kmeans", "method-instead")
    plain = computations.extract(task()).family
    assert np.array_equal(found.solution(3).labels, plain.solution(3).labels)
    with pytest.raises(DegenerateSolution):
        computations.extract(asked)
