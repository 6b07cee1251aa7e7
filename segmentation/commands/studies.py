"""``studies``: what is saved, without a browser.

Enters: arguments. Leaves: records of saved studies, or the TOML of one. Refuses to open any file of
customers: a version saved here has the results that a run wrote down, or none.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from segmentation.errors import NoSavedStudies, UnreadableStudy
from segmentation.profiles import SegmentSize, wilson
from segmentation.studies import (
    DatabaseAddress,
    Judgement,
    Results,
    SavedStudy,
    Version,
    address_from,
    draft_of,
    open_store,
)
from segmentation.study import load
from segmentation.wording import Words

if TYPE_CHECKING:
    from segmentation.studies.store import StudyStore


def studies(asked: argparse.Namespace, words: Words) -> dict[str, Any]:
    """List, show, export, save or delete saved studies.

    Parameters
    ----------
    asked : argparse.Namespace
    words : Words

    Returns
    -------
    dict
        As documented in ``docs/cli.md``.

    Raises
    ------
    NoSavedStudies
        When saving is switched off and no database is named.
    StudyError
        What the database, or the file that is to be saved, is refused for.
    """
    address = DatabaseAddress(asked.database) if asked.database else address_from()
    if address is None:
        raise NoSavedStudies
    with closing(open_store(address)) as store:
        return _ACTIONS[asked.action](store, asked)


def _list(store: StudyStore, asked: argparse.Namespace) -> dict[str, Any]:
    return {"studies": [_study(saved) for saved in store.listed(asked.search)]}


def _show(store: StudyStore, asked: argparse.Namespace) -> dict[str, Any]:
    saved = store.study(asked.id)
    return {**_study(saved), "versions": [_version(each) for each in store.versions(asked.id)]}


def _export(store: StudyStore, asked: argparse.Namespace) -> dict[str, Any]:
    saved = store.study(asked.id)
    number = asked.version or saved.latest.number
    text = store.toml(asked.id, number)
    record = {"id": saved.id, "name": saved.name, "version": number}
    if asked.out is None:
        return {**record, "toml": text}
    asked.out.write_text(text, encoding="utf-8")
    return {**record, "file": str(asked.out)}


def _save(store: StudyStore, asked: argparse.Namespace) -> dict[str, Any]:
    study = load(asked.file.read_text(encoding="utf-8", errors="replace"))
    results = _results(asked.run) if asked.run else None
    draft = draft_of(study, results)
    if asked.id is None:
        name = asked.name or Path(study.source.name).stem
        return _study(store.save_new(name, draft, asked.by))
    there = store.study(asked.id)
    return _study(store.save_version(asked.id, draft, there.revision, asked.by))


def _delete(store: StudyStore, asked: argparse.Namespace) -> dict[str, Any]:
    saved = store.study(asked.id)
    store.delete(saved.id, saved.revision)
    return {"deleted": saved.id, "name": saved.name, "n_versions": saved.latest.number}


_ACTIONS: Mapping[str, Callable[[StudyStore, argparse.Namespace], dict[str, Any]]] = {
    "list": _list,
    "show": _show,
    "export": _export,
    "save": _save,
    "delete": _delete,
}


def _results(path: Path) -> Results:
    """What ``segment --out`` wrote down of its segments."""
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
        n, shares = int(run["n_customers"]), run["shares"]
        return Results(
            n,
            tuple(map(str, run["segments"])),
            tuple(
                SegmentSize(segment, int(size), float(share), *wilson(float(share), n))
                for segment, (size, share) in enumerate(zip(run["sizes"], shares, strict=True))
            ),
            int(run["unassigned"]),
            run["method"],
            _verdict(run),
            None,
            tuple(
                Judgement(int(c["segment"]) - 1, str(c["criterion"]), str(c["verdict"]), c["value"])
                for c in run["checks"]
            ),
        )
    except (ValueError, TypeError, KeyError) as cause:
        raise UnreadableStudy(detail=f"{path.name}: {cause}") from cause


def _verdict(run: Mapping[str, Any]) -> str | None:
    judged = run.get("verdict")
    if not judged or run["recommended_k"] is None:
        return None
    found = "none" if judged["none"] else judged["by_k"].get(str(run["k"]))
    return None if found is None else str(found)


def _study(saved: SavedStudy) -> dict[str, Any]:
    return {
        "id": saved.id,
        "name": saved.name,
        "owner": saved.owner,
        "created": saved.created.isoformat(),
        "updated": saved.updated.isoformat(),
        "revision": saved.revision,
        "latest": _version(saved.latest),
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        "version": version.number,
        "saved": version.saved.isoformat(),
        "saved_by": version.saved_by,
        "file": version.source,
        "fingerprint": version.fingerprint,
        "n_rows": version.n_rows,
        "seed": version.seed,
        "made_with": [{"name": name, "version": v} for name, v in version.made_with.items()],
        "results": _results_record(version.results) if version.results else None,
    }


def _results_record(results: Results) -> dict[str, Any]:
    return {
        "n_customers": results.n_customers,
        "k": results.k,
        "segments": list(results.names),
        "sizes": [size.n for size in results.sizes],
        "shares": [round(size.share, 6) for size in results.sizes],
        "unassigned": results.unassigned,
        "method": results.method,
        "verdict": results.verdict,
        "labels": results.labels,
        "checks": [
            {
                "segment": each.segment + 1,
                "criterion": each.criterion,
                "verdict": each.verdict,
                "value": each.value,
            }
            for each in results.judgements
        ],
    }
