"""Personas: what the data say, what the user writes, and nobody's personal data."""

from pages.ui.visits import VISITS
from segmentation.study import PersonaNotes, dump, load
from tests.pages.conftest import Visitor, csv_of, small_table


def personas(visitor: Visitor, rows: list[dict[str, object]] | None = None) -> Visitor:
    """Open a small table and look at its segments as personas."""
    people = rows or [
        {**row, "email": f"p{i}@example.com", "email_consent": ["yes", "no"][i % 2]}
        for i, row in enumerate(small_table())
    ]
    visitor.open_file("customers.csv", csv_of(people)).go("profiles")
    return visitor.view("personas")


def kept(visitor: Visitor) -> tuple[PersonaNotes, ...]:
    """What the study that is open holds about its personas, once saved and loaded."""
    visit = VISITS.find(visitor.app.session_state["visit"])
    assert visit is not None
    assert visit.study is not None
    (written,) = load(dump(visit.study)).branch.personas.values()
    return written


def test_a_persona_says_what_is_known_and_names_nobody(visitor: Visitor) -> None:
    text = personas(visitor).text()
    for title in ("What they do", "Where they are", "How to reach them", "A typical customer"):
        assert f"**{title}**" in text
    assert "E-mail: " in text
    assert "of the customers there are in this segment" in text
    assert "@example.com" not in text
    assert "K0" not in text


def test_goals_are_blank_until_the_user_writes_them_and_stay_in_the_study(
    visitor: Visitor,
) -> None:
    personas(visitor)
    assert {area.value for area in visitor.app.text_area} == {""}
    assert "In your words" not in visitor.text()
    field = next(
        a for a in visitor.app.text_area if "_1_goals" in str(a.key)
    )  # ~1 after a new beginning
    field.set_value("Save *time* ")
    visitor.run()
    assert "In your words" in visitor.text()
    assert "Save *time*" in visitor.text()
    assert kept(visitor)[:2] == (PersonaNotes(), PersonaNotes(goals="Save *time*"))
    visitor.go("checks").go("profiles")
    assert "Save *time*" in [area.value for area in visitor.app.text_area]


def test_a_card_explains_its_segment_in_sentences(visitor: Visitor) -> None:
    visitor.open_file("customers.csv", csv_of(small_table())).go("profiles")
    assert "What sets them apart most: " in visitor.text()
    assert "on average (" in visitor.text()


def test_few_customers_are_a_caution_on_their_card(visitor: Visitor) -> None:
    assert "Only " in personas(visitor, small_table(60)).text()
    assert "what is said here can change with a few of them" in visitor.text()
