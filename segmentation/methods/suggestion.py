"""Which way of finding segments suits the customers at hand.

Enters: prepared customers. Leaves: a method's name and why. Refuses to try methods out: what each
of them finds is for the user to compare.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.methods.contract import Rows
from segmentation.notes import Note

# From this share of gaps on, what was not answered says more than the answers.
MANY_GAPS = 0.3
# From this share of categories on, the probability model finds made groups far better than
# distances do (docs/benchmarks.md, mixed data).
MANY_CATEGORIES = 1 / 3
LOOKED_AT = 20_000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A method and the reason for it.

    Attributes
    ----------
    method : str
        By its name.
    reason : Note
        The numbers behind it.
    """

    method: str
    reason: Note


def suggest_method(rows: Rows) -> Suggestion:
    """Suggest a method from the kinds of the variables and from the gaps.

    Parameters
    ----------
    rows : Rows

    Returns
    -------
    Suggestion
        The probability model from 30 % of gaps on, for it needs no value in their place, and
        where a third of the variables are categories; else k-means.
    """
    gaps = float(np.isnan(rows.values[:LOOKED_AT]).mean())
    if gaps >= MANY_GAPS:
        return Suggestion("latent_class", Note.of("method-for-gaps", share=round(gaps, 3)))
    n_categories = sum(len(group) > 1 for group in rows.groups)
    if n_categories:
        counts = {"n": n_categories, "n_all": len(rows.groups)}
        if n_categories >= MANY_CATEGORIES * len(rows.groups):
            return Suggestion("latent_class", Note.of("method-for-categories", **counts))
        return Suggestion("kmeans", Note.of("method-for-mixed", **counts))
    return Suggestion("kmeans", Note.of("method-for-numbers", n=len(rows.groups)))
