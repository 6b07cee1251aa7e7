"""Small tables, audited the way a visit audits them."""

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import numpy as np
import pandas as pd
import pytest

from segmentation.audit import Audit, Finding, audit
from segmentation.intake import Condition
from segmentation.variables import Role, VariableChoice
from tests.markets import Market, open_market

TODAY = dt.date(2026, 6, 1)
N = 400


class Audited(Protocol):
    """Opens a table and audits it."""

    def __call__(
        self,
        content: pd.DataFrame | str,
        roles: Mapping[str, Role | VariableChoice] | None = None,
        *,
        id_name: str | None = None,
        conditions: tuple[Condition, ...] = (),
        n_rejected: int = 0,
    ) -> Audit: ...


@pytest.fixture
def audited(tmp_path: Path) -> Iterator[Audited]:
    markets: list[Market] = []

    def auditing(
        content: pd.DataFrame | str,
        roles: Mapping[str, Role | VariableChoice] | None = None,
        *,
        id_name: str | None = None,
        conditions: tuple[Condition, ...] = (),
        n_rejected: int = 0,
    ) -> Audit:
        market = open_market(tmp_path, content, roles, id_name=id_name, conditions=conditions)
        markets.append(market)
        return audit(market.table, market.variables, as_of=TODAY, n_rejected=n_rejected)

    yield auditing
    for market in markets:
        market.table.session.close()


def calm(n: int = N, seed: int = 3) -> pd.DataFrame:
    """A table in which nothing is wrong: an id, a few habits, a category."""
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "customer_id": [f"C{i:05d}" for i in range(n)],
            "visits": rng.poisson(6, n) + 1,
            "spend": rng.lognormal(4, 0.8, n).round(2),
            "channel": rng.choice(["web", "store", "app"], n),
        }
    )


def codes(found: Audit) -> list[str]:
    """Codes of the findings, in their order."""
    return [finding.code for finding in found.findings]


def the(found: Audit, code: str) -> Finding:
    """The only finding of a code."""
    (finding,) = [finding for finding in found.findings if finding.code == code]
    return finding
