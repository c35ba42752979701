"""Reads a page the way a strict browser would, and says what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_HEADINGS = {"h1", "h2", "h3", "h4"}


@dataclass
class Page:
    """What a test asks of a page."""

    text: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)
    inputs: list[dict[str, str]] = field(default_factory=list)
    language: str = ""
    classes: str = ""
    direction: str = ""
    faults: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._open: list[str] = []
        self._heading = ""
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if len(values) != len(attrs):
            self.page.faults.append(f"<{tag}> says an attribute twice")
        self._note(tag, values)
        if tag not in _VOID:
            self._open.append(tag)
        if tag in _HEADINGS:
            self._heading = ""

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False
        if not self._open or self._open[-1] != tag:
            self.page.faults.append(f"</{tag}> closes {self._open[-1:]}")
            return
        self._open.pop()
        if tag in _HEADINGS:
            self.page.headings.append((int(tag[1]), self._heading.strip()))

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.page.faults.append(f"a script stands in the page: {data[:20]}")
            return
        self.page.text += data
        self._heading += data

    def _note(self, tag: str, values: dict[str, str]) -> None:
        page = self.page
        if "style" in values or any(name.startswith("on") for name in values):
            page.faults.append(f"<{tag}> brings what the page's own policy forbids")
        if tag == "script":
            self._in_script = True
            if not values.get("src", "").startswith("/static/") or "defer" not in values:
                page.faults.append("a script that is not a file of this hub, read after the page")
        if tag == "html":
            page.language, page.classes = values.get("lang", ""), values.get("class", "")
            page.direction = values.get("dir", "")
        if "id" in values:
            page.ids.append(values["id"])
        if tag == "a":
            page.links.append(values.get("href", ""))
        if tag == "form":
            page.forms.append(values)
        if tag == "label":
            page.labelled.add(values.get("for", ""))
        if tag == "input":
            page.inputs.append(values)

    def close(self) -> None:
        super().close()
        if self._open:
            self.page.faults.append(f"never closed: {self._open}")


def read(html: str) -> Page:
    """The page, with its faults."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    page = reader.page
    levels = [level for level, _ in page.headings]
    if levels.count(1) != 1 or levels[:1] != [1]:
        page.faults.append(f"headings begin {levels[:3]}, not with one h1")
    jumps = pairwise(levels)
    page.faults += [f"h{a} is followed by h{b}" for a, b in jumps if b > a + 1]
    if len(set(page.ids)) != len(page.ids):
        page.faults.append(f"an id stands twice: {page.ids}")
    for each in page.inputs:
        if each.get("type") != "hidden" and each.get("id") not in page.labelled:
            page.faults.append(f"an input has no label: {each}")
    if not page.language:
        page.faults.append("the page names no language")
    return page
