"""What was found of places, as a record.

Enters: a reading and what it found. Leaves: plain values. Refuses to hold an address: of those only
the names of places in doubt are listed.
"""

from __future__ import annotations

from typing import Any

from segmentation.whereabouts import Found, PlaceReading

IN_DOUBT = 20


def places_record(reading: PlaceReading, found: Found) -> dict[str, Any]:
    """Return what a reading finds as plain values.

    Parameters
    ----------
    reading : PlaceReading
    found : Found

    Returns
    -------
    dict
        As documented in ``docs/cli.md``.
    """
    return {
        "columns": list(reading.sources),
        "said": found.n_said,
        "placed": found.n_placed,
        "seems_swapped": found.seems_swapped,
        "counts": {how.value: n for how, n in found.counts.items()},
        "doubt": [
            {
                "said": doubt.said,
                "customers": doubt.n_customers,
                "found": doubt.how.value,
                "taken_for": doubt.place.title if doubt.place else None,
                "candidates": [place.title for place in doubt.candidates],
            }
            for doubt in found.doubts[:IN_DOUBT]
        ],
    }
