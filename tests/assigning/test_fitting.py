"""A file whose columns are called otherwise."""

from dataclasses import replace

import pytest

from segmentation.assigning import missing_columns, renamed, suggested
from segmentation.errors import BadMapping, ModelColumnsMissing, TurnedMapping
from segmentation.intake import RawTable
from tests.assigning.conftest import Solved


def called(raw: RawTable, **names: str) -> RawTable:
    return replace(raw, names=tuple(names.get(name, name) for name in raw.names))


def test_similar_names_are_suggested_and_none_is_taken_over(kmeans: Solved) -> None:
    raw = called(kmeans.table.raw, spend="Spend (EUR)", visits="n_visits", since="margin2")
    assert missing_columns(kmeans.model, raw.names) == ("spend", "visits")
    assert suggested(kmeans.model, raw.names) == {"spend": "Spend (EUR)", "visits": "n_visits"}
    with pytest.raises(ModelColumnsMissing) as refused:
        renamed(raw, kmeans.model, {})
    assert refused.value.values["nearest"] == ("Spend (EUR)=spend", "n_visits=visits")


def test_a_mapping_gives_the_file_the_models_names(kmeans: Solved) -> None:
    raw = called(kmeans.table.raw, spend="euros")
    assert renamed(raw, kmeans.model, {"euros": "spend"}).names == kmeans.table.raw.names


@pytest.mark.parametrize(
    ("mapping", "kind"),
    [
        ({"spend": "euros"}, TurnedMapping),
        ({"dollars": "spend"}, BadMapping),
        ({"euros": "town"}, BadMapping),
        ({"euros": "visits"}, BadMapping),
        ({"euros": "spend", "town": "spend"}, BadMapping),
        ({"town": "margin", "euros": "spend"}, BadMapping),
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused(
    kmeans: Solved, mapping: dict[str, str], kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        renamed(called(kmeans.table.raw, spend="euros"), kmeans.model, mapping)


def test_two_columns_may_change_places(kmeans: Solved) -> None:
    raw = kmeans.table.raw
    found = renamed(raw, kmeans.model, {"spend": "margin", "margin": "spend"})
    assert found.names.index("spend") == raw.names.index("margin")


def test_a_file_without_any_similar_name_is_told_what_it_lacks(kmeans: Solved) -> None:
    raw = replace(kmeans.table.raw, names=tuple("αβγδεζηθικλμ"))
    with pytest.raises(ModelColumnsMissing) as refused:
        renamed(raw, kmeans.model, {})
    assert refused.value.values["names"] == kmeans.model.needs
    assert len(str(refused.value.values["nearest"])) > 2
