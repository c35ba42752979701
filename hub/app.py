"""Builds the hub's web application: the only module that knows all of its parts.

Knows which part answers which address, and what a person sees when a part fails. Does not know
ports or processes (`hub.server`).
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from datetime import datetime
from functools import partial

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from db.token import Place
from hub.config import HubConfig
from hub.event import Event
from hub.fleet import master_key, register
from hub.fleet.enrolment import Enrolment
from hub.fleet.repository_files import RepositoryFiles
from hub.hall.board import Board
from hub.hall.book import CallBook
from hub.hall.gate import KioskGate
from hub.hall.kiosk_desk import KioskDesk
from hub.hall.machine_book import MachineBook
from hub.hall.pins import HallPins
from hub.hall.staff_desk import StaffDesk
from hub.hall.tries import Tries
from hub.phone import notices
from hub.phone.catalog import CatalogSource
from hub.phone.check_files import CheckFiles
from hub.phone.facts_desk import FactsDesk
from hub.phone.guide_desk import GuideDesk
from hub.phone.handoff_desk import HandoffDesk
from hub.phone.ledger import Ledger
from hub.phone.list_page import ListDesk
from hub.phone.pages import STATIC, Look, Pages

logger = logging.getLogger(__name__)

_STATIC_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


def create_app(
    config: HubConfig,
    engine: Engine,
    catalog_source: CatalogSource,
    clock: Callable[[], datetime],
) -> FastAPI:
    """The application over a migrated database."""
    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,  # it would build an address from the Host header
        # spans carry whole addresses, and hand-offs stand in addresses
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    pages, settings = Pages(), config.settings
    master = partial(master_key.read, config.handoff_key)
    ledger = Ledger(engine, settings.limits, settings.alarms)
    kiosk_at = partial(_kiosk_at, engine)
    handoffs = HandoffDesk(settings, catalog_source, pages, ledger, master, clock)
    lists = ListDesk(settings, catalog_source, pages, ledger, kiosk_at, master, clock)
    board = Board(CallBook(engine), MachineBook(engine), clock)
    tries = Tries(settings.limits.addresses_counted, clock)
    staff = StaffDesk(board, HallPins(engine), tries, catalog_source, settings.halls, clock)
    for router in (
        CheckFiles(config.check_files).router(),
        FactsDesk(settings.limits, catalog_source, ledger, master, clock).router(),
        handoffs.router(),
        lists.router(),
        GuideDesk(catalog_source, pages, settings, clock).router(),
        RepositoryFiles(config.repository).router(),
        KioskDesk(board, KioskGate(engine, master, clock), clock).router(),
        staff.router(),
        _house_router(engine, catalog_source),
    ):
        app.include_router(router)
    app.state.stop_waiting = partial(_end, board, ledger, clock)
    app.add_exception_handler(HTTPException, _missing_page(pages))
    app.add_middleware(LastResort, page=pages.notice(notices.BROKEN, Look()))
    return app


def _end(board: Board, ledger: Ledger, clock: Callable[[], datetime]) -> None:
    """Keep nobody waiting, and no count in memory alone."""
    board.close()
    ledger.refusals.flush(clock())


class LastResort:
    """Turns any error that nobody expected into a page with a way on.

    Logs the error's type and where it arose, never its text: that could hold what a request held.
    """

    def __init__(self, app: ASGIApp, page: Response) -> None:
        self._app = app
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer it here if that fails before an answer began."""
        has_begun = False

        async def watch(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception as error:
            logger.error("%s %s at %s", Event.PAGE_FAILED, type(error).__name__, _place(error))
            if has_begun or scope["type"] != "http":
                raise
            await self._page(scope, receive, send)


def _place(error: Exception) -> str:
    """File and line of the innermost frame."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{frame.filename}:{frame.lineno}"


def _kiosk_at(engine: Engine, place: Place) -> Enrolment | None:
    """What the register knows of a machine."""
    with engine.connect() as connection:
        return register.find(connection, place)


def _missing_page(pages: Pages) -> Callable[[Request, Exception], Response]:
    """What to answer where the framework itself knows no page."""

    def missing(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        page = pages.notice(notices.NOT_FOUND, Look.of(request.query_params))
        page.status_code = status
        return page

    return missing


def _house_router(engine: Engine, source: CatalogSource) -> APIRouter:
    """Whether the hub is well, and the files that pages are dressed with."""
    router = APIRouter()
    dress = {
        path.name: (path.read_bytes(), _STATIC_KINDS[path.suffix])
        for path in STATIC.iterdir()
        if path.suffix in _STATIC_KINDS
    }

    @router.get("/healthz", response_model=None)
    def health() -> Response:
        catalog = source.current()
        is_well = _answers(engine)
        report = {
            "ok": is_well,
            "version": catalog.version if catalog else None,
            "published": catalog.published if catalog else None,
        }
        return JSONResponse(report, 200 if is_well else 503, {"Cache-Control": "no-store"})

    @router.get("/static/{name}", response_model=None)
    def static(name: str) -> Response:
        if name not in dress:
            raise HTTPException(404)
        content, kind = dress[name]
        headers = {
            # pages name the style sheet with its digest
            "Cache-Control": "public, max-age=31536000, immutable",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(content, media_type=kind, headers=headers)

    return router


def _answers(engine: Engine) -> bool:
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True
