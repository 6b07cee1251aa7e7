"""SQL for Postgres: every step computed once, numbers as doubles."""

import ibis

from segmentation.engine.fence import fenced

ROWS = ibis.table({"a": "float64", "word": "string"}, name="t", database="s")


def test_the_outermost_query_has_no_fence_and_all_others_have_one() -> None:
    inner = ROWS.mutate(b=ROWS.a + 1).limit(None, offset=0)
    inner = inner.mutate(c=inner.b * inner.b).limit(None, offset=0)
    sql = fenced(inner.select(d=inner.c + inner.c))
    assert sql.count("(SELECT") == sql.count("OFFSET 0") == 2
    assert not sql.endswith("OFFSET 0")


def test_an_offset_that_is_there_stays() -> None:
    inner = ROWS.limit(3, offset=5).mutate(b=ROWS.a.isnull())
    sql = fenced(inner.filter(inner.b))
    assert "LIMIT 3 OFFSET 5" in sql
    assert "OFFSET 0" not in sql


def test_numbers_with_a_point_are_doubles_and_text_stays_text() -> None:
    sql = fenced(ROWS.filter((ROWS.a > 0.5) | (ROWS.a < -1e-7) | (ROWS.word == "0.5")))
    assert "CAST(0.5 AS DOUBLE PRECISION)" in sql
    assert "'0.5'" in sql
    assert sql.count("CAST(") == 2
