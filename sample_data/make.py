"""Write the sample tables of this folder: ``python sample_data/make.py [--out FOLDER]``.

What enters: nothing but the folder to write to; every seed is fixed. What leaves: one CSV file a
sample, and the planted truth in ``truth/``, byte for byte the same on every machine. Samples too
large to commit are left out unless a folder is named: `paths.sample_path` writes them when needed.
It refuses to know what a sample is about: each is one function in a module of its own.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

if not __package__:
    # Run as a script, the folder above this one is not on the path yet.
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sample_data.draws import Draws, FloatArray, IntArray
from sample_data.leads import leads
from sample_data.orders import retailer_orders
from sample_data.reach import reach_contacts
from sample_data.retailer import retailer
from sample_data.stores import retailer_stores
from sample_data.travel import travel
from sample_data.unstructured import no_structure
from sample_data.zh_retail import zh_retail

FOLDER = Path(__file__).resolve().parent
"""Where the committed samples live."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One generated table and the files it is written to.

    Parameters
    ----------
    build : callable
        Makes the table and its planted truth; the truth is None where there is none.
    file : str
        Path of the table below the output folder.
    truth_file : str or None
        Path of the truth below the output folder.
    encoding : str
        Of the table; a truth is always UTF-8.
    committed : bool
        Whether the table lies in the folder; a large one is written on first use instead.
    """

    build: Callable[[], tuple[pd.DataFrame, pd.DataFrame | None]]
    file: str
    truth_file: str | None = None
    encoding: str = "utf-8"
    committed: bool = True


SAMPLES: dict[str, Sample] = {
    "retailer": Sample(retailer, "retailer_customers.csv", "truth/retailer_segments.csv"),
    "retailer_stores": Sample(retailer_stores, "retailer_stores.csv"),
    "retailer_orders": Sample(retailer_orders, "retailer_orders.csv", committed=False),
    "travel": Sample(travel, "travel_survey.csv", "truth/travel_segments.csv"),
    "leads": Sample(leads, "b2b_leads.csv", "truth/b2b_segments.csv"),
    "zh_retail": Sample(
        zh_retail, "zh_retail_gb18030.csv", "truth/zh_retail_segments.csv", encoding="gb18030"
    ),
    "no_structure": Sample(no_structure, "no_structure.csv"),
    "reach": Sample(reach_contacts, "reach_contacts.csv", "truth/reach_contacts.csv"),
}
"""Every sample by its name; a new one is a function that returns (frame, truth) and a line here."""


def csv_bytes(frame: pd.DataFrame, encoding: str = "utf-8") -> bytes:
    r"""Bytes of a table as CSV: no byte order mark, commas, LF line ends.

    Parameters
    ----------
    frame : pandas.DataFrame
        Table whose numbers are already rounded.
    encoding : str
        How characters become bytes.

    Returns
    -------
    bytes
        The whole file.

    Examples
    --------
    >>> csv_bytes(pd.DataFrame({"a": [1], "b": ["São"]}))
    b'a,b\n1,S\xc3\xa3o\n'
    """
    return frame.to_csv(index=False, lineterminator="\n").encode(encoding)


def sample_files(sample: Sample) -> dict[str, bytes]:
    """Bytes of the files a sample is written to.

    Parameters
    ----------
    sample : Sample
        One entry of `SAMPLES`.

    Returns
    -------
    dict of str to bytes
        Path below the output folder and content of each file.

    Raises
    ------
    ValueError
        When the sample plants a truth and names no file for it, or the other way round.
    """
    frame, truth = sample.build()
    if (truth is None) != (sample.truth_file is None):
        message = f"{sample.file}: a truth and a file for it come together or not at all"
        raise ValueError(message)
    files = {sample.file: csv_bytes(frame, sample.encoding)}
    if truth is not None and sample.truth_file is not None:
        files[sample.truth_file] = csv_bytes(truth)
    return files


def planted_matrix(
    n_customers: int, n_segments: int, seed: int, *, n_features: int = 4
) -> tuple[FloatArray, IntArray]:
    """Customers in plain round segments, far apart, for tests that need an obvious answer.

    Inside a segment every feature varies with standard deviation 1; centres are at least 8 apart.

    Parameters
    ----------
    n_customers : int
        Number of rows.
    n_segments : int
        Number of segments; their sizes differ by one customer at most.
    seed : int
        The same seed gives the same matrix.
    n_features : int
        Number of columns.

    Returns
    -------
    tuple of FloatArray and IntArray
        Matrix of shape (n_customers, n_features) and the planted segment of each row, from 0.

    Examples
    --------
    >>> matrix, segment = planted_matrix(6, 3, seed=1)
    >>> matrix.shape, np.bincount(segment).tolist()
    ((6, 4), [2, 2, 2])
    """
    draws = Draws(seed, n_customers)
    segment = draws.order("segment") % n_segments
    noise = np.column_stack([draws.normal(f"feature {index}") for index in range(n_features)])
    centres = np.zeros((n_segments, n_features))
    for index in range(n_segments):
        # Each round along the axes is farther out, so any number of segments finds room.
        centres[index, index % n_features] = 8.0 * (1 + index // n_features)
    return centres[segment] + noise, segment


def main(arguments: Sequence[str] | None = None) -> int:
    """Write every sample and its truth; a large one only where a folder is named.

    Parameters
    ----------
    arguments : sequence of str or None
        Command line without the program's name; None reads the real one.

    Returns
    -------
    int
        Exit status, 0.
    """
    parser = argparse.ArgumentParser(description="Write the generated sample tables.")
    parser.add_argument("--out", type=Path, default=None, help="folder to write to")
    out: Path | None = parser.parse_args(arguments).out
    folder = out or FOLDER
    for sample in SAMPLES.values():
        if out is None and not sample.committed:
            continue  # written by sample_path when somebody asks for it
        for name, content in sample_files(sample).items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            print(f"{target}: {len(content):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
