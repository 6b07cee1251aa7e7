"""What is found in the answers of new customers: gaps, values never seen before, their spread.

Enters: values, batch by batch, and a model. Leaves: counts and notes. Refuses to place anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from segmentation.assigning.drift import counted
from segmentation.assigning.model import Model, Question
from segmentation.intake import CustomerTable
from segmentation.notes import Note


@dataclass(slots=True)
class Seen:
    """Counts so far.

    Attributes
    ----------
    bins : dict of str to ndarray
        Customers by bin of each reference.
    missing, outside, unknown : dict of str to int
        By variable: without a value, beyond the known numbers, none of the known texts.
    silent : int
        Customers without any value that tells the segments apart.
    """

    bins: dict[str, npt.NDArray[np.int64]] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)
    outside: dict[str, int] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    silent: int = 0

    def look(self, values: Mapping[str, npt.NDArray[np.generic]], model: Model) -> None:
        """Count one more batch.

        Parameters
        ----------
        values : mapping of str to ndarray of shape (n,)
            Of each question of the model, as :mod:`segmentation.preparation` brings them.
        model : Model
        """
        for question in model.questions:
            name = question.name
            odd = zip(
                (self.missing, self.outside, self.unknown),
                _odd(values[name], question),
                strict=True,
            )
            for counter, n in odd:
                counter[name] = counter.get(name, 0) + n
        for reference in model.references:
            counts = counted(reference, values[reference.name])
            self.bins[reference.name] = self.bins.get(reference.name, 0) + counts

    def notes(self, table: CustomerTable, n: int, n_nowhere: int) -> Iterator[Note]:
        """Say what was found.

        Parameters
        ----------
        table : CustomerTable
        n : int
            Customers looked at.
        n_nowhere : int
            Those in no segment.
        """
        left_out = table.raw.n_rows - table.n_customers
        for code, count in (
            ("assigned-outside-population", left_out),
            ("assigned-silent", self.silent),
            ("assigned-nowhere", n_nowhere),
        ):
            if count:
                yield Note.of(code, n=count)
        for code, counts in (
            ("assigned-unknown", self.unknown),
            ("assigned-missing", self.missing),
            ("assigned-outside", self.outside),
        ):
            for name, count in counts.items():
                if count:
                    yield Note.of(code, name=name, n=count, share=round(count / max(n, 1), 4))


def _odd(values: npt.NDArray[np.generic], question: Question) -> tuple[int, int, int]:
    """How many are missing, beyond the known numbers, none of the known texts."""
    if question.is_category:
        known = [str(v) for v in values if v is not None]
        texts = set(question.texts)
        return len(values) - len(known), 0, sum(v not in texts for v in known) if texts else 0
    numbers = values.astype(np.float64)
    low = -np.inf if question.low is None else question.low
    high = np.inf if question.high is None else question.high
    beyond = int(((numbers < low) | (numbers > high)).sum())
    return int(np.isnan(numbers).sum()), beyond, 0
