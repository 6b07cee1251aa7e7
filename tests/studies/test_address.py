"""Where studies are kept: as the operator says, else in the user's own folder."""

import copy
import pickle  # noqa: TID251  what a pool of processes would do with an address
from pathlib import Path

import pytest

from segmentation.errors import BadStudiesAddress
from segmentation.studies import DatabaseAddress, address_from

NAME = "SEGMENT_STUDIO_DATABASE"
SERVER = "postgresql://studio:secret@db.example.org:5432/studies?sslmode=require"


def test_without_a_word_studies_are_in_a_file_of_the_users_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    address = address_from({"HOME": "/home-of/ana"})
    assert address is not None
    assert address.path == Path("/home-of/ana/.local/share/segment-studio/studies.sqlite")
    assert not address.chosen
    moved = address_from({"HOME": "/home-of/ana", "XDG_DATA_HOME": "/data"})
    assert moved is not None
    assert moved.path == Path("/data/segment-studio/studies.sqlite")


@pytest.mark.parametrize(
    ("platform", "below"),
    [("darwin", "Library/Application Support"), ("win32", "AppData/Local")],
)
def test_every_system_has_its_own_place(
    monkeypatch: pytest.MonkeyPatch, platform: str, below: str
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    address = address_from({"HOME": "/home-of/ana"})
    assert address is not None
    assert address.path == Path("/home-of/ana") / below / "segment-studio" / "studies.sqlite"


@pytest.mark.parametrize("said", ["off", "OFF", " Off "])
def test_keeping_studies_can_be_switched_off(said: str) -> None:
    assert address_from({NAME: said}) is None


def test_a_named_database_is_taken() -> None:
    address = address_from({NAME: f" {SERVER} "})
    assert address is not None
    assert address.chosen
    assert address.path is None
    assert address.reveal() == SERVER.replace("://", "+psycopg://")


def test_a_database_that_cannot_be_used_is_refused_without_repeating_it() -> None:
    with pytest.raises(BadStudiesAddress) as told:
        address_from({NAME: "mysql://me:secret@host/db"})
    assert "secret" not in str(told.value)


def test_an_address_shows_itself_nowhere() -> None:
    address = DatabaseAddress(SERVER)
    assert "secret" not in f"{address} {address!r}"
    for way in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            way(address)
