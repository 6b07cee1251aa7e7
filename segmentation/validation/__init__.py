"""How far to trust a solution: structure or none, and which number of segments to prefer."""

from segmentation.validation.across import Step, drawing_order
from segmentation.validation.advice import Advice, advise
from segmentation.validation.borders import Borders, borders
from segmentation.validation.choice import Choice, choose
from segmentation.validation.gap import GapTest, gap_test
from segmentation.validation.separation import (
    Criterion,
    calinski_harabasz,
    davies_bouldin,
    prediction_strength,
)
from segmentation.validation.silhouette import silhouette
from segmentation.validation.trust import Trust, trust
from segmentation.validation.verdict import Structure, Verdict

__all__ = [
    "Advice",
    "Borders",
    "Choice",
    "Criterion",
    "GapTest",
    "Step",
    "Structure",
    "Trust",
    "Verdict",
    "advise",
    "borders",
    "calinski_harabasz",
    "choose",
    "davies_bouldin",
    "drawing_order",
    "gap_test",
    "prediction_strength",
    "silhouette",
    "trust",
]
