"""What can be chosen, where it is chosen, and that it is said and seen whether it is on."""

from __future__ import annotations

import pytest

from kiosk.core import routes
from kiosk.core.choices import (
    VOLUMES,
    Choices,
    Contrast,
    Language,
    Speech,
    Speed,
    TextSize,
)
from kiosk.core.routes import Choose, GiveBack, Go, LendToStaff
from kiosk.core.session import Session, after
from kiosk.core.value import replace
from kiosk.ui.page import Heading, Page, Tile, Tiles
from kiosk.views.factory import page_for
from kiosk.views.scene import Scene
from tests.builders import MONDAY_MORNING, TableCatalog

FEW = [Choices(size=TextSize.LARGER), Choices(size=TextSize.LARGEST), Choices(steady=True)]
MANY = [Choices(), Choices(size=TextSize.LARGE), Choices(low_reach=True, hold=True)]


def page_of(session: Session, voice_works: bool = True) -> Page:
    scene = Scene(session, TableCatalog(), str, "here", MONDAY_MORNING, voice_works=voice_works)
    return page_for(scene)


def at(*places: routes.Route, **visit: object) -> Session:
    return Session(trail=(routes.Welcome(), routes.Home(), *places), **visit)  # type: ignore[arg-type]


def tiles_of(page: Page) -> dict[str, Tile]:
    found = (*page.blocks, *page.dock)
    tiles = [tile for block in found if isinstance(block, Tiles) for tile in block.tiles]
    return {tile.name: tile for tile in (*tiles, *page.bar)}


def names_of(page: Page) -> list[str]:
    return [tile.name for tile in page.bar]


def choose(session: Session, name: str) -> Choices:
    """The choices after a tile of the page was touched."""
    act = tiles_of(page_of(session))[name].act
    return after(session, act).choices  # type: ignore[arg-type]


# the bar ------------------------------------------------------------------------------------


@pytest.mark.parametrize("choices", MANY)
def test_the_bar_has_six_places(choices: Choices) -> None:
    assert names_of(page_of(at(routes.HallsPage(), choices=choices))) == [
        "bar:back",
        "bar:home",
        "bar:size",
        "bar:aloud",
        "bar:display",
        "bar:help",
    ]


@pytest.mark.parametrize("choices", FEW)
def test_the_bar_has_four_places_where_text_or_hands_need_room(choices: Choices) -> None:
    page = page_of(at(routes.HallsPage(), choices=choices))
    assert names_of(page) == ["bar:back", "bar:home", "bar:display", "bar:help"]


@pytest.mark.parametrize("choices", [*FEW, *MANY])
def test_while_staff_hold_the_machine_the_bar_leads_back(choices: Choices) -> None:
    mine = Choices(size=TextSize.LARGEST, contrast=Contrast.DARK)
    session = at(routes.HallsPage(), choices=choices, set_aside=mine)
    page = page_of(session)
    assert "bar:give-back" in names_of(page)
    assert len(page.bar) == len(page_of(replace(session, set_aside=None)).bar)
    assert choose(session, "bar:give-back") == mine


def test_help_is_the_last_and_the_only_filled_place() -> None:
    for choices in (*FEW, *MANY):
        bar = page_of(at(choices=choices)).bar
        assert [tile.tone for tile in bar] == ["plain"] * (len(bar) - 1) + ["primary"]


def test_from_the_home_screen_the_way_back_is_the_end() -> None:
    assert page_of(at()).bar[0].title == "结束"
    assert page_of(at(routes.HallsPage())).bar[0].title == "返回"


def test_a_place_of_the_bar_keeps_room_for_every_title_it_gets() -> None:
    """Or the bar would grow when the voice goes on."""
    states = [
        at(),
        at(routes.HallsPage()),
        at(choices=Choices(speech=Speech(on=True))),
        at(set_aside=Choices()),
    ]
    bars = [page_of(session, works).bar for session in states for works in (True, False)]
    for place in zip(*bars, strict=True):
        titles = {tile.title for tile in place}
        assert all(titles <= {tile.title, *tile.others} for tile in place)


# the voice ----------------------------------------------------------------------------------


def test_reading_aloud_goes_on_and_off_in_one_place() -> None:
    session = at()
    tile = tiles_of(page_of(session))["bar:aloud"]
    assert (tile.title, tile.icon, tile.tone) == ("读给我听", "volume", "plain")
    reading = replace(session, choices=choose(session, "bar:aloud"))
    assert reading.choices.speech.on
    tile = tiles_of(page_of(reading))["bar:aloud"]
    assert (tile.title, tile.tone) == ("别读了", "tint")
    assert tile.icon != "volume"
    assert not choose(reading, "bar:aloud").speech.on


@pytest.mark.parametrize("name", ["bar:aloud", "voice:on"])
def test_a_machine_without_a_voice_says_so(name: str) -> None:
    tile = tiles_of(page_of(at(routes.DisplayPage()), voice_works=False))[name]
    assert (tile.title, tile.icon, tile.enabled) == ("现在没有声音", "volume-off", False)


def test_a_curtain_does_not_outlive_the_voice() -> None:
    session = at(choices=Choices(speech=Speech(on=True, curtain=True)))
    assert choose(session, "bar:aloud").speech == Speech()


# the page of all choices --------------------------------------------------------------------


def all_choices(choices: Choices = Choices()) -> Session:  # noqa: B008 — frozen
    return at(routes.DisplayPage(), choices=choices)


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        *((f"size:{size}", "size", size) for size in TextSize),
        *((f"look:{look}", "contrast", look) for look in Contrast),
        *((f"language:{language}", "language", language) for language in Language),
        ("hand:steady", "steady", True),
        ("hand:hold", "hold", True),
        ("hand:low", "low_reach", True),
        ("voice:on", "speech", Speech(on=True)),
    ],
)
def test_one_touch_chooses_one_thing(name: str, field: str, value: object) -> None:
    assert choose(all_choices(), name) == replace(Choices(), **{field: value})


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("voice:slower", Speech(True, speed=Speed.SLOW)),
        ("voice:faster", Speech(True, speed=Speed.FAST)),
        ("voice:quieter", Speech(True, volume=5)),
        ("voice:louder", Speech(True, volume=7)),
        ("voice:curtain", Speech(True, curtain=True)),
    ],
)
def test_the_voice_changes_by_steps_while_it_is_heard(name: str, step: Speech) -> None:
    session = all_choices(Choices(speech=Speech(on=True)))
    assert choose(session, name).speech == step
    assert name not in tiles_of(page_of(all_choices()))


def test_a_step_says_where_the_voice_stands_and_ends_at_the_ends() -> None:
    loud = Speech(True, Speed.FASTEST, VOLUMES[-1])
    tiles = tiles_of(page_of(all_choices(Choices(speech=loud))))
    assert "7/7" in tiles["voice:slower"].text
    assert "10/10" in tiles["voice:quieter"].text
    assert tiles["voice:slower"].enabled
    assert not tiles["voice:faster"].enabled
    assert not tiles["voice:louder"].enabled


@pytest.mark.parametrize("name", ["hand:steady", "hand:hold", "hand:low", "voice:on"])
def test_whether_something_is_on_is_told_by_words_and_by_a_sign(name: str) -> None:
    off = tiles_of(page_of(all_choices()))[name]
    chosen = choose(all_choices(), name)
    on = tiles_of(page_of(all_choices(chosen)))[name]
    assert (off.chosen, on.chosen) == (False, True)
    assert off.icon != on.icon
    assert off.text.startswith("没开")
    assert on.text.startswith("开着")
    assert choose(all_choices(chosen), name) == Choices()  # the same touch takes it back


def test_every_language_is_called_by_its_own_name_in_its_own_script() -> None:
    for language in Language:
        tiles = tiles_of(page_of(all_choices(Choices(language))))
        names = [tiles[f"language:{one}"].title for one in Language]
        assert names == ["中文", "English", "ئۇيغۇرچە"]


def test_what_most_people_look_for_comes_first() -> None:
    page = page_of(all_choices())
    headings = [block.text for block in page.blocks if isinstance(block, Heading)]
    assert headings[:2] == ["字的大小", "颜色"]


def test_two_switches_and_keys_are_learnt_from_here() -> None:
    tiles = tiles_of(page_of(all_choices()))
    assert tiles["keys:switches"].act == Go(routes.SwitchesPage())
    assert tiles["keys:practice"].act == Go(routes.PracticePage())


def test_everything_is_taken_back_at_once() -> None:
    changed = Choices(Language.CHINESE, TextSize.LARGEST, Contrast.DARK, steady=True, hold=True)
    assert choose(all_choices(changed), "display:reset") == Choices()
    assert not tiles_of(page_of(all_choices()))["display:reset"].enabled


# before a visit -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
def test_the_first_screen_offers_the_other_languages(language: Language) -> None:
    tiles = tiles_of(page_of(Session(choices=Choices(language))))
    offered = {one for one in Language if f"welcome:{one}" in tiles}
    assert offered == set(Language) - {language}
    for one in offered:
        assert tiles[f"welcome:{one}"].act == Choose(Choices(one))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("welcome:size", Choices(size=TextSize.LARGE)),
        ("welcome:contrast", Choices(contrast=Contrast.LIGHT)),
        ("welcome:aloud", Choices(speech=Speech(on=True))),
        ("welcome:low", Choices(low_reach=True)),
    ],
)
def test_nobody_has_to_begin_in_order_to_read_hear_or_reach(name: str, expected: Choices) -> None:
    assert choose(Session(), name) == expected


def test_the_way_down_is_also_the_way_up() -> None:
    low = Session(choices=Choices(low_reach=True))
    assert choose(low, "welcome:low") == Choices()
    assert tiles_of(page_of(low))["welcome:low"].title != "低一点"


# staff --------------------------------------------------------------------------------------


def test_staff_sign_in_from_the_help_page_and_give_back_there() -> None:
    session = at(routes.HelpPage(), choices=Choices(size=TextSize.LARGEST, steady=True))
    tiles = tiles_of(page_of(session))
    assert tiles["help:staff"].act == Go(routes.SignInPage())
    lent = after(session, LendToStaff())
    tiles = tiles_of(page_of(lent))
    assert tiles["help:give-back"].act == GiveBack()
    assert "help:staff" not in tiles
    assert after(lent, GiveBack()).choices == session.choices


# holding ------------------------------------------------------------------------------------


def test_a_touch_that_was_too_short_is_told_only_to_those_who_hold() -> None:
    assert page_of(at()).hint == ""
    held = at(choices=Choices(hold=True))
    assert page_of(held).hint == "按住，等一下再松手"
    assert not page_of(held).is_hinting
    assert page_of(replace(held, too_short=True)).is_hinting
