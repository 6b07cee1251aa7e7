"""``assign``: new customers in the segments of a run, a model or a study.

Enters: a session and arguments. Leaves: the record of the assignment, and files where asked.
Refuses to find segments, except where a study is all there is.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from segmentation import workflow
from segmentation.arguments import parser
from segmentation.assigning import Model, assign, customers_for, renamed
from segmentation.commands.models import read_model, write_sql
from segmentation.commands.segment import model_asked
from segmentation.engine import DuckSession
from segmentation.errors import BadMapping, NoModel
from segmentation.export import assignment_record, put_assignment, write_assigned
from segmentation.intake import RawTable
from segmentation.terminal import reading_told, tell
from segmentation.transactions import JoinPlan, LinesKnown
from segmentation.wording import Words
from segmentation.wording.assigning import likeness
from segmentation.wording.notes import say


def assign_customers(
    session: DuckSession, asked: argparse.Namespace, words: Words
) -> dict[str, Any]:
    """Place the customers of a file.

    Parameters
    ----------
    session : DuckSession
    asked : argparse.Namespace
    words : Words

    Returns
    -------
    dict
        As documented in ``docs/cli.md``.

    Raises
    ------
    NoModel, UnreadableModel, NewerModel
        When what was named holds no model.
    BadMapping, TurnedMapping, ModelColumnsMissing
        When the file's columns are not the model's.
    """
    model = _model(session, asked, words)
    with reading_told(session, words):
        raw = _opened(session, asked, model)
        table = customers_for(model, renamed(raw, model, _mapping(asked.map)))
    found = assign(table, model)
    for note in found.notes:
        tell(say(note, words))
    changed = tuple(drift.name for drift in found.changed)
    tell(likeness(changed, sum(drift.psi is not None for drift in found.drifts), words))
    record = assignment_record(found, model, raw.source.name, words)
    if asked.out:
        asked.out.mkdir(parents=True, exist_ok=True)
        own = replace(table, raw=raw)
        stored = put_assignment(own, found)
        inside = write_assigned(own, stored, model, session.folder / "assigned.csv")
        shutil.copyfile(inside, asked.out / "assigned.csv")
        text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
        (asked.out / "assigned.json").write_text(text + "\n", encoding="utf-8")
        write_sql(asked.out, model, asked.sql)
        tell(f"{asked.out / 'assigned.csv'}")
    return record


def _model(session: DuckSession, asked: argparse.Namespace, words: Words) -> Model:
    """Read the model, or make it anew from a study and its file."""
    path: Path = asked.model
    if path.suffix == ".toml":
        if asked.source is None:
            raise NoModel(name=path.name)
        commands = dict.fromkeys(("describe", "segment", "sweep", "assign"), _nothing)
        joins = [text for file, on in asked.join for text in ("--join", file, on)]
        again = parser(commands).parse_args(
            ["segment", str(asked.source), "--study", str(path), *joins]
        )
        return model_asked(session, again, words)
    return read_model(path)


def _nothing() -> None:
    """Stand for a command whose arguments are parsed only."""


def _opened(session: DuckSession, asked: argparse.Namespace, model: Model) -> RawTable:
    """Open the new file, summed up and joined as the model's customers were."""
    study = model.study
    joins = tuple(JoinPlan.by(Path(file).name, on) for file, on in asked.join)
    named = {join.name: join for join in study.composition.joins}
    joins = tuple(named.get(join.name, join) for join in joins) or study.composition.joins
    plan = replace(study.composition, parts=(), joins=joins)
    others = {Path(file).name: Path(file) for file, _ in asked.join}
    known = LinesKnown(study.columns, study.codebook)
    return workflow.open_files(session, asked.file, plan, others, None, known)


def _mapping(pairs: Sequence[str]) -> dict[str, str]:
    """Read ``OLD=NEW``: the name in the file, and the model's."""
    found = {}
    for pair in pairs:
        old, mark, new = pair.partition("=")
        if not mark or not old.strip() or not new.strip():
            raise BadMapping(old=old, new=new)
        found[old.strip()] = new.strip()
    return found
