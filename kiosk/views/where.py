"""Can it be done here and now, and where else? The answer first, then the way there."""

from __future__ import annotations

from kiosk.core import wording
from kiosk.core.catalog import Channel, Service
from kiosk.core.here import Here, Place, Verdict, judge
from kiosk.core.local import CounterToday
from kiosk.core.routes import Go, HandoffPage, ServicePage, WherePage
from kiosk.ui.page import Block, Heading, Line, Notice, Page, Panel, Tile, Tiles
from kiosk.views import floors
from kiosk.views.scene import Scene, opening_words


def page(scene: Scene, route: WherePage) -> Page:
    """The screen."""
    _ = scene.gettext
    service = scene.catalog.service(route.service)
    if service is None:
        return _gone(scene)
    here = judged(scene, service)
    return scene.page(
        f"where:{service.id}",
        _("这里能不能办？"),
        (
            notice(scene, service),
            *_this_hall(scene, here),
            *_other_halls(scene, here),
            *_other_ways(scene, here),
        ),
        dock=(Tiles(_dock(scene, service), most_columns=2, fills=True),),
        path=scene.say(service.plain_name),
    )


def notice(scene: Scene, service: Service) -> Notice:
    """The short answer, for a service's own page as well."""
    _ = scene.gettext
    here = judged(scene, service)
    place = here.place
    if place is not None and here.verdict is Verdict.ELSEWHERE:
        hall = scene.say(place.hall.short)
        words = f"{_counter(scene, place)}\n{scene.say(place.hall.transport)}"
        return Notice(_("这里办不了，请到{hall}").format(hall=hall), words, "map-pin", "warning")
    if place is not None:
        return _of_this_hall(scene, here.verdict, place)
    if not here.ways:
        own = scene.here()
        desk = scene.say(own.help_desk) if own else _("导服台")
        return Notice(_("请先问导服台"), desk, "map-pin", "warning")
    return _of_way(scene, here.verdict, here.ways[0])


def judged(scene: Scene, service: Service) -> Here:
    """Everything that is known about where a service can be done now."""
    return judge(service, scene.catalog, scene.hall, scene.local, scene.now)


def _gone(scene: Scene) -> Page:
    _ = scene.gettext
    text = _("请问导服台，或者打 {hotline}").format(hotline=scene.catalog.city().hotline)
    words = Notice(_("这件事不在目录里了"), text, "info-circle", "warning")
    return scene.page("where:gone", _("没有找到"), (words,))


def _counter(scene: Scene, place: Place) -> str:
    return scene.place_of(place.counter)


def _of_this_hall(scene: Scene, verdict: Verdict, place: Place) -> Notice:
    _ = scene.gettext
    counter, opening = _counter(scene, place), opening_words(scene, place.opening)
    if verdict is Verdict.SHUT:
        title = _("今天这里不办：{place}").format(place=counter)
        text = _noted(scene, place.today) or _("还有别的办法，也可以问导服台")
        return Notice(title, text, "alert-triangle", "warning")
    title = _("在这里就能办：{place}").format(place=counter)
    if verdict is Verdict.OPEN:
        words = (opening, _waiting(scene, place.today))
        return Notice(title, "\n".join(filter(None, words)), "circle-check", "yes")
    return Notice(title, opening, "clock", "warning")


def _waiting(scene: Scene, today: CounterToday) -> str:
    """How many people wait, and what staff say of it."""
    _ = scene.gettext
    words = {"short": _("现在人少"), "some": _("现在有人在等"), "long": _("现在人多，要多等一会儿")}
    said = (words[today.waiting] if today.waiting else "", _noted(scene, today))
    return "\n".join(filter(None, said))


def _noted(scene: Scene, today: CounterToday) -> str:
    """The sentence that staff chose; it is kept in Chinese."""
    return scene.gettext(today.note) if today.note else ""


def _of_way(scene: Scene, verdict: Verdict, way: Channel) -> Notice:
    _ = scene.gettext
    name, text = scene.say(way.title), scene.say(way.note)
    if verdict is Verdict.OUTSIDE:
        title = _("不在大厅办，请到：{place}").format(place=name)
        return Notice(title, text, "map-pin", "warning")
    title = _("不用到大厅窗口：{way}").format(way=name)
    return Notice(title, text, "phone" if verdict is Verdict.PHONE else "map-pin", "yes")


# more than the answer ---------------------------------------------------------------------------


def _this_hall(scene: Scene, here: Here) -> tuple[Block, ...]:
    _ = scene.gettext
    place = here.place
    if place is None or place.hall.id != scene.hall:
        return ()
    hours = wording.of_hours(place.counter.hours or place.hall.hours, _)
    lines = [Line(_("开门时间"), "\n".join(hours))]
    if scene.say(place.counter.name):
        lines.insert(0, Line(_("窗口叫什么"), scene.say(place.counter.name)))
    return (*floors.to_counter(scene, place.hall, place.counter.id), Panel(tuple(lines)))


def _other_halls(scene: Scene, here: Here) -> tuple[Block, ...]:
    """The halls that the answer has not named; of each the counters that are open soonest."""
    _ = scene.gettext
    by_hall = {place.hall.id: place for place in reversed(here.others)}
    others = tuple(by_hall[one] for one in dict.fromkeys(one.hall.id for one in here.others))
    if not others:
        return ()
    title = _("到这个大厅办") if here.verdict is Verdict.ELSEWHERE else _("别的大厅也能办")
    if len(others) > 1 and here.verdict is Verdict.ELSEWHERE:
        title = _("能办这件事的大厅")
    return (Heading(title), Panel(tuple(_hall(scene, place) for place in others)))


def _hall(scene: Scene, place: Place) -> Line:
    _ = scene.gettext
    hall = place.hall
    counter = _counter(scene, place)
    title = _("{hall}：{place}").format(hall=scene.say(hall.short), place=counter)
    state = opening_words(scene, place.opening)
    return Line(title, "\n".join((state, scene.say(hall.address), scene.say(hall.transport))))


def _other_ways(scene: Scene, here: Here) -> tuple[Block, ...]:
    _ = scene.gettext
    blocks: list[Block] = []
    ways = here.ways if here.places else here.ways[1:]  # the first is the answer
    if ways:
        heading = _("不来大厅也能办") if here.places else _("别的办法")
        blocks += [Heading(heading), Panel(tuple(_way(scene, one) for one in ways))]
    if here.home_visit is not None:
        text = scene.say(here.home_visit)
        blocks.append(Notice(_("走不动的，可以请人上门"), text, "home-heart", "tint"))
    if here.is_only_in_person:
        blocks.append(Notice(_("要到窗口办，网上办不了"), icon="info-circle"))
    return tuple(blocks)


def _way(scene: Scene, way: Channel) -> Line:
    parts = (scene.say(way.note), way.phone or "")
    title = scene.say(way.title)
    return Line(title, "\n".join(part for part in parts if part and part not in title))


def _dock(scene: Scene, service: Service) -> tuple[Tile, ...]:
    _ = scene.gettext
    bring = Tile(
        "where:service",
        _("看看要带什么"),
        icon="id",
        act=Go(ServicePage(service=service.id)),
        shape="button",
    )
    take = Tile(
        "where:take",
        _("带走：小票或手机"),
        icon="receipt",
        act=Go(HandoffPage(service=service.id)),
        tone="primary",
        shape="button",
    )
    return bring, take
