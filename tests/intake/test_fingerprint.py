"""The identity of a table and of its customers, whatever the order of rows and columns."""

import hashlib
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.engine import DuckSession
from segmentation.intake import CustomerTable, open_customers, read_file
from tests.intake.cells import Row, cells, codes, in_order
from tests.intake.conftest import Read

NAMES = ("id", "spend", "city")
ROWS = [("a", "1", "York"), ("b", "2", "Bonn"), ("c", "2.5", ""), ("d", "1", "York")]


def written(rows: list[tuple[str, ...]], order: tuple[int, ...] = (0, 1, 2)) -> str:
    table = [NAMES, *rows]
    return "".join(",".join(row[i] for i in order) + "\n" for row in table)


def keys(table: CustomerTable) -> dict[Row, list[int]]:
    """Customers' keys by their content, columns in the order of their names."""
    order = sorted(range(len(table.raw.names)), key=lambda i: table.raw.names[i])
    found: dict[Row, list[int]] = {}
    for row, key in zip(cells(table.raw), in_order(table, "__key"), strict=True):
        found.setdefault(tuple(row[i] for i in order), []).append(key)
    return {content: sorted(own) for content, own in found.items()}


@pytest.mark.parametrize("id_name", [None, "id"])
@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_shuffled_rows_and_columns_keep_fingerprint_and_keys(
    order: tuple[int, ...], id_name: str | None, read: Read
) -> None:
    rows = [*ROWS, ROWS[0]] if id_name is None else ROWS
    plain = open_customers(read(written(rows)), id_name=id_name)
    fingerprint, plain_keys = plain.raw.fingerprint, keys(plain)
    shuffled = open_customers(read(written(rows[::-1], order)), id_name=id_name)
    assert shuffled.raw.fingerprint == fingerprint
    assert keys(shuffled) == plain_keys


def test_the_same_cells_read_from_another_layout_have_the_same_fingerprint(read: Read) -> None:
    text = written(ROWS)
    quoted = "".join(
        ";".join(f'"{cell}"' for cell in line.split(",")) + "\r\n" for line in text.splitlines()
    )
    assert read(text).fingerprint == read(quoted.encode("utf-16")).fingerprint


@pytest.mark.parametrize(
    "changed",
    [
        written([("a", "1", "Yorc"), *ROWS[1:]]),
        written([("a", "", "York"), *ROWS[1:]]),
        written([*ROWS, ROWS[0]]),
        written(ROWS[1:]),
        written([("a", "York", "1"), *ROWS[1:]]),
        written(ROWS).replace("spend", "spent"),
        written([("1", "a", "York"), *ROWS[1:]]),
        written([("ab", "1", "York"), ("", "2", "Bonn"), *ROWS[2:]]),
    ],
)
def test_another_cell_name_or_row_makes_another_fingerprint(changed: str, read: Read) -> None:
    assert read(changed).fingerprint != read(written(ROWS)).fingerprint


def test_a_key_is_the_end_of_the_md5_of_the_id(read: Read) -> None:
    table = open_customers(read(written(ROWS)), id_name="id")
    expected = [
        int.from_bytes(hashlib.md5(row[0].encode(), usedforsecurity=False).digest()[8:], "little")
        for row in ROWS
    ]
    assert in_order(table, "__key") == expected


def test_rows_that_repeat_are_kept_counted_and_told_apart_by_their_keys(read: Read) -> None:
    table = open_customers(read(written([*ROWS, ROWS[0], ROWS[0]])))
    assert table.n_customers == 6
    assert table.raw.n_duplicates == 2
    assert codes(table) == ["duplicate-rows"]
    assert len({key for own in keys(table).values() for key in own}) == 6
    assert in_order(table, "__row") == list(range(6))


def test_the_same_file_shuffled_takes_the_place_of_the_former_one(read: Read) -> None:
    first = open_customers(read(written(ROWS)))
    second = open_customers(read(written(ROWS[::-1])))
    assert first.name == second.name
    assert in_order(second, "c0") == ["d", "c", "b", "a"]
    assert [row[0] for row in cells(second.raw)] == ["d", "c", "b", "a"]


def test_what_was_made_from_a_former_file_goes_with_it(read: Read) -> None:
    former = open_customers(read(written(ROWS)))
    read("a,b\n1,2\n")
    assert not former.session.has(former.name)


@settings(max_examples=15)
@given(data=st.data())
def test_any_order_of_any_rows_keeps_the_keys(
    data: st.DataObject, one_session: DuckSession
) -> None:
    text, number = st.sampled_from(["a", "b", ""]), st.sampled_from(["1", "2"])
    row = st.tuples(text.filter(bool), number, text)
    rows = data.draw(st.lists(row, min_size=1, max_size=8), label="rows")
    path = one_session.folder / "upload"
    found = []
    for arranged in (rows, data.draw(st.permutations(rows), label="shuffled")):
        path.write_text(written(arranged))
        table = open_customers(read_file(one_session, path, "t.csv"))
        found.append((table.raw.fingerprint, keys(table)))
    assert found[0] == found[1]
