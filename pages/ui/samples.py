"""The samples of the start page: what each shows, and the decisions it comes with."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from segmentation.study import Study
from segmentation.wording import mark

FOLDER = Path(__file__).parents[2] / "sample_data"


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample file.

    Attributes
    ----------
    name, file : str
        Its short name, and its file in ``sample_data``.
    title, story : str
        English, marked for translation.
    id_name : str
        The column that names a customer.
    """

    name: str
    file: str
    title: str
    story: str
    id_name: str

    def prepared(self, study: Study) -> Study:
        """Return the study with the decisions that the sample comes with."""
        return replace(study, id_name=self.id_name)


SAMPLES = (
    Sample(
        "retailer",
        "retailer_customers.csv",
        mark("A retailer with 6,000 customers"),
        mark(
            "Orders, habits, attitudes, consent and home towns in 26 cities. Invented customers, "
            "real questions: one click leads to the finished segments."
        ),
        "customer_id",
    ),
)


def copy_sample(sample: Sample, folder: Path) -> Path:
    """Copy a sample into the visit's folder, the only place the engine may read."""
    target = folder / sample.file
    shutil.copyfile(FOLDER / sample.file, target)
    return target
