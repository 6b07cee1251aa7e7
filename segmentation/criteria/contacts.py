"""Contacts: which customers have an e-mail address or a telephone number that could exist?

Enters: a customer table and its variables. Leaves: an engine table of yes and no by row, made once
a table. Refuses to bring all addresses into memory: different values stream through in batches.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from segmentation.criteria.identifiers import (
    likely_region,
    region_of,
    valid_email,
    valid_phone,
)
from segmentation.intake import CustomerTable, Kind
from segmentation.intake.table import ROW
from segmentation.variables import Role, Variable

# Fewer numbers than this are no ground to take a country for granted.
FEWEST_FOR_REGION, ASKED_FOR_REGION = 10, 300
# Local parts that every mail system writes so; what they need besides is a valid domain.
_PLAIN = r"^[A-Za-z0-9_!#$%&'*+/=?^`{|}~-]+(\.[A-Za-z0-9_!#$%&'*+/=?^`{|}~-]+)*@[A-Za-z0-9.-]+$"
_LONGEST, _LONGEST_LOCAL = 254, 64
_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Contacts:
    """Which rows have valid identifiers.

    Attributes
    ----------
    flags : str
        Engine table with ``__row`` and the yes/no columns ``email`` and ``sms``; blank where the
        file has neither.
    region : str
        Country that numbers without a country code were read as; blank for none.
    assumed : float
        Share of a sample of those numbers that is valid there, where the country was taken for
        that; 0 where it was chosen or nothing was assumed.
    by_country : str
        The column that says each customer's country; blank where there is none.
    """

    flags: str = ""
    region: str = ""
    assumed: float = 0.0
    by_country: str = ""


def contacts_of(table: CustomerTable, variables: Sequence[Variable], region: str = "") -> Contacts:
    """Check every e-mail address and telephone number of a table once.

    Parameters
    ----------
    table : CustomerTable
    variables : sequence of Variable
        Those with the role ``CONTACT`` and the details ``email`` and ``sms``; a country by row
        where there is one.
    region : str
        ISO code of the country of numbers without a country code, as the user chose; blank to
        take the one in which most of a sample are valid.

    Returns
    -------
    Contacts
    """
    contacts = {v.detail: v for v in variables if v.role is Role.CONTACT}
    email, phone = contacts.get("email"), contacts.get("sms")
    if not (email or phone):
        return Contacts()
    country = next((v for v in variables if v.detail == "country"), None) if phone else None
    chosen, assumed = region, 0.0
    marks = [table.name, *(v.key if v else "" for v in (email, phone, country))]
    if phone and not chosen:
        chosen, assumed = _likely_once(table, _named("region", marks), phone, country)
    name = _named("contacts", [*marks, chosen])
    if not table.session.has(name):
        _make(table, name, (email, phone, country), chosen)
    return Contacts(name, chosen, assumed, country.name if country else "")


def _named(what: str, marks: Sequence[str]) -> str:
    return f"{what}_{hashlib.sha256('|'.join(marks).encode()).hexdigest()[:12]}"


def text_of(rows: ir.Table, variable: Variable) -> ir.StringValue:
    """Return a contact as text without blanks around it; a whole number without a point."""
    cell = rows[variable.key]
    if variable.column.kind is Kind.NUMBER:
        cell = cell.cast("int64")
    return cell.cast("string").strip()


def _make(
    table: CustomerTable,
    name: str,
    columns: tuple[Variable | None, Variable | None, Variable | None],
    region: str,
) -> None:
    """Write the flags of every row from the tables of valid values, and drop those again."""
    email, phone, country = columns
    session, rows = table.session, table.everyone()
    beside = [f"{name}_domains", f"{name}_odd", f"{name}_numbers"]
    email_ok = phone_ok = ibis.literal(False)
    if email:
        text = text_of(rows, email)
        plain = text.re_search(_PLAIN) & (text.length() <= _LONGEST)
        plain &= text.find("@") <= _LONGEST_LOCAL
        domain = text.re_replace(r"^.*@", "").lower()
        domains = rows.filter(plain).select(value=domain)
        odd = rows.filter(text.contains("@") & ~plain).select(value=text)
        _keep(table, beside[0], domains, lambda value: valid_email(f"a@{value}"))
        _keep(table, beside[1], odd, valid_email)
        email_ok = plain & domain.isin(session.table(beside[0]).value)
        email_ok |= text.isin(session.table(beside[1]).value)
    if phone:
        pair = _with_country(rows, phone, country)
        regions = _regions(table, country)
        _keep(table, beside[2], rows.select(value=pair), _by_country(regions, region))
        phone_ok = pair.isin(session.table(beside[2]).value)
    flags = rows.select(ROW, email=email_ok.fill_null(False), sms=phone_ok.fill_null(False))
    session.create(name, str(ibis.to_sql(flags, dialect="duckdb")))
    session.drop(beside)


def _keep(
    table: CustomerTable, name: str, values: ir.Table, is_valid: Callable[[str], bool]
) -> None:
    """Store those of the different values that are valid, batch by batch."""
    different = values.filter(values.value.notnull()).distinct()

    def parts() -> Iterator[pa.Table]:
        yield pa.table({"value": pa.array([], pa.string())})
        for batch in table.session.batches(different):
            kept = [value for value in batch["value"].to_pylist() if is_valid(value)]
            yield pa.table({"value": pa.array(kept, pa.string())})

    table.session.fill(name, "*", parts())


def _with_country(rows: ir.Table, phone: Variable, country: Variable | None) -> ir.StringValue:
    """A number and its customer's country, as one text; missing without a number."""
    text = text_of(rows, phone)
    if country is None:
        return text.nullif("") + _BETWEEN
    return text.nullif("") + _BETWEEN + rows[country.key].cast("string").fill_null("")


def _by_country(regions: Mapping[str, str], otherwise: str) -> Callable[[str], bool]:
    def is_valid(pair: str) -> bool:
        number, _, country = pair.partition(_BETWEEN)
        return valid_phone(number, regions.get(country) or otherwise)

    return is_valid


def _regions(table: CustomerTable, country: Variable | None) -> dict[str, str]:
    """ISO codes of the countries that are named in a column."""
    if country is None:
        return {}
    rows = table.everyone()
    found = table.session.arrow(rows.select(value=rows[country.key].cast("string")).distinct())
    return {name: region_of(name) for name in found["value"].to_pylist() if name}


def _likely_once(
    table: CustomerTable, name: str, phone: Variable, country: Variable | None
) -> tuple[str, float]:
    """Look at the numbers once a table: every count of whom one reaches asks for their country."""
    if not table.session.has(name):
        region, share = likely_country(table, phone, country)
        table.session.put(name, pa.table({"region": [region], "share": [share]}))
    kept = table.session.arrow(table.session.table(name)).to_pylist()[0]
    return str(kept["region"]), float(kept["share"])


def likely_country(
    table: CustomerTable, phone: Variable, country: Variable | None
) -> tuple[str, float]:
    """Return the country in which most numbers are valid that say no country, nor does their row.

    Parameters
    ----------
    table : CustomerTable
    phone, country : Variable
        The column of numbers, and of countries where there is one.

    Returns
    -------
    (str, float)
        ISO code, and the share of a sample that is valid there; blank and 0 where it is not clear.
    """
    rows = table.everyone()
    pair = _with_country(rows, phone, country)
    different = rows.select(value=pair).distinct()
    wanted = different.filter(
        different.value.notnull() & ~different.value.re_search(r"^(\+|＋|00)")
    )
    regions = _regions(table, country)
    unnamed = [name for name, region in regions.items() if not region]
    kept = reduce(
        lambda found, name: found | wanted.value.endswith(_BETWEEN + name),
        unnamed,
        wanted.value.endswith(_BETWEEN),
    )
    few = wanted.filter(kept).order_by("value").limit(ASKED_FOR_REGION)
    pairs = table.session.arrow(few)["value"].to_pylist()
    if len(pairs) < FEWEST_FOR_REGION:
        return "", 0.0
    return likely_region([each.partition(_BETWEEN)[0] for each in pairs])
