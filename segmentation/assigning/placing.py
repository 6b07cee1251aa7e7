"""New customers in segments, batch by batch, and what was found in their answers.

Enters: typed customers and a model. Leaves: :class:`Assignment`. Refuses to learn from them: each
customer is placed as if alone, so that the order of the rows changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.assigning.drift import Drift, adjusted, drift_of
from segmentation.assigning.model import Given, Level, Model, Nearest
from segmentation.assigning.seen import Seen
from segmentation.errors import ColumnOfAnotherKind, ModelColumnsMissing
from segmentation.intake import CustomerTable, Kind
from segmentation.notes import Note
from segmentation.preparation.cells import values_of
from segmentation.preparation.forming import answered
from segmentation.structure import Pin, rows_of_rule
from segmentation.structure.given import written
from segmentation.validation.borderline import FURTHER
from segmentation.variables import Variable

BATCH_ROWS = 50_000
NOBODY = -1
Whole = npt.NDArray[np.int64]
Double = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int16]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """New customers in segments.

    Attributes
    ----------
    rows : ndarray of shape (n_customers,)
        Positions in the file, ascending.
    labels : ndarray of shape (n_customers,)
        Final segment, 0 … k - 1; -1 for one who belongs to none.
    confidence : ndarray of shape (n_customers,)
        In [0, 1]: how probable the own segment is where the method tells that; else 1 - d / d', d
        the distance to the own center and d' to the nearest one of another segment: 0 on the
        border, 1 at the center. Where a segment is split, the smaller one of both levels.
    near : ndarray of shape (n_customers,)
        Whether the next segment is at most a tenth further away, or the own one at most a tenth
        more probable.
    counts : tuple of int
        Customers in each segment.
    drifts : tuple of Drift
        One a variable, and a last one of the segments' shares.
    notes : tuple of Note
    """

    rows: Whole
    labels: Labels
    confidence: npt.NDArray[np.float32]
    near: Flags
    counts: tuple[int, ...]
    drifts: tuple[Drift, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def n_near(self) -> int:
        """How many are near a border."""
        return int(self.near.sum())

    @property
    def n_unassigned(self) -> int:
        """How many belong to no segment."""
        return int((self.labels < 0).sum())

    @property
    def changed(self) -> tuple[Drift, ...]:
        """What has changed by more than a little, net of noise."""
        return tuple(d for d in self.drifts if d.verdict in ("some", "much"))


def assign(table: CustomerTable, model: Model, *, most: int | None = None) -> Assignment:
    """Place customers.

    Parameters
    ----------
    table : CustomerTable
        Typed as :func:`segmentation.assigning.customers_for` types them.
    model : Model
    most : int, optional
        Look at the first so many rows of the file only.

    Returns
    -------
    Assignment

    Raises
    ------
    ModelColumnsMissing
        When something that is worked out from the file's columns is not there.
    ColumnOfAnotherKind
        When a column holds other values than the model's: text where there were numbers.
    """
    variables, items = _variables(table, model)
    n_rows = table.raw.n_rows if most is None else min(most, table.raw.n_rows)
    pinned = {id(level): _pinned(table, level.pins) for level in model.levels}
    seen = Seen()
    parts = [
        _placed(cells, model, variables, pinned, seen)
        for cells in _batches(table, variables, items, n_rows)
    ]
    rows, labels, confidence, near = (np.concatenate([part[i] for part in parts]) for i in range(4))
    counts = tuple(int(n) for n in np.bincount(labels[labels >= 0], minlength=model.k))
    drifts = [drift_of(r.name, r.counts, seen.bins[r.name].tolist()) for r in model.references]
    drifts.append(drift_of("", model.sizes, counts, has_gaps=False))
    return Assignment(
        rows,
        labels,
        confidence.astype(np.float32),
        near,
        counts,
        adjusted(drifts),
        tuple(seen.notes(table, len(rows), int((labels < 0).sum()))),
    )


def _variables(table: CustomerTable, model: Model) -> tuple[dict[str, Variable], dict[str, str]]:
    """The model's variables in this table, and answers that nobody gave here, by their column."""
    columns = {column.name: column for column in table.columns}
    found: dict[str, Variable] = {}
    items: dict[str, str] = {}
    lost: list[str] = []
    for question in model.questions:
        if question.name in columns:
            if columns[question.name].kind is not question.kind:
                raise ColumnOfAnotherKind(name=question.name)
            found[question.name] = question.variable(columns[question.name])
        elif question.of and question.of in columns and question.kind is Kind.YESNO:
            whole = columns[question.of]
            found[question.name] = question.variable(
                replace(whole, name=question.name, key=f"absent{len(items)}")
            )
            items[f"absent{len(items)}"] = whole.key
        else:
            lost.append(question.name)
    if lost:
        raise ModelColumnsMissing(names=tuple(lost), nearest=(f"…={lost[0]}",))
    return found, items


def _batches(
    table: CustomerTable, variables: Mapping[str, Variable], items: Mapping[str, str], n_rows: int
) -> Iterator[pa.Table]:
    """Bring cells out of the engine, so many rows of the file at a time."""
    keys = [v.key for v in variables.values() if v.key not in items]
    keys = list(dict.fromkeys(["__row", *keys, *items.values()]))
    people = table.population().select(*keys)
    for start in range(0, n_rows, BATCH_ROWS):
        stop = min(start + BATCH_ROWS, n_rows)
        part = people.filter((people["__row"] >= start) & (people["__row"] < stop))
        cells = table.session.arrow(part.order_by("__row"))
        for name, whole in items.items():
            no = pc.if_else(pc.is_valid(cells[whole]), False, pa.scalar(None, pa.bool_()))
            cells = cells.append_column(name, no)
        yield cells


def _pinned(table: CustomerTable, pins: tuple[Pin, ...]) -> tuple[Whole, ...]:
    """Rows of the customers whom each rule takes; who meets several goes by the first."""
    return tuple(rows_of_rule(table, pin) for pin in pins)


def _placed(
    cells: pa.Table,
    model: Model,
    variables: Mapping[str, Variable],
    pinned: Mapping[int, tuple[Whole, ...]],
    seen: Seen,
) -> tuple[Whole, Labels, Double, Flags]:
    rows = cells["__row"].to_numpy()
    values = {name: values_of(cells, v) for name, v in variables.items()}
    seen.look(values, model)
    whole, own = model.whole, pinned[id(model.whole)]
    macro, confidence, near, silent = _level(whole, cells, variables, own)
    seen.silent += int(silent.sum())
    labels = np.full(len(rows), NOBODY, np.int16)
    for segment in range(whole.k):
        inside = np.flatnonzero(macro == segment)
        if not len(inside):
            continue
        first = model.first_of(segment)
        labels[inside] = first
        if segment in model.parts:
            part = model.parts[segment]
            among = cells.take(pa.array(inside))
            places, sure, close, _ = _level(part, among, variables, pinned[id(part)])
            last = sum(s.macro == segment for s in model.segments) - 1
            labels[inside] = first + np.where(places < 0, last, places)
            confidence[inside] = np.minimum(confidence[inside], sure)
            near[inside] = near[inside] | close
    return rows, labels, confidence, near


def _level(
    level: Level, cells: pa.Table, variables: Mapping[str, Variable], pinned: tuple[Whole, ...]
) -> tuple[Labels, Double, Flags, Flags]:
    """Segments at one level, confidence, who is near a border, who gave no answer at all."""
    n = cells.num_rows
    if isinstance(level.rule, Given):
        labels = _by_column(level.rule, cells, variables[level.rule.column])
        confidence, near = np.ones(n), np.zeros(n, np.bool_)
        silent = np.zeros(n, np.bool_)
    else:
        values = prepared(level, cells, variables)
        silent = np.asarray(np.isnan(values).all(axis=1))
        if level.fills is not None:
            values = np.where(np.isnan(values), level.fills, values)
        labels, confidence, near = _by_rule(level, values)
    finals = np.array([*level.finals, NOBODY], np.int16)
    rows = cells["__row"].to_numpy()
    n_found = len(level.finals) - len(pinned)
    for place, own in reversed(list(enumerate(pinned))):
        taken = np.isin(rows, own, assume_unique=True)
        labels[taken], confidence[taken] = n_found + place, 1.0
        near[taken], silent[taken] = False, False
    return finals[labels], confidence, near, silent


def prepared(
    level: Level, cells: pa.Table, variables: Mapping[str, Variable]
) -> npt.NDArray[np.float32]:
    """Return cells as the features that the level's segments were found in, NaN in gaps.

    Parameters
    ----------
    level : Level
    cells : pyarrow Table
    variables : mapping of str to Variable
        The level's questions in this table.

    Returns
    -------
    ndarray of shape (n, n_features)
    """
    asked = [variables[question.name] for question in level.questions]
    columns = answered(cells, asked, level.batteries)[0]
    return np.concatenate([t.apply(columns.of(variables[t.variable])) for t in level.transforms], 1)


def _by_rule(level: Level, values: npt.NDArray[np.float32]) -> tuple[Labels, Double, Flags]:
    rule = level.rule
    if isinstance(rule, Given):
        raise TypeError(rule)
    measured, everybody = rule.of(values), np.arange(len(values))
    finals = np.array(level.finals[: measured.shape[1]])
    if isinstance(rule, Nearest):
        labels = measured.argmin(axis=1)
        own = measured[everybody, labels]
        other = np.where(finals[labels][:, None] == finals, np.inf, measured).min(axis=1)
        # Without a known cell both are 0: nothing speaks for the own segment.
        ratio = np.divide(own, other, out=np.ones_like(own), where=other > 0)
        near = (other > 0) & (other <= FURTHER * own)
        return labels.astype(np.int16), np.clip(1 - ratio, 0.0, 1.0), near
    labels = measured.argmax(axis=1)
    same = finals[labels][:, None] == finals
    own = np.where(same, measured, 0.0).sum(axis=1)
    other = np.where(same, 0.0, measured).max(axis=1)
    return labels.astype(np.int16), np.clip(own, 0.0, 1.0), FURTHER * other >= own


def _by_column(rule: Given, cells: pa.Table, variable: Variable) -> Labels:
    texts = written(cells[variable.key], variable.column)
    found = pc.index_in(texts.cast(pa.string()), pa.array(rule.values, pa.string()))
    return np.asarray(pc.fill_null(found, NOBODY).to_numpy(), dtype=np.int16)
