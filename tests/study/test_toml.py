import tomllib
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.errors import NewerStudy, UnreadableStudy
from segmentation.intake import Condition, Decision, Kind, Operator
from segmentation.intake.codebook import Entry
from segmentation.preparation import Recipe
from segmentation.study import SCHEMA, Branch, Study, StudySource, dump, load
from tests.study.strategies import STUDIES

PLAIN = Study(StudySource("a.csv", "f00", 3), branch=Branch(k=4, names={"k1": ("Ann", "")}))


@given(STUDIES)
def test_a_study_comes_back_from_toml_as_it_was(study: Study) -> None:
    assert load(dump(study)) == study


@given(STUDIES)
def test_writing_what_was_read_writes_the_same(study: Study) -> None:
    assert dump(load(dump(study))) == dump(study)


@given(st.text(max_size=60))
def test_text_that_is_no_study_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(UnreadableStudy) as refused:
        load(text)
    assert refused.value.values["detail"]


@given(STUDIES, st.data())
def test_a_study_cut_short_is_refused_or_still_a_study(study: Study, data: st.DataObject) -> None:
    text = dump(study)
    cut = text[: data.draw(st.integers(0, len(text)))]
    with suppress(UnreadableStudy):
        assert isinstance(load(cut), Study)


@pytest.mark.parametrize(
    ("old", "new", "detail"),
    [
        ("k = 4", "k = 4 5", "line"),
        ("k = 4", 'k = "four"', "k = 'four'"),
        ("k = 4", "k = 1", "k = 1"),
        ("k = 4", "k = true", "k = True"),
        ("seed = 7", "seed = -7", "seed = -7"),
        ("k_max = 10", "k_max = 10.5", "k_max = 10.5"),
        ('method = "suggested"', 'method = "magic"', "magic"),
        ('missing = "partial"', 'missing = "guess"', "guess"),
        ("battery_as_is = true", "battery_as_is = 1", "battery_as_is = 1"),
        ("log_skew", "log_screw", "log_screw?"),
        ('name = "a.csv"', "", "name?"),
        ("n_rows = 3", 'n_rows = "many"', "many"),
        ('fingerprint = "f00"', 'fingerprint = "f00"\nfingerprint = "f01"', "line"),
        ("[segment-studio]", "[another-studio]", "segment-studio?"),
        ('"Ann"', "7", "names.k1"),
        ("[table]", "[table]\ncolumns = 7", "items"),
        ("[table.columns]", '[table.columns.age]\nkind = "colour"', "colour"),
        ("[table.columns]", '[table.columns.age]\nstyle = "upside_down"', "upside_down"),
        ("[table.columns]", '[table.columns.age]\nmissing = "?"', "missing = '?'"),
        ("[table.columns]", "[table.columns.age]\nlevels = [1, 2]", "levels = [1, 2]"),
        ("[table.columns]", "[table.columns.age]\nitems = 7", "items = 7"),
        ("[table.columns]", '[table.columns.age]\ncolour = "red"', "colour?"),
    ],
)
def test_a_slip_in_editing_is_named(old: str, new: str, detail: str) -> None:
    text = dump(PLAIN)
    assert old in text
    changed = text.replace(old, new)
    if new.startswith("[table]"):
        changed = changed.replace("[table.columns]\n", "")
    with pytest.raises(UnreadableStudy) as refused:
        load(changed)
    assert detail in str(refused.value.values["detail"])


@pytest.mark.parametrize(
    ("condition", "detail"),
    [
        ('operator = "answered"\nvalues = ["x", "spend"]', "values = ['x', 'spend']?"),
        ('operator = "answered"\nvalues = ["nan", "spend"]', "values = ['nan', 'spend']?"),
        ('operator = "answered"\nvalues = ["1.5", "spend"]', "values = ['1.5', 'spend']?"),
        ('operator = "answered"\nvalues = ["0.5"]', "values = ['0.5']?"),
        ('operator = "answered"\nvalues = []', "values = []?"),
        ('operator = "answered"\nvalues = "spend"', "values = 'spend'?"),
        ('operator = "varied"\nvalues = []', "values = []?"),
        ('operator = "varied"\nvalues = ["q1"]', "values = ['q1']?"),
        ('operator = "is"\nvalues = ["York"]', "column = ''?"),
        ('operator = "known"\nvalues = []', "column = ''?"),
        ('operator = "once"\nvalues = ["age"]', "values = ['age']?"),
        ('operator = "like"\nvalues = ["York"]', "operator = 'like'?"),
        ('operator = "once"', "values?"),
    ],
)
def test_a_condition_that_says_nothing_is_named_with_its_place(condition: str, detail: str) -> None:
    sound = '{column = "town", operator = "is", values = ["York", 7]}'
    flawed = f'{{column = "", {condition}}}'.replace("\n", ", ")
    text = dump(PLAIN).replace("[table]\n", f"[table]\npopulation = [{sound}, {flawed}]\n")
    with pytest.raises(UnreadableStudy) as refused:
        load(text.replace("population = []\n", ""))
    assert refused.value.values["detail"] == f"population 2: {detail}"


@pytest.mark.parametrize(
    ("condition", "detail"),
    [
        ('{column = 7, operator = "known", values = []}', "column = 7?"),
        ('{column = "", operator = "varied", values = [["a"], ["b"]]}', "values = [['a'], ['b']]?"),
        ('{column = "town", operator = "varied", values = ["a", "b"]}', "column = 'town'?"),
        ('{column = "age", operator = "at_least", values = []}', "values = []?"),
        ('{column = "age", operator = "at_most", values = ["1", "2"]}', "values = ['1', '2']?"),
        ('{column = "age", operator = "missing", values = ["1"]}', "values = ['1']?"),
        ('{column = "vip", operator = "is", values = [true]}', "values = [True]?"),
        ('{column = "vip", operator = ["is"], values = []}', "operator = ['is']?"),
        ('"age"', "population 1 = 'age'?"),
    ],
)
def test_a_condition_of_the_wrong_form_is_named(condition: str, detail: str) -> None:
    text = dump(PLAIN).replace("population = []", f"population = [{condition}]")
    with pytest.raises(UnreadableStudy) as refused:
        load(text)
    assert str(refused.value.values["detail"]).endswith(detail)


@pytest.mark.parametrize(
    ("line", "detail"),
    [
        ("given = 7", "given = 7?"),
        ("merges = {k1 = [[0, 0]]}", "merges.k1 = [0, 0]?"),
        ("merges = {k1 = [[2, 1]]}", "merges.k1 = [2, 1]?"),
        ("merges = {k1 = [[0, 1, 2]]}", "merges.k1 = [0, 1, 2]?"),
        ("merges = {k1 = [[false, true]]}", "merges.k1 = [False, True]?"),
        ("merges = {k1 = 7}", "merges.k1 = 7?"),
        ('pins = [{name = "VIPs", conditions = []}]', "pins 1: conditions = []?"),
        ('pins = [{name = " ", conditions = [1]}]', "pins 1: name = ' '?"),
        ('pins = [{name = "VIPs", conditions = [1]}]', "pins 1 = 1?"),
        ('pins = [{name = "VIPs"}]', "conditions?"),
        ('pins = [{name = "VIPs", where = {members = []}}]', "conditions?"),
        (
            'pins = [{name = "VIPs", where = {joined = "all of"}}]',
            "pins 1: where.joined = 'all of'?",
        ),
        (
            'pins = [{name = "VIPs", where = {members = [{solution = "s", segments = [1]}]}}]',
            "pins 1: where.solution?",
        ),
    ],
)
def test_a_slip_in_what_was_done_by_hand_is_named(line: str, detail: str) -> None:
    text = dump(PLAIN).replace("pins = []\n", "").replace("[branch.merges]\n", "")
    with pytest.raises(UnreadableStudy) as refused:
        load(text.replace("[branch]\n", f"[branch]\n{line}\n"))
    assert refused.value.values["detail"] == detail


def test_numbers_and_dates_may_stand_for_their_text() -> None:
    condition = '{column = "age", operator = "is", values = [30, 40.5, 2024-02-01]}'
    text = dump(PLAIN).replace("population = []", f"population = [{condition}]")
    assert load(text).conditions == (Condition("age", Operator.IS, ("30", "40.5", "2024-02-01")),)


def test_brackets_without_end_are_refused_not_followed() -> None:
    with pytest.raises(UnreadableStudy):
        load("a = " + "[" * 100_000)


def test_a_study_of_a_newer_version_is_named_as_such() -> None:
    text = dump(PLAIN).replace(f"schema = {SCHEMA}", f"schema = {SCHEMA + 1}\nwarp = true")
    with pytest.raises(NewerStudy) as refused:
        load(text)
    assert refused.value.values == {"found": SCHEMA + 1, "known": SCHEMA}


def test_a_study_of_the_first_version_keeps_its_types() -> None:
    text = dump(PLAIN).replace(f"schema = {SCHEMA}", "schema = 1")
    old = text.replace("[table.columns]", '[table.kinds]\nage = "text"')
    assert load(old).columns == {"age": Decision(Kind.TEXT)}


def test_whole_numbers_may_stand_for_numbers() -> None:
    text = dump(PLAIN).replace("fence_iqr = 3.0", "fence_iqr = 2")
    assert load(text).branch.recipe == Recipe(fence_iqr=2.0)


@pytest.mark.parametrize(
    "emphasis", ["{ visits = 0 }", "{ visits = nan }", '{ visits = "much" }', "2", "{ a = true }"]
)
def test_an_emphasis_that_is_no_factor_is_refused(emphasis: str) -> None:
    text = dump(PLAIN).replace("fence_iqr = 3.0", f"fence_iqr = 3.0\nemphasis = {emphasis}")
    with pytest.raises(UnreadableStudy, match="emphasis"):
        load(text)


def test_a_way_to_scale_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnreadableStudy, match="scale"):
        load(dump(PLAIN).replace('scale = "unit"', 'scale = "log"'))


def test_defaults_are_written_so_that_a_study_keeps_its_numbers() -> None:
    document = tomllib.loads(dump(PLAIN))
    assert document["branch"]["recipe"]["log_skew"] == 1.5
    assert document["branch"]["extraction"] == {"method": "suggested", "k_max": 10, "seed": 7}


def test_a_short_study_written_by_hand_takes_the_defaults() -> None:
    text = f"""
        [segment-studio]
        schema = {SCHEMA}
        [source]
        name = "a.csv"
        fingerprint = "f00"
        n_rows = 3
    """
    assert load(text) == Study(StudySource("a.csv", "f00", 3))


@pytest.mark.parametrize(
    ("said", "detail"),
    [
        ("7", "codebook.sex = 7?"),
        ("{lable = 'x'}", "codebook.sex.lable?"),
        ("{label = 7}", "codebook.sex.label = 7?"),
        ("{reversed = 'yes'}", "codebook.sex.reversed = 'yes'?"),
        ("{values = '1=a'}", "codebook.sex.values = '1=a'?"),
        ("{values = [['1']]}", "codebook.sex.values = [['1']]?"),
        ("{values = [[1, 'a']]}", "codebook.sex.values = [1, 'a']?"),
        ("{missing = 9}", "codebook.sex.missing = 9?"),
    ],
)
def test_a_slip_in_the_codebook_is_named_with_its_variable(said: str, detail: str) -> None:
    text = dump(PLAIN).replace("[codebook]", f"[codebook]\nsex = {said}")
    with pytest.raises(UnreadableStudy) as refused:
        load(text)
    assert refused.value.values["detail"] == detail


@pytest.mark.parametrize(
    ("said", "detail"),
    [
        ("7", "personas.k1 = 7?"),
        ("[7]", "personas.k1 = 7?"),
        ("[{goals = 7}]", "personas.k1.goals = 7?"),
        ("[{wishes = 'time'}]", "personas.k1.wishes?"),
    ],
)
def test_a_slip_in_a_persona_is_named_with_its_solution(said: str, detail: str) -> None:
    text = dump(PLAIN).replace("[branch.personas]", f"[branch.personas]\nk1 = {said}")
    with pytest.raises(UnreadableStudy) as refused:
        load(text)
    assert refused.value.values["detail"] == detail


def test_a_study_from_before_there_were_personas_has_none() -> None:
    assert load(dump(PLAIN).replace("[branch.personas]\n", "")) == PLAIN


def test_the_order_of_codes_is_kept() -> None:
    entry = Entry("Sex", (("2", "Female"), ("1", "Male")), ("9",), is_reversed=True)
    study = replace(PLAIN, codebook={"sex": entry})
    assert load(dump(study)).codebook["sex"].values == (("2", "Female"), ("1", "Male"))
