"""Labels of values that SAS keeps apart from the values: a catalogue of formats (SAS7BCAT).

Enters: a catalogue, and the format of a variable as its table writes it. Leaves: codes with their
labels. Refuses nothing: a catalogue that cannot be read is told, and the codes stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pyreadstat

Labels = Mapping[float, str] | Mapping[str, str]
Formats = Mapping[str, Labels]
# A format's own name does not end in a digit; what follows is how wide it is shown: COMMA12.2.
_WIDTH: Final = re.compile(r"\d*\.?\d*$")


def formats_of(catalogue: Path, encoding: str | None) -> Formats | None:
    """Read the formats of a catalogue.

    Parameters
    ----------
    catalogue : Path
    encoding : str or None
        Of its labels; what the catalogue says itself when None.

    Returns
    -------
    mapping of str to labels by code, or None
        By the format's name in capitals; None where the catalogue cannot be read.
    """
    try:
        _, about = pyreadstat.read_sas7bcat(str(catalogue), encoding=encoding, output_format="dict")
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError):
        return None
    return {name.upper(): labels for name, labels in about.value_labels.items()}


def labels_of(written: str, formats: Formats) -> Labels:
    """Return the labels of a format as a variable writes it, with or without its width.

    Examples
    --------
    >>> labels_of("sexf8.", {"SEXF": {1.0: "Man"}})
    {1.0: 'Man'}
    """
    named = written.upper()
    return formats.get(named) or formats.get(_WIDTH.sub("", named)) or {}
