"""Where a sample lies on this machine; large ones are written when they are first asked for.

What enters: the name of a sample. What leaves: the path of its file. It refuses to keep a stale
file: what is written carries a mark of the code that made it.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from sample_data.make import FOLDER, SAMPLES, sample_files

CACHE = FOLDER / ".cache"
"""Where generated samples are kept; not part of the repository."""


def sample_path(name: str) -> Path:
    """Path of a sample's table, generated on first use where it is not committed.

    Parameters
    ----------
    name : str
        Key of `sample_data.make.SAMPLES`.

    Returns
    -------
    Path
        An existing file. Where the folder beside this module cannot be written to, it lies in a
        temporary folder that goes when the program ends.

    Raises
    ------
    KeyError
        When no sample has this name.

    Examples
    --------
    >>> sample_path("travel").name
    'travel_survey.csv'
    """
    sample = SAMPLES[name]
    if sample.committed:
        return FOLDER / sample.file
    folder = CACHE / _mark_of_the_code()
    if (folder / sample.file).is_file():
        return folder / sample.file
    content = sample_files(sample)[sample.file]
    try:
        return _write(folder / sample.file, content)
    except OSError:  # an installation that only its owner may change
        return _write(_temporary() / sample.file, content)


@cache
def _mark_of_the_code() -> str:
    """Digest of the generators: samples that older code wrote are not used."""
    digest = hashlib.sha256()
    for source in sorted(FOLDER.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


@cache
def _temporary() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="segment-studio-samples-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _write(target: Path, content: bytes) -> Path:
    """Write at once or not at all: a reader never sees half a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".unfinished-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    # A temporary file is its owner's alone; a sample is for everybody who may read the folder.
    Path(name).chmod(0o644)
    return Path(name).replace(target)
