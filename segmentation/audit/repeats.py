"""What is there twice: rows that repeat another one, and customers with several rows.

Enters: a look at the table. Leaves: findings. Refuses to decide that two equal rows are one
customer: without an id they may be two who answered alike, and the finding says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from segmentation.audit.findings import Action, Finding, Repair, Severity, named
from segmentation.audit.limits import limit
from segmentation.audit.look import Look
from segmentation.intake.table import ROW
from segmentation.variables import Role, Variable
from segmentation.variables.lexicon import spoken_for

CUSTOMER_WORDS = (
    "customer client member account user respondent person household buyer subscriber guest "
    "会员 客户 用户 顾客 买家 账户 受访者"
)

# From this share of different values on, two customers are told apart by a column.
_MANY = 0.5
# Items of a survey hang together, so equal answers are more frequent than by chance alone.
_MORE_THAN_CHANCE, _FAR_MORE_THAN_CHANCE = 2, 10


def duplicate_rows(look: Look) -> Iterator[Finding]:
    """Yield rows that repeat another one in every cell."""
    n = _repeated_rows(look)
    if not n:
        return
    certain = any(_tells_apart(look, v) for v in look.variables)
    expected = 0.0 if certain else _by_chance(look)
    if n <= _MORE_THAN_CHANCE * expected:
        return
    share = n / look.n
    severity, exceeded = _severity(share, blocks=n > _FAR_MORE_THAN_CHANCE * expected)
    if not certain and severity is not Severity.BLOCKS:
        severity, exceeded = Severity.INFORMS, ""
    code = "duplicate-rows" if certain else "duplicate-rows-without-id"
    yield Finding(code, (), severity, n, share, (), exceeded, Repair(Action.DROP_DUPLICATES))


def _by_chance(look: Look) -> float:
    """Return how many rows would repeat another one if all columns were independent.

    Two customers are equal with the product, over the columns, of the sum of squared shares.
    """
    equal = 1.0
    for variable in look.variables:
        if look.has_sample(variable):
            equal *= float((look.frequencies(variable) ** 2).sum())
        else:
            equal /= max(1, variable.column.n_distinct)
    return min(float(look.n), look.n**2 * equal / 2)


def _severity(share: float, *, blocks: bool) -> tuple[Severity, str]:
    """Grade a share of repeated rows; return the limit that it exceeds as well."""
    if blocks and share >= limit("duplicates-block"):
        return Severity.BLOCKS, "duplicates-block"
    if share >= limit("duplicates"):
        return Severity.DISTORTS, "duplicates"
    return Severity.WEAKENS, ""


def _tells_apart(look: Look, variable: Variable) -> bool:
    """Tell whether two customers can hardly have the same value by chance."""
    return variable.role is Role.ID or variable.column.n_distinct >= _MANY * look.n


def _repeated_rows(look: Look) -> int:
    raw = look.table.raw
    if not look.table.conditions or not raw.n_duplicates:
        return raw.n_duplicates
    digests = look.table.session.table(raw.table).select(ROW, "__digest")
    kept = look.rows.select(ROW).join(digests, ROW)
    counted = kept.aggregate(n=kept.count() - kept["__digest"].nunique())
    return int(look.table.session.arrow(counted)["n"][0].as_py())


def duplicate_ids(look: Look) -> Iterator[Finding]:
    """Yield the id of customers whose values repeat: a row is then not a customer."""
    ids = [v for v in look.variables if v.role is Role.ID and look.known(v)]
    repeated = {v.name: _repeats(look, v) for v in ids}
    unique = [v.name for v in ids if not repeated[v.name] and not look.missing[v.name]]
    suspect = _suspect(look, ids, repeated, has_unique=bool(unique))
    if suspect is None:
        return
    n = repeated[suspect.name]
    share = n / look.n
    names_customers = spoken_for(suspect.name, CUSTOMER_WORDS) is not None
    certain = suspect.name == look.table.id_name or names_customers
    severity, exceeded = _severity(share, blocks=certain)
    repair = Repair(Action.ONE_ROW_PER_ID, (suspect.name,))
    if unique and not names_customers:  # another column was mistaken for the id
        repair = Repair(Action.CHOOSE_ID, (unique[0],))
    values = named(n_ids=look.known(suspect) - n, n_missing=look.missing[suspect.name])
    yield Finding("duplicate-ids", (suspect.name,), severity, n, share, values, exceeded, repair)


def _repeats(look: Look, variable: Variable) -> int:
    """Return how many rows carry an id that an earlier row has."""
    cell = look.rows[variable.key]
    counted = look.rows.aggregate(known=cell.count(), different=cell.nunique())
    found = look.table.session.arrow(counted)
    return int(found["known"][0].as_py()) - int(found["different"][0].as_py())


def _suspect(
    look: Look, ids: list[Variable], repeated: dict[str, int], *, has_unique: bool
) -> Variable | None:
    """Return the id that should name each customer once and does not.

    The chosen one, else one that is named after customers, else, where no id names each row, the
    one with the most values.
    """
    with_repeats = [v for v in ids if repeated[v.name]]
    if look.table.id_name is not None:
        return next((v for v in with_repeats if v.name == look.table.id_name), None)
    by_name = [v for v in with_repeats if spoken_for(v.name, CUSTOMER_WORDS)]
    if by_name or has_unique:
        return by_name[0] if by_name else None
    return max(with_repeats, key=lambda v: v.column.n_distinct, default=None)
