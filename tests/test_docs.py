"""What the documents say about the project is true, as far as a program can tell."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

REQUIREMENT = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]+\])?==(?P<version>\S+)$")
TABLE_ROW = re.compile(
    r"^\| `(?P<name>[^`]+)` \| (?P<licence>[^|]*\S) \| (?P<why>[^|]*\S) \|$", re.MULTILINE
)
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
MAKE_VERB = re.compile(r"^(?P<verb>[a-z0-9]+):", re.MULTILINE)


def requirements(text: str) -> Iterator[str]:
    """Lines that ask for a package, without comments and references to other files."""
    for line in text.splitlines():
        asked = line.partition("#")[0].strip()
        if asked and not asked.startswith("-"):
            yield asked


def canonical(name: str) -> str:
    """A package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for() -> list[str]:
    files = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt")
    return [line for file in files for line in requirements(file.read_text(encoding="utf-8"))]


def explained() -> list[str]:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    return [canonical(row["name"]) for row in TABLE_ROW.finditer(page)]


def documents() -> list[Path]:
    inside = (ROOT / room for room in ("docs", "sample_data", "benchmarks", "tests"))
    return sorted([*ROOT.glob("*.md"), *(page for room in inside for page in room.rglob("*.md"))])


def broken_links(page: Path, text: str) -> list[str]:
    """Relative links of a page that lead to no file; addresses and anchors are not followed."""
    targets = (link["target"] for link in LINK.finditer(FENCE.sub("", text)))
    return [
        target
        for target in targets
        if not re.match(r"[a-z]+:|#", target)
        and not (page.parent / target.partition("#")[0]).exists()
    ]


@pytest.mark.parametrize("line", asked_for())
def test_every_requirement_is_pinned_to_one_version(line: str) -> None:
    assert REQUIREMENT.match(line)


def test_every_requirement_is_explained_once_and_nothing_else_is() -> None:
    names = [canonical(match["name"]) for line in asked_for() if (match := REQUIREMENT.match(line))]
    assert sorted(explained()) == sorted(names)


def test_no_package_is_asked_for_twice() -> None:
    names = [canonical(re.split(r"[\[=]", line)[0]) for line in asked_for()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("page", documents(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    assert not broken_links(page, page.read_text(encoding="utf-8"))


def test_a_link_to_nowhere_is_noticed() -> None:
    here = ROOT / "docs" / "dependencies.md"
    text = "[one](../LICENSE) [two](gone.md#part) [three](https://example.org) [four](#part)"
    assert broken_links(here, text) == ["gone.md#part"]


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "adr").glob("*.md")), ids=lambda p: p.stem)
def test_a_decision_record_says_what_was_weighed(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.match(r"\d{4}-[a-z0-9-]+$", page.stem)
    assert text.startswith(f"# {int(page.stem[:4])}. ")
    assert re.search(r"^Status: (accepted|superseded by \d{4})$", text, re.MULTILINE)
    for part in ("Context", "Options", "Decision", "Consequences"):
        assert f"\n## {part}\n" in text


def test_no_two_decision_records_share_a_number() -> None:
    numbers = [page.stem[:4] for page in (ROOT / "docs" / "adr").glob("*.md")]
    assert len(numbers) == len(set(numbers))


def test_every_make_verb_is_listed_by_make_help() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    listed = set(re.findall(r"^([a-z0-9]+):.*## \S", text, re.MULTILINE))
    assert listed == {match["verb"] for match in MAKE_VERB.finditer(text)}
