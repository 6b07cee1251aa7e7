"""From orders to customers, and joining files: what comes between files and their customers."""

from segmentation.transactions.catalogues import with_catalogues
from segmentation.transactions.compose import (
    Composed,
    Upload,
    compose,
    read_uploads,
)
from segmentation.transactions.features import customers_of
from segmentation.transactions.joining import JoinOptions, MatchReport, join
from segmentation.transactions.labelling import NOTHING_KNOWN, LinesKnown
from segmentation.transactions.lines import OrderOptions
from segmentation.transactions.orders import detect
from segmentation.transactions.plans import (
    Composition,
    JoinPlan,
    OrderPlan,
    PartPlan,
    plan_in,
    plan_out,
)
from segmentation.transactions.roles import OrderColumns, OrderRole, RoleReason
from segmentation.transactions.several import Arrangement, open_several
from segmentation.transactions.stacking import stack

__all__ = [
    "NOTHING_KNOWN",
    "Arrangement",
    "Composed",
    "Composition",
    "JoinOptions",
    "JoinPlan",
    "LinesKnown",
    "MatchReport",
    "OrderColumns",
    "OrderOptions",
    "OrderPlan",
    "OrderRole",
    "PartPlan",
    "RoleReason",
    "Upload",
    "compose",
    "customers_of",
    "detect",
    "join",
    "open_several",
    "plan_in",
    "plan_out",
    "read_uploads",
    "stack",
    "with_catalogues",
]
