"""Files are joined by id; nobody is lost, nobody doubled, and the report says what matched."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.engine import DuckSession
from segmentation.errors import SeveralRowsPerId, UnknownColumn
from segmentation.intake import RawTable, read_file
from segmentation.intake.codebook import Entry
from segmentation.transactions import JoinOptions, MatchReport, join
from tests.transactions.logs import table_of, told, written

CUSTOMERS = written(
    ("id", "spend", "store"),
    [("007", 10, "S1"), ("8", 20, "S2"), (" 9 ", 30, "S1"), ("A1", 40, ""), ("", 50, "S9")],
)
STORES = written(
    ("store_id", "city", "Spend"), [("S1", "Lyon", 1), ("S2", "Rome", 2), ("S3", "", 3)]
)


def read(session: DuckSession, content: str, name: str, into: str) -> RawTable:
    path = session.folder / "upload"
    path.write_bytes(content.encode())
    return read_file(session, path, name, into=into)


def joined(
    session: DuckSession,
    other: str,
    by: tuple[str, str],
    options: JoinOptions | None = None,
    main: str = CUSTOMERS,
) -> tuple[RawTable, MatchReport]:
    ours = read(session, main, "customers.csv", "main")
    theirs = read(session, other, "other.csv", "other")
    return join(ours, by[0], theirs, by[1], options)


def test_customers_get_the_columns_of_the_row_with_their_id(session: DuckSession) -> None:
    raw, _ = joined(session, written(("key", "age"), [("9", 33), ("8", 44)]), ("id", "key"))
    assert raw.names == ("id", "spend", "store", "age")
    assert [row["age"] for row in table_of(raw)] == [None, "44", "33", None, None]
    assert [row["id"] for row in table_of(raw)] == ["007", "8", " 9 ", "A1", None]


def test_several_customers_may_belong_to_one_place(session: DuckSession) -> None:
    raw, report = joined(session, STORES, ("store", "store_id"))
    assert [row["city"] for row in table_of(raw)] == ["Lyon", "Rome", "Lyon", None, None]
    assert (report.n_matched, report.n_unmatched) == (3, 2)
    assert (report.n_without_id, report.n_repeated_ids, report.n_unused_rows) == (1, 1, 1)


def test_a_column_whose_name_is_taken_gets_the_files_name(session: DuckSession) -> None:
    raw, report = joined(session, STORES, ("store", "store_id"))
    assert raw.names == ("id", "spend", "store", "city", "Spend (other)")
    assert report.renamed == ("Spend (other)",)


def test_a_file_with_several_rows_an_id_is_refused(session: DuckSession) -> None:
    survey = written(("id", "answer"), [("8", 1), ("8", 2), ("9", 3), ("", 4), ("", 5)])
    with pytest.raises(SeveralRowsPerId) as refused:
        joined(session, survey, ("id", "id"))
    assert refused.value.values == {"file": "other.csv", "name": "id", "n": 1}


def test_the_first_row_of_an_id_is_taken_on_request(session: DuckSession) -> None:
    survey = written(("id", "answer"), [("8", 1), ("8", 2), ("9", 3)])
    raw, report = joined(session, survey, ("id", "id"), JoinOptions(keep_first=True))
    assert [row["answer"] for row in table_of(raw)] == [None, "1", "3", None, None]
    assert report.n_left_out == 1
    assert told(raw.notes)["join-first-kept"] == {"n": 1, "file": "other.csv", "name": "id"}


LOOSE = written(("id", "age"), [("7", 1), ("8.0", 2), ("a1", 3), ("9", 4)])


def test_ids_are_compared_as_written_and_a_looser_way_is_proposed(session: DuckSession) -> None:
    raw, report = joined(session, LOOSE, ("id", "id"))
    assert [row["age"] for row in table_of(raw)] == [None, None, "4", None, None]
    assert told(report.notes)["join-normalise-proposed"] == {"n": 3}


def test_zeros_points_and_case_do_not_count_on_request(session: DuckSession) -> None:
    raw, report = joined(session, LOOSE, ("id", "id"), JoinOptions(normalise=True))
    assert [row["age"] for row in table_of(raw)] == ["1", "2", "4", "3", None]
    assert told(report.notes)["join-normalised"] == {"n": 3}
    assert report.n_matched == 4


def test_ids_that_become_equal_by_normalising_are_several_rows(session: DuckSession) -> None:
    twice = written(("id", "age"), [("7", 1), ("07", 2)])
    joined(session, twice, ("id", "id"))
    with pytest.raises(SeveralRowsPerId):
        joined(session, twice, ("id", "id"), JoinOptions(normalise=True))


def test_a_match_of_everybody_is_told_without_more(session: DuckSession) -> None:
    _, report = joined(
        session, written(("id", "x"), [("1", 2)]), ("id", "id"), main=written(("id",), ["1"])
    )
    assert list(told(report.notes)) == ["join-matched"]


@pytest.mark.parametrize("by", [("nobody", "id"), ("id", "nobody")])
def test_a_column_that_does_not_exist_is_named(by: tuple[str, str], session: DuckSession) -> None:
    with pytest.raises(UnknownColumn):
        joined(session, LOOSE, by)


def test_codebooks_go_with_their_columns(session: DuckSession) -> None:
    main = read(session, CUSTOMERS, "customers.csv", "main")
    other = read(session, STORES, "other.csv", "other")
    main = replaced(main, spend=Entry("Yearly spend"))
    other = replaced(other, Spend=Entry("Sales"), city=Entry("City"), store_id=Entry("Store"))
    raw, _ = join(main, "store", other, "store_id")
    labels = {name: entry.label for name, entry in raw.codebook.items()}
    assert labels == {"spend": "Yearly spend", "Spend (other)": "Sales", "city": "City"}


def replaced(raw: RawTable, **entries: Entry) -> RawTable:
    return replace(raw, codebook=entries)


IDS = st.sampled_from(["1", "2", "01", "3.0", "x", "X", "", " 1 "])


@settings(max_examples=20)
@given(
    st.lists(IDS, min_size=1, max_size=8),
    st.lists(IDS, min_size=1, max_size=8),
    st.booleans(),
)
def test_every_customer_stays_once_and_the_counts_add_up(
    session: DuckSession, ours: list[str], theirs: list[str], normalise: bool
) -> None:
    main = written(("n", "id"), enumerate(ours))
    other = written(("m", "id"), enumerate(theirs))
    options = JoinOptions(normalise=normalise, keep_first=True)
    raw, report = joined(session, other, ("id", "id"), options, main)
    assert [row["n"] for row in table_of(raw)] == [str(n) for n in range(len(ours))]
    assert report.n_matched + report.n_unmatched == len(ours)
    assert report.n_matched == sum(row["m"] is not None for row in table_of(raw))
    used = {row["m"] for row in table_of(raw)} - {None}
    assert len(used) + report.n_unused_rows <= len(theirs)
    assert len(used) + report.n_unused_rows + report.n_left_out >= len(theirs)
