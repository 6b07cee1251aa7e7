"""Is what we recommend there, and do we find segments where there are none? On made markets.

Each of 80 made markets goes through the library as a file would: read, typed, prepared, swept,
tested. Beside our recommendation stand the numbers that single criteria prefer: the largest
silhouette, the gap, Calinski-Harabasz, and the smallest BIC of scikit-learn's Gaussian mixtures.
The seed is not one that rules were tried on.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.mixture import GaussianMixture

from benchmarks.made import Made, markets
from benchmarks.measure import ROOT
from segmentation import workflow
from segmentation.engine import DuckSession
from segmentation.extraction import ExtractionSpec
from segmentation.intake import open_customers, read_file
from segmentation.preparation import BasisMatrix, prepare
from segmentation.preparation.recipe import Recipe
from segmentation.validation import Trust, advise
from segmentation.validation.verdict import Structure
from segmentation.variables import Role, VariableChoice, resolve, suggest
from segmentation.workflow import Extraction, ExtractionTask

SEED, WORKERS, K_MAX, BIC_STARTS = 2027, 2, 10, 3
EVIDENCE = ROOT / "build" / "honesty.jsonl"
OURS, TESTED = "ours", "ours, tested: natural"
NAMES = (OURS, TESTED, "silhouette", "gap", "calinski_harabasz", "bic")


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said of one made market.

    Attributes
    ----------
    kind : str
    k : int
        Segments put into it; 1 means none.
    said : dict of str to int
        The number of segments that each rule prefers.
    is_natural : bool
        Whether the verdict calls any number of segments natural.
    numbers : dict
        What the recommendation and the verdict rest on, to try other rules on.
    """

    kind: str
    k: int
    said: dict[str, int]
    is_natural: bool
    numbers: dict[str, object]


def matrix_of(frame: pd.DataFrame) -> BasisMatrix:
    """Read a table from a file, as a visit does, and prepare all of its columns."""
    with tempfile.TemporaryDirectory() as folder:
        session = DuckSession(Path(folder) / "visit")
        file = session.folder / "customers.csv"
        frame.to_csv(file, index=False)
        table = open_customers(read_file(session, file, file.name))
        every = {name: VariableChoice(role=Role.BASIS) for name in frame}
        matrix = prepare(table, resolve(suggest(table), every), Recipe())
        session.close()
    return matrix


def task_of(matrix: BasisMatrix, k_max: int = K_MAX) -> ExtractionTask:
    """Return what a visit would let a worker do."""
    return ExtractionTask(
        matrix.values,
        matrix.weights,
        ExtractionSpec(k_max=k_max),
        matrix.n_learning,
        matrix.yes_no,
        matrix.groups,
        matrix.fingerprint,
    )


def judged(made: Made) -> Judged:
    """Return what the library and single criteria say of one market."""
    matrix = matrix_of(made.frame)
    task = task_of(matrix)
    found = workflow.extract(task)
    tested = workflow.validate(task, found)
    said = {name: found.preferred[name] or 1 for name in ("silhouette", "gap", "calinski_harabasz")}
    said |= {OURS: found.choice.recommended_k, "bic": _fewest_bic(matrix.values)}
    advice = advise(found.choice, tested)  # which says of all but natural segments: a cut
    said[TESTED] = advice.k if advice.structure is Structure.NATURAL else 1
    is_natural = Structure.NATURAL in tested.verdict.by_k.values()
    return Judged(made.kind, made.k, said, is_natural, _numbers(found, tested))


def _fewest_bic(values: np.ndarray) -> int:
    scores = {
        k: GaussianMixture(k, n_init=BIC_STARTS, random_state=0, reg_covar=1e-4)
        .fit(values)
        .bic(values)
        for k in range(1, K_MAX + 1)
    }
    return min(scores, key=scores.__getitem__)


def _numbers(found: Extraction, tested: Trust) -> dict[str, object]:
    """Return the numbers behind a recommendation and a verdict, to try other rules on."""
    ks = sorted(found.family.solutions)
    return {
        "verdict": {k: str(tested.verdict.by_k[k]) for k in ks},
        "none": tested.verdict.none,
        "structure": tested.verdict.any_structure,
        "p": tested.gate.p_value,
        "advantages": list(tested.gate.advantages),
        "silhouettes": found.silhouettes,
        "gaps": list(found.gap.gaps),
        "agreement": {k: tested.stability.median(k) for k in ks},
        "weakest": {k: min(tested.stability.segments(k)) for k in ks},
        "strength": dict(tested.strength.scores),
        "smallest": {k: int(min(found.family.solution(k).sizes)) for k in ks},
    }


def run(seed: int = SEED) -> list[Judged]:
    """Judge every made market; what was found is kept below ``build`` to look into."""
    EVIDENCE.parent.mkdir(exist_ok=True)
    rows = []
    with ProcessPoolExecutor(WORKERS) as workers, EVIDENCE.open("w", encoding="utf-8") as file:
        for row in workers.map(judged, markets(seed)):
            rows.append(row)
            file.write(json.dumps(asdict(row)) + "\n")
            file.flush()
    return rows


def table(rows: Sequence[Judged]) -> str:
    """Write the tables of ``docs/benchmarks.md``."""
    holding = [row for row in rows if row.k > 1]
    empty = [row for row in rows if row.k == 1]
    lines = ["| rule | right | within one | segments where there are none |", "|---|---|---|---|"]
    for name in NAMES:
        right = _share(row.said[name] == row.k for row in holding)
        near = _share(abs(row.said[name] - row.k) <= 1 for row in holding)
        false = _share(row.said[name] > 1 for row in empty)
        lines.append(f"| {name} | {right} | {near} | {false} |")
    lines += [
        "",
        "| kind | made | ours right | within one | called natural |",
        "|---|---|---|---|---|",
    ]
    for kind in dict.fromkeys(row.kind for row in rows):
        kept = [row for row in rows if row.kind == kind]
        right = sum(row.said[OURS] == row.k for row in kept)
        near = sum(abs(row.said[OURS] - row.k) <= 1 for row in kept)
        natural = sum(row.is_natural for row in kept)
        lines.append(f"| {kind} | {len(kept)} | {right} | {near} | {natural} |")
    natural = [_share(row.is_natural for row in part) for part in (holding, empty)]
    return "\n".join([*lines, "", f"Natural: {natural[0]} with segments, {natural[1]} without."])


def _share(holds: Iterable[bool]) -> str:
    found = list(holds)
    return f"{sum(found)} of {len(found)}"


if __name__ == "__main__":
    print(table(run()))
