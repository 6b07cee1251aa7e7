"""Chinese says everything the source says: whole, with its values, and well set."""

import ast
import datetime as dt
import importlib.util
import io
import re
import string
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo

from pages.ui.samples import SAMPLES
from pages.ui.steps import STEPS
from segmentation.wording import (
    Language,
    Words,
    associations,
    audiences,
    audit_effects,
    audit_sentences,
    criteria_terms,
    errors,
    maps,
    methods,
    naming,
    notes,
    preparation,
    progress,
    sentences,
    terms,
    whereabouts,
)

ROOT = Path(__file__).parents[2]
LANGUAGE: Language = "zh_CN"


def messages_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (text or "",)


def spoken(catalogue: Catalog) -> list[Message]:
    """The sentences, without the catalogue's header."""
    return [message for message in catalogue if message.id]


MESSAGES = messages_script()
SOURCE: Catalog = MESSAGES.extracted()
STORED: Catalog = MESSAGES.stored(LANGUAGE)
SENTENCES = {forms(message.id): message for message in spoken(SOURCE)}
# The forms of each English sentence, with its Chinese.
CHINESE = {forms(m.id): forms(m.string)[0] for m in spoken(STORED) if forms(m.id) in SENTENCES}
WORDS = Words(LANGUAGE)

# --------------------------------------------------------------------- whole, and up to date


def test_every_sentence_is_in_the_catalogue_and_nothing_else_is() -> None:
    stored = {forms(message.id) for message in spoken(STORED)}
    assert stored == set(SENTENCES), "run scripts/messages.py and translate what is new"
    assert not STORED.obsolete
    assert len(stored) > 300


def test_no_translation_is_missing_or_a_guess() -> None:
    assert [m.id for m in spoken(STORED) if not all(forms(m.string)) or m.fuzzy] == []


def test_a_sentence_with_two_forms_has_one_in_chinese() -> None:
    assert STORED.num_plurals == 1
    assert {len(forms(m.string)) for m in spoken(STORED)} == {1}


def test_the_template_is_what_the_source_says() -> None:
    assert (ROOT / "locale" / "messages.pot").read_bytes() == MESSAGES.written(SOURCE)


def test_collecting_the_sentences_again_changes_nothing() -> None:
    catalogue = MESSAGES.stored(LANGUAGE)
    catalogue.update(SOURCE, no_fuzzy_matching=True)
    assert MESSAGES.po_path(LANGUAGE).read_bytes() == MESSAGES.written(catalogue)


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    with MESSAGES.po_path(LANGUAGE).with_suffix(".mo").open("rb") as file:
        stored = read_mo(file)
    compiled = read_mo(io.BytesIO(MESSAGES.compiled(STORED)))
    # By content: the head of a compiled catalogue holds the time it was made.
    assert {forms(m.id): forms(m.string) for m in spoken(stored)} == {
        forms(m.id): forms(m.string) for m in spoken(compiled)
    }
    assert stored.num_plurals == 1


# ------------------------------------------------------------------------- values and sense


def holes(text: str) -> set[tuple[str, str, str | None]]:
    """The places for values: name, how the value is written, conversion."""
    parsed = string.Formatter().parse(text)
    return {(name, spec or "", conversion) for _, name, spec, conversion in parsed if name}


def test_values_keep_their_names_and_forms() -> None:
    for english, chinese in CHINESE.items():
        assert all(holes(form) == holes(chinese) for form in english), english


def test_every_sentence_can_be_said_in_chinese() -> None:
    dummies: dict[str, Any] = {"percent": 0.25, "count": 12_000, "number": 1.5, "list": ["a", "b"]}
    written = {"percent": "25%", "count": "12,000", "number": "1.5", "list": "a 和 b"}
    for english, chinese in CHINESE.items():
        values = {name: dummies.get(spec, f"<{name}>") for name, spec, _ in holes(chinese)}
        expected = {written.get(spec, f"<{name}>") for name, spec, _ in holes(chinese)}
        if len(english) == 2:
            said = WORDS.plural(english[0], english[1], values.pop("n"), **values)
        else:
            said = WORDS(english[0], **values)
        assert all(value in said for value in expected), english
        assert expected or said == chinese
        assert "{" not in said


# What Chinese readers write in Latin letters as well, and what is quoted from elsewhere.
FORMATS = ("CSV", "TSV", "XLSX", "XLS", "ODS", "Excel", "OpenDocument", "Parquet", "TOML", "UTF-8")
NAMES = ("Segment", "Studio", "study.toml", "GDPR", "Kaufman", "Rousseeuw", "Sambandam", "Tukey")
NAMES += (
    "Haberman",
    "Dolnicar",
    "Leisch",
    "Hennig",
    "Jaccard",
    "Liu",
    "Tibshirani",
    "Walther",
    "Hastie",
)
NAMES += ("Calinski-Harabasz", "Davies-Bouldin", "SLSA", "SLSW", "nearZeroVar", "caret", "R", "V")
NAMES += (
    "HDBSCAN",
    "Hubert",
    "Gruen",
    "Arabie",
    "SQL",
    "PostgreSQL",
    "SPSS",
    "Stata",
    "SAS",
    "SAV",
    "DTA",
    "XPT",
)
NAMES += ("Light", "Kelley", "Margolin", "Kuhn", "Natural", "Earth", "GeoNames", "CC", "BY")
NAMES += ("GB", "T", "CRM", "VIP", "b", "PERT", "F", "N", "m", "c", "r")
NAMES += (
    "Batten",
    "Kish",
    "LAT",
    "LON",
    "UTC",
    "A4",
    "html",
    "pptx",
    "pdf",
    "IDFA",
    "IMEI",
    "MAC",
    "Facebook",
    "Instagram",
)
NAMES += ("Google", "Ads", "Meta", "LinkedIn", "TikTok", "Nunnally")
NAMES += ("model.json", "BigQuery", "Snowflake", "Spark", "DuckDB", "PSI", "Yurdakul", "Siddiqi")
NAMES += ("Tencent", "Klaviyo", "Mailchimp", "Customer", "Match", "MD5", "SHA-256", "Parquet")
NAMES += (
    "OLD",
    "NEW",
    "customers",
    "HTML",
    "PDF",
    "PowerPoint",
    "PNG",
    "SVG",
    "TOML",
    "URL",
    "Esc",
    "E.164",
)
NAMES += ("Wilson", "Moineddin", "Beyene", "Boyle", "Assuncao", "Reis")
LATIN = frozenset(
    [
        *FORMATS,
        *NAMES,
        "GB18030",
        "SAS7BDAT",
        "ZIP",
        "MB",
        "ID",
        "SMS",
        "k",
        "p",
        "t",
        "Cohen",
        "Holm",
    ]
)


def test_no_english_is_left_in_a_chinese_sentence() -> None:
    for english, chinese in CHINESE.items():
        outside = re.sub(r"\{[^}]*\}|#N/A|NUL|--[a-z-]+", "", chinese)
        left = set(re.findall(r"[A-Za-z][A-Za-z0-9.\-]*", outside)) - LATIN
        assert not left, english
        # A frame such as "{criterion}: {verdict}" has no words of its own to translate.
        own = (re.sub(r"\{[^}]*\}", "", form) for form in english)
        has_words = any(set(re.findall(r"[A-Za-z][A-Za-z0-9.\-]*", form)) - LATIN for form in own)
        assert not has_words or re.search(HAN, chinese) or chinese in LATIN, english


def test_a_role_or_page_that_a_sentence_quotes_is_called_so() -> None:
    quoted = 0
    for english, chinese in CHINESE.items():
        marked = re.findall(r"“([A-Z][a-z ]+)”", english[0])
        pages = re.findall(r"\bthe ([A-Z][a-z]+) page\b", english[0])
        told = [f"“{CHINESE[name,]}”" for name in marked]
        told += [f"“{CHINESE[page,]}”页面" for page in pages]
        assert all(text in chinese for text in told), english
        quoted += len(told)
    assert quoted >= 4


def glossary() -> Iterator[tuple[str, str]]:
    """The glossary's terms, as the interface might say them, and their Chinese."""
    for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) >= 3 and re.search(HAN, cells[2]) and cells[0] != "term":
            yield cells[0], cells[2]
            yield from ((role, cells[2]) for role in re.findall(r"“(.+)”", cells[0]))
            yield from ((bare, cells[2]) for bare in re.findall(r"^(.+?) \([a-z]+\)$", cells[0]))


def test_the_interface_uses_the_terms_of_the_glossary() -> None:
    said = {english[0].casefold(): chinese for english, chinese in CHINESE.items()}
    shared = {term: chinese for term, chinese in glossary() if term.casefold() in said}
    assert {term: said[term.casefold()] for term in shared} == shared
    assert len(shared) > 50


# -------------------------------------------------------------------------------- typography

HAN = r"[\u4e00-\u9fff]"
FULL = "，。；：？！、（）“”《》"
ENDINGS = {".": "。", "?": "？", "!": "！", ":": "：", ";": "；", "…": "…"}


def test_a_sentence_ends_as_its_source_does() -> None:
    for english, chinese in CHINESE.items():
        expected = ENDINGS.get(english[0][-1], "")
        closes = chinese[-1] in {*ENDINGS, *ENDINGS.values()}
        assert chinese.endswith(expected) if expected else not closes, english


def faults_of_setting(chinese: str) -> list[str]:
    """What is wrong with the spaces and marks of a sentence."""
    # A number is set like 9, text like a Chinese word.
    text = re.sub(r"\{\w+:(count|percent|number)\}", "9", chinese)
    text = re.sub(r"\{\w+(:list)?\}", "字", text).replace("**", "")
    patterns = {
        "no space between Chinese and Latin": rf"{HAN}[A-Za-z0-9]|[A-Za-z0-9%]{HAN}",
        "a space beside a full-width mark": rf"\s[{FULL}]|[{FULL}]\s",
        "two spaces": r"\S\s\s+\S",
        "a half-width mark in Chinese": rf"{HAN}[,.;:?!()]|[,;:?!()]{HAN}",
        "a space before a per cent sign": r"\s%",
        "a straight quotation mark": "[\"']",
    }
    faults = [name for name, pattern in patterns.items() if re.search(pattern, text)]
    pairs = [pair for pair in ("“”", "（）") if text.count(pair[0]) != text.count(pair[1])]
    return faults + [f"{pair} not closed" for pair in pairs]


def test_chinese_sentences_are_well_set() -> None:
    assert {c: faults_of_setting(c) for c in CHINESE.values() if faults_of_setting(c)} == {}


@pytest.mark.parametrize(
    "wrong",
    ["共6 位", "共 {n:count}位", "好 ，好", "好,好", "占 5 %", '"好"', "好  吧", "“好", "（好"],
)
def test_the_search_for_faults_of_setting_finds_them(wrong: str) -> None:
    assert faults_of_setting(wrong)


def test_bold_text_ends_where_markdown_sees_it() -> None:
    # “**好。**好” is not bold: between a mark and a letter, stars do not close.
    bold = [(english, c) for english, c in CHINESE.items() if "**" in english[0] or "**" in c]
    assert bold
    for english, chinese in bold:
        assert chinese.count("**") == english[0].count("**")
        assert not re.search(rf"[{FULL}]\*\*{HAN}", chinese), english


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (lambda words: words.count(12_345), "12,345"),
        (lambda words: words.compact(12_345), "1.2万"),
        (lambda words: words.compact(123_456_789), "1.2亿"),
        (lambda words: words.percent(0.456), "46%"),
        (lambda words: words.percent(0.0123), "1.2%"),
        (lambda words: words.number(-0.5), "-0.5"),
        (lambda words: words.date(dt.date(2024, 3, 9)), "2024年3月9日"),
        (lambda words: words.listed(["甲", "乙", "丙"]), "甲、乙和丙"),
        (lambda words: terms.segment_name("", 0, words), "细分群体 1"),
    ],
)
def test_numbers_dates_and_lists_read_as_chinese(
    said: Callable[[Words], str], written: str
) -> None:
    assert said(WORDS) == written


# --------------------------------------------------------- nothing is said that is not listed

SPEAKING = [path for folder in ("segmentation", "pages") for path in (ROOT / folder).rglob("*.py")]
TERMS = {
    name: table
    for place in (
        terms,
        criteria_terms,
        methods,
        associations,
        audiences,
        naming,
        preparation,
        whereabouts,
        maps,
    )
    for name, table in vars(place).items()
    if name.isupper() and isinstance(table, Mapping)
    if all(isinstance(text, str) for text in table.values())
}
# Where a sentence comes from a list of marked ones: the file, and the expression that holds it.
LISTED = {
    ("errors.py", "happened"),
    ("errors.py", "next_step"),
    ("findings.py", "sentence"),
    ("findings.py", "*sentence"),
    ("findings.py", "source"),
    ("notes.py", "_TERMS[name][str(value)]"),
    ("notes.py", "_TERMS[name][code]"),
    ("notes.py", "sentence"),
    ("notes.py", "*sentence"),
    ("portrait.py", "sentence"),
    ("portrait.py", "*sentence"),
    ("progress.py", "STEPS[step]"),
    ("sentences.py", "sentence"),
    ("terms.py", "table[code]"),
    ("trust.py", "_FINDINGS[trust.verdict.by_k[k]]"),
    ("trust.py", "_MEANINGS[trust.verdict.by_k[k]]"),
    ("place_matters.py", "sentence"),
    ("steps.py", "step.title"),
    ("steps.py", "PRESENT.title"),
    ("steps.py", "step.onward"),
    ("studies.py", "_CAME_OF[known]"),
    ("studies.py", "_DECISIONS[about]"),
    ("studies.py", "_VERDICTS[known]"),
    ("start.py", "sample.title"),
    ("views.py", "sample.title"),
    ("views.py", "sample.story"),
    ("whereabouts.py", "*sentence"),
}


def looped_terms(tree: ast.Module) -> set[str]:
    """The names that loop over the texts of a term table: ``for code, text in ROLES.items()``."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.comprehension | ast.For) and isinstance(node.target, ast.Tuple):
            table = ast.unparse(node.iter).removesuffix(".items()")
            if table in TERMS:
                found.add(ast.unparse(node.target.elts[-1]))
    return found


def said_in(tree: ast.Module) -> Iterator[ast.expr]:
    """The arguments that hold a sentence in calls of ``words`` and ``words.plural``."""
    for node in ast.walk(tree):
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and called in ("words", "state.words()", "mark"):
            yield from node.args
        elif isinstance(node, ast.Call) and called in ("words.plural", "mark_plural"):
            whole = isinstance(node.args[0], ast.Starred)
            yield from node.args[: 1 if whole else 2]


def uncollected(file: str, tree: ast.Module) -> list[str]:
    """What is said but is neither literal nor from a list of marked sentences."""
    if any(isinstance(n, ast.FunctionDef) and n.name == "words" and n.args.args for n in tree.body):
        return []  # another function of this name
    known = looped_terms(tree) | {expression for place, expression in LISTED if place == file}
    return [
        f"{file}:{said.lineno}: {ast.unparse(said)}"
        for said in said_in(tree)
        if not (isinstance(said, ast.Constant) and isinstance(said.value, str))
        and not (
            isinstance(said, ast.Subscript)
            and ast.unparse(said.value).removeprefix("terms.") in TERMS
        )
        and ast.unparse(said) not in known
    ]


def test_only_sentences_that_can_be_collected_are_said() -> None:
    trees = [(path.name, ast.parse(path.read_text(encoding="utf-8"))) for path in SPEAKING]
    assert [said for file, tree in trees for said in uncollected(file, tree)] == []
    assert sum(1 for _, tree in trees for _ in said_in(tree)) > 300


def test_every_literal_that_is_said_was_collected() -> None:
    """What stands inside an f-string is said, too, but Python 3.11 hides it from the collector."""
    collected = {form for sentence in SENTENCES for form in sentence}
    for path in SPEAKING:
        for said in said_in(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                assert said.value in collected, f"{path.name}:{said.lineno}"


@pytest.mark.parametrize(
    "wrong", ["words(f'{n} rows')", "words(title)", "words('a' + b)", "words.plural('a', b, 2)"]
)
def test_the_search_for_sentences_finds_those_that_cannot_be_collected(wrong: str) -> None:
    assert uncollected("page.py", ast.parse(wrong))


def listed() -> Iterator[tuple[str, ...]]:
    for table in TERMS.values():
        yield from ((text,) for text in table.values())
    yield from ((text,) for pair in errors.SENTENCES.values() for text in pair)
    yield from ((text,) for text in errors.WITHOUT.values())
    yield from ((text,) for text in progress.STEPS.values())
    yield from (forms(text) for text in notes.SENTENCES.values())
    yield from (forms(text) for text in audit_sentences.FOUND.values())
    yield from ((text,) for text in audit_sentences.FOUND_IN_SEVERAL.values())
    for told in (audit_effects.EFFECTS, audit_effects.REPAIRS, audit_effects.LIMIT_SOURCES):
        yield from ((text,) for text in told.values())
    yield from ((text,) for text in sentences._DIFFERENCES.values())
    yield from ((text,) for step in STEPS.values() for text in (step.title, step.onward) if text)
    yield from ((text,) for sample in SAMPLES for text in (sample.title, sample.story))


def test_every_listed_sentence_is_marked() -> None:
    assert set(listed()) <= set(SENTENCES)
