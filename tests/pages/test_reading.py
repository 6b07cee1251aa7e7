import threading
from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import opening, readings, retyping
from pages.ui.visits import VISITS, Visit
from segmentation.engine import DuckSession
from segmentation.errors import UnreadableFile
from segmentation.intake import RawTable
from tests.pages.conftest import Visitor, csv_of

MB = 1_000_000
FORMER = csv_of([{"customer_id": f"F{i}", "spend": i * 3 % 50} for i in range(60)])
NEXT = csv_of([{"customer_id": f"N{i}", "visits": i % 7, "age": 20 + i % 40} for i in range(80)])


class Slowed:
    """A reader that goes on when it is let go."""

    def __init__(self, work: Callable[..., object] = opening.compose) -> None:
        self.reached, self.released = threading.Event(), threading.Event()
        self._compose = work

    def __call__(
        self, first: DuckSession | RawTable, *arguments: object, **named: object
    ) -> object:
        session = first if isinstance(first, DuckSession) else first.session
        with session.watch.step("loading", 1000 * MB):
            session.watch.advance(412 * MB)
            while not self.released.wait(0.01):
                session.watch.advance(412 * MB)
                if not self.reached.is_set():
                    session.watch.look()
                    self.reached.set()
        return self._compose(first, *arguments, **named)


@pytest.fixture
def slowed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slowed]:
    reader = Slowed()
    monkeypatch.setattr(opening, "compose", reader)
    monkeypatch.setattr(readings, "PATIENCE_SECONDS", 0.0)
    yield reader
    reader.released.set()


def the_visit() -> Visit:
    (visit,) = VISITS._open.values()
    return visit


def begin(
    visitor: Visitor, reader: Slowed, name: str = "next.csv", content: bytes = NEXT
) -> AppTest:
    """Upload a file and look at the page while it is being read."""
    visitor.app.file_uploader(key="small_file").set_value((name, content, "text/csv"))
    visitor.app.run()
    assert reader.reached.wait(30)
    return visitor.app.run()


def run_until(app: AppTest, is_so: Callable[[], bool]) -> None:
    for _ in range(200):
        if is_so():
            return
        reading = the_visit().reading
        if reading is not None:
            reading.wait(0.05)
        app.run()
    raise AssertionError("it never came to that")


def test_a_slow_file_shows_its_bytes_and_nothing_else_to_open(
    visitor: Visitor, slowed: Slowed
) -> None:
    app = begin(visitor, slowed)
    assert not app.exception
    (bar,) = app.get("progress")
    assert bar.proto.text == "Loading the rows: 412 MB of 1.0 GB"
    assert 13 < bar.proto.value < 65
    assert "Reading “next.csv”" in visitor.text()
    assert [button.key for button in app.button] == ["cancel_reading"]
    assert not app.file_uploader


def test_the_page_moves_on_when_the_file_is_open(visitor: Visitor, slowed: Slowed) -> None:
    app = begin(visitor, slowed)
    slowed.released.set()
    run_until(app, lambda: bool(app.metric))
    assert visitor.metrics()["Customers"] == "80"
    assert "Another tab" not in visitor.text()
    assert the_visit().reading is None


def test_cancelling_leaves_the_former_file_and_its_study(visitor: Visitor, slowed: Slowed) -> None:
    slowed.released.set()
    visitor.open_file("former.csv", FORMER)
    visit = the_visit()
    before = visit.raw, visit.study, visit.revision, visit.engine.tables()
    files = {path.name for path in visit.folder.glob("upload-*")}
    slowed.released.clear()
    slowed.reached.clear()
    visitor.go("start")
    app = begin(visitor, slowed)
    assert "Open now: “former.csv” with 60 rows." in visitor.text()
    app.button(key="cancel_reading").click()
    app.run()
    run_until(app, lambda: bool(app.info))
    assert app.info[0].value.replace("\\", "") == (
        "Reading “next.csv” was cancelled. What was open before is as it was."
    )
    assert (visit.raw, visit.study, visit.revision, visit.engine.tables()) == before
    left = {path.name for path in visit.folder.glob("upload-*")}
    assert {name for name in left if not name.endswith(".seen")} == {
        name for name in files if not name.endswith(".seen")
    }
    visitor.go("table")
    assert visitor.metrics()["Customers"] == "60"


def test_a_refused_file_is_explained_on_the_start_page(visitor: Visitor, slowed: Slowed) -> None:
    app = begin(visitor, slowed, "empty.csv", b"a,b\n")
    slowed.released.set()
    run_until(app, lambda: bool(app.error))
    assert "no customers" in visitor.text()
    assert app.file_uploader
    assert the_visit().raw is None


def test_a_visit_that_ends_while_it_reads_leaves_nothing(visitor: Visitor, slowed: Slowed) -> None:
    begin(visitor, slowed)
    visit = the_visit()
    reading = visit.reading
    assert reading is not None
    VISITS.close()
    assert reading.is_over
    assert not reading.has_opened
    assert not visit.folder.exists()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("reading")]


def test_a_file_opened_while_another_page_is_shown_surprises_nobody(
    visitor: Visitor, slowed: Slowed
) -> None:
    slowed.released.set()
    visitor.open_file("former.csv", FORMER)
    slowed.released.clear()
    slowed.reached.clear()
    visitor.go("start")
    begin(visitor, slowed)
    visitor.go("table")
    assert visitor.metrics()["Customers"] == "60"
    slowed.released.set()
    reading = the_visit().reading
    assert reading is not None
    assert reading.wait(30)
    visitor.run()
    assert visitor.metrics()["Customers"] == "80"
    assert not visitor.app.error
    visitor.go("start")
    assert "Open now: “next.csv” with 80 rows." in visitor.text()


LINES = csv_of(
    [
        {"customer_id": f"K{i % 20}", "order_date": f"2024-0{1 + i % 9}-11", "amount": 5 + i % 17}
        for i in range(80)
    ]
)


@pytest.fixture
def summing(visitor: Visitor, slowed: Slowed) -> AppTest:
    """Order lines that are being summed up, slowly."""
    slowed.released.set()
    visitor.open_file("orders.csv", LINES).go("table")
    slowed.released.clear()
    slowed.reached.clear()
    visitor.app.button(key="sum_orders").click()
    visitor.app.run()
    assert slowed.reached.wait(30)
    return visitor.app.run()


def test_summing_orders_up_shows_how_far_it_is_and_leads_back_to_the_table(
    visitor: Visitor, summing: AppTest, slowed: Slowed
) -> None:
    assert {button.key for button in summing.button} == {"onward_table", "cancel_reading"}
    assert "Reading “orders.csv”" in visitor.text()
    assert not summing.metric
    slowed.released.set()
    run_until(summing, lambda: bool(summing.metric))
    assert visitor.metrics()["Customers"] == "20"
    assert the_visit().reading is None
    assert not summing.error, summing.error[0].value


def test_summing_orders_up_can_be_cancelled_and_begun_again(
    visitor: Visitor, summing: AppTest, slowed: Slowed
) -> None:
    visit = the_visit()
    before = visit.raw, visit.study, visit.engine.tables()
    summing.button(key="cancel_reading").click()
    summing.run()
    run_until(summing, lambda: bool(summing.metric))
    assert "was cancelled. What was open before is as it was." in visitor.text()
    assert (visit.raw, visit.study, visit.engine.tables()) == before
    slowed.released.set()
    visitor.click("sum_orders")
    run_until(summing, lambda: visitor.metrics().get("Customers") == "20")


def test_a_choice_that_is_refused_slowly_goes_back_and_is_not_tried_again(
    visitor: Visitor, slowed: Slowed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object, **named: object) -> None:
        raise UnreadableFile(name="former.csv", detail="not so")

    slowed.released.set()
    visitor.open_file("former.csv", FORMER).go("table")
    monkeypatch.setattr(opening, "compose", refuse)
    (chooser,) = [box for box in visitor.app.selectbox if str(box.key).startswith("delimiter")]
    chooser.set_value(";")
    visitor.app.run()
    run_until(visitor.app, lambda: bool(visitor.app.error))
    assert "could not be opened" in visitor.text()
    visitor.app.run()
    assert not visitor.app.error
    (chooser,) = [box for box in visitor.app.selectbox if str(box.key).startswith("delimiter")]
    assert chooser.value == ","
    assert visitor.metrics()["Customers"] == "60"


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch, visitor: Visitor) -> Iterator[Callable[..., Slowed]]:
    """Let what a page does with an open table wait in the middle, until it is let go."""
    held: list[Slowed] = []
    visitor.open_file("former.csv", FORMER).go("table")

    def holding(place: object, name: str) -> Slowed:
        held.append(Slowed(getattr(place, name)))
        monkeypatch.setattr(place, name, held[-1])
        monkeypatch.setattr(readings, "PATIENCE_SECONDS", 0.0)
        return held[-1]

    yield holding
    for each in held:
        each.released.set()


def cancelled(app: AppTest, reader: Slowed) -> None:
    """Run the page until it waits, cancel there, and run it until it is itself again."""
    app.run()
    assert reader.reached.wait(30)
    app.run()
    app.button(key="cancel_reading").click()
    app.run()
    run_until(app, lambda: the_visit().reading is None and bool(app.metric))


def click_begun(visitor: Visitor, start: str) -> None:
    """Click the one button whose key begins so; it changes when widgets begin anew."""
    (found,) = [each for each in visitor.app.button if str(each.key).startswith(start)]
    found.click()


def test_changing_how_a_column_is_read_can_be_cancelled_and_done_again(
    visitor: Visitor, hold: Callable[..., Slowed]
) -> None:
    visit = the_visit()
    before = visit.study, visit.engine.tables()
    typing = hold(retyping.workflow, "customers_of")
    click_begun(visitor, "take_id")
    cancelled(visitor.app, typing)
    assert "was cancelled. What was open before is as it was." in visitor.text()
    assert (visit.study, visit.engine.tables()) == before
    typing.released.set()
    click_begun(visitor, "take_id")
    visitor.app.run()
    run_until(visitor.app, lambda: bool(visit.study and visit.study.id_name == "customer_id"))
    assert not visitor.app.error


def test_reading_a_codebook_can_be_cancelled(visitor: Visitor, hold: Callable[..., Slowed]) -> None:
    visit = the_visit()
    before = visit.study, visit.codebook, visit.engine.tables()
    reading = hold(opening, "open_codebook")
    (uploader,) = [u for u in visitor.app.file_uploader if str(u.key).startswith("codebook")]
    uploader.set_value(("book.csv", b"variable,label\nspend,Spend a year\n", "text/csv"))
    cancelled(visitor.app, reading)
    assert (visit.study, visit.codebook, visit.engine.tables()) == before
    assert not list(visit.folder.glob("codebook-*"))


def test_looking_at_a_file_to_join_can_be_cancelled_and_begun_again(
    visitor: Visitor, hold: Callable[..., Slowed]
) -> None:
    visit = the_visit()
    before = visit.engine.tables()
    looking = hold(opening, "read_uploads")
    (uploader,) = [u for u in visitor.app.file_uploader if str(u.key).startswith("beside")]
    uploader.set_value(("more.csv", FORMER.replace(b"spend", b"visits"), "text/csv"))
    cancelled(visitor.app, looking)
    assert "Reading “more.csv” was cancelled." in visitor.text()
    assert visit.engine.tables() == before
    looking.released.set()
    visitor.app.button(key="look_again").click()
    visitor.app.run()
    shown = {button.key for button in visitor.app.button}
    run_until(visitor.app, lambda: "join_files" in {b.key for b in visitor.app.button})
    assert "look_again" not in shown
