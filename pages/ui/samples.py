"""The samples of the start page: what each shows, and the decisions it comes with."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from sample_data.paths import sample_path
from segmentation.study import Study
from segmentation.wording import mark


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample file.

    Attributes
    ----------
    name : str
        As ``sample_data`` registers it.
    file : str
        The file's name.
    title, story : str
        English, marked for translation.
    id_name : str or None
        The column that names a customer.
    """

    name: str
    file: str
    title: str
    story: str
    id_name: str | None

    def prepared(self, study: Study) -> Study:
        """Return the study with the decisions that the sample comes with."""
        return replace(study, id_name=self.id_name)


SAMPLES = (
    Sample(
        "retailer",
        "retailer_customers.csv",
        mark("A retailer"),
        mark("6,000 customers with orders, habits, consent and home towns in 26 cities."),
        "customer_id",
    ),
    Sample(
        "travel",
        "travel_survey.csv",
        mark("A travel survey"),
        mark("1,500 travellers who ticked what they look for in a holiday."),
        "respondent_id",
    ),
    Sample(
        "leads",
        "b2b_leads.csv",
        mark("Business leads"),
        mark("2,000 companies with size, technology and what they did on the website."),
        "account_id",
    ),
    Sample(
        "zh_retail",
        "zh_retail_gb18030.csv",
        mark("A Chinese retailer"),
        mark("3,000 members, Chinese headings and addresses, encoded as GB18030."),
        "会员编号",
    ),
    Sample(
        "no_structure",
        "no_structure.csv",
        mark("No segments at all"),
        mark("2,000 customers of one kind: see how a market without segments is told."),
        "customer_id",
    ),
)


def copy_sample(sample: Sample, folder: Path) -> Path:
    """Copy a sample into the visit's folder, the only place the engine may read."""
    target = folder / sample.file
    shutil.copyfile(sample_path(sample.name), target)
    return target
