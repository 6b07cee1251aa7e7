"""Random filters on a small market with gaps, quotes and weights, and the same in pandas."""

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from segmentation.intake import Condition, Operator
from segmentation.sizing import Group, InSegments, Joined, Leaf

SOLUTION = "s1"
TOWNS = ["Ulm", "O'Fallon", 'the "North"', "上海", "x'; DROP TABLE t; --", "%_", "Köln"]
_PARTS = ["o", "'", '"', "海", "DROP", "%", "_", "KÖ", "zzz"]


def market(n: int = 400) -> pd.DataFrame:
    """Customers with a number, a whole number, a town, a date, yes or no, and a weight."""
    rng = np.random.default_rng(11)

    def gap(values: object) -> np.ndarray:
        return np.where(rng.random(n) < 0.15, None, values)

    days = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 300, n), unit="D")
    return pd.DataFrame(
        {
            "spend": gap(np.round(rng.gamma(2, 40, n), 2)),
            "age": gap(rng.integers(18, 80, n)),
            "town": gap(np.array(TOWNS)[rng.integers(0, len(TOWNS), n)]),
            "since": gap(days.strftime("%Y-%m-%d")),
            "member": gap(np.where(rng.random(n) < 0.4, "yes", "no")),
            "heaviness": gap(np.round(rng.gamma(2, 1, n), 3)),
        }
    )


_NUMBERS = st.sampled_from(["18", "30", "42.5", "79", "100", "-1", "many"])
_DAYS = st.sampled_from(["2024-01-01", "2024-03-05", "2024-06-30", "2025-01-01", "soon"])
_WORDS = st.lists(st.sampled_from([*TOWNS, "nowhere"]), max_size=3).map(tuple)
_LEAST = st.sampled_from([Operator.AT_LEAST, Operator.AT_MOST])
_EQUAL = st.sampled_from([Operator.IS, Operator.IS_NOT])
_KNOWN = st.sampled_from([Operator.KNOWN, Operator.MISSING])
_COLUMNS = st.sampled_from(["spend", "age", "town", "since", "member"])
LEAVES = st.one_of(
    st.builds(Condition, st.sampled_from(["spend", "age"]), _LEAST, st.tuples(_NUMBERS)),
    st.builds(Condition, st.just("since"), _LEAST, st.tuples(_DAYS)),
    st.builds(Condition, st.just("age"), _EQUAL, st.lists(_NUMBERS, max_size=2).map(tuple)),
    st.builds(Condition, st.just("town"), _EQUAL, _WORDS),
    st.builds(
        Condition,
        st.sampled_from(["town", "member", "age"]),
        st.just(Operator.CONTAINS),
        st.lists(st.sampled_from(_PARTS), min_size=1, max_size=2).map(tuple),
    ),
    st.builds(Condition, st.just("member"), _EQUAL, st.just(("yes",)) | st.just(("no", "perhaps"))),
    st.builds(Condition, _COLUMNS, _KNOWN),
    st.builds(InSegments, st.just(SOLUTION), st.sampled_from([(0,), (1, 2), ()])),
)
GROUPS = st.recursive(
    st.builds(Group, st.sampled_from(Joined), st.lists(LEAVES, max_size=3).map(tuple)),
    lambda inner: st.builds(
        Group, st.sampled_from(Joined), st.lists(LEAVES | inner, max_size=3).map(tuple)
    ),
    max_leaves=4,
)


def by_hand(frame: pd.DataFrame, segments: pd.Series, group: Group) -> pd.Series:
    """Who meets a filter, worked out by pandas on the rows themselves."""
    if not group.members:
        return pd.Series(data=True, index=frame.index)
    parts = [
        by_hand(frame, segments, m) if isinstance(m, Group) else _one(frame, segments, m)
        for m in group.members
    ]
    together = pd.concat(parts, axis=1)
    if group.joined is Joined.ALL:
        return together.all(axis=1)
    return ~together.any(axis=1) if group.joined is Joined.NONE else together.any(axis=1)


def _one(frame: pd.DataFrame, segments: pd.Series, leaf: Leaf) -> pd.Series:
    if isinstance(leaf, InSegments):
        return segments.isin(leaf.segments)
    values = [v for text in leaf.values if (v := _read(leaf.column, text)) is not None]
    parts = [] if leaf.column == "age" else [part.lower() for part in leaf.values]
    tests = {
        Operator.IS: lambda x: x in values,
        Operator.IS_NOT: lambda x: x not in values,
        Operator.AT_LEAST: lambda x: bool(values) and x >= values[0],
        Operator.AT_MOST: lambda x: bool(values) and x <= values[0],
        Operator.CONTAINS: lambda x: any(part in x.lower() for part in parts),
        Operator.KNOWN: lambda _: True,
    }
    cell = frame[leaf.column]
    if leaf.operator is Operator.MISSING:
        return cell.isna()
    return cell.map(lambda x: bool(pd.notna(x) and tests[leaf.operator](x)))


def _read(column: str, text: str) -> float | str | None:
    if column in ("spend", "age"):
        return float(text) if text.lstrip("-").replace(".", "").isdigit() else None
    if column == "since":
        return text if text != "soon" else None
    return text
