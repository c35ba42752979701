"""Finding by what happened in life: all events, and what of one somebody needs, in order.

Knows how questions and the plan of an event are worded. Does not know what an answer decides
(`kiosk.core.situations`) nor the order (`kiosk.core.plan`).
"""

from __future__ import annotations

from kiosk.core.case import SKIPPED, Answer
from kiosk.core.catalog import Event, Service
from kiosk.core.plan import planned
from kiosk.core.routes import (
    Collect,
    EventPage,
    EventQuestionPage,
    EventsPage,
    Go,
    PlanPage,
    Route,
    ServicePage,
    Tell,
)
from kiosk.core.situations import (
    Needed,
    answered_event,
    needed_of,
    of_event,
    open_event_questions,
)
from kiosk.core.value import replace
from kiosk.ui.page import Block, Heading, Notice, Page, Tile, Tiles
from kiosk.views import my_list
from kiosk.views.scene import Scene
from kiosk.views.situations import FEW, again_tile, option_tiles


def all_events(scene: Scene, route: EventsPage) -> Page:
    """All life events."""
    _ = scene.gettext
    tiles = tuple(
        Tile(
            f"event:{event.id}",
            scene.say(event.name),
            scene.say(event.hint),
            event.icon,
            Go(EventPage(event=event.id)),
        )
        for event in scene.catalog.events()
    )
    return scene.page(
        "events", _("您遇到了什么事？"), (Tiles(tiles, most_columns=2),), path=_("首页")
    )


def one_event(scene: Scene, route: EventPage) -> Page:
    """What people in this situation need, in order, and the questions that say who needs what."""
    _ = scene.gettext
    event = scene.catalog.event(route.event)
    if event is None:
        return _gone(scene, route.event)
    rows = []
    for number, step in enumerate(event.steps, start=1):
        service = scene.catalog.service(step.service)
        if service is not None:
            rows.append(_row(scene, service, f"{number}. ", scene.say(step.when)))
    return scene.page(
        f"event:{event.id}",
        scene.say(event.name),
        (Notice(_("照这个顺序办，少跑路"), icon="route"), Tiles(tuple(rows), most_columns=1)),
        dock=(Tiles((_begin(scene, event),)),),
        path=" › ".join((_("首页"), _("我遇到的事"))),
    )


def _begin(scene: Scene, event: Event) -> Tile:
    """To the first question that is open, or to the plan."""
    _ = scene.gettext
    left = open_event_questions(event, scene.session.case)
    title = _("看我要办哪些")
    if left:
        title = _("答 {n} 个问题，看我要办哪些").format(n=len(left))
    return Tile(
        "event:begin",
        title,
        icon="route",
        act=Go(_following(event, left)),
        tone="primary",
        shape="button",
    )


def _following(event: Event, left: tuple[int, ...]) -> Route:
    if left:
        return EventQuestionPage(event=event.id, question=left[0])
    return PlanPage(event=event.id)


def _row(scene: Scene, service: Service, number: str = "", when: str = "") -> Tile:
    return Tile(
        f"service:{service.id}",
        number + scene.say(service.plain_name),
        when or scene.path(service),
        act=Go(ServicePage(service=service.id)),
        shape="row",
    )


def _gone(scene: Scene, event: str) -> Page:
    _ = scene.gettext
    notice = Notice(_("这件事不在目录里了"), _("看看别的，或者问导服台"), "info-circle")
    others = Tile("event:others", _("我遇到的事"), icon="route", act=Go(EventsPage()))
    return scene.page(f"event:{event}", _("没有这一项"), (notice, Tiles((others,))))


# questions ----------------------------------------------------------------------------------------


def question(scene: Scene, route: EventQuestionPage) -> Page:
    """One question that decides which services are needed."""
    _ = scene.gettext
    event = scene.catalog.event(route.event)
    if event is None or route.question >= len(event.questions):
        return _gone(scene, route.event)
    asked = event.questions[route.question]
    of, labels = of_event(event), tuple(one.label for one in asked.options)
    tiles = option_tiles(scene, labels, scene.session.case.options(of).get(route.question))
    answers = [Answer(of, route.question, n) for n in (*range(len(labels)), SKIPPED)]
    acts = [Tell(one, _next(scene, event, one)) for one in answers]
    options = tuple(replace(tile, act=act) for tile, act in zip(tiles, acts, strict=True))
    several = len(event.questions) > 1
    count = _("第 {n} 个问题，共 {all} 个").format(n=route.question + 1, all=len(event.questions))
    return scene.page(
        f"event-question:{event.id}",
        scene.say(asked.ask),
        (Tiles(options, most_columns=1 if len(labels) < FEW else 2, fills=True),),
        path=" › ".join((_("我遇到的事"), scene.say(event.name))),
        text=count if several else "",
    )


def _next(scene: Scene, event: Event, answer: Answer) -> Route:
    """The next question that this answer leaves open, or the plan."""
    case = scene.session.case.answered(answer)
    return _following(event, open_event_questions(event, case))


# the plan -----------------------------------------------------------------------------------------


def plan(scene: Scene, route: PlanPage) -> Page:
    """What is needed in one's own case, in order, with all papers of it."""
    _ = scene.gettext
    event = scene.catalog.event(route.event)
    if event is None:
        return _gone(scene, route.event)
    needed = needed_of(event, scene.session.case)
    services = my_list.listed(scene, (step.service for step in needed.sure))
    order = planned(services, my_list.surroundings(scene), keeps_order=True)
    steps = my_list.rows(scene, order, services)
    blocks: list[Block] = [my_list.trips(scene, order)] if steps else [_nothing(scene)]
    blocks += [*_told(scene, event, asks=bool(steps)), *my_list.warnings(scene, services, order)]
    if steps:
        title = _("您要办这些，{n} 件").format(n=len(steps))
        blocks += [Heading(title), Tiles(steps, most_columns=1)]
    blocks += _perhaps(scene, needed)
    if services:
        blocks += my_list.papers(scene, services)
    blocks += _spared(scene, needed)
    return scene.page(
        f"plan:{event.id}",
        _("照这个顺序办"),
        tuple(blocks),
        dock=_dock(scene, event, services),
        path=" › ".join((_("我遇到的事"), scene.say(event.name))),
    )


def _nothing(scene: Scene) -> Notice:
    _ = scene.gettext
    return Notice(_("没有一定要办的"), _("看看下面，或者问导服台"), "info-circle")


def _told(scene: Scene, event: Event, asks: bool) -> tuple[Block, ...]:
    """Questions that are still open, unless the dock asks them, and what was answered."""
    _ = scene.gettext
    case = scene.session.case
    rows = []
    left = open_event_questions(event, case)
    if left and asks:
        title = _("先答 {n} 个问题，要办什么说得更准").format(n=len(left))
        ask = Go(EventQuestionPage(event=event.id, question=left[0]))
        rows.append(Tile("event:ask", title, "", "message", ask, "tint", "row"))
    given = answered_event(event, case)
    if given:
        rows.append(again_tile(scene, of_event(event), given))
    return (Tiles(tuple(rows), most_columns=1),) if rows else ()


def _perhaps(scene: Scene, needed: Needed) -> list[Block]:
    _ = scene.gettext
    rows = []
    for step in needed.perhaps:
        service = scene.catalog.service(step.service)
        if service is not None:
            rows.append(_row(scene, service, when=scene.say(step.when)))
    heading = Heading(_("看情况，也许还要办"))
    return [heading, Tiles(tuple(rows), most_columns=1)] if rows else []


def _spared(scene: Scene, needed: Needed) -> list[Block]:
    """Named all the same: whoever came for one of them sees that it was not forgotten."""
    _ = scene.gettext
    services = my_list.listed(scene, (step.service for step in needed.spared))
    if not services:
        return []
    names = _("、").join(scene.say(one.plain_name) for one in services)
    return [Notice(_("这些您不用办"), names, "check")]


def _dock(scene: Scene, event: Event, services: tuple[Service, ...]) -> tuple[Block, ...]:
    """First the questions where nothing is certain; then onto the list, then away with it."""
    _ = scene.gettext
    case = scene.session.case
    missing = tuple(one.id for one in services if one.id not in case.services)
    if not services:
        left = open_event_questions(event, case)
        return (Tiles((_begin(scene, event),)),) if left else ()
    if not missing or case.is_full:
        take = Tiles((replace(my_list.take_tile(scene), name="plan:on"),))
        return (*_left_out(scene, len(missing)), take)
    collect = Tile(
        "plan:on",
        _("都放进清单"),
        icon="plus",
        act=Collect(missing),
        tone="primary",
        shape="button",
    )
    return (Tiles((collect,)),)


def _left_out(scene: Scene, many: int) -> tuple[Notice, ...]:
    """What did not fit on the list is not dropped without a word."""
    if not many:
        return ()
    title = scene.gettext("清单满了，还有 {n} 件没放下").format(n=many)
    return (Notice(title, icon="alert-triangle", tone="warning"),)
