"""The vocabulary of the audit: findings, how much they matter, and the repairs they propose.

Enters: nothing. Leaves: frozen values. Refuses to change a table or a study: a repair is the
proposal of a decision, which somebody else takes and the study remembers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from segmentation.notes import Value
from segmentation.variables import Role, VariableChoice


class Severity(StrEnum):
    """What a finding does to a segmentation, the worst first."""

    BLOCKS = "blocks"
    DISTORTS = "distorts"
    WEAKENS = "weakens"
    INFORMS = "informs"

    @property
    def rank(self) -> int:
        """Position among the severities, 0 for the worst."""
        return list(Severity).index(self)


class Action(StrEnum):
    """What a repair would decide."""

    EXCLUDE_COLUMN = "exclude-column"
    DESCRIBE_ONLY = "describe-only"
    KEEP_ONE_OF = "keep-one-of"
    TREAT_AS_MISSING = "treat-as-missing"
    DROP_DUPLICATES = "drop-duplicates"
    ONE_ROW_PER_ID = "one-row-per-id"
    LEAVE_OUT_ROWS = "leave-out-rows"
    CHOOSE_ID = "choose-id"
    SWAP_COORDINATES = "swap-coordinates"
    CHOOSE_DATE_ORDER = "choose-date-order"


@dataclass(frozen=True, slots=True)
class Repair:
    """The proposal of a decision.

    Attributes
    ----------
    action : Action
    columns : tuple of str
        The columns it is about; none where it is about rows. ``swap-coordinates``: the column
        taken for the latitude, then the one taken for the longitude.
    values : tuple of str
        What the action needs: ``treat-as-missing`` the cells as they are written in the file,
        ``keep-one-of`` the column to keep, ``choose-date-order`` the orders that fit
        (``day-first``, ``month-first``), the suggested one first.
    share : float or None
        ``leave-out-rows`` without columns: rows that lack more than this share of the basis
        variables. With columns, the rows meant are those with one answer in all of them.
    """

    action: Action
    columns: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    share: float | None = None

    @property
    def choices(self) -> Mapping[str, VariableChoice]:
        """The changed roles, for ``Branch.with_choice``; empty where roles do not express it."""
        if self.action is Action.EXCLUDE_COLUMN:
            return dict.fromkeys(self.columns, VariableChoice(role=Role.IGNORE))
        if self.action in (Action.DESCRIBE_ONLY, Action.KEEP_ONE_OF):
            others = [name for name in self.columns if name not in self.values]
            return dict.fromkeys(others, VariableChoice(role=Role.DESCRIPTOR))
        return {}

    @property
    def id_name(self) -> str | None:
        """The column for ``Study.id_name``; None where the repair chooses no id."""
        return self.columns[0] if self.action is Action.CHOOSE_ID else None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in a table that matters to a segmentation.

    Attributes
    ----------
    code : str
        Stable kebab-case identifier; ``wording`` says it.
    columns : tuple of str
        Columns concerned, the most concerned first; none where it is about rows.
    severity : Severity
    n : int
        Rows, or cells where ``columns`` are named.
    share : float
        Of the rows (of one column where ``columns`` are named, the largest of several), in [0, 1].
    values : tuple of (str, Value)
        Further numbers of the sentence.
    limit : str
        Code of the limit it exceeds (see ``limits``), blank where any occurrence counts.
    repair : Repair or None
        None where nothing can be decided with one click.
    """

    code: str
    columns: tuple[str, ...]
    severity: Severity
    n: int
    share: float
    values: tuple[tuple[str, Value], ...] = ()
    limit: str = ""
    repair: Repair | None = None

    def get(self, name: str) -> Value:
        """Return one value of the finding; raises ``KeyError`` if it has none of that name."""
        return dict(self.values)[name]


def named(**values: Value) -> tuple[tuple[str, Value], ...]:
    """Return named values in the form that a finding holds.

    Examples
    --------
    >>> named(low=1, high=5)
    (('high', 5), ('low', 1))
    """
    return tuple(sorted(values.items()))


@dataclass(frozen=True, slots=True)
class SampleSize:
    """How many customers the number of basis variables asks for.

    Attributes
    ----------
    n_customers, n_basis : int
        What there is.
    wanted, least : int
        100 and 70 customers a basis variable (see ``limits``).
    binary_rule : int
        Formann's rule for yes/no items, 5 · 2^m, for comparison.
    """

    n_customers: int
    n_basis: int
    wanted: int
    least: int
    binary_rule: int


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found in a table.

    Attributes
    ----------
    n_rows : int
        Rows of the file.
    n_rejected : int
        Lines set aside while reading.
    n_customers : int
        Rows of the population; the findings are about them.
    n_failed : int
        Cells with text that could not be read as their column's type, in the whole file.
    share_missing : float
        Of the population's cells, in [0, 1].
    sample_size : SampleSize
    findings : tuple of Finding
        Ranked by effect on a segmentation, the most harmful first.
    """

    n_rows: int
    n_rejected: int
    n_customers: int
    n_failed: int
    share_missing: float
    sample_size: SampleSize
    findings: tuple[Finding, ...]
