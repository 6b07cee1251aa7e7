"""What the documents say about the project is true, as far as a program can tell."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from segmentation import __version__, cli, errors
from segmentation.criteria import THRESHOLDS
from segmentation.study import Study, StudySource, dump
from segmentation.wording import terms

ROOT = Path(__file__).parents[1]
COMMANDS = ("describe", "segment", "sweep")
ACTIONS = tuple(f"studies {action}" for action in ("list", "show", "export", "save", "delete"))
WITH_OPTIONS = (*COMMANDS, "assign", *ACTIONS)

REQUIREMENT = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]+\])?==(?P<version>\S+)$")
TABLE_ROW = re.compile(
    r"^\| `(?P<name>[^`]+)` \| (?P<licence>[^|]*\S) \| (?P<why>[^|]*\S) \|$", re.MULTILINE
)
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
OPTION = re.compile(r"--[a-z][a-z-]*")
VARIABLE = re.compile(r"SEGMENT_STUDIO_[A-Z_]+")
MAKE_VERB = re.compile(r"^(?P<verb>[a-z0-9-]+):", re.MULTILINE)


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
    kinds = ("", "-postgres", "-dev", "-bench", "-spark")
    files = (ROOT / f"requirements{kind}.txt" for kind in kinds)
    return [line for file in files for line in requirements(file.read_text(encoding="utf-8"))]


def explained() -> list[str]:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    return [canonical(row["name"]) for row in TABLE_ROW.finditer(page)]


def documents() -> list[Path]:
    inside = (ROOT / room for room in ("docs", "sample_data", "benchmarks", "tests"))
    return sorted([*ROOT.glob("*.md"), *(page for room in inside for page in room.rglob("*.md"))])


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def decisions() -> list[Path]:
    """The decision records, without the page that lists them."""
    adr = ROOT / "docs" / "adr"
    return sorted(page for page in adr.glob("*.md") if page.name != "README.md")


def unmentioned(names: Iterable[str], text: str) -> list[str]:
    """Names that a page does not write as code."""
    return [name for name in names if f"`{name}`" not in text]


def leaves(kind: type[errors.SegmentationError]) -> list[str]:
    """Names of the errors that are raised, not of the families they belong to."""
    below = [c for c in kind.__subclasses__() if c.__module__.startswith(errors.__name__)]
    return [name for sub in below for name in leaves(sub)] if below else [kind.__name__]


def keys_of(value: object) -> set[str]:
    """All keys of a JSON value, at any depth."""
    if isinstance(value, list):
        return {key for item in value for key in keys_of(item)}
    if isinstance(value, dict):
        named = {key for key in value if not key.isdecimal()}  # a number of segments is no name
        return named | {key for item in value.values() for key in keys_of(item)}
    return set()


def documented_options(text: str) -> set[str]:
    """Options in the first column of the table of options, with or without what they take."""
    return set(re.findall(r"^\| `(--[a-z-]+)[^`]*` \|", text, re.MULTILINE))


def glossary_terms(text: str) -> set[str]:
    """Terms of the glossary that have a Chinese name, or one that is the same in both languages."""
    terms_found = set()
    for cells in (line.split("|") for line in text.splitlines() if line.startswith("| ")):
        term, chinese = cells[1].strip().lower(), cells[3].strip().lower()
        if re.search(r"[\u4e00-\u9fff]", chinese) or chinese == term:
            terms_found |= {part.strip() for part in re.split(r"[()“”]", term)} - {""}
    return terms_found


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


@pytest.mark.parametrize("page", decisions(), ids=lambda page: page.stem)
def test_a_decision_record_says_what_was_weighed(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.match(r"\d{4}-[a-z0-9-]+$", page.stem)
    assert text.startswith(f"# {int(page.stem[:4])}. ")
    assert re.search(r"^Status: (accepted|superseded by \d{4})$", text, re.MULTILINE)
    for part in ("Context", "Options", "Decision", "Consequences"):
        assert f"\n## {part}\n" in text


def test_no_two_decision_records_share_a_number() -> None:
    numbers = [page.stem[:4] for page in decisions()]
    assert len(numbers) == len(set(numbers))


def test_every_make_verb_is_listed_by_make_help() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    listed = set(re.findall(r"^([a-z0-9-]+):.*## \S", text, re.MULTILINE))
    assert listed == {match["verb"] for match in MAKE_VERB.finditer(text)}


def test_every_decision_record_is_listed_under_its_title() -> None:
    text = text_of("docs/adr/README.md")
    for page in decisions():
        title = page.read_text(encoding="utf-8").splitlines()[0].partition(". ")[2]
        assert f"| [{page.stem[:4]}]({page.name}) | {title} |" in text


@pytest.mark.parametrize("code", sorted(THRESHOLDS))
def test_every_threshold_is_in_the_methods_with_its_default(code: str) -> None:
    threshold = THRESHOLDS[code]
    default = f"{threshold.default:.0%}" if threshold.is_share else f"{threshold.default:g}"
    assert f"| `{code}` | {default.replace('%', ' %')} |" in text_of("docs/methods.md")


def test_every_criterion_is_in_the_methods_under_its_name() -> None:
    text = text_of("docs/methods.md")
    missing = [c for c, name in terms.CRITERIA.items() if f"| {name} | `{c}` |" not in text]
    assert not missing


def test_every_error_is_in_the_data_guide() -> None:
    names = leaves(errors.SegmentationError)
    assert "EmptyFile" in names
    assert not unmentioned(names, text_of("docs/data-guide.md"))


@pytest.mark.parametrize("command", WITH_OPTIONS)
def test_every_option_of_the_command_line_is_documented(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main([*command.split(), "--help"])
    options = set(OPTION.findall(capsys.readouterr().out))
    assert "--language" in options
    assert options <= documented_options(text_of("docs/cli.md"))


def test_no_option_is_documented_that_the_command_line_lacks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for command in WITH_OPTIONS:
        with pytest.raises(SystemExit):
            cli.main([*command.split(), "--help"])
    options = set(OPTION.findall(capsys.readouterr().out))
    assert documented_options(text_of("docs/cli.md")) <= options


@pytest.mark.parametrize("command", COMMANDS)
def test_every_key_of_the_answer_is_documented(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "customers.csv"
    rows = [f"{i % 7},{i % 3},{'north' if i % 2 else 'south'}" for i in range(40)]
    table.write_text("\n".join(["visits,orders,taste", *rows]) + "\n", encoding="utf-8")
    arguments = [command, str(table), "--language", "en"]
    if command != "describe":
        arguments += ["--k-max", "3", "--validate"]
    if command == "segment":
        arguments += ["--out", str(tmp_path / "results")]
    assert cli.main(arguments) == 0
    keys = keys_of(json.loads(capsys.readouterr().out))
    assert len(keys) > 10
    assert not unmentioned(keys, text_of("docs/cli.md"))


def test_every_key_of_saved_studies_is_documented(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = Study(StudySource("customers.csv", "f00d", 3))
    (tmp_path / "study.toml").write_text(dump(study), encoding="utf-8")
    run = {"n_customers": 3, "segments": ["a", "b"], "sizes": [2, 1], "shares": [0.67, 0.33]}
    run |= {"unassigned": 0, "method": "kmeans", "recommended_k": 2, "k": 2}
    run["checks"] = [{"segment": 1, "criterion": "size", "verdict": "pass", "value": 0.67}]
    (tmp_path / "run.json").write_text(json.dumps(run), encoding="utf-8")
    database = f"sqlite:///{tmp_path / 'studies.sqlite'}"

    def answered(*arguments: str) -> dict[str, Any]:
        assert cli.main(["studies", *arguments, "--database", database]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    saved = answered("save", str(tmp_path / "study.toml"), "--run", str(tmp_path / "run.json"))
    records = [saved, answered("list"), answered("show", saved["id"])]
    records += [answered("export", saved["id"])]
    records += [answered("export", saved["id"], "--out", str(tmp_path / "out.toml"))]
    records += [answered("delete", saved["id"])]
    keys = {key for record in records for key in keys_of(record)}
    assert {"id", "toml", "deleted", "labels"} <= keys
    assert not unmentioned(keys, text_of("docs/cli.md"))


def test_the_words_of_the_interface_are_in_the_glossary_with_their_chinese() -> None:
    tables = (
        *(terms.KINDS, terms.ROLES, terms.SCALES, terms.FAMILIES, terms.VERDICTS),
        *(terms.CRITERIA, terms.CHANNELS, terms.PLACES, terms.FORMATS),
    )
    wanted = {name.lower() for table in tables for name in table.values()}
    assert not wanted - glossary_terms(text_of("docs/glossary.md"))


def test_a_term_without_chinese_is_no_entry_of_the_glossary() -> None:
    rows = "| large enough (substantial) | worth it | 足量性 |\n| e-mail | channel | |\n"
    assert glossary_terms(rows) == {"large enough", "substantial"}


def test_the_readme_shows_every_page() -> None:
    tour = re.findall(r"^\d+\. \*\*(\w+)\.\*\*", text_of("README.md"), re.MULTILINE)
    assert len(tour) == len(set(tour))
    assert {f"{name.lower()}.py" for name in tour} == {
        page.name for page in (ROOT / "pages").glob("*.py") if page.name != "__init__.py"
    }


def test_every_environment_variable_is_in_the_readme_and_the_other_way_round() -> None:
    programs = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py")]
    programs += (ROOT / "segmentation").rglob("*.py")
    read = {
        name for page in programs for name in VARIABLE.findall(page.read_text(encoding="utf-8"))
    }
    assert set(VARIABLE.findall(text_of("README.md"))) == read


def test_the_changelog_speaks_of_this_version() -> None:
    assert f"\n## {__version__} – " in text_of("CHANGELOG.md")
