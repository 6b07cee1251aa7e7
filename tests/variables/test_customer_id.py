"""Which column is offered as the customer id: by its name and its values, never silently taken."""

import pytest

from segmentation.variables import Role, likely_id, suggest
from tests.variables.conftest import Open

FEW = 12
CODES = [f"C{i:04d}" for i in range(FEW)]
SPENDS = [i % 7 for i in range(FEW)]


@pytest.mark.parametrize(
    ("name", "values", "role"),
    [
        ("customer_id", CODES, Role.ID),
        ("customer_id", [f"K-{i}" for i in range(FEW)], Role.ID),
        ("customer_no", [1000 + 3 * i for i in range(FEW)], Role.ID),
        ("顾客编号", CODES, Role.ID),
        ("reference", CODES, Role.ID),
        ("customer_id", [*CODES[:-1], CODES[0]], Role.BASIS),
        ("favourite", [chr(97 + i) * 4 for i in range(FEW)], Role.BASIS),
        ("body_mass_index", [20 + i for i in range(FEW)], Role.BASIS),
        ("visits", [1000 + i for i in range(FEW)], Role.BASIS),
    ],
)
def test_in_a_small_table_ids_are_known_by_name_or_form_if_all_differ(
    name: str, values: list[object], role: Role, open_columns: Open
) -> None:
    (variable, _) = suggest(open_columns({name: values, "spend": SPENDS}))
    assert variable.role is role


def test_an_id_by_name_is_offered_before_one_by_values(open_columns: Open) -> None:
    table = open_columns({"code": CODES, "customer_id": CODES[::-1], "spend": SPENDS})
    assert likely_id(suggest(table), table.raw.n_rows) == "customer_id"


@pytest.mark.parametrize(
    "columns",
    [
        {"code": CODES, "card": CODES[::-1]},
        {"customer_id": [*CODES[:-1], ""]},
        {"visits": SPENDS},
        {"order_id": CODES},
        {"商品编号": CODES},
    ],
)
def test_nothing_is_offered_where_it_is_not_clear(
    columns: dict[str, list[object]], open_columns: Open
) -> None:
    table = open_columns({**columns, "spend": SPENDS})
    assert likely_id(suggest(table), table.raw.n_rows) is None


def test_the_only_column_that_names_each_row_is_offered(open_columns: Open) -> None:
    table = open_columns({"code": CODES, "spend": SPENDS})
    assert likely_id(suggest(table), table.raw.n_rows) == "code"
