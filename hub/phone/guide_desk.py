"""Answers whoever wants to read: the front page, groups, and the public guide to a service.

Knows which page follows which request. Does not know hand-offs (`hub.phone.handoff_desk`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from db import short_number
from db.records import Service
from hub.config import Doors
from hub.phone import notices
from hub.phone.catalog import CatalogSource, PublishedCatalog
from hub.phone.door import door_of, phone_channel
from hub.phone.guide import guide_to
from hub.phone.letter import letter_of, takes_letter
from hub.phone.notices import Notice
from hub.phone.pages import Look, Pages, link


class GuideDesk:
    """The endpoints that need no code."""

    def __init__(
        self,
        source: CatalogSource,
        pages: Pages,
        doors: Doors,
        clock: Callable[[], datetime],
    ) -> None:
        self._source = source
        self._pages = pages
        self._doors = doors
        self._clock = clock

    def router(self) -> APIRouter:
        """Its routes."""
        router = APIRouter()
        for path, endpoint in (
            ("/", self.front),
            ("/find", self.find),
            ("/s/{item}", self.guide),
            ("/s/{item}/letter.pdf", self.letter),
            ("/g/{group}", self.group),
        ):
            router.add_api_route(path, endpoint, methods=["GET", "HEAD"], response_model=None)
        return router

    def front(self, request: Request) -> Response:
        """Type a short number, or choose a group."""
        look, catalog = Look.of(request.query_params), self._source.current()
        if catalog is None:
            return self._pages.notice(notices.NOT_READY, look)
        return self._front(catalog, look)

    def find(self, request: Request, number: str = "") -> Response:
        """To the guide of a typed short number. The address is built from what was found."""
        look, catalog = Look.of(request.query_params), self._source.current()
        if catalog is None:
            return self._pages.notice(notices.NOT_READY, look)
        found = catalog.meant_by(number)
        if len(found) == 1:
            return RedirectResponse(link(_path(found[0]), look), 303)
        return self._no_one(found, catalog, look)

    def guide(self, request: Request, item: str, why: str = "") -> Response:
        """The public guide to a service."""
        look, catalog = Look.of(request.query_params), self._source.current()
        if catalog is None:
            return self._pages.notice(notices.NOT_READY, look)
        found = catalog.meant_by(item)
        if len(found) != 1:
            return self._no_one(found, catalog, look)
        service = found[0]
        guide = guide_to(service, catalog, self._clock())
        agent = request.headers.get("user-agent", "")
        return self._pages.page(
            "phone_guide",
            look,
            city=catalog.city,
            here=_path(service),
            headers={"Vary": "User-Agent"},
            guide=guide,
            door=None if guide.is_hidden else door_of(service, catalog, self._doors, agent),
            phone_way=phone_channel(service),
            why=notices.why(why),
        )

    def letter(self, request: Request, item: str) -> Response:
        """The letter of authority, to print and sign; it says nothing of a person."""
        look, catalog = Look.of(request.query_params), self._source.current()
        if catalog is None:
            return self._pages.notice(notices.NOT_READY, look)
        found = [one for one in catalog.meant_by(item) if takes_letter(one.proxy)]
        if len(found) != 1:
            return self._pages.notice(notices.NOT_FOUND, look, city=catalog.city)
        name = f"letter-{short_number.written(found[0].number)}.pdf"
        headers = {
            "Cache-Control": "no-cache",
            "Content-Disposition": f'inline; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        }
        content = letter_of(found[0], catalog.city.hotline)
        return Response(content, media_type="application/pdf", headers=headers)

    def group(self, request: Request, group: str) -> Response:
        """All services of a group."""
        look, catalog = Look.of(request.query_params), self._source.current()
        if catalog is None:
            return self._pages.notice(notices.NOT_READY, look)
        found = catalog.group(group)
        if found is None:
            return self._pages.notice(notices.NOT_FOUND, look, city=catalog.city)
        return self._pages.page(
            "phone_group",
            look,
            city=catalog.city,
            here=f"/g/{found.id}",
            group=found,
            categories=catalog.services_of(found.id),
        )

    def _front(
        self, catalog: PublishedCatalog, look: Look, notice: Notice | None = None
    ) -> Response:
        return self._pages.page(
            "phone_front",
            look,
            notice.status if notice else 200,
            city=catalog.city,
            here="/",
            forms="'self'",
            groups=catalog.groups(),
            example=_example(catalog),
            notice=notice,
        )

    def _no_one(self, found: list[Service], catalog: PublishedCatalog, look: Look) -> Response:
        """Which of several, or once more with the field at hand."""
        if not found:
            return self._front(catalog, look, notices.NO_SUCH_NUMBER)
        return self._pages.notice(notices.WHICH_ONE, look, city=catalog.city, choices=found)


def _path(service: Service) -> str:
    return f"/s/{short_number.written(service.number)}"


def _example(catalog: PublishedCatalog) -> str:
    """A number that exists, to show how one looks."""
    wanted = max(catalog.services(), key=lambda s: (s.popularity, -s.number), default=None)
    return short_number.written(wanted.number) if wanted else ""
