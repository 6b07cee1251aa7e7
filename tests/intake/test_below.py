"""Another table below the first part of a text is told, with the line it begins in."""

from collections.abc import Sequence

import pytest

from segmentation.intake import RawTable, window
from tests.intake.conftest import Read

N = 1_000


@pytest.fixture(autouse=True)
def little_is_looked_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """The layout is found in the first 4,096 characters instead of a million."""
    monkeypatch.setattr(window, "_SNIFFED", 1 << 12)
    monkeypatch.setattr(window, "_TAIL_BYTES", 1 << 9)


CUSTOMERS = [f"K{i:05d},Ulm,{i % 97},{i % 13}" for i in range(N)]
PLACES = [f"Ort {i},{i * 3}" for i in range(30)]


def text_of(lines: Sequence[str]) -> str:
    return "\n".join(("id,town,spend,visits", *CUSTOMERS, *lines)) + "\n"


def told(raw: RawTable) -> list[dict[str, object]]:
    return [dict(note.values) for note in raw.notes if note.code == "table-below"]


@pytest.mark.parametrize(
    ("lines", "line", "names", "n"),
    [
        (["place,area", *PLACES], N + 2, ("place", "area"), 30),
        (["", "", "Places", "place,area", *PLACES], N + 5, ("place", "area"), 30),
        (['"place"; ,area'.replace("; ", ""), *PLACES], N + 2, ("place", "area"), 30),
        (["# a comment", "K,Ulm", "place,area", *PLACES], N + 4, ("place", "area"), 30),
        (["place,area,b,c,d,e", *(f"{p},1,2,3,4" for p in PLACES)], N + 2, None, 30),
    ],
)
def test_another_table_below_is_told_with_its_line(
    lines: list[str], line: int, names: tuple[str, ...] | None, n: int, read: Read
) -> None:
    raw = read(text_of(lines))
    (found,) = told(raw)
    assert (found["line"], found["n"]) == (line, n)
    assert names is None or found["names"] == names


@pytest.mark.parametrize(
    "lines",
    [
        [f"K{i},Ulm" for i in range(40)],  # customers whose last cells were left out
        [f"K{i},Ulm,{i}" if i % 2 else f"K{i}" for i in range(40)],
        ["place,area", "Ulm,3"],  # too few to be a table
        [f"K{i},Ulm,1,2,," for i in range(40)],
    ],
)
def test_customers_with_missing_cells_are_no_other_table(lines: list[str], read: Read) -> None:
    raw = read(text_of(lines))
    assert told(raw) == []
    assert raw.n_rows == N + len(lines)


def test_rows_of_another_table_are_counted_not_dropped(read: Read) -> None:
    raw = read(text_of(["place,area", *PLACES]))
    assert raw.n_rows == N + 31
