"""``--places``: files of stores, depots or resorts that distances are measured to.

Enters: a session, the customers' file, a study and paths. Leaves: the study with its places, which
are then in the engine. Refuses to guess where a file of places is that a study names.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from segmentation import workflow
from segmentation.engine import DuckSession
from segmentation.errors import NoCoordinates, PlacesFileMissing
from segmentation.geography import places_of
from segmentation.geography.nearby import NearbyPlan, SpotColumns, tidy_label, with_plan
from segmentation.geography.spots import PlacesFile, open_places, put_spots
from segmentation.intake import RawTable
from segmentation.notes import Note
from segmentation.study import Study
from segmentation.transactions import Upload


@dataclass(frozen=True, slots=True)
class PlaceFiles:
    """What ``--places`` and ``--places-columns`` named, in order."""

    paths: Sequence[Path]
    columns: Sequence[SpotColumns] = ()

    def columns_of(self, path: Path) -> SpotColumns | None:
        """Return the columns that were named for a file, None where its own names tell."""
        place = list(self.paths).index(path)
        return self.columns[place] if place < len(self.columns) else None


def with_places(
    raw: RawTable, study: Study, files: PlaceFiles, tell: Callable[[Note], None]
) -> Study:
    """Return the study with places read: its own again, and those of further files.

    Parameters
    ----------
    raw : RawTable
        The customers.
    study : Study
    files : PlaceFiles
        What ``--places`` named.
    tell : callable
        Called with each note on the files.

    Returns
    -------
    Study
        A further file measures from the coordinates that the study's variables say.

    Raises
    ------
    PlacesFileMissing
        When a file of the study is not among ``files``.
    NoCoordinates
        When the customers have none.
    UnknownColumn, PlacesWithoutCoordinates, NoPlaces, TableError
        What :func:`segmentation.geography.spots.open_places` refuses.
    """
    paths = {path.name: path for path in files.paths}
    plans = [_again(raw.session, plan, paths, tell) for plan in study.nearby]
    study = replace(study, nearby=tuple(plans))
    known = {plan.file for plan in plans}
    further = [path for path in files.paths if path.name not in known]
    if further:
        own = _coordinates(raw, study)
        for path in further:
            named = NearbyPlan("", own, columns=files.columns_of(path))
            read = _read(raw.session, path, named, tell)
            plan = NearbyPlan(tidy_label(path.stem), own, read.name, read.fingerprint, read.columns)
            put_spots(raw.session, plan, read.spots)
            study = replace(study, nearby=with_plan(study.nearby, plan))
    return study


def _again(
    session: DuckSession, plan: NearbyPlan, paths: dict[str, Path], tell: Callable[[Note], None]
) -> NearbyPlan:
    """Read the places of a study once more; a file with other content is told of."""
    if not plan.file:
        return plan
    if plan.file not in paths:
        raise PlacesFileMissing(name=plan.file, label=plan.label)
    read = _read(session, paths[plan.file], plan, tell)
    if plan.fingerprint and plan.fingerprint != read.fingerprint:
        tell(Note.of("places-file-changed", name=plan.file))
    plan = replace(plan, fingerprint=read.fingerprint)
    put_spots(session, plan, read.spots)
    return plan


def _read(
    session: DuckSession, path: Path, plan: NearbyPlan, tell: Callable[[Note], None]
) -> PlacesFile:
    copy = session.folder / "places"
    shutil.copyfile(path, copy)
    try:
        read = open_places(session, Upload(copy, path.name, plan.reading), plan.columns)
    finally:
        copy.unlink()
    if read.spots.n_left_out:
        tell(Note.of("spots-left-out", name=path.name, n=read.spots.n_left_out))
    return read


def _coordinates(raw: RawTable, study: Study) -> tuple[str, str]:
    table = workflow.customers_of(raw, study)
    places = places_of(workflow.variables_of(table, study))
    if places.latitude is None or places.longitude is None:
        raise NoCoordinates
    return places.latitude.name, places.longitude.name
