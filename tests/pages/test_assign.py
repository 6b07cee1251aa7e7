"""The page for customers who come later."""

from pages.ui import assigning_doors
from pages.ui.visits import VISITS
from segmentation.assigning import read
from segmentation.wording import words_in
from tests.pages.conftest import Visitor, csv_of, small_table

KIND = "text/csv"


def arrived(visitor: Visitor) -> Visitor:
    return visitor.open_file("customers.csv", csv_of(small_table())).go("segments").go("assign")


def give(visitor: Visitor, rows: list[dict[str, object]]) -> Visitor:
    visitor.app.file_uploader(key="new_customers").set_value(("new.csv", csv_of(rows), KIND))
    return visitor.run()


def test_without_a_table_a_saved_model_can_be_used(visitor: Visitor) -> None:
    visitor.go("assign")
    assert "no table yet" in visitor.text()
    visitor.app.file_uploader(key="saved_model").set_value(
        ("model.json", b"{}", "application/json")
    )
    assert "not a saved model" in visitor.run().text()


def test_new_customers_are_placed_and_compared(visitor: Visitor) -> None:
    arrived(visitor)
    assert "Columns that place a customer" in visitor.text()
    give(visitor, small_table(90, seed=8))
    text = visitor.text()
    assert "of 90 new customers are in" in text
    assert "looks like the old one" in text
    assert visitor.app.dataframe[0].value.shape[0] >= 2


def test_columns_that_are_called_otherwise_are_confirmed_first(visitor: Visitor) -> None:
    arrived(visitor)
    renamed = [
        {{"visits": "n_visits"}.get(name, name): cell for name, cell in row.items()}
        for row in small_table(40, seed=8)
    ]
    give(visitor, renamed)
    assert "Which columns are meant?" in [h.value for h in visitor.app.header]
    assert "new customers are in" not in visitor.text()
    assert [box.value for box in visitor.app.selectbox] == ["n_visits"]
    assert "of 40 new customers are in" in visitor.click("use_columns").text()


def test_a_file_of_something_else_is_doubted(visitor: Visitor) -> None:
    arrived(visitor)
    give(visitor, [{"alpha": i % 5, "beta": i % 3} for i in range(30)])
    assert "is it the right one?" in visitor.text()


def test_the_downloads_of_the_export_page_hold_the_model(visitor: Visitor) -> None:
    arrived(visitor).go("export")
    assert "The model" in visitor.text()
    visit = VISITS.find(visitor.app.session_state["visit"])
    assert visit is not None
    words = words_in("en")
    model = read(assigning_doors.model_file(visit, words).decode())
    assert model.n_customers == 200
    assert b"SELECT" in assigning_doors.sql_file(visit, "snowflake", words)
