"""What is promised in writing is there: docstrings and types on everything public, README's commands."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = (
    "automations",
    "benchmarks",
    "commands",
    "community",
    "credentials",
    "engine",
    "local_workspace",
    "mails",
    "reports",
    "sheets_schema",
    "torture",
    "workspace",
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every source file outside tests, parsed."""
    files = [ROOT / "main.py", *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]
    for path in sorted(files):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def public(node: ast.Module | ast.ClassDef) -> Iterator[tuple[str, Function | ast.ClassDef]]:
    """Public functions, classes and methods of a module or class, with their dotted names."""
    for child in node.body:
        if not isinstance(child, Function | ast.ClassDef) or child.name.startswith("_"):
            continue
        yield child.name, child
        if isinstance(child, ast.ClassDef):
            yield from ((f"{child.name}.{name}", inner) for name, inner in public(child))


def arguments(function: Function) -> list[ast.arg]:
    """Every argument but self and cls."""
    spec = function.args
    every = [*spec.posonlyargs, *spec.args, *spec.kwonlyargs, spec.vararg, spec.kwarg]
    return [arg for arg in every if arg and arg.arg not in {"self", "cls"}]


def test_every_module_says_what_it_is() -> None:
    assert [path for path, tree in modules() if not ast.get_docstring(tree)] == []


def test_everything_public_has_a_docstring() -> None:
    bare = [
        f"{path}:{name}"
        for path, tree in modules()
        for name, node in public(tree)
        if not ast.get_docstring(node)
    ]

    assert bare == []


def test_everything_public_is_typed() -> None:
    untyped = [
        f"{path}:{name}"
        for path, tree in modules()
        for name, node in public(tree)
        if isinstance(node, Function)
        and (node.returns is None or any(argument.annotation is None for argument in arguments(node)))
    ]

    assert untyped == []


def test_commands_of_the_readme_are_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8")))

    assert {"demo", "test"} <= named <= targets


def test_ci_runs_the_same_tests() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if line and not line.startswith(("#", "set", "cd"))] == ["make test"]
