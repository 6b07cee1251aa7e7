"""Names to write on a map: the customers' own cities or regions, where their customers are.

Enters: a customer table and its places. Leaves: ``Landmark``, largest first. Refuses to name a
place by fewer than five customers. With no map tiles and no gazetteer, the data's own names are
what tells a reader where in town a point lies.
"""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.geography.located import DECIMALS, Located, placed_rows
from segmentation.geography.places import Places
from segmentation.geography.tally import HIDDEN_BELOW
from segmentation.intake import CustomerTable, Kind

LANDMARKS_UP_TO = 150
# A place's middle is measured on about this many customers at most.
MEASURED_ROWS = 200_000
# What readers find their way by, best first.
_BY = ("city", "region", "country")


@dataclass(frozen=True, slots=True)
class Landmark:
    """A named place.

    Attributes
    ----------
    name : str
        As in the data.
    latitude, longitude : float
        The middle (median) of its customers, degrees; rounded, since it may be a customer's own.
    n_customers : int
        Customers there; of those measured, where the table is large.
    """

    name: str
    latitude: float
    longitude: float
    n_customers: int


def landmarks(
    table: CustomerTable, places: Places, labels: str, located: Located
) -> tuple[Landmark, ...]:
    """Find the customers' cities, else regions, else countries, as names for a map.

    Parameters
    ----------
    table : CustomerTable
        Its population is looked at.
    places : Places
        With both coordinates; a column of cities, regions or countries.
    labels : str
        Engine table of the labels: ``__row``, ``segment``.
    located : Located
        How many customers are on the map.

    Returns
    -------
    tuple of Landmark
        Most customers first; empty where no column names a place.
    """
    named = {v.detail: v for v in reversed(places.regions) if v.column.kind is Kind.TEXT}
    variable = next((named[detail] for detail in _BY if detail in named), None)
    if variable is None:
        return ()
    rows = placed_rows(table, places, labels, keep=variable.key)
    step = located.n_placed // MEASURED_ROWS
    if step > 1:
        rows = rows.filter(rows["__key"] % step == 0)
    rows = rows.mutate(name=rows[variable.key].strip().nullif(""))
    rows = rows.filter(rows["name"].notnull())
    middles = rows.group_by("name").aggregate(
        n=rows.count(),
        lat=rows["lat"].median().round(DECIMALS),
        lon=rows["lon"].median().round(DECIMALS),
    )
    large = middles.filter(middles["n"] >= HIDDEN_BELOW)
    found = table.session.arrow(large.order_by(large["n"].desc(), "name").limit(LANDMARKS_UP_TO))
    return tuple(
        Landmark(row["name"], row["lat"], row["lon"], int(row["n"])) for row in found.to_pylist()
    )
