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
from segmentation.preparation.balance import MIN_BASIS, balanced
from segmentation.preparation.batteries import batteries_of, is_battery
from segmentation.preparation.cells import fetch, is_yes_no, n_outside, values_of
from segmentation.preparation.forming import answered, form
from segmentation.preparation.recipe import Recipe
from segmentation.preparation.transforms import Transform
from segmentation.variables import Role, Variable

ALL_ROWS_UP_TO = 50_000
SAMPLE_ROWS = 20_000


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
        Whether all features are 0/1 items, as they are or times a constant.
    fingerprint : str
        Of the values and weights: results that belong to this matrix carry it.
    notes : tuple of Note
        What was done and what was left out.
    batteries : tuple of tuple of str
        The items of each battery whose answers are differences from the customer's own mean; an
        item counts in the mean even where it forms no segments.
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
    batteries: tuple[tuple[str, ...], ...] = ()

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
    batteries = batteries_of(basis) if recipe.response_style == "center" else ()
    columns, told = answered(cells, basis, batteries)
    formed = [form(v, columns.of(v), n_learning, recipe, as_is) for v in basis]
    kept = [part for part in formed if part.transform]
    if not kept:
        raise ConstantVariable(name=basis[0].name)
    if len(kept) < MIN_BASIS:
        raise NoBasis(n_usable=len(kept))
    kept, weighed = balanced(kept, columns, recipe, n_learning)
    notes = [*_outside(cells, basis), *told, *(note for part in formed for note in part.notes)]
    notes += [*weighed, *_scaling(recipe, as_is=as_is)]
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
        yes_no=as_is and not batteries and all(is_yes_no(v) for v in basis),
        fingerprint=_fingerprint(values, weights),
        notes=tuple(notes),
        batteries=batteries,
    )


def weight_of(variables: Sequence[Variable]) -> Variable | None:
    """Return the variable that weighs customers, None where each counts once.

    Only a number can weigh; a column of another kind with that role weighs nobody.
    """
    return next(
        (v for v in variables if v.role is Role.WEIGHT and v.column.kind is Kind.NUMBER), None
    )


def _outside(cells: pa.Table, basis: Sequence[Variable]) -> list[Note]:
    """Count the values that have no place in the order of their variable, and become gaps."""
    counts = {v.name: n_outside(cells, v) for v in basis if v.is_ranked}
    return [Note.of("levels-outside-order", name=name, n=n) for name, n in counts.items() if n]


def _scaling(recipe: Recipe, *, as_is: bool) -> list[Note]:
    notes = {
        "range": Note.of("scale-range"),
        "robust": Note.of("scale-robust"),
        "none": Note.of("scale-none"),
    }
    return [] if as_is or recipe.scale == "unit" else [notes[recipe.scale]]


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
