"""Words that stand for no answer are proposed as gaps; answers are left alone."""

from pathlib import Path

import pytest

from segmentation.audit import Action, Severity
from segmentation.variables import Role
from tests.audit.conftest import Audited, calm, codes, the


@pytest.mark.parametrize("word", ["unknown", "Select", "?", "未知", "请选择"])
def test_a_placeholder_word_is_counted_as_it_is_written(audited: Audited, word: str) -> None:
    table = calm()
    table.loc[:39, "channel"] = word
    finding = the(audited(table), "placeholder-words")
    assert (finding.n, finding.severity) == (40, Severity.DISTORTS)
    assert finding.repair is not None
    assert finding.repair.values == (word,)


@pytest.mark.parametrize("word", ["none", "other", "DK", "no"])
def test_an_answer_is_no_placeholder(audited: Audited, word: str) -> None:
    table = calm()
    table.loc[:39, "channel"] = word
    assert "placeholder-words" not in codes(audited(table))


def test_a_word_in_few_cells_weakens_and_in_a_descriptor_informs(audited: Audited) -> None:
    table = calm()
    table.loc[:3, "channel"] = "unknown"
    assert the(audited(table), "placeholder-words").severity is Severity.WEAKENS
    found = audited(table, {"channel": Role.DESCRIPTOR})
    assert the(found, "placeholder-words").severity is Severity.INFORMS


def test_columns_with_the_same_word_are_one_finding(audited: Audited) -> None:
    table = calm()
    table["device"] = table["channel"].str.upper()
    table.loc[:39, "channel"], table.loc[:29, "device"] = "unknown", "unknown"
    finding = the(audited(table), "placeholder-words")
    assert (finding.columns, finding.n, finding.share) == (("channel", "device"), 70, 0.1)
    assert finding.repair is not None
    assert finding.repair.columns == finding.columns


@pytest.mark.shared
def test_the_placeholders_of_a_real_table_are_proposed(audited: Audited, shared_data: Path) -> None:
    found = audited((shared_data / "bank_additional.csv").read_text(encoding="utf-8"))
    proposed = {
        name: finding.repair.values
        for finding in found.findings
        if finding.repair and finding.repair.action is Action.TREAT_AS_MISSING
        for name in finding.columns
    }
    words = dict.fromkeys(("job", "marital", "education", "default", "housing", "loan"))
    assert proposed == {**dict.fromkeys(words, ("unknown",)), "pdays": ("999",)}


def test_the_mark_of_a_ticked_box_is_an_answer(audited: Audited) -> None:
    table = calm()
    table["newsletter"] = ["*" if i % 3 else "" for i in range(len(table))]
    assert "placeholder-words" not in codes(audited(table))
