"""Learn to work with two switches: one moves, the other selects, and the person says which.

Knows the three steps of the lesson. Does not know how a switch is connected.
"""

from __future__ import annotations

from kiosk.core.routes import Act, Back, Go, GoHome, SwitchesPage, Welcome
from kiosk.core.session import Session
from kiosk.ui.page import Notice, Page, Tile, Tiles
from kiosk.views.scene import Scene


def page(scene: Scene, route: SwitchesPage) -> Page:
    """The step where the lesson is; by touch each of them can be left through the bar."""
    if route.is_learnt:
        return _learnt(scene)
    _ = scene.gettext
    if route.moves:
        step, title, text = 2, _("再按另一个开关"), _("以后按它，就是选")
    else:
        step, title, text = 1, _("按一下顺手的开关"), _("以后按它，就往下走")
    calm = Notice(_("不着急，慢慢按"), _("不想学了，按下面的“返回”"), "info-circle")
    return _step(scene, step, (Notice(title, text, "hand-finger", "tint"), calm))


def _learnt(scene: Scene) -> Page:
    _ = scene.gettext
    onward = Tile(
        "switches:start",
        _("好了，开始"),
        icon="check",
        act=_onward(scene.session),
        tone="primary",
    )
    again = Tile("switches:again", _("再学一次"), icon="arrow-left", act=Go(SwitchesPage()))
    known = Notice(_("记住了：一个往下走，一个选"), _("现在就用它们试试"), "circle-check", "yes")
    return _step(scene, 3, (known, Tiles((onward, again), most_columns=1)))


def _step(scene: Scene, step: int, blocks: tuple[Notice | Tiles, ...]) -> Page:
    _ = scene.gettext
    path = _("第 {step} 步，共 {steps} 步").format(step=step, steps=3)
    return scene.page("switches", _("用两个开关"), blocks, path=path)


def _onward(session: Session) -> Act:
    """Where the visit was; a step back to the welcome would forget what was just learnt."""
    before = session.trail[-2] if len(session.trail) > 1 else Welcome()
    return GoHome() if isinstance(before, Welcome | SwitchesPage) else Back()
