"""A small market with nasty names, taken as far as a report needs it, once for all tests."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from segmentation import workflow
from segmentation.arranging import put_partition
from segmentation.audit import audit
from segmentation.intake import Condition, Operator
from segmentation.report import Found, Report, Results, ask_engine, report_of
from segmentation.sizing import Group, SizingPlan, WhatIf
from segmentation.structure import found
from segmentation.study import PersonaNotes, Study
from segmentation.variables import Role
from segmentation.wording import words_in
from tests.markets import open_market

# What each of the three forms would run, were it let in; and letters of another writing.
NASTY = ('#eval("1+1") $x$ *bold*', "<script>alert(1)</script>", "=cmd|' /C calc'!A0 客户群")
TODAY = dt.date(2026, 8, 31)
MEMBERS = (60, 45, 35)


def people() -> pd.DataFrame:
    """Three far-apart groups; five of a hundred and forty have a rare club each."""
    rng = np.random.default_rng(4)
    group = np.repeat(range(3), MEMBERS)
    n = len(group)
    club = np.where(np.arange(n) % 2 == 0, "gold", "none").astype(object)
    club[0], club[70], club[71] = "secret", "secret", "secret"
    return pd.DataFrame(
        {
            "customer": [f"K-{7000 + i}" for i in range(n)],
            "mail": [f"someone.{i}@example.org" for i in range(n)],
            "visits": (group * 10 + rng.normal(size=n)).round(2),
            "<b>spend</b>": (90 - 30 * group + rng.normal(size=n) * 2).round(2),
            "club": club,
            "latitude": (48 + group + rng.normal(size=n) / 20).round(4),
            "longitude": (9 + group + rng.normal(size=n) / 20).round(4),
            "town": np.array(["Ulm", "Bonn", "Jena"])[group],
        }
    )


def at_least(name: str, threshold: str) -> Group:
    return Group(members=(Condition(name, Operator.AT_LEAST, (threshold,)),))


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Results]:
    """All that a report is made from, the test of trust included."""
    roles = {
        "customer": Role.ID,
        "visits": Role.BASIS,
        "<b>spend</b>": Role.BASIS,
        "club": Role.DESCRIPTOR,
    }
    market = open_market(tmp_path_factory.mktemp("report"), people(), roles, id_name="customer")
    table, variables = market.table, market.variables
    study = Study.of(table.raw)
    matrix = workflow.matrix_of(table, variables, study)
    task = workflow.task_of(matrix, study)
    task = replace(task, spec=replace(task.spec, method="kmeans", k_max=3, restarts=5))
    extraction = workflow.extract(task)
    trust = workflow.validate(task, extraction)
    partition = found(extraction.family.solution(3), matrix.rows, "key-of-three")
    notes = (PersonaNotes(goals=NASTY[1], to_say=NASTY[0]),)
    kept = (
        WhatIf(NASTY[2], at_least("visits", "5")),
        WhatIf("Hardly anybody", at_least("visits", str(sorted(people()["visits"])[-3]))),
    )
    branch = replace(study.branch, personas={partition.key: notes})
    study = replace(study, branch=branch, sizing=SizingPlan(kept=kept))
    labels = put_partition(table, partition)
    words = words_in("en")
    judged = workflow.judge(table, variables, labels, 3)
    known = workflow.Found(
        judged,
        workflow.reach_of(table, variables, labels, 3, study),
        (),
        workflow.tested_of(extraction, trust, 3),
        partition.key,
    )
    yield Results(
        table=table,
        study=study,
        variables=variables,
        judged=judged,
        worth=workflow.worth_of(table, variables, known, study, TODAY),
        partition=partition,
        names=NASTY,
        audit=audit(table, variables, as_of=TODAY),
        found=Found(extraction, 3, trust, matrix.notes),
        engine=ask_engine(table, variables, labels, NASTY, (study.sizing, partition.key), words),
        today=TODAY,
        owner="Insights team",
    )
    table.session.close()


@pytest.fixture(scope="session")
def report(results: Results) -> Report:
    """The report in English."""
    return report_of(results, words_in("en"))
