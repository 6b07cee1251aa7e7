import io
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from segmentation.cli import INTERRUPTED, main
from segmentation.engine import DuckSession
from segmentation.terminal import reading_told
from segmentation.wording import words_in

CLEAR = "\r\x1b[2K"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def customers(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    rows = "".join(f"C{i:06d},{i % 90},{'x' * 60}\n" for i in range(20_000))
    path.write_text(f"id,age,remark\n{rows}")
    return path


def test_a_terminal_sees_one_line_with_the_bytes_that_is_gone_at_the_end(
    customers: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(["describe", str(customers), "--language", "en"]) == 0
    written = terminal.getvalue()
    assert "\n" not in written
    assert f"{CLEAR}Loading the rows: 1 MB of 1 MB" in written
    assert written.endswith(CLEAR)


def test_where_there_is_no_terminal_nothing_is_told(
    customers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["describe", str(customers)]) == 0
    assert capsys.readouterr().err == ""


def test_the_line_fits_a_narrow_terminal_in_chinese_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("COLUMNS", "12")
    session = DuckSession(tmp_path / "visit")
    with reading_told(session, words_in("en")), session.watch.step("loading", 9_000_000):
        pass
    assert f"{CLEAR}Loading the{CLEAR}" in terminal.getvalue()


def test_an_interruption_is_answered_with_a_sentence_and_code_130(
    customers: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*arguments: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("segmentation.receiving.compose", interrupted)
    assert main(["describe", str(customers), "--language", "en"]) == INTERRUPTED == 130
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "Stopped before the end, as asked.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_a_signal_ends_the_program_in_the_middle_of_a_statement(tmp_path: Path) -> None:
    program = (
        "import signal, sys\n"
        # A shell that starts the tests in the background has signals ignored in all they start.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from segmentation import cli\n"
        "def endless(session, asked, words):\n"
        "    print('now', flush=True)\n"
        "    session.rows('SELECT count(DISTINCT a.range + b.range) AS n '\n"
        "                 'FROM range(1000000) a, range(1000000) b')\n"
        "cli.COMMANDS['describe'] = endless\n"
        "sys.exit(cli.main(['describe', 'any.csv', '--language', 'en']))\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    try:
        assert running.stdout is not None
        assert running.stdout.readline() == "now\n"
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=60)
    finally:
        running.kill()  # what did not stop shall not run on beside the next tests
    assert running.returncode == INTERRUPTED
    assert told == "Stopped before the end, as asked.\n"
