"""Whatever the views can show is registered, so that it is measured and looked at."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import get_args

import pytest

import kiosk.views
from access import registry
from access.registry import visits
from access.visit import Known, Visit, at
from kiosk.core import routes
from kiosk.core.case import Acting, Case, Whom
from kiosk.core.choices import Choices, Language
from kiosk.core.session import Session
from kiosk.store.catalog_reader import CatalogReader
from kiosk.views import out_of_order
from tests.access import odd_city

VIEWS = Path(kiosk.views.__file__).parent
# these make no page: the window, and what is about keys
NO_PAGES = {"window.py"}


@pytest.fixture(scope="module")
def registered(demo: CatalogReader) -> dict[str, Visit]:
    return visits(Known(demo, Language.CHINESE))


def test_every_place_has_a_visit(registered: dict[str, Visit]) -> None:
    seen = {type(visit.session.route) for visit in registered.values()}
    assert seen == set(get_args(routes.Route))


def _names_in(tree: ast.Module) -> Iterator[str]:
    """The names that pages are given in a file: what stands before a colon, where one varies."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        called = node.func.id if isinstance(node.func, ast.Name) else called
        named = [key.value for key in node.keywords if key.arg == "name"]
        given = node.args[:1] if called == "page" else named if called == "Page" else []
        for name in given:
            if isinstance(name, ast.JoinedStr) and isinstance(name.values[0], ast.Constant):
                yield str(name.values[0].value).partition(":")[0]
            elif isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield name.value.partition(":")[0]


def test_every_page_of_the_views_is_registered(demo: CatalogReader) -> None:
    pages = registry.pages(demo, Choices(), str)
    shown = {page.name.partition(":")[0] for page in (one.page for one in pages.values())}
    files = [file for file in VIEWS.rglob("*.py") if file.name not in NO_PAGES]
    named = {name for file in files for name in _names_in(ast.parse(file.read_text("utf-8")))}
    assert len(named) >= 14
    assert named == shown


def test_every_line_of_the_views_is_run_by_a_visit_or_a_record(demo: CatalogReader) -> None:
    """A state that the views tell apart is a line of theirs; a new one needs a visit."""
    run = _lines_run(demo)
    missed = {
        f"{file.relative_to(VIEWS)}:{line} {text}"
        for file in VIEWS.rglob("*.py")
        if file.name not in NO_PAGES
        for line, text in _lines_of(file)
        if (file, line) not in run
    }
    assert not missed, "\n".join(sorted(missed))


def _lines_run(demo: CatalogReader) -> set[tuple[Path, int]]:
    """File and line of everything that runs while all pages are made."""
    run: set[tuple[str, int]] = set()
    views = f"{VIEWS}{os.sep}"

    def trace(frame: FrameType, _event: str, _argument: object) -> object:
        """Asked at every call of anything: no more than two strings are compared here."""
        return trace_line(frame) if frame.f_code.co_filename.startswith(views) else None

    def trace_line(frame: FrameType, _event: str = "", _argument: object = None) -> object:
        run.add((frame.f_code.co_filename, frame.f_lineno))
        return trace_line

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        _make_all_pages(demo)
    finally:
        sys.settrace(before)
    return {(Path(file), line) for file, line in run}


def _make_all_pages(demo: CatalogReader) -> None:
    for language in (Language.CHINESE, Language.ENGLISH):
        registry.pages(demo, Choices(language=language), str)
        registry.pages(demo, Choices(language=language, steady=True), str)
    out_of_order.page(str)
    for visit in (*map(Visit, _moments(demo)), *odd_city.moments(demo)):
        registry.page_of(visit, demo, Choices(), str)


def _moments(demo: CatalogReader) -> Iterator[Session]:
    """Every record on the places that are about one."""
    for group in demo.groups():
        yield at(routes.GroupPage(group=group.id))
        for service in demo.services_of(group.id):
            yield from _with_service(service.id)
    for event in demo.events():
        yield at(routes.EventPage(event=event.id))
        yield at(routes.PlanPage(event=event.id))


def _with_service(id: str) -> Iterator[Session]:
    yield at(routes.ServicePage(service=id))
    yield at(routes.WherePage(service=id))
    yield at(routes.ListPage(), case=Case(services=(id,)))
    for acting in (
        Acting(Whom.PARENT, "frail"),
        Acting(Whom.CHILD, "under-16"),
        Acting(Whom.FRIEND),
    ):
        yield at(routes.ProxyPage(service=id), case=Case(acting=acting))


def _lines_of(file: Path) -> Iterator[tuple[int, str]]:
    """The lines of all functions of a file that can be run, with their text."""
    source = file.read_text("utf-8")
    text = source.splitlines()
    functions = _functions(compile(source, str(file), "exec"))
    starts = {code.co_firstlineno for code in functions}
    lines = {line for code in functions for _, _, line in code.co_lines() if line}
    for line in sorted(lines - starts):
        if not text[line - 1].strip().startswith(("@", "def ", "class ", "case _", "assert_never")):
            yield line, text[line - 1].strip()


def _functions(code: CodeType) -> list[CodeType]:
    inner = [one for one in code.co_consts if isinstance(one, CodeType)]
    named = [one for one in inner if not one.co_name.startswith("<")]
    functions = [one for one in named if one.co_flags & 0x0002]  # bodies of classes run on import
    return functions + [deep for one in inner for deep in _functions(one)]


def test_names_of_visits_are_words_for_files(registered: dict[str, Visit]) -> None:
    assert all(name.replace("-", "").isalnum() and name.islower() for name in registered)
    assert registry.OUT_OF_ORDER not in registered


def test_the_choices_of_a_sight_win_over_those_of_a_visit() -> None:
    visit = Visit(Session(choices=Choices(hold=True, steady=True)))
    choices = visit.choices(Choices(low_reach=True))
    assert (choices.hold, choices.steady, choices.low_reach) == (True, False, True)
