"""Charts taken away: pictures are drawn without a network, rows are safe in a spreadsheet."""

import csv
import io
import shutil
import subprocess
from functools import partial

import numpy as np
import pytest

from segmentation.charts import Drawing, profile_sheet, size_bars
from segmentation.export import Share, picture_png, picture_svg, rows_csv
from segmentation.export.chart_rows import size_rows
from segmentation.profiles import Mark, SegmentSize
from segmentation.wording import words_in

ZH = words_in("zh_CN")
NAMES = ("忠诚的大家庭", '=SUM(A1), "🎉"')
SIZES = (SegmentSize(0, 300, 0.6, 0.55, 0.65), SegmentSize(1, 200, 0.4, 0.35, 0.45))
BARS = partial(size_bars, SIZES, NAMES, ZH)
MARKS = [Mark(s, v, None, 1.0, 2.0, False, 0.7, True) for v in ("a", "b") for s in (0, 1)]
SHEET = partial(profile_sheet, MARKS, NAMES, ZH)


@pytest.mark.parametrize("drawing", [BARS, SHEET], ids=["bars", "panels"])
def test_a_picture_has_its_title_its_source_and_its_names(drawing: Drawing) -> None:
    text = picture_svg(drawing, "各细分群体的占比", "来源：customers.csv").decode()
    assert text.startswith("<svg")
    for said in ("各细分群体的占比", "来源：customers.csv", NAMES[0], "🎉"):
        assert said in text
    assert "http" not in text.replace("http://www.w3.org/", "")


def test_a_png_is_large_enough_for_a_slide_and_draws_chinese_letters() -> None:
    from PIL import Image

    drawn = {}
    for title in ("各细分群体的占比", "各各各各各各各各"):
        png = picture_png(BARS, title, "x")
        with Image.open(io.BytesIO(png)) as picture:
            assert picture.width >= 1600
            drawn[title] = np.asarray(picture.convert("L"))
    if shutil.which("fc-list") is None or not _chinese_fonts():
        pytest.skip("there is no font for Chinese text")
    # Without a font every letter would be the same box, and the two pictures as well.
    first, second = drawn.values()
    assert first.shape == second.shape
    assert (first != second).any()


def _chinese_fonts() -> str:
    listed = subprocess.run(["fc-list", ":lang=zh"], check=True, capture_output=True, text=True)  # noqa: S607
    return listed.stdout


def test_rows_are_marked_as_utf8_and_run_no_formula() -> None:
    content = rows_csv(size_rows(SIZES, NAMES, words_in("en")))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["Segment"] for row in rows] == [NAMES[0], "'" + NAMES[1]]
    assert [row["Share"] for row in rows] == ["0.6", "0.4"]
    assert [row["Customers"] for row in rows] == ["300", "200"]


def test_what_is_not_there_is_an_empty_cell() -> None:
    content = rows_csv([{"a": None, "b": Share("nan"), "c": float("nan"), "d": 0}])
    assert content.decode("utf-8-sig") == "a,b,c,d\r\n,,,0\r\n"
