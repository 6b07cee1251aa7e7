"""Where rows live and queries run: one session per visit behind one protocol."""

from segmentation.engine.duck import DuckSession, preload
from segmentation.engine.limits import Limits
from segmentation.engine.session import Session
from segmentation.engine.watching import Progress

__all__ = ["DuckSession", "Limits", "Progress", "Session", "preload"]
