"""Answers a mini-program that was handed a code by its scanner: the checked facts, as JSON.

Knows what a program is told of a code. Does not judge (`hub.phone.verify`), and takes no use: the
program does that as the page does (`hub.phone.handoff_desk`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from db import short_number, token
from hub.config import Limits
from hub.event import Event
from hub.fleet import enrolment
from hub.phone import notices, verify
from hub.phone.catalog import CatalogSource
from hub.phone.ledger import Ledger
from hub.phone.verify import Claim, Forged, Genuine
from hub.rate_limit import RateLimit

logger = logging.getLogger(__name__)

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


class FactsDesk:
    """The endpoint `/k/…/facts`."""

    def __init__(
        self,
        limits: Limits,
        source: CatalogSource,
        ledger: Ledger,
        master: Callable[[], bytes | None],
        clock: Callable[[], datetime],
    ) -> None:
        self._source, self._ledger = source, ledger
        self._master, self._clock = master, clock
        self._limit = RateLimit(limits.handoffs_per_minute, limits.addresses_counted, clock)

    def router(self) -> APIRouter:
        """Its route."""
        router = APIRouter()
        router.add_api_route(
            "/k/{digits}/facts", self.show, methods=["GET", "HEAD"], response_model=None
        )
        return router

    def show(self, request: Request, digits: str) -> Response:
        """What a code says, where it may be believed. Changes nothing."""
        wait_s = self._limit.wait_s(request.client.host if request.client else "")
        if wait_s:
            headers = {**_HEADERS, "Retry-After": str(wait_s)}
            return JSONResponse({"judgement": "too-often"}, 429, headers)
        claim = verify.read(digits, self._master())
        if not isinstance(claim, Claim):
            place = claim.place if isinstance(claim, Forged) else None
            self._ledger.count_refusal(place, notices.REFUSALS[type(claim)].reason, self._clock())
            return _answer(notices.REFUSALS[type(claim)], {})
        catalog = self._source.current()
        if catalog is None:
            return JSONResponse({"judgement": "not-ready"}, 503, _HEADERS)
        kiosk, uses = self._ledger.look_up(claim)
        judgement = verify.judge(claim.handoff, kiosk, uses, self._clock())
        facts = _facts(claim, uses)
        if isinstance(judgement, Genuine):
            if catalog.service_by_number(claim.handoff.item) is None:
                return _answer(notices.NO_SERVICE, facts)
            return JSONResponse({"judgement": "good", **facts}, 200, _HEADERS)
        refusal = notices.REFUSALS[type(judgement)]
        place = claim.handoff.place
        if self._ledger.count_refusal(place, refusal.reason, self._clock()):
            where = enrolment.written(place)
            logger.info("%s %s %s", Event.HANDOFF_REFUSED, refusal.reason, where)
        return _answer(refusal, facts)


def _answer(refusal: notices.Refusal, facts: dict[str, Any]) -> Response:
    return JSONResponse({"judgement": refusal.reason, **facts}, refusal.status, _HEADERS)


def _facts(claim: Claim, uses: int) -> dict[str, Any]:
    handoff = claim.handoff
    return {
        "service": handoff.item,
        "number": short_number.written(handoff.item),
        "hall": handoff.place.hall,
        "kiosk": handoff.place.kiosk,
        "issued": _moment(handoff.issued),
        "expires": _moment(handoff.expires),
        "check_code": token.check_code(claim.token),
        "language": handoff.language,
        "large_text": handoff.large_text,
        "high_contrast": handoff.high_contrast,
        "read_aloud": handoff.read_aloud,
        "easy_language": handoff.easy_language,
        "acting": handoff.acting.name.lower(),
        "medium": handoff.medium.name.lower(),
        "uses_left": max(0, verify.limit(handoff) - uses),
    }


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
