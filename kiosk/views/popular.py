"""What everybody uses, and what editors recommend; nothing of anybody's own."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.core import popular as judgement
from kiosk.core.catalog import Pick, Service
from kiosk.core.popular import Ranking
from kiosk.core.routes import Go, PopularPage, ServicePage
from kiosk.core.standing import Standing
from kiosk.core.value import replace
from kiosk.ui.page import Block, Heading, Page, Tile, Tiles
from kiosk.views import bulletins
from kiosk.views.scene import Scene

LISTED = 20
TOGETHER_MAX = 4


def page(scene: Scene, _route: PopularPage) -> Page:
    """The screen."""
    _ = scene.gettext
    ranking = _ranking(scene)
    blocks: list[Block] = []
    picks = _picks(scene, ranking.picks)
    if picks:
        blocks += [Heading(_("编辑推荐")), Tiles(picks, most_columns=1), Heading(_("大家常办的事"))]
    services = enumerate(_services(scene, ranking.services[:LISTED]), start=1)
    rows = tuple(_numbered(scene, number, one) for number, one in services)
    blocks.append(Tiles(rows, most_columns=1))
    return scene.page(
        "popular",
        _("大家常办的事"),
        tuple(blocks),
        path=_("首页"),
        text=_("按大家办的次数排，不记是谁"),
    )


def popular(scene: Scene, count: int) -> tuple[Service, ...]:
    """The first so many for the home screen, at most two of a group."""
    return _services(scene, judgement.spread(_ranking(scene).services, count))


def together(scene: Scene, service: Service) -> tuple[Service, ...]:
    """What people often get done with this service."""
    return judgement.together(scene.catalog, service, TOGETHER_MAX)


def _ranking(scene: Scene) -> Ranking:
    """What stands first, without what a bulletin says cannot be done now."""
    found = judgement.ranking(scene.catalog, scene.local.uses, scene.now.month, scene.hall)
    hidden = {service for one in bulletins.known(scene) for service in one.hides}
    return Ranking(
        tuple(one for one in found.picks if one.service not in hidden),
        tuple(one for one in found.services if one.service not in hidden),
    )


def _services(scene: Scene, standings: Iterable[Standing]) -> tuple[Service, ...]:
    found = (scene.catalog.service(one.service) for one in standings)
    return tuple(one for one in found if one is not None)


def _picks(scene: Scene, picks: Iterable[Pick]) -> tuple[Tile, ...]:
    found = ((one, scene.catalog.service(one.service)) for one in picks)
    return tuple(_pick(scene, pick, service) for pick, service in found if service is not None)


def _pick(scene: Scene, pick: Pick, service: Service) -> Tile:
    tile = scene.service_tile(service, "row")
    return replace(tile, name=f"pick:{pick.id}", text=scene.say(pick.why), tone="tint")


def _numbered(scene: Scene, number: int, service: Service) -> Tile:
    return Tile(
        f"service:{service.id}",
        f"{number}. {scene.say(service.plain_name)}",
        scene.path(service),
        act=Go(ServicePage(service=service.id)),
        shape="row",
    )
