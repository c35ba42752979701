"""The errands that were collected: in order, with one list of papers for all of them.

Knows how a plan and a checklist are worded. Does not know how they come about
(`kiosk.core.plan`, `kiosk.core.checklist`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kiosk.core.bulletins import about
from kiosk.core.catalog import Service
from kiosk.core.checklist import Condition, Demand, left, merged
from kiosk.core.plan import Plan, Stop, Surroundings, Where, planned
from kiosk.core.proxy import Verdict, judge
from kiosk.core.routes import (
    Collect,
    Drop,
    EventsPage,
    Go,
    HandoffPage,
    ListPage,
    SearchPage,
)
from kiosk.core.value import replace
from kiosk.ui.page import Block, Heading, Line, Notice, Page, Panel, Tile, Tiles
from kiosk.views import bulletins, proxy
from kiosk.views.scene import Scene, opening_words

NAMED_MAX = 3  # errands by name


def page(scene: Scene, route: ListPage) -> Page:
    """The list; where it is empty, how to collect."""
    _ = scene.gettext
    services = listed(scene, scene.session.case.services)
    if not services:
        return _empty(scene)
    plan = planned(services, surroundings(scene))
    services = listed(scene, (stop.service for stop in plan.stops))
    blocks = (
        trips(scene, plan),
        *warnings(scene, services, plan),
        *_order(scene, plan, services),
        *papers(scene, services),
        *_drops(scene, services),
    )
    return scene.page(
        "list",
        _("我的清单，{n} 件事").format(n=len(services)),
        blocks,
        dock=(Tiles((take_tile(scene),)),),
        path=_("首页"),
    )


def _empty(scene: Scene) -> Page:
    _ = scene.gettext
    told = Notice(_("清单还是空的"), _("看到要办的事，按“放进清单”"), "notebook")
    ways = (
        Tile("list:search", _("找一件事"), icon="search", act=Go(SearchPage())),
        Tile("list:events", _("我遇到的事"), icon="route", act=Go(EventsPage())),
    )
    return scene.page("list", _("我的清单"), (told, Tiles(ways, most_columns=2)), path=_("首页"))


def listed(scene: Scene, slugs: Iterable[str]) -> tuple[Service, ...]:
    """Those that this edition has."""
    found = map(scene.catalog.service, slugs)
    return tuple(one for one in found if one is not None)


def surroundings(scene: Scene) -> Surroundings:
    """Where and when it is planned."""
    return Surroundings(scene.catalog, scene.hall, scene.now, scene.local)


def take_tile(scene: Scene) -> Tile:
    """The way to codes and slips of the whole list."""
    _ = scene.gettext
    return Tile(
        "list:take",
        _("带走清单"),
        icon="receipt",
        act=Go(HandoffPage()),
        tone="primary",
        shape="button",
    )


def collect_tile(scene: Scene, service: Service) -> Tile:
    """Onto the list, or to the list where it is there or no more fit."""
    _ = scene.gettext
    case = scene.session.case
    # one name for all of them: whoever has pressed it stands on it and hears what it is now
    see = Tile("list:collect", "", icon="notebook", act=Go(ListPage()), shape="button")
    if service.id in case.services:
        return replace(see, title=_("已在清单，看清单"), icon="circle-check")
    if case.is_full:
        return replace(see, title=_("清单满了，看清单"))
    act = Collect((service.id,))
    return Tile("list:collect", _("放进清单"), icon="plus", act=act, shape="button")


# the order --------------------------------------------------------------------------------------


def trips(scene: Scene, plan: Plan) -> Notice:
    """How often one has to leave home, the first thing that is asked."""
    _ = scene.gettext
    if plan.trips == 0:
        return Notice(_("不用跑，在家就能办"), icon="home", tone="yes")
    is_here = all(one.spot.where in (Where.HERE, Where.REMOTE) for one in plan.stops)
    if plan.trips == 1 and is_here:
        return Notice(_("在这里一趟办完"), icon="circle-check", tone="yes")
    return Notice(_("一共要跑 {n} 趟").format(n=plan.trips), icon="route")


def warnings(scene: Scene, services: Sequence[Service], plan: Plan) -> tuple[Notice, ...]:
    """What does not go together, and what cannot be done like this."""
    _ = scene.gettext
    names = {one.id: scene.say(one.plain_name) for one in services}
    told = list(_bulletins(scene, services))
    told += [
        Notice(
            _("这两件办一件就行，先问窗口"),
            _("、").join((names[one], names[other])),
            "alert-triangle",
            "warning",
        )
        for one, other in plan.conflicts
    ]
    if plan.circular:
        which = _("、").join(names[one] for one in plan.circular)
        told.append(Notice(_("先办哪件，请问窗口"), which, "help-circle", "warning"))
    acting = scene.session.case.acting
    refused = [
        names[one.id]
        for one in services
        if acting is not None and judge(one, acting).verdict is Verdict.REFUSED
    ]
    if acting is not None and refused:
        whom = proxy.whom_words(scene, acting.whom)
        title = _("这些要{whom}自己来办").format(whom=whom)
        told.append(Notice(title, _("、").join(refused), "user", "warning"))
    return tuple(told)


def _bulletins(scene: Scene, services: Sequence[Service]) -> Iterator[Notice]:
    """What must be known for a while, with the errands that it concerns."""
    for bulletin in bulletins.known(scene):
        names = [scene.say(one.plain_name) for one in services if about(one, (bulletin,))]
        if names:
            text = scene.gettext("、").join(names)
            yield Notice(scene.say(bulletin.title), text, "alert-triangle", "warning")


def _order(scene: Scene, plan: Plan, services: Sequence[Service]) -> tuple[Block, ...]:
    """Rows by place, in the order of the plan."""
    blocks: list[Block] = []
    pairs = zip(plan.stops, rows(scene, plan, services), strict=True)
    for _place, members in groupby(pairs, key=lambda pair: _place_of(pair[0])):
        stops, tiles = zip(*members, strict=True)
        blocks += [Heading(_place_words(scene, stops[0])), Tiles(tiles, most_columns=1)]
    return tuple(blocks)


def _place_of(stop: Stop) -> tuple[object, ...]:
    return stop.spot.where, stop.spot.hall, min(stop.trip, 1)


def _place_words(scene: Scene, stop: Stop) -> str:
    _ = scene.gettext
    where, hall = stop.spot.where, stop.spot.hall
    if where is Where.HERE:
        return _("改天再来这个大厅") if stop.trip else _("在这个大厅")
    if hall is not None:
        words = _("改天到{hall}") if stop.trip else _("到{hall}")
        return words.format(hall=scene.say(hall.short))
    if where is Where.REMOTE:
        return _("不用到大厅")
    return _("在别的地方")


def rows(scene: Scene, plan: Plan, services: Iterable[Service]) -> tuple[Tile, ...]:
    """The errands of a plan in its order. `services` are those that it was made of."""
    known = {one.id: one for one in services}
    numbered = enumerate(plan.stops, start=1)
    return tuple(_row(scene, plan, number, known[stop.service]) for number, stop in numbered)


def _row(scene: Scene, plan: Plan, number: int, service: Service) -> Tile:
    """One errand: where, when, and what comes before it."""
    tile = scene.service_tile(service, "row")
    text = "\n".join(_about(scene, plan, plan.stops[number - 1], service))
    return replace(tile, title=f"{number}. {tile.title}", text=text, icon="")


def _about(scene: Scene, plan: Plan, stop: Stop, service: Service) -> Iterable[str]:
    _ = scene.gettext
    yield _spot_words(scene, stop, service)
    places = {one.service: n for n, one in enumerate(plan.stops, start=1)}
    for before in stop.needs:
        found = scene.catalog.service(before)
        name = scene.say(found.plain_name) if found else ""
        yield _("先办第 {n} 件“{service}”，才能办").format(n=places[before], service=name)
    if stop.visits > 1:
        yield _("要来 {n} 次").format(n=stop.visits)


def _spot_words(scene: Scene, stop: Stop, service: Service) -> str:
    _ = scene.gettext
    spot = stop.spot
    if spot.counter is not None:
        place = scene.place_of(spot.counter)
        if spot.where is not Where.HERE or not spot.is_closed or spot.opening is None:
            return place
        closed = _("今天不办") if spot.is_closed_today else opening_words(scene, spot.opening)
        return _("，").join((place, closed))
    if service.channels:
        return scene.say(service.channels[0].title)
    return _("先问导服台")


def _drops(scene: Scene, services: Sequence[Service]) -> tuple[Block, ...]:
    """At the end and by themselves: nobody slips onto them from an errand."""
    _ = scene.gettext
    tiles = tuple(
        Tile(
            f"drop:{one.id}",
            _("拿掉“{service}”").format(service=scene.say(one.plain_name)),
            icon="x",
            act=Drop(one.id),
        )
        for one in services
    )
    return Heading(_("不办了？从清单拿掉")), Tiles(tiles, most_columns=2)


# papers -----------------------------------------------------------------------------------------


def papers(scene: Scene, services: Sequence[Service]) -> tuple[Block, ...]:
    """Everything to bring for these services, each paper once."""
    case = scene.session.case
    demands = merged(services, case, scene.catalog.material)
    names = {one.id: scene.say(one.plain_name) for one in services}
    return paper_blocks(scene, demands, names)


def paper_blocks(
    scene: Scene, demands: tuple[Demand, ...], names: dict[str, str]
) -> tuple[Block, ...]:
    """What is left to bring by whose it is, and what is in hand. `names` of the services."""
    _ = scene.gettext
    missing = left(demands)
    if not demands:
        return (Notice(_("什么都不用带"), icon="circle-check"),)
    blocks: list[Block] = []
    for holder in ("person", "helper"):
        part = [one for one in missing if one.holder == holder]
        if part:
            lines = tuple(_line(scene, one, names) for one in part)
            blocks += [Heading(_whose(scene, holder, len(part))), Panel(lines)]
    return (*blocks, *in_hand(scene, demands))


def _whose(scene: Scene, holder: str, n: int) -> str:
    _ = scene.gettext
    acting = scene.session.case.acting
    if acting is None:
        return _("要带的东西，{n} 样").format(n=n)
    if holder == "helper":
        return _("要带您自己的")
    return _("要带{whom}的").format(whom=proxy.whom_words(scene, acting.whom))


def in_hand(scene: Scene, demands: Iterable[Demand]) -> tuple[Notice, ...]:
    """What need not be found again; copies of it are made all the same."""
    _ = scene.gettext
    ticked = [one for one in demands if one.in_hand]
    if not ticked:
        return ()
    named = _("、").join(paper_name(scene, one.material) for one in ticked)
    copies = [
        _("{paper}还要复印 {n} 份").format(paper=paper_name(scene, one.material), n=one.copies)
        for one in ticked
        if one.copies
    ]
    title = _("已带：{papers}").format(papers=named)
    return (Notice(title, "\n".join(copies), "circle-check", "yes"),)


def paper_name(scene: Scene, paper: str) -> str:
    """As people call it."""
    material = scene.catalog.material(paper)
    return scene.say(material.name) if material else paper


def _line(scene: Scene, demand: Demand, names: dict[str, str]) -> Line:
    _ = scene.gettext
    parts = list(_conditions(scene, demand, names)) if demand.need == "sometimes" else []
    if demand.originals:
        parts.append(_("原件 {n} 份").format(n=demand.originals))
    if demand.copies:
        parts.append(_("复印件 {n} 份").format(n=demand.copies))
    if demand.need == "later":
        parts.append(_("可以以后补"))
    text = _("，").join(parts)
    if len(names) > 1 and not demand.names_conditions:
        text += "\n" + _users(scene, demand, names)
    return Line(paper_name(scene, demand.material), text.strip(), "box")


def _users(scene: Scene, demand: Demand, names: dict[str, str]) -> str:
    """For which errands, as long as that can be taken in at a glance."""
    _ = scene.gettext
    n = len(demand.services)
    if n == len(names):
        return _("每件都要用")
    if n > NAMED_MAX:
        return _("办 {n} 件事要用").format(n=n)
    which = _("、").join(names[one] for one in demand.services)
    return _("办这些要用：{services}").format(services=which)


def _conditions(scene: Scene, demand: Demand, names: dict[str, str]) -> Iterable[str]:
    """Each condition once; with the errand where several have one."""
    _ = scene.gettext
    for one in demand.conditions:
        words = _condition(scene, one)
        of = _("“{service}”：{condition}").format(service=names[one.service], condition=words)
        yield of if demand.names_conditions else words


def _condition(scene: Scene, condition: Condition) -> str:
    _ = scene.gettext
    when = scene.say(condition.when)
    return _("{when}才要带").format(when=when) if when else _("有的人才要带")
