"""The words of the slip of a whole list: where to go in which order, and all papers once.

Knows what stands on it and in which order. Does not know paper, fonts or dots
(`kiosk.printing`), nor how the order and the papers come about (`kiosk.core.plan`,
`kiosk.core.checklist`). Nothing on it is about a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from kiosk.core import proxy_words, wording
from kiosk.core.bulletins import about, current
from kiosk.core.catalog import Service
from kiosk.core.checklist import Demand, left, merged
from kiosk.core.choices import Language
from kiosk.core.handoff import HandoffCode
from kiosk.core.plan import Plan, Spot, Stop, Surroundings, Where, planned
from kiosk.core.proxy import Verdict, judge
from kiosk.core.slips.block import Block, Fact, Numbered, Role, Slip, Tick, Words
from kiosk.core.slips.occasion import Occasion
from kiosk.core.slips.parts import announced, foot, scanned
from kiosk.core.value import Value

NAMED_MAX = 3  # errands by name beside a paper


def compose_list(
    services: Sequence[Service],
    code: HandoffCode,
    occasion: Occasion,
    written: Callable[[int], str] = str,
) -> Slip:
    """The slip for everything on the list.

    Args:
        services: the errands, as they were collected.
        code: brings the list back; made for paper.
        occasion: where, when and in which language.
        written: how the number of a service is said on the phone, with its check digit.

    Raises:
        CatalogDamagedError: a record that the slip needs is not the one that was signed.
    """
    around = Surroundings(occasion.catalog, occasion.hall.id, occasion.now, occasion.local)
    plan = planned(services, around)
    writer = _Writer(occasion, {one.id: one for one in services}, plan)
    _ = occasion.gettext
    blocks = (
        *_title(writer),
        *_bulletins(writer),
        *_warnings(writer),
        *_order(writer),
        *_papers(writer),
        *scanned(code, occasion, _("手机上看清单，家人也能扫")),
        Words(_("下次在机器上扫这个，接着办"), Role.STRONG),
        *_call(writer, written),
        *foot(occasion),
    )
    return occasion.slip(blocks)


class _Writer(Value, frozen=True):
    """The errands in their order, among what every slip knows."""

    occasion: Occasion
    services: dict[str, Service]
    plan: Plan

    def named(self, service: str) -> str:
        return self.occasion.say(self.services[service].plain_name)

    def listed(self, services: Sequence[str]) -> str:
        return self.occasion.gettext("、").join(map(self.named, services))

    def paper(self, paper: str) -> str:
        """Its name; where the catalog lacks it, at least that something is missing here."""
        material = self.occasion.catalog.material(paper)
        if material is None:
            return self.occasion.gettext("还有一样，先打电话问")
        return self.occasion.say(material.name)


def _title(writer: _Writer) -> Iterator[Block]:
    _, occasion = writer.occasion.gettext, writer.occasion
    acting = occasion.case.acting
    yield Words(occasion.say(occasion.hall.name), Role.HALL)
    yield Words(_("我的清单，{n} 件").format(n=len(writer.services)), Role.TITLE)
    if acting is not None:
        whom = proxy_words.of_person(acting.whom, _)
        yield Words(_("替{whom}办").format(whom=whom), Role.OFFICIAL)


def _bulletins(writer: _Writer) -> Iterator[Block]:
    """What must be known before the way is made, each once."""
    occasion = writer.occasion
    everywhere = (*occasion.catalog.bulletins(), *occasion.local.bulletins)
    valid = current(everywhere, occasion.now, occasion.hall.id)
    concerning = (one for service in writer.services.values() for one in about(service, valid))
    for bulletin in {one.id: one for one in concerning}.values():
        yield from announced(bulletin, occasion)


def _warnings(writer: _Writer) -> Iterator[Block]:
    """What does not go together, and what nobody may do for another."""
    _, plan, acting = writer.occasion.gettext, writer.plan, writer.occasion.case.acting
    for pair in plan.conflicts:
        yield Words(_("这两件办一件就行，先问窗口"), Role.STRONG)
        yield Words(writer.listed(pair))
    if plan.circular:
        yield Words(_("先办哪件，请问窗口"), Role.STRONG)
        yield Words(writer.listed(plan.circular))
    if acting is None:
        return
    refused = [
        slug
        for slug, one in writer.services.items()
        if judge(one, acting).verdict is Verdict.REFUSED
    ]
    if refused:
        whom = proxy_words.of_person(acting.whom, _)
        yield Words(_("这些要{whom}自己来办").format(whom=whom), Role.STRONG)
        yield Words(writer.listed(refused))


# the order --------------------------------------------------------------------------------------


def _order(writer: _Writer) -> Iterator[Block]:
    _, plan = writer.occasion.gettext, writer.plan
    if plan.trips > 1:
        yield Words(_("一共要跑 {n} 趟").format(n=plan.trips), Role.STRONG)
    numbered = enumerate(plan.stops, start=1)
    for _place, members in groupby(numbered, key=lambda pair: _place_of(pair[1])):
        rows = list(members)
        yield from _place_words(writer, rows[0][1])
        for number, stop in rows:
            yield Numbered(number, writer.named(stop.service), tuple(_about(writer, stop)))


def _place_of(stop: Stop) -> tuple[object, ...]:
    return stop.spot.where, stop.spot.hall, min(stop.trip, 1)


def _place_words(writer: _Writer, stop: Stop) -> Iterator[Block]:
    _, occasion, hall = writer.occasion.gettext, writer.occasion, stop.spot.hall
    if stop.spot.where is Where.HERE:
        words = _("改天再来这个大厅") if stop.trip else _("在这个大厅，照这个顺序办")
        yield Words(words, Role.HEADING)
    elif hall is not None:
        words = _("改天到{hall}") if stop.trip else _("到{hall}")
        yield Words(words.format(hall=occasion.say(hall.short)), Role.HEADING)
        yield Words(occasion.say(hall.address))
        yield Words(occasion.say(hall.transport))
    elif stop.spot.where is Where.REMOTE:
        yield Words(_("不用到大厅"), Role.HEADING)
    else:
        yield Words(_("在别的地方"), Role.HEADING)


def _about(writer: _Writer, stop: Stop) -> Iterator[str]:
    _, occasion = writer.occasion.gettext, writer.occasion
    service = writer.services[stop.service]
    official = occasion.for_the_counter(service)
    if official and occasion.language != Language.CHINESE:
        yield official
    if stop.spot.counter is not None:
        yield from _counter(writer, stop.spot)
    elif service.channels:
        yield from (occasion.say(one.title) for one in service.channels)
    else:
        yield _("先问导服台")
    places = {one.service: n for n, one in enumerate(writer.plan.stops, start=1)}
    for before in stop.needs:
        yield _("先办第 {n} 件，才能办").format(n=places[before])
    if stop.visits > 1:
        yield _("要来 {n} 次").format(n=stop.visits)


def _counter(writer: _Writer, spot: Spot) -> Iterator[str]:
    """Floor and counter, what staff say of today, and hours where they are its own."""
    _, occasion, counter = writer.occasion.gettext, writer.occasion, spot.counter
    if counter is None:
        return
    yield f"{occasion.say(counter.floor)} {occasion.say(counter.label)}"
    if spot.is_closed_today:
        note = occasion.local.counter(counter.id).note  # a sentence of `kiosk.core.sentences`
        yield occasion.gettext(note) if note else _("今天这个窗口不开")
    hours = counter.hours
    if spot.where is not Where.HERE or spot.is_closed:
        hours = hours or (spot.hall.hours if spot.hall is not None else ())
    yield from wording.of_hours(hours, _)


# papers -----------------------------------------------------------------------------------------


def _papers(writer: _Writer) -> Iterator[Block]:
    """Everything once, by whose it is; what is in hand is named, not ticked off again."""
    _, occasion = writer.occasion.gettext, writer.occasion
    ordered = [writer.services[stop.service] for stop in writer.plan.stops]
    demands = merged(ordered, occasion.case, occasion.catalog.material)
    missing = left(demands)
    for holder in ("person", "helper"):
        part = [one for one in missing if one.holder == holder]
        if part:
            yield Words(_whose(writer, holder), Role.HEADING)
            yield from (_tick(writer, one) for one in part)
    ready = [one for one in demands if one.in_hand]
    if ready:
        yield Words(_("您说已经有了"), Role.HEADING)
    for one in ready:
        copies = (_("复印件 {n} 份").format(n=one.copies),) if one.copies else ()
        yield Words(_("，").join((writer.paper(one.material), *copies)))


def _whose(writer: _Writer, holder: str) -> str:
    _, acting = writer.occasion.gettext, writer.occasion.case.acting
    if acting is None:
        return _("要带的东西")
    if holder == "helper":
        return _("要带您自己的")
    return _("要带{whom}的").format(whom=proxy_words.of_person(acting.whom, _))


def _tick(writer: _Writer, demand: Demand) -> Tick:
    _, occasion = writer.occasion.gettext, writer.occasion
    counts = []
    if demand.originals:
        counts.append(_("原件 {n} 份").format(n=demand.originals))
    if demand.copies:
        counts.append(_("复印件 {n} 份").format(n=demand.copies))
    material = occasion.catalog.material(demand.material)
    is_form = material is not None and material.form == "form"
    details = (
        *_conditions(writer, demand),
        *_users(writer, demand),
        *occasion.notes(material.issuer if material is not None and is_form else None),
        *map(occasion.say, demand.notes),
    )
    return Tick(writer.paper(demand.material), _("，").join(counts), details)


def _conditions(writer: _Writer, demand: Demand) -> Iterator[str]:
    _, occasion = writer.occasion.gettext, writer.occasion
    if demand.need == "later":
        yield _("今天没有也能办，以后补上")
    if demand.need != "sometimes":
        return
    for one in demand.conditions:
        words = _("不是人人都要，先打电话问")
        if one.when is not None:
            words = _("这种情况才带：{when}").format(when=occasion.say(one.when))
        name = writer.named(one.service)
        shared = _("“{service}”：{condition}").format(service=name, condition=words)
        yield shared if demand.names_conditions else words


def _users(writer: _Writer, demand: Demand) -> Iterator[str]:
    """For which errands, as long as that can be taken in at a glance."""
    _ = writer.occasion.gettext
    n, every = len(demand.services), len(writer.services)
    if every == 1 or demand.names_conditions:
        return
    if n == every:
        yield _("每件都要用")
    elif n > NAMED_MAX:
        yield _("办 {n} 件事要用").format(n=n)
    else:
        yield _("办这些要用：{services}").format(services=writer.listed(demand.services))


# without a phone --------------------------------------------------------------------------------


def _call(writer: _Writer, written: Callable[[int], str]) -> Iterator[Block]:
    _, occasion = writer.occasion.gettext, writer.occasion
    yield Words(_("没有手机？打电话办"), Role.HEADING)
    yield Words(occasion.hotline, Role.CALL)
    yield Words(_("接通后报短号"))
    for stop in writer.plan.stops:
        service = writer.services[stop.service]
        own = service.consult if service.consult not in (None, occasion.hotline) else None
        details = (_("专门问这件事 {phone}").format(phone=own),) if own else ()
        yield Fact(written(service.number), writer.named(service.id), details)
    if occasion.hall.phone != occasion.hotline:
        yield Words(_("大厅电话 {phone}").format(phone=occasion.hall.phone), Role.EXACT)
    desk = occasion.say(occasion.hall.help_desk)
    yield Words(_("要人帮忙：{desk}").format(desk=desk), Role.STRONG)
