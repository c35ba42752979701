"""What a search has found, as sections that say what they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core import routes
from kiosk.core.catalog import Category, Group, Text
from kiosk.core.choices import Choices, Speech, TextSize
from kiosk.core.entry import Draft, Pad
from kiosk.core.results import Hit, Relative, Results, Wish
from kiosk.core.session import after
from kiosk.core.value import replace
from kiosk.ui.page import Block, Heading, Notice, Tile, Tiles
from kiosk.views import results
from kiosk.views.scene import Scene
from tests.builders import MONDAY_MORNING, TableCatalog, make_service, make_session, table_of

KINSHIPS = ("situation", "sibling", "related")


def make_hit(service: str, **changes: object) -> Hit:
    return replace(Hit(service, f"办{service}", "证件 › 护照", "id"), **changes)


def make_hits(first: int, behind: int) -> tuple[Hit, ...]:
    return tuple(make_hit(f"s{n}") for n in range(first, behind))


def scene_of(found: Results | None, asked: str = "", **visit: object) -> Scene:
    query = asked or (found.query if found else "")
    trail = (routes.Welcome(), routes.Home(), routes.SearchPage())
    session = make_session(trail, query=query, results=found, **visit)
    return Scene(session, catalog(), lambda words: words, "here", MONDAY_MORNING)


def catalog() -> TableCatalog:
    passport = make_service()
    return table_of(
        passport,
        replace(passport, id="visa", group="travel"),
        all_groups={
            "papers": Group("papers", 1, Text("证件"), Text("护照"), "id"),
            "travel": Group("travel", 2, Text("出行"), Text("公交"), "bus"),
        },
        all_categories={"identity": Category("identity", "papers", 1, Text("护照"), "id")},
    )


def shown(found: Results | None, asked: str = "", **visit: object) -> tuple[Block, ...]:
    return results.blocks(scene_of(found, asked, **visit))


def outline(blocks: tuple[Block, ...]) -> list[str]:
    """Headings, notices and names of tiles in the order of reading."""
    said: list[str] = []
    for block in blocks:
        match block:
            case Heading():
                said.append(block.text)
            case Notice():
                said.append(block.title)
            case Tiles():
                said += [*block.heads, *(tile.name for tile in block.tiles)]
    return said


def tile_of(blocks: tuple[Block, ...], name: str) -> Tile:
    tiles = [tile for block in blocks if isinstance(block, Tiles) for tile in block.tiles]
    return next(tile for tile in tiles if tile.name == name)


# sections -----------------------------------------------------------------------------------------


def test_what_is_literally_there_needs_no_heading_when_it_is_alone() -> None:
    found = Results("护照", make_hits(0, 2), confident=True)
    assert outline(shown(found)) == ["service:s0", "service:s1"]


def test_sections_run_from_the_literal_to_the_likely_to_whole_categories() -> None:
    found = Results("护照", make_hits(0, 1), make_hits(1, 2), ("papers",), confident=True)
    assert outline(shown(found)) == [
        "service:s0",
        "您是不是要找",
        "service:s1",
        "相关分类",
        "group:papers",
    ]


def test_guesses_alone_come_first_under_their_question() -> None:
    found = Results("设保", perhaps=make_hits(0, 1), confident=True)
    assert outline(shown(found)) == ["您是不是要找", "service:s0"]


@pytest.mark.parametrize(
    ("changes", "below"),
    [
        ({"typed": "设保", "heard": "社保"}, "证件 › 护照 · 设保 → 社保"),
        ({"heard": "出国本子"}, "证件 › 护照 · 也叫：出国本子"),
        ({}, "证件 › 护照"),
        ({"path": "", "typed": "设保", "heard": "社保"}, "设保 → 社保"),
    ],
)
def test_a_row_says_where_it_belongs_and_what_was_heard(
    changes: dict[str, object], below: str
) -> None:
    found = Results("设保", perhaps=(make_hit("s0", **changes),), confident=True)
    assert tile_of(shown(found), "service:s0").text == below


def test_with_large_text_what_was_heard_begins_a_line() -> None:
    found = Results("设保", perhaps=(make_hit("s0", typed="设保", heard="社保"),), confident=True)
    blocks = shown(found, choices=Choices(size=TextSize.LARGEST))
    assert tile_of(blocks, "service:s0").text == "证件 › 护照\n设保 → 社保"


def test_matched_signs_are_marked() -> None:
    found = Results("护照", (make_hit("s0", marks=((1, 2),)),), confident=True)
    assert tile_of(shown(found), "service:s0").marks == ((1, 2),)


def test_a_long_list_lets_categories_go_first_so_that_they_are_found() -> None:
    found = Results("证", make_hits(0, 9), make_hits(9, 12), ("papers",), confident=True)
    said = outline(shown(found))
    assert said[: results.FIRST] == [f"service:s{n}" for n in range(results.FIRST)]
    order = ["相关分类", "还有这些", "您是不是要找"]
    assert [one for one in said if one in order] == order


def test_the_category_that_the_best_share_leads_to_its_group_first() -> None:
    found = Results(
        "护照",
        make_hits(0, 1),
        groups=("travel", "papers"),
        confident=True,
        category="identity",
    )
    blocks = shown(found)
    assert outline(blocks)[-3:] == ["相关分类", "group:papers", "group:travel"]
    assert tile_of(blocks, "group:papers").title == "整类看：证件"
    assert tile_of(blocks, "group:papers").text == "护照等 1 件事"
    assert tile_of(blocks, "group:travel").text == "1 件事"


def test_a_category_or_group_that_has_left_the_catalog_is_not_shown() -> None:
    found = Results("护照", make_hits(0, 1), groups=("gone",), confident=True, category="gone")
    assert outline(shown(found)) == ["service:s0"]


# relatives ----------------------------------------------------------------------------------------


def make_relatives(many: int) -> tuple[Relative, ...]:
    return tuple(
        Relative(f"{kinship}{n}", f"第 {n} 件", "id", kinship)
        for kinship in KINSHIPS
        for n in range(many)
    )


@pytest.mark.parametrize(("size", "most"), [(TextSize.STANDARD, 3), (TextSize.LARGEST, 2)])
def test_relatives_stand_below_the_best_a_few_of_each_kind(size: TextSize, most: int) -> None:
    found = Results(
        "护照", make_hits(0, 1), make_hits(1, 2), confident=True, relatives=make_relatives(5)
    )
    expected = ["service:s0"]
    for heading, kinship in zip(("具体情况", "同一类的", "常一起办"), KINSHIPS, strict=True):
        expected += [heading, *(f"relative:{kinship}{n}" for n in range(most))]
    expected += ["您是不是要找", "service:s1"]
    assert outline(shown(found, choices=Choices(size=size))) == expected


def test_a_relative_that_is_among_the_best_is_not_said_twice() -> None:
    again = Relative("s0", "办s0", "id", "situation")
    found = Results("护照", make_hits(0, 1), confident=True, relatives=(again,))
    assert outline(shown(found)) == ["service:s0"]


# several wishes -----------------------------------------------------------------------------------


def wishes_of(*many: int) -> Results:
    """Wishes with so many hits each."""
    wishes = tuple(
        Wish(f"愿{n}", tuple(make_hit(f"w{n}-{m}") for m in range(count)))
        for n, count in enumerate(many)
    )
    literal = tuple(hit for wish in wishes for hit in wish.hits)
    return Results("愿0和愿1", literal, confident=True, wishes=wishes)


def test_two_wishes_stand_side_by_side_under_their_words() -> None:
    lists = shown(wishes_of(2, 2))[0]
    assert isinstance(lists, Tiles)
    assert lists.heads == ("愿0", "愿1")
    assert [tile.name for tile in lists.tiles] == [
        "service:w0-0",
        "service:w0-1",
        "service:w1-0",
        "service:w1-1",
    ]


def test_columns_are_equally_long_and_what_is_over_follows() -> None:
    said = outline(shown(wishes_of(4, 1)))
    assert said[:4] == ["愿0", "愿1", "service:w0-0", "service:w1-0"]
    assert said[4:] == ["还有这些", "service:w0-1", "service:w0-2", "service:w0-3"]


@pytest.mark.parametrize("choices", [Choices(speech=Speech(on=True)), Choices(switches=True)])
def test_by_ear_or_switches_one_wish_follows_the_other(choices: Choices) -> None:
    said = outline(shown(wishes_of(2, 1), choices=choices))
    assert said == ["愿0", "service:w0-0", "service:w0-1", "愿1", "service:w1-0"]


def test_a_wish_that_found_nothing_is_named() -> None:
    assert outline(shown(wishes_of(1, 0))) == ["愿0", "service:w0-0", "没有找到：愿1"]


def test_what_both_wishes_found_stands_under_the_first() -> None:
    shared = make_hit("both")
    wishes = Wish("愿0", (shared,)), Wish("愿1", (shared, make_hit("other")))
    found = Results("x", (shared, make_hit("other")), confident=True, wishes=wishes)
    assert outline(shown(found)) == ["愿0", "愿1", "service:both", "service:other"]


# nothing good -------------------------------------------------------------------------------------


def test_weak_guesses_stand_below_what_helps_more() -> None:
    found = Results("yndkx", make_hits(0, 1), make_hits(1, 2))
    assert outline(shown(found)) == [
        "没有找到很接近的",
        "search:groups",
        "search:help",
        "也许是这些",
        "service:s0",
        "service:s1",
    ]


@pytest.mark.parametrize("hits", [0, 1])
def test_the_number_to_ring_is_there_and_pushes_no_guess_away(hits: int) -> None:
    found = Results("yndkx", make_hits(0, hits))
    notice = shown(found)[0]
    assert isinstance(notice, Notice)
    assert notice.text == "少打一个字母试试 · 打电话：12345"
    said = outline(shown(found, choices=Choices(size=TextSize.LARGEST)))
    assert said[-1] == "打电话：12345"


def test_weak_guesses_have_no_relatives_and_no_columns() -> None:
    found = replace(wishes_of(1, 1), confident=False, relatives=make_relatives(1))
    assert not {"愿0", "具体情况"} & set(outline(shown(found)))


@pytest.mark.parametrize("confident", [False, True])
def test_nothing_at_all_says_so_and_offers_other_ways(confident: bool) -> None:
    said = outline(shown(Results("飞船", confident=confident)))
    assert said == ["没有找到", "search:groups", "search:help"]


@pytest.mark.parametrize(
    ("asked", "pad", "hint"),
    [
        ("qqq", Pad.LETTERS, "少打一个字母试试"),
        ("q", Pad.LETTERS, "换个说法试试"),
        ("飞船", Pad.LETTERS, "换个说法试试"),
        ("飞船", Pad.WRITING, "少写一个字试试"),
        ("飞船", Pad.STROKES, "少写一个字试试"),
        ("船", Pad.STROKES, "换个说法试试"),
        ("飞船", Pad.SPEECH, "换个说法试试"),
    ],
)
def test_the_hint_is_about_the_pad_at_hand(asked: str, pad: Pad, hint: str) -> None:
    notice = shown(Results(asked), pad=pad)[0]
    assert isinstance(notice, Notice)
    assert notice.text.startswith(f"{hint} · ")


# while one types ----------------------------------------------------------------------------------


def test_answers_stay_until_the_new_ones_come() -> None:
    scene = scene_of(Results("s", make_hits(0, 2), confident=True))
    typed = after(scene.session, routes.Type("f"))
    assert typed.asking.asked == "sf"
    assert results.blocks(replace(scene, session=typed)) == results.blocks(scene)


def test_whoever_listens_waits_for_the_new_answers() -> None:
    found = Results("s", make_hits(0, 2), confident=True)
    listening = Choices(speech=Speech(on=True))
    assert outline(shown(found, asked="sf", choices=listening)) == ["正在找……"]


@pytest.mark.parametrize("found", [None, Results("s")])
def test_without_answers_it_says_that_it_is_looking(found: Results | None) -> None:
    assert outline(shown(found, asked="sf")) == ["正在找……"]


@pytest.mark.parametrize(
    ("pad", "title", "query"),
    [(Pad.LETTERS, "S F Z", "sfz"), (Pad.WRITING, "身份证", "身份证")],
)
def test_examples_are_made_with_the_pad_at_hand(pad: Pad, title: str, query: str) -> None:
    example = tile_of(shown(None, pad=pad), "example:SFZ")
    assert (example.title, example.act) == (title, routes.Write(query))


@pytest.mark.parametrize(
    "visit", [{"listening": True}, {"draft": Draft(strokes="1"), "pad": Pad.STROKES}]
)
def test_examples_go_when_somebody_begins(visit: dict[str, object]) -> None:
    assert shown(None, **visit) == ()


# whatever is found --------------------------------------------------------------------------------


@st.composite
def answers(draw: st.DrawFn) -> Results:
    """As a searcher may fill them, and less orderly."""
    cut = draw(st.integers(0, 14))
    literal, perhaps = make_hits(0, cut), make_hits(cut, cut + draw(st.integers(0, 14)))
    every = (*literal, *perhaps, make_hit("elsewhere"))
    wishes = tuple(
        Wish(f"愿{n}", tuple(draw(st.lists(st.sampled_from(literal), unique=True, max_size=5))))
        for n in range(draw(st.integers(0, 3)) if literal else 0)
    )
    relatives = tuple(
        Relative(hit.service, hit.title, "id", draw(st.sampled_from(KINSHIPS)))
        for hit in draw(st.lists(st.sampled_from(every), max_size=6))
    )
    groups = tuple(draw(st.permutations(("papers", "travel", "gone"))))
    confident = draw(st.booleans())
    category = draw(st.sampled_from(("", "identity", "gone")))
    return Results(
        "愿",
        literal,
        perhaps,
        groups,
        confident=confident,
        wishes=wishes,
        relatives=relatives,
        category=category,
    )


@settings(deadline=None)
@given(answers(), st.sampled_from(TextSize), st.booleans())
def test_every_hit_is_there_once_and_no_guess_before_a_literal_one(
    found: Results, size: TextSize, aloud: bool
) -> None:
    said = outline(shown(found, choices=Choices(size=size, speech=Speech(on=aloud))))
    names = [one for one in said if ":" in one]
    assert len(set(names)) == len(names)
    rows = [one.removeprefix("service:") for one in said if one.startswith("service:")]
    assert sorted(rows) == sorted(hit.service for hit in found.hits)
    literal = {hit.service for hit in found.literal}
    assert {*rows[: len(literal)]} == literal


@settings(deadline=None)
@given(answers())
def test_no_heading_is_left_without_what_it_names(found: Results) -> None:
    blocks = shown(found)
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        assert not isinstance(block, Heading) or isinstance(following, Tiles)
    assert all(block.tiles for block in blocks if isinstance(block, Tiles))


def test_whoever_searches_for_larger_letters_is_led_to_the_settings() -> None:
    found = Results("长辈版", for_settings=True)
    assert outline(shown(found)) == ["settings", "search:groups", "search:help"]
    assert tile_of(shown(found), "settings").act == routes.Go(routes.DisplayPage())


def test_services_of_the_same_words_stand_below_the_settings() -> None:
    found = Results("关爱", make_hits(0, 2), confident=True, for_settings=True)
    assert outline(shown(found)) == ["settings", "service:s0", "service:s1"]
