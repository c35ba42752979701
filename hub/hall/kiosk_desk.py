"""Answers kiosks: takes a call, says what has become of it, takes it back; hears how they are.

Knows which answer follows which judgement. Does not judge (`hub.hall.gate`) or keep anything
(`hub.hall.board`). Whoever waits for an answer costs a task and no thread.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from msgspec import Meta
from starlette.concurrency import run_in_threadpool

from db import kiosk_request
from db.token import Place
from hub.event import Event
from hub.fleet import enrolment
from hub.hall import body, words
from hub.hall import call as calls
from hub.hall.board import Board
from hub.hall.call import Call, Wish
from hub.hall.gate import KioskGate, Refusal
from hub.hall.machine import Report

logger = logging.getLogger(__name__)

WAIT_S = 25.0  # below the 30 to 60 s after which proxies give up
_HEADERS = {"Cache-Control": "no-store"}


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a call: codes of closed lists, no word of anybody."""

    screen: Annotated[str, Meta(pattern=r"^[A-Za-z]{1,40}$")]
    language: Annotated[str, Meta(pattern=r"^[a-z]{2,3}$")]
    service: Annotated[int, Meta(ge=1, le=999_999)] | None = None


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a report: how the machine is, nothing of anybody."""

    withdrawn: bool
    low_paper: bool
    slip: Annotated[int, Meta(ge=0, le=2**31 - 1)]
    catalog: Annotated[int, Meta(ge=0, le=2**31 - 1)]
    program: Annotated[str, Meta(pattern=r"^[0-9A-Za-z.+-]{1,40}$")]
    fault: Annotated[str, Meta(pattern=r"^[a-z_]{1,40}$")] | None = None


class KioskDesk:
    """The endpoints under `/hall/calls`, and `/hall/state`."""

    def __init__(
        self,
        board: Board,
        gate: KioskGate,
        clock: Callable[[], datetime],
        wait_s: float = WAIT_S,
    ) -> None:
        self._board, self._gate, self._clock = board, gate, clock
        self._wait_s = wait_s

    def router(self) -> APIRouter:
        """Its routes."""
        router = APIRouter()
        for path, method, answer in (
            ("/hall/calls", "POST", self.place),
            ("/hall/calls/{id:int}", "GET", self.follow),
            ("/hall/calls/{id:int}", "DELETE", self.cancel),
            ("/hall/calls/{id:int}/left", "POST", self.leave),
            ("/hall/state", "PUT", self.report),
        ):
            router.add_api_route(path, answer, methods=[method], response_model=None)
        return router

    async def place(self, request: Request) -> Response:
        """Show a call on the pages of the hall; 409 where nobody would see it."""
        content = await body.read(request)
        place = await self._admitted(request, content)
        try:
            asked = msgspec.json.decode(content, type=Asked)
        except msgspec.MsgspecError as error:
            raise HTTPException(422) from error
        if not self._board.is_watched(place.hall):
            logger.info("%s %s", Event.CALL_UNSEEN, enrolment.written(place))
            return JSONResponse({"error": "nobody"}, 409, _HEADERS)
        screen = asked.screen if asked.screen in words.SCREENS else ""
        wish = Wish(place.hall, place.kiosk, screen, asked.service, asked.language)
        call = await self._board.place(wish)
        logger.info("%s %s", Event.CALL_PLACED, enrolment.written(place))
        return _answer(call, 201)

    async def follow(self, request: Request, id: int) -> Response:
        """The call as soon as it is another one than the kiosk knows; 304 after a while."""
        place = await self._admitted(request)
        known, until = request.headers.get("if-none-match"), asyncio.get_running_loop().time()
        until += self._wait_s
        while not self._board.is_closing:
            turn = self._board.turn
            call = await self._board.find(id)
            if call is None or call.is_forgotten(self._clock()):
                return JSONResponse({"id": id, "state": "closed", "desk": ""}, 200, _HEADERS)
            if (call.wish.hall, call.wish.kiosk) != (place.hall, place.kiosk):
                raise HTTPException(404)
            left_s = until - asyncio.get_running_loop().time()
            if known != _etag(call):
                return _answer(call)
            if left_s <= 0:
                return Response(None, 304, {**_HEADERS, "ETag": _etag(call)})
            try:
                await asyncio.wait_for(turn.wait(), left_s)
            except TimeoutError:
                continue
        return Response(None, 503, _HEADERS)

    async def cancel(self, request: Request, id: int) -> Response:
        """Nobody need come any more."""
        return await self._change(request, id, calls.closed)

    async def leave(self, request: Request, id: int) -> Response:
        """The visit has ended; the call has not."""
        return await self._change(request, id, calls.left)

    async def report(self, request: Request) -> Response:
        """How a machine is now; the same again changes nothing but when it was heard."""
        content = await body.read(request)
        place = await self._admitted(request, content)
        try:
            told = msgspec.json.decode(content, type=State)
        except msgspec.MsgspecError as error:
            raise HTTPException(422) from error
        await self._board.report(place, Report(**msgspec.structs.asdict(told)))
        return Response(None, 204, _HEADERS)

    async def _change(
        self, request: Request, id: int, become: Callable[[Call, datetime], Call]
    ) -> Response:
        place = await self._admitted(request, await body.read(request))
        call = await self._board.find(id)
        if call is not None and call.wish.kiosk == place.kiosk:
            now = self._clock()
            await self._board.change(id, place.hall, lambda known: become(known, now))
        return Response(None, 204, _HEADERS)

    async def _admitted(self, request: Request, content: bytes = b"") -> Place:
        """Who asks.

        Raises:
            HTTPException: nobody is believed to.
        """
        asked = kiosk_request.Request(request.method, request.url.path, content)
        header = request.headers.get("authorization", "")
        admitted = await run_in_threadpool(self._gate.admit, header, asked)
        if isinstance(admitted, Refusal):
            logger.info("%s %s", Event.CALL_REFUSED, admitted)
            raise HTTPException(401, admitted.value)
        return admitted


def _etag(call: Call) -> str:
    return f'"{call.id}-{call.revision}-{call.state}"'


def _answer(call: Call, status: int = 200) -> Response:
    told = {"id": call.id, "state": call.state.value, "desk": call.desk}
    return JSONResponse(told, status, {**_HEADERS, "ETag": _etag(call)})
