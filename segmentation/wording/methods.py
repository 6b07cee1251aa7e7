"""Names of the ways of finding segments, when to use each, and what they say of their work.

Enters: nothing. Leaves: marked sentences, by the name of a method or the code of a note. Refuses to
suggest one.
"""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.wording.language import mark, mark_plural

METHOD_NAMES: Mapping[str, str] = {
    "kmeans": mark("Every question counts the same (k-means)"),
    "famd": mark("Less noise (factors, then k-means)"),
    "latent_class": mark("Probability model (latent classes)"),
    "gaussian_mixture": mark("Gaussian mixture"),
    "ward": mark("Ward's hierarchy"),
    "density": mark("Dense groups (HDBSCAN)"),
}
METHOD_USES: Mapping[str, str] = {
    "kmeans": mark("The field's standard; quick at any size, categories and gaps included."),
    "famd": mark("For many questions that say similar things, or of which some say nothing."),
    "latent_class": mark(
        "For surveys with gaps; says how probable each customer's segment is, and has a BIC."
    ),
    "gaussian_mixture": mark("For numbers only; segments may be stretched and of different width."),
    "ward": mark("For small tables; larger segments are made of smaller ones, like a family tree."),
    "density": mark(
        "For segments of any shape; finds their number itself, and customers between them belong "
        "to none."
    ),
}
METHOD_SENTENCES: Mapping[str, str | tuple[str, str]] = {
    "factors-kept": mark(
        "{n:count} factors stand for {n_all:count} variables; they hold {share:percent} of the "
        "differences, and more than chance."
    ),
    "method-for-gaps": mark(
        "{share:percent} of the answers are missing: the probability model uses those that were "
        "given and puts nothing in the place of the others."
    ),
    "method-for-categories": mark(
        "{n:count} of {n_all:count} variables are categories: which answers go together says more "
        "than distances do."
    ),
    "method-for-mixed": mark(
        "{n:count} of {n_all:count} variables are categories: here every question counts the same, "
        "however many answers it has."
    ),
    "method-for-warehouse": mark(
        "The warehouse places every customer at the nearest mean, which is how this method does it."
    ),
    "method-for-few": mark_plural(
        "With {n:count} customer there is too little to learn probabilities from.",
        "With {n:count} customers there is too little to learn probabilities from.",
    ),
    "method-instead": mark(
        "The suggested method does not form so many segments of these customers: k-means was used."
    ),
    "method-for-numbers": mark(
        "{n:count} variables, all numbers or answers on a scale: nearness to the mean of a segment "
        "says it all, and a slider answers at once."
    ),
    "given-missing": mark_plural(
        "{n:count} customer has no value in that column and belongs to no segment.",
        "{n:count} customers have no value in that column and belong to no segment.",
    ),
    "unassigned": mark_plural(
        "{n:count} customer lies between the segments and belongs to none.",
        "{n:count} customers lie between the segments and belong to none.",
    ),
    "method-sampled": mark(
        "This method learned from {n:count} customers; the others go where the nearest of them are."
    ),
    "method-without-weights": mark(
        "This method forms segments without the weights; sizes and profiles use them."
    ),
    "equal-once": mark_plural(
        "{n:count} customer has the same values as another one; this method counts them once.",
        "{n:count} customers have the same values as another one; this method counts them once.",
    ),
    "method-gaps-filled": mark_plural(
        "{n:count} gap was filled with the mean, which this method needs.",
        "{n:count} gaps were filled with the mean, which this method needs.",
    ),
}
