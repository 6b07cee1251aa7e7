"""Of several tables the largest is read; a blank line alone cuts no table in two."""

import pytest

from tests.intake.cells import cells, codes
from tests.intake.conftest import Read

LARGE = "name,city,spend\nAnn,York,5\nBob,Bonn,8\nCid,Bath,2\nDee,Rome,4\n"


@pytest.mark.parametrize(
    "small",
    [
        "region,visits\nNorth,3\nSouth,4\n",
        "Summary\nregion,visits\nNorth,3\nSouth,4\n",
        "region,visits,,\nNorth,3,,\nSouth,4,,\n",
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_the_largest_table_is_read_and_the_others_are_listed(
    small: str, above: bool, read: Read
) -> None:
    raw = read(small + "\n" + LARGE if above else LARGE + "\n" + small)
    assert raw.names == ("name", "city", "spend")
    assert len(cells(raw)) == 4
    assert codes(raw)[0] == "tables-several"
    listed = raw.session.rows("SELECT reason, text FROM raw_rejects ORDER BY line")
    assert [row["reason"] for row in listed] == ["another-table"] * small.count("\n")
    assert [row["text"] for row in listed] == small.splitlines()


@pytest.mark.parametrize(
    "more",
    [
        "Eve,Oslo,7\n",
        "Eve,Oslo,7\nFay,Lyon,1\nGus,Kiel,9\n",
        "Eve,Oslo\nFay,Lyon\n",
        "Eve,Oslo,unknown\nFay,Lyon,1\nGus,Kiel,9\n",
        "Eve,,\n\n\nFay,Lyon,3\n",
    ],
)
def test_rows_after_a_blank_line_are_customers_all_the_same(more: str, read: Read) -> None:
    raw = read(LARGE + "\n" + more)
    assert raw.n_rows == 4 + sum(bool(line) for line in more.splitlines())
    assert raw.n_rejected == 0


def test_a_header_repeated_on_every_page_is_set_aside(read: Read) -> None:
    raw = read(LARGE + "\n" + LARGE.replace("Ann", "Eve") + LARGE.replace("Ann", "Fay"))
    assert raw.n_rows == 12
    listed = raw.session.rows("SELECT line, reason FROM raw_rejects ORDER BY line")
    assert [(row["line"], row["reason"]) for row in listed] == [
        (7, "repeated-header"),
        (12, "repeated-header"),
    ]


BESIDE = """name,city,spend,,region,visits
Ann,York,5,,North,3
Bob,"Bonn
am Rhein",8,,South,4
Cid,Bath,2
Dee,Rome,4,,,
"""


@pytest.mark.parametrize("swapped", [False, True])
def test_of_tables_side_by_side_the_largest_is_read(swapped: bool, read: Read) -> None:
    content = BESIDE
    if swapped:
        content = (
            "sep=;\nregion;visits;;name;city;spend\nNorth;3;;Ann;York;5\nSouth;4;;Bob;'Bonn';8\n"
            ";;;Cid;Bath;2\n;;;Dee;Rome;4\n"
        )
    raw = read(content)
    assert raw.names == ("name", "city", "spend")
    assert [row[0] for row in cells(raw)] == ["Ann", "Bob", "Cid", "Dee"]
    assert [code for code in codes(raw) if code not in ("delimiter-declared", "quotes-single")] == [
        "tables-several",
        "rows-set-aside",
    ]
    listed = raw.session.rows("SELECT line, reason, text FROM raw_rejects ORDER BY line")
    assert {row["reason"] for row in listed} == {"another-table"}
    assert [row["text"] for row in listed] == ["region\tvisits", "North\t3", "South\t4"]
    assert [row["line"] for row in listed] == ([2, 3, 4] if swapped else [1, 2, 3])


def test_a_blank_column_inside_one_table_parts_nothing(read: Read) -> None:
    raw = read("name,city,,spend\nAnn,York,,5\nBob,Bonn,,8\nCid,Bath,,2\n")
    assert raw.names == ("name", "city", "spend")
    assert codes(raw) == ["columns-dropped"]


def test_tables_side_by_side_in_a_large_text_are_parted(read: Read) -> None:
    beside = [f"R{i},{i}" for i in range(300)] + [","] * 89_700
    rows = [f"C{i},{i % 7},York,,{more}" for i, more in enumerate(beside)]
    raw = read("id,spend,city,,region,visits\n" + "\n".join(rows) + "\n")
    assert (raw.names, raw.n_rows, raw.n_rejected) == (("id", "spend", "city"), 90_000, 301)


def test_a_report_of_keys_and_values_above_is_a_title(read: Read) -> None:
    raw = read("Report,May\nUnit,EUR\n\n" + LARGE)
    assert (raw.names, raw.n_rows) == (("name", "city", "spend"), 4)
    assert codes(raw) == ["title-lines-skipped"]
