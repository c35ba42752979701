"""A service by its short number or by letters, and a pile of slips of several.

Knows the pad, what was found and what is on the pile. Does not know how it was found: numbers and
words go the same way as a citizen's (`kiosk.core.errands`).
"""

from __future__ import annotations

import string

from kiosk.core.printing import SlipKind
from kiosk.core.results import Hit
from kiosk.core.routes import Batch, Erase, Print, StaffFindPage, Type, Write
from kiosk.core.staff import BATCH_MAX
from kiosk.ui.page import Block, Field, Heading, Keys, Notice, Page, Tile, Tiles
from kiosk.views.pads import COLUMNS
from kiosk.views.scene import Scene, chosen
from kiosk.views.staff import parts

_ROWS = "1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"
_HITS = 8


def page(scene: Scene, _route: StaffFindPage) -> Page:
    """The screen; the pile stands there as long as nothing is typed."""
    _ = scene.gettext
    asking = scene.session.asking
    found = _found(scene) if asking.asked else _pile(scene)
    blocks = (*_last_pile(scene), *found)
    text = _("打短号，或者每个字打第一个字母")
    dock: tuple[Block, ...] = (*_print(scene), _field(scene), _pad(scene))
    return parts.page("staff-find", _("快查"), scene, blocks, dock=dock, text=text)


def _last_pile(scene: Scene) -> tuple[Block, ...]:
    """What became of the pile; also for whoever went elsewhere while it was printed."""
    _, count = scene.gettext, scene.session.staff.last_batch
    told = parts.of_slip(scene, SlipKind.BATCH)
    if told or not count:
        return told
    return (Notice(_("上次印了 {n} 张").format(n=count), icon="printer"),)


def _found(scene: Scene) -> tuple[Block, ...]:
    _ = scene.gettext
    results = scene.session.asking.results
    if results is None or results.query != scene.session.asking.asked:
        return (Notice(_("正在找……"), icon="search"),)
    if not results.hits:
        return (Notice(_("没有找到"), _("短号要打全，最后一位也要"), "info-circle"),)
    rows = tuple(_row(scene, hit) for hit in results.hits[:_HITS])
    return (Tiles(rows, most_columns=1),)


def _row(scene: Scene, hit: Hit) -> Tile:
    return _on_pile(scene, hit.service, hit.title, hit.marks)


def _pile(scene: Scene) -> tuple[Block, ...]:
    """What is printed together; touched again it is taken off."""
    _ = scene.gettext
    pile = scene.session.staff.batch
    if not pile:
        return (Notice(_("按一下找到的事，就加一张"), icon="receipt"),)
    services = (scene.catalog.service(one) for one in pile)
    rows = tuple(
        _on_pile(scene, one.id, scene.say(one.plain_name)) for one in services if one is not None
    )
    return Heading(_("要印的，{n} 张").format(n=len(pile))), Tiles(rows, most_columns=1)


def _on_pile(
    scene: Scene, service: str, title: str, marks: tuple[tuple[int, int], ...] = ()
) -> Tile:
    """A service that is on the pile, or can be put there; below it, where it is done."""
    pile = scene.session.staff.batch
    is_there = service in pile
    tile = Tile(
        f"batch:{service}",
        title,
        _where(scene, service),
        act=Batch(service, not is_there),
        shape="row",
        marks=marks,
        enabled=is_there or len(pile) < BATCH_MAX,
    )
    return chosen(tile, is_there)


def _where(scene: Scene, id: str) -> str:
    _ = scene.gettext
    service = scene.catalog.service(id)
    places = scene.counters(service) if service is not None else []
    if not places:
        return _("不在窗口办")
    hall, counter = places[0]
    if hall.id != scene.hall:
        return _("到{hall}").format(hall=scene.say(hall.short))
    return scene.place_of(counter)


def _print(scene: Scene) -> tuple[Tiles, ...]:
    _ = scene.gettext
    pile, slip = scene.session.staff.batch, scene.session.taking.slip
    if not pile:
        return ()
    tile = Tile(
        "staff-find:print",
        _("印 {n} 张小票").format(n=len(pile)),
        icon="printer",
        act=Print(kind=SlipKind.BATCH),
        tone="primary",
        shape="button",
        enabled=slip is None or slip.outcome is not None,
    )
    return (Tiles((tile,), most_columns=1),)


def _field(scene: Scene) -> Field:
    _ = scene.gettext
    icon = "" if scene.has_few_places else "backspace"
    erase = Tile("staff-find:erase", _("删除"), icon=icon, act=Erase(), shape="slim")
    asked = scene.session.asking.asked
    return Field(asked.upper() if asked.isascii() else asked, _("这里显示您打的"), "search", erase)


def _pad(scene: Scene) -> Keys:
    """Digits and letters as on a keyboard, which staff know; of large keys only letters fit."""
    _ = scene.gettext
    rows = (string.ascii_uppercase,) if scene.choices.steady else _ROWS
    keys = [
        Tile(f"key:{sign}", sign, act=Type(sign.lower()), shape="key")
        for row in rows
        for sign in row
    ]
    keys.append(Tile("key:clear", _("清空"), act=Write(""), shape="key"))
    if scene.choices.steady:
        return Keys(tuple(keys), COLUMNS)
    ends = [sum(map(len, rows[:n])) for n in range(1, len(rows))]
    return Keys(tuple(keys), len(rows[0]), tuple(ends))
