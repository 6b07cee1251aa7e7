"""One market and several ways to segment it, solved once and without judging them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from segmentation import workflow
from segmentation.arranging import Sweep, arranged
from segmentation.assigning import Model, Shown, learned, remembering
from segmentation.engine import DuckSession, Limits
from segmentation.extraction import ExtractionSpec
from segmentation.extraction.sweep import quiet
from segmentation.intake import Condition, CustomerTable, Operator, RawTable
from segmentation.methods import method_called
from segmentation.preparation import Recipe
from segmentation.sizing import Group, Joined
from segmentation.structure import Partition, Pin
from segmentation.study import Branch, Study
from segmentation.transactions import Composition
from segmentation.workflow import Extraction
from tests.warehouse.conftest import TYPES, market

N = 900
MIXED = ("spend", "visits", "margin", "rating", "channel", "member", "newsletter")
NUMBERS = ("spend", "visits", "margin", "ratio", "rating")
# What makes each case, and the number of segments that it is cut into.
CASES = {
    "kmeans": ("kmeans", MIXED, Recipe(), 4),
    "filled": ("kmeans", MIXED, Recipe(missing="mean"), 3),
    "famd": ("famd", MIXED, Recipe(), 3),
    "latent": ("latent_class", MIXED, Recipe(), 3),
    "latent_filled": ("latent_class", MIXED, Recipe(missing="mean"), 2),
    "mixture": ("gaussian_mixture", NUMBERS, Recipe(), 3),
    "ward": ("ward", MIXED, Recipe(), 3),
    "by_hand": ("kmeans", MIXED, Recipe(), 4),
    "given": ("kmeans", MIXED, Recipe(), 4),
}
# These place nobody by a rule of their own.
WITHOUT_RULE = {"ward"}


@dataclass(frozen=True)
class Solved:
    """A case: its segments, and the model of them."""

    table: CustomerTable
    study: Study
    partition: Partition
    model: Model


class Solver:
    """Solves cases of one table, each once."""

    def __init__(self, raw: RawTable) -> None:
        self.raw = raw
        self.of = cache(self._solved)

    def _solved(self, case: str) -> Solved:
        method, basis, recipe, k = CASES[case]
        study = replace(Study.of(self.raw), id_name="customer")
        table = workflow.customers_of(self.raw, study)
        spec = ExtractionSpec(method, k_max=k, restarts=2)
        branch = Branch(extraction=spec, k=k, recipe=recipe)
        branch = branch.with_basis(workflow.variables_of(table, study), basis)
        study, find = replace(study, branch=branch), remembering(sweep_of)
        if case == "given":
            study = replace(study, branch=replace(branch, given="channel"))
        if case == "by_hand":
            study = by_hand(table, study)
        partition = arranged(table, study, find)
        names = tuple(f"It's {s + 1}" for s in range(partition.k))
        shown = Shown(table, study, partition, names, names, find, workflow.variables_of)
        return Solved(table, study, partition, learned(shown))


def by_hand(table: CustomerTable, study: Study) -> Study:
    """Pin two segments, merge two and split one."""
    rich = Pin("rich", (Condition("spend", Operator.AT_LEAST, ("300",)),))
    online = Condition("channel", Operator.CONTAINS, ("WEB",))
    known = Group(members=(Condition("spend", Operator.KNOWN), online))
    web = Pin("web", where=Group(Joined.ANY, (known, online)))
    study = replace(study, branch=replace(study.branch, pins=(rich, web)))
    base = arranged(table, study, sweep_of)
    study = replace(study, branch=replace(study.branch, merges={base.key: ((0, 2),)}))
    merged = arranged(table, study, sweep_of)
    part = study.branch.part(workflow.variables_of(table, study), NUMBERS, 2)
    return replace(study, branch=study.branch.with_split(merged.key, 0, part))


def sweep_of(table: CustomerTable, study: Study) -> Sweep:
    """Find segments, and judge none of them."""
    matrix = workflow.matrix_of(table, workflow.variables_of(table, study), study)
    spec = replace(study.branch.extraction, k_max=study.branch.k or 2)
    family = method_called(spec.method).solve(workflow.rows_of(matrix), spec, quiet)
    found: Any = SimpleNamespace(family=family, shown_k=lambda k: k)
    return Sweep(matrix, cast("Extraction", found))


def write(
    path: Path, rows: list[tuple[object, ...]], names: tuple[str, ...] = tuple(TYPES)
) -> Path:
    """Write rows as CSV; a gap is nothing at all."""
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(names)
        lines.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return path


def opened(folder: Path, path: Path) -> RawTable:
    session = DuckSession(folder, Limits(memory_mb=500))
    return workflow.open_files(session, path, Composition(), {})


@pytest.fixture(scope="package")
def rows() -> list[tuple[object, ...]]:
    return market(N)


@pytest.fixture(scope="package")
def solver(
    rows: list[tuple[object, ...]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Solver]:
    folder = tmp_path_factory.mktemp("assigning")
    raw = opened(folder / "visit", write(folder / "market.csv", rows))
    yield Solver(raw)
    raw.session.close()


@pytest.fixture(params=CASES)
def solved(request: pytest.FixtureRequest, solver: Solver) -> Solved:
    return solver.of(request.param)


@pytest.fixture
def kmeans(solver: Solver) -> Solved:
    return solver.of("kmeans")
