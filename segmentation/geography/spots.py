"""Places of interest read from a file: which of its columns say where they are, and where.

Enters: a file, read like any other. Leaves: ``PlacesFile``, and a table of the engine with the
places of a plan. Refuses a file without coordinates, and leaves out places that cannot be there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from segmentation.engine import DuckSession
from segmentation.errors import NoPlaces, PlacesFileMissing, PlacesWithoutCoordinates, UnknownColumn
from segmentation.geography.nearby import NearbyPlan, Spot, SpotColumns
from segmentation.intake import Column, CustomerTable, Kind, open_customers
from segmentation.intake.words import words as words_of
from segmentation.transactions import Upload, read_uploads
from segmentation.variables import lexicon

_INTO = "places_file"


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Places of interest.

    Attributes
    ----------
    names : tuple of str
    latitude, longitude : ndarray of shape (n_spots,)
        Degrees.
    n_left_out : int
        Rows of the file without coordinates that can be right.
    """

    names: tuple[str, ...]
    latitude: npt.NDArray[np.float64]
    longitude: npt.NDArray[np.float64]
    n_left_out: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class PlacesFile:
    """A file of places.

    Attributes
    ----------
    name : str
        The file, as the user knows it.
    fingerprint : str
        Of its content.
    numbers, texts : tuple of str
        Its columns that may be coordinates, and those that may name the places.
    columns : SpotColumns
        Those that were taken.
    spots : Spots
    """

    name: str
    fingerprint: str
    numbers: tuple[str, ...]
    texts: tuple[str, ...]
    columns: SpotColumns
    spots: Spots


def open_places(
    session: DuckSession, upload: Upload, columns: SpotColumns | None = None
) -> PlacesFile:
    """Read a file of places; the session is afterwards as it was.

    Parameters
    ----------
    session : DuckSession
    upload : Upload
        In the session's folder.
    columns : SpotColumns, optional
        Found out by the names of the columns when absent.

    Returns
    -------
    PlacesFile

    Raises
    ------
    PlacesWithoutCoordinates
        When no columns of latitude and longitude are found.
    UnknownColumn
        When ``columns`` names one that is not in the file.
    NoPlaces
        When no row has coordinates that can be right.
    TableError
        What reading any file refuses.
    """
    before = session.tables()
    try:
        table = open_customers(read_uploads(session, (upload,), _INTO))
        taken = columns or _suggested(table)
        own = [c for c in table.columns if c.of is None]
        numbers = tuple(c.name for c in own if c.kind is Kind.NUMBER)
        texts = tuple(c.name for c in own if c.kind is Kind.TEXT)
        if taken is None:
            raise PlacesWithoutCoordinates(name=upload.name, columns=numbers or ("–",), texts=texts)
        return PlacesFile(
            name=upload.name,
            fingerprint=table.raw.fingerprint,
            numbers=numbers,
            texts=texts,
            columns=taken,
            spots=_spots(table, taken, upload.name),
        )
    finally:
        session.drop(session.tables() - before)


def put_spots(session: DuckSession, plan: NearbyPlan, spots: Spots | None = None) -> None:
    """Store the places of a plan in the engine, where its distances are measured to them.

    Parameters
    ----------
    session : DuckSession
    plan : NearbyPlan
    spots : Spots, optional
        Those of its file; absent where the plan itself says where its places are.

    Raises
    ------
    PlacesFileMissing
        When the plan's places are in a file, and ``spots`` are absent.
    """
    if spots is None:
        if not plan.points:
            raise PlacesFileMissing(name=plan.file, label=plan.label)
        spots = Spots(
            tuple(point.name for point in plan.points),
            np.array([point.latitude for point in plan.points]),
            np.array([point.longitude for point in plan.points]),
        )
    rows = {"name": pa.array(spots.names, pa.string()), "lat": spots.latitude}
    session.put(plan.spots_table, pa.table({**rows, "lon": spots.longitude}))


def spots_of(session: DuckSession, plan: NearbyPlan) -> Spots:
    """Return the places of a plan from the engine.

    Raises
    ------
    PlacesFileMissing
        When its file has not been read in this session.
    """
    if not session.has(plan.spots_table):
        put_spots(session, plan)
    cells = session.arrow(session.table(plan.spots_table))
    return Spots(tuple(cells["name"].to_pylist()), cells["lat"].to_numpy(), cells["lon"].to_numpy())


def busiest_first(table: CustomerTable, nearest: Column, spots: Spots) -> tuple[Spot, ...]:
    """Return places, those first that are the nearest one of most customers.

    Parameters
    ----------
    table : CustomerTable
        Its population is counted.
    nearest : Column
        Which place is the nearest, as the distances were measured.
    spots : Spots

    Returns
    -------
    tuple of Spot
        Of equally frequent ones in the order of their file.
    """
    rows = table.population().rename(place=nearest.key)
    counted = table.session.arrow(rows.group_by("place").aggregate(n=rows.count()))
    n_of = {row["place"]: row["n"] for row in counted.to_pylist()}
    listed = [
        Spot(name, float(lat), float(lon))
        for name, lat, lon in zip(spots.names, spots.latitude, spots.longitude, strict=True)
    ]
    return tuple(sorted(listed, key=lambda spot: -n_of.get(spot.name, 0)))


def _suggested(table: CustomerTable) -> SpotColumns | None:
    """Find coordinates by their names, and the text that is said to be, or is most like, a name."""
    where: dict[str, str] = {}
    # By name alone: one place that cannot be right does not make another column of it.
    for column in table.columns:
        match = lexicon.first_match(column.name, lexicon.PLACE)
        if match and column.kind is Kind.NUMBER:
            where.setdefault(match[0], column.name)
    if "latitude" not in where or "longitude" not in where:
        return None
    texts = [c for c in table.columns if c.of is None and c.kind is Kind.TEXT]
    named = [c for c in texts if words_of(c.name) & {"name", "title", "名称", "店名"}]
    best = max(named or texts, key=lambda c: c.n_distinct, default=None)
    return SpotColumns(where["latitude"], where["longitude"], best.name if best else None)


def _spots(table: CustomerTable, columns: SpotColumns, file: str) -> Spots:
    rows = table.everyone()
    lat_key, lon_key = (_number(table, n) for n in (columns.latitude, columns.longitude))
    lat, lon = rows[lat_key].cast("float64"), rows[lon_key].cast("float64")
    # A place that is not named is called by its row.
    name = (rows["__row"] + 1).cast("string")
    if columns.name:
        name = rows[table.column(columns.name).key].cast("string").strip().nullif("").coalesce(name)
    right = (lat.abs() <= 90) & (lon.abs() <= 180) & ~((lat == 0) & (lon == 0))
    found = rows.select("__row", name=name, lat=lat, lon=lon, right=right.fill_null(False))
    kept = found.filter(found["right"]).order_by("__row").select("name", "lat", "lon")
    cells = table.session.arrow(kept)
    if not cells.num_rows:
        raise NoPlaces(name=file)
    names = tuple(cells["name"].to_pylist())
    lats, lons = cells["lat"].to_numpy(), cells["lon"].to_numpy()
    return Spots(names, lats, lons, table.raw.n_rows - cells.num_rows)


def _number(table: CustomerTable, name: str) -> str:
    """Return the engine column of a coordinate."""
    column = table.column(name)
    if column.kind is not Kind.NUMBER:
        numbers = [c.name for c in table.columns if c.kind is Kind.NUMBER]
        raise UnknownColumn.from_names(name, numbers)
    return column.key
