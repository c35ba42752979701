"""Staff at the machine: signing in, and everything that they can do."""

from __future__ import annotations

from datetime import timedelta

from access.visit import HALL, MONDAY_MORNING, Known, Visit, at, like
from kiosk import app
from kiosk.core import routes, sentences
from kiosk.core.asking import Asking
from kiosk.core.catalog import Bulletin
from kiosk.core.choices import Language
from kiosk.core.local import CounterToday, Local
from kiosk.core.printing import (
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    PrinterState,
    PrintOutcome,
    SlipJob,
    SlipKind,
    Unconfirmed,
)
from kiosk.core.results import Hit, Results
from kiosk.core.session import Session
from kiosk.core.staff import (
    ByPin,
    ChangeRoll,
    Deed,
    LockedOut,
    NoReport,
    PrinterReport,
    Refused,
    SheetReport,
    Staff,
    SyncNow,
    SyncReport,
)
from kiosk.core.taking import Taking
from kiosk.core.value import replace

_WHO = "导服台 2"
_QUERY = "sfz"
_PRINTER = PrinterReport(
    fault=None,
    is_mute=False,
    low_paper=False,
    left_mm=41_300,
    slips_today=128,
    faults_lately=0,
    may_print=True,
    model="TM-T82III",
)
_SYNC = SyncReport(version=41, published="2026-11-20T00:00:00+00:00", heard=None)
_AT = "2026-11-23T09:40:00+08:00"
_DEEDS = (
    "signed-in",
    "refused",
    "locked",
    "change-roll",
    "mend-printer",
    "sync-now",
    "set-counter city-traffic closed long",
    "set-counter gone open",
    "post-bulletin lift",
    "withdraw-bulletin hall-power",
    "something-else",
)


def visits(known: Known) -> dict[str, Session | Visit]:
    """Every state of every screen of staff."""
    return {
        **_signing_in(),
        "staff-menu": _on(routes.StaffPage()),
        **_menu_of_a_broken_machine(),
        "help-of-staff": like(_on(routes.HelpPage())),
        "staff-undone": like(_on(routes.StaffPrinterPage(), report=_PRINTER, undone=True)),
        **_finding(known),
        **_printer(),
        **_today(known),
        **_bulletins(),
        **_sync(),
        "staff-trail": _on(routes.StaffTrailPage(), report=_deeds()),
        "staff-trail-looking": _on(routes.StaffTrailPage()),
        "staff-trail-unseen": _on(routes.StaffTrailPage(), report=NoReport()),
        "staff-trail-none": like(_on(routes.StaffTrailPage(), report=())),
    }


def _on(place: routes.Route, slip: SlipJob | None = None, **staff: object) -> Session:
    """Somebody who has signed in, with a citizen's visit behind."""
    return Session(
        trail=(routes.Welcome(), *((routes.StaffPage(),) * (place != routes.StaffPage())), place),
        staff=Staff(who=_WHO, **staff),  # type: ignore[arg-type]
        held=at(),
        taking=Taking(slip=slip),
    )


def _menu_of_a_broken_machine() -> dict[str, Session | Visit]:
    menu = _on(routes.StaffPage())
    states = {
        "withdrawn": PrinterState(withdrawn=True, fault=Fault.OVERHEATED, low_paper=True),
        "unknown": PrinterState(withdrawn=True),
        "jam": PrinterState(fault=Fault.JAM),
        "low": PrinterState(low_paper=True),
    }
    return {
        f"staff-menu-{name}": Visit(
            menu, scene=(("local", Local(printer=state)),), is_variant=name != "withdrawn"
        )
        for name, state in states.items()
    }


def _signing_in() -> dict[str, Session | Visit]:
    page = routes.SignInPage()
    later = MONDAY_MORNING + timedelta(minutes=5)
    return {
        "sign-in": at(page),
        "sign-in-begun": like(at(page, staff=Staff(pin="4839"))),
        "sign-in-trying": like(at(page, staff=Staff(trying=ByPin("483920")))),
        "sign-in-refused": like(at(page, staff=Staff(verdict=Refused(3)))),
        "sign-in-locked": like(at(page, staff=Staff(verdict=LockedOut(later)))),
        "sign-in-open-again": like(at(page, staff=Staff(verdict=LockedOut(MONDAY_MORNING)))),
        "sign-in-barred": like(at(page, staff=Staff(verdict=LockedOut(None)))),
    }


def _finding(known: Known) -> dict[str, Session | Visit]:
    page = routes.StaffFindPage()
    services = sorted(known.services(), key=lambda one: -len(one.plain_name.get(known.language)))
    pile = tuple(one.id for one in services[:10])
    home = tuple(one.id for one in services if not one.counters)[:1]
    hits = tuple(
        Hit(one.id, one.plain_name.get(known.language), "", "", ((0, 2),)) for one in services[:9]
    )
    found = Results(_QUERY, hits, confident=True)
    asked = replace(_on(page, batch=pile[:3]), asking=Asking(query=_QUERY))
    answered = Asking(query=_QUERY, results=found)
    return {
        "staff-find": _on(page),
        "staff-find-pile": _on(page, batch=pile),
        "staff-find-elsewhere": like(_on(page, batch=(known.elsewhere(), *home, "gone"))),
        "staff-find-running": like(asked),
        "staff-find-found": replace(asked, asking=answered),
        "staff-find-full": like(replace(_on(page, batch=pile), asking=answered)),
        "staff-find-nothing": replace(asked, asking=Asking(query=_QUERY, results=Results(_QUERY))),
        "staff-find-printing": like(_on(page, _slip(SlipKind.BATCH, None), batch=pile[:3])),
        "staff-find-printed": like(_on(page, _slip(SlipKind.BATCH, Printed()))),
        "staff-find-unsure": like(_on(page, _slip(SlipKind.BATCH, Unconfirmed()), batch=pile[:3])),
        "staff-find-last": like(_on(page, last_batch=10)),
        "staff-find-jam": like(
            _on(page, _slip(SlipKind.BATCH, FailedDuring(Fault.JAM, 90, 2)), batch=pile[:3])
        ),
    }


def _slip(kind: SlipKind, outcome: PrintOutcome | None) -> SlipJob:
    return SlipJob("", large=False, copy=1, outcome=outcome, kind=kind)


def _printer() -> dict[str, Session | Visit]:
    page = routes.StaffPrinterPage()
    broken = replace(_PRINTER, fault=Fault.OVERHEATED, faults_lately=3, may_print=False)
    failed = _slip(SlipKind.TEST, FailedBefore(Fault.NO_PAPER))
    return {
        "staff-printer": _on(page, report=_PRINTER),
        "staff-printer-looking": _on(page),
        "staff-printer-unseen": like(_on(page, report=NoReport())),
        "staff-printer-broken": _on(page, failed, report=broken),
        "staff-printer-mute": like(_on(page, report=replace(_PRINTER, is_mute=True))),
        "staff-printer-printing": like(_on(page, report=replace(_PRINTER, is_printing=True))),
        "staff-printer-sheets": _on(page, report=replace(_PRINTER, sheets=SheetReport())),
        "staff-printer-sheets-low": like(
            _on(page, report=replace(_PRINTER, sheets=SheetReport(low_paper=True)))
        ),
        "staff-printer-sheets-jam": like(
            _on(page, report=replace(_PRINTER, sheets=SheetReport(Fault.JAM)))
        ),
        "staff-printer-low": like(_on(page, report=replace(_PRINTER, low_paper=True))),
        "staff-printer-test": like(_on(page, _slip(SlipKind.TEST, None), report=_PRINTER)),
        "staff-printer-roll": like(
            replace(_on(page, report=_PRINTER), orders=((1, ChangeRoll()),))
        ),
    }


def _today(known: Known) -> dict[str, Session | Visit]:
    note = sentences.notes(str)[1]
    first, second, third, *_ = known.catalog.counters_of(HALL)
    local = Local(
        today=(
            CounterToday(first.id, is_closed=True, note=note),
            CounterToday(second.id, waiting="long"),
        )
    )
    told = (("local", local),)
    page, one = routes.StaffTodayPage(), routes.StaffTodayPage(counter=first.id)
    return {
        "staff-today": Visit(_on(page), scene=told),
        "staff-today-without-counters": Visit(_on(page), hall="nowhere"),
        "staff-counter": _on(routes.StaffTodayPage(counter=third.id)),
        "staff-counter-closed": Visit(_on(one), scene=told),
    }


def _bulletins() -> dict[str, Session | Visit]:
    page = routes.StaffBulletinPage()
    tongues = {one: app.translations(one) for one in Language}
    told = tuple(
        Bulletin(
            sentences.bulletin_of(one),
            *sentences.in_every_language(one, tongues),
            valid_from="2026-11-23T09:00:00+08:00",
            valid_to="2026-11-23T17:00:00+08:00",
            halls=(HALL,),
        )
        for one in sentences.BULLETINS
    )
    return {
        "staff-bulletin": _on(page),
        "staff-bulletin-told": _told(page, told[:2]),
        "staff-bulletin-all": _told(page, told),
    }


def _told(page: routes.Route, bulletins: tuple[Bulletin, ...]) -> Visit:
    return Visit(_on(page), scene=(("local", Local(bulletins=bulletins)),), is_variant=True)


def _sync() -> dict[str, Session | Visit]:
    page = routes.StaffSyncPage()
    running = replace(_SYNC, heard=_AT, is_running=True, stage="fetch", share=0.4)
    return {
        "staff-sync": _on(page, report=replace(_SYNC, heard=_AT)),
        "staff-sync-looking": _on(page),
        "staff-sync-unseen": like(_on(page, report=NoReport())),
        "staff-sync-asked": like(replace(_on(page, report=_SYNC), orders=((1, SyncNow()),))),
        "staff-sync-fetching": _on(page, report=running),
        "staff-sync-applying": like(_on(page, report=replace(running, stage="apply", share=0.8))),
        "staff-sync-failed": _on(page, report=replace(_SYNC, published="?", error="NET-1")),
    }


def _deeds() -> tuple[Deed, ...]:
    return tuple(Deed(_AT, "" if what in ("refused", "locked") else _WHO, what) for what in _DEEDS)
