"""The first lines of ``make run``: where the app opens, or what is in the way."""

import socket
from collections.abc import Iterator

import pytest

from scripts import announce


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
    return port


def test_a_free_port_is_announced_with_its_address(
    free_port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert announce.main("localhost", str(free_port)) == 0
    said = capsys.readouterr().out
    assert f"http://localhost:{free_port}" in said
    assert "one click away" in said
    assert "Only this machine" in said


def test_a_taken_port_is_refused_with_one_that_is_free(
    taken_port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert announce.main("localhost", str(taken_port)) == 1
    said = capsys.readouterr().out
    assert f"Port {taken_port} is taken" in said
    offered = int(said.rpartition("PORT=")[2])
    assert announce.is_free("localhost", offered)


def test_a_port_taken_on_one_address_is_not_free_on_all(taken_port: int) -> None:
    assert not announce.is_free("0.0.0.0", taken_port)


@pytest.mark.parametrize("typed", ["", "abc", "-1", "0", "65536", "80.5"])
def test_what_is_no_port_is_refused(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert announce.main("localhost", typed) == 1
    assert "from 1 to 65535" in capsys.readouterr().out


def test_opening_the_app_to_the_network_is_said_aloud() -> None:
    said = announce.announcement("0.0.0.0", 8501)
    assert "http://localhost:8501" in said
    assert "Everyone on your network" in said
