"""A small market with three segments, taken as far as charts need it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from segmentation import workflow
from segmentation.geography import RegionTable, region_table
from segmentation.profiles import Profile, Separation, Spread, profile, separation, spreads
from segmentation.profiles.separation import called
from segmentation.study import Study
from segmentation.typing_tool import GoldenQuestions, answers_of, golden_questions
from segmentation.validation import Borderline, Borders, Trust, borderline, borders
from segmentation.variables import Role, Variable
from segmentation.workflow import Extraction
from tests.markets import open_market

TOWNS = ("Ålesund", "Bergen", "Oslo")


@dataclass(frozen=True)
class Results:
    """What the charts are drawn from."""

    profile: Profile
    variables: tuple[Variable, ...]
    spreads: tuple[Spread, ...]
    regions: RegionTable
    extraction: Extraction
    trust: Trust
    borders: Borders
    golden: GoldenQuestions
    plane: Separation
    features: list[str]
    near: Borderline


def people(n: int = 120) -> tuple[pd.DataFrame, list[int]]:
    """Customers around three centers, and which of them each belongs to."""
    rng = np.random.default_rng(8)
    segment = np.repeat([0, 1, 2], [n // 2, n // 3, n - n // 2 - n // 3])
    centers = np.array([[4.0, 80.0], [20.0, 15.0], [9.0, 40.0]])
    values = centers[segment] + rng.normal(size=(n, 2)) * [1.0, 4.0]
    table = pd.DataFrame(
        {
            "visits": values[:, 0].round(2),
            "days_since_the_last_purchase": values[:, 1].round(2),
            "town": [TOWNS[i % 3] for i in range(n)],
            "club": [("gold", "silver", "none")[i % 7 % 3] for i in range(n)],
        }
    )
    return table, [int(s) for s in segment]


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Results]:
    """Profile, regions and sweep of that market."""
    table, segment = people()
    roles = {"visits": Role.BASIS, "days_since_the_last_purchase": Role.BASIS}
    market = open_market(tmp_path_factory.mktemp("charts"), table, {**roles, "town": Role.LOCATION})
    labels = market.labelled(segment)
    town = next(v for v in market.variables if v.name == "town")
    study = Study.of(market.table.raw)
    matrix = workflow.matrix_of(market.table, market.variables, study)
    task = workflow.task_of(matrix, study)
    extraction = workflow.extract(task)
    yield Results(
        profile(market.table, market.variables, labels, 3),
        market.variables,
        spreads(market.table, market.variables, labels, 3, "visits"),
        region_table(market.table, town, labels, 3),
        extraction,
        workflow.validate(task, extraction),
        borders(matrix.values, extraction.family.solution(3).centers),
        golden_questions(answers_of(market.table, market.variables, labels)),
        separation(matrix.values, extraction.family.solution(3).labels, 3),
        called([(feature.variable, feature.level) for feature in matrix.features]),
        borderline(
            matrix.values,
            extraction.family.solution(3).labels,
            extraction.family.solution(3).centers,
        ),
    )
    market.table.session.close()
