"""Answers a phone that scanned a code: shows the checked hand-off, and opens its door.

Knows which page follows which judgement. Does not judge (`hub.phone.verify`), count
(`hub.phone.ledger`) or word anything (`hub.phone.guide`, `hub.phone.notices`, the templates).
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from db import short_number, token
from db.records import Service
from db.token import Acting, Handoff, Medium
from hub.config import Settings
from hub.event import Event
from hub.fleet import enrolment
from hub.phone import bulletins, notices, verify, wording
from hub.phone.catalog import CatalogSource, PublishedCatalog
from hub.phone.door import Door, doors_of
from hub.phone.guide import guide_to, machine_at
from hub.phone.ledger import Ledger
from hub.phone.notices import Refusal
from hub.phone.pages import Look, Pages, link
from hub.phone.verify import Claim, Forged, Genuine, Malformed, Refused
from hub.rate_limit import RateLimit

logger = logging.getLogger(__name__)

_PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Vary": "User-Agent",
    "X-Robots-Tag": "noindex",
}


class HandoffDesk:
    """The endpoints under `/k/`."""

    def __init__(
        self,
        settings: Settings,
        source: CatalogSource,
        pages: Pages,
        ledger: Ledger,
        master: Callable[[], bytes | None],
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._source = source
        self._pages = pages
        self._ledger = ledger
        self._master = master
        self._clock = clock
        limits = settings.limits
        self._limit = RateLimit(limits.handoffs_per_minute, limits.addresses_counted, clock)

    def router(self) -> APIRouter:
        """Its routes."""
        router = APIRouter()
        router.add_api_route("/k/{digits}", self.show, methods=["GET", "HEAD"], response_model=None)
        router.add_api_route(
            "/k/{digits}/accept", self.accept, methods=["POST"], response_model=None
        )
        router.add_api_route(
            "/k/{digits}/accept", self.again, methods=["GET", "HEAD"], response_model=None
        )
        return router

    def show(self, request: Request, digits: str) -> Response:
        """The page of a hand-off. Changes nothing: link checkers open it before people do."""
        ready = self._ready(request, digits)
        if isinstance(ready, Response):
            return ready
        claim, catalog = ready
        kiosk, uses = self._ledger.look_up(claim)
        judgement = verify.judge(claim.handoff, kiosk, uses, self._clock())
        if not isinstance(judgement, Genuine):
            return self._refuse(judgement, request, digits, catalog)
        service = catalog.service_by_number(claim.handoff.item)
        if service is None:
            return self._withdrawn(claim.handoff, request, digits, catalog)
        return self._genuine(claim, service, request, digits, catalog)

    def again(self, request: Request, digits: str) -> Response:
        """Back to the page, for whoever opens a button's address anew, in another browser too."""
        look = Look.of(request.query_params)
        return RedirectResponse(link(f"/k/{digits}", look), 303, dict(_PRIVATE))

    def accept(self, request: Request, digits: str, visit: str = "", door: str = "") -> Response:
        """Take one use and open a door. `visit` stands in the address: no body is ever read.

        `door` is the key of one that the page offers; the first one is opened for any other word.
        """
        ready = self._ready(request, digits)
        if isinstance(ready, Response):
            return ready
        claim, catalog = ready
        kiosk, _ = self._ledger.look_up(claim)
        judgement = verify.judge(claim.handoff, kiosk, 0, self._clock())
        if not isinstance(judgement, Genuine):
            return self._refuse(judgement, request, digits, catalog)
        service = catalog.service_by_number(claim.handoff.item)
        if service is None:
            return self._withdrawn(claim.handoff, request, digits, catalog)
        look = Look.of(request.query_params, claim.handoff)
        guide = link(f"/s/{short_number.written(service.number)}", look)
        if bulletins.hides(service, catalog, self._clock()):  # published since the page was read
            return RedirectResponse(guide, 303, dict(_PRIVATE))
        if not self._ledger.burn(claim, visit[:64] or _new_visit(), self._clock()):
            return self._refuse(verify.Used(claim.handoff), request, digits, catalog)
        logger.info("%s %s", Event.HANDOFF_ACCEPTED, enrolment.written(claim.handoff.place))
        offered = [one for one in self._doors(claim, service, request, catalog) if one.is_online]
        chosen = [one for one in offered if one.key == door] or offered
        return RedirectResponse(chosen[0].url if chosen else guide, 303, dict(_PRIVATE))

    def _ready(self, request: Request, digits: str) -> tuple[Claim, PublishedCatalog] | Response:
        """What both endpoints need; an answer where one of it is not to be had."""
        look, catalog = Look.of(request.query_params), self._source.current()
        city = catalog.city if catalog else None
        wait_s = self._limit.wait_s(request.client.host if request.client else "")
        if wait_s:
            headers = {**_PRIVATE, "Retry-After": str(wait_s)}
            return self._pages.notice(notices.TOO_OFTEN, look, city=city, headers=headers)
        claim = verify.read(digits, self._master())
        if not isinstance(claim, Claim):
            return self._refuse(claim, request, digits, catalog)
        if catalog is None:
            return self._pages.notice(notices.NOT_READY, look, headers=_PRIVATE)
        return claim, catalog

    def _genuine(
        self,
        claim: Claim,
        service: Service,
        request: Request,
        digits: str,
        catalog: PublishedCatalog,
    ) -> Response:
        handoff = claim.handoff
        look = Look.of(request.query_params, handoff)
        guide = guide_to(service, catalog, self._clock(), handoff.place.hall)
        doors = self._doors(claim, service, request, catalog, is_hidden=guide.is_hidden)
        online = [door for door in doors if door.is_online]
        visit = _new_visit()
        return self._pages.page(
            "phone_genuine",
            look,
            city=catalog.city,
            here=f"/k/{digits}",
            forms=_forms(online),
            headers=_PRIVATE,
            guide=guide,
            acting=handoff.acting is Acting.RELATIVE,
            check_code=" ".join(token.check_code(claim.token)),  # read aloud digit by digit
            on_paper=handoff.medium is Medium.PAPER,
            made_at=machine_at(handoff.place, catalog),
            issued=wording.moment(handoff.issued),
            expires=wording.moment(handoff.expires),
            fraud_phone=self._settings.fraud_phone,
            doors=doors,
            accepts={
                door.key: link(f"/k/{digits}/accept", look, visit=visit, door=door.key)
                for door in online
            },
        )

    def _refuse(
        self, judgement: Refused, request: Request, digits: str, catalog: PublishedCatalog | None
    ) -> Response:
        refusal = notices.REFUSALS[type(judgement)]
        handoff = None if isinstance(judgement, Malformed | Forged) else judgement.handoff
        place = judgement.place if isinstance(judgement, Forged) else None
        if handoff is not None:
            place = handoff.place
        if self._ledger.count_refusal(place, refusal.reason, self._clock()):
            logger.info(
                "%s %s %s",
                Event.HANDOFF_REFUSED,
                refusal.reason,
                enrolment.written(handoff.place) if handoff else "nowhere",
            )
        return self._refusal_page(refusal, handoff, request, digits, catalog)

    def _withdrawn(
        self, handoff: Handoff, request: Request, digits: str, catalog: PublishedCatalog
    ) -> Response:
        return self._refusal_page(notices.NO_SERVICE, handoff, request, digits, catalog)

    def _refusal_page(
        self,
        refusal: Refusal,
        handoff: Handoff | None,
        request: Request,
        digits: str,
        catalog: PublishedCatalog | None,
    ) -> Response:
        look = Look.of(request.query_params, handoff)
        service = catalog.service_by_number(handoff.item) if catalog and handoff else None
        number = short_number.written(service.number) if service else ""
        return self._pages.page(
            "phone_refused",
            look,
            refusal.status,
            city=catalog.city if catalog else None,
            here=f"/k/{digits}" if handoff else None,
            headers=_PRIVATE,
            refusal=refusal,
            service=service,
            guide_link=link(f"/s/{number}", look, why=refusal.reason),
            fraud_phone=self._settings.fraud_phone,
        )

    def _doors(
        self,
        claim: Claim,
        service: Service,
        request: Request,
        catalog: PublishedCatalog,
        *,
        is_hidden: bool = False,
    ) -> tuple[Door, ...]:
        return doors_of(
            service,
            catalog,
            self._settings.doors,
            request.headers.get("user-agent", ""),
            hall=claim.handoff.place.hall,
            digits=token.to_digits(claim.token),
            is_hidden=is_hidden,
        )


def _forms(online: list[Door]) -> str:
    """Where forms may lead: the redirect that follows one counts too (CSP 3, form-action)."""
    origins = dict.fromkeys(door.origin for door in online)
    return " ".join(("'self'", *origins)) if origins else "'none'"


def _new_visit() -> str:
    """A name for one opening of a page, so that touching its button twice is one use."""
    return secrets.token_hex(16)
