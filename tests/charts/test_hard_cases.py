"""Every view of a profile on tables that are hard to show: readable, no crash, cautions shown."""

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation import workflow
from segmentation.charts import (
    Drawing,
    border_heat,
    composition_bars,
    difference_heat,
    mean_dots,
    profile_plots,
    profile_sheet,
    separation_plot,
    share_heat,
    size_bars,
    snake_plot,
    spread_boxes,
)
from segmentation.export import rows_csv
from segmentation.export.chart_rows import (
    Rows,
    border_rows,
    cross_rows,
    level_rows,
    mark_rows,
    number_rows,
    plane_rows,
    size_rows,
    spread_rows,
)
from segmentation.profiles import (
    associations,
    cautions,
    cross_table,
    marks,
    profile,
    separation,
    spreads,
)
from segmentation.profiles.separation import called
from segmentation.study import Study
from segmentation.validation import borderline
from segmentation.variables import Role
from segmentation.wording import Words, words_in
from segmentation.wording.associations import how_tested
from segmentation.wording.borders import border_finding, plane_explained, plane_sentence
from segmentation.wording.notes import say
from segmentation.wording.portrait import portrait
from tests.markets import Market, open_market

RNG = np.random.default_rng(3)
N = 60
HARD = 'a, "b"; =1+1 😀 | *c* <i>'
LONG = "很长的名字 " * 34
View = tuple[Drawing, Callable[[], Rows]]


@dataclass(frozen=True)
class Case:
    """A table, the segment of each of its rows, and the caution that must be told."""

    frame: pd.DataFrame
    segments: list[int]
    names: tuple[str, ...]
    caution: str = ""


def frame_of(n: int = N) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "visits": RNG.normal(10, 3, n).round(2),
            "spend": RNG.normal(80, 20, n).round(2),
            "age": RNG.integers(20, 70, n),
            "town": RNG.choice(["Ulm", "Bonn", "Jena"], n),
        }
    )


def halves(n: int = N) -> list[int]:
    return [i % 2 for i in range(n)]


def missing() -> Case:
    frame = frame_of()
    frame.loc[::2, "age"] = np.nan
    frame.loc[::2, "town"] = None
    return Case(frame, halves(), ("A", "B"), "is missing for 100%")


def constant() -> Case:
    frame = frame_of()
    frame.loc[::2, ["visits", "spend", "age", "town"]] = [5.0, 50.0, 30, "Ulm"]
    return Case(frame, halves(), ("A", "B"))


def many_levels() -> Case:
    frame = frame_of(240).assign(town=[f"town {i % 60:02d}" for i in range(240)])
    return Case(frame, halves(240), ("A", "B"))


def hard_names() -> Case:
    frame = frame_of()
    frame = frame.assign(town=frame["town"].replace("Ulm", HARD))
    frame = frame.rename(columns={"visits": HARD, "age": LONG[:200]})
    return Case(frame, halves(), (HARD, LONG[:200]))


CASES: dict[str, Callable[[], Case]] = {
    "a segment of one customer": lambda: Case(
        frame_of(), [1] + [0] * (N - 1), ("Most", "One"), "customer"
    ),
    "a variable missing in all of a segment": missing,
    "all variables constant in one segment": constant,
    "60 categories": many_levels,
    "names with commas, quotes, emoji and 200 letters": hard_names,
    "ten segments of 30 customers": lambda: Case(
        frame_of(30), [i % 10 for i in range(30)], tuple(f"S{i}" for i in range(10)), "customers"
    ),
    "a segment without customers": lambda: Case(frame_of(), [0] * N, ("All", "Nobody")),
}


def views(case: Case, market: Market, words: Words) -> Iterator[View]:
    """Every chart of the profile views, with the rows behind it."""
    k, names = len(case.names), case.names
    labels = market.labelled(case.segments)
    described = profile(market.table, market.variables, labels, k)
    found = marks(described, market.variables)
    yield (
        partial(size_bars, described.sizes, names, words),
        lambda: size_rows(described.sizes, names, words),
    )
    yield partial(profile_sheet, found, names, words), lambda: mark_rows(found, names, words)
    yield partial(snake_plot, found, names, words), lambda: mark_rows(found, names, words)
    numbers = list(dict.fromkeys(fact.variable for fact in described.numbers))
    yield (
        partial(difference_heat, described, names, numbers, words),
        lambda: number_rows(described.numbers, names, words),
    )
    for name in numbers:
        facts = [fact for fact in described.numbers if fact.variable == name]
        yield partial(mean_dots, facts, names, words), partial(number_rows, facts, names, words)
        boxes = spreads(market.table, market.variables, labels, k, name)
        yield partial(spread_boxes, boxes, names, words), partial(spread_rows, boxes, names, words)
    for name in dict.fromkeys(fact.variable for fact in described.levels):
        table = cross_table(described, name)
        yield (
            partial(composition_bars, table, names, words),
            partial(cross_rows, table, names, words),
        )
        yield (
            partial(share_heat, described, name, names, words),
            partial(level_rows, described, name, names, words),
        )
    yield from distances(case, market, words)


def distances(case: Case, market: Market, words: Words) -> Iterator[View]:
    """The plane and the borders, with what is said of them."""
    k, names = len(case.names), case.names
    matrix = workflow.matrix_of(market.table, market.variables, Study.of(market.table.raw))
    own = np.array(case.segments, dtype=np.int16)[matrix.rows]
    features = called([(feature.variable, feature.level) for feature in matrix.features])
    plane = separation(matrix.values, own, k)
    assert plane_sentence(plane.kept, words) + plane_explained(plane, words)
    yield (
        partial(separation_plot, plane, features, names, words),
        lambda: plane_rows(plane, features, names, words),
    )
    centers = np.array(
        [
            matrix.values[own == s].mean(axis=0) if (own == s).any() else matrix.values[0] + 9
            for s in range(k)
        ],
        dtype=float,
    )
    near = borderline(matrix.values, own, np.nan_to_num(centers))
    assert border_finding(near, names, words)
    yield partial(border_heat, near, names, words), lambda: border_rows(near, names, words)


@pytest.mark.parametrize("name", CASES)
def test_every_view_of_a_profile_shows_a_hard_table(name: str, tmp_path: Path) -> None:
    case, words = CASES[name](), words_in("en")
    basis = list(case.frame.columns[:2])
    market = open_market(
        tmp_path, case.frame, dict.fromkeys(basis, Role.BASIS), rest=Role.DESCRIPTOR
    )
    for drawing, rows in views(case, market, words):
        spec = drawing(dark=False).to_dict()
        json.dumps(spec, allow_nan=False)
        assert rows_csv(rows()).startswith(b"\xef\xbb\xbf")
    described = profile(market.table, market.variables, "labels_of_test", len(case.names))
    for tested in associations(described):
        assert not math.isnan(tested.adjusted)
        assert how_tested(tested, words)
    told = [
        say(note, words)
        for segment in range(len(case.names))
        for note in cautions(described, market.variables, segment)
    ]
    assert all(
        portrait(described, (), market.variables, segment, words)
        for segment, size in enumerate(described.sizes)
        if size.n
    )
    assert any(case.caution in text for text in told) or not case.caution
    assert len(profile_plots(marks(described, market.variables), len(case.names), words, dark=True))
    market.table.session.close()
