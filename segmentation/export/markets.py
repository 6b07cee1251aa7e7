"""Micro-markets as a file: a line for each region and segment.

Enters: micro-markets and segment names. Leaves: a CSV for Excel. Refuses formulas: a cell that
begins with = + - @ would run as one. What is hidden on the screen is blank in the file.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence

from segmentation.export.customers import safe_cell
from segmentation.geography.markets import MicroMarkets
from segmentation.wording import Words


def markets_csv(markets: MicroMarkets, names: Sequence[str], words: Words) -> bytes:
    """Write the table of regions by segment.

    Parameters
    ----------
    markets : MicroMarkets
    names : sequence of str
        Segment names.
    words : Words
        The language of the headers.

    Returns
    -------
    bytes
        UTF-8 with a mark; numbers with a point and all digits that are certain.
    """
    header = [words("Region"), words("Segment"), words("Customers"), words("Share"), words("Index")]
    if markets.value_name is not None:
        header.append(markets.value_name)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe_cell(each) for each in header])
    regions = markets.regions
    for row, region in enumerate(regions.regions):
        for segment, name in enumerate(names):
            at = (row, segment)
            cells = [
                _written(float(regions.counts[at]), 0),
                _written(float(regions.share[at]), 6),
                _written(float(regions.index[at]), 1),
            ]
            if markets.value is not None:
                cells.append(_written(float(markets.value[at]), 2))
            writer.writerow([safe_cell(region), safe_cell(name), *cells])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _written(number: float, digits: int) -> str:
    return "" if math.isnan(number) else f"{number:.{digits}f}"
