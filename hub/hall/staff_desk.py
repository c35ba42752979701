"""The page that the staff of a hall keep open: signs in, shows calls and machines live.

Knows who may see what, and the stream of events. Does not know what becomes of a call
(`hub.hall.call`) or how it is worded (`hub.hall.words`). Starlette's own streaming answer is all
that server-sent events need: the notation is three kinds of lines (WHATWG HTML 9.2).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Annotated
from urllib.parse import parse_qs

import msgspec
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from msgspec import Meta
from starlette.concurrency import run_in_threadpool

from db.records import Hall
from hub.config import HallSettings
from hub.event import Event
from hub.hall import body, words
from hub.hall import call as calls
from hub.hall.board import Board, Sight
from hub.hall.call import DESK_MAX, Call
from hub.hall.pages import HEADERS, HallPages
from hub.hall.pins import LASTS, HallPins, SignedIn
from hub.hall.tries import Tries
from hub.phone.catalog import CatalogSource

logger = logging.getLogger(__name__)

BEAT_S = 15.0  # proxies end what is silent for a minute, and a page must know that it is live
_COOKIE = "hall"
_OWN_HEADER = "x-hall"  # a form of another site cannot send it


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a page sends with a button."""

    desk: Annotated[str, Meta(max_length=DESK_MAX)] = ""


class StaffDesk:
    """The endpoints under `/hall/<number>`."""

    def __init__(
        self,
        board: Board,
        pins: HallPins,
        tries: Tries,
        source: CatalogSource,
        halls: tuple[HallSettings, ...],
        clock: Callable[[], datetime],
        beat_s: float = BEAT_S,
    ) -> None:
        self._board, self._pins, self._tries = board, pins, tries
        self._source, self._clock, self._beat_s = source, clock, beat_s
        self._desks = {hall.number: hall.desks for hall in halls}
        self._pages = HallPages()

    def router(self) -> APIRouter:
        """Its routes."""
        router = APIRouter()
        for path, method, answer in (
            ("/hall/{number:int}", "GET", self.show),
            ("/hall/{number:int}/sign-in", "POST", self.sign_in),
            ("/hall/{number:int}/sign-out", "POST", self.sign_out),
            ("/hall/{number:int}/events", "GET", self.events),
            ("/hall/{number:int}/calls/{id:int}/{action}", "POST", self.act),
        ):
            router.add_api_route(path, answer, methods=[method], response_model=None)
        return router

    async def show(self, request: Request, number: int) -> Response:
        """The page with the calls, or the one that asks for the PIN."""
        hall = self._hall(number)
        who = await self._who(request, number)
        if who is None:
            return await run_in_threadpool(self._ask, hall)
        others = [one for one in self._desks_of(hall) if one != who.desk]
        return self._pages.page("hall_calls", hall=hall, desk=who.desk, others=others)

    async def sign_in(self, request: Request, number: int) -> Response:
        """Compare the PIN; the same page for whoever may not try now."""
        hall = self._hall(number)
        form = parse_qs((await body.read(request)).decode("utf-8", "replace"))
        pin, desk = form.get("pin", [""])[0], form.get("desk", [""])[0]
        address = request.client.host if request.client else ""
        wait_s = self._tries.begin(address, number)
        if wait_s:
            logger.warning("%s %d", Event.PIN_BARRED, number)
            minutes = -(-wait_s // 60)
            trouble = f"试得太多了，{minutes} 分钟以后再试"
            return await run_in_threadpool(self._ask, hall, 429, trouble)
        if not await run_in_threadpool(self._pins.is_right, number, pin):
            logger.info("%s %d", Event.PIN_REFUSED, number)
            return await run_in_threadpool(self._ask, hall, 403, "不对，请再输一次")
        self._tries.succeed(address, number)
        if desk not in self._desks_of(hall):
            desk = self._desks_of(hall)[0]
        who = SignedIn(number, desk)
        cookie = await run_in_threadpool(self._pins.sign_in, who, self._clock())
        answer = RedirectResponse(f"/hall/{number}", 303, HEADERS)
        answer.set_cookie(
            _COOKIE,
            cookie,
            max_age=int(LASTS.total_seconds()),
            path=f"/hall/{number}",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )
        return answer

    async def sign_out(self, request: Request, number: int) -> Response:
        """Calls are shown here no more."""
        await run_in_threadpool(self._pins.sign_out, request.cookies.get(_COOKIE, ""))
        answer = RedirectResponse(f"/hall/{number}", 303, HEADERS)
        answer.delete_cookie(_COOKIE, path=f"/hall/{number}")
        return answer

    async def events(self, request: Request, number: int) -> Response:
        """All that is open, now and at every change; a beat while nothing changes.

        A page that comes back gets everything again, so what it saw last does not matter.
        """
        hall = self._hall(number)
        if await self._who(request, number) is None:
            raise HTTPException(403)
        headers = {**HEADERS, "X-Accel-Buffering": "no"}  # nginx would keep it back
        return StreamingResponse(
            self._stream(request, hall), media_type="text/event-stream", headers=headers
        )

    async def act(self, request: Request, number: int, id: int, action: str) -> Response:
        """A button of the page."""
        hall = self._hall(number)
        who = await self._who(request, number)
        if who is None or _OWN_HEADER not in request.headers:
            raise HTTPException(403)
        try:
            asked = msgspec.json.decode(await body.read(request) or b"{}", type=Answer)
        except msgspec.MsgspecError as error:
            raise HTTPException(422) from error
        become = self._become(action, who, asked, hall)
        if become is None:
            raise HTTPException(422)
        call = await self._board.change(id, number, become)
        if call is None:  # somebody else was quicker; the page is told anyway
            return Response(None, 204, HEADERS)
        spent_s = (self._clock() - call.placed).total_seconds()
        logger.info("%s %d %s %.0f", Event.CALL_CHANGED, number, call.state, spent_s)
        return Response(None, 204, HEADERS)

    def _become(
        self, action: str, who: SignedIn, asked: Answer, hall: Hall
    ) -> Callable[[Call], Call] | None:
        now = self._clock()
        if action == "answer":
            return lambda call: calls.answered(call, who.desk, now)
        if action == "close":
            return lambda call: calls.closed(call, now)
        if action == "forward" and asked.desk in self._desks_of(hall):
            return lambda call: calls.forwarded(call, asked.desk, now)
        return None

    async def _stream(self, request: Request, hall: Hall) -> AsyncIterator[str]:
        sent: Sight | None = None
        with self._board.watching(hall.number):
            while not self._board.is_closing:
                if await self._who(request, hall.number) is None:
                    yield "event: bye\ndata:\n\n"  # the PIN is another one, or the day is over
                    return
                turn = self._board.turn
                sight = await self._board.sight(hall.number)
                if sight != sent:
                    yield f"event: board\ndata: {self._told(sight, hall)}\n\n"
                    sent = sight
                else:
                    yield "event: beat\ndata:\n\n"
                while not turn.is_set():
                    try:
                        await asyncio.wait_for(turn.wait(), self._beat_s)
                    except TimeoutError:
                        break

    def _told(self, sight: Sight, hall: Hall) -> str:
        catalog = self._source.current()
        told = {
            "now": int(self._clock().timestamp() * 1000),
            "calls": [
                {
                    "id": call.id,
                    "kiosk": call.wish.kiosk,
                    "place": words.place(hall, call.wish.kiosk),
                    "screen": words.screen(call.wish.screen, call.wish.service, catalog),
                    "language": words.language(call.wish.language),
                    "is_chinese": call.wish.language == "zh",
                    "placed": int(call.placed.timestamp() * 1000),
                    "clock": words.clock(call.placed),
                    "state": call.state.value,
                    "words": words.state(call.state, call.desk),
                    "desk": call.desk,
                    "left": call.left is not None,
                }
                for call in sight.calls
            ],
            "machines": [
                {
                    "kiosk": one.kiosk,
                    "place": words.place(hall, one.kiosk),
                    "trouble": one.troubles[0].value if one.troubles else "",
                    "words": words.troubles(one),
                    "do": words.to_do(one),
                    "since": words.since(one.since, self._clock()),
                    "facts": words.facts(one.report),
                }
                for one in sight.machines
            ],
            "times": {
                "count": sight.times.count,
                "half": sight.times.half_s,
                "most": sight.times.most_s,
            },
        }
        return msgspec.json.encode(told).decode()

    async def _who(self, request: Request, number: int) -> SignedIn | None:
        cookie = request.cookies.get(_COOKIE, "")
        if not cookie:
            return None
        return await run_in_threadpool(self._pins.find, number, cookie, self._clock())

    def _ask(self, hall: Hall, status: int = 200, trouble: str = "") -> Response:
        return self._pages.page(
            "hall_sign_in",
            status,
            hall=hall,
            desks=self._desks_of(hall),
            trouble=trouble,
            has_pin=self._pins.is_set(hall.number),
        )

    def _desks_of(self, hall: Hall) -> tuple[str, ...]:
        return self._desks.get(hall.number) or (hall.help_desk.zh,)

    def _hall(self, number: int) -> Hall:
        """The hall of this number.

        Raises:
            HTTPException: the catalog has none.
        """
        catalog = self._source.current()
        hall = catalog.hall_by_number(number) if catalog else None
        if hall is None:
            raise HTTPException(404)
        return hall
