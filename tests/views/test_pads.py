"""The pads of the search screen: what stands on each, and what is dimmed."""

from __future__ import annotations

import string

import pytest

from kiosk.core.choices import Choices, TextSize
from kiosk.core.entry import Draft, Ink, Line, Pad, Reading
from kiosk.core.results import Results
from kiosk.core.routes import (
    AddStroke,
    ArrangeLetters,
    ChoosePad,
    Erase,
    Pick,
    SearchPage,
    Speak,
    Write,
)
from kiosk.core.session import after
from kiosk.ui.page import Block, Candidates, Cells, Field, Keys, Notice, Tile, Tiles
from kiosk.views import pads, search
from kiosk.views.scene import Scene
from tests.builders import MONDAY_MORNING, TableCatalog, make_session

LINE: Line = ((100, 100), (900, 100))
INK: Ink = (LINE,)


def scene(dictation_works: bool = False, **changes: object) -> Scene:
    session = make_session((SearchPage(),), **changes)
    return Scene(
        session=session,
        catalog=TableCatalog(),
        gettext=str,
        hall="here",
        now=MONDAY_MORNING,
        dictation_works=dictation_works,
    )


def tiles(shown: Scene) -> dict[str, Tile]:
    """Everything of the dock that can be touched."""
    found: list[Tile] = []
    for block in pads.dock(shown):
        match block:
            case Tiles(tiles=some) | Keys(keys=some) | Candidates(tiles=some) | Cells(keys=some):
                found += some
            case Field(erase=Tile() as erase):
                found.append(erase)
    return {tile.name: tile for tile in found}


def one(kind: type[Block], shown: Scene) -> Block:
    [found] = [block for block in pads.dock(shown) if isinstance(block, kind)]
    return found


def enabled(shown: Scene, prefix: str) -> str:
    named = (tile for name, tile in tiles(shown).items() if name.startswith(prefix))
    return "".join(tile.name.removeprefix(prefix) for tile in named if tile.enabled)


# ways to ask ------------------------------------------------------------------------------------


@pytest.mark.parametrize("pad", Pad)
def test_one_way_is_chosen_and_the_others_are_a_touch_away(pad: Pad) -> None:
    ways = [tile for name, tile in tiles(scene(True, pad=pad)).items() if name.startswith("pad:")]
    assert [tile.name for tile in ways if tile.chosen] == [f"pad:{pad.value}"]
    assert [tile.act for tile in ways] == [ChoosePad(other) for other in Pad]


def test_who_is_not_heard_is_not_offered_to_speak() -> None:
    assert "pad:speech" not in tiles(scene())
    assert "key:A" in tiles(scene(pad=Pad.SPEECH))


@pytest.mark.parametrize("pad", Pad)
def test_every_pad_takes_back(pad: Pad) -> None:
    assert tiles(scene(True, pad=pad))["search:erase"].act == Erase()


@pytest.mark.parametrize("pad", [Pad.LETTERS, Pad.WRITING, Pad.STROKES])
def test_every_pad_begins_anew(pad: Pad) -> None:
    assert tiles(scene(pad=pad))["key:clear"].act == Write("")


# letters ------------------------------------------------------------------------------------------


def test_letters_are_in_the_order_of_the_alphabet_or_of_a_typewriter() -> None:
    assert enabled(scene(), "key:") == string.ascii_uppercase + "clear"
    keys = one(Keys, scene(as_typewriter=True))
    assert isinstance(keys, Keys)
    rows = [keys.keys[start:end] for start, end in ((0, 10), (10, 19), (19, 26))]
    assert ["".join(tile.title for tile in row) for row in rows] == [
        "QWERTYUIOP",
        "ASDFGHJKL",
        "ZXCVBNM",
    ]
    assert keys.breaks == (10, 19)


def test_large_keys_are_in_the_order_of_the_alphabet() -> None:
    steady = scene(as_typewriter=True, choices=Choices(steady=True))
    assert enabled(steady, "key:") == string.ascii_uppercase + "clear"
    assert pads.arrangement(steady) == ()


@pytest.mark.parametrize("as_typewriter", [False, True])
def test_the_other_order_is_offered_until_something_is_asked(as_typewriter: bool) -> None:
    [row] = pads.arrangement(scene(as_typewriter=as_typewriter))
    assert row.tiles[0].act == ArrangeLetters(not as_typewriter)
    assert pads.arrangement(scene(query="s")) == ()
    assert pads.arrangement(scene(pad=Pad.STROKES)) == ()


def test_letters_that_lead_nowhere_are_dimmed_once_that_is_known() -> None:
    found = Results("sb", letters=frozenset("KX"))
    assert enabled(scene(query="sb", results=found), "key:") == "KXclear"
    assert len(enabled(scene(query="s", results=found), "key:")) > 26  # it is of other words


def test_what_is_being_composed_is_told_apart_from_what_is_settled() -> None:
    field = one(Field, scene(query="社保", preedit="kadiu"))
    assert isinstance(field, Field)
    assert (field.text, field.marks) == ("社保kadiu", ((2, 5),))
    apart = one(Field, scene(query="sbk"))
    assert isinstance(apart, Field)
    assert (apart.text, apart.marks) == ("S B K", ())


# handwriting --------------------------------------------------------------------------------------


def test_a_candidate_is_taken_by_touching_it_and_the_likeliest_by_going_on() -> None:
    draft = Draft(settled="办", cells=(INK, ()))
    read = Reading(draft, ("社", "杜", "衬"))
    shown = scene(pad=Pad.WRITING, query="办社", draft=draft, reading=read)
    found = tiles(shown)
    assert [found[f"word:{word}"].act for word in read.words] == [Pick(one) for one in read.words]
    assert found["write:onward"].act == Pick("社")
    assert after(shown.session, Pick("社")).asking.query == "办社"
    field = one(Field, shown)
    assert isinstance(field, Field)
    assert field.marks == ((1, 1),)


def test_before_anything_is_read_there_is_nothing_to_go_on_from() -> None:
    shown = scene(pad=Pad.WRITING, draft=Draft(cells=(INK, ())))
    assert not tiles(shown)["write:onward"].enabled
    assert one(Candidates, shown) == Candidates((), 6, "像的字排在这里")
    cells = one(Cells, shown)
    assert isinstance(cells, Cells)
    assert cells.ink == (INK, ())


@pytest.mark.parametrize(
    ("choices", "most"),
    [(Choices(), 6), (Choices(size=TextSize.LARGEST), 4), (Choices(steady=True), 4)],
)
def test_so_many_candidates_as_there_is_room_for(choices: Choices, most: int) -> None:
    draft = Draft(cells=(INK, ()))
    read = Reading(draft, tuple("社祖视礼祝福禄祥"))
    shown = scene(pad=Pad.WRITING, draft=draft, reading=read, choices=choices)
    candidates = one(Candidates, shown)
    assert isinstance(candidates, Candidates)
    assert len(candidates.tiles) == candidates.places == most


# strokes ------------------------------------------------------------------------------------------


def test_strokes_that_lead_nowhere_are_dimmed_once_that_is_known() -> None:
    draft = Draft(strokes="45")
    read = Reading(draft, ("社",), frozenset("24"))
    shown = scene(pad=Pad.STROKES, draft=draft, reading=read)
    assert enabled(shown, "stroke:") == "24"
    assert enabled(scene(pad=Pad.STROKES, draft=Draft(strokes="4"), reading=read), "stroke:") == (
        "12345"
    )
    assert tiles(shown)["stroke:2"].act == AddStroke("2")


def test_strokes_are_shown_as_signs_and_said_by_their_names() -> None:
    field = one(Field, scene(pad=Pad.STROKES, query="社", draft=Draft("社", strokes="32")))
    assert isinstance(field, Field)
    assert (field.text, field.marks, field.said) == ("社丿丨", ((1, 2),), "社、撇、竖")


# the voice ----------------------------------------------------------------------------------------


def test_one_key_begins_to_listen_and_the_next_ends_it() -> None:
    assert tiles(scene(True, pad=Pad.SPEECH))["speech:start"].act == Speak(True)
    listening = scene(True, pad=Pad.SPEECH, listening=True)
    assert tiles(listening)["speech:stop"].act == Speak(False)
    notice = one(Notice, listening)
    assert isinstance(notice, Notice)
    assert notice.title == "正在听……"


def test_whoever_was_not_understood_is_told_what_to_do() -> None:
    page = search.page(scene(True, pad=Pad.SPEECH, not_heard=True), SearchPage())
    assert isinstance(page.blocks[0], Notice)
    assert page.blocks[0].title == "没听清，再说一遍"
    assert "speech:start" in tiles(scene(True, pad=Pad.SPEECH, not_heard=True))


def test_it_is_said_what_becomes_of_what_is_said() -> None:
    page = search.page(scene(True, pad=Pad.SPEECH), SearchPage())
    assert page.text == "您说的话只用来找事，不留下来"
