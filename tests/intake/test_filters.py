"""The population filter: who is looked at; a cell without a value meets no condition but one."""

import pytest

from segmentation.errors import NoCustomersLeft, UnknownColumn
from segmentation.intake import Condition, Operator, open_customers
from tests.intake.conftest import Read

FILTERED = """name,age,city,member,joined,big
Ann,30,York,yes,2024-01-01,1e300
Bob,40.5,Bonn,no,2024-02-01,2
Cid,,York,,,3
Dan,50,,yes,2024-03-01 10:00,
"""


@pytest.mark.parametrize(
    ("column", "operator", "values", "left"),
    [
        ("city", Operator.IS, ["York"], "Ann Cid"),
        ("city", Operator.IS, ["York", "Bonn"], "Ann Bob Cid"),
        ("city", Operator.IS, ["york"], ""),
        ("city", Operator.IS, [], ""),
        ("city", Operator.IS_NOT, ["York"], "Bob"),
        ("city", Operator.IS_NOT, [], "Ann Bob Cid"),
        ("city", Operator.KNOWN, [], "Ann Bob Cid"),
        ("city", Operator.MISSING, [], "Dan"),
        ("city", Operator.AT_LEAST, ["C"], "Ann Cid"),
        ("age", Operator.IS, ["30"], "Ann"),
        ("age", Operator.IS, ["30.0", "40.50"], "Ann Bob"),
        ("age", Operator.IS_NOT, ["30"], "Bob Dan"),
        ("age", Operator.AT_LEAST, ["40.5"], "Bob Dan"),
        ("age", Operator.AT_MOST, ["40"], "Ann"),
        ("age", Operator.AT_MOST, ["forty"], ""),
        ("age", Operator.AT_LEAST, [], ""),
        ("age", Operator.IS_NOT, ["forty"], "Ann Bob Dan"),
        ("age", Operator.MISSING, [], "Cid"),
        ("member", Operator.IS, ["yes"], "Ann Dan"),
        ("member", Operator.IS, ["no"], "Bob"),
        ("member", Operator.IS_NOT, ["yes"], "Bob"),
        ("member", Operator.AT_MOST, ["no"], "Bob"),
        ("member", Operator.AT_LEAST, ["yes"], "Ann Dan"),
        ("joined", Operator.IS, ["2024-02-01"], "Bob"),
        ("joined", Operator.IS, ["2024-02-01 00:00:00"], "Bob"),
        ("joined", Operator.AT_LEAST, ["2024-02-01"], "Bob Dan"),
        ("joined", Operator.AT_MOST, ["2024-02-30"], ""),
        ("joined", Operator.KNOWN, [], "Ann Bob Dan"),
        ("big", Operator.IS, ["2"], "Bob"),
        ("big", Operator.AT_LEAST, ["1e299"], "Ann"),
    ],
)
def test_the_population_is_who_meets_the_condition(
    column: str, operator: Operator, values: list[str], left: str, read: Read
) -> None:
    raw = read(FILTERED)
    conditions = [Condition(column, operator, tuple(values))]
    if not left:
        with pytest.raises(NoCustomersLeft) as refused:
            open_customers(raw, conditions=conditions)
        assert refused.value.values == {"n_before": 4}
        return
    table = open_customers(raw, conditions=conditions)
    people = table.session.frame(table.population())[table.column("name").key]
    assert sorted(people) == left.split()
    assert table.n_customers == len(left.split())
    assert table.raw.n_rows == 4


def test_all_conditions_must_hold(read: Read) -> None:
    conditions = [
        Condition("city", Operator.IS, ("York",)),
        Condition("age", Operator.AT_LEAST, ("20",)),
    ]
    assert open_customers(read(FILTERED), conditions=conditions).n_customers == 1


REPEATED = """id,a,b,c
1,x,x,x
1,x,x,x
2,x,,y
2,y,,
,x,x,x
,y,y,y
"""


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        (Condition("", Operator.ONCE), [0, 2, 3, 4, 5]),
        (Condition("id", Operator.ONCE), [0, 2, 4, 5]),
        (Condition("", Operator.ANSWERED, ("0.5", "b", "c")), [0, 1, 2, 4, 5]),
        (Condition("", Operator.ANSWERED, ("0", "b", "c")), [0, 1, 4, 5]),
        (Condition("", Operator.VARIED, ("a", "b", "c")), [2, 3]),
    ],
)
def test_a_condition_about_rows_keeps_the_first_the_answered_or_the_varied(
    read: Read, condition: Condition, left: list[int]
) -> None:
    table = open_customers(read(REPEATED), conditions=[condition])
    rows = table.session.arrow(table.population().select("__row"))
    assert sorted(rows["__row"].to_pylist()) == left
    assert table.n_customers == len(left)


@pytest.mark.parametrize(
    ("condition", "flaw"),
    [
        (Condition("", Operator.ANSWERED, ("x", "b", "c")), "values"),
        (Condition("", Operator.ANSWERED, ("-0.1", "b")), "values"),
        (Condition("", Operator.ANSWERED), "values"),
        (Condition("", Operator.VARIED), "values"),
        (Condition("", Operator.VARIED, ("a",)), "values"),
        (Condition("c", Operator.AT_MOST), "values"),
    ],
)
def test_a_condition_that_says_nothing_is_met_by_nobody(
    read: Read, condition: Condition, flaw: str
) -> None:
    assert condition.flaw == flaw
    with pytest.raises(NoCustomersLeft):
        open_customers(read(REPEATED), conditions=[condition])


def test_a_condition_without_its_column_names_no_column_of_the_file(read: Read) -> None:
    nowhere = Condition("", Operator.IS, ("x",))
    assert (nowhere.columns, nowhere.flaw) == (("",), "column")
    with pytest.raises(UnknownColumn):
        open_customers(read(REPEATED), conditions=[nowhere])


def test_conditions_as_they_are_set_are_without_flaw() -> None:
    for condition in (
        Condition("c", Operator.IS),
        Condition("c", Operator.AT_LEAST, ("1",)),
        Condition("c", Operator.KNOWN),
        Condition("", Operator.ONCE),
        Condition("c", Operator.ONCE),
        Condition("", Operator.ANSWERED, ("0", "b")),
        Condition("", Operator.VARIED, ("a", "b")),
    ):
        assert condition.flaw == "", condition


def test_the_first_of_an_id_is_sought_among_those_who_passed_before(read: Read) -> None:
    known = Condition("c", Operator.MISSING)
    table = open_customers(read(REPEATED), conditions=[known, Condition("id", Operator.ONCE)])
    assert table.session.arrow(table.population())["__row"].to_pylist() == [3]
