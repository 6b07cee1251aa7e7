"""Segments that are given, merged, split, pinned and compared, as a visitor does it."""

from typing import Any

import pytest

from tests.pages.conftest import Visitor, csv_of, small_table


@pytest.fixture
def segments(visitor: Visitor) -> Visitor:
    rows = small_table()
    for i, row in enumerate(rows):
        row["income"] = 1000 + i % 2 * 7000 + i % 3 * 10
        row["age"] = 20 + i % 2 * 30 + i % 5
        row["status"] = ["", "gold", "silver", "silver"][i % 4]
    return visitor.open_file("kunden.csv", csv_of(rows)).go("segments")


def table_with(visitor: Visitor, *columns: str) -> Any:
    return next(f.value for f in visitor.app.dataframe if {*columns} <= {*f.value.columns})


def test_given_segments_go_through_every_page_without_a_search(segments: Visitor) -> None:
    segments.app.radio(key="segments_from").set_value("given")
    segments.run()
    segments.app.selectbox(key="given_column").set_value("status")
    segments.run()
    assert "Segments: given by “status”" in [
        e.label.replace("\\", "") for e in segments.app.expander
    ]
    assert "50 customers have no value in that column" in segments.text()
    assert "Which number of segments separates best" not in segments.text()
    sizes = table_with(segments, "Customers", "Share")
    assert sizes["Segment"].tolist() == ["silver", "gold"]
    assert sizes["Customers"].tolist() == [100, 50]
    for page in ("profiles", "geography", "checks", "export"):
        segments.go(page)
        assert not segments.app.error, page
    segments.go("checks")
    assert 'scope="col">gold<' in segments.html()
    assert "these were given, or changed by hand" in segments.text()
    segments.go("segments").app.radio(key="segments_from").set_value("found")
    segments.run()
    assert "Which number of segments separates best" in segments.text()


def test_a_merge_is_shown_everywhere_and_can_be_undone(segments: Visitor) -> None:
    before = table_with(segments, "Customers", "Share")["Customers"].tolist()
    segments.click("merge")
    after = table_with(segments, "Customers", "Share")["Customers"].tolist()
    assert after == [before[0] + before[1], *before[2:]]
    assert f"{len(before)} segments became {len(after)}" in segments.text()
    segments.go("checks")
    assert segments.html().count('<th scope="col">Segment') == len(after)
    assert "these were given, or changed by hand" in segments.text()
    segments.go("segments").click("merge_undo")
    assert table_with(segments, "Customers", "Share")["Customers"].tolist() == before


def test_a_split_is_tried_then_used_then_taken_back(segments: Visitor) -> None:
    segments.app.multiselect(key="split_basis").set_value(["income", "age"])
    segments.app.selectbox(key="split_k").set_value(2)
    segments.run()
    segments.click("split_try")
    tried = table_with(segments, "Micro-segment", "Share of all customers")
    assert tried["Micro-segment"].tolist() == ["Segment 1a", "Segment 1b"]
    whole = table_with(segments, "Customers", "Share")["Customers"].tolist()
    assert tried["Customers"].sum() == whole[0]
    segments.click("split_use")
    sizes = table_with(segments, "Customers", "From (95 %)")
    assert sizes["Segment"].tolist()[:3] == ["Segment 1a", "Segment 1b", "Segment 2"]
    assert sizes["Customers"].tolist() == [*tried["Customers"].tolist(), *whole[1:]]
    assert "micro_segment_id" in segments.go("export").text()
    segments.go("segments")
    key = next(b.key for b in segments.app.button if (b.key or "").startswith("whole_"))
    segments.click(key)
    assert table_with(segments, "Customers", "Share")["Customers"].tolist() == whole


def test_a_split_into_parts_that_are_too_small_is_refused(segments: Visitor) -> None:
    segments.app.multiselect(key="split_basis").set_value(["income", "age"])
    segments.app.selectbox(key="split_k").set_value(6)
    segments.run()
    segments.click("split_try")
    assert "Too small to pay or to trust" in segments.text()
    assert "usual floor" in segments.text()
    assert segments.app.button(key="split_use").disabled


def test_a_pinned_rule_takes_its_customers_before_the_others_are_segmented(
    segments: Visitor,
) -> None:
    segments.app.text_input(key="pin_name_0").set_value("VIPs")
    segments.app.selectbox(key="pin_0_0_column").set_value("town")
    segments.run()
    segments.app.multiselect[-1].set_value(["Ulm"])
    segments.run()
    segments.click("pin_0_0_add")
    sizes = table_with(segments, "Customers", "From (95 %)")
    n_ulm = sum(row["town"] == "Ulm" for row in small_table())
    assert sizes["Segment"].tolist()[-1] == "VIPs"
    assert sizes["Customers"].tolist()[-1] == n_ulm
    assert sizes["Customers"].sum() == 200
    assert 'scope="col">VIPs<' in segments.go("checks").html()


def test_any_two_solutions_stand_side_by_side(segments: Visitor) -> None:
    segments.app.selectbox(key="two_kind_False").set_value("given")
    segments.run()
    segments.app.selectbox(key="two_given").set_value("town")
    segments.run()
    segments.click("two_compare")
    assert "0 of 200 customers moved; agreement 1." in segments.text()
    crossed = table_with(segments, "On show", "→ Ulm")
    assert crossed[["→ Ulm", "→ Bonn", "→ Jena"]].to_numpy().sum() == 200
    for title in ("Scorecard: On show", "Scorecard: Beside"):
        assert f"**{title}**" in segments.text()
        assert f'aria-label="{title}"' in segments.html()
    segments.app.selectbox(key="two_kind_False").set_value("variables")
    segments.run()
    segments.app.multiselect(key="two_basis").set_value(["income", "age"])
    segments.run()
    segments.click("two_compare")
    assert "customers moved" in segments.text()
    assert "they explain" in segments.text()
    assert table_with(segments, "From", "To")["Customers"].sum() > 0
