"""What each column is for: role, scale and segmentation family, suggested with reasons."""

from segmentation.variables.customer_id import likely_id
from segmentation.variables.roles import (
    FORMING_SCALES,
    Family,
    Role,
    Scale,
    Variable,
    VariableChoice,
)
from segmentation.variables.suggestion import resolve, suggest

__all__ = [
    "FORMING_SCALES",
    "Family",
    "Role",
    "Scale",
    "Variable",
    "VariableChoice",
    "likely_id",
    "resolve",
    "suggest",
]
