"""A study as TOML: readable, portable, and back without loss.

Enters: a study, or the text of one. Leaves: the other. Refuses text that is not a study of a known
version, with the place that is wrong.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

import tomli_w

from segmentation.errors import NewerStudy, UnreadableStudy
from segmentation.extraction import SUGGESTED, ExtractionSpec
from segmentation.geography.nearby import nearby_in, nearby_out
from segmentation.intake import Decision, Kind, ReadOptions, Style
from segmentation.intake.options import READING
from segmentation.methods import METHODS
from segmentation.preparation import Recipe
from segmentation.sizing import money_in, money_out, sizing_in, sizing_out
from segmentation.study.branch import Branch
from segmentation.study.by_hand import (
    condition_in,
    condition_out,
    pairs_in,
    pins_in,
    pins_out,
    text_or_none,
)
from segmentation.study.codebook import codebook_in, codebook_out
from segmentation.study.emphasis import emphasis_in, emphasis_out
from segmentation.study.personas import personas_in, personas_out
from segmentation.study.scorecard import choices_in, choices_out, plans_in, plans_out
from segmentation.study.study import SCHEMA, Study, StudySource
from segmentation.transactions import plan_in, plan_out
from segmentation.variables import Family, Role, Scale, VariableChoice
from segmentation.whereabouts import places_in, places_out

_RECIPE = {
    "log_skew": float,
    "fence_iqr": float,
    "lump_share": float,
    "missing": str,
    "battery_as_is": bool,
    "scale": str,
    "collinear": str,
    "response_style": str,
}
_SPEC = {"method": str, "k_max": int, "seed": int, "restarts": int}
_ONE_OF = {"missing": ("partial", "mean"), "method": (SUGGESTED, *METHODS)}
_ONE_OF |= {
    "scale": ("unit", "range", "robust", "none"),
    "collinear": ("keep", "weigh", "one"),
    "response_style": ("keep", "center"),
}
_AT_LEAST = {"k": 2, "k_max": 2, "seed": 0, "restarts": 1}


def dump(study: Study) -> str:
    """Write a study as TOML.

    Examples
    --------
    >>> study = Study(StudySource("a.csv", "f00", 3))
    >>> load(dump(study)) == study
    True
    """
    source = study.source
    document = {
        "segment-studio": {"schema": SCHEMA},
        "source": {
            "name": source.name,
            "fingerprint": source.fingerprint,
            "n_rows": source.n_rows,
            **_picked(source.options, READING),
        },
        "table": _known(
            {
                "id": study.id_name,
                "columns": {name: _decision_out(d) for name, d in study.columns.items()},
                "population": [condition_out(c) for c in study.conditions],
            }
        ),
        "codebook": codebook_out(study.codebook),
        "files": plan_out(study.composition),
        "nearby": nearby_out(study.nearby),
        "sizing": sizing_out(study.sizing),
        "money": money_out(study.money),
        "thresholds": dict(study.thresholds),
        "places": places_out(study.places),
        "scorecard": choices_out(study.criteria),
        "branch": _branch_out(study.branch),
    }
    return tomli_w.dumps(document)


def load(text: str) -> Study:
    """Read a study from TOML.

    Parameters
    ----------
    text : str
        What :func:`dump` wrote, perhaps edited by hand.

    Returns
    -------
    Study

    Raises
    ------
    UnreadableStudy
        When the text is not a study; ``detail`` says where.
    NewerStudy
        When a newer version wrote it.
    """
    try:
        document = tomllib.loads(text)
        schema = int(document["segment-studio"]["schema"])
        if schema > SCHEMA:
            raise NewerStudy(found=schema, known=SCHEMA)
        return _study(document)
    except KeyError as cause:
        raise UnreadableStudy(detail=f"{cause.args[0]}?") from cause
    except RecursionError as cause:
        raise UnreadableStudy(detail="[[[…") from cause
    except (ValueError, TypeError, AttributeError) as cause:
        raise UnreadableStudy(detail=str(cause)) from cause


def _study(document: Mapping[str, Any]) -> Study:
    source, table = document["source"], document.get("table", {})
    return Study(
        source=StudySource(
            str(source["name"]),
            str(source["fingerprint"]),
            int(source["n_rows"]),
            ReadOptions(**{name: source.get(name) for name in READING}),
        ),
        id_name=table.get("id"),
        columns=_columns_in(table),
        conditions=tuple(
            condition_in(f"population {number}", condition)
            for number, condition in enumerate(table.get("population", []), start=1)
        ),
        branch=_branch_in(document.get("branch", {})),
        codebook=codebook_in(document.get("codebook", {})),
        composition=plan_in(document.get("files", {})),
        places=places_in(document.get("places", {})),
        nearby=nearby_in(document.get("nearby", [])),
        sizing=sizing_in(document.get("sizing", {})),
        money=money_in(document.get("money", {})),
        thresholds={k: float(v) for k, v in document.get("thresholds", {}).items()},
        criteria=choices_in(document.get("scorecard", {})),
    )


def _decision_out(decision: Decision) -> dict[str, Any]:
    document = {
        "kind": decision.kind.value if decision.kind else None,
        "style": decision.style.value if decision.style else None,
        "missing": list(decision.missing) or None,
        "levels": list(decision.levels) or None,
        "items": decision.items,
    }
    return {name: value for name, value in document.items() if value is not None}


def _columns_in(table: Mapping[str, Any]) -> dict[str, Decision]:
    """Read the decisions about columns; the first version knew only their kinds."""
    columns = {name: Decision(Kind(kind)) for name, kind in table.get("kinds", {}).items()}
    for name, document in table.get("columns", {}).items():
        if unknown := document.keys() - {"kind", "style", "missing", "levels", "items"}:
            raise ValueError(f"{min(unknown)}?")
        kind, style, items = (document.get(key) for key in ("kind", "style", "items"))
        if not isinstance(items, str | None):
            raise TypeError(f"items = {items!r}?")
        columns[name] = Decision(
            Kind(kind) if kind is not None else None,
            Style(style) if style is not None else None,
            _texts("missing", document.get("missing", [])),
            _texts("levels", document.get("levels", [])),
            items,
        )
    return columns


def _branch_out(branch: Branch) -> dict[str, Any]:
    return _known(
        {
            "k": branch.k,
            "extraction": _picked(branch.extraction, _SPEC),
            "recipe": _picked(branch.recipe, _RECIPE) | emphasis_out(branch.recipe.emphasis),
            "variables": {name: _choice_out(c) for name, c in branch.choices.items()},
            "names": {key: list(names) for key, names in branch.names.items()},
            "personas": personas_out(branch.personas),
            "given": branch.given,
            "pins": pins_out(branch.pins),
            "merges": {key: [list(pair) for pair in pairs] for key, pairs in branch.merges.items()},
            "plans": plans_out(branch.plans),
            "splits": [
                {"solution": key, "segment": segment, "branch": _branch_out(part)}
                for (key, segment), part in branch.splits.items()
            ],
        }
    )


def _branch_in(document: Mapping[str, Any]) -> Branch:
    return Branch(
        choices={n: _choice_in(c) for n, c in document.get("variables", {}).items()},
        recipe=_recipe_in(document.get("recipe", {})),
        extraction=ExtractionSpec(
            **{"method": SUGGESTED, **_named(document.get("extraction", {}), _SPEC)}
        ),
        k=_named({"k": document["k"]}, {"k": int})["k"] if "k" in document else None,
        names={
            key: _texts(f"names.{key}", names) for key, names in document.get("names", {}).items()
        },
        splits={
            (str(s["solution"]), int(s["segment"])): _branch_in(s["branch"])
            for s in document.get("splits", [])
        },
        personas=personas_in(document.get("personas", {})),
        given=text_or_none("given", document.get("given")),
        pins=pins_in(document.get("pins", [])),
        merges={key: pairs_in(key, pairs) for key, pairs in document.get("merges", {}).items()},
        plans=plans_in(document.get("plans", {})),
    )


def _recipe_in(document: Mapping[str, Any]) -> Recipe:
    fields = {name: value for name, value in document.items() if name != "emphasis"}
    emphasis = emphasis_in(document.get("emphasis", {}))
    return Recipe(**_named(fields, _RECIPE), emphasis=emphasis)


def _choice_out(choice: VariableChoice) -> dict[str, Any]:
    return _known(
        {
            "role": choice.role,
            "scale": choice.scale,
            "family": choice.family,
            "detail": choice.detail,
        }
    )


def _choice_in(document: Mapping[str, Any]) -> VariableChoice:
    role, scale, family = (document.get(name) for name in ("role", "scale", "family"))
    return VariableChoice(
        Role(role) if role else None,
        Scale(scale) if scale else None,
        Family(family) if family else None,
        document.get("detail"),
    )


def _picked(value: object, names: Iterable[str]) -> dict[str, Any]:
    return _known({name: getattr(value, name) for name in names})


def _named(document: Mapping[str, Any], fields: Mapping[str, type]) -> dict[str, Any]:
    """Take fields of known names and types; a whole number may stand for any number."""
    taken: dict[str, Any] = {}
    for name, value in document.items():
        wanted = fields.get(name)
        if wanted is None:
            raise ValueError(f"{name}?")
        if wanted is float and type(value) is int:
            value = float(value)
        known = type(value) is wanted and value in _ONE_OF.get(name, (value,))
        if not known or (name in _AT_LEAST and value < _AT_LEAST[name]):
            raise ValueError(f"{name} = {value!r}?")
        taken[name] = value
    return taken


def _texts(key: str, texts: object) -> tuple[str, ...]:
    if not (isinstance(texts, list) and all(isinstance(text, str) for text in texts)):
        raise ValueError(f"{key} = {texts!r}?")
    return tuple(texts)


def _known(document: dict[str, Any]) -> dict[str, Any]:
    """Leave out what TOML cannot say (no value)."""
    return {
        name: str(value) if isinstance(value, Role | Scale | Family) else value
        for name, value in document.items()
        if value is not None
    }
