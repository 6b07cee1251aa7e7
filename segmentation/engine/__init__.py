"""Where rows live and queries run: one session per visit behind one protocol."""

from segmentation.engine.duck import DuckSession, Limits
from segmentation.engine.session import Session

__all__ = ["DuckSession", "Limits", "Session"]
