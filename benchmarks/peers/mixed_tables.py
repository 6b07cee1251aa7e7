"""Numbers and categories together, as k-prototypes and StepMix solve them when called by hand.

Both need categories as codes and standardised numbers. k-prototypes knows no missing cells: numbers
get the mean and categories the commonest level, as is usual. StepMix uses the cells that are known.
"""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
from kmodes.kprototypes import KPrototypes
from stepmix import StepMix
from stepmix.utils import get_mixed_descriptor


def coded(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str], list[str]]:
    """Return standardised numbers and coded categories, and the names of both."""
    numbers = list(frame.select_dtypes("number"))
    categories = [name for name in frame if name not in numbers]
    table = frame.copy()
    for name in numbers:
        table[name] = (frame[name] - frame[name].mean()) / frame[name].std()
    for name in categories:
        codes = frame[name].astype("category").cat.codes.astype(float)
        table[name] = codes.where(codes >= 0)
    return table, numbers, categories


def filled(table: pd.DataFrame, numbers: list[str], categories: list[str]) -> np.ndarray:
    """Return a coded table without gaps."""
    gaps = {name: table[name].mean() for name in numbers}
    gaps |= {name: table[name].mode()[0] for name in categories}
    return table.fillna(gaps).to_numpy()


def k_prototypes(rows: np.ndarray, n_numbers: int, k: int, starts: int) -> np.ndarray:
    """Return segments by k-prototypes; the categories are the last columns."""
    categories = list(range(n_numbers, rows.shape[1]))
    fit = KPrototypes(k, n_init=starts, random_state=0).fit(rows, categorical=categories)
    return np.asarray(fit.labels_)


def latent_classes(
    table: pd.DataFrame, numbers: list[str], categories: list[str], k: int, starts: int
) -> np.ndarray:
    """Return the likeliest class of everybody by StepMix, with full-information likelihood."""
    gaps = "_nan" if table.isna().to_numpy().any() else ""
    kinds = {f"continuous{gaps}": numbers, f"categorical{gaps}": categories}
    rows, descriptor = get_mixed_descriptor(dataframe=table, **kinds)
    fit = StepMix(k, measurement=descriptor, n_init=starts, random_state=0, progress_bar=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about iterations that ran out
        return np.asarray(fit.fit(rows).predict(rows))
