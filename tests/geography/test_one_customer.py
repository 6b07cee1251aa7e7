"""What a click on one point may tell."""

import pandas as pd

from segmentation.geography.one_customer import one_customer
from segmentation.variables import Role, VariableChoice, resolve, suggest
from tests.geography.markets import OpenMarket


def test_one_customer_tells_no_personal_data_and_no_exact_place(
    open_market: OpenMarket, customers: pd.DataFrame
) -> None:
    n = len(customers)
    customers["email"] = [f"person{i}@example.org" for i in range(n)]
    customers["spend"] = [100 + i for i in range(n)]
    customers["postcode"] = [f"1{i % 90:04}" for i in range(n)]
    table = open_market(customers).table
    variables = suggest(table)
    found = one_customer(table, variables, 3, "spend")
    told = {variable.name: value for variable, value in found.values}
    assert (found.row, found.id, told["spend"]) == (4, "103", 103)
    assert not {"email", "latitude", "longitude", "postcode"} & set(told)
    hidden = resolve(variables, {"spend": VariableChoice(role=Role.PERSONAL)})
    assert "spend" not in {v.name for v, _ in one_customer(table, hidden, 3).values}
