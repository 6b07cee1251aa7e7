"""Finding segments: one solution for each number of segments, the best of many restarts."""

from segmentation.extraction.kmeans import fit_kmeans
from segmentation.extraction.placing import place
from segmentation.extraction.solution import (
    SUGGESTED,
    ExtractionSpec,
    Likelihood,
    Solution,
    SolutionFamily,
    Space,
)
from segmentation.extraction.sweep import sweep

__all__ = [
    "SUGGESTED",
    "ExtractionSpec",
    "Likelihood",
    "Solution",
    "SolutionFamily",
    "Space",
    "fit_kmeans",
    "place",
    "sweep",
]
