import re
from pathlib import Path

import pytest

from segmentation.wording import words_in
from segmentation.wording.progress import STEPS, say_step, size

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r'\.step\(\s*"([a-z]+)"')


def test_every_step_that_the_library_names_has_its_words_and_no_other_has() -> None:
    sources = (ROOT / "segmentation").rglob("*.py")
    named = {code for path in sources for code in NAMED.findall(path.read_text("utf-8"))}
    assert named == set(STEPS)


@pytest.mark.parametrize(
    ("n_bytes", "written"),
    [
        (999_999, "0 MB"),
        (412_900_000, "412 MB"),
        (1_000_000_000, "1.0 GB"),
        (2_540_000_000, "2.5 GB"),
    ],
)
def test_sizes_are_whole_megabytes_and_tenths_of_gigabytes(n_bytes: int, written: str) -> None:
    assert size(n_bytes, words_in("en")) == written


def test_a_step_without_bytes_says_its_name_only() -> None:
    words = words_in("en")
    assert say_step("choosing", 0, 0, words) == "Choosing the types of the columns"
    assert say_step("loading", 5, 10, words) == "Loading the rows"
    assert say_step("loading", 5_000_000, 10_000_000, words) == "Loading the rows: 5 MB of 10 MB"
