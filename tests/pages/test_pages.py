"""Every page: with nothing, with the sample, after a change, with data that are refused."""

import pytest

from pages.ui import compute
from pages.ui.visits import VISITS
from segmentation.intake import Decision, Kind
from segmentation.study import Study, StudySource, dump, load
from tests.pages.conftest import PAGES, Visitor, csv_of, small_table


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page not in ("start", "money", "studies")]
)
def test_a_page_without_a_table_says_where_to_begin(visitor: Visitor, page: str) -> None:
    visitor.go(page)
    assert "There is no table yet" in visitor.text()


def test_the_sample_leads_to_finished_segments_with_one_click(visitor: Visitor) -> None:
    visitor.open_sample()
    assert visitor.app.title[0].value == "Segments"
    assert "5 segments are suggested" in visitor.text()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_the_sample(visitor: Visitor, page: str) -> None:
    visitor.open_sample().go(page)
    assert not visitor.app.error
    assert len(visitor.text()) > 100


def test_the_table_page_covers_personal_data_until_asked(visitor: Visitor) -> None:
    visitor.open_sample().go("table")
    preview = visitor.app.dataframe[0].value
    assert set(preview["email"]) == {"•••", ""}  # a blank cell tells nothing and stays blank
    visitor.app.toggle(key="show_personal").set_value(True)
    visitor.run()
    assert "@" in max(visitor.app.dataframe[0].value["email"])


def test_an_uploaded_file_opens_and_its_facts_are_shown(visitor: Visitor) -> None:
    visitor.open_file("kunden.csv", csv_of(small_table()))
    assert visitor.app.title[0].value == "Table"
    assert visitor.metrics()["Customers"] == "200"


def test_the_slider_changes_the_number_of_segments_everywhere(visitor: Visitor) -> None:
    visitor.open_sample()
    visitor.app.slider[0].set_value(3)
    visitor.run().go("profiles")
    assert "Segment 3" in visitor.text()
    assert "Segment 4" not in visitor.text()
    visitor.go("segments")
    assert visitor.app.slider[0].value == 3


def test_every_second_change_of_the_slider_counts_too(visitor: Visitor) -> None:
    visitor.open_sample()
    for k in (3, 4, 6, 7):
        visitor.app.slider[0].set_value(k)
        visitor.run()
        assert visitor.app.slider[0].value == k
        assert f"Segment {k}" in visitor.text()


def test_names_appear_everywhere_and_survive_another_number_of_segments(visitor: Visitor) -> None:
    visitor.open_sample().go("profiles")
    visitor.app.text_input(key="name_5_0").set_value("Bargain *planners*")
    visitor.run()
    for page in ("profiles", "checks", "segments"):
        assert "Bargain *planners*" in visitor.go(page).text()
    visitor.app.slider[0].set_value(4)
    visitor.run()
    assert "Bargain *planners*" not in visitor.go("profiles").text()
    visitor.go("segments").app.slider[0].set_value(5)
    visitor.run()
    assert "Bargain *planners*" in visitor.go("profiles").text()
    assert "Bargain *planners*" not in visitor.click("names_taken").text()
    assert "## High " in visitor.text()


def test_a_stricter_threshold_acts_at_once_and_can_be_taken_back(visitor: Visitor) -> None:
    visitor.open_sample().go("checks")
    before = visitor.app.header[0].value
    visitor.widget("number_input", "threshold_size-n").set_value(1_000.0)
    visitor.run()
    assert visitor.app.header[0].value != before
    visitor.click("thresholds_reset")
    assert visitor.app.header[0].value == before


def test_the_population_filter_is_shown_on_every_page(visitor: Visitor) -> None:
    visitor.open_sample().go("table")
    visitor.app.selectbox(key="filter_column").set_value("status")
    visitor.run()
    visitor.app.multiselect[0].set_value(["active"])
    visitor.run().click("filter_add")
    for page in ("table", "segments", "checks"):
        assert "Population: 5,5" in visitor.go(page).text()
    visitor.go("table").click("filter_remove_0")
    assert "Population" not in visitor.text()


def test_a_saved_study_loaded_again_brings_its_decisions_back(visitor: Visitor) -> None:
    visitor.open_sample()
    visitor.app.slider[0].set_value(4)
    visitor.run().go("export")
    visit = VISITS.find(visitor.app.session_state["visit"])
    assert visit is not None
    assert visit.study is not None
    saved = dump(visit.study)
    visitor.go("segments").app.slider[0].set_value(7)
    visitor.run().go("export")
    visitor.app.file_uploader[0].set_value(("study.toml", saved.encode(), "application/toml"))
    visitor.run()
    assert "The study was loaded" in visitor.text()
    assert visitor.go("segments").app.slider[0].value == 4


def test_a_study_of_another_file_is_told_and_changes_nothing(visitor: Visitor) -> None:
    visitor.open_file("kunden.csv", csv_of(small_table()))
    other = dump(Study(StudySource("other.csv", "0" * 32, 7)))
    visitor.go("export").app.file_uploader[0].set_value(("s.toml", other.encode(), ""))
    visitor.run()
    assert "The study was made from “other.csv” with 7 rows" in visitor.text()


def test_a_broken_study_is_refused_with_the_place(visitor: Visitor) -> None:
    visitor.open_sample().go("export")
    visitor.app.file_uploader[0].set_value(("s.toml", b"[source", "application/toml"))
    visitor.run()
    assert "not a study that can be read" in visitor.text()


REFUSED = {
    "empty": (b"", "The file is empty."),
    "blank lines": (b"\n\n\n", "The file is empty."),
    "header only": (b"a,b,c\n", "no customers below"),
    "junk": (bytes(range(256)) * 40, "of no kind that can be opened"),
    "broken workbook": (b"PK\x03\x04" + b"\0" * 400, "could not be opened"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_used_is_refused_in_words(visitor: Visitor, name: str) -> None:
    content, told = REFUSED[name]
    visitor.open_file("customers.csv", content)
    assert told in visitor.text()
    assert "The file is larger than 200 MB" in [box.label for box in visitor.app.expander]


def test_a_refused_file_does_not_lose_the_study_that_is_open(visitor: Visitor) -> None:
    visitor.open_sample()
    visitor.open_file("customers.csv", b"a,b,c\n")
    assert "no customers below" in visitor.text()
    assert "5 segments are suggested" in visitor.go("segments").text()


WITHOUT_SEGMENTS = {
    "one column": (b"spend\n" + b"\n".join(str(i % 7).encode() for i in range(50)), "at least two"),
    "constant": (b"a,b\n" + b"1,2\n" * 50, "at least two"),
    "five customers": (b"a,b\n1,2\n3,4\n5,6\n7,8\n9,1\n", "at least 10 are needed"),
}


@pytest.mark.parametrize("name", WITHOUT_SEGMENTS)
def test_data_that_hold_no_segments_say_what_to_do(visitor: Visitor, name: str) -> None:
    content, told = WITHOUT_SEGMENTS[name]
    visitor.open_file("customers.csv", content).go("segments")
    assert told in visitor.text()
    assert visitor.app.error


def test_customers_without_places_are_told_which_column_it_needs(visitor: Visitor) -> None:
    rows = [{k: v for k, v in row.items() if k != "town"} for row in small_table()]
    visitor.open_file("customers.csv", csv_of(rows)).go("geography")
    assert "A column of latitudes" in visitor.text()


def test_markdown_in_names_and_columns_stays_text(visitor: Visitor) -> None:
    rows = [
        {"![x](http://evil)": row["visits"], "spend": row["spend"], "town": row["town"]}
        for row in small_table()
    ]
    visitor.open_file("customers.csv", csv_of(rows)).go("profiles")
    shown = [element.value for element in visitor.app.markdown]
    assert any("evil" in text for text in shown)
    assert not any("![x](http" in text for text in shown)


def test_order_lines_become_customers_and_go_back_to_lines(visitor: Visitor) -> None:
    lines: list[dict[str, object]] = [
        {
            "customer_id": f"C{i % 20}",
            "order_date": f"2024-{1 + i % 12:02d}-{1 + i % 27:02d}",
            "amount": 5 + i % 40,
        }
        for i in range(120)
    ]
    visitor.open_file("orders.csv", csv_of(lines)).go("table")
    assert "These look like order lines: 120 lines of 20 customers" in visitor.text()
    visitor.click("sum_orders")
    assert visitor.metrics()["Customers"] == "20"
    visit = VISITS.find(visitor.app.session_state["visit"])
    assert visit is not None
    assert visit.study is not None
    assert visit.study.composition.orders is not None
    visitor.click("unsum_orders")
    assert visitor.metrics()["Customers"] == "120"


def test_a_repair_of_the_audit_is_one_click_and_seen_as_a_filter(visitor: Visitor) -> None:
    rows: list[dict[str, object]] = [
        {"customer_id": i, "visits": i % 7, "spend": i % 11} for i in range(50)
    ]
    visitor.open_file("twice.csv", csv_of(rows + rows[:20])).go("table")
    (key,) = [b.key for b in visitor.app.button if "duplicate-rows" in str(b.key)]
    visitor.click(str(key))
    assert visitor.metrics()["Customers"] == "50"
    assert "rows that repeat another are left out" in visitor.text()


def decided_of(visitor: Visitor) -> dict[str, Decision]:
    """What the study that is open has decided about columns, once saved and loaded."""
    visit = VISITS.find(visitor.app.session_state["visit"])
    assert visit is not None
    assert visit.study is not None
    return dict(load(dump(visit.study)).columns)


def look_at(visitor: Visitor, column: str) -> Visitor:
    """Choose a column whose values are to be decided about."""
    visitor.app.selectbox(key="decided_column").set_value(column)
    return visitor.run()


def survey() -> bytes:
    media = ["tv; web", "web", "radio; web", "tv", "tv; radio"]
    return csv_of(
        [
            {
                "customer": f"K{i:03d}",
                "age": ["<25", "25-64", "65+"][i % 3],
                "mood": ["sunny", "cloudy", "stormy"][i % 3],
                "media": media[i % 5],
                "newsletter": "x" if i % 4 else "",
                "visits": i % 11,
            }
            for i in range(120)
        ]
    )


def button(visitor: Visitor, start: str) -> str:
    """The key of the one button whose key begins so; it changes when widgets begin anew."""
    (key,) = [str(b.key) for b in visitor.app.button if str(b.key).startswith(start)]
    return key


def test_columns_that_may_need_a_decision_come_first_and_say_why(visitor: Visitor) -> None:
    visitor.open_file("survey.csv", survey()).go("table")
    offered = visitor.app.selectbox(key="decided_column").options
    assert set(offered[:3]) == {
        "age · values in an order?",
        "media · several answers in a cell?",
        "newsletter · ticked boxes?",
    }
    assert "visits" not in offered


def test_answers_in_a_cell_are_split_and_put_together_again(visitor: Visitor) -> None:
    visitor.open_file("survey.csv", survey()).go("table")
    look_at(visitor, "media").click(button(visitor, "split_"))
    assert decided_of(visitor) == {"media": Decision(items=";")}
    assert "Split at “;” into 3 yes/no columns" in visitor.text()
    assert visitor.metrics()["Columns"] == "9"
    visitor.click(button(visitor, "join_"))
    assert decided_of(visitor) == {}
    assert visitor.metrics()["Columns"] == "6"


def test_ticked_boxes_become_yes_and_no_and_that_can_be_taken_back(visitor: Visitor) -> None:
    visitor.open_file("survey.csv", survey()).go("table")
    look_at(visitor, "newsletter").click(button(visitor, "ticks_"))
    assert decided_of(visitor) == {"newsletter": Decision(kind=Kind.YESNO)}
    assert "30 blank cells of “newsletter” were read as no" in visitor.text()
    visitor.click(button(visitor, "forget_"))
    assert decided_of(visitor) == {}


def test_an_order_is_shown_with_its_source_turned_and_taken_back(visitor: Visitor) -> None:
    visitor.open_file("survey.csv", survey()).go("table")
    look_at(visitor, "age")
    assert "Order now: <25 < 25-64 < 65+ (suggested by the numbers in them)" in visitor.text()
    visitor.click(button(visitor, "turn_order_"))
    assert decided_of(visitor) == {"age": Decision(levels=("65+", "25-64", "<25"))}
    assert "(you said so)" in visitor.text()
    visitor.click(button(visitor, "forget_"))
    assert "(suggested by the numbers in them)" in visitor.text()


def test_an_order_that_nobody_knows_is_given_and_used(visitor: Visitor) -> None:
    visitor.open_file("survey.csv", survey()).go("table")
    look_at(visitor, "mood")
    assert "No order is known" in visitor.text()
    (field,) = [m for m in visitor.app.multiselect if str(m.key).startswith("order_")]
    field.set_value(["stormy", "cloudy", "sunny"])
    visitor.run().click(button(visitor, "use_order_"))
    assert decided_of(visitor) == {"mood": Decision(levels=("stormy", "cloudy", "sunny"))}
    visitor.go("variables")
    visit = VISITS.find(visitor.app.session_state["visit"])
    assert visit is not None
    features = [feature for feature in compute.matrix(visit).features if feature.variable == "mood"]
    assert [feature.level for feature in features] == [None]


def test_rows_set_aside_are_read_when_asked_for(visitor: Visitor) -> None:
    content = survey() + b"Source: Ann Example\n"
    visitor.open_file("survey.csv", content).go("table")
    assert set(visitor.app.dataframe[0].value["As written"]) == {"•••"}
    visitor.app.toggle(key="show_personal").set_value(True)
    visitor.run()
    assert "Ann Example" in visitor.app.dataframe[0].value["As written"][0]
