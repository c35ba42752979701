"""Nobody is here: what this machine is for, in the largest words, and one thing to touch."""

from __future__ import annotations

from kiosk.core.choices import Language
from kiosk.core.routes import Choose, Go, Home
from kiosk.core.value import replace
from kiosk.ui.page import Line, Page, Panel, Tile, Tiles
from kiosk.views.display import LANGUAGES
from kiosk.views.scene import Scene


def page(scene: Scene) -> Page:
    """The welcome screen: no bar, because nothing has begun."""
    _ = scene.gettext
    hall = scene.here()
    promise = Panel(
        (
            Line(_("找到要办的事"), _("去哪个窗口，带什么，多久能好"), "1"),
            Line(_("带走一张小票"), _("字大，没有手机也能用"), "2"),
            Line(_("手机接着办"), _("扫一扫就行，家人的手机也可以"), "3"),
        )
    )
    start = Tile(
        "welcome:start",
        _("按这里开始"),
        icon="hand-finger",
        act=Go(Home()),
        tone="primary",
        shape="hero",
    )
    return Page(
        name="welcome",
        path=scene.say(hall.name) if hall else scene.say(scene.catalog.city().platform),
        title=_("您好，想办什么事？"),
        text=_("不收费 · 不问名字 · 不留记录"),
        blocks=(promise,),
        dock=(Tiles((start,)), Tiles((*_ways_in(scene), *_languages(scene)), min_em=3.8)),
        turn=scene.turn(),
        index=scene.session.route.page,
        clock=scene.clock(),
        centred=True,
    )


def _ways_in(scene: Scene) -> tuple[Tile, ...]:
    """What somebody may need before they can begin at all (EN 301 549 5.2)."""
    _ = scene.gettext
    choices = scene.choices
    lower = replace(choices, low_reach=not choices.low_reach)
    return (
        Tile(
            "welcome:size",
            _("大字"),
            icon="text-size",
            act=Choose(choices.next_size()),
            shape="bar",
        ),
        Tile(
            "welcome:contrast",
            _("看清楚"),
            icon="contrast-2",
            act=Choose(choices.next_contrast()),
            shape="bar",
        ),
        scene.aloud_tile("welcome:aloud"),
        Tile(
            "welcome:low",
            _("回到原来的高度") if choices.low_reach else _("低一点"),
            icon="wheelchair",
            act=Choose(lower),
            tone="tint" if choices.low_reach else "plain",
            shape="bar",
        ),
    )


def _languages(scene: Scene) -> tuple[Tile, ...]:
    """The other languages, each in its own script."""
    return tuple(_language(scene, one) for one in Language if one is not scene.choices.language)


def _language(scene: Scene, language: Language) -> Tile:
    return Tile(
        f"welcome:{language}",
        LANGUAGES[language],
        icon="language",
        act=Choose(replace(scene.choices, language=language)),
        shape="bar",
    )
