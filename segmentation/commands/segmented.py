"""Customers in segments, however these came about, and what is known of them.

Enters: customers and a study. Leaves: :class:`Segmented`, and with the judgement
:class:`Assessed`. Refuses more segments than customers differ.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from segmentation import workflow
from segmentation.arranging import (
    Finder,
    Sweep,
    arranged,
    as_tested,
    given_of,
    put_partition,
    telling,
)
from segmentation.assigning import Model, Shown, learned, remembering
from segmentation.commands.finding import Clock, Customers, finder, sweep_asked
from segmentation.errors import BadNumberOfSegments
from segmentation.export import Levels
from segmentation.notes import Note
from segmentation.structure import Partition
from segmentation.terminal import tell
from segmentation.typing_tool.tool import rules_of
from segmentation.validation import Trust
from segmentation.wording import Words
from segmentation.wording.notes import say
from segmentation.wording.structure import names_on_show
from segmentation.workflow import Extraction, Judged, Worth


@dataclass(frozen=True, slots=True, eq=False)
class Segmented:
    """Customers in segments, and the sweep that these come from.

    Attributes
    ----------
    customers : Customers
    sweep : Sweep or None
        None where the segments were given.
    partition : Partition
    labels : str
        The engine's table of them.
    find : callable
        Finds segments within segments; what it found it keeps.
    """

    customers: Customers
    sweep: Sweep | None
    partition: Partition
    labels: str
    find: Finder

    @property
    def n_found(self) -> int | None:
        """Number of segments that were found, before anything was done by hand."""
        asked = self.customers.study.branch.k
        return self.sweep.extraction.shown_k(asked) if self.sweep else asked

    @property
    def extraction(self) -> Extraction | None:
        """What was found; None where the segments were given."""
        return self.sweep.extraction if self.sweep else None

    def names(self, words: Words) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what the segments are called, and those of the first level."""
        whole, branch = self.partition.macro, self.customers.study.branch
        macro = branch.names_of(whole.key, whole.k)
        own = branch.names_of(self.partition.key, self.partition.k)
        return (
            names_on_show(self.partition, own, macro, words),
            names_on_show(whole, macro, macro, words),
        )

    def levels(self, words: Words) -> Levels | None:
        """Return the two levels of segments, where some were split."""
        return Levels.of(self.partition, self.names(words)[1])

    def model(self, words: Words) -> Model:
        """Return what places further customers in these segments."""
        customers = self.customers
        names, macro_names = self.names(words)
        return learned(
            Shown(
                customers.table,
                customers.study,
                self.partition,
                names,
                macro_names,
                self.find,
                workflow.variables_of,
            )
        )

    def worth(self, judged: Judged, trust: Trust | None) -> Worth:
        """Judge the segments by every criterion, as of today."""
        customers = self.customers
        table, variables, study = customers.table, customers.variables, customers.study
        known = workflow.Found(
            judged,
            workflow.reach_of(table, variables, self.labels, judged.profile.k, study),
            rules_of(table, variables, self.labels),
            as_tested(self.sweep, trust, self.partition, study),
            self.partition.key,
        )
        today = dt.datetime.now(dt.UTC).date()
        return workflow.worth_of(table, variables, known, study, today)


@dataclass(frozen=True, slots=True, eq=False)
class Assessed:
    """Segments and all that is known of them.

    Attributes
    ----------
    found : Segmented
    judged : Judged
    trust : Trust or None
        None where they were not tested.
    worth : Worth
    names : tuple of str
        What they are called.
    """

    found: Segmented
    judged: Judged
    trust: Trust | None
    worth: Worth
    names: tuple[str, ...]


def segmented(customers: Customers, words: Words, clock: Clock) -> Segmented:
    """Put the customers in segments as the study says.

    Parameters
    ----------
    customers : Customers
    words : Words
        The language of what is told on the way.
    clock : Clock
        Takes the time of every step.

    Returns
    -------
    Segmented

    Raises
    ------
    BadNumberOfSegments
        When fewer customers differ than segments were asked for.
    """
    table, study, sweep = customers.table, customers.study, None
    if given_of(table, study) is None:
        customers, sweep = sweep_asked(customers, words, clock)
        study = customers.study
        k = sweep.extraction.shown_k(study.branch.k)
        if study.branch.k not in (None, k):  # fewer customers differ than were asked for
            raise BadNumberOfSegments(k=study.branch.k, k_max=k)
    find = remembering(finder(sweep, study, words))
    partition = arranged(table, study, find)
    if sweep is None and partition.n_unassigned:
        tell(say(Note.of("given-missing", n=partition.n_unassigned), words))
    variables = telling(customers.variables, study, partition)
    labels = put_partition(table, partition)
    return Segmented(replace(customers, variables=variables), sweep, partition, labels, find)
