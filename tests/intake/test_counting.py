"""What a long column holds is counted well, whatever the order of its rows."""

import numpy as np
import pytest

from segmentation.intake import counting, open_customers, shapes
from tests.intake.conftest import Read


def test_many_different_values_of_a_long_file_are_counted_nearly_and_few_exactly(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "EXACT_UP_TO", 1000)
    monkeypatch.setattr(shapes, "SAMPLE_ROWS", 20_000)
    rows = [f"C{i},{i % 23},{i % 9000}" for i in range(40_000)]
    moved = np.random.default_rng(1).permutation(len(rows))
    head = "id,band,visits\n"
    table = open_customers(read(head + "\n".join(rows)))
    same = open_customers(read(head + "\n".join(rows[i] for i in moved)))
    ids, band, visits = (column.n_distinct for column in table.columns)
    assert ids == pytest.approx(40_000, rel=0.05)
    assert band == 23
    assert visits == pytest.approx(9000, rel=0.1)
    assert [c.n_distinct for c in same.columns] == [ids, band, visits]
    assert [c.examples for c in same.columns] == [c.examples for c in table.columns]


def test_examples_are_found_where_most_cells_are_blank(read: Read) -> None:
    rows = "".join(f"{i},{'rare' if i == 777 else ''}\n" for i in range(1000))
    table = open_customers(read("id,note\n" + rows))
    assert table.column("note").examples == ("rare",)
