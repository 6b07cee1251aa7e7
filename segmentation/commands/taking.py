"""Files to take away that the command line is asked for: results, Parquet, audiences.

Enters: segments and arguments. Leaves: files, and a part of the record. Refuses to address anybody
whose consent is not known, unless the arguments say so.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from segmentation.audiences import (
    IDENTIFIERS,
    PLATFORMS,
    SEED,
    Audience,
    AudiencePlan,
    HoldOut,
    Part,
    build,
    planned,
    repeated,
    suggested_columns,
    suggested_consents,
    write_audience,
    write_held_out,
)
from segmentation.commands.segmented import Assessed, Segmented
from segmentation.errors import BadNumberOfSegments, UnknownPart, UnknownPlatform
from segmentation.export import (
    Results,
    about_rows,
    check_rows,
    number_rows,
    write_parquet,
    write_results,
)
from segmentation.sizing import sound
from segmentation.terminal import tell
from segmentation.wording import Words
from segmentation.wording.audiences import consent_missing, holdout_said

_CONSENT = "-consent"
_TAKEN = (*map(str, Part), *(f"{part}{_CONSENT}" for part in IDENTIFIERS))


def take_away(assessed: Assessed, asked: argparse.Namespace, words: Words) -> dict[str, Any]:
    """Write what the arguments ask for.

    Parameters
    ----------
    assessed : Assessed
    asked : argparse.Namespace
    words : Words

    Returns
    -------
    dict
        ``audiences``, where any are asked for.
    """
    found = assessed.found
    session = found.customers.table.session
    if asked.parquet:
        _put(
            asked.parquet,
            session.folder,
            lambda path: write_parquet(
                found.customers.table, found.labels, assessed.names, path, found.levels(words)
            ),
        )
    if asked.workbook:
        results = _results(assessed, words)
        _put(asked.workbook, session.folder, lambda path: write_results(results, words, path))
    if not asked.audience:
        return {}
    return {"audiences": [_audience(assessed, each, asked, words) for each in asked.audience]}


def _put(target: Path, folder: Path, write: Callable[[Path], Path]) -> None:
    """Write into the session's folder, outside of which the engine may not, and move it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(write(folder / f"taken{target.suffix}"), target)
    tell(str(target))


def _results(assessed: Assessed, words: Words) -> Results:
    customers, extraction = assessed.found.customers, assessed.found.extraction
    described, study = assessed.judged.profile, customers.study
    numbers = number_rows(extraction, described.k, words) if extraction else []
    return Results(
        names=assessed.names,
        profile=described,
        numbers=numbers,
        scorecard=check_rows(assessed.worth.card.checks, assessed.names, words),
        programs=sound(study.money.programs)[0],
        market=study.sizing.market,
        about=about_rows(customers.table, customers.variables, extraction, None, words),
    )


def _audience(
    assessed: Assessed, target: str, asked: argparse.Namespace, words: Words
) -> dict[str, Any]:
    """Write one audience file, and the people held out beside it; record the counts."""
    code, _, file = target.partition("=")
    if code not in PLATFORMS or not file:
        raise UnknownPlatform(name=target, known=tuple(PLATFORMS))
    found, names = assessed.found, assessed.names
    table = found.customers.table
    audience = build(table, found.labels, _plan(found, code, asked), seed=SEED)
    if missing := consent_missing(audience, words):
        tell(missing)
    held = _held(audience, asked)
    if held:
        tell(holdout_said(held, words))
    share = held.share if held else 0.0
    path, folder = Path(file), table.session.folder
    _put(path, folder, lambda p: write_audience(audience, names, p, share=share))
    record = _counts(audience, held) | {"platform": code, "file": str(path)}
    if held and held.held:
        beside = path.with_stem(f"{path.stem}-hold-out")
        _put(beside, folder, lambda p: write_held_out(audience, names, p, share=share))
        record["hold_out_file"] = str(beside)
    return record


def _plan(found: Segmented, code: str, asked: argparse.Namespace) -> AudiencePlan:
    to, variables = PLATFORMS[code], found.customers.variables
    columns = suggested_columns(to, variables)
    consents = suggested_consents(to, variables)
    for part, name in asked.audience_column:
        if part not in _TAKEN:
            raise UnknownPart(name=part, known=_TAKEN)
        found.customers.table.column(name)  # which refuses a name that is none
        if part.endswith(_CONSENT):
            consents[Part(part.removesuffix(_CONSENT))] = name
        else:
            columns[Part(part)] = name
    k = found.partition.k
    if any(not 1 <= number <= k for number in asked.audience_segments):
        raise BadNumberOfSegments(k=max(asked.audience_segments), k_max=k)
    chosen = tuple(number - 1 for number in asked.audience_segments)
    rules = found.customers.study.criteria.reach
    return AudiencePlan(
        code,
        columns,
        consents,
        chosen,
        unknown_consent=asked.unknown_consent or rules.unknown_consent,
        region=asked.phone_country.upper() or rules.region,
    )


def _held(audience: Audience, asked: argparse.Namespace) -> HoldOut | None:
    if not asked.holdout:
        return None
    lift, base = asked.holdout
    if asked.holdout_share is not None:
        return repeated(audience, asked.holdout_share, base)
    return planned(audience, base, lift)


def _counts(audience: Audience, held: HoldOut | None) -> dict[str, Any]:
    out = held.held if held else 0
    return {
        "members": audience.members,
        "refused": audience.refused,
        "unknown_consent": audience.unknown,
        "without": audience.without,
        "invalid": audience.invalid,
        "doubled": audience.doubled,
        "people": audience.people - out,
        "held_out": out,
        "hold_out_needed": held.needed if held else 0,
        "hold_out_share": held.share if held else 0.0,
    }
