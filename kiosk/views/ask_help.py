"""A person helps: where they are and how to reach them, and what to say."""

from __future__ import annotations

from kiosk.core.routes import (
    GiveBack,
    Go,
    HandoffPage,
    HelpPage,
    LendToStaff,
    ServicePage,
    StaffPage,
)
from kiosk.ui.page import Block, Line, Notice, Page, Panel, Tile, Tiles
from kiosk.views.scene import Scene


def page(scene: Scene, route: HelpPage) -> Page:
    """The help screen."""
    _ = scene.gettext
    hall = scene.here()
    desk = scene.say(hall.help_desk) if hall else _("导服台")
    hotline = scene.catalog.city().hotline
    blocks: list[Block] = [
        Notice(
            _("请到{desk}").format(desk=desk), _("工作人员陪您一起办，不收费"), "map-pin", "yes"
        ),
        Notice(
            _("打电话：{hotline}").format(hotline=hotline),
            _("接通后说“人工”，就有人接"),
            "phone",
        ),
        Panel(
            (
                Line(_("字太小，看不清颜色"), _("按下面的“调一调”，换成您喜欢的"), "1"),
                Line(_("看字累"), _("按“读给我听”，机器念给您听"), "2"),
                Line(_("走错了"), _("按“返回”退一步，按“首页”从头来"), "3"),
            )
        ),
        Notice(
            _("急事直接打"),
            _("报警 110 · 急救 120 · 火警 119 · 防诈骗 96110"),
            "urgent",
            "warning",
        ),
    ]
    blocks.append(Tiles(_staff(scene)))
    before = scene.session.trail[-2] if len(scene.session.trail) > 1 else None
    if isinstance(before, ServicePage | HandoffPage):
        service = scene.catalog.service(before.service)
        if service is not None:
            words = _("您正在看“{name}”，告诉工作人员就行").format(
                name=scene.say(service.plain_name)
            )
            blocks.insert(1, Notice(words, icon="message"))
    return scene.page("help", _("找人帮忙"), tuple(blocks))


def _staff(scene: Scene) -> tuple[Tile, ...]:
    """Staff work in the plain look; what the citizen has chosen waits (VVSG 2.0 7.1-B)."""
    _ = scene.gettext
    if scene.session.set_aside is None:
        lend = Tile(
            "help:lend",
            _("工作人员来操作"),
            _("先用平常的样子，用完还给您"),
            "user-shield",
            LendToStaff(),
            shape="row",
        )
        return (lend,)
    give_back = Tile(
        "help:give-back",
        _("还给您"),
        _("恢复刚才的样子"),
        "rotate-clockwise",
        GiveBack(),
        "yes",
        "row",
    )
    missed = Tile(
        "help:staff",
        _("工作人员看"),
        _("大家常问，这里答不上来的话"),
        "message-report",
        Go(StaffPage()),
        shape="row",
    )
    return give_back, missed
