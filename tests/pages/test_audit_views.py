"""The audit on the screen: the worst first, one button a repair, calm where nothing is wrong."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import audit_views, compute
from pages.ui.visits import VISITS
from segmentation.audit import Audit, Finding, SampleSize, Severity
from segmentation.wording import words_in
from tests.pages.conftest import Visitor


def a_page_with_findings() -> None:
    import streamlit as st

    from pages.ui import audit_views
    from segmentation.audit import Action, Audit, Finding, Repair, SampleSize, Severity
    from segmentation.audit.findings import named
    from segmentation.wording import words_in

    size = SampleSize(900, 9, 900, 630, 2560)
    order = Repair(Action.CHOOSE_DATE_ORDER, ("since",), ("day-first", "month-first"))
    found = (
        Finding("duplicate-rows", (), Severity.BLOCKS, 9, 0.3, (), "duplicates-block"),
        Finding(
            "missing-much",
            ("*odd* name",),
            Severity.DISTORTS,
            40,
            0.4,
            (),
            "missing-much",
            Repair(Action.DESCRIBE_ONLY, ("*odd* name",)),
        ),
        Finding(
            "date-order-unknown",
            ("since",),
            Severity.WEAKENS,
            9,
            1.0,
            named(first=0, second=0),
            repair=order,
        ),
        *(Finding("free-text", (f"note {i}",), Severity.INFORMS, 9, 0.1) for i in range(6)),
    )
    clicked = audit_views.findings(Audit(100, 0, 100, 0, 0.1, size, found), words_in("en"))
    if clicked:
        st.info(f"{clicked.action} {clicked.columns} {clicked.values}")


def a_page_without_findings() -> None:
    from pages.ui import audit_views
    from segmentation.audit import Audit, SampleSize
    from segmentation.wording import words_in

    size = SampleSize(900, 9, 900, 630, 2560)
    assert audit_views.findings(Audit(100, 0, 100, 0, 0.0, size, ()), words_in("en")) is None


def shown(page: AppTest) -> str:
    return "\n".join(element.value for element in page.markdown)


def test_findings_are_listed_with_their_severity_and_the_rest_is_folded() -> None:
    page = AppTest.from_function(a_page_with_findings).run()
    assert not page.exception
    assert shown(page).index("**Blocks**") < shown(page).index("**Distorts**")
    assert [expander.label for expander in page.expander] == ["3 more findings, less harmful"]
    assert "\\*odd\\* name" in shown(page)


def test_a_click_returns_the_repair_and_each_order_of_a_date_is_asked() -> None:
    page = AppTest.from_function(a_page_with_findings).run()
    labels = [button.label for button in page.button]
    assert labels[1:] == ["Read the day first", "Read the month first"]
    page.button[0].click().run()
    assert page.info[0].value == "describe-only ('*odd* name',) ()"
    page.button[2].click().run()
    assert page.info[0].value == "choose-date-order ('since',) ('month-first',)"


def test_a_calm_table_is_told_so() -> None:
    page = AppTest.from_function(a_page_without_findings).run()
    assert not page.exception
    assert "Nothing in this table stands in the way" in shown(page)
    assert not page.button


def test_a_visit_audits_its_table_once_for_the_same_decisions(visitor: Visitor) -> None:
    rows = "".join(f"C{i:03d},{i % 7},{i * 37 % 101}\n" for i in range(300))
    visitor.open_file("few.csv", f"customer_id,visits,spend\n{rows}".encode())
    visit = VISITS.find(visitor.app.session_state["visit"])
    assert visit is not None
    found = compute.audit(visit)
    assert found.n_rows == 300
    assert compute.audit(visit) is found


@pytest.mark.parametrize(
    ("severities", "said"),
    [
        ((), "Nothing in this table would distort or weaken segments"),
        ((Severity.INFORMS,), "Nothing in this table would distort or weaken segments"),
        ((Severity.WEAKENS, Severity.INFORMS), "1 finding would weaken the segments"),
        ((Severity.DISTORTS, Severity.DISTORTS), "2 findings would distort the segments"),
        ((Severity.BLOCKS, Severity.DISTORTS), "1 finding blocks a segmentation"),
    ],
)
def test_the_headline_says_what_the_worst_finding_does(
    severities: tuple[Severity, ...], said: str
) -> None:
    found = tuple(Finding("free-text", ("note",), severity, 9, 0.1) for severity in severities)
    audit = Audit(100, 0, 100, 0, 0.0, SampleSize(900, 9, 900, 630, 2560), found)
    assert audit_views.audit_finding(audit, words_in("en")) == said
