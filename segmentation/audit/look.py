"""One look at a table: counts made in the engine, and a small repeatable sample of its values.

Enters: a customer table and its variables. Leaves: a :class:`Look`, which every check asks.
Refuses to judge, and to fetch more than :data:`SAMPLE_ROWS` customers: distributions and
correlations come from the sample, every count that is shown from all rows of the population.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.intake import CustomerTable, Kind
from segmentation.intake.glimpse import COVER
from segmentation.intake.scanning import stored
from segmentation.intake.table import KEY, ROW
from segmentation.variables import Role, Scale, Variable
from segmentation.variables.ranks import ranks

SAMPLE_ROWS = 50_000
# Cells as written that a repair may list; more of them are no handful of codes.
WRITTEN = 200
_FIRST_ROWS = 3
_QUESTIONS_AT_ONCE = 60
_PROPERTIES = (Role.BASIS, Role.DESCRIPTOR, Role.OUTCOME)

Numbers = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Written:
    """Cells as they are written in the file.

    Attributes
    ----------
    texts : tuple of str
        Different ones, the most frequent first, at most :data:`WRITTEN`.
    complete : bool
        Whether these are all.
    """

    texts: tuple[str, ...]
    complete: bool


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A table as the checks see it.

    Attributes
    ----------
    table : CustomerTable
    variables : tuple of Variable
    rows : ibis Table
        The population, not fetched.
    missing : mapping of str to int
        Cells of the population without a value, by column name.
    sample : pyarrow.Table
        The customers with the smallest keys, columns by their physical name.
    """

    table: CustomerTable
    variables: tuple[Variable, ...]
    rows: ir.Table
    missing: Mapping[str, int]
    sample: pa.Table

    @property
    def n(self) -> int:
        """Number of customers in the population."""
        return self.table.n_customers

    def known(self, variable: Variable) -> int:
        """Return how many customers have a value."""
        return self.n - self.missing[variable.name]

    @property
    def basis(self) -> tuple[Variable, ...]:
        """The variables that form segments."""
        return tuple(v for v in self.variables if v.role is Role.BASIS)

    @property
    def properties(self) -> tuple[Variable, ...]:
        """The variables that form, describe or judge segments, with a value somewhere."""
        return tuple(v for v in self.variables if v.role in _PROPERTIES and self.known(v))

    @property
    def numeric(self) -> tuple[Variable, ...]:
        """The properties whose values are numbers, personal data apart."""
        numbers = (v for v in self.properties if v.column.kind is Kind.NUMBER)
        return tuple(v for v in numbers if self.has_sample(v))

    def numbers(self, variable: Variable) -> Numbers:
        """Return a sampled variable as numbers, yes as 1, or as ranks; NaN where there is none."""
        if variable.is_ranked:
            return ranks(self.sample[variable.key], variable.column.levels)
        column = self.sample[variable.key].cast("float64")
        return np.asarray(column.to_numpy(), dtype=np.float64)

    def known_numbers(self, variable: Variable) -> Numbers:
        """Return the sampled numbers that are there, in ascending order."""
        numbers = self.numbers(variable)
        return np.sort(numbers[~np.isnan(numbers)])

    def codes(self, variable: Variable) -> Codes:
        """Return a sampled variable as codes of its levels, most frequent 0; -1 where missing."""
        column = self.sample[variable.key].combine_chunks()
        counted = sorted(
            pc.value_counts(column.drop_null()).to_pylist(),
            key=lambda pair: (-pair["counts"], str(pair["values"])),
        )
        levels = pa.array([pair["values"] for pair in counted], column.type)
        found = pc.fill_null(pc.index_in(column, levels, skip_nulls=True), -1)
        return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)

    def frequencies(self, variable: Variable) -> Numbers:
        """Return the shares of a sampled variable's values, the missing ones as one of them."""
        counts = pc.value_counts(self.sample[variable.key].combine_chunks()).field("counts")
        return np.asarray(counts.to_numpy(), dtype=np.float64) / max(1, len(self.sample))

    def has_sample(self, variable: Variable) -> bool:
        """Tell whether a variable's values are in the sample."""
        return variable.key in self.sample.column_names

    def count(self, questions: Mapping[str, ir.BooleanValue]) -> dict[str, int]:
        """Count in the engine for how many customers each condition holds.

        Parameters
        ----------
        questions : mapping of str to ibis BooleanValue
            By a name of the caller's.

        Returns
        -------
        dict of str to int
        """
        answers: dict[str, int] = {}
        waiting = iter(questions.items())
        while part := list(islice(waiting, _QUESTIONS_AT_ONCE)):
            counts = {f"q{i}": self.rows.count(where=asked) for i, (_, asked) in enumerate(part)}
            found = self.table.session.arrow(self.rows.aggregate(**counts))
            answers |= {name: int(found[f"q{i}"][0].as_py()) for i, (name, _) in enumerate(part)}
        return answers

    def written(self, variable: Variable, condition: ir.BooleanValue) -> Written:
        """Return how the cells for which a condition holds are written in the file."""
        if variable.column.kind is Kind.TEXT:  # text is typed as it is written
            found = self.rows.filter(condition).select(cell=variable.key)
        else:
            cells = self._raw().select(ROW, cell=raw_key(variable))
            found = self.rows.filter(condition).select(ROW).join(cells, ROW)
        grouped = found.group_by("cell").aggregate(n=found.count())
        listed = grouped.order_by([ibis.desc("n"), "cell"]).limit(WRITTEN + 1)
        cells_found = self.table.session.arrow(listed)["cell"].to_pylist()
        texts = [text.strip() for text in cells_found if text is not None]
        return Written(tuple(dict.fromkeys(texts[:WRITTEN])), len(texts) <= WRITTEN)

    def one_written(self, variable: Variable, condition: ir.BooleanValue) -> str:
        """Return one of the cells for which a condition holds, as written, or its cover."""
        if variable.private:
            return COVER
        first = self.rows.filter(condition).order_by(KEY).limit(1).select(ROW)
        cells = self._raw().select(ROW, cell=raw_key(variable))
        found = self.table.session.arrow(first.join(cells, ROW))["cell"].to_pylist()
        return str(found[0]).strip()

    def first_rows(self, condition: ir.BooleanValue) -> tuple[int, ...]:
        """Return the first rows for which a condition holds, from 1 below the column names."""
        first = self.rows.filter(condition).order_by(ROW).limit(_FIRST_ROWS).select(ROW)
        return tuple(int(row) + 1 for row in self.table.session.arrow(first)[ROW].to_pylist())

    def text_of(self, variable: Variable) -> tuple[ir.Table, ir.StringValue]:
        """Return the file's own rows, and a variable's cells in them, not fetched."""
        raw = self._raw()
        return raw, raw[raw_key(variable)]

    def _raw(self) -> ir.Table:
        return self.table.session.table(stored(self.table.raw).table)


def raw_key(variable: Variable) -> str:
    """Return the physical name of a variable's cells in the raw table."""
    return f"r{variable.key[1:]}"


def look_at(table: CustomerTable, variables: Sequence[Variable]) -> Look:
    """Count the gaps of a table and draw the sample.

    Parameters
    ----------
    table : CustomerTable
    variables : sequence of Variable
        One a column.

    Returns
    -------
    Look
    """
    rows = table.population()
    keys = [v.key for v in variables if _is_sampled(v)]
    drawn = rows if table.n_customers <= SAMPLE_ROWS else rows.order_by(KEY).limit(SAMPLE_ROWS)
    sample = table.session.arrow(drawn.select(ROW, *keys))
    look = Look(table, tuple(variables), rows, {}, sample)
    missing = {v.name: v.column.n_missing + v.column.n_failed for v in variables}
    if table.conditions:
        missing = look.count({v.name: rows[v.key].isnull() for v in variables})
    return Look(table, tuple(variables), rows, missing, sample)


def _is_sampled(variable: Variable) -> bool:
    """Personal data and long texts stay in the engine."""
    if variable.private or variable.scale is Scale.TEXT or variable.role is Role.ID:
        return False
    return variable.column.kind is not Kind.DATE
