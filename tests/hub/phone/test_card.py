"""The picture of a guide: large, light, and without anything of a person."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from hub.authoring.yaml_source import Source
from hub.phone import card
from hub.phone.card import Line, drawn
from hub.phone.card_words import PAPERS, card_of
from hub.phone.catalog import Publication, PublishedCatalog
from hub.phone.guide import guide_to
from hub.phone.pages import Look
from tests.hub.phone.building import HOST, NOON, Hub, make_catalog, make_city, make_service
from tests.hub.phone.markup import read

_SIGNS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=60)


def opened(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture


def words(lines: tuple[Line, ...]) -> str:
    return "\n".join(line.words for line in lines)


def test_the_guide_offers_a_picture_of_a_phones_width(hub: Hub) -> None:
    assert "/s/13003-2/card.png" in read(hub.phone.get("/s/13003").text).links
    answer = hub.phone.get("/s/13003-2/card.png")
    assert answer.headers["content-type"] == "image/png"
    assert opened(answer.content).size[0] == card.WIDTH


def test_it_says_where_what_and_whom_to_call() -> None:
    catalog = make_catalog()
    guide = guide_to(make_service(), catalog, NOON)
    said = words(card_of(guide, NOON, Look(), catalog.city, HOST))
    for one in (
        "办passport",
        "2楼 12号窗口",
        "市民路 1 号",
        "证件id-card",
        "13003-2",
        "12345",
        HOST,
    ):
        assert one in said
    assert "Get passport" in words(card_of(guide, NOON, Look("en"), catalog.city, ""))


def test_a_host_that_nobody_signed_is_not_drawn(hub: Hub) -> None:
    pictures = {
        host: hub.phone.get("/s/13003/card.png", headers={"host": host}).content
        for host in (HOST, "evil.example", "other.example")
    }
    assert pictures["evil.example"] == pictures["other.example"] != pictures[HOST]


@settings(max_examples=10, deadline=None)
@given(title=_SIGNS, note=_SIGNS)
def test_no_line_leaves_the_picture(title: str, note: str) -> None:
    lines = (Line("title", title), Line("heading", "要带什么"), Line("paper", note))
    picture = opened(drawn(lines)).convert("L")
    left = picture.crop((0, 0, 8, picture.height))
    right = picture.crop((card.WIDTH - 8, 0, card.WIDTH, picture.height))
    assert left.tobytes() == right.tobytes()  # nothing but the ground


def test_even_the_longest_of_the_demo_city_are_light(
    demo_source: Source, demo_bodies: dict[str, bytes]
) -> None:
    catalog = PublishedCatalog(
        Publication(1, "2026-11-20T00:00:00Z", "990100", demo_source.link_hosts, demo_bodies)
    )
    guides = [guide_to(service, catalog, NOON) for service in catalog.services()]
    longest = sorted(guides, key=lambda guide: len(guide.papers), reverse=True)[:3]
    assert len(longest[0].papers) > 5
    for guide in longest:
        for look in (Look(), Look("en")):
            content = drawn(card_of(guide, NOON, look, make_city(), HOST))
            assert len(content) <= 100_000


def test_papers_that_have_no_room_are_counted() -> None:
    catalog = make_catalog()
    guide = guide_to(make_service(), catalog, NOON)
    many = type(guide)(**{**vars(guide), "papers": guide.papers * (PAPERS + 3)})
    assert "还有 3 样" in words(card_of(many, NOON, Look(), catalog.city, ""))


@pytest.mark.parametrize("look", [Look(), Look("en"), Look("ug")])
def test_every_language_gets_letters_that_the_font_has(look: Look) -> None:
    catalog = make_catalog()
    guide = guide_to(make_service(), catalog, NOON)
    assert not any(
        "\u0600" <= sign <= "\u06ff" for sign in words(card_of(guide, NOON, look, catalog.city, ""))
    )
