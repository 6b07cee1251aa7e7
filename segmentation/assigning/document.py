"""A model as JSON: readable, portable, and back without loss; nothing in it is ever executed.

Enters: a model, or the text of one. Leaves: the other. Refuses text that is not a model of a known
version, with the place that is wrong. Numbers are written with all their digits.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from segmentation.assigning.drift import Reference
from segmentation.assigning.model import (
    SCHEMA,
    Check,
    Given,
    Level,
    Model,
    Nearest,
    Question,
    Rule,
)
from segmentation.errors import NewerModel, StudyError, UnreadableModel
from segmentation.extraction import Space
from segmentation.extraction.indicators import Indicators
from segmentation.extraction.rules import LatentClasses, Mixture
from segmentation.intake import Kind
from segmentation.preparation import Transform
from segmentation.structure import Segment
from segmentation.study import dump, load
from segmentation.study.by_hand import pins_in, pins_out
from segmentation.variables import Scale

MARK = "segment-studio-model"
_WHOLE = ("columns", "variables", "numbers")
_LEARNED = (*_WHOLE, "values", "widths", "shares", "centers", "scales", "floors")
Document = dict[str, Any]


def written(model: Model) -> str:
    """Return a model as JSON text; the same model gives the same bytes."""
    document = {
        MARK: {"schema": SCHEMA},
        "versions": dict(model.versions),
        "study": dump(model.study),
        "needs": list(model.needs),
        "segments": [
            {"macro": s.macro, "part": s.part, "called": s.called, "name": name, "n": n}
            for s, name, n in zip(model.segments, model.names, model.sizes, strict=True)
        ],
        "macro_names": list(model.macro_names),
        "unassigned": model.n_unassigned,
        "check": {"n": model.check.n, "other": model.check.n_other},
        "whole": _level_out(model.whole),
        "parts": {str(segment): _level_out(level) for segment, level in model.parts.items()},
        "references": [
            {"name": r.name, "edges": r.edges, "levels": r.levels, "counts": r.counts}
            for r in model.references
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def read(text: str) -> Model:
    """Read a model.

    Parameters
    ----------
    text : str
        What :func:`written` wrote.

    Returns
    -------
    Model

    Raises
    ------
    UnreadableModel
        When the text is not a model; ``detail`` says where.
    NewerModel
        When a newer version wrote it.
    """
    try:
        document = json.loads(text, parse_constant=_refused)
        schema = int(document[MARK]["schema"])
        if schema > SCHEMA:
            raise NewerModel(found=schema, known=SCHEMA)
        return _model(document)
    except KeyError as cause:
        raise UnreadableModel(detail=f"{cause.args[0]}?") from cause
    except RecursionError as cause:
        raise UnreadableModel(detail="[[[…") from cause
    except (ValueError, TypeError, AttributeError, IndexError) as cause:
        raise UnreadableModel(detail=str(cause)) from cause


def _model(document: Mapping[str, Any]) -> Model:
    segments = document["segments"]
    try:
        study = load(document["study"])
    except StudyError as cause:
        raise ValueError(f"study: {cause}") from cause
    found = Model(
        study=study,
        needs=tuple(map(str, document["needs"])),
        whole=_level_in(document["whole"]),
        parts={int(place): _level_in(level) for place, level in document["parts"].items()},
        segments=tuple(Segment(int(s["macro"]), s["part"], str(s["called"])) for s in segments),
        names=tuple(str(s["name"]) for s in segments),
        sizes=tuple(int(s["n"]) for s in segments),
        n_unassigned=int(document["unassigned"]),
        references=tuple(_reference_in(each) for each in document["references"]),
        check=Check(int(document["check"]["n"]), int(document["check"]["other"])),
        versions={str(k): str(v) for k, v in document["versions"].items()},
        macro_names=tuple(map(str, document["macro_names"])),
    )
    if {s.macro for s in found.segments} != set(range(found.whole.k)):
        raise ValueError("segments?")
    return found


def _reference_in(document: Mapping[str, Any]) -> Reference:
    return Reference(
        str(document["name"]),
        tuple(map(float, document["edges"])),
        tuple(map(str, document["levels"])),
        tuple(map(int, document["counts"])),
    )


def _level_out(level: Level) -> Document:
    return {
        "method": level.method,
        "questions": [
            {
                "name": q.name,
                "kind": q.kind.value,
                "scale": q.scale.value,
                "levels": q.levels,
                "of": q.of,
                "low": q.low,
                "high": q.high,
                "texts": q.texts,
            }
            for q in level.questions
        ],
        "transforms": [_transform_out(t) for t in level.transforms],
        "batteries": level.batteries,
        "rule": _rule_out(level.rule),
        "pins": pins_out(level.pins),
        "finals": level.finals,
        "fills": None if level.fills is None else level.fills.tolist(),
    }


def _level_in(document: Mapping[str, Any]) -> Level:
    fills = document["fills"]
    level = Level(
        str(document["method"]),
        tuple(_question_in(q) for q in document["questions"]),
        tuple(_transform_in(t) for t in document["transforms"]),
        tuple(tuple(map(str, battery)) for battery in document["batteries"]),
        _rule_in(document["rule"]),
        pins_in(document["pins"]),
        tuple(map(int, document["finals"])),
        None if fills is None else np.array(fills, dtype=np.float32),
    )
    if len(level.finals) != _n_found(level) + len(level.pins):
        raise ValueError("finals?")
    if set(level.finals) != set(range(level.k)):
        raise ValueError("finals?")
    if [q.name for q in level.basis] != [t.variable for t in level.transforms]:
        raise ValueError("transforms?")
    return level


def _n_found(level: Level) -> int:
    """Place a customer to see that the numbers fit each other, and count the segments."""
    if isinstance(level.rule, Given):
        return len(level.rule.values)
    n_features = sum(max(1, len(t.levels)) for t in level.transforms)
    return int(level.rule.of(np.zeros((1, n_features), np.float32)).shape[1])


def _refused(constant: str) -> float:
    raise ValueError(f"{constant}?")


def _question_in(document: Mapping[str, Any]) -> Question:
    low, high = document["low"], document["high"]
    return Question(
        str(document["name"]),
        Kind(document["kind"]),
        Scale(document["scale"]),
        tuple(map(str, document["levels"])),
        document["of"],
        None if low is None else float(low),
        None if high is None else float(high),
        tuple(map(str, document["texts"])),
    )


def _transform_out(transform: Transform) -> Document:
    """JSON has no infinity: without fences both are null."""
    fenced = bool(np.isfinite(transform.low))
    return {
        "variable": transform.variable,
        "logged": transform.logged,
        "low": transform.low if fenced else None,
        "high": transform.high if fenced else None,
        "center": transform.center,
        "scale": transform.scale,
        "levels": transform.levels,
        "shares": transform.shares,
    }


def _transform_in(document: Mapping[str, Any]) -> Transform:
    low, high = document["low"], document["high"]
    return Transform(
        str(document["variable"]),
        bool(document["logged"]),
        -np.inf if low is None else float(low),
        np.inf if high is None else float(high),
        float(document["center"]),
        float(document["scale"]),
        tuple(map(str, document["levels"])),
        tuple(map(float, document["shares"])),
    )


def _rule_out(rule: Rule) -> Document:
    if isinstance(rule, Given):
        return {"kind": "given", "column": rule.column, "values": rule.values}
    if isinstance(rule, Nearest):
        space = rule.space
        own = (
            None if space is None else {"fills": _listed(space.fills), "axes": _listed(space.axes)}
        )
        return {"kind": "nearest", "centers": _listed(rule.centers), "space": own}
    if isinstance(rule, LatentClasses):
        learned = {name: _listed(getattr(rule.indicators, name)) for name in _LEARNED}
        return {
            "kind": "latent",
            "segments": _listed(rule.segments),
            "indicators": learned,
            "loadings": _listed(rule.loadings),
        }
    names = ("segments", "columns", "centers", "scales", "fills", "weights", "means", "precisions")
    return {"kind": "mixture", **{name: _listed(getattr(rule, name)) for name in names}}


def _rule_in(document: Mapping[str, Any]) -> Rule:
    kind = document["kind"]
    if kind == "given":
        return Given(str(document["column"]), tuple(map(str, document["values"])))
    if kind == "nearest":
        own = document["space"]
        space = None if own is None else Space(_double(own["fills"]), _double(own["axes"]))
        return Nearest(_double(document["centers"]), space)
    if kind == "latent":
        learned = document["indicators"]
        arrays: dict[str, Any] = {
            name: np.array(learned[name], dtype=np.int64 if name in _WHOLE else np.float64)
            for name in _LEARNED
        }
        segments = np.array(document["segments"], dtype=np.int64)
        return LatentClasses(segments, Indicators(**arrays), _double(document["loadings"]))
    if kind != "mixture":
        raise ValueError(f"rule: kind = {kind!r}?")
    return Mixture(
        np.array(document["segments"], dtype=np.int64),
        np.array(document["columns"], dtype=np.int64),
        _double(document["centers"]),
        _double(document["scales"]),
        np.array(document["fills"], dtype=np.float32),
        _double(document["weights"]),
        _double(document["means"]),
        _double(document["precisions"]),
    )


def _double(numbers: object) -> Any:
    return np.array(numbers, dtype=np.float64)


def _listed(array: Any) -> Any:
    return array.tolist()
