"""The typical customer is a real member, the nearest to all others, and stays nameless."""

from pathlib import Path

import numpy as np
import pandas as pd

from segmentation.profiles import known_of, typical_customers
from segmentation.profiles.typical import NOBODY
from segmentation.variables import Role
from tests.markets import open_market

RNG = np.random.default_rng(6)


def test_the_typical_member_is_nearest_to_all_others() -> None:
    values = RNG.normal(size=(90, 4)).astype(np.float32)
    labels = RNG.integers(-1, 3, 90).astype(np.int16)
    for segment, found in enumerate(typical_customers(values, labels, 3)):
        members = np.flatnonzero(labels == segment)
        own = values[members].astype(np.float64)
        sums = ((own[:, np.newaxis] - own) ** 2).sum(axis=(1, 2))
        assert found == members[sums.argmin()]


def test_gaps_make_nobody_typical_unless_all_have_them() -> None:
    values = np.array([[0, 0], [1, np.nan], [1, 3], [np.nan, 5]], dtype=np.float32)
    labels = np.array([0, 0, 0, 1], dtype=np.int16)
    assert typical_customers(values, labels, 3).tolist() == [2, 3, NOBODY]


def test_what_could_tell_who_it_is_stays_hidden(tmp_path: Path) -> None:
    people = pd.DataFrame(
        {
            "customer_id": [f"C{i:03d}" for i in range(20)],
            "email": [f"p{i}@example.com" for i in range(20)],
            "first_name": [f"Person{i}" for i in range(20)],
            "postcode": [f"{10_000 + i}" for i in range(20)],
            "visits": [float(i) for i in range(20)],
            "club": ["yes", "no"] * 10,
            "town": ["Oslo", None] * 10,
        }
    )
    roles = {"visits": Role.BASIS, "club": Role.DESCRIPTOR, "town": Role.DESCRIPTOR}
    market = open_market(tmp_path, people, roles, id_name="customer_id")
    first, second, nobody = known_of(market.table, market.variables, [4, 7, NOBODY])
    assert first == {"visits": 4.0, "club": True, "town": "Oslo"}
    assert second == {"visits": 7.0, "club": False}
    assert nobody == {}
