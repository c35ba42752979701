"""Everything that can be chosen: size, colours, language, hands and height, the voice, the keys.

Knows the alternatives in words, the most used first. Does not know how a choice is drawn or heard.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from kiosk.core.choices import VOLUMES, Choices, Contrast, Language, Speech, Speed, TextSize
from kiosk.core.routes import Choose, DisplayPage, Go, PracticePage, SwitchesPage
from kiosk.core.value import replace
from kiosk.ui.page import Block, Heading, Page, Tile, Tiles
from kiosk.views.scene import Scene, chosen

_Choice = TypeVar("_Choice")

LANGUAGES = {  # each in its own script: nobody has to read another one to find it
    Language.CHINESE: "中文",
    Language.ENGLISH: "English",
    Language.UYGHUR: "ئۇيغۇرچە",
}


def page(scene: Scene, route: DisplayPage) -> Page:
    """The page of all choices."""
    _ = scene.gettext
    blocks = (
        *_seen(scene),
        *_languages(scene),
        *_reached(scene),
        *_heard(scene),
        *_without_touch(scene),
    )
    return scene.page("display", _("调一调"), blocks)


def _seen(scene: Scene) -> tuple[Block, ...]:
    _ = scene.gettext
    now = scene.choices
    sizes = {
        TextSize.STANDARD: _("标准字"),
        TextSize.LARGE: _("大一号"),
        TextSize.LARGER: _("更大"),
        TextSize.LARGEST: _("最大"),
    }
    looks = {
        Contrast.STANDARD: _("平常颜色"),
        Contrast.LIGHT: _("白底黑字"),
        Contrast.DARK: _("黑底白字"),
        Contrast.SOFT: _("不刺眼"),
    }
    by_size = {size: (words, replace(now, size=size)) for size, words in sizes.items()}
    by_look = {look: (words, replace(now, contrast=look)) for look, words in looks.items()}
    return (
        Heading(_("字的大小")),
        _alternatives("size", by_size, now),
        Heading(_("颜色")),
        _alternatives("look", by_look, now),
    )


def _languages(scene: Scene) -> tuple[Block, ...]:
    _ = scene.gettext
    now = scene.choices
    named = {one: (words, replace(now, language=one)) for one, words in LANGUAGES.items()}
    return Heading(_("语言")), replace(_alternatives("language", named, now), most_columns=3)


def _reached(scene: Scene) -> tuple[Block, ...]:
    """For hands that tremble, that slip, or that do not come so high."""
    _ = scene.gettext
    now = scene.choices
    tiles = (
        _switch(
            scene,
            Tile("hand:steady", _("手抖模式"), _("按钮大，隔得远")),
            now.steady,
            replace(now, steady=not now.steady),
        ),
        _switch(
            scene,
            Tile("hand:hold", _("按住才算"), _("碰一下不算")),
            now.hold,
            replace(now, hold=not now.hold),
        ),
        _switch(
            scene,
            Tile("hand:low", _("低一点"), _("坐着也够得着")),
            now.low_reach,
            replace(now, low_reach=not now.low_reach),
        ),
    )
    return Heading(_("手和高度")), Tiles(tiles, min_em=10, most_columns=2)


def _heard(scene: Scene) -> tuple[Block, ...]:
    """The voice; how fast and how loud only while it is heard."""
    _ = scene.gettext
    now, speech = scene.choices, scene.choices.speech
    if not scene.voice_works:
        return Heading(_("声音")), Tiles((scene.aloud_tile("voice:on", "tile"),))
    voice = _switch(
        scene,
        Tile("voice:on", _("读给我听"), _("屏幕上的字都读出来")),
        speech.on,
        now.speaking(replace(speech, on=not speech.on, curtain=False)),
    )
    if not speech.on:
        return Heading(_("声音")), Tiles((voice,))
    curtain = _switch(
        scene,
        Tile("voice:curtain", _("关掉屏幕只听"), _("旁边的人看不到")),
        speech.curtain,
        now.speaking(replace(speech, curtain=not speech.curtain)),
    )
    return (
        Heading(_("声音")),
        Tiles((voice, curtain), min_em=11, most_columns=2),
        Tiles(_steps(scene, speech), min_em=6, most_columns=2),
    )


def _steps(scene: Scene, speech: Speech) -> tuple[Tile, ...]:
    """One step slower, faster, quieter, louder, each with where it stands now."""
    _ = scene.gettext
    speeds = list(Speed)
    speed = _("现在 {n}/{count}").format(n=speeds.index(speech.speed) + 1, count=len(speeds))
    volume = _("现在 {n}/{count}").format(n=speech.volume, count=len(VOLUMES))
    steps = (
        ("slower", _("慢一点"), "minus", speed, speech.faster(-1)),
        ("faster", _("快一点"), "plus", speed, speech.faster(1)),
        ("quieter", _("小声一点"), "minus", volume, speech.louder(-1)),
        ("louder", _("大声一点"), "plus", volume, speech.louder(1)),
    )
    return tuple(
        Tile(
            f"voice:{slug}",
            words,
            where,
            icon,
            Choose(scene.choices.speaking(following)),
            enabled=following != speech,
        )
        for slug, words, icon, where, following in steps
    )


def _without_touch(scene: Scene) -> tuple[Block, ...]:
    _ = scene.gettext
    tiles = (
        Tile(
            "keys:switches",
            _("两个开关"),
            _("一个走，一个选"),
            "circle-check" if scene.choices.switches else "accessible",
            Go(SwitchesPage()),
        ),
        Tile("keys:practice", _("试试按键"), _("按错也没关系"), "keyboard", Go(PracticePage())),
        Tile(
            "display:reset",
            _("恢复原样"),
            _("都变回开始的样子"),
            "rotate-clockwise",
            Choose(Choices()),
            enabled=scene.choices != Choices(),
        ),
    )
    return Heading(_("不用手碰屏幕")), Tiles(tiles[:2], min_em=10, most_columns=2), Tiles(tiles[2:])


def _switch(scene: Scene, tile: Tile, is_on: bool, following: Choices) -> Tile:
    """On or off: said in words, shown by its icon."""
    _ = scene.gettext
    state = _("开着") if is_on else _("没开")
    shown = replace(tile, text=f"{state} · {tile.text}", act=Choose(following))
    return chosen(shown, is_on)


def _alternatives(
    kind: str, alternatives: Mapping[_Choice, tuple[str, Choices]], now: Choices
) -> Tiles:
    """One tile for each alternative, with the words and the choices that it leads to."""
    tiles = tuple(
        chosen(Tile(f"{kind}:{slug}", words, act=Choose(following)), following == now)
        for slug, (words, following) in alternatives.items()
    )
    return Tiles(tiles, min_em=6, most_columns=2)
