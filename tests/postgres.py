"""A PostgreSQL of the tests' own: on this machine only, with a folder that goes with it.

It refuses to run as the administrator, so there it runs as a user that has no other rights. When
the tests end, however they end, its input ends, and with that the server.
"""

import os
import pwd
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from segmentation.engine.address import Address

OWNER, READER = "owner", "only_reads_here"  # no word that a page would say
_UNPRIVILEGED = ("postgres", "nobody")
# QUIT ends the server at once, whatever its queries do; what it held is thrown away anyhow.
_SERVED = '"$@" & server=$!; cat >/dev/null; kill -QUIT "$server"; wait "$server"'
_READY_SECONDS = 60


@dataclass(frozen=True)
class Postgres:
    """A running server with one database, its owner and a user who may read and write."""

    port: int
    password: str

    def url(self, user: str = READER, password: str | None = None) -> str:
        return f"postgresql://{user}:{password or self.password}@127.0.0.1:{self.port}/postgres"

    @property
    def address(self) -> Address:
        return Address(self.url())

    def owner(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url(OWNER), autocommit=True)

    def given_away(self, said: str, user: str = READER) -> list[str]:
        """What a text tells of the way to this server; its port only where it is a whole number.

        Figures of a computation hold every few digits sooner or later, and so the port's.
        """
        told = [part for part in (self.password, "127.0.0.1", user) if part in said]
        port = re.search(rf"(?<![\d.]){self.port}(?!\d)", said)
        return [*told, port.group()] if port else told

    def run(self, *statements: str) -> None:
        """Run statements as the owner, in a schema that the reader sees."""
        with self.owner() as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def load(
        self,
        name: str,
        types: Mapping[str, str],
        rows: Sequence[Sequence[object]],
    ) -> None:
        """Make a table ``public.name`` anew and fill it."""
        cells = ", ".join(f'"{column}" {kind}' for column, kind in types.items())
        self.run(f'DROP TABLE IF EXISTS "{name}" CASCADE', f'CREATE TABLE "{name}" ({cells})')
        with (
            self.owner() as connection,
            connection.cursor() as cursor,
            cursor.copy(f'COPY "{name}" FROM STDIN'.encode()) as copy,
        ):
            for row in rows:
                copy.write_row(row)


def programs() -> Path | None:
    """Folder of the newest server that is installed, None where there is none."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = sorted(debian, key=lambda path: float(path.parts[-3]))
    if not found and (on_path := shutil.which("initdb")):
        found = [Path(on_path).resolve()]
    usable = [path.parent for path in found if (path.parent / "postgres").exists()]
    return usable[-1] if usable else None


@contextmanager
def running() -> Iterator[Postgres]:
    """Start a server, and stop it and remove its folder afterwards."""
    where = programs()
    if where is None:
        pytest.skip("PostgreSQL's server is not installed (Debian: apt-get install postgresql)")
    user = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="segment-studio-postgres-"))
    try:
        if user:
            shutil.chown(folder, user)
        password = secrets.token_hex(12)
        _initialise(where, folder, user, password)
        port = _free_port()
        server = _start(where, folder, user, port)
        try:
            yield _ready(Postgres(port, password), server)
        finally:
            assert server.stdin is not None
            server.stdin.close()
            server.wait(timeout=_READY_SECONDS)
    finally:
        shutil.rmtree(folder)


def _unprivileged() -> str | None:
    """The user to run as: this one, unless it is the administrator."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    user = next((name for name in _UNPRIVILEGED if name in known), None)
    if user is None:
        pytest.skip("PostgreSQL does not run as the administrator, and there is no other user")
    return user


def _as(user: str | None) -> dict[str, Any]:
    """What makes a process run as a user, with that user's group and no other."""
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _initialise(where: Path, folder: Path, user: str | None, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password)
    if user:
        shutil.chown(secret, user)
    options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]
    command = [str(where / "initdb"), *options, f"--username={OWNER}", f"--pwfile={secret}"]
    subprocess.run(
        [*command, "--pgdata", str(folder / "data")],
        check=True,
        capture_output=True,
        cwd=folder,
        **_as(user),
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(where: Path, folder: Path, user: str | None, port: int) -> subprocess.Popen[bytes]:
    options = {
        "listen_addresses": "127.0.0.1",
        "autovacuum": "off",  # it would count the rows of a table at a moment of its own
        "port": port,
        "unix_socket_directories": "",
        "fsync": "off",
        "shared_buffers": "64MB",
        "logging_collector": "off",
    }
    command = [str(where / "postgres"), "-D", str(folder / "data")]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    return subprocess.Popen(
        ["/bin/sh", "-c", _SERVED, "sh", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        **_as(user),
    )


def _ready(postgres: Postgres, server: subprocess.Popen[bytes]) -> Postgres:
    """Wait until the server answers, then make the reader."""
    for _ in range(_READY_SECONDS * 10):
        assert server.poll() is None, "the server has ended"
        try:
            with postgres.owner():
                break
        except psycopg.OperationalError:
            # The driver's own wait for an answer that comes late: no process to ask, no signal.
            with pytest.raises(subprocess.TimeoutExpired):
                server.wait(timeout=0.1)
    postgres.run(
        f"CREATE ROLE {READER} LOGIN PASSWORD '{postgres.password}'",
        f"GRANT pg_read_all_data, pg_write_all_data TO {READER}",
        f"GRANT CREATE ON SCHEMA public TO {READER}",
    )
    return postgres
