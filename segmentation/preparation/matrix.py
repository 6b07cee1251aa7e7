"""The basis matrix: customers in canonical order × features, and the record of how it was made.

Enters: a customer table, its variables and a recipe. Leaves: a :class:`BasisMatrix`. Refuses to
find segments. Transforms are learned on the learning customers (everybody up to 50,000, else the
20,000 with the smallest keys, a sample that is the same on every engine) and applied to all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from segmentation.errors import ConstantVariable, NoBasis
from segmentation.gaps import filled_with_mean
from segmentation.intake import CustomerTable, Kind
from segmentation.notes import Note
from segmentation.preparation.cells import fetch, is_category, is_yes_no, n_outside, values_of
from segmentation.preparation.recipe import Recipe
from segmentation.preparation.transforms import (
    OTHER,
    Cells,
    Transform,
    learn_levels,
    learn_number,
)
from segmentation.variables import Role, Scale, Variable

ALL_ROWS_UP_TO = 50_000
SAMPLE_ROWS = 20_000
MIN_BASIS = 2


@dataclass(frozen=True, slots=True)
class Feature:
    """One column of the matrix: a variable, and its level where it is a category."""

    variable: str
    level: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class BasisMatrix:
    """The prepared basis.

    Attributes
    ----------
    values : ndarray of shape (n_customers, n_features)
        float32, canonical order, NaN where a value is missing.
    weights : ndarray of shape (n_customers,) or None
        Survey weights with mean 1; None where every customer counts once.
    rows : ndarray of shape (n_customers,)
        Position of each customer in the file.
    n_learning : int
        The first so many customers learned the transforms and will learn the segments.
    features : tuple of Feature
        What the columns are.
    transforms : tuple of Transform
        How each variable became features.
    yes_no : bool
        Whether all features are plain 0/1 items.
    fingerprint : str
        Of the values and weights: results that belong to this matrix carry it.
    notes : tuple of Note
        What was done and what was left out.
    """

    values: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float64] | None
    rows: npt.NDArray[np.int64]
    n_learning: int
    features: tuple[Feature, ...]
    transforms: tuple[Transform, ...]
    yes_no: bool
    fingerprint: str
    notes: tuple[Note, ...] = ()

    @property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """The columns of each variable: several for a category."""
        found: dict[str, list[int]] = {}
        for position, feature in enumerate(self.features):
            found.setdefault(feature.variable, []).append(position)
        return tuple(tuple(columns) for columns in found.values())

    @property
    def n_customers(self) -> int:
        """Number of customers."""
        return len(self.values)

    @property
    def basis(self) -> tuple[str, ...]:
        """Names of the variables that form the segments."""
        return tuple(t.variable for t in self.transforms)


def prepare(
    table: CustomerTable, variables: Sequence[Variable], recipe: Recipe | None = None
) -> BasisMatrix:
    """Prepare the basis variables for extraction.

    Parameters
    ----------
    table : CustomerTable
        Its population is prepared.
    variables : sequence of Variable
        Those with the role ``BASIS`` form the matrix, one with ``WEIGHT`` weighs customers.
    recipe : Recipe, optional
        Decisions; the defaults when absent.

    Returns
    -------
    BasisMatrix

    Raises
    ------
    NoBasis
        When fewer than two variables are left to form segments.
    ConstantVariable
        When none of the basis variables varies.
    """
    recipe = recipe or Recipe()
    # By name, not by place in the file: the order of columns changes nothing, names included.
    basis = sorted((v for v in variables if v.role is Role.BASIS), key=lambda v: v.name)
    if len(basis) < MIN_BASIS:
        raise NoBasis(n_usable=len(basis))
    weight = weight_of(variables)
    cells = fetch(table, [*basis, *([weight] if weight else [])])
    n_learning = cells.num_rows if cells.num_rows <= ALL_ROWS_UP_TO else SAMPLE_ROWS
    as_is = recipe.battery_as_is and is_battery(basis)
    formed = [_form(v, values_of(cells, v), n_learning, recipe, as_is=as_is) for v in basis]
    kept = [part for part in formed if part.transform]
    if not kept:
        raise ConstantVariable(name=basis[0].name)
    if len(kept) < MIN_BASIS:
        raise NoBasis(n_usable=len(kept))
    notes = [*_outside(cells, basis), *(note for part in formed for note in part.notes)]
    values = np.ascontiguousarray(np.concatenate([part.features for part in kept], axis=1))
    if recipe.missing == "mean":
        values = filled_with_mean(values, n_learning)
    notes += _gaps(values, as_is=as_is, n_items=len(basis))
    transforms = tuple(part.transform for part in kept if part.transform)
    weights = _weights(cells, weight)
    return BasisMatrix(
        values=values,
        weights=weights,
        rows=cells["__row"].to_numpy(),
        n_learning=n_learning,
        features=_features(transforms),
        transforms=transforms,
        yes_no=as_is and all(is_yes_no(v) for v in basis),
        fingerprint=_fingerprint(values, weights),
        notes=tuple(notes),
    )


def weight_of(variables: Sequence[Variable]) -> Variable | None:
    """Return the variable that weighs customers, None where each counts once.

    Only a number can weigh; a column of another kind with that role weighs nobody.
    """
    return next(
        (v for v in variables if v.role is Role.WEIGHT and v.column.kind is Kind.NUMBER), None
    )


def is_battery(basis: Sequence[Variable]) -> bool:
    """Tell whether all basis variables are answers on one common scale.

    Such items are comparable as they are; the field uses them unscaled.
    """
    if all(is_yes_no(v) for v in basis):
        return True
    if not all(v.scale is Scale.ORDINAL and (v.is_ranked or _is_number(v)) for v in basis):
        return False
    return len({v.answers for v in basis}) == 1


def _is_number(variable: Variable) -> bool:
    return variable.column.kind is Kind.NUMBER


@dataclass(frozen=True, slots=True, eq=False)
class _Formed:
    """What one variable became; without a transform it does not vary."""

    transform: Transform | None
    features: npt.NDArray[np.float32]
    notes: tuple[Note, ...]


def _form(
    variable: Variable, column: Cells, n_learning: int, recipe: Recipe, *, as_is: bool
) -> _Formed:
    learning = column[:n_learning]
    if is_category(variable):
        transform = learn_levels(
            variable.name, learning.astype(object), lump_share=recipe.lump_share
        )
    else:
        transform = learn_number(
            variable.name,
            learning.astype(np.float64),
            log_skew=recipe.log_skew,
            fence_iqr=recipe.fence_iqr,
            as_is=as_is,
        )
    if transform is None:
        nothing = np.empty((len(column), 0), dtype=np.float32)
        return _Formed(None, nothing, (Note.of("basis-constant", name=variable.name),))
    return _Formed(transform, transform.apply(column), tuple(_done(transform, learning)))


def _outside(cells: pa.Table, basis: Sequence[Variable]) -> list[Note]:
    """Count the values that have no place in the order of their variable, and become gaps."""
    counts = {v.name: n_outside(cells, v) for v in basis if v.is_ranked}
    return [Note.of("levels-outside-order", name=name, n=n) for name, n in counts.items() if n]


def _done(transform: Transform, column: Cells) -> list[Note]:
    """Say what a transform did, with counts."""
    notes = []
    if transform.logged:
        notes.append(Note.of("log-taken", name=transform.variable))
    beyond = transform.n_beyond(column)
    if beyond:
        notes.append(Note.of("outliers-fenced", name=transform.variable, n=beyond))
    if transform.levels and transform.levels[-1] == OTHER:
        share = round(transform.shares[-1], 3)
        notes.append(Note.of("levels-lumped", name=transform.variable, share=share))
    return notes


def _gaps(values: npt.NDArray[np.float32], *, as_is: bool, n_items: int) -> list[Note]:
    notes = [Note.of("battery-as-is", n=n_items)] if as_is else []
    gaps = np.isnan(values)
    if gaps.any():
        notes.append(Note.of("gaps-partial", n=int(gaps.any(axis=1).sum())))
    silent = int(gaps.all(axis=1).sum())
    if silent:
        notes.append(Note.of("customers-without-basis", n=silent))
    return notes


def _weights(cells: pa.Table, weight: Variable | None) -> npt.NDArray[np.float64] | None:
    """Scale weights to mean 1; a missing or negative weight counts as 0."""
    if weight is None:
        return None
    raw = np.nan_to_num(values_of(cells, weight).astype(np.float64), nan=0.0)
    clean = np.maximum(raw, 0.0)
    total = float(clean.mean())
    return clean / total if total > 0 else None


def _features(transforms: Sequence[Transform]) -> tuple[Feature, ...]:
    return tuple(Feature(t.variable, level) for t in transforms for level in (t.levels or (None,)))


def _fingerprint(values: npt.NDArray[np.float32], weights: npt.NDArray[np.float64] | None) -> str:
    digest = hashlib.sha256(values.data)
    if weights is not None:
        digest.update(np.ascontiguousarray(weights).data)
    return digest.hexdigest()[:24]
