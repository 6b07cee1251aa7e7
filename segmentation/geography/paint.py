"""How places on a map are painted: which class each is of, in which colour, and what it tells.

Enters: places with their classes, colours and names. Leaves: ``Paint``, which maps in the browser
and pictures of maps draw alike. Refuses to choose a colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.geography.areas import Areas
from segmentation.geography.measures import Cells, Shading
from segmentation.geography.tally import HIDDEN_BELOW

Rgb = tuple[int, int, int]

# Expressions and constants of deck.gl's JSON begin like this.
_RESERVED = "@@"
# How strongly the emptiest and the fullest place are drawn where a segment leads …
_FAINT, _FULL = 80, 245
# … and every place where the colour itself tells the number.
_EVEN = 215


def as_text(name: str) -> str:
    """Return a name that deck.gl's JSON takes for text, whatever it begins with.

    Examples
    --------
    >>> as_text("@@=alert(1)")
    ' @@=alert(1)'
    >>> as_text("Loyal households")
    'Loyal households'
    """
    return f" {name}" if name.startswith(_RESERVED) else name


@dataclass(frozen=True, slots=True, eq=False)
class Paint:
    """How places are drawn.

    Attributes
    ----------
    classes : ndarray of shape (n_places,)
        Which colour each has; a place of class -1 is not drawn.
    colors : tuple of (int, int, int)
        Red, green, blue of each class, 0 … 255.
    texts : tuple of str
        What pointing at each place tells.
    strength : ndarray of shape (n_places,)
        How strong its colour is, 0 … 255.
    """

    classes: npt.NDArray[np.int64]
    colors: tuple[Rgb, ...]
    texts: tuple[str, ...]
    strength: npt.NDArray[np.int64]


def point_paint(segments: npt.NDArray[np.int16], colors: Sequence[Rgb]) -> Paint:
    """Paint points in the colours of their segments.

    Parameters
    ----------
    segments : ndarray of shape (n_points,)
        0 … k - 1.
    colors : sequence of (int, int, int)
        Of the segments.

    Returns
    -------
    Paint
        Without texts.
    """
    strength = np.full(len(segments), _EVEN, dtype=np.int64)
    return Paint(segments.astype(np.int64), tuple(colors), (), strength)


def even_paint(shading: Shading, colors: Sequence[Rgb], texts: Sequence[str]) -> Paint:
    """Paint places in the colours of their classes, all as strong.

    Parameters
    ----------
    shading : Shading
    colors : sequence of (int, int, int)
        One a class.
    texts : sequence of str
        What pointing at each place tells.

    Returns
    -------
    Paint
    """
    strength = np.full(len(shading.classes), _EVEN, dtype=np.int64)
    return Paint(shading.classes, tuple(colors), tuple(as_text(t) for t in texts), strength)


def leading_paint(
    cells: Cells, shading: Shading, colors: Sequence[Rgb], names: Sequence[str]
) -> Paint:
    """Paint cells in the colour of the segment that leads, the stronger the more customers.

    Parameters
    ----------
    cells : Bins or Areas
    shading : Shading
        By a measure that names a segment.
    colors : sequence of (int, int, int)
        Of the segments.
    names : sequence of str
        Of the segments.

    Returns
    -------
    Paint
        Its texts say the segment, the number of customers and, where five or more of them are of
        this segment, its share.
    """
    n_customers = cells.n_customers
    usual = float(np.quantile(n_customers, 0.95)) if len(n_customers) else 1.0
    filled = np.sqrt(np.minimum(1.0, n_customers / usual))
    strength = np.rint(_FAINT + (_FULL - _FAINT) * filled).astype(np.int64)
    share = np.rint(100 * np.nan_to_num(shading.values)).astype(int)
    led = cells.counts[np.arange(len(n_customers)), shading.classes]
    texts = [
        as_text(names[segment])
        + (f" · {percent} %" if n_led >= HIDDEN_BELOW else "")
        + f"\nn = {n}"
        for segment, percent, n_led, n in zip(shading.classes, share, led, n_customers, strict=True)
    ]
    if isinstance(cells, Areas):
        texts = [f"{as_text(name)}\n{text}" for name, text in zip(cells.names, texts, strict=True)]
    return Paint(shading.classes, tuple(colors), tuple(texts), strength)
