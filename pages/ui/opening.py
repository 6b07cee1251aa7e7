"""The doors to a visit's files: open one, read it otherwise, sum orders up, join others.

Enters: a visit and files in its folder. Leaves: the visit with customers and a study. A step that
is refused leaves the customers as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pages.ui.readings import Reading
from pages.ui.visits import Visit
from segmentation import workflow
from segmentation.errors import FilesOfOneName
from segmentation.intake import CustomerTable, RawTable, ReadOptions, open_customers
from segmentation.intake.codebook import Codebook
from segmentation.intake.codebook_opening import open_codebook
from segmentation.intake.codebook_use import refuse_codebook_of_another_table
from segmentation.study import Study
from segmentation.transactions import (
    Arrangement,
    Composed,
    Composition,
    LinesKnown,
    OrderColumns,
    Upload,
    compose,
    detect,
    open_several,
    read_uploads,
    with_catalogues,
)

_BESIDE = "looked_at"


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of a file that may be joined: its columns, and whether it holds orders."""

    names: tuple[str, ...]
    fingerprint: str
    orders: OrderColumns | None


def start_reading(visit: Visit, uploads: Sequence[Upload]) -> Reading:
    """Begin to read files into the visit, in the background."""
    visit.stop_reading()
    name = ", ".join(upload.name for upload in uploads)
    visit.reading = Reading(visit.engine, lambda: open_uploads(visit, uploads), name)
    return visit.reading


def start_looking(visit: Visit, key: Hashable, look: Callable[[], object], name: str) -> Reading:
    """Begin to look at files that may be joined, in the background; the visit remembers it."""
    visit.stop_reading()
    visit.reading = Reading(visit.engine, lambda: visit.memo.put(key, look()), name)
    visit.reading.key = key
    return visit.reading


def start_again(visit: Visit, work: Callable[[], None], *, is_choice: bool) -> Reading:
    """Begin to put the open files together in another way, in the background.

    Parameters
    ----------
    visit : Visit
    work : callable
        Such as :func:`read_again`, :func:`put_together` or :func:`sum_again`.
    is_choice : bool
        As of :class:`Reading`.
    """
    visit.stop_reading()
    name = visit.main.name if visit.main else ""
    visit.reading = Reading(visit.engine, work, name, in_place=True, is_choice=is_choice)
    return visit.reading


def open_path(
    visit: Visit,
    path: Path,
    name: str,
    prepared: Callable[[Study], Study] = lambda study: study,
) -> None:
    """Read one file into the visit; as :func:`open_uploads`."""
    open_uploads(visit, (Upload(path, name),), prepared)


def open_uploads(
    visit: Visit,
    uploads: Sequence[Upload],
    prepared: Callable[[Study], Study] = lambda study: study,
) -> None:
    """Read files into the visit and begin a study; a former study of the same content goes on.

    Files with the same columns are one table, the customers'; those of other tables wait to be
    joined. The customers are typed before they take the place of the former ones, so that whoever
    cancels keeps those, whenever that is.

    Parameters
    ----------
    visit : Visit
    uploads : sequence of Upload
        In the visit's folder; deleted where they do not become the visit's.
    prepared : callable
        What is decided about the study from the start.
    """
    with visit.opening:
        former = [upload for upload in (visit.main, *visit.uploads.values()) if upload]
        given = tuple(uploads)
        try:
            given = with_catalogues(uploads)
            made, found = _opened(
                visit,
                given,
                lambda raw: workflow.customers_of(raw, prepared(_begun(visit, raw))),
            )
            others = {u.name: u for u in given if u.path != found.main.path}
            study = replace(prepared(_begun(visit, made.raw)), composition=found.plan)
            before = visit.study
            _keep(visit, found.main, others, made, study)
            visit.leave_kept(before)
            visit.arrived = found.waiting
        finally:
            kept = {u.path for u in (visit.main, *visit.uploads.values()) if u}
            for upload in (*former, *uploads, *given):
                if upload.path not in kept:
                    upload.path.unlink(missing_ok=True)


def _opened(
    visit: Visit, uploads: Sequence[Upload], accept: Callable[[RawTable], CustomerTable]
) -> tuple[Composed, Arrangement]:
    if len(uploads) > 1:
        return open_several(visit.engine, uploads, accept)
    (main,) = uploads
    made = compose(visit.engine, main, Composition(), {}, accept=accept)
    return made, Arrangement(main, Composition())


def _begun(visit: Visit, raw: RawTable) -> Study:
    """Return the study that begins with a file: the former one goes on where the file is its."""
    former, study = visit.study, Study.of(raw)
    if former and former.source.fingerprint == study.source.fingerprint:
        return replace(former.moved_to(raw), composition=Composition())
    return study


def table_key(study: Study) -> Hashable:
    """Return what the typed customers depend on."""
    decided = (frozen(study.columns), frozen(study.codebook))
    places = study.places, study.nearby
    return (study.source, decided, study.id_name, study.conditions, places)


def frozen(mapping: Mapping[str, object]) -> Hashable:
    """Return a mapping as a key."""
    return tuple(sorted(mapping.items(), key=lambda item: item[0]))


def read_again(visit: Visit, options: ReadOptions, plan: Composition) -> None:
    """Read the same files with other options; the decisions go with them."""
    with visit.opening:
        if visit.main and visit.study:
            _replay(visit, replace(visit.main, options=options), plan, visit.uploads, visit.study)


def put_together(visit: Visit, plan: Composition, *added: Upload) -> None:
    """Put the customers together in another way, perhaps with another file.

    Raises
    ------
    FilesOfOneName
        When a file that is added has the name of a part of a table.
    TableError
        What reading, summing up and joining refuse; the customers stay as they were.
    """
    with visit.opening:
        parts = {part.name for part in plan.all_parts()}
        for upload in added:
            if upload.name in parts:
                raise FilesOfOneName(name=upload.name)
        if visit.main:
            uploads = {**visit.uploads, **{upload.name: upload for upload in added}}
            _replay(visit, visit.main, plan, uploads, visit.study)


def take_up(visit: Visit, loaded: Study) -> None:
    """Put the customers together as a loaded study says.

    Raises
    ------
    StudyOfAnotherFile
        When they are not those that the study was made from; the customers stay as they were.
    TableError
        As :func:`put_together`.
    """
    with visit.opening:
        if visit.main:
            main = replace(visit.main, options=loaded.source.options)
            accept = loaded.refuse_other_file
            known = LinesKnown(loaded.columns, loaded.codebook)
            made = compose(visit.engine, main, loaded.composition, visit.uploads, known, accept)
            _keep(visit, main, visit.uploads, made, loaded)


def look_at(visit: Visit, uploads: Sequence[Upload]) -> Beside:
    """Tell what a table holds that may be joined, a file or several under each other."""
    with visit.opening:
        before = visit.engine.tables()
        try:
            raw = read_uploads(visit.engine, uploads, _BESIDE)
            return Beside(raw.names, raw.fingerprint, detect(open_customers(raw)))
        finally:
            visit.engine.drop(visit.engine.tables() - before)


def codebook_of(visit: Visit, upload: Upload) -> Codebook:
    """Read a codebook of the visit's customers; what of it is not understood stays to be told.

    A workbook with several sheets stays, for another sheet; any other file is deleted.

    Raises
    ------
    EmptyCodebook, NotACodebook, CodebookOfAnotherTable
        When the file is none; a former codebook stays.
    """
    with visit.opening:
        former = visit.codebook_file
        try:
            names = (*visit.raw.names, *visit.raw.lines) if visit.raw else ()
            read = open_codebook(visit.engine, upload.path, upload.name, names, upload.options)
            if visit.raw is not None:
                refuse_codebook_of_another_table(read.codebook, visit.raw, upload.name)
            visit.codebook = read
            visit.codebook_file = upload if len(read.sheets) > 1 else None
        finally:
            for each in (former, upload):
                if each and not (visit.codebook_file and each.path == visit.codebook_file.path):
                    each.path.unlink(missing_ok=True)
        return read.codebook


def sum_again(visit: Visit, described: Study) -> None:
    """Sum orders up by the codebook of a study, which says what their codes mean."""
    with visit.opening:
        if visit.main:
            _replay(visit, visit.main, described.composition, visit.uploads, described)


def _replay(
    visit: Visit,
    main: Upload,
    plan: Composition,
    uploads: dict[str, Upload],
    former: Study | None,
) -> None:
    """Put the customers together and type them, so that whoever cancels keeps the former ones."""

    def begun(raw: RawTable) -> Study:
        study = former.moved_to(raw, main.options) if former else Study.of(raw, main.options)
        return replace(study, composition=plan.confirmed(raw.source))

    def accept(raw: RawTable) -> CustomerTable:
        return workflow.customers_of(raw, begun(raw))

    known = LinesKnown(former.columns, former.codebook) if former else LinesKnown()
    made = compose(visit.engine, main, plan, uploads, known, accept)
    _keep(visit, main, uploads, made, begun(made.raw))


def _keep(
    visit: Visit, main: Upload, uploads: dict[str, Upload], made: Composed, study: Study
) -> None:
    visit.open(made.raw, study)
    visit.main, visit.uploads, visit.composed = main, uploads, made
    if made.typed is not None:
        visit.memo.put(("customers", table_key(study)), made.typed)
