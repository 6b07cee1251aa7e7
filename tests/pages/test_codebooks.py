"""The codebook on the Table page: uploaded, summed up, shown where variables are, taken away."""

import pytest

from pages.ui.visits import VISITS
from segmentation.study import Study, dump, load
from tests.intake.workbooks import workbook
from tests.pages.conftest import Visitor, csv_of

BOOK = """variable,label,values,reversed
tariff,Kind of tariff,T1=Low; T2=Mid; T3=High,
spend,Spend a year,,yes
visits,,from 1 on,
absent,,1=a,
"""
CHINESE = """变量,标签,取值
tariff,资费类型,T1=免费；T2=标准；T3=高级
"""


def survey() -> bytes:
    return csv_of(
        [
            {"id": f"K{i:03d}", "visits": i % 13, "spend": (i * 7) % 31, "tariff": f"T{1 + i % 3}"}
            for i in range(120)
        ]
    )


def upload(visitor: Visitor, content: bytes, name: str = "codebook.csv") -> Visitor:
    (uploader,) = [u for u in visitor.app.file_uploader if str(u.key).startswith("codebook")]
    uploader.set_value((name, content, "text/csv"))
    return visitor.run()


def study_of(visitor: Visitor) -> Study:
    visit = VISITS.find(visitor.app.session_state["visit"])
    assert visit is not None
    assert visit.study is not None
    return visit.study


@pytest.fixture
def table(visitor: Visitor) -> Visitor:
    return visitor.open_file("survey.csv", survey()).go("table")


def test_a_codebook_is_applied_and_summed_up(table: Visitor) -> None:
    upload(table, BOOK.encode())
    facts = table.metrics()
    names = ("Variables described", "Codes explained", "Orders set", "Reversed")
    assert [facts[name] for name in names] == ["3", "1", "1", "1"]
    assert facts["Not in the table"] == "1"
    assert "Not in the table: absent." in table.text()
    assert "could not be understood" in table.text()
    assert list(study_of(table).codebook) == ["tariff", "spend", "visits", "absent"]


def test_the_label_stands_beside_the_column_of_the_table_page(table: Visitor) -> None:
    labels = [frame.value for frame in table.app.dataframe if "label" in frame.value]
    assert not labels
    upload(table, BOOK.encode())
    (frame,) = [frame.value for frame in table.app.dataframe if "label" in frame.value]
    assert dict(zip(frame["name"], frame["label"], strict=True))["tariff"] == "Kind of tariff"


def test_the_codebook_stays_in_the_study_and_can_be_taken_away(table: Visitor) -> None:
    upload(table, CHINESE.encode("gb18030"), "编码手册.csv")
    saved = study_of(table)
    assert load(dump(saved)) == saved
    assert saved.codebook["tariff"].values == (("T1", "免费"), ("T2", "标准"), ("T3", "高级"))
    table.click("codebook_remove")
    assert not study_of(table).codebook
    assert "Codes explained" not in table.metrics()


def test_another_sheet_of_the_codebook_can_be_chosen(table: Visitor) -> None:
    codes = [["variable", "code", "label"], ["tariff", "T1", "Free"], ["tariff", "T2", "Paid"]]
    labels = [["variable", "label"], ["tariff", "Kind of tariff"], ["spend", "Spend a year"]]
    upload(table, workbook({"Labels": labels, "Codes": codes}), "book.xlsx")
    assert "Sheet “Codes” is the codebook" in table.text()
    (chooser,) = [box for box in table.app.selectbox if str(box.key).startswith("codebook_sheet")]
    chooser.set_value("Labels")
    table.run()
    assert [entry.label for entry in study_of(table).codebook.values()] == [
        "Kind of tariff",
        "Spend a year",
    ]
    assert "is the codebook" not in table.text()
    (chooser,) = [box for box in table.app.selectbox if str(box.key).startswith("codebook_sheet")]
    assert chooser.value == "Labels"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "describes no variable"),
        (b"a,b\n1,2\n", "names the variables"),
        (b"variable,label\nx,y\n", "None of the variables of the codebook"),
    ],
)
def test_a_file_that_is_no_codebook_is_refused_and_the_former_one_stays(
    table: Visitor, content: bytes, said: str
) -> None:
    upload(table, BOOK.encode())
    upload(table, content)
    assert said in table.text()
    assert "tariff" in study_of(table).codebook


def test_a_codebook_that_leaves_nobody_in_the_population_is_refused(table: Visitor) -> None:
    table.app.selectbox(key="filter_column").set_value("tariff")
    table.run()
    table.app.multiselect[0].set_value(["T1"])
    table.run().click("filter_add")
    upload(table, CHINESE.encode())
    assert "leaves none of the 120 customers" in table.text()
    assert not study_of(table).codebook


def test_labels_stand_in_the_profiles(table: Visitor) -> None:
    upload(table, BOOK.encode()).go("profiles").view("describing")
    (frame,) = [frame.value for frame in table.app.dataframe if "Category" in frame.value]
    assert {"Low", "Mid", "High"} <= set(frame["Category"])
    assert "T1" not in set(frame["Category"])


LINES_BOOK = b"variable,label,values\ncategory,What,1=Shoes; 2=Hats\n"


def test_labels_of_order_lines_sum_the_orders_up_again(visitor: Visitor) -> None:
    lines = [
        {
            "order_id": i,
            "customer_id": f"K{i % 40:02d}",
            "order_date": f"2024-0{1 + i % 9}-11",
            "category": 1 + i % 2,
            "amount": 5 + i % 17,
        }
        for i in range(120)
    ]
    visitor.open_file("orders.csv", csv_of(lines)).go("table").click("sum_orders")
    assert "share: 1" in study_names(visitor)
    upload(visitor, LINES_BOOK)
    assert {"share: Shoes", "share: Hats"} <= set(study_names(visitor))
    assert "Used for the order lines: category" in visitor.text()
    saved = study_of(visitor)
    assert load(dump(saved)) == saved
    visitor.click("codebook_remove")
    assert "share: 1" in study_names(visitor)
    assert not study_of(visitor).codebook


def study_names(visitor: Visitor) -> tuple[str, ...]:
    visit = VISITS.find(visitor.app.session_state["visit"])
    assert visit is not None
    assert visit.raw is not None
    return visit.raw.names
