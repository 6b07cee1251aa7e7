"""People, reach and money: who meets a filter, whom one reaches, and what that is worth."""

from segmentation.money import Outcome, Program, outcome, sound, together
from segmentation.sizing.answers import Answer, Estimate, ask, if_consent, of_market
from segmentation.sizing.budget import Allocation, Merger, allocate, merge
from segmentation.sizing.control import control_size
from segmentation.sizing.filters import (
    Group,
    InForce,
    InSegments,
    Joined,
    Leaf,
    in_force,
    met,
    replaced,
)
from segmentation.sizing.ground import (
    ANY_CHANNEL,
    Ground,
    Question,
    channels_of,
    ground_of,
    outcomes_of,
    sampled,
)
from segmentation.sizing.moving import Curve, curve, movable, moved, threshold_of
from segmentation.sizing.plan import MoneyPlan, SizingPlan, WhatIf
from segmentation.sizing.plan_toml import money_in, money_out, sizing_in, sizing_out
from segmentation.sizing.uncertain import (
    OwnSpreads,
    Range,
    Spread,
    Spreads,
    Swing,
    profit_range,
    spreads_of,
    tornado,
)

__all__ = [
    "ANY_CHANNEL",
    "Allocation",
    "Answer",
    "Curve",
    "Estimate",
    "Ground",
    "Group",
    "InForce",
    "InSegments",
    "Joined",
    "Leaf",
    "Merger",
    "MoneyPlan",
    "Outcome",
    "OwnSpreads",
    "Program",
    "Question",
    "Range",
    "SizingPlan",
    "Spread",
    "Spreads",
    "Swing",
    "WhatIf",
    "allocate",
    "ask",
    "channels_of",
    "control_size",
    "curve",
    "ground_of",
    "if_consent",
    "in_force",
    "merge",
    "met",
    "money_in",
    "money_out",
    "movable",
    "moved",
    "of_market",
    "outcome",
    "outcomes_of",
    "profit_range",
    "replaced",
    "sampled",
    "sizing_in",
    "sizing_out",
    "sound",
    "spreads_of",
    "threshold_of",
    "together",
    "tornado",
]
