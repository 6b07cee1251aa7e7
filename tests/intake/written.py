"""Numbers and dates written as people write them, and read by the engine."""

from decimal import Decimal

from segmentation.engine import DuckSession
from segmentation.engine.duck import literal
from segmentation.intake.cells import Reading, value_sql
from segmentation.intake.kinds import Style

GROUPS = {Style.POINT: ("", ",", " ", "'", "\u202f"), Style.COMMA: ("", ".", " ", "\u00a0", "’")}
MARKS = {Style.POINT: ".", Style.COMMA: ","}


def number(x: float, style: Style, group: str = "", around: str = "{}") -> str:
    """Write a number with a group separator; ``around`` is what stands around its digits."""
    whole, _, part = f"{Decimal(repr(abs(x))):f}".partition(".")
    first = len(whole) % 3 or 3
    parts = [whole[:first], *(whole[i : i + 3] for i in range(first, len(whole), 3))]
    digits = group.join(parts) if len(whole) > 3 else whole
    digits += MARKS[style] + part if part else ""
    return ("-" if x < 0 else "") + around.format(digits)


def read_back(session: DuckSession, text: str, reading: Reading) -> object:
    """The typed value of a text."""
    value = value_sql(reading, "r0")
    sql = f"SELECT {value} AS value FROM (SELECT {literal(text)} AS r0)"  # noqa: S608 - quoted
    return session.rows(sql)[0]["value"]
