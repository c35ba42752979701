"""One service: the answer first (here? now? must I come?), then what to bring, then how."""

from __future__ import annotations

from kiosk.core import wording
from kiosk.core.catalog import FeeItem, NeededMaterial, Service
from kiosk.core.routes import Go, HandoffPage, ServicePage
from kiosk.ui.page import Block, Heading, Line, Notice, Page, Panel, Tile, Tiles
from kiosk.views.scene import Scene, opening_words

RELATED_MAX = 4


def page(scene: Scene, route: ServicePage) -> Page:
    """The page of a service."""
    _ = scene.gettext
    service = scene.catalog.service(route.service)
    if service is None:
        return _gone(scene)
    blocks: list[Block] = [
        where(scene, service),
        Tiles(_facts(scene, service), min_em=8.4, fills=True),
    ]
    blocks += _needed(scene, service)
    blocks += _steps(scene, service)
    blocks += [
        Notice(scene.say(warning), icon="shield-exclamation", tone="warning")
        for warning in service.warnings
    ]
    blocks += _questions(scene, service)
    blocks += _related(scene, service)
    take = Tile(
        "service:take",
        _("带走：小票或手机"),
        icon="receipt",
        act=Go(HandoffPage(service=service.id)),
        tone="primary",
        shape="button",
    )
    official = scene.say(service.name)
    plain = scene.say(service.plain_name)
    return scene.page(
        f"service:{service.id}",
        plain,
        tuple(blocks),
        dock=(Tiles((take,)),),
        path=scene.path(service),
        text=official if official != plain else scene.say(service.summary),
    )


def _gone(scene: Scene) -> Page:
    _ = scene.gettext
    text = _("请问导服台，或者打 {hotline}").format(hotline=scene.catalog.city().hotline)
    notice = Notice(_("这件事不在目录里了"), text, "info-circle", "warning")
    return scene.page("service:gone", _("没有找到"), (notice,))


def where(scene: Scene, service: Service) -> Notice:
    """Can it be done here, at which counter, now?"""
    _ = scene.gettext
    places = scene.counters(service)
    here = [counter for hall, counter in places if hall.id == scene.hall]
    hall = scene.here()
    if here and hall:
        counter = here[0]
        place = f"{scene.say(counter.floor)} {scene.say(counter.label)}"
        state = scene.opening(hall, counter)
        return Notice(
            _("在这里就能办：{place}").format(place=place),
            opening_words(scene, state),
            "circle-check" if state.is_open else "clock",
            "yes" if state.is_open else "warning",
        )
    if places:
        other, counter = places[0]
        place = f"{scene.say(counter.floor)} {scene.say(counter.label)}"
        return Notice(
            _("这里办不了，请到{hall}").format(hall=scene.say(other.short)),
            f"{place}\n{scene.say(other.transport)}",
            "map-pin",
            "warning",
        )
    outside = next((one for one in service.channels if one.via != "counter"), None)
    if outside is not None:
        title = _("不用到大厅窗口：{way}").format(way=scene.say(outside.title))
        return Notice(title, scene.say(outside.note), "map-pin", "yes")
    desk = scene.say(hall.help_desk) if hall else _("导服台")
    return Notice(_("请先问导服台"), desk, "map-pin", "warning")


def _facts(scene: Scene, service: Service) -> tuple[Tile, ...]:
    return (_who(scene, service), _time(scene, service), _fee(scene, service))


def _who(scene: Scene, service: Service) -> Tile:
    _ = scene.gettext
    rule = service.proxy
    if rule is None:
        return Tile("fact:who", _("能不能替人办"), _("请问窗口"), "user")
    words = {
        "no": _("要您自己来"),
        "partly": _("有的情况能替办"),
        "yes": _("家人可以替办"),
    }
    icons = {"no": "user", "partly": "user-question", "yes": "users"}
    return Tile("fact:who", words[rule.allowed], scene.say(rule.reason), icons[rule.allowed])


def _time(scene: Scene, service: Service) -> Tile:
    _ = scene.gettext
    time = service.promised_time or service.legal_time
    if time is None:
        if service.handling == "at-once":
            return Tile("fact:time", _("当场办好"), "", "clock")
        return Tile("fact:time", _("多久能好"), _("请问窗口"), "clock")
    if time.n == 0:
        return Tile("fact:time", _("当场办好"), scene.say(time.note), "clock")
    title = wording.of_duration(time, _)
    note = scene.say(time.note)
    if any(doubt.field.startswith(("legal_time", "promised_time")) for doubt in service.doubts):
        note = note or _("窗口说了算")
    return Tile("fact:time", title, note, "clock")


def _fee(scene: Scene, service: Service) -> Tile:
    _ = scene.gettext
    fee = service.fee
    if fee is None:
        return Tile("fact:fee", _("收不收费"), _("请问窗口"), "coin-yuan")
    if not fee.charged:
        return Tile("fact:fee", _("不收费"), scene.say(fee.note), "coin-yuan")
    amounts = [item for item in fee.items if item.amount is not None]
    doubtful = any(doubt.field.startswith("fee") for doubt in service.doubts)
    note = scene.say(fee.note) or (_("窗口说了算") if doubtful else "")
    if not amounts:
        return Tile("fact:fee", _("要收费"), note or _("金额请问窗口"), "coin-yuan")
    if len(amounts) == 1:
        return Tile("fact:fee", _amount(scene, amounts[0]), note, "coin-yuan")
    text = "\n".join(f"{scene.say(item.name)} {_amount(scene, item)}" for item in amounts)
    return Tile("fact:fee", _("要收费"), text, "coin-yuan")


def _amount(scene: Scene, item: FeeItem) -> str:
    return f"{item.amount} {scene.say(item.unit)}"


def _needed(scene: Scene, service: Service) -> list[Block]:
    _ = scene.gettext
    if not service.materials:
        nothing = _("目录里没有写要带什么")
        if service.steps:
            nothing = _("什么都不用带")
        return [Notice(nothing, _("拿不准，先打 {phone} 问").format(phone=phone(scene, service)))]
    order = {"always": 0, "later": 1, "sometimes": 2}
    needed = sorted(service.materials, key=lambda one: order[one.need])
    lines = tuple(_material(scene, one) for one in needed)
    return [Heading(_("要带的东西，{n} 样").format(n=len(lines))), Panel(lines)]


def _material(scene: Scene, needed: NeededMaterial) -> Line:
    _ = scene.gettext
    material = scene.catalog.material(needed.material)
    name = scene.say(material.name) if material else needed.material
    parts = []
    if needed.need == "sometimes":
        when = scene.say(needed.when)
        parts.append(_("{when}才要带").format(when=when) if when else _("有的人才要带"))
    if needed.originals:
        parts.append(_("原件 {n} 份").format(n=needed.originals))
    if needed.copies:
        parts.append(_("复印件 {n} 份").format(n=needed.copies))
    if needed.need == "later":
        parts.append(_("可以以后补"))
    note = scene.say(needed.note) or (scene.say(material.note) if material else "")
    if note:
        parts.append(note)
    return Line(name, _("，").join(parts), "box")


def _steps(scene: Scene, service: Service) -> list[Block]:
    _ = scene.gettext
    if not service.steps:
        return []
    lines = tuple(
        Line(scene.say(step.text), scene.say(step.note), str(number))
        for number, step in enumerate(service.steps, start=1)
    )
    return [Heading(_("怎么办，{n} 步").format(n=len(lines))), Panel(lines)]


def _questions(scene: Scene, service: Service) -> list[Block]:
    _ = scene.gettext
    if not service.questions:
        return []
    lines = tuple(Line(scene.say(one.ask), scene.say(one.answer)) for one in service.questions)
    return [Heading(_("大家常问")), Panel(lines)]


def _related(scene: Scene, service: Service) -> list[Block]:
    _ = scene.gettext
    found = [scene.catalog.service(one.service) for one in service.relations]
    tiles = tuple(scene.service_tile(one) for one in found if one is not None)[:RELATED_MAX]
    return [Heading(_("和这件事有关的")), Tiles(tiles, most_columns=2)] if tiles else []


def phone(scene: Scene, service: Service) -> str:
    """Whom to call about a service."""
    return service.consult or scene.catalog.city().hotline
