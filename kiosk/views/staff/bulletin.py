"""What this hall tells everybody, from sentences that stand ready, until it closes today."""

from __future__ import annotations

from kiosk.core import sentences
from kiosk.core.routes import Command, StaffBulletinPage
from kiosk.core.staff import PostBulletin, WithdrawBulletin
from kiosk.ui.page import Block, Heading, Page, Tile, Tiles
from kiosk.views.scene import Scene
from kiosk.views.staff import parts


def page(scene: Scene, _route: StaffBulletinPage) -> Page:
    """What is told now, and what could be."""
    _ = scene.gettext
    told = scene.local.bulletins
    ready = [one for one in sentences.BULLETINS if not sentences.is_told(one, told)]
    blocks: tuple[Block, ...] = _current(scene)
    if ready:
        rows = tuple(_ready(scene, one) for one in ready)
        blocks += (Heading(_("按一下，就告诉大家")), Tiles(rows, most_columns=1))
    text = _("今天下班就撤，只在这台机器上")
    return parts.page("staff-bulletin", _("大厅通知"), scene, blocks, text=text)


def _current(scene: Scene) -> tuple[Block, ...]:
    _ = scene.gettext
    told = tuple(
        Tile(
            f"withdraw:{one.id}",
            scene.say(one.title),
            _("按一下撤下来"),
            "x",
            Command(WithdrawBulletin(one.id)),
            "warning",
            "row",
        )
        for one in scene.local.bulletins
    )
    return (Heading(_("现在告诉大家的")), Tiles(told, most_columns=1)) if told else ()


def _ready(scene: Scene, id: str) -> Tile:
    sentence = sentences.bulletin(id, scene.gettext)
    return Tile(
        f"post:{id}",
        sentence.title,
        sentence.text,
        "message",
        Command(PostBulletin(id)),
        shape="row",
    )
