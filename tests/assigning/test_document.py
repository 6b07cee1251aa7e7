"""A model as text."""

import json
from dataclasses import replace

import numpy as np
import pytest

from segmentation.assigning import read, written
from segmentation.errors import NewerModel, UnreadableModel
from tests.assigning.conftest import Solved


def test_a_model_comes_back_without_loss(solved: Solved) -> None:
    text = written(solved.model)
    assert written(read(text)) == text
    assert read(text).study == solved.model.study
    assert read(text).whole.transforms == solved.model.whole.transforms


def test_a_model_holds_no_customer(kmeans: Solved, rows: list[tuple[object, ...]]) -> None:
    text = written(kmeans.model)
    assert not any(str(row[0]) in text for row in rows)
    assert len(text) < 40_000


def test_the_model_remembers_its_data_and_versions(kmeans: Solved) -> None:
    document = json.loads(written(kmeans.model))
    assert kmeans.table.raw.fingerprint in document["study"]
    assert {"segment-studio", "numpy", "scikit-learn"} <= document["versions"].keys()


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", '"a"', "[" * 100_000, '{"segment-studio-model": {"schema": "x"}}'],
)
def test_what_is_no_model_is_refused(text: str) -> None:
    with pytest.raises(UnreadableModel):
        read(text)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("whole", {}),
        ("segments", []),
        ("study", "a = ["),
        ("references", [{"name": 1}]),
        ("parts", {"x": 1}),
        ("check", None),
    ],
)
def test_a_damaged_model_is_refused_with_the_place(kmeans: Solved, key: str, value: object) -> None:
    document = {**json.loads(written(kmeans.model)), key: value}
    with pytest.raises(UnreadableModel) as refused:
        read(json.dumps(document))
    assert refused.value.values["detail"]


def test_a_newer_model_is_refused(kmeans: Solved) -> None:
    document = json.loads(written(kmeans.model))
    document["segment-studio-model"]["schema"] = 99
    with pytest.raises(NewerModel):
        read(json.dumps(document))


def test_fences_without_end_survive(kmeans: Solved) -> None:
    level = kmeans.model.whole
    open_end = tuple(replace(t, low=-np.inf, high=np.inf) for t in level.transforms)
    model = replace(kmeans.model, whole=replace(level, transforms=open_end))
    assert read(written(model)).whole.transforms == open_end


@pytest.mark.parametrize("centers", [[[1.0]], [], [[float("nan")] * 12] * 4, "x"])
def test_numbers_that_do_not_fit_each_other_are_refused(kmeans: Solved, centers: object) -> None:
    document = json.loads(written(kmeans.model))
    document["whole"]["rule"]["centers"] = centers
    with pytest.raises(UnreadableModel):
        read(json.dumps(document))
