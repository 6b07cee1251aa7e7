"""Which way of finding segments suits the customers at hand.

Enters: prepared customers. Leaves: a method's name and why. Refuses to try methods out: what each
of them finds is for the user to compare.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.methods import DEFAULT
from segmentation.methods.contract import Rows
from segmentation.notes import Note

# From this share of gaps on, what was not answered says more than the answers.
MANY_GAPS = 0.3
# From this share of categories on, the probability model finds made groups far better than
# distances do (docs/benchmarks.md, mixed data).
MANY_CATEGORIES = 1 / 3
# With fewer customers a model with probabilities for every answer runs out of them.
FEW_CUSTOMERS = 100
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


def suggest_method(rows: Rows, *, in_warehouse: bool = False) -> Suggestion:
    """Suggest a method from the kinds of the variables and from the gaps.

    Parameters
    ----------
    rows : Rows
    in_warehouse : bool
        Whether the customers are a sample of a table whose other customers are to be placed by
        the warehouse, which can look for the nearest mean and nothing else.

    Returns
    -------
    Suggestion
        The probability model from 30 % of gaps on, for it needs no value in their place, and
        where a third of the variables are categories; k-means elsewhere, in a warehouse and for
        fewer than 100 customers.
    """
    if in_warehouse:
        return Suggestion(DEFAULT, Note.of("method-for-warehouse"))
    if len(rows.values) < FEW_CUSTOMERS:
        return Suggestion(DEFAULT, Note.of("method-for-few", n=len(rows.values)))
    gaps = float(np.isnan(rows.values[:LOOKED_AT]).mean())
    if gaps >= MANY_GAPS:
        return Suggestion("latent_class", Note.of("method-for-gaps", share=round(gaps, 3)))
    return _by_kind(sum(len(group) > 1 for group in rows.groups), len(rows.groups))


def _by_kind(n: int, n_all: int) -> Suggestion:
    """What suits so many categories among all variables."""
    if n >= MANY_CATEGORIES * n_all:
        return Suggestion("latent_class", Note.of("method-for-categories", n=n, n_all=n_all))
    if n:
        return Suggestion(DEFAULT, Note.of("method-for-mixed", n=n, n_all=n_all))
    return Suggestion(DEFAULT, Note.of("method-for-numbers", n=n_all))
