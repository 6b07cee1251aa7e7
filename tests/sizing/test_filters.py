from segmentation.intake import Condition, Operator
from segmentation.sizing import Group, InSegments, Joined, in_force, replaced

AGE = Condition("age", Operator.AT_LEAST, ("40",))
GONE = Condition("gone", Operator.MISSING)
OTHERS = InSegments("other solution", (1,))
TREE = Group(Joined.ALL, (AGE, Group(Joined.ANY, (GONE, OTHERS)), Group(Joined.NONE, (AGE, GONE))))


def test_what_cannot_apply_rests_and_the_rest_stays_as_it_is() -> None:
    found = in_force(TREE, {"age"}, "this solution")
    assert found.resting == (GONE, OTHERS, GONE)
    assert found.group == Group(Joined.ALL, (AGE, Group(Joined.NONE, (AGE,))))
    assert in_force(TREE, {"age", "gone"}, "other solution").group == TREE


def test_a_condition_that_is_taken_out_takes_empty_groups_along() -> None:
    without = replaced(replaced(TREE, GONE, None), OTHERS, None)
    assert without == Group(Joined.ALL, (AGE, Group(Joined.NONE, (AGE,))))
    assert replaced(Group(members=(AGE,)), AGE, GONE) == Group(members=(GONE,))


def test_a_filter_names_its_columns_once() -> None:
    assert TREE.columns == ("age", "gone")
    assert TREE.uses_segments
    assert not in_force(TREE, {"age"}, None).group.uses_segments
