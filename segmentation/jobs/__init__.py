"""Long computations in child processes, with progress, cancel and a warm pool.

Enters: a module-level function with its arguments. Leaves: a ``Job`` to watch, cancel and read.
Refuses to know: what is computed, who watches, and any user interface.
"""

from segmentation.jobs.child import Progress
from segmentation.jobs.pool import PRELOAD, Job, JobPool, JobState

__all__ = ["PRELOAD", "Job", "JobPool", "JobState", "Progress"]
