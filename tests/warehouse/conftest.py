"""One market in a warehouse and in a visit's own engine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from segmentation.engine import DuckSession, Limits
from segmentation.engine.warehouse import Warehouse
from segmentation.extraction import ExtractionSpec, sweep
from segmentation.intake import Condition, CustomerTable, Decision, open_customers
from segmentation.preparation import Recipe, prepare
from segmentation.variables import VariableChoice, resolve, suggest
from segmentation.warehouse import OpenedTable, Placing, find, open_table
from tests.postgres import Postgres

N_CUSTOMERS = 6_000
TYPES = {
    "customer": "text PRIMARY KEY",
    "spend": "numeric(12,2)",
    "visits": "integer",
    "margin": "double precision",
    "ratio": "real",
    "rating": "smallint",
    "channel": "text",
    "member": "boolean",
    "newsletter": "varchar(8)",
    "town": "text",
    "since": "date",
    "weight": "double precision",
}
_CHANNELS = ["shop", " shop", "web", "web\u3000", "app", "Ärzte, „Fach“", "it's", "NA", "", "rare"]
_ANSWERS = ["Yes", "no", "NO ", "yes", "n/a", "ja?"]


def market(n: int = N_CUSTOMERS, *, seed: int = 5) -> list[tuple[object, ...]]:
    """Customers with gaps, skew, extremes, words, white space and marks of no value."""
    rng = np.random.default_rng(seed)
    group = rng.integers(0, 4, n)
    gap = rng.random((n, 9)) < 0.07
    gap[:20] = True  # customers of whom nothing is known
    spend = np.round(rng.lognormal(3 + group / 2, 1.0), 2)
    margin = np.where(rng.random(n) < 0.002, 1e6, rng.normal(5 * group, 2))
    cells: list[list[object]] = [
        [f"K{i:05d}" + " " * (i % 2) for i in range(n)],
        [f"{x:.2f}" for x in spend],
        rng.poisson(2 + 3 * (group == 1)).tolist(),
        [repr(float(x)) for x in margin],
        [f"{x:.3f}" for x in rng.beta(2, 5, n)],
        rng.integers(1, 6, n).tolist(),
        rng.choice(_CHANNELS, n, p=[0.2, 0.1, 0.2, 0.1, 0.1, 0.1, 0.1, 0.04, 0.04, 0.02]).tolist(),
        np.where(rng.random(n) < 0.2 + 0.15 * group, "true", "false").tolist(),
        rng.choice(_ANSWERS, n, p=[0.3, 0.3, 0.1, 0.28, 0.01, 0.01]).tolist(),
        rng.choice(["Ulm", "Bonn", "Jena", "上海"], n).tolist(),
        [f"20{10 + i % 15}-0{1 + i % 9}-1{i % 10}" for i in range(n)],
        [f"{x:.2f}" for x in rng.uniform(0.5, 2, n)],
    ]
    for column in range(9):
        for row in np.flatnonzero(gap[:, column]):
            cells[column + 1][row] = None
    return list(zip(*cells, strict=True))


@dataclass(frozen=True)
class Fitted:
    """A solution found on what was opened, and all it was made from."""

    opened: OpenedTable
    placing: Placing

    @property
    def table(self) -> CustomerTable:
        return self.placing.table


def fit(
    opened: OpenedTable,
    choices: Mapping[str, VariableChoice],
    *,
    recipe: Recipe | None = None,
    conditions: tuple[Condition, ...] = (),
    decisions: Mapping[str, Decision] | None = None,
    k: int = 5,
) -> Fitted:
    """Find segments in what was opened; columns that are not chosen do not form them."""
    table = open_customers(
        opened.raw, decisions=decisions, id_name=opened.id_name, conditions=conditions
    )
    variables = resolve(suggest(table), choices)
    recipe = recipe or Recipe()
    matrix = prepare(table, variables, recipe)
    spec = ExtractionSpec(k_max=k, restarts=2)
    family = sweep(matrix.values, matrix.weights, spec, n_learning=min(matrix.n_learning, 3000))
    return Fitted(opened, Placing(table, variables, recipe, matrix, family.solution(k)))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[DuckSession]:
    opened = DuckSession(tmp_path / "visit", Limits(memory_mb=500))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def one_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckSession]:
    """One session for what several tests only look at."""
    opened = DuckSession(tmp_path_factory.mktemp("one") / "visit", Limits(memory_mb=500))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def warehouse(postgres: Postgres) -> Iterator[Warehouse]:
    found = Warehouse(postgres.address)
    yield found
    found.close()


@pytest.fixture(scope="module")
def market_rows(postgres: Postgres) -> list[tuple[object, ...]]:
    """The market's rows, which are in the warehouse as ``public.market``."""
    rows = market()
    postgres.load("market", TYPES, rows)
    return rows


@pytest.fixture(scope="module")
def everybody(
    one_session: DuckSession, warehouse: Warehouse, market_rows: list[tuple[object, ...]]
) -> OpenedTable:
    """The whole market, opened."""
    assert market_rows
    return open_table(one_session, warehouse, find(warehouse, "public.market"))
