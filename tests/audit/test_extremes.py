"""Values beyond the fences, heavy tails and heaping, on the scale that the preparation uses."""

import numpy as np
import pytest

from segmentation.audit import LIMITS, Severity
from segmentation.preparation import Recipe
from segmentation.variables import Role
from tests.audit.conftest import Audited, calm, codes, the


def test_fences_are_those_of_the_preparation() -> None:
    assert LIMITS["fence"].value == Recipe().fence_iqr
    assert LIMITS["log-skew"].value == Recipe().log_skew


def test_a_second_population_far_away_is_outside_the_fences(audited: Audited) -> None:
    table = calm()
    table["load"] = np.random.default_rng(2).normal(100, 5, len(table)).round(1)
    table.loc[:15, "load"] = 170
    finding = the(audited(table), "outliers")
    assert (finding.columns, finding.n, finding.severity) == (("load",), 16, Severity.WEAKENS)
    assert 115 < float(str(finding.get("high"))) < 170


def test_skewed_amounts_are_not_full_of_outliers(audited: Audited) -> None:
    table = calm()
    table["revenue"] = np.random.default_rng(2).lognormal(5, 1.2, len(table)).round(2)
    assert "outliers" not in codes(audited(table))


def test_outliers_of_a_descriptor_are_good_to_know(audited: Audited) -> None:
    table = calm()
    table["load"] = np.random.default_rng(2).normal(100, 5, len(table)).round(1)
    table.loc[:15, "load"] = 170
    finding = the(audited(table, {"load": Role.DESCRIPTOR}), "outliers")
    assert finding.severity is Severity.INFORMS


def test_a_few_customers_with_most_of_the_money_are_a_heavy_tail(audited: Audited) -> None:
    table = calm()
    table.loc[:3, "spend"] = 50_000.0
    finding = the(audited(table), "heavy-tail")
    held = np.sort(table["spend"])[-4:].sum() / table["spend"].sum()
    assert finding.share == pytest.approx(held)
    assert finding.n == 4


def test_rounded_answers_are_heaped(audited: Audited) -> None:
    table = calm()
    rng = np.random.default_rng(5)
    exact = rng.integers(0, 101, len(table))
    table["warmth"] = np.where(rng.random(len(table)) < 0.6, exact // 10 * 10, exact)
    finding = the(audited(table), "heaping")
    inside = table["warmth"][(table["warmth"] > 0) & (table["warmth"] < 100)]
    assert finding.get("index") == round(500 * (inside % 5 == 0).mean())
    assert "heaping" not in codes(audited(table.assign(warmth=exact)))


def test_a_scale_in_steps_of_ten_is_not_heaped(audited: Audited) -> None:
    table = calm()
    table["warmth"] = np.random.default_rng(5).integers(0, 11, len(table)) * 10
    assert "heaping" not in codes(audited(table))
