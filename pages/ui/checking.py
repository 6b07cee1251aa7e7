"""What is refused before a changed study is put in place.

Enters: a visit and changed decisions. Leaves: nothing, or decisions that can be put in place.
Refuses, by an error, what would leave nothing to look at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pages.ui.compute import raw_of, study_of, suggested
from pages.ui.opening import take_up
from pages.ui.visits import Visit
from segmentation import workflow
from segmentation.geography.spots import spots_of
from segmentation.study import Study
from segmentation.variables import VariableChoice, resolve


def check_population(visit: Visit, study: Study) -> None:
    """Raise ``NoCustomersLeft`` when the population of a changed study leaves nobody."""
    workflow.customers_of(raw_of(visit), study)


def check_choices(visit: Visit, changed: Mapping[str, VariableChoice]) -> None:
    """Raise ``UnsuitableBasis`` when a changed column must not form segments."""
    resolve(suggested(visit), {**study_of(visit).branch.choices, **changed})


def check_study(visit: Visit, loaded: Study) -> Study:
    """Return a loaded study for the open files; ``StudyOfAnotherFile`` unless it is theirs.

    Orders are summed up and files joined as the study says. Where the open files make the same
    customers in another way, such as one file that was several, that way stays.
    """
    for plan in loaded.nearby:
        spots_of(visit.engine, plan)  # refused where the file of its places is missing
    now = study_of(visit)
    files = (loaded.composition, loaded.source.options, loaded.codebook)
    if loaded.source.fingerprint != now.source.fingerprint and files != (
        now.composition,
        now.source.options,
        now.codebook,
    ):
        take_up(visit, loaded)
    loaded.refuse_other_file(raw_of(visit))
    now = study_of(visit)
    return replace(loaded, source=now.source, composition=now.composition)


def changed_thresholds(study: Study, chosen: Mapping[str, float]) -> dict[str, float]:
    """Return the thresholds that differ from those in force."""
    in_force = study.thresholds_in_force()
    return {code: value for code, value in chosen.items() if value != in_force.value(code)}
