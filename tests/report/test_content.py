"""What a report says: every question answered, each verdict with its number, nobody known."""

import re
from dataclasses import replace

import pytest

from segmentation.report import Report, Results, next_steps, portraits, report_of
from segmentation.report.blocks import Facts, Heading, Picture, Portrait, Table, parts_of
from segmentation.report.making import command
from segmentation.wording import words_in
from tests.report.conftest import MEMBERS, NASTY, people

EN, ZH = words_in("en"), words_in("zh_CN")


def all_text(report: Report) -> str:
    return "\n".join(report.texts())


def blocks(report: Report, kind: type) -> list:
    return [b for section in report.sections for b in section.blocks if isinstance(b, kind)]


def test_a_reader_finds_the_five_questions_answered_in_their_order(report: Report) -> None:
    titles = [section.title for section in report.sections]
    assert titles == [
        "What is this?",
        "Can it be trusted?",
        "Who are they?",
        "What to do with it?",
        "How was it made?",
    ]
    assert all(section.blocks for section in report.sections)
    assert report.title == "140 customers in 3 segments"


def test_the_verdict_comes_with_its_number_threshold_and_source(report: Report) -> None:
    text = all_text(report)
    assert "These 3 segments are natural" in text
    assert re.search(r"agree to (0\.9\d|1)", text)
    assert "Natural from 0.8" in text
    assert "Dolnicar & Leisch 2010" in text


def test_every_segment_has_its_portrait_and_what_the_owner_wrote(results: Results) -> None:
    found = portraits(results, EN)
    assert [each.name for each in found] == list(NASTY)
    assert [each.share for each in found] == [f"{n / sum(MEMBERS):.0%}" for n in MEMBERS]
    assert found[0].words == (("Goals", NASTY[1]), ("What to say", NASTY[0]))
    assert found[1].words == ()


def test_no_customer_can_be_recognised(report: Report) -> None:
    text = all_text(report) + "".join(picture.svg for picture in blocks(report, Picture))
    frame = people()
    assert not [cell for name in ("customer", "mail") for cell in frame[name] if cell in text]


def test_what_if_that_a_few_meet_is_not_told(results: Results, report: Report) -> None:
    assert 0 < results.engine.sized[1].answer.customers.likely < 5
    text = all_text(report)
    assert "Hardly anybody" not in text
    assert NASTY[2] in text


def test_a_small_cell_and_a_second_one_are_hidden(report: Report) -> None:
    [table] = [t for t in blocks(report, Table) if t.caption.startswith("What describes")]
    secret = next(row for row in table.rows if row[0] == "club: secret")
    assert secret[2:].count("–") >= 2
    assert "2.1%" not in secret[2:]


def test_the_best_places_of_each_segment_are_listed(report: Report) -> None:
    [table] = [t for t in blocks(report, Table) if t.caption.startswith("Micro-markets")]
    places = dict(table.rows)
    assert [places[name].split(":")[0] for name in NASTY] == ["Ulm", "Bonn", "Jena"]


def test_the_passport_is_enough_to_make_it_again(results: Results, report: Report) -> None:
    pairs = dict(pair for facts in blocks(report, Facts) for pair in facts.pairs)
    assert pairs["Fingerprint of the data"] == results.table.raw.fingerprint
    assert pairs["Seed"] == "7"
    assert pairs["Owner"] == "Insights team"
    assert pairs["Look again by"] == "Feb 28, 2027"
    assert pairs["Command"] == command("customers.csv")
    assert "log_skew = 1.5" in pairs["Recipe"]


def test_a_segmentation_without_a_test_says_so_everywhere(results: Results) -> None:
    assert results.found is not None
    untested = replace(results, found=replace(results.found, trust=None), owner="")
    text = all_text(report_of(untested, EN))
    assert "How far to trust the segments has not been tested yet" in text
    assert "nobody named yet" in text
    assert next_steps(untested, EN)[0].startswith("Test how far to trust")


def test_given_segments_are_told_to_be_given(results: Results) -> None:
    branch = replace(results.study.branch, given="town")
    given = replace(results, found=None, study=replace(results.study, branch=branch))
    report = report_of(given, EN)
    assert "given by the column “town”" in all_text(report)
    assert "Seed" not in all_text(report)


def test_a_segment_of_a_few_is_hidden_with_a_second_one(results: Results) -> None:
    told = results.judged.profile.sizes
    sizes = [replace(size, n=n) for size, n in zip(told, (80, 57, 3), strict=True)]
    few = replace(results.judged, profile=replace(results.judged.profile, sizes=tuple(sizes)))
    hidden = replace(results, judged=few)
    assert [each.share == "–" for each in portraits(hidden, EN)] == [False, True, True]
    [sizes_told] = [
        t for t in blocks(report_of(hidden, EN), Table) if t.caption == "How large the segments are"
    ]
    assert [row[1] for row in sizes_told.rows] == ["80", "hidden", "hidden"]


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_every_heading_has_something_below_it_and_every_picture_a_text(
    results: Results, words
) -> None:
    report = report_of(results, words)
    assert report.language == words.language
    for section in report.sections:
        headings = [b for b in section.blocks if isinstance(b, Heading)]
        assert len(list(parts_of(section))) >= len(headings)
    pictures = blocks(report, Picture)
    assert len(pictures) >= 4
    assert all(picture.alt and picture.svg.startswith("<svg") for picture in pictures)
    assert not re.search(r"\{\w+(:\w+)?\}", all_text(report))
    assert len(blocks(report, Portrait)) == 3
