"""One service: the answer first (here? now? must I come?), then what to bring, then how."""

from __future__ import annotations

from kiosk.core import situations, wording
from kiosk.core.catalog import FeeItem, NeededMaterial, Service
from kiosk.core.checklist import merged
from kiosk.core.routes import Go, HandoffPage, ServicePage, WherePage
from kiosk.core.situations import NEEDS, papers_of, perhaps_meant
from kiosk.core.value import replace
from kiosk.ui.page import Block, Heading, Line, Notice, Page, Panel, Tile, Tiles
from kiosk.views import bulletins, popular, proxy
from kiosk.views import where as where_
from kiosk.views.my_list import collect_tile, in_hand, paper_name
from kiosk.views.scene import Scene
from kiosk.views.situations import told

RELATED_MAX = 4
TOGETHER_MAX = 2  # of these


def page(scene: Scene, route: ServicePage) -> Page:
    """The page of a service."""
    service = scene.catalog.service(route.service)
    if service is None:
        return _gone(scene)
    meant = situations.goto(service, scene.session.case)
    other = scene.catalog.service(meant) if meant is not None else None
    if other is not None:
        return _other(scene, service, other)
    verdict = proxy.notice(scene, service)
    blocks: tuple[Block, ...] = (
        *bulletins.notices(scene, service),
        *((verdict,) if verdict is not None else ()),
        where(scene, service),
        *told(scene, service),
        Tiles(_facts(scene, service), min_em=8.4, fills=True),
        *_needed(scene, service),
        Tiles(_ways_on(scene, service), min_em=7, fills=True),
        *_steps(scene, service),
        *(
            Notice(scene.say(warning), icon="shield-exclamation", tone="warning")
            for warning in service.warnings
        ),
        *_questions(scene, service),
        *_related(scene, service),
    )
    take = Tile(
        "service:take",
        scene.gettext("带走：小票或手机"),
        icon="receipt",
        act=Go(HandoffPage(service=service.id)),
        tone="primary",
        shape="button",
    )
    return _page(scene, service, blocks, take)


def _page(scene: Scene, service: Service, blocks: tuple[Block, ...], primary: Tile) -> Page:
    official = scene.say(service.name)
    plain = scene.say(service.plain_name)
    return scene.page(
        f"service:{service.id}",
        plain,
        blocks,
        dock=(Tiles((primary,)),),
        path=scene.path(service),
        text=official if official != plain else scene.say(service.summary),
    )


def _other(scene: Scene, service: Service, other: Service) -> Page:
    """Another errand is meant by what was answered: nothing here leads astray."""
    _ = scene.gettext
    name = scene.say(other.plain_name)
    title = _("您要办的是：{service}").format(service=name)
    meant = Notice(title, scene.say(other.summary), "info-circle")
    there = replace(
        scene.service_tile(other),
        title=_("看“{service}”").format(service=name),
        tone="primary",
        shape="button",
    )
    return _page(scene, service, (meant, *told(scene, service)), there)


def _ways_on(scene: Scene, service: Service) -> tuple[Tile, ...]:
    """What else one can do with it."""
    _ = scene.gettext
    here = Tile(
        "service:where",
        _("这里能办吗"),
        icon="map-pin",
        act=Go(WherePage(service=service.id)),
        shape="button",
    )
    return collect_tile(scene, service), proxy.tile(scene, service), here


def _gone(scene: Scene) -> Page:
    _ = scene.gettext
    text = _("请问导服台，或者打 {hotline}").format(hotline=scene.catalog.city().hotline)
    notice = Notice(_("这件事不在目录里了"), text, "info-circle", "warning")
    return scene.page("service:gone", _("没有找到"), (notice,))


def where(scene: Scene, service: Service) -> Notice:
    """Can it be done here, at which counter, now?"""
    return where_.notice(scene, service)


def _facts(scene: Scene, service: Service) -> tuple[Tile, ...]:
    facts = _time(scene, service), _fee(scene, service)
    is_answered = scene.session.case.acting is not None  # the verdict stands above
    return facts if is_answered else (_who(scene, service), *facts)


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
    papers = papers_of(service, scene.session.case)
    if not papers:
        nothing = _("目录里没有写要带什么")
        if service.steps:
            nothing = _("什么都不用带")
        return [Notice(nothing, _("拿不准，先打 {phone} 问").format(phone=phone(scene, service)))]
    needed = sorted(papers, key=lambda one: NEEDS.index(one.need))
    ready = scene.session.case.in_hand
    lines = tuple(_material(scene, one) for one in needed if one.material not in ready)
    title = _("要带的东西，{n} 样").format(n=len(lines))
    missing: list[Block] = [Heading(title), Panel(lines)] if lines else []
    demands = merged((service,), scene.session.case, scene.catalog.material, lambda _service: ())
    return [*missing, *in_hand(scene, demands)]


def _material(scene: Scene, needed: NeededMaterial) -> Line:
    _ = scene.gettext
    material = scene.catalog.material(needed.material)
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
    return Line(paper_name(scene, needed.material), _("，").join(parts), "box")


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
    """What goes with it, then what the catalog links to it, each once."""
    _ = scene.gettext
    above = {one.service for one in perhaps_meant(service, scene.session.case)}
    together = (one for one in popular.together(scene, service) if one.id not in above)
    often = tuple(together)[:TOGETHER_MAX]
    shown = {service.id, *above, *(one.id for one in often)}
    linked = dict.fromkeys(one.service for one in service.relations if one.service not in shown)
    others = tuple(one for one in map(scene.catalog.service, linked) if one is not None)
    parts = (
        (_("常一起办"), often),
        (_("和这件事有关的"), others[: RELATED_MAX - len(often)]),
    )
    blocks: list[Block] = []
    for title, services in parts:
        if services:
            tiles = tuple(scene.service_tile(one) for one in services)
            blocks += [Heading(title), Tiles(tiles, most_columns=2)]
    return blocks


def phone(scene: Scene, service: Service) -> str:
    """Whom to call about a service."""
    return service.consult or scene.catalog.city().hotline
