"""The address of a warehouse keeps its password to itself."""

import copy
import json
from collections.abc import Callable
from operator import methodcaller

import pytest

from segmentation.engine.address import VARIABLE, Address, address_from
from segmentation.errors import BadWarehouseAddress

URL = "postgresql://reader:s3cret@db.example.org:5433/sales"
CONFIDENTIAL = ("reader", "s3cret", "db.example.org", "5433", "sales")


@pytest.mark.parametrize("show", [repr, str, "{}".format, "%s".__mod__, ascii])
def test_no_way_of_writing_it_shows_it(show: Callable[[Address], str]) -> None:
    assert show(Address(URL)) == "<address of a warehouse>"


@pytest.mark.parametrize(
    "store", [methodcaller("__reduce_ex__", 4), copy.copy, copy.deepcopy, json.dumps, vars]
)
def test_it_cannot_be_stored(store: Callable[[Address], object]) -> None:
    with pytest.raises(TypeError) as refused:
        store(Address(URL))
    assert not any(word in str(refused.value) for word in CONFIDENTIAL)


@pytest.mark.parametrize("url", ["", "mysql://a:s3cret@b/c", "host=b password=s3cret", "s3cret"])
def test_what_is_no_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(BadWarehouseAddress) as refused:
        Address(url)
    assert str(refused.value) == "BadWarehouseAddress"


def test_the_environment_names_it_or_does_not() -> None:
    assert address_from({}) is None
    assert address_from({VARIABLE: "  "}) is None
    found = address_from({VARIABLE: f" {URL}\n"})
    assert found is not None
    assert found.reveal() == URL


def test_the_environment_of_the_process_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert address_from() is None
    monkeypatch.setenv(VARIABLE, "postgres://b/c")
    assert address_from() is not None
