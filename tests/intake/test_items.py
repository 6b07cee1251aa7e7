"""Cells with several answers are recognised, and become yes/no items when the user says so."""

from dataclasses import replace

import pytest

from segmentation import workflow
from segmentation.errors import UnknownColumn
from segmentation.export import write_csv, write_workbook
from segmentation.intake import Condition, Decision, Kind, Operator, items, open_customers
from segmentation.intake.items import separator_of
from segmentation.study import Study
from tests.intake.cells import codes, counts, typed
from tests.intake.conftest import Read

MEDIA = 'id,media\na,tv; web\nb,web\nc,\nd,tv;radio;web\ne,"tv"\nf,radio;tv\n'


@pytest.mark.parametrize(
    ("texts", "separator"),
    [
        ({"a;b": 3, "b": 2, "a;b;c": 1, "c": 1}, ";"),
        ({"a|b": 3, "b": 2, "a|b|c": 1, "c;d": 1}, "|"),
        ({"tv, web": 3, "web": 2, "radio, tv": 1}, ","),
        ({"电视、网络": 3, "网络": 2, "电视、广播": 1, "广播": 1}, "、"),
        ({"1;3": 3, "3": 2, "1;2;3": 1, "2": 1}, ";"),
        ({"Paris, France": 3, "Rome, Italy": 4, "Lyon, France": 2}, None),
        ({"1,5": 3, "2": 2, "1,5,2": 1}, None),
        ({"Less than $30,000": 3, "$30,001 to $60,000": 4, "none": 2}, None),
        ({"a;b": 1, "b": 99, "a": 99}, None),
        ({"one; two": 3, "three; four; five": 3, "six": 9}, None),
        ({"a": 3, "b": 2}, None),
    ],
)
def test_answers_that_come_back_in_other_combinations_are_several(
    texts: dict[str, int], separator: str | None
) -> None:
    assert separator_of(texts) == separator


def test_a_column_of_several_answers_is_only_proposed(read: Read) -> None:
    table = open_customers(read(MEDIA))
    assert table.column("media").items_by == ";"
    assert [column.name for column in table.columns] == ["id", "media"]


def test_answers_become_items_after_the_columns_of_the_file(read: Read) -> None:
    table = open_customers(read(MEDIA), decisions={"media": Decision(items=";")})
    assert [c.name for c in table.columns[2:]] == ["media: tv", "media: web", "media: radio"]
    assert {(c.kind, c.of) for c in table.columns[2:]} == {(Kind.YESNO, "media")}
    assert typed(table, "media: tv") == [True, False, None, True, True, True]
    assert typed(table, "media: web") == [True, True, None, True, False, False]
    assert counts(table.column("media: radio")) == (1, 0, 2)
    assert typed(table, "media")[0] == "tv; web"
    assert codes(table) == ["items-split"]


def test_rare_answers_are_told_and_have_no_items(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(items, "MOST_ITEMS", 2)
    table = open_customers(read(MEDIA), decisions={"media": Decision(items=";")})
    assert [c.name for c in table.columns[2:]] == ["media: tv", "media: web"]
    note = next(note for note in table.notes if note.code == "items-rare")
    assert note.get("n") == 1


def test_an_item_has_a_name_of_its_own(read: Read) -> None:
    text = "media: tv,media\n1,tv;web\n2,web\n"
    table = open_customers(read(text), decisions={"media": Decision(items=";")})
    assert [c.name for c in table.columns[2:]] == ["media: web", "media: tv (2)"]


def test_only_text_is_split(read: Read) -> None:
    table = open_customers(read("a,b\n1,x\n2,y\n"), decisions={"a": Decision(items=";")})
    assert len(table.columns) == 2


def test_customers_can_be_filtered_by_an_item_which_rests_while_it_is_not_split(
    read: Read,
) -> None:
    raw = read(MEDIA)
    condition = Condition("media: tv", Operator.IS, ("yes",))
    study = replace(Study.of(raw), conditions=(condition,))
    assert workflow.customers_of(raw, study).n_customers == 6
    split = study.with_decision("media", Decision(items=";"))
    assert workflow.customers_of(raw, split).n_customers == 4
    with pytest.raises(UnknownColumn):
        open_customers(raw, conditions=[condition])


def test_exports_hold_the_columns_of_the_file_and_not_the_items(read: Read) -> None:
    raw = read(MEDIA)
    table = open_customers(raw, decisions={"media": Decision(items=";")})
    table.session.execute("CREATE TABLE labels AS SELECT __row, 0::SMALLINT AS segment FROM raw")
    path = write_csv(table, "labels", ["all"], table.session.folder / "out.csv")
    assert path.read_text().splitlines()[:2] == ["id,media,segment_id,segment", "a,tv; web,1,all"]
    workbook = write_workbook(table, "labels", ["all"], table.session.folder / "out.xlsx")
    assert workbook.stat().st_size > 0
