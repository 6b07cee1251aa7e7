"""Every limit and every finding is explained in the methods."""

from pathlib import Path

import pytest

from segmentation.audit import LIMITS
from segmentation.wording.audit_sentences import FOUND

METHODS = (Path(__file__).parents[2] / "docs" / "methods.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", sorted(LIMITS))
def test_a_limit_is_in_the_methods_with_its_default(code: str) -> None:
    limit = LIMITS[code]
    default = f"{100 * limit.value:g} %" if limit.is_share else f"{limit.value:g}"
    assert f"| `{code}` | {default} |" in METHODS


@pytest.mark.parametrize("code", sorted(FOUND))
def test_a_finding_is_in_the_methods(code: str) -> None:
    section = METHODS.partition("## Quality audit")[2].partition("\n## ")[0]
    assert f"`{code}`" in section
