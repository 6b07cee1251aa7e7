"""Files that arrived together, of which some are SAS catalogues: each goes with its table.

Enters: files. Leaves: the tables, a labelled one as an archive of the two under the table's name,
so that it is read again like any other. Refuses a catalogue without a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from segmentation.errors import CatalogueAlone
from segmentation.intake.catalogues import bundle, has_formats, is_catalogue, pairs
from segmentation.transactions.compose import Upload


def with_catalogues(uploads: Sequence[Upload]) -> tuple[Upload, ...]:
    """Put each SAS catalogue to the tables that it belongs to.

    Parameters
    ----------
    uploads : sequence of Upload

    Returns
    -------
    tuple of Upload
        Without the catalogues. A table that one belongs to is a new file beside its own, which
        stays where it is.

    Raises
    ------
    CatalogueAlone
        When a catalogue belongs to no table.
    """
    catalogues = {upload.name: upload for upload in uploads if is_catalogue(upload.path)}
    tables = [upload for upload in uploads if upload.name not in catalogues]
    if not catalogues:
        return tuple(uploads)
    named = [upload.name for upload in tables if has_formats(upload.path)]
    explained = pairs(named, list(catalogues))
    unused = [name for name in catalogues if name not in explained.values()]
    if unused:
        raise CatalogueAlone(name=unused[0])
    return tuple(
        _labelled(upload, catalogues[explained[upload.name]])
        if upload.name in explained
        else upload
        for upload in tables
    )


def _labelled(table: Upload, catalogue: Upload) -> Upload:
    target = table.path.with_name(f"{table.path.name}-labelled")
    bundle((table.path, table.name), (catalogue.path, catalogue.name), target)
    return replace(table, path=target)
