"""Generated example tables with planted truth: written by ``make.py``, told in ``README.md``."""
