"""k-means: every question counts the same, and every customer goes to the nearest mean.

Enters and leaves: as every method. A category is a block of columns with a total variance of one,
and customers with gaps are placed by the answers they gave. Refuses nothing.
"""

from __future__ import annotations

import numpy as np

from segmentation.extraction import ExtractionSpec, SolutionFamily, sweep
from segmentation.extraction.resampling import fit_resamples
from segmentation.extraction.sweep import Progress
from segmentation.methods.contract import THOROUGH, Labels, Resamples, Rows

name = "kmeans"
effort = THOROUGH


def solve(rows: Rows, spec: ExtractionSpec, progress: Progress) -> SolutionFamily:
    """Sweep all numbers of segments, as :class:`segmentation.methods.contract.Method` says."""
    return sweep(
        rows.values,
        rows.weights,
        spec,
        n_learning=rows.n_learning,
        fingerprint=rows.fingerprint,
        progress=progress,
    )


def again(samples: Resamples, k: int, *, restarts: int, rng: np.random.Generator) -> Labels:
    """Solve all samples together, as :class:`segmentation.methods.contract.Method` says."""
    return fit_resamples(samples.points, samples.drawn, k, restarts=restarts, rng=rng).labels
