"""What to bear in mind about a segment is said, and only where it is so."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.notes import Note
from segmentation.profiles import cautions, profile, yes_saying
from segmentation.variables import Role
from tests.markets import Market, open_market

RNG = np.random.default_rng(5)
SEGMENT = np.repeat([0, 1, 2], [50, 40, 10])
ITEMS = [f"reason_{i}" for i in range(8)]


def answers(often: tuple[float, float, float]) -> pd.DataFrame:
    """Eight yes/no answers; how often each segment says yes."""
    yes = RNG.random((100, len(ITEMS))) < np.array(often)[SEGMENT][:, np.newaxis]
    return pd.DataFrame(np.where(yes, "yes", "no"), columns=ITEMS)


def notes_of(market: Market, segments: np.ndarray, k: int) -> list[tuple[Note, ...]]:
    labels = market.labelled([int(s) for s in segments])
    described = profile(market.table, market.variables, labels, k)
    return [cautions(described, market.variables, s) for s in range(k)]


def test_a_segment_that_says_yes_to_everything_is_told(tmp_path: Path) -> None:
    market = open_market(tmp_path, answers((0.2, 0.85, 0.25)), rest=Role.BASIS)
    first, second, third = notes_of(market, SEGMENT, 3)
    assert [note.code for note in first] == []
    assert [note.code for note in second] == ["says-yes"]
    assert (second[0].get("above"), second[0].get("items")) == (8, 8)
    assert second[0].get("share") == pytest.approx(0.85, abs=0.06)
    assert third == (Note.of("few-customers", n=10),)


def test_saying_yes_to_half_of_the_items_is_no_caution(tmp_path: Path) -> None:
    people = answers((0.2, 0.2, 0.2))
    people.loc[SEGMENT == 1, ITEMS[:4]] = "yes"
    market = open_market(tmp_path, people, rest=Role.BASIS)
    assert notes_of(market, SEGMENT, 3)[1] == ()


def test_seven_items_are_no_battery(tmp_path: Path) -> None:
    market = open_market(tmp_path, answers((0.1, 0.9, 0.1))[ITEMS[:7]], rest=Role.BASIS)
    labels = market.labelled([int(s) for s in SEGMENT])
    described = profile(market.table, market.variables, labels, 3)
    assert yes_saying(described, market.variables, 1) is None


def test_what_is_missing_for_most_is_told_with_its_share(tmp_path: Path) -> None:
    people = pd.DataFrame(
        {
            "visits": RNG.normal(5, 1, 100).round(3),
            "age": RNG.normal(40, 9, 100).round(3),
            "town": np.where(RNG.random(100) < 0.5, "Oslo", "Bergen"),
            "pet": np.where(RNG.random(100) < 0.5, "cat", "dog"),
            "car": np.where(RNG.random(100) < 0.5, "red", "blue"),
        }
    )
    people.loc[:29, "age"] = np.nan  # 30 of the first 50
    people.loc[50:, ["town", "pet", "car", "age"]] = None
    market = open_market(tmp_path, people, {"visits": Role.BASIS}, rest=Role.DESCRIPTOR)
    first, second, third = notes_of(market, SEGMENT, 3)
    assert first == (Note.of("mostly-missing", name="age", share=0.6),)
    assert [note.code for note in second] == ["mostly-missing"] * 3 + ["more-missing"]
    assert second[0].get("share") == 1.0
    assert second[-1].get("n") == 1
    assert third[0].code == "few-customers"


@pytest.mark.shared
def test_of_the_published_segments_of_vacationers_the_third_says_yes_to_everything(
    shared_data: Path, tmp_path: Path
) -> None:
    people = pd.read_csv(shared_data / "vacmot_with_descriptors.csv").iloc[:, :20]
    labels = pd.read_csv(shared_data / "vacmot_published_k6_labels.csv")["vacmot6"]
    market = open_market(tmp_path, people, rest=Role.BASIS)
    found = notes_of(market, labels.to_numpy() - 1, 6)
    assert [{note.code for note in notes} for notes in found] == [
        set(), set(), {"says-yes"}, set(), set(), set(),
    ]  # fmt: skip
    values = {name: found[2][0].get(name) for name in ("above", "items", "share", "overall")}
    assert (values["above"], values["items"]) == (20, 20)
    assert float(values["share"]) == pytest.approx(0.661, abs=5e-4)
    assert float(values["overall"]) == pytest.approx(0.339, abs=5e-4)
