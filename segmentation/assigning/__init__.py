"""New customers in the segments of a saved model, and whether they are like the old ones."""

from segmentation.assigning.document import read, written
from segmentation.assigning.drift import ALPHA, MUCH, SOME, Drift, Reference, drift_of
from segmentation.assigning.fitting import customers_for, missing_columns, renamed, suggested
from segmentation.assigning.learning import Shown, learned, remembering
from segmentation.assigning.model import Model
from segmentation.assigning.placing import Assignment, assign

__all__ = [
    "ALPHA",
    "MUCH",
    "SOME",
    "Assignment",
    "Drift",
    "Model",
    "Reference",
    "Shown",
    "assign",
    "customers_for",
    "drift_of",
    "learned",
    "missing_columns",
    "read",
    "remembering",
    "renamed",
    "suggested",
    "written",
]
