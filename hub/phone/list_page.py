"""Answers a phone that scanned the code of a list: shows it large, for everybody at home.

Knows which page follows which judgement. Does not judge (`hub.phone.list_check`), word or merge
anything (`hub.phone.list_guide`, `hub.phone.notices`, the templates), and counts no use.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response

from db import case_code
from db.records import Text
from db.token import Place
from hub.config import Settings
from hub.event import Event
from hub.fleet import enrolment
from hub.fleet.enrolment import Enrolment
from hub.phone import list_check, notices, verify, wording
from hub.phone.catalog import CatalogSource, PublishedCatalog
from hub.phone.guide import machine_at
from hub.phone.ledger import Ledger
from hub.phone.list_check import ListClaim
from hub.phone.list_guide import list_guide
from hub.phone.notices import Refusal
from hub.phone.pages import Look, Pages
from hub.rate_limit import RateLimit

logger = logging.getLogger(__name__)

_PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
_EXPIRED = Refusal(
    "expired",
    410,
    Text("这张清单过期了", "This list has expired"),
    (
        Text("到大厅的机器上扫一扫，还能接着办", "Scan it at a machine in the hall to go on"),
        Text("那里会告诉您，有什么变了", "It will tell you what has changed"),
    ),
)


class ListDesk:
    """The endpoint under `/c/`."""

    def __init__(
        self,
        settings: Settings,
        source: CatalogSource,
        pages: Pages,
        ledger: Ledger,
        kiosk_at: Callable[[Place], Enrolment | None],
        master: Callable[[], bytes | None],
        clock: Callable[[], datetime],
    ) -> None:
        self._settings, self._source, self._pages = settings, source, pages
        self._ledger, self._kiosk_at = ledger, kiosk_at
        self._master, self._clock = master, clock
        limits = settings.limits
        self._limit = RateLimit(limits.handoffs_per_minute, limits.addresses_counted, clock)

    def router(self) -> APIRouter:
        """Its route."""
        router = APIRouter()
        router.add_api_route("/c/{digits}", self.show, methods=["GET", "HEAD"], response_model=None)
        return router

    def show(self, request: Request, digits: str) -> Response:
        """The page of a list. Changes nothing, however often it is opened."""
        asked, catalog = request.query_params, self._source.current()
        city = catalog.city if catalog else None
        wait_s = self._limit.wait_s(request.client.host if request.client else "")
        if wait_s:
            headers = {**_PRIVATE, "Retry-After": str(wait_s)}
            return self._pages.notice(notices.TOO_OFTEN, Look.of(asked), city=city, headers=headers)
        claim = list_check.read(digits, self._master())
        if not isinstance(claim, ListClaim):
            place = claim.place if isinstance(claim, verify.Forged) else None
            refusal = notices.REFUSALS[type(claim)]
            return self._refuse(refusal, place, Look.of(asked), catalog)
        if catalog is None:
            return self._pages.notice(notices.NOT_READY, Look.of(asked), headers=_PRIVATE)
        told = claim.told
        reason = list_check.refused(told, self._kiosk_at(told.place), self._clock())
        if reason is not None:
            refusal = _EXPIRED if reason is verify.Expired else notices.REFUSALS[reason]
            return self._refuse(refusal, told.place, Look.of(asked, told), catalog)
        return self._genuine(claim, Look.of(asked, told), digits, catalog)

    def _genuine(
        self, claim: ListClaim, look: Look, digits: str, catalog: PublishedCatalog
    ) -> Response:
        told = claim.told
        return self._pages.page(
            "phone_list",
            look,
            city=catalog.city,
            here=f"/c/{digits}",
            headers=_PRIVATE,
            guide=list_guide(told, catalog, self._clock()),
            made_at=machine_at(told.place, catalog),
            check_code=" ".join(case_code.check_code(claim.code)),  # read aloud digit by digit
            issued=wording.moment(told.issued),
            expires=wording.moment(told.expires),
            fraud_phone=self._settings.fraud_phone,
        )

    def _refuse(
        self,
        refusal: Refusal,
        place: Place | None,
        look: Look,
        catalog: PublishedCatalog | None,
    ) -> Response:
        if self._ledger.count_refusal(place, refusal.reason, self._clock()):
            # what a forged code says of a place is not believed
            where = enrolment.written(place) if place and not refusal.is_danger else "nowhere"
            logger.info("%s %s %s", Event.HANDOFF_REFUSED, refusal.reason, where)
        return self._pages.page(
            "phone_refused",
            look,
            refusal.status,
            city=catalog.city if catalog else None,
            headers=_PRIVATE,
            refusal=refusal,
            service=None,
            guide_link="",
            fraud_phone=self._settings.fraud_phone,
        )
