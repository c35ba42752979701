"""Answers whoever wants to read: the front page, groups, and the public guide to a service.

Knows which page follows which request. Does not know hand-offs (`hub.phone.handoff_desk`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from db import short_number
from db.records import Service
from hub.config import Settings
from hub.phone import card, notices
from hub.phone.card_words import card_of
from hub.phone.catalog import CatalogSource, PublishedCatalog
from hub.phone.door import doors_of
from hub.phone.guide import Guide, guide_to
from hub.phone.letter import letter_of, takes_letter
from hub.phone.notices import Notice
from hub.phone.pages import Look, Pages, link
from hub.phone.visit import calendar_of, visits_of
from hub.rate_limit import RateLimit

_OF_A_PICTURE = 10  # pages: drawing one takes a tenth of a second of a core


class GuideDesk:
    """The endpoints that need no code."""

    def __init__(
        self,
        source: CatalogSource,
        pages: Pages,
        settings: Settings,
        clock: Callable[[], datetime],
    ) -> None:
        self._source = source
        self._pages = pages
        self._doors = settings.doors
        self._clock = clock
        limits = settings.limits
        self._limit = RateLimit(limits.pages_per_minute, limits.addresses_counted, clock)

    def router(self) -> APIRouter:
        """Its routes."""
        router = APIRouter()
        for path, endpoint in (
            ("/", self.front),
            ("/find", self.find),
            ("/s/{item}", self.guide),
            ("/s/{item}/letter.pdf", self.letter),
            ("/s/{item}/visit", self.visit),
            ("/s/{item}/visit.ics", self.calendar),
            ("/s/{item}/card.png", self.card),
            ("/s/{item}/share", self.share),
            ("/g/{group}", self.group),
        ):
            router.add_api_route(path, endpoint, methods=["GET", "HEAD"], response_model=None)
        return router

    def front(self, request: Request) -> Response:
        """Type a short number, or choose a group."""
        begun = self._begun(request)
        if isinstance(begun, Response):
            return begun
        return self._front(begun.catalog, begun.look)

    def find(self, request: Request, number: str = "") -> Response:
        """To the guide of a typed short number. The address is built from what was found."""
        begun = self._begun(request)
        if isinstance(begun, Response):
            return begun
        look, catalog = begun.look, begun.catalog
        found, check_code = catalog.understood(number)
        if len(found) == 1:
            why = {"why": notices.CHECK_CODE} if check_code else {}
            return RedirectResponse(link(_path(found[0]), look, **why), 303)
        return self._no_one(found, catalog, look)

    def guide(self, request: Request, item: str, why: str = "") -> Response:
        """The public guide to a service."""
        read = self._read(request, item)
        if isinstance(read, Response):
            return read
        agent = request.headers.get("user-agent", "")
        service, guide = read.guide.service, read.guide
        doors = doors_of(service, read.catalog, self._doors, agent, is_hidden=guide.is_hidden)
        return self._pages.page(
            "phone_guide",
            read.look,
            city=read.catalog.city,
            here=_path(service),
            headers={"Vary": "User-Agent"},
            guide=guide,
            doors=doors,
            why=notices.why(why),
        )

    def visit(self, request: Request, item: str) -> Response:
        """The next open days, each a link to an entry for a calendar."""
        read = self._read(request, item)
        if isinstance(read, Response):
            return read
        return self._pages.page(
            "phone_visit",
            read.look,
            city=read.catalog.city,
            here=f"{_path(read.guide.service)}/visit",
            guide=read.guide,
            visits=visits_of(read.guide, self._clock()),
        )

    def calendar(self, request: Request, item: str, hall: str = "", day: str = "") -> Response:
        """An entry for a calendar: of the day asked for, else of the next open one."""
        read = self._read(request, item)
        if isinstance(read, Response):
            return read
        now = self._clock()
        chosen = next(
            (
                (visit.venue, one)
                for visit in visits_of(read.guide, now)
                for one in visit.days
                if hall in ("", visit.venue.hall) and day in ("", one.day.isoformat())
            ),
            None,
        )
        path = _path(read.guide.service)
        if chosen is None:  # an old link: that day is over
            return RedirectResponse(link(f"{path}/visit", read.look), 303)
        content = calendar_of(
            read.guide,
            *chosen,
            now,
            language=read.look.language,
            hotline=read.catalog.city.hotline,
            address=_address(request, read.catalog, path),
        )
        name = f"visit-{read.guide.number}.ics"
        return _file(content, "text/calendar; charset=utf-8", name)

    def card(self, request: Request, item: str) -> Response:
        """The guide in short as a picture; nothing of a person or a code is in it."""
        read = self._read(request, item, cost=_OF_A_PICTURE)
        if isinstance(read, Response):
            return read
        if not card.is_possible():
            return self._pages.notice(notices.NOT_FOUND, read.look, city=read.catalog.city)
        host = urlsplit(_address(request, read.catalog, "/")).netloc
        lines = card_of(read.guide, self._clock(), read.look, read.catalog.city, host)
        return _file(card.drawn(lines), "image/png", f"card-{read.guide.number}.png")

    def share(self, request: Request, item: str) -> Response:
        """Ways to hand the public guide on to the family."""
        read = self._read(request, item)
        if isinstance(read, Response):
            return read
        path = _path(read.guide.service)
        return self._pages.page(
            "phone_share",
            read.look,
            city=read.catalog.city,
            here=f"{path}/share",
            guide=read.guide,
            path=path,
            address=_address(request, read.catalog, path),
        )

    def letter(self, request: Request, item: str) -> Response:
        """The letter of authority, to print and sign; it says nothing of a person."""
        begun = self._begun(request)
        if isinstance(begun, Response):
            return begun
        look, catalog = begun.look, begun.catalog
        found = [one for one in catalog.meant_by(item) if takes_letter(one.proxy)]
        if len(found) != 1:
            return self._pages.notice(notices.NOT_FOUND, look, city=catalog.city)
        name = f"letter-{short_number.written(found[0].number)}.pdf"
        hotline = catalog.city.hotline
        content = letter_of(found[0], hotline, look.language, is_large=look.large)
        return _file(content, "application/pdf", name)

    def group(self, request: Request, group: str) -> Response:
        """All services of a group."""
        begun = self._begun(request)
        if isinstance(begun, Response):
            return begun
        look, catalog = begun.look, begun.catalog
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

    def _begun(self, request: Request, cost: int = 1) -> _Begun | Response:
        """What every page needs; an answer where it is not to be had, or asked for too often."""
        look, catalog = Look.of(request.query_params), self._source.current()
        wait_s = self._limit.wait_s(request.client.host if request.client else "", cost)
        if wait_s:
            city = catalog.city if catalog else None
            headers = {"Retry-After": str(wait_s), "Cache-Control": "no-store"}
            return self._pages.notice(notices.TOO_MANY_PAGES, look, city=city, headers=headers)
        if catalog is None:
            return self._pages.notice(notices.NOT_READY, look)
        return _Begun(look, catalog)

    def _read(self, request: Request, item: str, cost: int = 1) -> _Read | Response:
        """What the pages of one service need; an answer where one of it is not to be had."""
        begun = self._begun(request, cost)
        if isinstance(begun, Response):
            return begun
        look, catalog = begun.look, begun.catalog
        found = catalog.meant_by(item)
        if len(found) != 1:
            return self._no_one(found, catalog, look)
        return _Read(look, catalog, guide_to(found[0], catalog, self._clock()))

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


@dataclass(frozen=True)
class _Begun:
    """How a page is to look, and what it is about."""

    look: Look
    catalog: PublishedCatalog


@dataclass(frozen=True)
class _Read:
    """One service, looked up for a page."""

    look: Look
    catalog: PublishedCatalog
    guide: Guide


def _address(request: Request, catalog: PublishedCatalog, path: str) -> str:
    """The whole address of a page, where the signed policy knows the host that was asked for.

    Anybody can write any host into a request, so that of another one nothing is repeated.
    """
    host = request.headers.get("host", "")
    url = f"https://{host}{path}"
    is_whole = urlsplit(url).netloc == host  # and no path or query that was written behind it
    return url if is_whole and catalog.may_link(url) else ""


def _file(content: bytes, kind: str, name: str) -> Response:
    headers = {
        "Cache-Control": "no-cache",
        "Content-Disposition": f'inline; filename="{name}"',
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=kind, headers=headers)


def _path(service: Service) -> str:
    return f"/s/{short_number.written(service.number)}"


def _example(catalog: PublishedCatalog) -> str:
    """A number that exists, to show how one looks."""
    wanted = max(catalog.services(), key=lambda s: (s.popularity, -s.number), default=None)
    return short_number.written(wanted.number) if wanted else ""
