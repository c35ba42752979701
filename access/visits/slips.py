"""Taking an errand or the whole list along, and coming back with it."""

from __future__ import annotations

from functools import cache

from access.visit import HALL, MONDAY_MORNING, Known, Visit, at, like
from kiosk.core import routes
from kiosk.core.brought import Lost
from kiosk.core.case import LIST_MAX, Acting, Answer, Case, Whom
from kiosk.core.catalog import Catalog
from kiosk.core.choices import Choices
from kiosk.core.handoff import HandoffCode
from kiosk.core.local import Local
from kiosk.core.printing import FailedBefore, FailedDuring, Fault, Printed, SlipKind, Unconfirmed
from kiosk.core.proxy import judge
from kiosk.core.session import Handoff, Session, SlipJob
from kiosk.core.value import replace
from kiosk.store.enrolment import Enrolment, PlaceNumbers
from kiosk.store.handoff_desk import HandoffDesk

_TO_LIST = routes.HandoffPage()
_RESUMED = routes.ResumedPage()
_ALL_LOST = Lost(services=2, questions=1, papers=3)
_LETTERS = (("local", Local(prints_letters=True)),)


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
        "handoff-letter-printing": like(_with(pair, SlipKind.LETTER, None)),
        "handoff-letter-printed": like(_with(pair, SlipKind.LETTER, Printed())),
        "resumed": at(_RESUMED, case=replace(full, acting=acting)),
        "resumed-some-lost": at(routes.ResumedPage(lost=_ALL_LOST), case=full),
        "resumed-papers-only": like(at(_RESUMED, case=Case(in_hand=full.in_hand))),
        "resumed-nothing": like(at(routes.ResumedPage(lost=Lost(services=2)))),
    }


def urls(known: Known) -> frozenset[str]:
    """What an independent reader must read from the codes of these screens."""
    shown = [one if isinstance(one, Session) else one.session for one in visits(known).values()]
    return frozenset(one.handoff.screen.url for one in shown if one.handoff is not None)


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
    return at(place, case=case, handoff=Handoff(service, *codes, resume=code))


def _with(session: Session, kind: SlipKind, outcome: object) -> Session:
    service = session.handoff.service if session.handoff else ""
    slip = SlipJob(service, large=False, copy=1, outcome=outcome, kind=kind)  # type: ignore[arg-type]
    return replace(session, slip=slip)


def _case_code(case: Case, catalog: Catalog) -> HandoffCode:
    return _desk().keep(case, catalog, Choices())


def _codes() -> tuple[HandoffCode, HandoffCode]:
    return _desk().make(13003, 1, Choices(), Acting(Whom.PARENT))


@cache
def _desk() -> HandoffDesk:
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
