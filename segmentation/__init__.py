"""Segment Studio's library: market segmentation from a file to a labelled, judged customer list.

Pure Python, no user interface, no global state; every result is deterministic given a seed.
The browser app (``pages/``) and the command line (``python -m segmentation``) are two thin shells
over the same functions.
"""

__version__ = "0.1.0"
