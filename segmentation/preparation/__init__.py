"""From basis variables to the matrix that segments are found in, and what was done to it."""

from segmentation.preparation.matrix import BasisMatrix, Feature, prepare, weight_of
from segmentation.preparation.recipe import Recipe
from segmentation.preparation.transforms import Transform

__all__ = ["BasisMatrix", "Feature", "Recipe", "Transform", "prepare", "weight_of"]
