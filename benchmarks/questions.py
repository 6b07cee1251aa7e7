"""Golden questions beside a plain decision tree that may look at as many variables.

Both learn from four parts of the customers and are judged on the fifth. The tree is scikit-learn's:
each time, one on all variables ranks them by importance, and another on the first n of them, with
the table's own numbers, places the customers (leaves of at least 10).
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from sklearn.model_selection import StratifiedKFold
from sklearn.tree import DecisionTreeClassifier

from benchmarks.measure import ROOT
from segmentation.arranging import put_partition
from segmentation.engine import DuckSession
from segmentation.extraction import ExtractionSpec, sweep
from segmentation.intake import CustomerTable, open_customers, read_file
from segmentation.preparation import prepare
from segmentation.structure import found
from segmentation.typing_tool import (
    WANTED,
    Answers,
    GoldenQuestions,
    answers_of,
    golden_questions,
    segment_rules,
)
from segmentation.variables import Role, VariableChoice, resolve, suggest

SHARED, SEED, LEAF, FOLDS = ROOT.parent / "shared" / "data", 7, 10, 5
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One table: questions needed, and accuracy beside the tree's with as many variables."""

    name: str
    n_variables: int
    k: int
    needed: tuple[int | None, ...]
    ours: tuple[float, ...]
    tree: tuple[float, ...]
    balanced: float
    seconds: float


def run() -> list[Row]:
    """Compare on a travel survey, a survey of volunteers and the sample of a retailer."""
    vacmot = SHARED / "vacmot_with_descriptors.csv"
    published = pd.read_csv(SHARED / "vacmot_published_k6_labels.csv")["vacmot6"].to_numpy() - 1
    motives = list(pd.read_csv(vacmot, nrows=0).columns[:20])
    retailer = ROOT / "sample_data" / "retailer_customers.csv"
    return [
        _compared("vacmot, published", vacmot, 6, published, motives),
        _compared("volunteers", SHARED / "volunteers_au.csv", 6),
        _compared("retailer", retailer, 5),
    ]


def _compared(
    name: str,
    path: Path,
    k: int,
    published: npt.NDArray[np.int64] | None = None,
    basis: list[str] | None = None,
) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        session = DuckSession(Path(folder))
        copy = Path(folder) / path.name
        copy.write_bytes(path.read_bytes())
        table = open_customers(read_file(session, copy, copy.name))
        suggested = suggest(table)
        forming, rest = VariableChoice(role=Role.BASIS), VariableChoice(role=Role.DESCRIPTOR)
        choices = {v.name: forming if v.name in basis else rest for v in suggested} if basis else {}
        variables = resolve(suggested, choices)
        if published is None:
            matrix = prepare(table, variables)
            spec = ExtractionSpec(k_max=k, seed=SEED)
            family = sweep(matrix.values, matrix.weights, spec, n_learning=matrix.n_learning)
            labels = put_partition(table, found(family.solution(k), matrix.rows, "bench"))
        else:
            labels = "published"
            rows = {"__row": np.arange(len(published)), "segment": published}
            session.put(labels, pa.table(rows))
        start = time.process_time()
        answers = answers_of(table, variables, labels)
        golden = golden_questions(answers)
        rules = segment_rules(answers)
        seconds = time.process_time() - start
        X = _cells(table, answers, labels, {v.name: v.key for v in variables})
        session.close()
    balanced = float(np.nanmean([rule.balanced_accuracy for rule in rules]))
    return _row(name, (X, answers.segments), golden, (balanced, seconds))


def _cells(table: CustomerTable, answers: Answers, labels: str, keys: dict[str, str]) -> Matrix:
    """Return what the tree sees of the same customers: their own numbers, not our ranges."""
    rows = table.population().join(table.session.table(labels), "__row")
    sample = rows.order_by(["__key", "__row"]).limit(len(answers.segments))
    frame = table.session.frame(sample.select(*(keys[q.variable] for q in answers.questions)))
    columns = [
        pd.factorize(cells, use_na_sentinel=False)[0] if cells.dtype == "str" else cells
        for _, cells in frame.items()
    ]
    return np.column_stack([np.asarray(column, dtype=np.float64) for column in columns])


def _row(
    name: str,
    customers: tuple[Matrix, npt.NDArray[np.int64]],
    golden: GoldenQuestions,
    measured: tuple[float, float],
) -> Row:
    needed = tuple(golden.needed(share) for share in WANTED)
    asked = [n or len(golden.cards) for n in needed]
    X, y = customers
    trees = _tree_accuracy(X, y, asked)
    k = len(golden.cards[0].segments)
    ours = tuple(float(golden.accuracy[n - 1]) for n in asked)
    return Row(name, X.shape[1], k, needed, ours, trees, *measured)


def _tree_accuracy(X: Matrix, y: npt.NDArray[np.int64], asked: list[int]) -> tuple[float, ...]:
    """Return the tree's accuracy with as many variables."""
    right = np.zeros(len(asked))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    for learned, judged in folds.split(X, y):
        whole = _tree().fit(X[learned], y[learned])
        ranked = np.argsort(-whole.feature_importances_, kind="stable")
        for i, n in enumerate(asked):
            chosen = ranked[:n]
            small = _tree().fit(X[learned][:, chosen], y[learned])
            right[i] += (small.predict(X[judged][:, chosen]) == y[judged]).sum()
    return tuple(float(share) for share in right / len(y))


def _tree() -> DecisionTreeClassifier:
    return DecisionTreeClassifier(min_samples_leaf=LEAF, random_state=SEED)


def table(rows: list[Row]) -> str:
    """Write the table of ``docs/benchmarks.md``."""
    wanted = [f"for {share:.0%}: questions, accuracy, tree" for share in WANTED]
    lines = [
        f"| table | variables | segments | {' | '.join(wanted)} | rules, balanced | CPU s |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        cells = [
            f"{n or 'not reached'}, {ours:.3f}, {tree:.3f}"
            for n, ours, tree in zip(row.needed, row.ours, row.tree, strict=True)
        ]
        lines.append(
            f"| {row.name} | {row.n_variables} | {row.k} | {' | '.join(cells)} | "
            f"{row.balanced:.2f} | {row.seconds:.1f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(run()))
