"""The borders and budgets of the code, each a rule that names the lines which break it.

A rule is a function from one source file to sentences about its breaches. Every rule is applied to
the whole tree and, below, to an example that it must catch and one that it must accept. What
import-linter can say (who imports whom) is in pyproject.toml.
"""

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[1]

PAGE_LINES = 100
ENTRY_LINES = 40
FILE_LINES = 300
FUNCTION_CODE_LINES = 40
ARGUMENTS = 6
FILE_BYTES = 500_000
# Made by scripts of ours; the gazetteer has a budget of its own (tests/gazetteer/test_tables.py).
MADE = ("sample_data/", "segmentation/gazetteer/data/")

VAGUE_NAMES = frozenset(
    {"common", "helper", "helpers", "misc", "type", "types", "util", "utils"},
)
# Absolute places on one machine: homes, the administrator's, and where checkouts are mounted.
MACHINE_PATH = re.compile(
    r"(?<![\w.:/~-])/(?:(?:home|Users)/\w[\w.-]*|root|tmp|work|workspace|farm|mnt)/|[A-Z]:\\Users\\"
)

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One file of the project; ``path`` is relative to its root, with forward slashes."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def functions(self) -> list[FunctionNode]:
        return [node for node in ast.walk(self.tree) if isinstance(node, FunctionNode)]

    @cached_property
    def tokens(self) -> list[tokenize.TokenInfo]:
        return list(tokenize.generate_tokens(io.StringIO(self.text).readline))

    @property
    def room(self) -> str:
        return PurePosixPath(self.path).parts[0]

    @property
    def is_python(self) -> bool:
        return self.path.endswith(".py")

    @property
    def is_program(self) -> bool:
        return self.is_python and self.room != "tests"

    @property
    def is_page(self) -> bool:
        return self.is_python and str(PurePosixPath(self.path).parent) == "pages"


Rule = Callable[[Source], Iterator[str]]


# What the rules look at -------------------------------------------------------------------


def code_lines(source: Source, function: FunctionNode) -> int:
    """Lines of a function that hold code: without docstring, comments and blank lines."""
    silent = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    docstring = range(0)
    if ast.get_docstring(function) is not None:
        first = function.body[0]
        docstring = range(first.lineno, (first.end_lineno or first.lineno) + 1)
    lines = {
        line
        for token in source.tokens
        if token.type not in silent
        and function.lineno <= token.start[0] <= (function.end_lineno or function.lineno)
        for line in range(token.start[0], token.end[0] + 1)
    }
    return len(lines - set(docstring))


def arguments(function: FunctionNode) -> list[str]:
    """Names a caller may fill; ``self`` and ``cls`` are Python's own."""
    given = function.args
    named = [*given.posonlyargs, *given.args, given.vararg, *given.kwonlyargs, given.kwarg]
    return [a.arg for a in named if a is not None and a.arg not in {"self", "cls"}]


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and module of every import, wherever in the file it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module


def caught(node: ast.expr | None) -> Iterator[str]:
    """Names of the exceptions in an ``except`` clause or a ``suppress`` call."""
    if isinstance(node, ast.Tuple):
        for part in node.elts:
            yield from caught(part)
    elif node is not None:
        yield ast.unparse(node).rpartition(".")[2]


def public(
    body: list[ast.stmt], owner: str = ""
) -> Iterator[tuple[str, FunctionNode | ast.ClassDef]]:
    """Public functions and classes of a module, and the public methods of the latter."""
    for node in body:
        if not isinstance(node, FunctionNode | ast.ClassDef) or node.name.startswith("_"):
            continue
        marks = {ast.unparse(mark).rpartition(".")[2] for mark in node.decorator_list}
        if marks & {"overload", "setter", "deleter"}:
            continue
        yield owner + node.name, node
        if isinstance(node, ast.ClassDef):
            yield from public(node.body, f"{owner}{node.name}.")


def export_order(name: str) -> tuple[int, str]:
    """CONSTANTS, then Classes, then functions: the order that ruff keeps, too."""
    if len(name) > 1 and name.isupper():
        return 0, name
    return (1 if name[:1].isupper() else 2), name


# The rules --------------------------------------------------------------------------------


def a_file_fits_an_idea(source: Source) -> Iterator[str]:
    if not source.is_program:
        return
    budget = PAGE_LINES if source.is_page else FILE_LINES
    if source.path == "app.py":
        budget = ENTRY_LINES
    if (lines := len(source.text.splitlines())) > budget:
        yield f"{source.path}: {lines} lines, at most {budget}"


def a_function_fits_the_eye(source: Source) -> Iterator[str]:
    if not source.is_program:
        return
    for function in source.functions:
        if (lines := code_lines(source, function)) > FUNCTION_CODE_LINES:
            yield (
                f"{source.path}:{function.lineno}: {function.name} has {lines} code lines, "
                f"at most {FUNCTION_CODE_LINES}"
            )


def a_function_takes_few_arguments(source: Source) -> Iterator[str]:
    if not source.is_program:
        return
    for function in source.functions:
        if len(taken := arguments(function)) > ARGUMENTS:
            yield (
                f"{source.path}:{function.lineno}: {function.name} takes {len(taken)} arguments, "
                f"at most {ARGUMENTS}"
            )


def session_state_has_one_door(source: Source) -> Iterator[str]:
    yield from _kept_in(source, {"session_state"}, "pages/ui/state.py")


def caches_have_one_door(source: Source) -> Iterator[str]:
    yield from _kept_in(source, {"cache_data", "cache_resource"}, "pages/ui/compute.py")


def _kept_in(source: Source, names: set[str], home: str) -> Iterator[str]:
    if not source.is_program or source.path == home:
        return
    for token in source.tokens:
        if token.type == tokenize.NAME and token.string in names:
            yield f"{source.path}:{token.start[0]}: {token.string} belongs in {home} only"


def the_library_knows_no_streamlit(source: Source) -> Iterator[str]:
    if not (source.is_python and source.room == "segmentation"):
        return
    for line, module in imported(source.tree):
        if module.split(".")[0] == "streamlit":
            yield f"{source.path}:{line}: the library must not import streamlit"


def only_charts_knows_altair(source: Source) -> Iterator[str]:
    if not source.is_program or source.path.startswith("segmentation/charts"):
        return
    for line, module in imported(source.tree):
        if module.split(".")[0] == "altair":
            yield f"{source.path}:{line}: altair belongs in segmentation.charts only"


def an_exception_is_caught_by_its_name(source: Source) -> Iterator[str]:
    if not source.is_python:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler):
            if node.type is None:
                yield f"{source.path}:{node.lineno}: bare except"
            names = set(caught(node.type))
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
            names = {name for argument in node.args for name in caught(argument)}
        else:
            continue
        if names & {"Exception", "BaseException"}:
            yield f"{source.path}:{node.lineno}: catches every exception"


def a_module_is_named_by_what_it_holds(source: Source) -> Iterator[str]:
    if not source.is_python:
        return
    for part in PurePosixPath(source.path).with_suffix("").parts:
        if part in VAGUE_NAMES:
            yield f"{source.path}: {part!r} says nothing about what is inside"


def what_is_public_is_explained(source: Source) -> Iterator[str]:
    if not (source.is_python and source.room == "segmentation"):
        return
    if ast.get_docstring(source.tree) is None:
        yield f"{source.path}: the module has no docstring"
    for name, node in public(source.tree.body):
        if ast.get_docstring(node) is None:
            yield f"{source.path}:{node.lineno}: {name} has no docstring"


def exports_are_sorted(source: Source) -> Iterator[str]:
    if not source.is_python:
        return
    for node in source.tree.body:
        if (
            isinstance(node, ast.Assign)
            and ast.unparse(node.targets[0]) == "__all__"
            and (names := list(ast.literal_eval(node.value))) != sorted(names, key=export_order)
        ):
            yield f"{source.path}:{node.lineno}: __all__ is not sorted"


def streamlit_is_configured_in_one_file(source: Source) -> Iterator[str]:
    if ".streamlit" in PurePosixPath(source.path).parts and source.path != ".streamlit/config.toml":
        yield f"{source.path}: only .streamlit/config.toml is part of the project"


def no_line_names_a_place_on_one_machine(source: Source) -> Iterator[str]:
    for number, line in enumerate(source.text.splitlines(), start=1):
        if found := MACHINE_PATH.search(line):
            yield f"{source.path}:{number}: {found[0]!r} exists on one machine only"


RULES: tuple[Rule, ...] = (
    a_file_fits_an_idea,
    a_function_fits_the_eye,
    a_function_takes_few_arguments,
    session_state_has_one_door,
    caches_have_one_door,
    the_library_knows_no_streamlit,
    only_charts_knows_altair,
    an_exception_is_caught_by_its_name,
    a_module_is_named_by_what_it_holds,
    what_is_public_is_explained,
    exports_are_sorted,
    streamlit_is_configured_in_one_file,
    no_line_names_a_place_on_one_machine,
)


# The tree ---------------------------------------------------------------------------------


def project_files() -> list[Path]:
    """Files that are, or would be, committed; in an unpacked archive, all but the hidden ones."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "-co", "--exclude-standard"]
    if (ROOT / ".git").exists():
        listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file()
        and not any(p.startswith(".") or p == "__pycache__" for p in path.relative_to(ROOT).parts)
    ]


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    """Every text file of the project that is small enough to have been written by hand."""
    found = []
    for path in project_files():
        content = path.read_bytes()
        if len(content) <= FILE_BYTES and b"\0" not in content:
            text = content.decode("utf-8", errors="replace")
            found.append(Source(path.relative_to(ROOT).as_posix(), text))
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_whole_tree_keeps_the_rule(rule: Rule, sources: list[Source]) -> None:
    breaches = [breach for source in sources for breach in rule(source)]
    assert not breaches, "\n".join(breaches)


def test_this_file_is_among_the_sources(sources: list[Source]) -> None:
    assert "tests/test_architecture.py" in {source.path for source in sources}


def test_large_files_are_samples() -> None:
    large = [
        path.relative_to(ROOT).as_posix()
        for path in project_files()
        if path.stat().st_size > FILE_BYTES
        and not path.relative_to(ROOT).as_posix().startswith(MADE)
    ]
    assert not large, f"over {FILE_BYTES} bytes: {large}"


# The rules themselves ---------------------------------------------------------------------


def _function(n_lines: int, inside: str = "    a = 1\n", arguments: str = "") -> str:
    return f"def f({arguments}):\n" + inside * n_lines


CAUGHT = [
    (a_file_fits_an_idea, "pages/start.py", "a = 1\n" * 101),
    (a_file_fits_an_idea, "pages/ui/frame.py", "a = 1\n" * 301),
    (a_file_fits_an_idea, "segmentation/study.py", "a = 1\n" * 301),
    (a_file_fits_an_idea, "app.py", "a = 1\n" * 41),
    (a_function_fits_the_eye, "segmentation/a.py", _function(40)),
    (a_function_fits_the_eye, "pages/ui/a.py", "class A:\n async def f(s):\n" + "  a = 1\n" * 40),
    (a_function_takes_few_arguments, "segmentation/a.py", "def f(a, b, *, c, d, e, g, h): ..."),
    (a_function_takes_few_arguments, "app.py", "def f(a, b, c, d, e, *args, **more): ..."),
    (session_state_has_one_door, "pages/start.py", "import streamlit as st\nst.session_state"),
    (session_state_has_one_door, "pages/ui/inputs.py", "from streamlit import session_state"),
    (caches_have_one_door, "pages/start.py", "@st.cache_data\ndef f(): ..."),
    (caches_have_one_door, "pages/ui/state.py", "@st.cache_resource(ttl=3)\ndef f(): ..."),
    (the_library_knows_no_streamlit, "segmentation/a.py", "def f():\n    import streamlit as st"),
    (the_library_knows_no_streamlit, "segmentation/a.py", "from streamlit.runtime import x"),
    (only_charts_knows_altair, "app.py", "import altair as alt"),
    (only_charts_knows_altair, "pages/ui/views.py", "from altair import Chart"),
    (an_exception_is_caught_by_its_name, "tests/test_a.py", "try: a\nexcept: b"),
    (an_exception_is_caught_by_its_name, "app.py", "try: a\nexcept Exception: b"),
    (an_exception_is_caught_by_its_name, "app.py", "try: a\nexcept (KeyError, BaseException): b"),
    (an_exception_is_caught_by_its_name, "app.py", "try: a\nexcept builtins.Exception as e: b"),
    (an_exception_is_caught_by_its_name, "app.py", "with contextlib.suppress(Exception): a"),
    (a_module_is_named_by_what_it_holds, "segmentation/intake/utils.py", ""),
    (a_module_is_named_by_what_it_holds, "pages/ui/helpers.py", ""),
    (a_module_is_named_by_what_it_holds, "segmentation/common/reading.py", ""),
    (a_module_is_named_by_what_it_holds, "tests/types.py", ""),
    (what_is_public_is_explained, "segmentation/a.py", "a = 1"),
    (what_is_public_is_explained, "segmentation/a.py", '"""A."""\ndef f(): ...'),
    (
        what_is_public_is_explained,
        "segmentation/a.py",
        '"""A."""\nclass B:\n  "B."\n  def f(s): ...',
    ),
    (exports_are_sorted, "segmentation/__init__.py", '__all__ = ["extract", "Solution"]'),
    (exports_are_sorted, "segmentation/__init__.py", '__all__ = ["Study", "Solution"]'),
    (streamlit_is_configured_in_one_file, ".streamlit/secrets.toml", ""),
    (streamlit_is_configured_in_one_file, "pages/.streamlit/config.toml", ""),
    (no_line_names_a_place_on_one_machine, "README.md", "cd /" + "home/ana/studio"),
    (no_line_names_a_place_on_one_machine, "docs/a.md", "see (/" + "Users/ana/a.csv)"),
    (no_line_names_a_place_on_one_machine, "app.py", 'open("/' + 'tmp/a.csv")'),
    (no_line_names_a_place_on_one_machine, "Makefile", "DATA = /" + "root/data"),
]

ACCEPTED = [
    (a_file_fits_an_idea, "pages/start.py", "a = 1\n" * 100),
    (a_file_fits_an_idea, "tests/test_a.py", "a = 1\n" * 301),
    (a_function_fits_the_eye, "segmentation/a.py", _function(39)),
    (
        a_function_fits_the_eye,
        "segmentation/a.py",
        _function(39, "    a = 1  # why\n    # why\n\n"),
    ),
    (
        a_function_fits_the_eye,
        "segmentation/a.py",
        'def f():\n    """One.\n' + "\n    more\n" * 40 + '    """\n    return 1\n',
    ),
    (a_function_takes_few_arguments, "app.py", "class A:\n  def f(self, a, b, c, d, e, g): ..."),
    (session_state_has_one_door, "pages/ui/state.py", "st.session_state"),
    (session_state_has_one_door, "pages/start.py", '"""Nothing of session_state here."""'),
    (session_state_has_one_door, "tests/pages/test_start.py", "app.session_state['a']"),
    (caches_have_one_door, "pages/ui/compute.py", "@st.cache_data\ndef f(): ..."),
    (the_library_knows_no_streamlit, "pages/start.py", "import streamlit as st"),
    (the_library_knows_no_streamlit, "segmentation/a.py", "import streamlit_free"),
    (only_charts_knows_altair, "segmentation/charts/sizes.py", "import altair as alt"),
    (an_exception_is_caught_by_its_name, "app.py", "try: a\nexcept (KeyError, OSError): b"),
    (a_module_is_named_by_what_it_holds, "segmentation/intake/kinds.py", ""),
    (what_is_public_is_explained, "segmentation/a.py", '"""A."""\ndef _f(): ...'),
    (what_is_public_is_explained, "segmentation/a.py", '"""A."""\n@typing.overload\ndef f(): ...'),
    (what_is_public_is_explained, "pages/start.py", "def f(): ..."),
    (exports_are_sorted, "segmentation/__init__.py", '__all__ = ["CAP", "Basis", "extract"]'),
    (streamlit_is_configured_in_one_file, ".streamlit/config.toml", ""),
    (no_line_names_a_place_on_one_machine, "README.md", "https://example.org/home/ana/ and tmp/a"),
    (no_line_names_a_place_on_one_machine, "README.md", "docs/home/ana/ and ~/home/ana/"),
]


@pytest.mark.parametrize(("rule", "path", "text"), CAUGHT)
def test_the_rule_catches_a_breach(rule: Rule, path: str, text: str) -> None:
    assert list(rule(Source(path, text)))


@pytest.mark.parametrize(("rule", "path", "text"), ACCEPTED)
def test_the_rule_accepts_what_it_should(rule: Rule, path: str, text: str) -> None:
    assert not list(rule(Source(path, text)))


def test_every_rule_is_itself_tested() -> None:
    assert set(RULES) == {rule for rule, _, _ in CAUGHT} == {rule for rule, _, _ in ACCEPTED}
