"""Ways of finding segments, one file each, with one contract."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from segmentation.methods.contract import Effort, Method, Resamples, Rows

METHODS = ("kmeans", "famd", "latent_class", "gaussian_mixture", "ward", "density")
DEFAULT = METHODS[0]


def method_called(name: str) -> Method:
    """Return the method of that name; its libraries are loaded only now.

    Parameters
    ----------
    name : str
        One of :data:`METHODS`.

    Raises
    ------
    KeyError
        When there is none.

    Examples
    --------
    >>> method_called("kmeans").name
    'kmeans'
    """
    if name not in METHODS:
        raise KeyError(name)
    return cast("Method", import_module(f"segmentation.methods.{name}"))


__all__ = ["DEFAULT", "METHODS", "Effort", "Method", "Resamples", "Rows", "method_called"]
