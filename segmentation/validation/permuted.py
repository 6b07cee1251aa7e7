"""The customers' own columns, shuffled one by one: what chance alone would show.

Enters: prepared values. Leaves: stability and silhouettes of copies whose variables keep their
distributions and lose everything between them. Refuses to decide: two segments of a shuffled yes/no
survey can be perfectly stable, because they lock on one item.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.extraction.points import collapse
from segmentation.extraction.resampling import drawn_weights
from segmentation.gaps import filled_with_mean
from segmentation.methods import Resamples
from segmentation.notes import Note
from segmentation.validation.agreement import adjusted_rand, cross_tables, with_rest
from segmentation.validation.market import Market
from segmentation.validation.silhouette import SILHOUETTE_ROWS, silhouettes

COPY_RESTARTS = 10
Progress = Callable[[float, Note | None], None]


@dataclass(frozen=True, slots=True)
class Permuted:
    """What shuffled copies show, by number of segments and copy.

    Attributes
    ----------
    agreement : mapping of int to tuple of float
        Median adjusted Rand index between bootstrap pairs.
    silhouettes : mapping of int to tuple of float
        Mean silhouette width.
    """

    agreement: Mapping[int, tuple[float, ...]]
    silhouettes: Mapping[int, tuple[float, ...]]


def permuted(market: Market, ks: Sequence[int], *, seed: int, progress: Progress) -> Permuted:
    """Judge shuffled copies as the customers themselves are judged.

    Parameters
    ----------
    market : Market
        Gaps are filled with the mean here; the columns of a variable stay together.
    ks : sequence of int
        Numbers of segments.
    seed : int
    progress : callable
        Called with the share done in [0, 1] and a note.

    Returns
    -------
    Permuted
    """
    rows = filled_with_mean(market.values[:SILHOUETTE_ROWS], SILHOUETTE_ROWS)
    copies, pairs = market.method.effort.copies, market.method.effort.copy_pairs
    agreement: dict[int, list[float]] = {k: [] for k in ks}
    widths: dict[int, list[float]] = {k: [] for k in ks}
    for copy in range(copies):
        rng = np.random.default_rng([seed, 5, copy])
        points = collapse(_shuffled(rows, market.groups, rng))
        drawn = drawn_weights(points, 2 * pairs, rng)
        samples = np.concatenate([points.weights[None], drawn])
        own = Resamples(points, market.groups, samples)
        mass = points.weights.astype(np.float64)
        whole: dict[int, npt.NDArray[np.int16]] = {}
        for position, k in enumerate(ks):
            done = (copy + position / len(ks)) / copies
            progress(done, Note.of("shuffling", n=copy + 1, n_all=copies))
            if k > points.n_counting:
                continue
            labels = market.method.again(own, k, restarts=COPY_RESTARTS, rng=rng)
            found, m, n = with_rest(labels)
            agree = adjusted_rand(
                cross_tables(found[1 : 1 + pairs], found[1 + pairs :], mass, (n, n)), m
            )
            agreement[k].append(float(np.median(agree)))
            whole[k] = labels[0][points.inverse]
        for k, width in silhouettes(points.filled[points.inverse], whole).items():
            widths[k].append(width)
    progress(1.0, None)
    return Permuted(
        {k: tuple(found) for k, found in agreement.items()},
        {k: tuple(found) for k, found in widths.items()},
    )


def _shuffled(
    rows: npt.NDArray[np.float32], groups: Sequence[tuple[int, ...]], rng: np.random.Generator
) -> npt.NDArray[np.float32]:
    copy = rows.copy()
    for group in groups:
        copy[:, group] = rows[rng.permutation(len(rows))][:, group]
    return copy
