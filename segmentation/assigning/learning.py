"""From segments on show to a model of them.

Enters: customers, a study, their partition, and whoever finds segments. Leaves: :class:`Model`.
Refuses to find anything itself.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from segmentation import __version__
from segmentation.arranging import Finder, Sweep, before_merging, given_of, learning
from segmentation.assigning.drift import reference_of
from segmentation.assigning.model import (
    Check,
    Given,
    Level,
    Model,
    Nearest,
    Question,
    Rule,
    merged_numbers,
)
from segmentation.assigning.placing import assign
from segmentation.gaps import means_of_known
from segmentation.intake import Column, Condition, CustomerTable, Decision, Kind
from segmentation.preparation import prepare
from segmentation.preparation.cells import is_category, values_of
from segmentation.structure import Partition, among, of_column
from segmentation.study import Study
from segmentation.variables import Scale, Variable

CHECKED_ROWS = 50_000
MOST_TEXTS = 1_000
# These methods know no gaps; what fills one belongs to the model.
FILLING = frozenset({"ward", "density", "gaussian_mixture"})
LIBRARIES = ("numpy", "scikit-learn", "scipy", "duckdb", "ibis-framework", "pyarrow")
VariablesOf = Callable[[CustomerTable, Study], Sequence[Variable]]


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """The segments on show, and how they are found.

    Attributes
    ----------
    table : CustomerTable
    study : Study
        It names the method that was used.
    partition : Partition
    names, macro_names : tuple of str
        Of the segments, and of those of the first level.
    find : callable
        Returns the sweep of a table for a study.
    variables_of : callable
        Returns the variables of a table for a study.
    """

    table: CustomerTable
    study: Study
    partition: Partition
    names: tuple[str, ...]
    macro_names: tuple[str, ...]
    find: Finder
    variables_of: VariablesOf


def remembering(find: Finder) -> Finder:
    """Return a finder that answers the same question a second time without a computation."""
    known: list[tuple[str | None, Study, Sweep]] = []

    def found(table: CustomerTable, study: Study) -> Sweep:
        for within, asked, sweep in known:
            if within == table.within and asked == study:
                return sweep
        known.append((table.within, study, find(table, study)))
        return known[-1][2]

    return found


def learned(shown: Shown) -> Model:
    """Return the model of the segments on show.

    Parameters
    ----------
    shown : Shown

    Returns
    -------
    Model
    """
    table, study, partition = shown.table, shown.study, shown.partition
    base = before_merging(table, study, shown.find)
    pairs = study.branch.merges.get(base.key, ())
    whole = replace(_level(shown, table, study), finals=merged_numbers(base.k, pairs))
    macro = partition.macro
    parts = {
        segment: _level(shown, among(table, macro.rows_of(segment)), replace(study, branch=branch))
        for segment, branch in study.branch.splits_of(macro.key).items()
        if segment < macro.k
    }
    model = Model(
        study,
        (),
        whole,
        parts,
        partition.segments,
        shown.names,
        partition.sizes,
        partition.n_unassigned,
        versions=_versions(),
        macro_names=shown.macro_names if parts else (),
    )
    needed = tuple(_needed(model, table))
    model = replace(model, needs=needed, study=_typed(study, table, needed))
    variables = [q.variable(table.column(q.name)) for q in _formed(model)]
    cells = ((v, _values(table, v)) for v in variables)
    references = tuple(reference_of(v.name, own, is_category=is_category(v)) for v, own in cells)
    model = replace(model, references=references)
    return replace(model, check=_checked(model, table, partition))


def _level(shown: Shown, table: CustomerTable, study: Study) -> Level:
    """What places customers at one level."""
    names = [column.name for column in table.columns]
    pins = tuple(pin for pin in study.branch.pins if pin.fits(names))
    rest, column = learning(table, study), given_of(table, study)
    if column is not None:
        own = of_column(rest, column, fewest=1 if pins else 2)
        rule: Rule = Given(column, tuple(segment.called for segment in own.segments))
        question = _plain(table.column(column))
        return Level("", (question,), (), (), rule, pins, tuple(range(own.k + len(pins))))
    sweep = shown.find(rest, study)
    matrix, family = sweep.matrix, sweep.extraction.family
    solution = family.solution(sweep.extraction.shown_k(study.branch.k))
    variables = {v.name: v for v in shown.variables_of(rest, study)}
    items = [name for battery in matrix.batteries for name in battery]
    asked = dict.fromkeys([*matrix.basis, *items])
    rule = solution.rule or Nearest(solution.centers, family.space)
    return Level(
        family.spec.method,
        tuple(_question(rest, variables[name]) for name in asked),
        matrix.transforms,
        matrix.batteries,
        rule,
        pins,
        tuple(range(solution.k + len(pins))),
        _fills(shown, rest, study, sweep),
    )


def _fills(
    shown: Shown, table: CustomerTable, study: Study, sweep: Sweep
) -> npt.NDArray[np.float32] | None:
    """What stands in a gap, where a gap is filled at all."""
    matrix, recipe = sweep.matrix, study.branch.recipe
    values = matrix.values
    if recipe.missing == "mean":
        partial = replace(recipe, missing="partial")
        values = prepare(table, shown.variables_of(table, study), partial).values
    elif sweep.extraction.family.spec.method not in FILLING:
        return None
    return means_of_known(values, matrix.n_learning)


def _plain(column: Column) -> Question:
    return Question(column.name, column.kind, Scale.NOMINAL, column.levels, column.of)


def _question(table: CustomerTable, variable: Variable) -> Question:
    """What the model keeps of a variable: the bounds of a number, the values of a category."""
    column = variable.column
    bare = Question(column.name, column.kind, variable.scale, column.levels, column.of)
    values = _values(table, variable)
    if is_category(variable):
        texts = sorted({str(v) for v in values if v is not None})
        return replace(bare, texts=tuple(texts) if len(texts) <= MOST_TEXTS else ())
    numbers = values.astype(np.float64)
    known = numbers[~np.isnan(numbers)]
    if not len(known):
        return bare
    return replace(bare, low=float(known.min()), high=float(known.max()))


def _values(table: CustomerTable, variable: Variable) -> npt.NDArray[np.generic]:
    return values_of(table.session.arrow(table.population().select(variable.key)), variable)


def _formed(model: Model) -> tuple[Question, ...]:
    """The variables that form segments at any level, each once."""
    return tuple({q.name: q for level in model.levels for q in level.basis}.values())


def _needed(model: Model, table: CustomerTable) -> Iterator[str]:
    """The file's own columns that placing a customer needs, each once."""
    conditions = (*model.study.conditions_for(c.name for c in table.columns), *_asked(model))
    wanted = [q.name for q in model.questions] + [n for c in conditions for n in c.columns]
    own, places = set(table.raw.names), model.study.places
    found: dict[str, None] = {}
    for name in wanted:
        column = table.column(name)
        if name in own:
            found[name] = None
        elif column.of:
            found[column.of] = None
        elif places:
            found |= dict.fromkeys(places.columns)
    return iter(found)


def _asked(model: Model) -> Iterator[Condition]:
    pins = (pin for level in model.levels for pin in level.pins)
    return (condition for pin in pins for condition in pin.asked)


def _typed(study: Study, table: CustomerTable, needed: Sequence[str]) -> Study:
    """Decide the type of each column as it was found, so that few new customers cannot change it.

    Where a codebook reads codes as labels it goes on doing so, for new customers as for old ones.
    """
    for name in needed:
        column, said = table.column(name), study.columns.get(name, Decision())
        if column.reason.code == "type-codebook":
            continue
        is_text = column.kind is Kind.TEXT
        levels = said.levels or (column.levels if is_text else ())
        decided = replace(said, kind=column.kind, style=column.style, levels=levels)
        study = study.with_decision(name, decided)
    return study


def _checked(model: Model, table: CustomerTable, partition: Partition) -> Check:
    """Ask the model about its own customers."""
    again = assign(table, model, most=CHECKED_ROWS)
    there = partition.at(again.rows)
    return Check(len(again.rows), int((there != again.labels).sum()))


def _versions() -> dict[str, str]:
    found = {"segment-studio": __version__}
    for name in LIBRARIES:
        found[name] = importlib.metadata.version(name)
    return found
