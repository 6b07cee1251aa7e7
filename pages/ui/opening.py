"""The doors to a visit's files: open one, read it otherwise, sum orders up, join others.

Enters: a visit and files in its folder. Leaves: the visit with customers and a study. A step that
is refused leaves the customers as they were.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pages.ui.visits import Visit
from segmentation.errors import SegmentationError
from segmentation.intake import ReadOptions, open_customers, read_file
from segmentation.study import Study
from segmentation.transactions import (
    Composition,
    OrderColumns,
    Upload,
    compose,
    detect,
)

_BESIDE = "looked_at"


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of a file that may be joined: its columns, and whether it holds orders."""

    names: tuple[str, ...]
    n_rows: int
    orders: OrderColumns | None


def open_path(visit: Visit, path: Path, name: str) -> None:
    """Read a file into the visit and begin its study; a former study of the same file goes on."""
    _put(visit, Upload(path, name), Composition(), {})


def read_again(visit: Visit, options: ReadOptions) -> None:
    """Read the same file with other options; the decisions go with it."""
    if visit.main and visit.study:
        main = replace(visit.main, options=options)
        _put(visit, main, visit.study.composition, visit.uploads, goes_on=True)


def put_together(visit: Visit, plan: Composition) -> None:
    """Put the customers together from the visit's files in another way.

    Raises
    ------
    TableError
        What reading, summing up and joining refuse; the customers stay as they were.
    """
    if visit.main is None or visit.study is None:
        return
    former = visit.study.composition
    try:
        _put(visit, visit.main, plan, visit.uploads, goes_on=True)
    except SegmentationError:
        _put(visit, visit.main, former, visit.uploads, goes_on=True)
        raise


def look_at(visit: Visit, upload: Upload) -> Beside:
    """Keep a file beside the customers' own and tell what it holds."""
    raw = read_file(visit.engine, upload.path, upload.name, upload.options, into=_BESIDE)
    table = open_customers(raw)
    found = Beside(raw.names, raw.n_rows, detect(table))
    visit.engine.execute(f'DROP TABLE "{_BESIDE}"; DROP TABLE "{table.name}"')
    visit.uploads[upload.name] = upload
    return found


def _put(
    visit: Visit,
    main: Upload,
    plan: Composition,
    uploads: dict[str, Upload],
    *,
    goes_on: bool = False,
) -> None:
    made = compose(visit.engine, main, plan, uploads)
    former, raw = visit.study, made.raw
    same = former is not None and former.source.fingerprint == raw.fingerprint
    study = Study.of(raw, main.options)
    if former and (same or goes_on):
        study = former.moved_to(raw, main.options)
    visit.open(raw, replace(study, composition=plan))
    visit.main, visit.uploads, visit.composed = main, uploads, made
