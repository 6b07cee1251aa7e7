"""A parser may end as it likes: the process that asked goes on and is told."""

import sys
from collections.abc import Callable

import pytest

from segmentation.errors import EmptyFile, ReaderStopped
from segmentation.parsing.apart import apart
from tests.parsing import children


def test_what_a_parser_says_comes_back() -> None:
    assert apart("a.xls", children.add, 2, 3) == 5


def test_what_a_parser_refuses_is_refused_here() -> None:
    with pytest.raises(EmptyFile):
        apart("a.xls", children.refuse)


@pytest.mark.parametrize(
    "end",
    [
        children.crash,
        children.stumble,
        pytest.param(
            children.devour,
            marks=pytest.mark.skipif(sys.platform == "win32", reason="no limits of memory there"),
        ),
    ],
)
def test_a_parser_that_ends_its_process_is_told_with_the_file(end: Callable[[], object]) -> None:
    with pytest.raises(ReaderStopped) as stopped:
        apart("broken.sav", end)
    assert stopped.value.values == {"name": "broken.sav"}
