"""Taking an errand or the whole list along, and coming back with it."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtGui import QGuiApplication

from access.visit import HALL, MONDAY_MORNING, Known, Visit, at, like
from kiosk import app
from kiosk.core import routes
from kiosk.core.brought import Lost
from kiosk.core.case import LIST_MAX, Acting, Answer, Case, Whom
from kiosk.core.catalog import Catalog
from kiosk.core.choices import Choices
from kiosk.core.handoff import Handoff, HandoffCode
from kiosk.core.local import Local
from kiosk.core.printing import (
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    SlipJob,
    SlipKind,
    Unconfirmed,
)
from kiosk.core.proxy import judge
from kiosk.core.session import Session
from kiosk.core.slips.block import Slip, lines_of
from kiosk.core.slips.errands import compose_list
from kiosk.core.slips.occasion import Occasion
from kiosk.core.slips.pair import compose_pair
from kiosk.core.slips.picture import PictureBand, Preview, SlipPicture
from kiosk.core.slips.service import compose
from kiosk.core.taking import Taking
from kiosk.core.value import replace
from kiosk.printing.layout import LARGE, NORMAL, WIDTH_80MM, body_dots, lay_out
from kiosk.printing.picture import picture_of
from kiosk.store.enrolment import Enrolment, PlaceNumbers
from kiosk.store.handoff_desk import HandoffDesk

_TO_LIST = routes.HandoffPage()
_RESUMED = routes.ResumedPage()
_BULLETIN = "medical-computers"
_ALL_LOST = Lost(services=2, questions=1, papers=3)
_LETTERS = (("local", Local(prints_sheets=True)),)
_NARROW = (("local", Local(prints_large=False)),)


def visits(known: Known) -> dict[str, Session | Visit]:
    """Codes and slips of the list and of two people; what a code has brought back."""
    full = _full(known)
    acting = Acting(Whom.PARENT, "frail")
    service = _with_letter(known, acting)
    pair = _taking(service, replace(full, acting=acting), known.catalog)
    listed = _taking("", full, known.catalog)
    return {
        "handoff-list": listed,
        "handoff-list-making": like(at(_TO_LIST, case=full)),
        "handoff-list-empty": at(_TO_LIST),
        "handoff-list-printing": like(_with(listed, SlipKind.LIST, None)),
        "handoff-list-printed": like(_with(listed, SlipKind.LIST, Printed())),
        "handoff-list-unconfirmed": like(_with(listed, SlipKind.LIST, Unconfirmed())),
        "handoff-list-no-paper": like(_with(listed, SlipKind.LIST, FailedBefore(Fault.NO_PAPER))),
        "handoff-pair": Visit(pair, scene=_LETTERS),
        "handoff-pair-printed": like(_with(pair, SlipKind.PAIR, Printed())),
        "handoff-pair-half": like(
            _with(pair, SlipKind.PAIR, FailedDuring(Fault.NO_PAPER, 90, done=1))
        ),
        "handoff-narrow-roll": Visit(pair, scene=_NARROW, is_variant=True),
        "handoff-pair-printed-narrow": Visit(
            _with(pair, SlipKind.PAIR, Printed()), scene=_NARROW, is_variant=True
        ),
        "handoff-letter-printing": like(_with(pair, SlipKind.LETTER, None)),
        "handoff-letter-printed": like(_with(pair, SlipKind.LETTER, Printed())),
        "handoff-letter-printed-large": like(_with(pair, SlipKind.LETTER, Printed(), large=True)),
        **_sheets(listed, pair),
        "preview": _seen(known, pair, SlipKind.SERVICE),
        "preview-large": like(_seen(known, pair, SlipKind.SERVICE, large=True)),
        "preview-pair": _seen(known, pair, SlipKind.PAIR),
        "preview-list": like(_seen(known, listed, SlipKind.LIST)),
        "preview-making": like(_seen(known, pair, SlipKind.SERVICE, is_made=False)),
        "preview-none": like(_seen(known, pair, SlipKind.SERVICE, is_drawn=False)),
        "handoff-resume-not-out": like(
            _with(listed, SlipKind.RESUME, FailedDuring(Fault.OFFLINE, 0))
        ),
        "handoff-resume-printed": like(_with(listed, SlipKind.RESUME, Printed())),
        "bulletin-printing": like(_of_bulletin(None)),
        "bulletin-printed": like(_of_bulletin(Printed())),
        "bulletin-another-printed": like(_of_bulletin(Printed(), of="another")),
        "resumed": at(_RESUMED, case=replace(full, acting=acting)),
        "resumed-some-lost": at(routes.ResumedPage(lost=_ALL_LOST), case=full),
        "resumed-papers-only": like(at(_RESUMED, case=Case(in_hand=full.in_hand))),
        "resumed-nothing": like(at(routes.ResumedPage(lost=Lost(services=2)))),
    }


def urls(known: Known) -> frozenset[str]:
    """What an independent reader must read from the codes of these screens."""
    shown = [one if isinstance(one, Session) else one.session for one in visits(known).values()]
    made = [one.taking.handoff for one in shown]
    return frozenset(one.screen.url for one in made if one is not None)


def _full(known: Known) -> Case:
    """As many errands as a list takes, those with the longest names."""
    language = known.language
    longest = sorted(known.services(), key=lambda one: -len(one.plain_name.get(language)))
    services = tuple(one.id for one in longest[:LIST_MAX])
    answers = tuple(Answer(f"service/{one}", 0, 0) for one in services)
    return Case(services=services, answers=answers, in_hand=("id-card", "household-book"))


def _with_letter(known: Known, acting: Acting) -> str:
    """A service for which somebody who acts needs a letter of authority."""
    rulings = ((one.id, judge(one, acting)) for one in reversed(known.services()))
    return next(name for name, ruling in rulings if ruling.may_go and ruling.needs_letter)


def _taking(service: str, case: Case, catalog: Catalog) -> Session:
    code = _case_code(case, catalog)
    codes = (code, code) if not service else _codes()
    place = routes.HandoffPage(service=service)
    handoff = Handoff(service, *codes, resume=code)
    return at(place, case=case, taking=Taking(handoff=handoff))


def _sheets(listed: Session, pair: Session) -> dict[str, Session | Visit]:
    """The same in the largest print, from the printer beside the machine."""

    def ended(outcome: object, kind: SlipKind = SlipKind.LIST, is_variant: bool = True) -> Visit:
        session = listed if kind is SlipKind.LIST else pair
        asked = _with(session, kind, outcome)
        assert asked.taking.slip is not None  # noqa: S101 — just set
        slip = replace(asked.taking.slip, on_a4=kind is not SlipKind.LETTER)
        sheet = replace(asked, taking=replace(asked.taking, slip=slip))
        return Visit(sheet, scene=_LETTERS, is_variant=is_variant)

    no_paper = FailedBefore(Fault.NO_PAPER)
    swallowed = FailedDuring(Fault.NO_PAPER, row=2310)
    return {
        "handoff-list-sheets": Visit(listed, scene=_LETTERS),
        "handoff-sheet-printing": ended(None),
        "handoff-sheet-printed": ended(Printed()),
        "handoff-sheet-unconfirmed": ended(Unconfirmed()),
        "handoff-sheet-no-paper": ended(no_paper),
        "handoff-sheet-swallowed": ended(swallowed, is_variant=False),
        "handoff-sheet-none": ended(FailedDuring(Fault.OFFLINE, 0)),
        "handoff-letter-swallowed": ended(swallowed, SlipKind.LETTER),
        "handoff-letter-unconfirmed": ended(Unconfirmed(), SlipKind.LETTER),
    }


def _with(session: Session, kind: SlipKind, outcome: object, *, large: bool = False) -> Session:
    service = session.taking.handoff.service if session.taking.handoff else ""
    slip = SlipJob(service, large=large, copy=1, outcome=outcome, kind=kind)  # type: ignore[arg-type]
    return replace(session, taking=replace(session.taking, slip=slip))


def _of_bulletin(outcome: object, of: str = _BULLETIN) -> Session:
    slip = SlipJob("", False, 1, outcome, SlipKind.BULLETIN, bulletin=of)  # type: ignore[arg-type]
    return at(routes.BulletinPage(bulletin=_BULLETIN), taking=Taking(slip=slip))


def _seen(
    known: Known,
    visit: Session,
    kind: SlipKind,
    large: bool = False,
    is_drawn: bool = True,
    is_made: bool = True,
) -> Session:
    """Somebody looks at the slips of a hand-off before they are printed."""
    service = visit.taking.handoff.service if visit.taking.handoff is not None else ""
    place = routes.PreviewPage(service=service, kind=kind, large=large)
    looking = replace(visit, trail=(*visit.trail, place))
    slips = _composed(known, looking, kind) if is_drawn else ()
    scale = LARGE if large else NORMAL
    drawn = tuple(_picture(slip, scale) for slip in slips)
    preview = Preview(SlipJob(service, large, 1, kind=kind), known.language, drawn)
    return looking.previewed(preview) if is_made else looking


def _picture(slip: Slip, scale: float) -> SlipPicture:
    """Letters need Qt's fonts; where it does not run, nobody looks."""
    if QGuiApplication.instance() is None:
        blank = (b"\0",) * 800
        return SlipPicture(8, body_dots(scale), blank, (PictureBand(800, lines_of(slip)),))
    return _drawn(slip, scale)


@lru_cache(maxsize=8)
def _drawn(slip: Slip, scale: float) -> SlipPicture:
    """Drawn once: it is the same in every look."""
    return picture_of(lay_out(slip, WIDTH_80MM, scale), scale)


def _composed(known: Known, session: Session, kind: SlipKind) -> tuple[Slip, ...]:
    catalog, handoff, case = known.catalog, session.taking.handoff, session.case
    hall = catalog.hall(HALL)
    if hall is None or handoff is None:
        return ()
    language, gettext = known.language, app.translations(known.language)
    occasion = Occasion(catalog, hall, language, MONDAY_MORNING, gettext, 27, case=case)
    if kind is SlipKind.LIST:
        found = [one for one in map(catalog.service, case.services) if one is not None]
        return (compose_list(found, handoff.paper, occasion),)
    service = catalog.service(handoff.service)
    if service is None:
        return ()
    if kind is SlipKind.PAIR and case.acting is not None:
        return compose_pair(service, handoff.paper, judge(service, case.acting), occasion)
    return (compose(service, handoff.paper, occasion),)


def _case_code(case: Case, catalog: Catalog) -> HandoffCode:
    return desk().keep(case, catalog, Choices())


def _codes() -> tuple[HandoffCode, HandoffCode]:
    return desk().make(13003, 1, Choices(), Acting(Whom.PARENT))


@cache
def desk() -> HandoffDesk:
    """Makes the codes of a machine of the demo city, always the same."""
    who = Enrolment(
        repository="",
        handoff_prefix="https://zwfw.yunchuan.example/k/",
        collection="990100",
        hall=HALL,
        place=PlaceNumbers(990100, 1, 1),
        epoch=1,
        key="11" * 32,
    )
    return HandoffDesk(who, lambda: MONDAY_MORNING, lambda length: b"\x07" * length)
