"""The audit as a whole: the ranking, the counts, the samples, and laws that hold for any table."""

import csv
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings

from segmentation.audit import Audit, Finding, Repair, Severity, audit
from segmentation.audit.findings import Action, named
from segmentation.audit.look import SAMPLE_ROWS, look_at
from segmentation.audit.run import gathered, ranked
from segmentation.engine import DuckSession
from segmentation.intake import ReadOptions, open_customers, read_file
from segmentation.variables import Role, VariableChoice, suggest
from segmentation.wording import Words
from segmentation.wording.findings import audit_lines
from tests.audit.conftest import Audited, calm, codes, the
from tests.markets import open_market
from tests.strategies import text_tables

SAMPLES = Path(__file__).parents[2] / "sample_data"
# What is said of the samples: who is personal, and gaps that were planted.
EXPECTED = {
    "retailer_customers.csv": {"personal-data"},
    "travel_survey.csv": {"sample-small"},
    "zh_retail_gb18030.csv": {"personal-data"},
    "no_structure.csv": set(),
    "b2b_leads.csv": {"personal-data", "placeholder-words", "cells-failed"},
}


@pytest.fixture(scope="module")
def one_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckSession]:
    """One session for many examples: each file takes the place of the former."""
    session = DuckSession(tmp_path_factory.mktemp("visit"))
    yield session
    session.close()


def audit_of(path: Path, folder: Path) -> Audit:
    """Open a file as a visit does, and audit it with the suggested variables."""
    session = DuckSession(folder / "visit")
    inside = session.folder / "upload"
    inside.write_bytes(path.read_bytes())
    table = open_customers(read_file(session, inside, path.name))
    found = audit(table, suggest(table), as_of=dt.date(2026, 12, 31))
    session.close()
    return found


@pytest.mark.parametrize("name", EXPECTED)
def test_the_samples_raise_no_false_alarm(name: str, tmp_path: Path) -> None:
    found = audit_of(SAMPLES / name, tmp_path)
    assert set(codes(found)) == EXPECTED[name]
    assert all(f.severity.rank >= Severity.WEAKENS.rank for f in found.findings)


def test_a_calm_table_has_no_findings_and_right_counts(audited: Audited) -> None:
    found = audited(calm())
    assert found.findings == ()
    assert (found.n_rows, found.n_customers, found.n_rejected) == (400, 400, 0)
    assert (found.n_failed, found.share_missing) == (0, 0)
    assert found.sample_size.n_basis == 3


def test_the_share_of_missing_cells_is_of_all_cells(audited: Audited) -> None:
    table = calm()
    table.loc[:9, "channel"] = None
    assert audited(table).share_missing == 10 / 1600


def test_findings_stand_in_the_order_of_their_harm(audited: Audited) -> None:
    table = calm().assign(days=np.arange(400) % 25)
    table["email"] = [f"a{i}@example.org" for i in range(400)]
    table.loc[:99, "days"] = 999
    table.loc[:3, "channel"] = "unknown"
    table = pd.concat([table] * 2)
    found = audited(table)
    ranks = [finding.severity.rank for finding in found.findings]
    assert ranks == sorted(ranks)
    assert codes(found)[:2] in (
        ["duplicate-ids", "duplicate-rows"],
        ["duplicate-rows", "duplicate-ids"],
    )
    assert codes(found)[-1] == "personal-data"


def test_among_equals_the_larger_share_comes_first_and_the_basis_before_others(
    tmp_path: Path,
) -> None:
    market = open_market(tmp_path, calm(), {"channel": Role.DESCRIPTOR})
    small, large = (
        Finding("outliers", (name,), Severity.WEAKENS, 1, share)
        for name, share in (("visits", 0.1), ("spend", 0.2))
    )
    other = Finding("outliers", ("channel",), Severity.WEAKENS, 1, 0.9)
    assert ranked([other, small, large], market.variables) == [large, small, other]
    market.table.session.close()


def test_findings_with_the_same_repair_are_gathered_and_others_are_not() -> None:
    def gap(name: str, share: float, action: Action = Action.DESCRIBE_ONLY) -> Finding:
        repair = Repair(action, (name,))
        return Finding("missing-much", (name,), Severity.DISTORTS, 10, share, repair=repair)

    several, alone = gathered([gap("a", 0.4), gap("b", 0.6), gap("c", 0.5, Action.CHOOSE_ID)])
    assert (several.columns, several.n, several.share) == (("b", "a"), 20, 0.6)
    assert several.repair == Repair(Action.DESCRIBE_ONLY, ("b", "a"))
    assert alone.columns == ("c",)


def test_findings_about_other_numbers_are_not_gathered() -> None:
    found = [
        Finding("beyond-scale", (name,), Severity.WEAKENS, 1, 0.1, named(high=100))
        for name in ("a", "b")
    ]
    assert list(gathered(found)) == found


def test_the_audit_does_not_depend_on_the_order_of_rows_and_columns(audited: Audited) -> None:
    table = calm().assign(days=np.arange(400) % 25, spend_usd=calm()["spend"] * 1.08)
    table.loc[:30, "days"] = 999
    table.loc[:50, "channel"] = "unknown"
    shuffled = table.sample(frac=1, random_state=1)[list(table)[::-1]]
    first, second = audited(table).findings, audited(shuffled).findings
    assert [(f.code, set(f.columns), f.n) for f in first] == [
        (f.code, set(f.columns), f.n) for f in second
    ]


def test_personal_data_are_never_sampled(tmp_path: Path) -> None:
    table = calm()
    table["phone"] = [f"1200000{i:04d}" for i in range(len(table))]
    market = open_market(tmp_path, table, {"phone": VariableChoice(Role.DESCRIPTOR)})
    look = look_at(market.table, market.variables)
    assert not look.has_sample(market.variables[-1])
    assert set(codes(audit(market.table, market.variables))) == {"personal-data"}
    market.table.session.close()


def test_counts_of_a_large_table_are_exact_though_it_is_sampled(audited: Audited) -> None:
    n = SAMPLE_ROWS + 20_000
    rng = np.random.default_rng(9)
    days = rng.integers(0, 25, n)
    days[: n // 50] = 999
    table = pd.DataFrame({"customer_id": np.arange(n), "days": days, "visits": rng.poisson(9, n)})
    finding = the(audited(table.sample(frac=1, random_state=1)), "sentinel")
    assert finding.n == n // 50


FAULTS: dict[str, list[tuple[str, set[str], int]]] = {
    "bank_additional.csv": [
        ("sentinel", {"pdays"}, 3959),
        ("placeholder-words", {"default"}, 803),
        ("collinear", {"emp.var.rate", "euribor3m"}, 4119),
    ],
    "aer_credit_card.csv": [("impossible-age", {"age"}, 7)],
    "penguins_raw.csv": [
        ("constant", {"Region", "Stage"}, 344),
        ("duplicate-ids", {"Individual ID"}, 154),
        ("sample-too-small", set(), 344),
    ],
    "restaurant_inspections.csv": [
        ("duplicate-rows-without-id", set(), 13_616),
        ("near-constant", {"Weekend"}, 26_968),
    ],
    "anes_therms.csv": [
        ("heaping", {"ftobama1", "fttrump1"}, 5304),
        ("rows-mostly-empty", set(), 6),
    ],
    "orange_juice_purchases.csv": [
        ("collinear", {"DiscCH", "PctDiscCH"}, 1070),
        ("collinear", {"DiscMM", "PctDiscMM"}, 1070),
        ("redundant", {"ListPriceDiff"}, 1070),
    ],
    "zh_ev_target_customers.xlsx": [
        *(("beyond-scale", {name}, 1) for name in ("a1", "a3", "a5")),
        ("missing-some", {"B7"}, 500),
        ("collinear", {"B8", "B10"}, 1964),
    ],
    "rfm_data_orders.csv": [("duplicate-ids", {"customer_id"}, 3911)],
}


@pytest.mark.shared
@pytest.mark.parametrize("name", FAULTS)
def test_known_faults_of_real_tables_are_found(
    name: str, shared_data: Path, tmp_path: Path
) -> None:
    told = [(f.code, set(f.columns), f.n) for f in audit_of(shared_data / name, tmp_path).findings]
    assert [fault for fault in FAULTS[name] if fault not in told] == []


@pytest.mark.shared
@pytest.mark.parametrize("name", ["sacramento_homes.csv", "sat_act.csv", "volunteers_au.csv"])
def test_clean_real_tables_raise_no_alarm(name: str, shared_data: Path, tmp_path: Path) -> None:
    found = audit_of(shared_data / name, tmp_path).findings
    assert {f.severity for f in found} <= {Severity.INFORMS}


@settings(max_examples=30)
@given(rows=text_tables(max_rows=40))
def test_any_table_can_be_audited_and_the_audit_said(
    rows: list[list[str]], one_session: DuckSession
) -> None:
    path = one_session.folder / "upload"
    names = [f"column {i}" for i in range(len(rows[0]))]
    # A file that begins with control characters is no text at all, and refused as such.
    plain = [[re.sub(r"[\x00-\x1f]", " ", cell) for cell in row] for row in rows]
    assume(any(cell.strip() for row in plain for cell in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([names, *plain])
    # The delimiter is said: a guess from one column of signs is not what is tested here.
    table = open_customers(read_file(one_session, path, "any.csv", ReadOptions(delimiter=",")))
    found = audit(table, suggest(table), as_of=dt.date(2026, 6, 1))
    assert all(0 <= f.share <= 1 and f.n >= 0 for f in found.findings)
    assert len(audit_lines(found, Words("en"))) >= 3
