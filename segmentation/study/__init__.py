"""The analyst's decisions: frozen, parked while they do not apply, portable as TOML."""

from segmentation.study.branch import Branch, solution_key
from segmentation.study.personas import PersonaNotes
from segmentation.study.repairs import repaired
from segmentation.study.study import SCHEMA, Study, StudySource
from segmentation.study.toml import dump, load

__all__ = [
    "SCHEMA",
    "Branch",
    "PersonaNotes",
    "Study",
    "StudySource",
    "dump",
    "load",
    "repaired",
    "solution_key",
]
