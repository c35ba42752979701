"""Are you still there? Asked before a visit ends by itself."""

from __future__ import annotations

from kiosk.core.routes import Finish, Stay
from kiosk.ui.page import Notice, Page, Tile, Tiles
from kiosk.views.scene import Scene


def page(scene: Scene) -> Page:
    """The question; any touch anywhere also counts as staying."""
    _ = scene.gettext
    stay = Tile("still:stay", _("我还在用"), icon="hand-finger", act=Stay(), tone="primary")
    leave = Tile("still:finish", _("办好了，清空"), icon="logout", act=Finish())
    text = _("没有人按的话，一会儿就清空，不留下您看过的东西")
    return scene.page(
        "still-there",
        _("您还在吗？"),
        (Notice(_("按一下，接着看刚才那一页"), text, "clock", "warning"),),
        dock=(Tiles((stay, leave), most_columns=1),),  # keys stand on the first: it stays
    )
