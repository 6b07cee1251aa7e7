"""The customers that what-ifs are asked of: everyone, and a sample that answers at once.

Enters: a customer table. Leaves: a :class:`Ground` whose rows carry a weight, the outcome, who can
be reached and, where asked, the segment. Refuses to fetch customers: both stay in the engine.
The sample is the same in every run and whatever the order of the file: those with the smallest
portable keys, which are md5 digests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_

import ibis
import ibis.expr.types as ir

from segmentation.criteria import ReachRules
from segmentation.criteria.channels import DIRECT, Way
from segmentation.criteria.channels import channels_of as ways_told
from segmentation.criteria.reachability import ways_of
from segmentation.engine.compiling import compiled
from segmentation.intake import CustomerTable, Kind
from segmentation.preparation import weight_of
from segmentation.sizing.filters import SEGMENT, Group
from segmentation.variables import Variable

SAMPLE = 200_000
ANY_CHANNEL = "any"
# So many columns are kept in one sample; of wider tables only those that are asked for.
_ALL_COLUMNS_UP_TO = 60
_KEYS = 2**64
# Of the smallest keys a few more are looked at than are taken: their number is random.
_SPARE = 1.05

WEIGHT, VALUE, AGREED, VALID = "__weight", "__value", "__agreed", "__valid"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about the customers, beside their number.

    Attributes
    ----------
    outcome : str or None
        The column that is summed up.
    channel : str or None
        The channel that is to reach them, or ``any`` of those that address a person directly.
    labels : str or None
        Engine table of segments.
    rules : ReachRules
        How consent and telephone numbers are read.
    """

    outcome: str | None = None
    channel: str | None = None
    labels: str | None = None
    rules: ReachRules = field(default_factory=ReachRules)


@dataclass(frozen=True, slots=True)
class Totals:
    """Everybody: rows, weights, squared weights and value; without weights each counts 1."""

    n: int
    mass: float
    squares: float
    value: float


@dataclass(frozen=True, slots=True)
class Ground:
    """Customers to ask, all of them or a sample.

    Attributes
    ----------
    table : CustomerTable
    variables : tuple of Variable
    question : Question
    everyone : Totals
        Of the whole population.
    sample : str or None
        Engine table of the sampled customers; None for everyone.
    drawn : Totals or None
        Of the sample.
    """

    table: CustomerTable
    variables: tuple[Variable, ...]
    question: Question
    everyone: Totals
    sample: str | None = None
    drawn: Totals | None = None

    @property
    def n(self) -> int:
        """How many customers are looked at."""
        return self.everyone.n if self.drawn is None else self.drawn.n

    def rows(self, group: Group) -> ir.Table:
        """Return the customers as an unbound Ibis table, with the columns named in this module."""
        if self.sample is not None:
            return self.table.session.table(self.sample)
        return _prepared(self.table, self.variables, self.question, segments=group.uses_segments)


def channels_of(variables: Sequence[Variable], table: CustomerTable) -> tuple[str, ...]:
    """Return the channels of which the file knows something; before direct ones, any of them.

    Whose identifiers are valid is not looked at yet.
    """
    known = tuple(name for name, _ in ways_told(table.everyone(), variables, ReachRules(), {}))
    return (ANY_CHANNEL, *known) if any(name in DIRECT for name in known) else known


def outcomes_of(table: CustomerTable, variables: Sequence[Variable]) -> tuple[str, ...]:
    """Return the columns whose sum can be a value: outcomes first, then other numbers."""
    numbers = [v for v in variables if v.column.kind is Kind.NUMBER and v.role.value != "weight"]
    known = {c.name for c in table.columns}
    ordered = sorted(numbers, key=lambda v: v.role.value != "outcome")
    return tuple(v.name for v in ordered if v.name in known and v.role.value not in ("id", "date"))


def ground_of(
    table: CustomerTable, variables: Sequence[Variable], question: Question | None = None
) -> Ground:
    """Look at everybody once: how many, how heavy, how much value.

    Parameters
    ----------
    table : CustomerTable
    variables : sequence of Variable
        One with the role ``WEIGHT`` weighs customers.
    question : Question, optional

    Returns
    -------
    Ground
        Of everyone.
    """
    question = question or Question()
    rows = _prepared(table, variables, question, segments=False)
    return Ground(table, tuple(variables), question, _totals(table, rows))


def sampled(ground: Ground, group: Group, n_most: int = SAMPLE) -> Ground:
    """Return a sample to ask at once; the ground itself where it is no larger than that.

    Parameters
    ----------
    ground : Ground
        Of everyone.
    group : Group
        What will be asked: of a wide table only its columns are kept.
    n_most : int
        Customers.
    """
    if ground.everyone.n <= n_most:
        return ground
    table = ground.table
    keys = sorted(table.column(name).key for name in group.columns)
    if len(table.columns) <= _ALL_COLUMNS_UP_TO:
        keys = [column.key for column in table.columns]
    name = _name(ground, keys, n_most)
    if not table.session.has(name):
        segments = ground.question.labels is not None
        rows = _prepared(table, ground.variables, ground.question, segments=segments)
        bound = int(_KEYS * min(1.0, _SPARE * n_most / ground.everyone.n)) - 1
        few = rows.filter(rows["__key"] <= ibis.literal(bound, type="uint64"))
        first = few.order_by("__key", "__row").limit(n_most)
        kept = [column for column in rows.columns if column.startswith("__")]
        columns = [*kept, *keys, *([SEGMENT] if segments else [])]
        table.session.create(name, compiled(first.select(*columns)))
    drawn = _totals(table, table.session.table(name))
    return replace(ground, sample=name, drawn=drawn)


def _name(ground: Ground, keys: Sequence[str], n_most: int) -> str:
    parts = repr((ground.table.name, ground.table.conditions, ground.question, keys, n_most))
    roles = repr([(v.key, v.role, v.detail) for v in ground.variables])
    return f"sizing_{hashlib.sha256((parts + roles).encode()).hexdigest()[:16]}"


def _prepared(
    table: CustomerTable, variables: Sequence[Variable], question: Question, *, segments: bool
) -> ir.Table:
    rows = table.population()
    columns: dict[str, ir.Value] = {}
    if (weight := weight_of(variables)) is not None:
        zero = ibis.literal(0).cast("float64")
        columns[WEIGHT] = ibis.greatest(rows[weight.key].fill_null(zero), zero)
    if question.outcome is not None:
        columns[VALUE] = rows[table.column(question.outcome).key]
    if question.channel is not None:
        found = ways_of(table, variables, question.rules)(rows)
        agreed, valid = _reached(found, question.channel)
        columns |= {AGREED: agreed, VALID: valid}
    rows = rows.mutate(**columns)
    if segments and question.labels is not None:
        labels = table.session.table(question.labels)
        rows = rows.left_join(labels, "__row").drop("__row_right")
    return rows


def _reached(found: Mapping[str, Way], channel: str) -> tuple[ir.BooleanValue, ir.BooleanValue]:
    if channel != ANY_CHANNEL:
        no = ibis.literal(False)
        return (found[channel].agreed, found[channel].valid) if channel in found else (no, no)
    both = [way.agreed & way.valid for name, way in found.items() if name in DIRECT]
    reached = reduce(or_, both, ibis.literal(False))
    return reached, reached


def sums(rows: ir.Table, *, squares: bool) -> dict[str, ir.Scalar]:
    """Return what is summed up over customers: weights, where there are any, and values.

    Parameters
    ----------
    rows : ibis Table
        Of a ground.
    squares : bool
        Whether the squares are needed, too: a sample has an interval.
    """
    found: dict[str, ir.Scalar] = {"n": rows.count()}
    weight = rows[WEIGHT] if WEIGHT in rows.columns else None
    if weight is not None:
        found["mass"] = weight.sum()
    if VALUE in rows.columns:
        value = rows[VALUE] if weight is None else rows[VALUE] * weight
        found["value"] = value.sum()
        if squares:
            found["value_squares"] = (value * value).sum()
    return found


def _totals(table: CustomerTable, rows: ir.Table) -> Totals:
    measures = sums(rows, squares=False)
    if WEIGHT in rows.columns:
        measures["squares"] = (rows[WEIGHT] * rows[WEIGHT]).sum()
    found = table.session.arrow(rows.aggregate(**measures)).to_pylist()[0]
    n = int(found["n"])
    return Totals(
        n,
        float(found.get("mass", n) or 0),
        float(found.get("squares", n) or 0),
        float(found.get("value") or 0),
    )
