"""Tables of numbers and categories with known groups: our methods beside k-prototypes and StepMix.

Five numbers and seven categories of 2 to 10 levels, of which two numbers and three categories say
nothing, at three separations, with 0, 10 and 30 % of the cells missing. All are told the number of
groups. Ours go through the library as a file would; "suggested" is what is in use until somebody
chooses a method. That the probability model is suggested for such tables was decided on the first
seed and confirmed on 9001; nothing was tried on the second. ``python -m benchmarks.mixed METHOD …``
compares other methods of ``segmentation.methods``.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_limits

from benchmarks.honesty import matrix_of
from segmentation.extraction import SUGGESTED, ExtractionSpec
from segmentation.extraction.sweep import quiet
from segmentation.methods import Rows, method_called
from segmentation.methods.suggestion import suggest_method
from segmentation.preparation import BasisMatrix

SEED, FRESH_SEED, CUSTOMERS, REPEATS = 4711, 20_263, 1_000, 3
STARTS = (10, 3)  # k-prototypes' own default; StepMix' is one
SEPARATIONS = {"far apart": (1.6, 0.8), "apart": (1.2, 0.6), "close together": (0.9, 0.45)}
MISSING = (0.0, 0.1, 0.3)
INFORMATIVE, SILENT = (2, 3, 5, 10), (2, 4, 8)
NUMBERS, SILENT_NUMBERS = 3, 2
K_PROTOTYPES, STEPMIX = "k-prototypes", "StepMix"
OURS, LARGE = (SUGGESTED, "kmeans", "famd"), (10_000, 100_000)


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A made table: how far apart its groups are, the share of missing cells, who is in which."""

    separation: str
    missing: float
    frame: pd.DataFrame
    truth: np.ndarray

    @property
    def k(self) -> int:
        """Number of groups."""
        return int(self.truth.max()) + 1


@dataclass(slots=True)
class Compared:
    """One table: agreement with the known groups and processor seconds, by method."""

    separation: str
    missing: float
    agreement: dict[str, float] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


def made(rng: np.random.Generator, n: int, k: int, separation: str, missing: float) -> Made:
    """Make a table of ``n`` customers in ``k`` groups of unequal size."""
    shift, mixing = SEPARATIONS[separation]
    shares = rng.dirichlet(np.full(k, 8.0))
    truth = np.append(np.arange(k), rng.choice(k, n - k, p=shares))
    columns: dict[str, object] = {}
    for j in range(NUMBERS + SILENT_NUMBERS):
        means = rng.normal(size=k) * (shift if j < NUMBERS else 0)
        columns[f"number {j + 1}"] = (means[truth] + rng.normal(size=n)).round(4)
    for j, levels in enumerate(INFORMATIVE + SILENT):
        common = rng.dirichlet(np.full(levels, 3.0))
        own = rng.dirichlet(np.full(levels, 0.5), size=k)
        share = mixing if j < len(INFORMATIVE) else 0.0
        chances = ((1 - share) * common + share * own).cumsum(axis=1)
        drawn = (rng.random(n)[:, None] > chances[truth][:, :-1]).sum(axis=1)
        columns[f"category {j + 1}"] = np.array([f"level {chr(97 + i)}" for i in drawn], object)
    frame = pd.DataFrame(columns)
    return Made(separation, missing, frame.mask(rng.random(frame.shape) < missing), truth)


def tables(seed: int = SEED) -> Iterator[Made]:
    """Make every combination of separation and missing cells, with three to five groups."""
    for i, separation in enumerate(SEPARATIONS):
        for j, missing in enumerate(MISSING):
            for repeat in range(REPEATS):
                rng = np.random.default_rng([seed, i, j, repeat])
                yield made(rng, CUSTOMERS, 3 + repeat, separation, missing)


def ours(matrix: BasisMatrix, name: str, k: int) -> np.ndarray:
    """Return our segments at ``k``, from a sweep that ends there."""
    rows = Rows(matrix.values, matrix.weights, matrix.groups, matrix.n_learning)
    if name == SUGGESTED:
        name = suggest_method(rows).method
    spec = ExtractionSpec(method=name, k_max=k)
    return method_called(name).solve(rows, spec, quiet).solution(k).labels


def compared(table: Made, names: Sequence[str], starts: tuple[int, int] = STARTS) -> Compared:
    """Solve one table by our methods and by both peers."""
    from benchmarks.peers import mixed_tables  # what only ``make bench`` installs

    found, k = Compared(table.separation, table.missing), table.k
    matrix = matrix_of(table.frame)
    coded, numbers, categories = mixed_tables.coded(table.frame)
    rows = mixed_tables.filled(coded, numbers, categories)
    solvers = {name: lambda name=name: ours(matrix, name, k) for name in names} | {
        K_PROTOTYPES: lambda: mixed_tables.k_prototypes(rows, len(numbers), k, starts[0]),
        STEPMIX: lambda: mixed_tables.latent_classes(coded, numbers, categories, k, starts[1]),
    }
    for name, solve in solvers.items():
        with threadpool_limits(1):
            start = time.process_time()
            labels = solve()
            found.seconds[name] = time.process_time() - start
        known = table.truth[matrix.rows] if name in names else table.truth
        found.agreement[name] = float(adjusted_rand_score(known, labels))
    return found


def run(names: Sequence[str] = OURS, seed: int = SEED) -> list[Compared]:
    """Compare on every table."""
    return [compared(table, names) for table in tables(seed)]


def run_large(names: Sequence[str] = OURS) -> dict[int, Compared]:
    """Compare on large tables, where the peers are given a single start.

    That of k-prototypes takes minutes at 100,000 customers.
    """
    found = {}
    for n in LARGE:
        rng = np.random.default_rng([SEED, 9, n])
        found[n] = compared(made(rng, n, 4, "apart", 0.0), names, starts=(1, 1))
    return found


def table(rows: Sequence[Compared]) -> str:
    """Write the table of ``docs/benchmarks.md``: mean agreement, and time to k-prototypes'."""
    names = list(rows[0].agreement)
    lines = [f"| groups | missing | {' | '.join(names)} |", "|---|---|" + "---|" * len(names)]
    for separation, missing in dict.fromkeys((row.separation, row.missing) for row in rows):
        kept = [row for row in rows if (row.separation, row.missing) == (separation, missing)]
        lines.append(f"| {separation} | {missing:.0%} | {_means(kept, names)} |")
    lines.append(f"| all | | {_means(rows, names)} |")
    shares = [
        statistics.median(row.seconds[name] / row.seconds[K_PROTOTYPES] for row in rows)
        for name in names
    ]
    cells = " | ".join(f"{share:.3f}×" for share in shares)
    return "\n".join([*lines, f"| processor time to k-prototypes' | | {cells} |"])


def _means(rows: Sequence[Compared], names: Sequence[str]) -> str:
    return " | ".join(
        f"{statistics.mean(row.agreement[name] for row in rows):.3f}" for name in names
    )


def large_table(found: dict[int, Compared]) -> str:
    """Write the table of ``docs/benchmarks.md``: processor seconds and agreement."""
    names = list(next(iter(found.values())).seconds)
    lines = [f"| customers | {' | '.join(names)} |", "|---|" + "---|" * len(names)]
    for n, row in found.items():
        cells = [
            f"{row.seconds[name]:.2f} s, {row.agreement[name]:.3f}" if name in row.seconds else ""
            for name in names
        ]
        lines.append(f"| {n:,} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    asked = tuple(sys.argv[1:]) or OURS
    for seed in (SEED, FRESH_SEED):
        print(f"{table(run(asked, seed))}\n")
    print(large_table(run_large(asked)))
