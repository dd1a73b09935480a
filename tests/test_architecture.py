"""The shape of the project: who imports whom, who looks at clock and environment, how long things are."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Each folder and what of ours it may import, besides itself; main.py is at the top.
MAY_IMPORT = {
    "main": {"commands"},
    "commands": {
        "automations",
        "community",
        "credentials",
        "engine",
        "mails",
        "reports",
        "sheets_schema",
        "workspace",
    },
    "engine": {"automations", "community", "credentials", "mails", "reports", "sheets_schema", "workspace"},
    "reports": {"automations", "community", "sheets_schema"},
    "mails": {"community", "sheets_schema"},
    "automations": {"community", "sheets_schema"},
    "workspace": {"community", "credentials"},
    "community": {"sheets_schema"},
    "sheets_schema": set[str](),
    "credentials": set[str](),
    "local_workspace": set[str](),
}
# Besides main.py: the local workspace is a program of its own; these measure, test and break.
AROUND = {"benchmarks", "tests", "torture"}
MAY_LOOK_AROUND = {"main", "local_workspace", *AROUND}
STARTS_THE_LOCAL_WORKSPACE = "commands/workspace.py"
# oauthlib takes a word in the environment for "plain http is fine on this machine", and no argument.
MAY_SET_THE_ENVIRONMENT = "credentials/login.py"
# The demo plays the organizer by the local workspace's controls, which are no API of Google's.
MAY_PLAY_THE_ORGANIZER = "commands/demo_hand.py"
LOOKING_AROUND = {
    "os.environ",
    "os.getenv",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.monotonic",
}
LONGEST_FILE = 300
LONGEST_FUNCTION = 60
LARGEST_LOCAL_WORKSPACE = 6000  # lines that are not blank


def sources() -> list[Path]:
    """Every Python file of the project."""
    folders = [ROOT / name for name in (*MAY_IMPORT, *sorted(AROUND))]
    return [ROOT / "main.py", *(path for folder in folders for path in sorted(folder.rglob("*.py")))]


def name(path: Path) -> str:
    """The file as people name it, from the project's folder."""
    return path.relative_to(ROOT).as_posix()


def part(path: Path) -> str:
    """The folder that a file belongs to; `main` for main.py."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    """The parsed sources."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sources()}


def imported(tree: ast.Module) -> Iterator[str]:
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""


def test_imports_go_one_way(trees: dict[Path, ast.Module]) -> None:
    wrong = [
        f"{name(path)} imports {module}"
        for path, tree in trees.items()
        if part(path) in MAY_IMPORT
        for module in imported(tree)
        if (other := module.partition(".")[0]) in {*MAY_IMPORT, *AROUND}
        and other not in {part(path), *MAY_IMPORT[part(path)]}
        and (name(path), other) != (STARTS_THE_LOCAL_WORKSPACE, "local_workspace")
    ]

    assert wrong == []


def test_only_the_entry_point_looks_at_clock_and_environment(trees: dict[Path, ast.Module]) -> None:
    wrong = [
        f"{name(path)}:{node.lineno} calls {ast.unparse(node)}"
        for path, tree in trees.items()
        if part(path) not in MAY_LOOK_AROUND and name(path) != MAY_SET_THE_ENVIRONMENT
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in LOOKING_AROUND
    ]

    assert wrong == []


def test_nothing_is_printed(trees: dict[Path, ast.Module]) -> None:
    wrong = [
        f"{name(path)}:{node.lineno}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print"
    ]

    assert wrong == []


def test_only_the_edges_speak_to_the_network(trees: dict[Path, ast.Module]) -> None:
    clients = {"requests", "googleapiclient", "gspread", "httplib2", "google", "urllib3"}
    speaking = {
        part(path)
        for path, tree in trees.items()
        if part(path) not in AROUND and name(path) != MAY_PLAY_THE_ORGANIZER
        for module in imported(tree)
        if module.partition(".")[0] in clients
    }

    assert speaking == {"workspace", "credentials"}


def test_files_are_of_one_idea() -> None:
    files = (path for path in sources() if part(path) != "tests")
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}

    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_local_workspace_stays_small() -> None:
    files = (path for path in sources() if part(path) == "local_workspace")
    lines = (line for path in files for line in path.read_text(encoding="utf-8").splitlines())

    assert sum(bool(line.strip()) for line in lines) <= LARGEST_LOCAL_WORKSPACE


def test_functions_are_of_one_thought(trees: dict[Path, ast.Module]) -> None:
    long = {
        f"{name(path)}:{node.name}": length
        for path, tree in trees.items()
        if part(path) != "tests"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }

    assert long == {}
