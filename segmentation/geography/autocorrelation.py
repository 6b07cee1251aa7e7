"""Whether hexagons near each other are alike: Moran's I of each segment's share.

Enters: ``Bins``. Leaves: ``SpatialPattern``. Refuses to judge fewer hexagons than a pattern needs.

Moran's I [1]_ is the correlation of a place's value with the mean of its neighbours': near 1 where
neighbours are alike, near -1/(n - 1) where place does not matter. Shares of small hexagons vary
more than those of large ones, so they are standardised first by the empirical Bayes rate of
Assuncao and Reis [2]_. How far chance goes is found by giving the values to other hexagons.

References
----------
.. [1] Moran (1950), Notes on continuous stochastic phenomena, Biometrika 37:17-23.
.. [2] Assuncao & Reis (1999), A new proposal to adjust Moran's I for population density,
   Statistics in Medicine 18:2147-2162.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from segmentation.gazetteer.globe import unit_vectors
from segmentation.geography.bins import Bins, bin_customers, bin_size
from segmentation.geography.concentration import holm
from segmentation.geography.located import Located
from segmentation.geography.mercator import height
from segmentation.geography.places import Places
from segmentation.geography.tally import Counted
from segmentation.intake import CustomerTable

PERMUTATIONS = 999
SEED = 7
# Fewer places show no pattern (own choice).
FEWEST_PLACES = 20
# Where hexagons with customers are scattered, the nearest ones are neighbours instead.
NEAREST = 4
# Finer hexagons leave at least this share of the customers in those that are shown (own choice).
SHOWN_SHARE = 0.8
_FINEST = 6
# Permuted values held at a time: some tens of megabytes for 5,000 hexagons.
_AT_ONCE = 200

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class SpatialPattern:
    """Moran's I of each segment's share.

    Attributes
    ----------
    moran : ndarray of shape (k,)
        NaN for a segment whose share is the same everywhere.
    expected : float
        Of no pattern: -1 / (n_places - 1).
    p : ndarray of shape (k,)
        Share of permutations with a Moran's I at least as large, the observed one among them;
        corrected for the number of segments (Holm).
    n_places : int
        Hexagons that were compared.
    n_alone : int
        Hexagons without a neighbour, left out.
    is_adjacent : bool
        Whether neighbours touch; else they are the four nearest.
    degrees : float
        Width of a hexagon in degrees of longitude.
    permutations : int
    """

    moran: Numbers
    expected: float
    p: Numbers
    n_places: int
    n_alone: int
    is_adjacent: bool
    degrees: float
    permutations: int = PERMUTATIONS


def spatial_pattern(bins: Bins) -> SpatialPattern | None:
    """Judge for each segment whether hexagons with many of it lie beside each other.

    Parameters
    ----------
    bins : Bins
        Hexagons with five customers or more.

    Returns
    -------
    SpatialPattern or None
        None for fewer than 20 hexagons.
    """
    if len(bins.latitude) < FEWEST_PLACES:
        return None
    links, is_adjacent = adjacent(bins), True
    inside = np.diff(links.indptr) > 0
    if int(inside.sum()) < FEWEST_PLACES:
        links, is_adjacent = nearest(bins.latitude, bins.longitude, NEAREST), False
        inside = np.ones(len(bins.latitude), dtype=bool)
    n = bins.n_customers[inside].astype(np.float64)
    mass = bins.mass[inside]
    total = mass.sum(axis=1, keepdims=True)
    share = np.divide(mass, total, out=np.zeros_like(mass), where=total > 0)
    values = np.column_stack([standardised_rates(column, n) for column in share.T])
    moran, p = morans_i(values, links[inside][:, inside], PERMUTATIONS, SEED)
    known = ~np.isnan(p)
    p[known] = holm(p[known])
    n_places = int(inside.sum())
    return SpatialPattern(
        moran=moran,
        expected=-1 / (n_places - 1),
        p=p,
        n_places=n_places,
        n_alone=len(inside) - n_places,
        is_adjacent=is_adjacent,
        degrees=bins.degrees,
    )


def pattern_bins(
    table: CustomerTable,
    places: Places,
    labels: str,
    located: Located,
    weight_key: str | None = None,
) -> Bins:
    """Count customers in hexagons as fine as a pattern is looked for.

    Hexagons that suit a map of the world hold a town each and know no quarters. From those they
    are made finer, to half and a quarter and so on, while four in five customers stay in hexagons
    with five customers or more.

    Parameters
    ----------
    table : CustomerTable
        Its population is counted.
    places : Places
        With both coordinates.
    labels : str
        Engine table of the labels: ``__row``, ``segment``.
    located : Located
        Who is on the map.
    weight_key : str, optional
        Engine column of survey weights.

    Returns
    -------
    Bins
    """
    size = bin_size(located)
    found: Bins | None = None
    # The share that is shown falls as hexagons get finer: the finest is found by halving steps.
    low, high = 0, _FINEST
    while found is None or low < high:
        step = (low + high + 1) // 2
        tried = bin_customers(
            table, places, labels, size / 2**step, counted=Counted(weight_key), located=located
        )
        if step == 0 or int(tried.n_customers.sum()) >= SHOWN_SHARE * located.n_placed:
            low, found = step, tried
        else:
            high = step - 1
    return found


def standardised_rates(rate: Numbers, n: Numbers) -> Numbers:
    """Return rates as deviations from the overall rate, by their empirical Bayes spread.

    Parameters
    ----------
    rate : ndarray of shape (n_places,)
        Shares in [0, 1].
    n : ndarray of shape (n_places,)
        Customers they are shares of.

    Returns
    -------
    ndarray of shape (n_places,)
        Zero everywhere where all rates are alike.
    """
    overall = float((rate * n).sum() / n.sum())
    spread = float((n * (rate - overall) ** 2).sum() / n.sum())
    between = spread - overall / float(n.mean())
    variance = between + overall / n
    variance = np.where(variance > 0, variance, overall / n)
    standard: Numbers = np.divide(
        rate - overall, np.sqrt(variance), out=np.zeros_like(rate), where=variance > 0
    )
    return standard


def morans_i(
    values: Numbers, links: csr_array, permutations: int, seed: int
) -> tuple[Numbers, Numbers]:
    """Compute Moran's I of some variables, and how often chance alone reaches it.

    Parameters
    ----------
    values : ndarray of shape (n_places, n_variables)
    links : sparse array of shape (n_places, n_places)
        1 for neighbours; each place has one at least. The neighbours of a place count equally and
        together once, however many they are.
    permutations : int
    seed : int
        All variables are permuted alike.

    Returns
    -------
    moran : ndarray of shape (n_variables,)
        NaN for a variable that does not vary.
    p : ndarray of shape (n_variables,)
        One-sided: (1 + permutations with at least as large a value) / (1 + permutations).
    """
    weights = _row_standardised(links)
    apart = values - values.mean(axis=0)
    squares = (apart**2).sum(axis=0)
    varies = squares > 1e-12 * max(float(squares.max(initial=0.0)), 1e-300)
    apart = apart[:, varies] / np.sqrt(squares[varies])
    observed = (apart * (weights @ apart)).sum(axis=0)
    rng = np.random.default_rng(seed)
    reached = np.zeros(apart.shape[1])
    for start in range(0, permutations, _AT_ONCE):
        n_now = min(_AT_ONCE, permutations - start)
        order = np.argsort(rng.random((n_now, len(apart))), axis=1).T
        for position, column in enumerate(apart.T):
            shuffled = column[order]
            by_chance = (shuffled * (weights @ shuffled)).sum(axis=0)
            # Equal up to the order of adding is equal.
            reached[position] += (by_chance >= observed[position] - 1e-12).sum()
    moran, p = np.full(len(varies), np.nan), np.full(len(varies), np.nan)
    moran[varies] = observed
    p[varies] = (1 + reached) / (1 + permutations)
    return moran, p


def adjacent(bins: Bins) -> csr_array:
    """Link the hexagons that touch each other.

    Parameters
    ----------
    bins : Bins

    Returns
    -------
    sparse array of shape (n_bins, n_bins)
        1 for neighbours.
    """
    # On the plane of the map the middles of neighbours lie one width apart, of others 1.73 widths.
    heights = np.array([height(latitude) for latitude in bins.latitude])
    tree = cKDTree(np.column_stack((bins.longitude, heights)) / bins.degrees)
    pairs = tree.query_pairs(1.3, output_type="ndarray")
    return _linked(pairs[:, 0], pairs[:, 1], len(heights))


def nearest(latitude: Numbers, longitude: Numbers, n_nearest: int) -> csr_array:
    """Link each place to its nearest ones on the globe; the link need not go both ways.

    Parameters
    ----------
    latitude, longitude : ndarray of shape (n_places,)
        Degrees.
    n_nearest : int

    Returns
    -------
    sparse array of shape (n_places, n_places)
    """
    points = unit_vectors(latitude, longitude)
    _, found = cKDTree(points).query(points, n_nearest + 1)
    own = np.arange(len(points))[:, np.newaxis]
    # A place at the same point may come before the place itself.
    others = [line[line != place][:n_nearest] for line, place in zip(found, own, strict=True)]
    columns = np.concatenate(others)
    rows = np.repeat(own[:, 0], [len(line) for line in others])
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(points), len(points)))


def _linked(a: npt.NDArray[np.int64], b: npt.NDArray[np.int64], n: int) -> csr_array:
    rows, columns = np.concatenate((a, b)), np.concatenate((b, a))
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(n, n))


def _row_standardised(links: csr_array) -> csr_array:
    per_row = np.asarray(links.sum(axis=1)).ravel()
    weights = links.tocsr(copy=True)
    weights.data = weights.data / np.repeat(per_row, np.diff(weights.indptr))
    return weights
