"""What may harm a segmentation in a table: findings ranked by effect, each with a repair."""

from segmentation.audit.findings import Action, Audit, Finding, Repair, SampleSize, Severity
from segmentation.audit.limits import LIMITS, Limit
from segmentation.audit.run import audit

__all__ = [
    "LIMITS",
    "Action",
    "Audit",
    "Finding",
    "Limit",
    "Repair",
    "SampleSize",
    "Severity",
    "audit",
]
