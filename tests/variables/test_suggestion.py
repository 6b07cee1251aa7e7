"""What each column is suggested for, why, and what a user may make of it instead."""

from pathlib import Path

import pytest

from segmentation.engine import DuckSession
from segmentation.errors import UnsuitableBasis
from segmentation.intake import CustomerTable, Decision, open_customers, read_file
from segmentation.variables import (
    Family,
    Role,
    Scale,
    Variable,
    VariableChoice,
    resolve,
    suggest,
)
from segmentation.whereabouts import propose, with_places
from tests.variables.conftest import Open

SAMPLE = Path(__file__).parents[2] / "sample_data" / "retailer_customers.csv"
N = 100

# name, role, scale, family, detail, private
OF_THE_SAMPLE = """
customer_id           id         nominal -             -         -
age                   descriptor metric  demographic   -         -
gender                descriptor nominal demographic   -         -
household_size        descriptor ordinal demographic   -         -
income_band           descriptor ordinal demographic   -         -
birth_month           descriptor metric  demographic   -         -
acquisition_source    basis      nominal behavioural   -         -
email                 contact    nominal -             email     private
phone                 contact    nominal -             sms       private
email_consent         consent    nominal -             email     -
sms_consent           consent    nominal -             sms       -
post_consent          consent    binary  -             post      -
city                  location   nominal geographic    city      -
country               location   nominal geographic    country   -
latitude              location   metric  geographic    latitude  -
longitude             location   metric  geographic    longitude -
signup_date           date       date    -             -         -
app_user              basis      binary  technographic -         -
preferred_channel     basis      nominal behavioural   -         -
status                descriptor nominal behavioural   -         -
orders_12m            basis      metric  transactional -         -
spend_12m             basis      metric  transactional -         -
avg_discount_share    basis      metric  transactional -         -
visits_per_month      basis      metric  behavioural   -         -
online_share          basis      metric  technographic -         -
category_count        basis      metric  behavioural   -         -
returns_share         basis      metric  transactional -         -
newsletter_opens_12m  basis      metric  behavioural   -         -
price_sensitivity     basis      ordinal psychographic -         -
brand_affinity        basis      ordinal psychographic -         -
churned_next_quarter  outcome    binary  behavioural   -         -
spend_next_quarter    outcome    metric  transactional -         -
"""


def line(variable: Variable) -> list[str]:
    family = variable.family.value if variable.family else "-"
    private = "private" if variable.private else "-"
    detail = variable.detail or "-"
    return [variable.name, variable.role.value, variable.scale.value, family, detail, private]


def why(variable: Variable) -> list[str]:
    return [reason.code for reason in variable.reasons]


def suggested(table: CustomerTable) -> dict[str, Variable]:
    return {variable.name: variable for variable in suggest(table)}


def test_the_sample_is_understood_as_it_was_made(tmp_path: Path) -> None:
    session = DuckSession(tmp_path)
    inside = session.folder / "upload"
    inside.write_bytes(SAMPLE.read_bytes())
    variables = suggest(open_customers(read_file(session, inside, SAMPLE.name)))
    session.close()
    assert [line(v) for v in variables] == [row.split() for row in OF_THE_SAMPLE.split("\n") if row]
    assert all(v.reasons for v in variables)


NUMBERS = [i * 7 % 83 + i / 3 for i in range(N)]
EMAILS = [f"somebody{i}@example.com" for i in range(N)]


@pytest.mark.parametrize(
    ("name", "values", "role", "detail"),
    [
        ("contact_1", EMAILS, Role.CONTACT, "email"),
        ("email", [e if i % 3 else "" for i, e in enumerate(EMAILS)], Role.CONTACT, "email"),
        ("mobile", [f"+4477009{i:05d}" for i in range(N)], Role.CONTACT, "sms"),
        ("手机号", [f"1380013{i:04d}" for i in range(N)], Role.CONTACT, "sms"),
        ("address", [f"{i} High Street" for i in range(N)], Role.CONTACT, "post"),
        ("微信号", [f"wx{i}" for i in range(N)], Role.CONTACT, "wechat"),
        ("last_name", [f"Name{i}" for i in range(N)], Role.PERSONAL, ""),
        ("name", [f"Ann {i}" for i in range(N)], Role.PERSONAL, ""),
        ("姓名", [f"李{i}" for i in range(N)], Role.PERSONAL, ""),
        ("iban", [f"DE{i:020d}" for i in range(N)], Role.PERSONAL, ""),
        ("passport", [10_000_000 + i for i in range(N)], Role.PERSONAL, ""),
        (
            "date_of_birth",
            [f"19{i % 90 + 10}-01-0{i % 9 + 1}" for i in range(N)],
            Role.PERSONAL,
            "",
        ),
        ("ip_address", [f"10.0.0.{i}" for i in range(N)], Role.PERSONAL, ""),
    ],
)
def test_personal_data_is_recognised_and_never_forms_segments(
    name: str, values: list[object], role: Role, detail: str, open_columns: Open
) -> None:
    table = open_columns({name: values, "spend": NUMBERS})
    variable = suggested(table)[name]
    assert (variable.role, variable.detail, variable.private) == (role, detail, True)
    with pytest.raises(UnsuitableBasis) as refused:
        resolve([variable], {name: VariableChoice(role=Role.BASIS, scale=Scale.NOMINAL)})
    assert refused.value.values == {"name": name, "role": role.value}


@pytest.mark.parametrize(
    ("name", "values", "role", "reason"),
    [
        ("customer_id", [f"C{i}" for i in range(N)], Role.ID, "id-named"),
        ("customer_id", list(range(N)), Role.ID, "id-named"),
        ("reference", [f"C{i}" for i in range(N)], Role.ID, "id-unique"),
        ("customer_id", [i % 60 for i in range(N)], Role.ID, "id-repeats"),
        ("customer_no", list(range(N)), Role.ID, "id-named"),
        ("kundennr", list(range(N)), Role.ID, "id-named"),
        ("marketing_consent", ["yes", "no"] * 50, Role.CONSENT, "named-like"),
        ("joined", [f"2024-01-{i % 28 + 1:02d}" for i in range(N)], Role.DATE, "date-values"),
        ("weight", [0.5 + i / N for i in range(N)], Role.WEIGHT, "named-like"),
        ("zip_code", [f"0{i % 50:04d}" for i in range(N)], Role.LOCATION, "named-like"),
        ("lat", [i / 2 for i in range(N)], Role.LOCATION, "named-like"),
        ("churn", ["yes", "no"] * 50, Role.OUTCOME, "outcome-named"),
        ("segment", ["a", "b"] * 50, Role.GIVEN_SEGMENT, "named-like"),
        ("source", ["web"] * N, Role.IGNORE, "constant"),
        ("nothing", [""] * N, Role.IGNORE, "column-empty"),
        (
            "remark",
            [f"{i} words without end and point {'x' * 30}" for i in range(N)],
            Role.IGNORE,
            "free-text",
        ),
        ("purchases", [i if i % 2 else "" for i in range(N)], Role.DESCRIPTOR, "much-missing"),
        ("favourite", [f"kind {i % 25}" for i in range(N)], Role.DESCRIPTOR, "many-levels"),
        ("religion", ["a", "b"] * 50, Role.DESCRIPTOR, "descriptor-by-caution"),
        ("lifecycle", ["new", "old"] * 50, Role.DESCRIPTOR, "status-describes"),
        ("age", [18 + i % 60 for i in range(N)], Role.DESCRIPTOR, "descriptor-by-family"),
        ("industry", ["steel", "glass"] * 50, Role.DESCRIPTOR, "descriptor-by-family"),
        ("visits", [i % 30 for i in range(N)], Role.BASIS, "basis-by-family"),
        ("something", [i % 30 for i in range(N)], Role.BASIS, "basis-by-family"),
    ],
)
def test_a_column_is_suggested_for_what_it_says_it_is(
    name: str, values: list[object], role: Role, reason: str, open_columns: Open
) -> None:
    table = open_columns({"spend": NUMBERS, "orders": NUMBERS[::-1], name: values})
    variable = suggested(table)[name]
    assert (variable.role, why(variable)[0]) == (role, reason)
    assert not variable.private


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("lat", [i * 2 for i in range(N)]),  # beyond the pole
        ("weight", [50 + i for i in range(N)]),  # kilograms
        ("city_rank", [i % 12 for i in range(N)]),
    ],
)
def test_a_name_does_not_make_a_place_or_weight_of_values_that_cannot_be_one(
    name: str, values: list[object], open_columns: Open
) -> None:
    variable = suggested(open_columns({name: values, "spend": NUMBERS}))[name]
    assert variable.role not in (Role.LOCATION, Role.WEIGHT)


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        ([i % 5 + 1 for i in range(N)], Scale.ORDINAL),
        ([i % 11 for i in range(N)], Scale.ORDINAL),
        ([i % 12 for i in range(N)], Scale.METRIC),
        ([i % 5 - 2 for i in range(N)], Scale.METRIC),
        ([i % 2 + 1 for i in range(N)], Scale.METRIC),
        ([i % 5 / 2 for i in range(N)], Scale.METRIC),
        ([i % 2 for i in range(N)], Scale.BINARY),
        (["yes", "no"] * 50, Scale.BINARY),
        (["a", "b", "c", "d"] * 25, Scale.NOMINAL),
    ],
)
def test_a_scale_is_how_values_can_be_compared(
    values: list[object], scale: Scale, open_columns: Open
) -> None:
    table = open_columns({"row": [f"r{i}" for i in range(N)], "something": values})
    assert suggested(table)["something"].scale is scale


def items(n: int, *, points: int = 5) -> dict[str, list[object]]:
    """Answers to n questions on one scale, every point of it used."""
    return {
        f"q{i} item": [(row * 3 + row // 11 + i) % points + 1 for row in range(N)] for i in range(n)
    }


def test_a_battery_of_items_forms_the_segments_and_the_rest_describes_them(
    open_columns: Open,
) -> None:
    found = suggested(open_columns({**items(8), "spend": NUMBERS, "age": NUMBERS}))
    assert {found[name].role for name in items(8)} == {Role.BASIS}
    assert {found[name].family for name in items(8)} == {Family.PSYCHOGRAPHIC}
    assert why(found["q0 item"])[0] == "battery-item"
    assert found["spend"].role is Role.DESCRIPTOR
    assert why(found["spend"])[0] == "beside-battery"


def test_seven_items_are_no_battery(open_columns: Open) -> None:
    found = suggested(open_columns({**items(7), "spend": NUMBERS}))
    assert found["spend"].role is Role.BASIS


def test_items_on_different_scales_are_no_common_battery(open_columns: Open) -> None:
    other = {f"{name} again": values for name, values in items(4, points=7).items()}
    found = suggested(open_columns({**items(4), **other, "spend": NUMBERS}))
    assert found["spend"].role is Role.BASIS


def test_levels_in_a_suggested_order_are_ordered_and_the_reason_says_who_suggests_it(
    open_columns: Open,
) -> None:
    columns = {
        "age_band": ["<25", "25-64", "65+", "unknown"] * 25,
        "loyalty": ["bronze", "silver", "gold", "silver"] * 25,
        "size": ["small", "large"] * 50,
        "colour": ["red", "blue", "green", "blue"] * 25,
        "spend": NUMBERS,
    }
    found = suggested(open_columns(columns))
    scales = {name: variable.scale for name, variable in found.items()}
    assert scales["age_band"] is scales["loyalty"] is Scale.ORDINAL
    assert scales["size"] is scales["colour"] is Scale.NOMINAL
    assert "levels-ordered" not in why(found["colour"])
    said = {v.name: v.reasons[-1].get("said_by") for v in found.values() if v.is_ranked}
    assert said == {"age_band": "bands", "loyalty": "words"}
    (plain,) = resolve([found["loyalty"]], {"loyalty": VariableChoice(scale=Scale.NOMINAL)})
    assert not plain.is_ranked


def test_answers_in_words_on_one_scale_are_a_battery(open_columns: Open) -> None:
    scale = ["disagree", "neutral", "agree", "strongly agree"]
    asked = {f"q{i} item": [scale[(i + j) % 4] for j in range(N)] for i in range(1, 9)}
    asked["q9 item"] = [scale[j % 3] for j in range(N)]  # nobody agrees strongly
    found = suggested(open_columns({**asked, "spend": NUMBERS}))
    assert {found[name].role for name in asked} == {Role.BASIS}
    assert why(found["q1 item"])[0] == "battery-item"
    assert found["spend"].role is Role.DESCRIPTOR


def test_several_answers_in_a_cell_describe_until_they_are_split(open_columns: Open) -> None:
    answers = ["tv; web", "web", "radio; web", "tv", "tv; radio"] * 20
    table = open_columns({"media": answers, "spend": NUMBERS, "visits": NUMBERS[::-1]})
    media = suggested(table)["media"]
    assert (media.role, why(media)[0]) == (Role.DESCRIPTOR, "answers-together")
    split = open_customers(table.raw, decisions={"media": Decision(items=";")})
    found = suggested(split)
    assert (found["media"].role, why(found["media"])) == (Role.IGNORE, ["answers-apart"])
    assert found["media: tv"].role is Role.BASIS


def test_outcomes_consents_and_demographics_are_no_items(open_columns: Open) -> None:
    asked = {
        "churn score": items(1)["q0 item"],
        "consent level": items(1)["q0 item"],
        "children": items(1)["q0 item"],
    }
    found = suggested(open_columns({**items(7), **asked, "spend": NUMBERS}))
    assert found["spend"].role is Role.BASIS


def test_where_nothing_better_is_left_descriptors_form_the_segments(open_columns: Open) -> None:
    found = suggested(
        open_columns(
            {
                "age": [18 + i % 60 for i in range(N)],
                "income": NUMBERS,
                "religion": ["a", "b"] * 50,
                "email": EMAILS,
            }
        )
    )
    assert {name for name, v in found.items() if v.role is Role.BASIS} == {"age", "income"}
    assert why(found["age"])[0] == "basis-for-want-of-others"


def test_where_only_places_are_known_what_is_read_from_them_forms_the_segments(
    open_columns: Open,
) -> None:
    where = {
        "place": [f"P{i:03}" for i in range(N)],
        "lat": [40 + i % 17 / 2 for i in range(N)],
        "lng": [i % 29 / 2 for i in range(N)],
    }
    table = open_columns(where)
    assert not any(v.role is Role.BASIS for v in suggest(table))
    reading = propose(table, suggest(table))
    forming = {v.column.place for v in suggest(with_places(table, reading)) if v.role is Role.BASIS}
    assert {"distance", "people"} <= forming
    spending = open_columns({**where, "spend": NUMBERS, "visits": NUMBERS})
    assert {v.name for v in suggest(with_places(spending, reading)) if v.role is Role.BASIS} == {
        "spend",
        "visits",
    }


@pytest.mark.parametrize(
    "name", ["religion", "ethnicity", "health_status", "民族", "sexual orientation"]
)
def test_special_categories_are_cautioned_whatever_they_are_used_for(
    name: str, open_columns: Open
) -> None:
    table = open_columns({"spend": NUMBERS, "orders": NUMBERS[::-1], name: ["a", "b"] * 50})
    variable = suggested(table)[name]
    assert variable.role is Role.DESCRIPTOR
    assert "special-category" in why(variable)
    chosen = resolve([variable], {name: VariableChoice(role=Role.BASIS)})[0]
    assert "special-category" in why(chosen)


def test_the_users_id_is_the_id_and_stays_private_where_it_is_personal(
    open_columns: Open,
) -> None:
    columns = {"email": EMAILS, "code": [f"C{i}" for i in range(N)], "spend": NUMBERS}
    for name, private in (("email", True), ("code", False)):
        variable = suggested(open_columns(columns, id_name=name))[name]
        assert (variable.role, why(variable), variable.private) == (Role.ID, ["id-chosen"], private)


def test_shuffled_rows_are_suggested_the_same(open_columns: Open) -> None:
    columns = {"email": EMAILS, "spend": NUMBERS, "visits": [i % 9 for i in range(N)]}
    plain = suggest(open_columns(columns))
    shuffled = suggest(open_columns({name: values[::-1] for name, values in columns.items()}))
    assert plain == shuffled


def test_choices_replace_suggestions_and_leave_the_others(open_columns: Open) -> None:
    variables = suggest(open_columns({"age": NUMBERS, "visits": NUMBERS, "spend": NUMBERS}))
    choice = VariableChoice(Role.BASIS, Scale.ORDINAL, Family.PSYCHOGRAPHIC, "said")
    age, *others = resolve(variables, {"age": choice})
    assert (age.role, age.scale, age.family, age.detail) == (
        Role.BASIS,
        Scale.ORDINAL,
        Family.PSYCHOGRAPHIC,
        "said",
    )
    assert age.chosen
    assert tuple(others) == variables[1:]


def test_choices_for_columns_of_another_file_wait(open_columns: Open) -> None:
    variables = suggest(open_columns({"visits": NUMBERS, "spend": NUMBERS}))
    assert resolve(variables, {"elsewhere": VariableChoice(role=Role.ID)}) == variables


def test_a_choice_of_nothing_changes_only_that_it_was_made(open_columns: Open) -> None:
    visits = suggest(open_columns({"visits": NUMBERS, "spend": NUMBERS}))[0]
    same = resolve([visits], {"visits": VariableChoice()})[0]
    assert line(same) == line(visits)
    assert same.chosen


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("customer_id", [f"C{i}" for i in range(N)]),
        ("joined", [f"2024-01-{i % 28 + 1:02d}" for i in range(N)]),
        ("remark", [f"{i} words without end and point {'x' * 30}" for i in range(N)]),
    ],
)
def test_ids_dates_and_free_text_cannot_form_segments(
    name: str, values: list[object], open_columns: Open
) -> None:
    variables = suggest(open_columns({name: values, "spend": NUMBERS}))
    with pytest.raises(UnsuitableBasis):
        resolve(variables, {name: VariableChoice(role=Role.BASIS)})
