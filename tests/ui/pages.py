"""Pages of every kind of block, and panels as they are sold, for tests of the layout."""

from __future__ import annotations

import string

from kiosk.ui.look import Panel
from kiosk.ui.page import (
    Block,
    Field,
    Heading,
    Keys,
    Line,
    Notice,
    Page,
    PageTurn,
    QrCard,
    Tile,
    Tiles,
)
from kiosk.ui.page import Panel as Card

# 21.5, 27 and 32 inches of 1080p, as high above the floor as they are hung
SMALL = Panel(1080, 1920, 0.248, bottom_mm=800)
SMALL_LYING = Panel(1920, 1080, 0.248, bottom_mm=950)
LARGE = Panel(1080, 1920, 0.369, bottom_mm=640)
LARGE_LYING = Panel(1920, 1080, 0.369, bottom_mm=950)

MODULES = tuple(tuple((x * 7 + y * 3) % 5 < 2 for x in range(37)) for y in range(37))


def a_tile(n: int, **changes: object) -> Tile:
    values: dict[str, object] = {
        "name": f"tile:{n}",
        "title": f"办第 {n} 件事",
        "text": "户口 › 身份证",
        "icon": "id",
        "act": n,
    }
    return Tile(**{**values, **changes})  # type: ignore[arg-type]


def every_block() -> tuple[Block, ...]:
    return (
        Tiles((a_tile(1),)),
        Heading("大家常办的事"),
        Tiles(tuple(a_tile(n) for n in range(2, 8)), most_columns=2),
        Notice("在这里就能办", "2楼 3 号窗口，到 17:00", "circle-check", "yes"),
        Tiles(tuple(a_tile(n, act=None) for n in range(8, 11)), min_em=8.4, fills=True),
        Heading("要带的东西"),
        Card(
            (Line("身份证", "原件 1 份", "box"), Line("到窗口", "说办护照", "2"), Line("问", "答"))
        ),
        QrCard(
            MODULES, "用手机扫一扫", ("相机也行",), "打开的网址是", "zwfw.example", "核对码", "5643"
        ),
        Tiles(tuple(a_tile(n, shape="row") for n in range(11, 20)), most_columns=1),
    )


def a_bar(many: int = 4) -> tuple[Tile, ...]:
    words = ("返回", "首页", "大字", "读给我听", "调一调", "找人帮忙")
    chosen = (*words[: many - 1], words[-1])
    return tuple(
        Tile(f"bar:{n}", title, icon="home", act=n, shape="bar") for n, title in enumerate(chosen)
    )


def a_page(**changes: object) -> Page:
    values: dict[str, object] = {
        "name": "every",
        "title": "您今天想办什么事？",
        "path": "首页 › 按类别找",
        "text": "居民身份证丢失补领",
        "blocks": every_block(),
        "dock": (Tiles((a_tile(90, shape="button"),)), Tiles((a_tile(91, shape="button"),))),
        "bar": a_bar(),
        "turn": PageTurn(lambda page: ("turn", page), "上一页", "下一页 {page}/{pages}"),
        "clock": "上午 9:42",
    }
    return Page(**{**values, **changes})  # type: ignore[arg-type]


def a_pad() -> Keys:
    letters = tuple(Tile(f"key:{one}", one, act=one, shape="key") for one in string.ascii_uppercase)
    return Keys((*letters, Tile("key:clear", "清空", act="", shape="key")), columns=7)


def a_search(**changes: object) -> Page:
    erase = Tile("search:erase", "删除", act="erase", shape="button")
    return a_page(
        name="search",
        blocks=(Tiles(tuple(a_tile(n, shape="row") for n in range(6)), most_columns=1),),
        dock=(Field("S F Z", "这里显示您打的字母", "search", erase), a_pad()),
        turn=PageTurn(
            lambda page: ("turn", page),
            "上一页",
            "下一页 {page}/{pages}",
            "看结果 {page}/{pages}",
        ),
        **changes,
    )
