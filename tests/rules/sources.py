"""The project's own Python files, parsed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("kiosk", "hub", "db")
EVERYTHING = (*PRODUCT, "scripts", "benchmarks", "tests")


@cache
def parsed(folder: str) -> tuple[tuple[str, ast.Module], ...]:
    """Path below the root and syntax tree of every file of a folder."""
    files = sorted((ROOT / folder).rglob("*.py"))
    return tuple(
        (file.relative_to(ROOT).as_posix(), ast.parse(file.read_text("utf-8"))) for file in files
    )


def nodes(*folders: str) -> Iterator[tuple[str, ast.AST]]:
    """Every node of every file."""
    for folder in folders:
        for path, tree in parsed(folder):
            for node in ast.walk(tree):
                yield path, node


def called_name(node: ast.AST) -> str:
    """The last name of what is called: `sleep` of `time.sleep()`; nothing of other nodes."""
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def place(path: str, node: ast.AST) -> str:
    return f"{path}:{getattr(node, 'lineno', 0)}"
