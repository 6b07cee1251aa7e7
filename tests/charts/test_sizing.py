"""What the charts of sizing and money draw: the numbers they were given, in their order."""

import pytest

from segmentation.charts import profit_histogram, threshold_curve, tornado_chart
from segmentation.intake import Condition, Operator
from segmentation.money import Program
from segmentation.sizing import Curve, Spread, profit_range, tornado
from segmentation.wording import Words

EN, ZH = Words("en"), Words("zh")
PROGRAMS = [Program("A", people=1000, response=0.05, margin=40, contact=0.5, fixed=500)]
SPREADS = {figure: Spread(0.5, 1.5) for figure in ("margin", "fixed", "people")}


def drawn_rows(chart: object, field: str) -> list[dict[str, object]]:
    datasets = chart.to_dict()["datasets"].values()  # type: ignore[attr-defined]  # Altair's charts
    return [row for rows in datasets for row in rows if field in row]


@pytest.mark.parametrize("dark", [False, True])
def test_the_curve_marks_the_threshold_as_it_stands_alone(*, dark: bool) -> None:
    condition = Condition("age", Operator.AT_LEAST, ("40",))
    found = Curve(condition, (20.0, 40.0, 60.0), (900.0, 400.4, 12.0), is_exact=False)
    chart = threshold_curve(found, EN, dark=dark)
    rows = drawn_rows(chart, "customers")
    assert [(row["threshold"], row["shown"]) for row in rows] == [
        (20, "900"),
        (40, "400"),
        (60, "12"),
    ]
    assert [row["threshold"] for row in rows if row["here"]] == [40]
    assert chart.to_dict()["layer"][0]["encoding"]["x"]["title"] == "age"


def test_the_bars_of_a_tornado_run_from_the_lower_profit_to_the_higher_the_widest_first() -> None:
    swings = tornado(PROGRAMS, SPREADS)
    rows = drawn_rows(tornado_chart(swings, 1000.0, "EUR", EN, dark=False), "figure")
    assert [(row["figure"], row["low"], row["high"]) for row in rows] == [
        ("Margin per response", 0, 2000),
        ("People", 250, 1750),
        ("Fixed cost", 750, 1250),
    ]
    assert (rows[0]["from"], rows[0]["to"]) == ("€0", "€2,000")
    assert {row["likely"] for row in rows} == {1000}


def test_figures_and_money_of_a_tornado_are_written_as_the_language_does() -> None:
    rows = drawn_rows(
        tornado_chart(tornado(PROGRAMS, SPREADS), 1.0, "CNY", ZH, dark=True), "figure"
    )
    assert rows[0]["figure"] == ZH("Margin per response") != "Margin per response"
    assert "¥" in str(rows[0]["to"])


def test_the_bars_of_the_draws_hold_all_of_them_and_tell_losses_from_gains() -> None:
    found = profit_range(PROGRAMS, {"response": Spread(0, 2)}, draws=500)
    chart = profit_histogram(found, "EUR", EN, dark=False)
    rows = drawn_rows(chart, "share")
    assert sum(row["share"] for row in rows) == pytest.approx(1)
    assert [row["loss"] for row in rows] == [edge < 0 for edge in found.edges[:-1]]
    assert any(row["loss"] for row in rows)
    assert not all(row["loss"] for row in rows)
    assert drawn_rows(chart, "at") == [{"at": 0.0}]
