"""What each criterion prefers, in the table of every number of segments."""

from typing import Any

from tests.pages.conftest import Visitor, csv_of, small_table


def table_of(visitor: Visitor) -> Any:
    """The table with a row for each number of segments."""
    tables = [frame.value for frame in visitor.app.dataframe]
    return next(table for table in tables if "Inertia" in table)


def test_each_criterion_names_its_favourite(visitor: Visitor) -> None:
    visitor.open_file("kunden.csv", csv_of(small_table())).go("segments")
    columns = list(table_of(visitor))
    for name in ("Separation (silhouette)", "Calinski-Harabasz", "Davies-Bouldin", "Gap"):
        assert f"{name}: prefers 3" in columns
    assert not any(column.startswith("Prediction strength") for column in columns)


def test_prediction_strength_comes_with_the_test(visitor: Visitor) -> None:
    visitor.open_file("kunden.csv", csv_of(small_table())).go("segments").click("judge")
    table = table_of(visitor)
    (name,) = [column for column in table if column.startswith("Prediction strength: prefers ")]
    favourite = int(name.rpartition(" ")[2])
    supported = table.loc[table[name] >= 0.8, "Number of segments"]
    assert table[name].between(0, 1).all()
    assert favourite == supported.max() >= 3
    assert "reaches 0.8" in visitor.text()
