"""Columns in which everybody is the same, nearly the same, or different."""

import numpy as np
import pytest

from segmentation.audit import Action, Severity
from segmentation.variables import Role, Scale, VariableChoice
from tests.audit.conftest import Audited, calm, codes, the


def test_constant_columns_are_named_once_and_only_used_ones_are_repaired(audited: Audited) -> None:
    table = calm().assign(market="DACH", region="South")
    finding = the(audited(table), "constant")
    assert set(finding.columns) == {"market", "region"}
    assert finding.repair is not None
    assert finding.repair.columns == ("region",)
    assert finding.repair.choices["region"].role is Role.IGNORE


@pytest.mark.parametrize(("n", "told"), [(380, True), (379, False)])
def test_a_variable_is_nearly_constant_from_95_per_cent_on(
    audited: Audited, n: int, told: bool
) -> None:
    table = calm()
    table["trial"] = ["yes"] * (400 - n) + ["no"] * n
    found = audited(table)
    assert ("near-constant" in codes(found)) is told
    if told:
        finding = the(found, "near-constant")
        assert (finding.n, finding.share, finding.get("value")) == (380, 0.95, "no")
        assert finding.severity is Severity.WEAKENS


def test_the_share_is_of_those_who_have_a_value(audited: Audited) -> None:
    table = calm()
    table["trial"] = ["no"] * 300 + ["yes"] * 4 + [""] * 96
    finding = the(audited(table, {"trial": Role.BASIS}), "near-constant")
    assert finding.share == 300 / 304


def test_running_numbers_and_names_are_no_basis(audited: Audited) -> None:
    table = calm()
    table["line"] = np.random.default_rng(1).permutation(len(table))
    finding = the(audited(table, {"line": Role.BASIS}), "id-like")
    assert (finding.columns, finding.severity) == (("line",), Severity.DISTORTS)
    assert finding.repair is not None
    assert finding.repair.action is Action.EXCLUDE_COLUMN


def test_an_amount_that_differs_for_everybody_is_no_identifier(audited: Audited) -> None:
    table = calm()
    draws = np.random.default_rng(1)
    table["volume"] = draws.choice(50_000, len(table), replace=False)
    assert not audited(table).findings


def test_many_categories_do_not_form_segments(audited: Audited) -> None:
    table = calm()
    table["town"] = [f"town {i % 30}" for i in range(len(table))]
    choice = VariableChoice(Role.BASIS, Scale.NOMINAL)
    finding = the(audited(table, {"town": choice}), "many-categories")
    assert finding.get("levels") == 30
    assert "many-categories" not in codes(audited(table))
