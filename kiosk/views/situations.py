"""One question about one's own situation, and how its answers are told again.

Knows how a question is put and answered. Does not know what an answer changes
(`kiosk.core.situations`).
"""

from __future__ import annotations

from kiosk.core.case import SKIPPED, Answer
from kiosk.core.catalog import Service, Situation, Text
from kiosk.core.routes import AskAgain, Go, Home, Route, ServicePage, SituationPage, Tell
from kiosk.core.situations import (
    answered,
    matters,
    notes_of,
    of_service,
    open_questions,
    perhaps_meant,
)
from kiosk.core.value import replace
from kiosk.ui.page import Block, Line, Notice, Page, Panel, Tile, Tiles
from kiosk.views.scene import Scene, chosen

FEW = 4  # answers stand below each other


def page(scene: Scene, route: SituationPage) -> Page:
    """The question, and what one may answer."""
    _ = scene.gettext
    service = scene.catalog.service(route.service)
    if service is None or route.question >= len(service.situations):
        return _gone(scene, service)
    situation = service.situations[route.question]
    asked = [n for n, one in enumerate(service.situations) if matters(one)]
    count = ""
    if len(asked) > 1 and route.question in asked:
        n = asked.index(route.question) + 1
        count = _("第 {n} 个问题，共 {all} 个").format(n=n, all=len(asked))
    return scene.page(
        f"situation:{service.id}",
        scene.say(situation.ask),
        (_options(scene, service, route.question, situation),),
        path=scene.say(service.plain_name),
        text=count,
    )


def _options(scene: Scene, service: Service, question: int, situation: Situation) -> Tiles:
    labels = tuple(one.label for one in situation.options)
    given = scene.session.case.options(of_service(service)).get(question)
    tiles = option_tiles(scene, labels, given)
    acts = []
    for option in (*range(len(labels)), SKIPPED):
        answer = Answer(of_service(service), question, option)
        acts.append(Tell(answer, _next(scene, service, answer)))
    return Tiles(
        tuple(replace(tile, act=act) for tile, act in zip(tiles, acts, strict=True)),
        most_columns=1 if len(labels) < FEW else 2,
        fills=True,
    )


def option_tiles(scene: Scene, labels: tuple[Text, ...], given: int | None) -> tuple[Tile, ...]:
    """Answers to choose from, without their acts; the last one for whoever does not know."""
    _ = scene.gettext
    tiles = tuple(Tile(f"option:{n}", scene.say(label)) for n, label in enumerate(labels))
    if given is not None:
        tiles = tuple(chosen(tile, n == given) for n, tile in enumerate(tiles))
    unsure = Tile("option:skip", _("不清楚，都告诉我"), icon="help-circle", tone="tint")
    return (*tiles, unsure)


def _next(scene: Scene, service: Service, answer: Answer) -> Route | None:
    """The next question that this answer leaves open; None: back to the service."""
    left = open_questions(service, scene.session.case.answered(answer))
    return SituationPage(service=service.id, question=left[0]) if left else None


def _gone(scene: Scene, service: Service | None) -> Page:
    _ = scene.gettext
    notice = Notice(_("这里没有问题要答"), _("回去接着看就行"), "info-circle")
    there = Go(ServicePage(service=service.id)) if service else Go(Home())
    title = scene.say(service.plain_name) if service else _("回首页")
    back = Tile("situation:back", title, icon="arrow-left", act=there, shape="button")
    return scene.page("situation:gone", _("没有找到"), (notice, Tiles((back,))))


# on the page of the service ---------------------------------------------------------------------


def told(scene: Scene, service: Service) -> tuple[Block, ...]:
    """What is still to be answered, what was, and what the catalog says to it."""
    rows = (*_ask(scene, service), *_again(scene, service))
    blocks: tuple[Block, ...] = (Tiles(rows, most_columns=1),) if rows else ()
    return (*blocks, *_notes(scene, service), *_perhaps(scene, service))


def _ask(scene: Scene, service: Service) -> tuple[Tile, ...]:
    _ = scene.gettext
    questions = open_questions(service, scene.session.case)
    if not questions:
        return ()
    title = _("先答 {n} 个问题，带什么说得更准").format(n=len(questions))
    ask = Go(SituationPage(service=service.id, question=questions[0]))
    return (Tile("situation:ask", title, "", "message", ask, "tint", "row"),)


def _again(scene: Scene, service: Service) -> tuple[Tile, ...]:
    given = [option for _, option in answered(service, scene.session.case)]
    labels = tuple(option.label if option is not None else None for option in given)
    return (again_tile(scene, of_service(service), labels),) if labels else ()


def again_tile(scene: Scene, of: str, given: tuple[Text | None, ...]) -> Tile:
    """What was answered, and the way to answer anew; None where somebody did not know."""
    _ = scene.gettext
    words = [scene.say(one) if one is not None else _("不清楚") for one in given]
    answers, icon = _("、").join(words), "rotate-clockwise"
    return Tile("situation:again", _("改一改您答的"), answers, icon, AskAgain(of), shape="row")


def _notes(scene: Scene, service: Service) -> tuple[Block, ...]:
    case = scene.session.case
    given = {option.label for _, option in answered(service, case) if option is not None}
    notes = notes_of(service, case)
    mine = tuple(
        Notice(scene.say(one.note), icon="info-circle") for one in notes if one.label in given
    )
    others = tuple(
        Line(scene.say(one.label), scene.say(one.note)) for one in notes if one.label not in given
    )
    return (*mine, Panel(others)) if others else mine


def _perhaps(scene: Scene, service: Service) -> tuple[Block, ...]:
    """What somebody may have meant who did not know the answer."""
    _ = scene.gettext
    tiles = []
    for one in perhaps_meant(service, scene.session.case):
        other = scene.catalog.service(one.service)
        if other is not None:
            when = _("要是{when}，办这件").format(when=scene.say(one.label))
            tiles.append(replace(scene.service_tile(other, "row"), text=when))
    return (Tiles(tuple(tiles), most_columns=1),) if tiles else ()
