"""How far to trust a solution: structure or none, and which number of segments to prefer."""

from segmentation.validation.across import Step, drawing_order
from segmentation.validation.advice import Advice, advise
from segmentation.validation.before_after import Effect, Prepared, Standing, effect, standings
from segmentation.validation.borderline import Borderline, borderline
from segmentation.validation.borders import Borders, borders
from segmentation.validation.choice import Choice, choose
from segmentation.validation.contributions import Contribution, contributions
from segmentation.validation.gap import GapTest, gap_test
from segmentation.validation.outlying import outlying
from segmentation.validation.separation import (
    Criterion,
    calinski_harabasz,
    davies_bouldin,
    prediction_strength,
)
from segmentation.validation.silhouette import silhouette, silhouettes
from segmentation.validation.trust import Trust, trust
from segmentation.validation.verdict import Structure, Verdict

__all__ = [
    "Advice",
    "Borderline",
    "Borders",
    "Choice",
    "Contribution",
    "Criterion",
    "Effect",
    "GapTest",
    "Prepared",
    "Standing",
    "Step",
    "Structure",
    "Trust",
    "Verdict",
    "advise",
    "borderline",
    "borders",
    "calinski_harabasz",
    "choose",
    "contributions",
    "davies_bouldin",
    "drawing_order",
    "effect",
    "gap_test",
    "outlying",
    "prediction_strength",
    "silhouette",
    "silhouettes",
    "standings",
    "trust",
]
