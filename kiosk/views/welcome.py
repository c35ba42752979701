"""Nobody is here: what this machine is for, in the largest words, and one thing to touch."""

from __future__ import annotations

from kiosk.core.choices import Language
from kiosk.core.routes import Choose, Go, Home
from kiosk.core.value import replace
from kiosk.ui.page import Line, Page, Panel, Tile, Tiles
from kiosk.views.scene import Scene


def page(scene: Scene) -> Page:
    """The welcome screen: no bar, because nothing has begun."""
    _ = scene.gettext
    hall = scene.here()
    choices = scene.choices
    other = choices.other_language()
    promise = Panel(
        (
            Line(_("找到要办的事"), _("去哪个窗口，带什么，多久能好"), "1"),
            Line(_("带走一张小票"), _("字大，没有手机也能用"), "2"),
            Line(_("手机接着办"), _("扫一扫就行，家人的手机也可以"), "3"),
        )
    )
    start = Tile(
        "welcome:start", _("按这里开始"), icon="hand-finger", act=Go(Home()), tone="primary"
    )
    language = Tile(
        "welcome:language",
        "English" if choices.language is Language.CHINESE else "中文",
        icon="language",
        act=Choose(other),
        shape="button",
    )
    larger = Tile(
        "welcome:size",
        _("大字"),
        icon="text-size",
        act=Choose(choices.next_size()),
        shape="button",
    )
    clearer = Tile(
        "welcome:contrast",
        _("看清楚"),
        icon="contrast-2",
        act=Choose(choices.next_contrast()),
        shape="button",
    )
    return Page(
        name="welcome",
        path=scene.say(hall.name) if hall else scene.say(scene.catalog.city().platform),
        title=_("您好，想办什么事？"),
        text=_("不收费 · 不问名字 · 不留记录"),
        blocks=(promise,),
        dock=(
            Tiles((replace(start, shape="hero"),)),
            Tiles((larger, clearer, language), min_em=5.5),
        ),
        turn=scene.turn(),
        index=scene.session.route.page,
        clock=scene.clock(),
        centred=True,
    )
