"""Reads the project's documents: sections, tables, fenced blocks, code spans, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


def text_of(page: Path) -> str:
    return page.read_text("utf-8")


def fences(page: Path, *languages: str) -> Iterator[str]:
    return (body for language, body in _FENCE.findall(text_of(page)) if language in languages)


def prose(page: Path) -> str:
    return _FENCE.sub("", text_of(page))


def rows(markdown: str) -> Iterator[dict[str, str]]:
    """Every row of every table, by the names of its columns."""
    names: list[str] = []
    for line in markdown.splitlines():
        if not line.startswith("|"):
            names = []
            continue
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if not names:
            names = cells
        elif set("".join(cells)) - set("-:"):
            yield dict(zip(names, cells, strict=True))


def section(page: Path, title: str) -> str:
    """What stands under a heading, down to the next one of the same depth or less."""
    found = re.search(rf"^(#+) {re.escape(title)}$", text_of(page), re.MULTILINE)
    assert found, f"{page.name} has no heading {title}"
    rest = text_of(page)[found.end() :]
    end = re.search(rf"^#{{1,{len(found[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def spans(markdown: str) -> list[str]:
    """What stands between single backticks."""
    return _SPAN.findall(markdown)


def links(page: Path) -> list[str]:
    """Where the page's links lead, as they are written."""
    return _LINK.findall(prose(page))
