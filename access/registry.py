"""Every place and every state of a visit that the screens tell apart, by name.

A new screen is a line in `visits`; `tests/access/test_registry.py` fails until it is there. Knows
the demo city. Does not know how anything is drawn or measured.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from typing import cast

from access.visit import (
    HALL,
    MONDAY_EARLY,
    MONDAY_MORNING,
    SATURDAY_AFTERNOON,
    SUNDAY_NIGHT,
    Known,
    Visit,
    at,
    like,
)
from access.visits import bulletins, calls, errands, papers, proxy, slips, staff
from kiosk.core import routes
from kiosk.core.asking import Asking
from kiosk.core.catalog import Catalog, Event, EventStep, Hall, Service, Text
from kiosk.core.choices import VOLUMES, Choices, Speech, Speed
from kiosk.core.entry import Draft, Ink, Pad, Reading
from kiosk.core.handoff import Handoff, HandoffCode
from kiosk.core.local import Local
from kiosk.core.printing import (
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    PrinterState,
    SlipJob,
    Unconfirmed,
)
from kiosk.core.results import Hit, Kinship, Relative, Results, Wish
from kiosk.core.session import Session
from kiosk.core.staff import Missed, Staff
from kiosk.core.taking import Taking
from kiosk.core.value import Value, replace
from kiosk.store.enrolment import Enrolment, PlaceNumbers
from kiosk.store.handoff_desk import HandoffDesk
from kiosk.ui.page import Page
from kiosk.views import out_of_order
from kiosk.views.factory import page_for
from kiosk.views.scene import Scene

OUT_OF_ORDER = "out-of-order"  # the one screen without a visit

_LOST = "id-card-lost"
_WITHDRAWN = (("local", Local(printer=PrinterState(withdrawn=True))),)
_BARE = Service(
    id="bare",
    number=19001,
    group="household",
    category="id-cards",
    name=Text("只有名字的事", "A service with a name"),
    plain_name=Text("只有名字的事", "A service with a name"),
    summary=Text("什么都还没写", "Nothing is written yet"),
    provider="police",
)
_FOR_SWITCHES = routes.SwitchesPage(moves="first-switch")
_LONGEST_HOST = "https://zwfw.yunchuan.example/k/"
_VOICELESS = (("voice_works", False),)
_MISSED = (  # as many as are listed, with the longest that is kept
    ("换房本", 128),
    ("我想给我家老人办那个坐公交不要钱的卡", 41),
    ("宠物狗上户口", 23),
    ("renew my passport", 17),
    ("无人机登记", 12),
    ("地铁失物", 9),
    ("充电桩安装", 7),
    ("彩票兑奖", 5),
    ("wifi密码", 4),
    ("修鞋", 3),
)
_PAST_HITS = 6  # so many stand above the heading "is it this?"


class Thin:
    """A catalog whose records say as little as records may."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def __getattr__(self, name: str) -> object:
        """Everything else is as it was."""
        return getattr(self._catalog, name)

    def service(self, id: str) -> Service | None:
        """One service that has only its name."""
        return _BARE if id == _BARE.id else self._catalog.service(id)

    def event(self, id: str) -> Event | None:
        """Life events that name a service which has left the catalog."""
        event = self._catalog.event(id)
        return replace(event, steps=(EventStep("gone"), *event.steps[:1])) if event else None

    def halls(self) -> tuple[Hall, ...]:
        """Halls that nobody knows the hours of."""
        return tuple(replace(hall, hours=()) for hall in self._catalog.halls())


def visits(known: Known) -> dict[str, Visit]:
    """A visit for every place and every state of a place, the fullest and the barest included."""
    services = known.services()
    here, take = routes.ServicePage(service=_LOST), routes.HandoffPage(service=_LOST)
    fullest, barest = services[-1].id, services[0].id
    code = Handoff(_LOST, screen_code(), screen_code())
    ready = at(here, take, taking=Taking(handoff=code))
    thin = cast("Catalog", Thin(known.catalog))
    talking = Choices(speech=Speech(on=True))
    curtained = Choices(speech=Speech(on=True, curtain=True))
    everything = Choices(hold=True, switches=True, speech=Speech(True, Speed.FAST, VOLUMES[-1]))
    sessions: dict[str, Session | Visit] = {
        "welcome": Session(),
        "home": at(),
        "home-too-short": like(at(too_short=True, choices=Choices(hold=True))),
        "home-read-aloud": like(at(choices=talking)),
        "home-curtained": like(at(choices=curtained)),
        "home-lent": like(at().lend()),
        "groups": at(routes.GroupsPage()),
        "group-fullest": at(routes.GroupPage(group=known.fullest_group())),
        "group-gone": at(routes.GroupPage(group="gone")),
        "service": at(here),
        "service-fullest": at(routes.ServicePage(service=fullest)),
        "service-barest": at(routes.ServicePage(service=barest)),
        "service-elsewhere": like(at(routes.ServicePage(service=known.elsewhere()))),
        "service-bare": Visit(at(routes.ServicePage(service=_BARE.id)), catalog=thin),
        "service-early": like(at(here), MONDAY_EARLY),
        "service-closed": like(at(here), SATURDAY_AFTERNOON),
        "service-gone": at(routes.ServicePage(service="gone")),
        "handoff-gone": at(routes.HandoffPage(service="gone")),
        "handoff-making": at(here, take),
        "handoff-unmade": like(at(here, take, taking=Taking(unmade=True))),
        "handoff-ready": ready,
        "handoff-no-printer": Visit(ready, scene=_WITHDRAWN),
        "handoff-no-printer-yet": Visit(at(here, take), scene=_WITHDRAWN, is_variant=True),
        "handoff-printing": _with_slip(ready, None),
        "handoff-printed": _with_slip(ready, Printed()),
        "handoff-unconfirmed": _with_slip(ready, Unconfirmed()),
        "handoff-no-paper": _with_slip(ready, FailedBefore(Fault.NO_PAPER)),
        "handoff-jam": _with_slip(ready, FailedDuring(Fault.JAM, 90)),
        "handoff-not-out": _with_slip(ready, FailedDuring(Fault.OFFLINE, 0)),
        "handoff-jam-again": _with_slip(ready, FailedDuring(Fault.JAM, 90), copy=2),
        "events": at(routes.EventsPage()),
        "event-fullest": at(routes.EventPage(event=known.fullest_event())),
        "event-thin": Visit(at(routes.EventPage(event=known.fullest_event())), catalog=thin),
        "event-gone": at(routes.EventPage(event="gone")),
        "halls": at(routes.HallsPage()),
        "halls-closed": like(at(routes.HallsPage()), SUNDAY_NIGHT),
        "halls-thin": Visit(at(routes.HallsPage()), catalog=thin, is_variant=True),
        "help": at(routes.HelpPage()),
        "help-with-a-service": like(at(here, routes.HelpPage())),
        "help-lent": like(at(routes.HelpPage()).lend()),
        "staff-reading": _staff(None),
        "staff-none": like(_staff(())),
        "staff-listed": _staff(_MISSED),
        "display": at(routes.DisplayPage()),
        "display-everything": at(routes.DisplayPage(), choices=everything),
        "display-voiceless": Visit(at(routes.DisplayPage()), scene=_VOICELESS, is_variant=True),
        "practice": at(routes.PracticePage()),
        "practice-help": like(at(routes.PracticePage(key="help"))),
        "switches": at(routes.SwitchesPage()),
        "switches-second": at(_FOR_SWITCHES),
        "switches-learnt": at(replace(_FOR_SWITCHES, is_learnt=True)),
        "still-there": at(here, asked_still_there=True),
        "search-empty": at(routes.SearchPage()),
        "search-running": _asking(query="sfz"),
        "search-nothing": _asking(query="qqq", results=Results("qqq")),
        "search-sure": _found("sbk", _sure(known, "sbk")),
        "search-fullest": _found("shebaokadiushile", _fullest(known, "shebaokadiushile")),
        "search-results-literal": like(_found("社保卡", _literal(known))),
        "search-results-perhaps": _found("设保咔", _perhaps(known)),
        "search-results-relatives": _found("老年公交卡", _relatives(known)),
        "search-results-two-wishes": _found("补社保卡和退休", _two_wishes(known)),
        "search-results-two-wishes-heard": like(
            replace(_found("补社保卡和退休", _two_wishes(known)), choices=talking)
        ),
        "search-results-one-wish": _found("补社保卡和修飞船", _one_wish(known)),
        "search-results-unsure": like(_found("yndkx", _unsure(known, "yndkx"))),
        "search-results-unsure-written": like(
            _found("云朵", _unsure(known, "云朵"), pad=Pad.WRITING)
        ),
        "search-results-nothing": _found("宇宙飞船", Results("宇宙飞船")),
        "search-results-settings": like(_found("长辈版", Results("长辈版", for_settings=True))),
        "search-results-old": like(_found("社保卡挂", _literal(known))),
        **_on_pads(),
        **_on_errands(known),
    }
    return {name: one if isinstance(one, Visit) else Visit(one) for name, one in sessions.items()}


class Registered(Value, frozen=True):
    """One page that a kiosk shows to somebody; many show states of the same place."""

    page: Page
    choices: Choices
    is_variant: bool = False
    place: str = OUT_OF_ORDER


def page_of(
    visit: Visit, catalog: Catalog, choices: Choices, gettext: Callable[[str], str]
) -> Page:
    """The page that a kiosk would show to somebody with these choices."""
    session = replace(visit.session, choices=visit.choices(choices))
    fields = dict(visit.scene)
    shown = visit.catalog or catalog
    scene = Scene(session, shown, gettext, visit.hall, visit.now, **fields)  # type: ignore[arg-type]
    return page_for(scene)


def pages(
    catalog: Catalog,
    choices: Choices,
    gettext: Callable[[str], str],
    only: Collection[str] | None = None,
) -> dict[str, Registered]:
    """Every registered page, or some, as it is for these choices, with those of its visit."""
    known = Known(catalog, choices.language)
    found = {
        name: Registered(
            page_of(visit, catalog, choices, gettext),
            visit.choices(choices),
            visit.is_variant,
            type(visit.session.route).__name__,
        )
        for name, visit in visits(known).items()
        if only is None or name in only
    }
    if only is None or OUT_OF_ORDER in only:
        found[OUT_OF_ORDER] = Registered(out_of_order.page(gettext), choices)
    return found


def _on_errands(known: Known) -> dict[str, Session | Visit]:
    found: dict[str, Session | Visit] = {}
    for topic in (errands, papers, proxy, slips, bulletins, calls, staff):
        found |= topic.visits(known)
    return found


# values ---------------------------------------------------------------------------------------


def _staff(missed: Missed | None) -> Session:
    signed_in = replace(at(), staff=Staff(who="导服台 2"), held=Session())
    return replace(signed_in.go(routes.StaffMissedPage()), missed=missed)


def _with_slip(session: Session, outcome: object, copy: int = 1) -> Visit:
    slip = SlipJob(_LOST, large=False, copy=copy, outcome=outcome)  # type: ignore[arg-type]
    return like(replace(session, taking=replace(session.taking, slip=slip)))


def _found(query: str, results: Results, pad: Pad = Pad.LETTERS) -> Session:
    return _asking(query=query, results=results, pad=pad)


def _sure(known: Known, query: str) -> Results:
    return Results(query, _hits(known)[:2], chips=("社会保障卡",), confident=True)


def _fullest(known: Known, query: str) -> Results:
    """As many and as long results as a search gives."""
    hits = _hits(known)
    perhaps = tuple(replace(hit, heard="社保卡丢了怎么办") for hit in hits[_PAST_HITS:])
    return Results(
        query,
        hits[:_PAST_HITS],
        perhaps,
        tuple(group.id for group in known.catalog.groups()[:3]),
        ("社会保障卡", "失业保险金", "设备检验"),
        frozenset("ABCDLH"),
        confident=False,
    )


def _hits(known: Known) -> tuple[Hit, ...]:
    """The ten services with the longest names."""
    language = known.language
    longest = sorted(known.services(), key=lambda one: -len(one.plain_name.get(language)))[:10]
    return tuple(_hit(known, one) for one in longest)


def _hit(known: Known, one: Service, **changes: object) -> Hit:
    language, catalog = known.language, known.catalog
    group, category = catalog.group(one.group), catalog.category(one.category)
    above = [text.name.get(language) for text in (group, category) if text is not None]
    icon = category.icon if category else ""
    hit = Hit(one.id, one.plain_name.get(language), " › ".join(above), icon, ((0, 2),))
    return replace(hit, **changes)


# ways to ask ------------------------------------------------------------------------------------

_HEARING = (("dictation_works", True),)
_CROSS: Ink = (((150, 420), (500, 400), (860, 410)), ((480, 120), (500, 500), (490, 900)))
_WRITTEN = Draft(settled="社保", cells=(_CROSS, (((500, 300),), *_CROSS)))
_STROKED = Draft(settled="社保", strokes="4524121")
_WIDEST_WORDS = ("身份", "护照", "医保", "驾驶", "婚姻", "退休")
_CHARACTERS = tuple("社祖视礼祝福禄祥禅")


def _on_pads() -> dict[str, Session | Visit]:
    """Every pad, empty and in use; what was read is written here by hand."""
    read = Reading(_WRITTEN, _WIDEST_WORDS)
    stroked = Reading(_STROKED, _CHARACTERS, frozenset("124"))
    started = Reading(Draft(strokes="4"), _CHARACTERS, frozenset("12345"))
    writing, strokes = {"pad": Pad.WRITING}, {"pad": Pad.STROKES}
    unread = Draft(cells=(_CROSS, ()))
    return {
        "search-letters-typewriter": _asking(as_typewriter=True),
        "search-letters-composing": _asking(query="社保", preedit="kadiu"),
        "search-writing-empty": _asking(**writing),
        "search-writing-unread": like(_asking(draft=unread, **writing)),
        "search-writing-read": _asking(query="社保身份", draft=_WRITTEN, reading=read, **writing),
        "search-strokes": _asking(**strokes),
        "search-strokes-begun": like(_asking(draft=Draft(strokes="4"), reading=started, **strokes)),
        "search-strokes-read": _asking(query="社保", draft=_STROKED, reading=stroked, **strokes),
        "search-speech": _heard(),
        "search-listening": _heard(listening=True),
        "search-not-heard": _heard(not_heard=True),
        "search-heard": _heard(query="我想问问身份证丢了怎么办"),
        "search-speech-gone": like(_asking(pad=Pad.SPEECH)),
    }


def _asking(**state: object) -> Session:
    return at(routes.SearchPage(), asking=Asking(**state))  # type: ignore[arg-type]


def _heard(**changes: object) -> Visit:
    """Where the machine has ears."""
    return Visit(_asking(pad=Pad.SPEECH, **changes), scene=_HEARING)


# what searches find -----------------------------------------------------------------------------

_CARDS = ("social-card", "social-card-replace", "social-card-loss", "social-card-password")
_BUS_CARDS = ("elder-bus-card", "elder-bus-card-lost", "elder-bus-card-renew", "disabled-bus-card")
_PENSIONS = ("retirement-apply", "pension-estimate", "pension-verify", "pension-transfer")


def _of(known: Known, *ids: str, words: str = "", **changes: object) -> tuple[Hit, ...]:
    """Services of the demo city as a search finds them, with these words marked."""
    found = map(known.catalog.service, ids)
    hits = [_hit(known, one, **changes) for one in found if one is not None]
    return tuple(replace(hit, marks=_marks(hit.title, words)) for hit in hits)


def _marks(title: str, words: str) -> tuple[tuple[int, int], ...]:
    return ((title.index(words), len(words)),) if words and words in title else ()


def _kin(known: Known, kinship: Kinship, *ids: str) -> tuple[Relative, ...]:
    hits = _of(known, *ids)
    return tuple(Relative(hit.service, hit.title, hit.icon, kinship) for hit in hits)


def _literal(known: Known) -> Results:
    """More than a page of them, in a category of their own."""
    return Results(
        "社保卡",
        literal=(*_of(known, *_CARDS, words="社保卡"), *_hits(known)),
        groups=("pension", "transport"),
        chips=("社会保障卡", "失业保险金", "设备检验"),
        confident=True,
        category="social-cards",
    )


def _perhaps(known: Known) -> Results:
    """Nothing literal; each says what was taken for what, or under which other name it goes."""
    heard = _of(known, *_CARDS, typed="设保咔", heard="社会保障卡")
    named = _of(known, "elder-preference-card", heard="六十五岁以上老人乘车证")
    return Results("设保咔", (), (*heard, *named), ("pension",), confident=True)


def _relatives(known: Known) -> Results:
    """A few hits, and three of each kind beside them."""
    cases = _kin(known, "situation", *_BUS_CARDS[1:])
    siblings = _kin(known, "sibling", "student-bus-card", "bus-card", "bus-card-refund")
    linked = _kin(known, "related", "elder-preference-card", "elder-allowance", "accessible-ride")
    return Results(
        "老年公交卡",
        literal=_of(known, _BUS_CARDS[0], words="老年"),
        perhaps=_of(known, "disabled-parking", typed="老年", heard="残疾"),
        groups=("transport",),
        confident=True,
        relatives=(*cases, *siblings, *linked),
        category="bus-cards",
    )


def _two_wishes(known: Known) -> Results:
    """Two wishes in one line, and what fits neither."""
    cards, pensions = _of(known, *_CARDS, words="社保卡"), _of(known, *_PENSIONS, words="退休")
    return Results(
        "补社保卡和退休",
        literal=(*cards, *pensions),
        groups=("pension",),
        confident=True,
        wishes=(Wish("补社保卡", cards), Wish("退休", pensions)),
    )


def _one_wish(known: Known) -> Results:
    """One of two wishes is nobody's business."""
    cards = _of(known, *_CARDS, words="社保卡")
    wishes = Wish("补社保卡", cards), Wish("修飞船", ())
    return Results("补社保卡和修飞船", cards, confident=True, wishes=wishes)


def _unsure(known: Known, query: str) -> Results:
    hits = _of(known, *_BUS_CARDS, typed=query, heard="一年到头开心")
    return Results(query, (), hits, ("transport",))


@cache
def screen_code() -> HandoffCode:
    """A code as the desk makes it, with a longer address than usual."""
    who = Enrolment(
        repository="",
        handoff_prefix=_LONGEST_HOST,
        collection="990100",
        hall=HALL,
        place=PlaceNumbers(990100, 1, 1),
        epoch=1,
        key="11" * 32,
    )
    desk = HandoffDesk(who, lambda: MONDAY_MORNING, lambda length: b"\x07" * length)
    return desk.make(item=13003, catalog_version=1, choices=Choices())[0]
