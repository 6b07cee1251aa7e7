"""What can be asked of a customer, and what a sample of customers answers.

Enters: a customer table, variables and the engine table of labels. Leaves: :class:`Question`, whose
answers are few and can be told by any program, and :class:`Answers`, codes of a sample. Refuses to
fetch more than the sample, and to ask for personal data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.errors import NothingToAsk
from segmentation.intake import CustomerTable, Kind
from segmentation.preparation.cells import is_category, is_yes_no
from segmentation.preparation.transforms import Cells
from segmentation.variables import Role, Variable

# A share of 90 % is known to within half a point; customers with the smallest keys, as elsewhere.
SAMPLE_CUSTOMERS = 4_000
# Numbers are cut at quantiles into so many ranges, or between all values where there are no more.
RANGES = 5
# A rarer level counts nothing, like a missing answer.
LEVELS = 12
# Digits of a cut, so that a person can read it and every program reads the same number.
DIGITS = 6
YES, NO = "yes", "no"
Codes = npt.NDArray[np.int16]


class Form(StrEnum):
    """How an answer is given."""

    NUMBER = "number"
    CODE = "code"
    LEVEL = "level"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: a number at least ``low`` and below ``high``, or exactly ``level``."""

    low: float | None = None
    high: float | None = None
    level: str | float | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A variable as something to ask.

    Attributes
    ----------
    variable : str
    form : Form
        ``NUMBER``: a range of numbers; ``CODE``: a number that stands for a category; ``LEVEL``:
        text; ``YES_NO``: ``yes`` or ``no``.
    answers : tuple of Answer
        Each other; numbers in ascending order.
    is_reversed : bool
        Whether the answers are those of an item that the codebook turned round.
    """

    variable: str
    form: Form
    answers: tuple[Answer, ...]
    is_reversed: bool = False

    def codes(self, values: Cells) -> Codes:
        """Return which answers were given.

        Parameters
        ----------
        values : ndarray of shape (n,)
            Numbers, NaN where missing (0 and 1 for no and yes); for ``LEVEL`` text or None.

        Returns
        -------
        ndarray of shape (n,)
            1 … L; 0 for no answer, or one that is not among them.
        """
        found = np.zeros(len(values), dtype=np.int16)
        if self.form is Form.NUMBER:
            cuts = np.array([a.low for a in self.answers[1:]], dtype=np.float64)
            found[:] = 1 + np.searchsorted(cuts, values, side="right")
            found[np.isnan(values)] = 0
            return found
        for code, answer in enumerate(self.answers, start=1):
            level: object = answer.level
            if self.form is Form.YES_NO:
                level = float(answer.level == YES)
            found[values == level] = code
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What a sample of customers answers, and their segments.

    Attributes
    ----------
    questions : tuple of Question
    codes : ndarray of shape (n_customers, n_questions)
        As of :meth:`Question.codes`.
    segments : ndarray of shape (n_customers,)
        From 0.
    """

    questions: tuple[Question, ...]
    codes: Codes
    segments: npt.NDArray[np.int64]


def answers_of(
    table: CustomerTable,
    variables: Sequence[Variable],
    labels: str,
    *,
    n_most: int = SAMPLE_CUSTOMERS,
) -> Answers:
    """Bring a sample of customers out of the engine as answers.

    Parameters
    ----------
    table : CustomerTable
    variables : sequence of Variable
        Those that form segments are asked.
    labels : str
        Engine table with ``__row`` and ``segment``.
    n_most : int
        How many customers at most: those with the smallest keys, a sample that is the same on
        every run.

    Returns
    -------
    Answers
        Without variables that everybody answers alike.

    Raises
    ------
    NothingToAsk
        When fewer than two segments have customers, or no variable tells them apart.
    """
    basis = sorted((v for v in variables if _can_be_asked(v)), key=lambda v: v.name)
    rows = table.population().join(table.session.table(labels), "__row")
    keys = list(dict.fromkeys(["__row", "segment", *(v.key for v in basis)]))
    sample = rows.order_by(["__key", "__row"]).limit(n_most).select(*keys)
    cells = table.session.arrow(sample)
    varied = [v for v in basis if pc.count_distinct(cells[v.key], mode="all").as_py() > 1]
    asked = [(variable, _values(cells, variable)) for variable in varied]
    found = [question_of(variable, values) for variable, values in asked]
    segments = cells["segment"].to_numpy().astype(np.int64)
    if not found or len(np.unique(segments)) < 2:
        raise NothingToAsk(n_customers=len(segments), n_variables=len(found))
    codes = [q.codes(values) for q, (_, values) in zip(found, asked, strict=True)]
    return Answers(tuple(found), np.column_stack(codes), segments)


def question_of(variable: Variable, values: Cells) -> Question:
    """Make a question of a variable.

    Parameters
    ----------
    variable : Variable
    values : ndarray of shape (n,)
        A sample of its values, not all missing.

    Returns
    -------
    Question
    """
    is_reversed = variable.column.is_reversed
    form = _form(variable)
    if form is Form.YES_NO:
        return Question(variable.name, form, (Answer(level=YES), Answer(level=NO)), is_reversed)
    if form is Form.NUMBER:
        return Question(variable.name, form, _ranges(values), is_reversed)
    is_text = form is Form.LEVEL
    known = values[[v is not None for v in values]] if is_text else values[~np.isnan(values)]
    levels, counts = np.unique(known, return_counts=True)
    kept = [levels[i] for i in np.argsort(-counts, kind="stable")[:LEVELS]]
    if variable.is_ranked:
        order = {level: i for i, level in enumerate(variable.column.levels)}
        kept.sort(key=lambda level: order.get(level, len(order)))
    answers = tuple(Answer(level=v if form is Form.LEVEL else float(v)) for v in kept)
    return Question(variable.name, form, answers, is_reversed)


def _can_be_asked(variable: Variable) -> bool:
    is_day = variable.column.kind is Kind.DATE
    return variable.role is Role.BASIS and not variable.private and not is_day


def _form(variable: Variable) -> Form:
    if variable.column.kind is Kind.YESNO or is_yes_no(variable):
        return Form.YES_NO
    if is_category(variable) or variable.is_ranked:
        return Form.CODE if variable.column.kind is Kind.NUMBER else Form.LEVEL
    return Form.NUMBER


def _values(cells: pa.Table, variable: Variable) -> Cells:
    """Return what is answered: text as it is, also where it has an order, all else as numbers."""
    column = cells[variable.key]
    if _form(variable) is Form.LEVEL:
        texts: Cells = column.cast(pa.string()).to_numpy(zero_copy_only=False).astype(object)
        return texts
    numbers: Cells = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return numbers


def _ranges(values: Cells) -> tuple[Answer, ...]:
    """Cut numbers between all values where they are few, else at quantiles, at short numbers."""
    known = np.asarray(values, dtype=np.float64)
    known = known[np.isfinite(known)]
    distinct = np.unique(known)
    if len(distinct) <= RANGES:
        cuts = distinct[1:]
    else:
        shares = np.arange(1, RANGES) / RANGES
        cuts = np.quantile(known, shares, method="higher")
    short = sorted({float(f"{cut:.{DIGITS}g}") for cut in cuts})
    inside = [cut for cut in short if distinct[0] < cut <= distinct[-1]]
    return tuple(
        Answer(low, high) for low, high in zip([None, *inside], [*inside, None], strict=True)
    )
