"""One customer of a map: what is known of who was clicked on.

Enters: a customer table, its variables and a row. Leaves: what the page may say of that customer.
Refuses personal data, contacts, free text and coordinates, and every id that tells who somebody is:
then the row of the file stands in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segmentation.engine.duck import quoted
from segmentation.geography.places import REGION_DETAILS
from segmentation.intake import CustomerTable
from segmentation.variables import Role, Scale, Variable

_SAID = (Role.BASIS, Role.DESCRIPTOR, Role.OUTCOME, Role.CONSENT)
# A postcode beside everything else comes close to telling who it is.
_AREAS = tuple(detail for detail in REGION_DETAILS if detail != "postcode")


@dataclass(frozen=True, slots=True)
class OneCustomer:
    """What is said of one customer.

    Attributes
    ----------
    row : int
        Of the file, from 1.
    id : str or None
        Where a column names the customers without telling who they are.
    values : tuple of (Variable, value)
        In the order of the file; None where a value is missing.
    """

    row: int
    id: str | None
    values: tuple[tuple[Variable, object], ...]


def one_customer(
    table: CustomerTable, variables: Sequence[Variable], row: int, id_name: str | None = None
) -> OneCustomer:
    """Return what may be said of one customer.

    Parameters
    ----------
    table : CustomerTable
    variables : sequence of Variable
    row : int
        Of the file, from 0.
    id_name : str, optional
        The column that names the customers and may be shown, as
        :func:`segmentation.export.shown_id` tells.

    Returns
    -------
    OneCustomer
        Its values are those of variables that form or describe segments, results, consents and
        regions: none that is personal, free text or a coordinate.
    """
    told = [v for v in variables if _may_be_told(v)]
    cells = [f"c.{quoted(v.key)} AS v{i}" for i, v in enumerate(told)]
    if id_name is not None:
        cells.append(f"r.{quoted(f'r{table.raw.names.index(id_name)}')} AS id")
    parts = [
        f"SELECT {', '.join(cells) or '1'}",
        f"FROM {quoted(table.name)} c",
        f"JOIN {quoted(table.raw.table)} r ON r.__row = c.__row",
        f"WHERE c.__row = {int(row)}",
    ]
    found = table.session.rows(" ".join(parts))[0]
    values = tuple((variable, found[f"v{i}"]) for i, variable in enumerate(told))
    return OneCustomer(row + 1, found.get("id"), values)


def _may_be_told(variable: Variable) -> bool:
    if variable.private or variable.scale is Scale.TEXT:
        return False
    if variable.role is Role.LOCATION:
        return variable.detail in _AREAS
    return variable.role in _SAID
