"""A person helps: what each state of a call says, and that no state is a dead end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from access.visit import HALL, MONDAY_MORNING, at
from kiosk.core.catalog import Catalog
from kiosk.core.help_call import CallState, HelpCall
from kiosk.core.local import Local
from kiosk.core.routes import Back, CallStaff, CancelCall, GroupsPage, HelpPage
from kiosk.core.session import Session, after
from kiosk.core.value import replace
from kiosk.ui.page import Line, Notice, Page, Panel, Tile, Tiles
from kiosk.views.factory import page_for
from kiosk.views.scene import Scene

STAFFED = Local(kiosk=1, calls_staff=True)
OPEN = [state for state in CallState if state.is_open]


def page_of(demo: Catalog, session: Session, local: Local = STAFFED) -> Page:
    return page_for(Scene(session, demo, lambda words: words, HALL, MONDAY_MORNING, local=local))


def calling(state: CallState | None, desk: str = "") -> Session:
    call = None if state is None else HelpCall(1, state=state, desk=desk)
    return replace(at(HelpPage()), call=call)


def dock_of(page: Page) -> dict[str, Tile]:
    return {
        tile.name: tile for block in page.dock if isinstance(block, Tiles) for tile in block.tiles
    }


def words_of(page: Page) -> Iterator[str]:
    for block in page.blocks:
        parts = block.lines if isinstance(block, Panel) else (block,)
        for part in parts:
            if isinstance(part, Notice | Line):
                yield f"{part.title} {part.text}"


def test_one_touch_calls_somebody(demo: Catalog) -> None:
    session = calling(None)
    tile = dock_of(page_of(demo, session))["help:call"]
    assert (tile.title, tile.tone) == ("叫人过来", "primary")
    assert isinstance(tile.act, CallStaff)
    called = after(session, tile.act).call
    assert called is not None
    assert called.state is CallState.CALLING


@pytest.mark.parametrize("state", OPEN)
def test_an_open_call_can_be_taken_back_and_one_can_go_on(demo: Catalog, state: CallState) -> None:
    dock = dock_of(page_of(demo, calling(state)))
    assert {name: tile.act for name, tile in dock.items()} == {
        "help:on": Back(),
        "help:cancel": CancelCall(),
    }


@pytest.mark.parametrize("state", [CallState.CLOSED, CallState.UNREACHABLE])
def test_a_call_that_has_ended_can_be_placed_again(demo: Catalog, state: CallState) -> None:
    tile = dock_of(page_of(demo, calling(state)))["help:call"]
    assert (tile.title, tile.act) == ("再叫一次", CallStaff())


@pytest.mark.parametrize("state", [None, *CallState])
def test_every_state_names_the_desk_and_emergencies(demo: Catalog, state: CallState | None) -> None:
    hall = demo.hall(HALL)
    assert hall is not None
    words = "\n".join(words_of(page_of(demo, calling(state))))
    assert hall.help_desk.zh in words
    assert "120" in words


@pytest.mark.parametrize("local", [STAFFED, Local()])
def test_where_nobody_can_be_called_the_counter_and_the_phone_are_said(
    demo: Catalog, local: Local
) -> None:
    session = calling(CallState.UNREACHABLE if local.calls_staff else None)
    page = page_of(demo, session, local)
    first = next(words_of(page))
    assert "导服台" in first
    assert any(demo.city().hotline in words for words in words_of(page))


def test_a_hall_without_a_line_offers_no_call(demo: Catalog) -> None:
    assert dock_of(page_of(demo, calling(None), Local())) == {}


def test_who_comes_and_to_whom_it_was_given_is_said(demo: Catalog) -> None:
    for state in (CallState.COMING, CallState.FORWARDED):
        assert "2楼户籍窗口" in next(words_of(page_of(demo, calling(state, "2楼户籍窗口"))))


def test_every_screen_says_what_has_become_of_a_call(demo: Catalog) -> None:
    seen = {}
    for state in (None, *CallState):
        session = replace(calling(state), trail=at(GroupsPage()).trail)
        tile = next(one for one in page_of(demo, session).bar if one.name == "bar:help")
        assert tile.title in tile.others
        seen[state] = (tile.title, tile.tone)
    assert seen[CallState.COMING] == ("有人来了", "yes")
    assert seen[CallState.UNREACHABLE] == ("叫不到人", "warning")
    assert seen[None] == seen[CallState.CLOSED] == ("找人帮忙", "primary")
