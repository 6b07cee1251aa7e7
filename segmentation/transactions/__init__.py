"""From orders to customers, and joining files: what comes between files and their customers."""

from segmentation.transactions.compose import NO_DECISIONS, Composed, Upload, compose
from segmentation.transactions.features import customers_of
from segmentation.transactions.joining import JoinOptions, MatchReport, join
from segmentation.transactions.lines import OrderOptions
from segmentation.transactions.orders import detect
from segmentation.transactions.plans import Composition, JoinPlan, OrderPlan, plan_in, plan_out
from segmentation.transactions.roles import OrderColumns, OrderRole, RoleReason

__all__ = [
    "NO_DECISIONS",
    "Composed",
    "Composition",
    "JoinOptions",
    "JoinPlan",
    "MatchReport",
    "OrderColumns",
    "OrderOptions",
    "OrderPlan",
    "OrderRole",
    "RoleReason",
    "Upload",
    "compose",
    "customers_of",
    "detect",
    "join",
    "plan_in",
    "plan_out",
]
