"""The three forms of one report: complete, harmless whatever the names are, and Chinese, too."""

import io
import re
import shutil
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader

from segmentation.report import (
    Report,
    Results,
    report_of,
    write_html,
    write_pdf,
    write_pptx,
)
from segmentation.report.blocks import Picture, Table, parts_of
from segmentation.wording import words_in
from tests.report.conftest import NASTY

OFFICE = shutil.which("soffice") and shutil.which("loimpress")
CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
# The slides' size in inches.
WIDE, TALL = 13.333, 7.5


class Page(HTMLParser):
    """What a browser makes of a page: its tags and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="module")
def page(report: Report) -> Page:
    return Page(write_html(report).decode())


@pytest.fixture(scope="module")
def slides(report: Report) -> bytes:
    return write_pptx(report)


@pytest.fixture(scope="module")
def chinese(results: Results) -> Report:
    return report_of(results, words_in("zh_CN"))


def squeezed(text: str) -> str:
    """Text without blanks: lines are broken elsewhere in each form."""
    return re.sub(r"\s+", "", text)


def slide_texts(data: bytes) -> list[list[str]]:
    """All texts of each slide, those of tables included."""
    found = []
    for slide in Presentation(io.BytesIO(data)).slides:
        texts = [s.text_frame.text for s in slide.shapes if s.has_text_frame]
        grids = [s.table for s in slide.shapes if s.has_table]
        texts += [cell.text for grid in grids for row in grid.rows for cell in row.cells]
        found.append(texts)
    return found


def test_the_web_page_holds_every_text_and_no_tag_of_a_name(report: Report, page: Page) -> None:
    text, alts = squeezed("".join(page.text)), [a.get("alt") for t, a in page.tags if t == "img"]
    missing = [t for t in report.texts() if squeezed(t) not in text and t not in alts]
    assert not missing
    assert not [tag for tag, _ in page.tags if tag in ("script", "b", "iframe", "link", "object")]


def test_the_web_page_asks_nobody_for_anything(page: Page) -> None:
    sources = [attrs.get("src") or "" for _, attrs in page.tags if "src" in attrs]
    assert sources
    assert all(source.startswith("data:image/svg+xml;base64,") for source in sources)
    links = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
    assert all(link and link.startswith("#part-") for link in links)
    policy = next(a["content"] for t, a in page.tags if t == "meta" and "http-equiv" in a)
    assert policy is not None
    assert policy.startswith("default-src 'none'")


def test_the_web_page_can_be_read_by_a_screen_reader(page: Page) -> None:
    assert next(attrs for tag, attrs in page.tags if tag == "html")["lang"] == "en"
    assert all(attrs.get("alt") for tag, attrs in page.tags if tag == "img")
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in page.tags if tag == "th")
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.tags.count(("main", {})) == 1


def test_every_finding_is_the_title_of_a_slide_with_its_sources_in_the_notes(
    report: Report, slides: bytes
) -> None:
    deck = Presentation(io.BytesIO(slides))
    titles = [slide.shapes.title.text for slide in deck.slides]
    wanted = [title for section in report.sections for title, _ in parts_of(section)]
    assert not [t for t in wanted if t not in titles and t != "The 3 segments in words"]
    assert set(NASTY) <= set(titles)
    notes = [s.notes_slide.notes_text_frame.text for s in deck.slides if s.has_notes_slide]
    assert any("Hubert & Arabie 1985" in note for note in notes)


def test_tables_of_slides_can_be_edited_and_hold_every_row(report: Report, slides: bytes) -> None:
    cells = {text for texts in slide_texts(slides) for text in texts}
    tables = [b for section in report.sections for b in section.blocks if isinstance(b, Table)]
    assert not [cell for t in tables for row in t.rows for cell in row if cell not in cells]


def test_pictures_of_slides_have_a_text_and_nothing_leaves_its_slide(
    report: Report, slides: bytes
) -> None:
    deck, alts = Presentation(io.BytesIO(slides)), []
    for slide in deck.slides:
        for shape in slide.shapes:
            right, bottom = shape.left + shape.width, shape.top + shape.height
            assert min(shape.left, shape.top) >= 0
            assert right <= deck.slide_width + 1
            assert bottom <= deck.slide_height + 1
            if shape.shape_type == 13:  # a picture
                alts.append(shape._element.nvPicPr.cNvPr.get("descr"))
    pictures = [b for s in report.sections for b in s.blocks if isinstance(b, Picture)]
    assert alts == [picture.alt for picture in pictures]


def test_slides_hold_names_as_text_without_links_or_macros(slides: bytes) -> None:
    texts = "\n".join(text for each in slide_texts(slides) for text in each)
    assert all(name in texts for name in NASTY)
    deck = Presentation(io.BytesIO(slides))
    outside = [rel for part in deck.part.package.iter_parts() for rel in part.rels.values()]
    assert not [rel.target_ref for rel in outside if rel.is_external]


@pytest.mark.skipif(not OFFICE, reason="LibreOffice Impress is not installed")
def test_libreoffice_lays_out_every_slide(slides: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.pptx"
    path.write_bytes(slides)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, str(tmp_path), str(path)], check=True, timeout=600)
    printed = PdfReader(tmp_path / "report.pdf")
    assert len(printed.pages) == len(Presentation(io.BytesIO(slides)).slides)
    assert "=cmd" in printed.pages[-1].extract_text() + "".join(
        page.extract_text() for page in printed.pages
    )


def test_the_print_has_numbered_pages_and_every_text_as_it_was_written(report: Report) -> None:
    printed = PdfReader(io.BytesIO(write_pdf(report)))
    pages = [page.extract_text() for page in printed.pages]
    n = len(pages)
    assert 4 <= n <= 12
    assert all(f"{number} / {n}" in text for number, text in enumerate(pages, start=1))
    text = squeezed("".join(pages))
    names = [squeezed(name) for name in NASTY]
    assert all(name in text for name in names)
    assert squeezed(report.title) in text
    assert printed.metadata is not None
    assert printed.metadata.title == report.title


def test_chinese_is_chinese_in_all_three(chinese: Report) -> None:
    wanted = [found for text in chinese.texts() for found in CHINESE.findall(text)]
    assert len(wanted) > 50
    page = write_html(chinese).decode()
    assert '<html lang="zh-Hans">' in page
    printed = "".join(p.extract_text() for p in PdfReader(io.BytesIO(write_pdf(chinese))).pages)
    printed = squeezed(printed)
    missing = [text for text in chinese.summary if squeezed(text) not in printed]
    assert not missing
    deck = write_pptx(chinese)
    assert squeezed(chinese.summary[0]) in squeezed(
        "".join(t for texts in slide_texts(deck) for t in texts)
    )
    first = Presentation(io.BytesIO(deck)).slides[0].shapes.title._element.xml
    assert 'lang="zh-CN"' in first
    assert "Microsoft YaHei" in first
