"""The words of a slip: what a citizen needs to get one errand done, with or without a phone.

Knows what stands on a slip and in which order. Does not know paper, fonts or dots
(`kiosk.printing`). Nothing on a slip is about a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core import wording
from kiosk.core.bulletins import about, current
from kiosk.core.catalog import (
    Catalog,
    Counter,
    FeeItem,
    Hall,
    NeededMaterial,
    ProxyRule,
    Service,
    Text,
)
from kiosk.core.handoff import HandoffCode
from kiosk.core.situations import notes_of, papers_of
from kiosk.core.slips.again import again
from kiosk.core.slips.block import (
    Block,
    Fact,
    Numbered,
    Role,
    Rule,
    Slip,
    Tick,
    Words,
)
from kiosk.core.slips.occasion import Occasion
from kiosk.core.slips.parts import announced, foot, scanned
from kiosk.core.value import Value
from kiosk.core.wording import Gettext

STEPS_MAX = 4


def compose(service: Service, code: HandoffCode, occasion: Occasion) -> Slip:
    """The slip for a service in one hall.

    Args:
        service: the errand.
        code: the hand-off, made for paper.
        occasion: where, when and in which language.

    Raises:
        CatalogDamagedError: a record that the slip needs is not the one that was signed.
    """
    _, writer = occasion.gettext, _Writer(occasion, service)
    blocks = (
        *_title(writer),
        *_bulletins(writer),
        *_where(writer),
        *_papers(writer),
        *_steps(writer),
        *_facts(writer),
        *scanned(code, occasion, _("手机接着办，家人也能扫")),
        *again(occasion),
        *_call(writer, code),
        *foot(occasion),
    )
    return occasion.slip(blocks)


class _Writer(Value, frozen=True):
    """The service among what every slip knows."""

    occasion: Occasion
    service: Service

    @property
    def catalog(self) -> Catalog:
        return self.occasion.catalog

    @property
    def hall(self) -> Hall:
        return self.occasion.hall

    @property
    def gettext(self) -> Gettext:
        return self.occasion.gettext

    @property
    def hotline(self) -> str:
        return self.occasion.hotline

    def say(self, text: Text) -> str:
        return self.occasion.say(text)

    def notes(self, *texts: Text | None) -> tuple[str, ...]:
        return self.occasion.notes(*texts)


def _title(writer: _Writer) -> Iterator[Block]:
    yield Words(writer.say(writer.hall.name), Role.HALL)
    yield Words(writer.say(writer.service.plain_name), Role.TITLE)
    official = writer.occasion.for_the_counter(writer.service)
    if official:
        yield Words(official, Role.OFFICIAL)


def _bulletins(writer: _Writer) -> Iterator[Block]:
    """What must be known before the way is made; as high as the name of the errand."""
    occasion = writer.occasion
    everywhere = (*occasion.catalog.bulletins(), *occasion.local.bulletins)
    for bulletin in about(writer.service, current(everywhere, occasion.now, writer.hall.id)):
        yield from announced(bulletin, occasion)


def _where(writer: _Writer) -> Iterator[Block]:
    _ = writer.gettext
    found = [writer.catalog.counter(name) for name in writer.service.counters]
    counters = [counter for counter in found if counter is not None]
    here = [counter for counter in counters if counter.hall == writer.hall.id]
    yield Words(_("到这里办"), Role.HEADING)
    if here:
        yield from _counters(writer, here, writer.hall)
    elif counters:
        yield Words(_("这个大厅不办这件事。请到："))
        yield from _other_halls(writer, counters)
    elif writer.service.channels:
        for channel in writer.service.channels:
            yield Words(writer.say(channel.title), Role.STRONG)
        yield Words(_("不清楚的，到导服台问"))
    else:
        yield Words(_("请到导服台问"), Role.PLACE)
        yield Words(writer.say(writer.hall.help_desk))
        yield Words(_("或者打电话问"))
        yield Words(writer.service.consult or writer.hotline, Role.CALL)


def _counters(writer: _Writer, counters: list[Counter], hall: Hall) -> Iterator[Block]:
    """Counters with their hours; hours said once where they are all the same."""
    _ = writer.gettext
    hours = [counter.hours or hall.hours for counter in counters]
    for n, counter in enumerate(counters):
        yield Words(f"{writer.say(counter.floor)} {writer.say(counter.label)}", Role.PLACE)
        yield Words(writer.say(counter.name))
        today = writer.occasion.local.counter(counter.id)
        if today.is_closed:
            said = writer.gettext(today.note) if today.note else _("今天这个窗口不开")
            yield Words(said, Role.STRONG)
        if hours[n] not in hours[n + 1 :]:
            yield from (Words(line) for line in wording.of_hours(hours[n], writer.gettext))


def _other_halls(writer: _Writer, counters: list[Counter]) -> Iterator[Block]:
    for hall in writer.catalog.halls():
        there = [counter for counter in counters if counter.hall == hall.id]
        if there:
            yield Words(writer.say(hall.name), Role.STRONG)
            yield Words(writer.say(hall.address))
            yield Words(writer.say(hall.transport))
            yield from _counters(writer, there, hall)


def _papers(writer: _Writer) -> Iterator[Block]:
    _ = writer.gettext
    case = writer.occasion.case
    papers = papers_of(writer.service, case)
    if papers:
        yield Words(_("要带的东西"), Role.HEADING)
    order = ("always", "sometimes", "later")
    for needed in sorted(papers, key=lambda one: order.index(one.need)):
        yield _paper(writer, needed)
    for said in notes_of(writer.service, case):
        label, note = writer.say(said.label), writer.say(said.note)
        yield Words(_("{label}：{note}").format(label=label, note=note), Role.STRONG)


def _paper(writer: _Writer, needed: NeededMaterial) -> Tick:
    _ = writer.gettext
    material = writer.catalog.material(needed.material)
    counts = []
    if needed.originals:
        counts.append(_("原件 {n} 份").format(n=needed.originals))
    if needed.copies:
        counts.append(_("复印件 {n} 份").format(n=needed.copies))
    where = material.issuer if material is not None and material.form == "form" else None
    notes = writer.notes(where, needed.note, material.note if material else None)
    held = (_("您说已经有了"),) if needed.material in writer.occasion.case.in_hand else ()
    details = (*held, *_condition(writer, needed), *notes)
    return Tick(_named(writer, needed.material), _("，").join(counts), details)


def _named(writer: _Writer, paper: str) -> str:
    """Its name; where the catalog lacks it, at least that something is missing here."""
    _ = writer.gettext
    material = writer.catalog.material(paper)
    return _("还有一样，先打电话问") if material is None else writer.say(material.name)


def _condition(writer: _Writer, needed: NeededMaterial) -> Iterator[str]:
    _ = writer.gettext
    if needed.need == "later":
        yield _("今天没有也能办，以后补上")
    if needed.when is not None and needed.need == "sometimes":
        yield _("这种情况才带：{when}").format(when=writer.say(needed.when))
    elif needed.when is not None:
        yield writer.say(needed.when)
    elif needed.need == "sometimes":
        yield _("不是人人都要，先打电话问")


def _steps(writer: _Writer) -> Iterator[Block]:
    _ = writer.gettext
    steps = writer.service.steps
    if steps:
        yield Words(_("怎么办"), Role.HEADING)
    for number, step in enumerate(steps[:STEPS_MAX], start=1):
        yield Numbered(number, writer.say(step.text), writer.notes(step.note))
    if len(steps) > STEPS_MAX:
        yield Words(_("还有几步，到时工作人员告诉您"))


def _facts(writer: _Writer) -> Iterator[Block]:
    _, service = writer.gettext, writer.service
    yield Rule()
    span = service.promised_time or service.legal_time
    if service.handling == "at-once" and (span is None or span.n == 0):
        yield Fact(_("要多久"), _("当场办好"), writer.notes(span.note if span else None))
    elif span is not None:
        yield Fact(_("要多久"), wording.of_duration(span, _), writer.notes(span.note))
    if service.fee is not None:
        charges = [_charge(writer, item) for item in service.fee.items]
        if service.fee.charged:
            first, *more = charges or [_("要收费，先问清多少")]
        else:
            first, *more = [_("不收费"), *charges]
        yield Fact(_("多少钱"), first, (*more, *writer.notes(service.fee.note)))
    if service.proxy is not None:
        yield from _proxy(writer, service.proxy)


def _charge(writer: _Writer, item: FeeItem) -> str:
    _ = writer.gettext
    name, unit = writer.say(item.name), writer.say(item.unit)
    if item.amount is None:
        return _("{name}，多少先问清").format(name=name)
    return _("{name} {amount} {unit}").format(name=name, amount=item.amount, unit=unit)


def _proxy(writer: _Writer, rule: ProxyRule) -> Iterator[Block]:
    _ = writer.gettext
    answer = {
        "yes": _("别人可以替您来"),
        "partly": _("有的事别人能替，有的不能"),
        "no": _("要您自己来"),
    }
    notes = [*writer.notes(rule.reason)]
    listed = _("、")
    who, present = writer.notes(*rule.who), writer.notes(*rule.present)
    papers = [_named(writer, paper) for paper in rule.papers]
    if who and rule.allowed != "no":
        notes.append(_("能替的人：{who}").format(who=listed.join(who)))
    if present and rule.allowed != "no":
        notes.append(_("要在场的：{who}").format(who=listed.join(present)))
    notes += writer.notes(rule.guardian)
    if papers:
        bring = _("监护人带：{papers}") if rule.allowed == "no" else _("替您来的人带：{papers}")
        notes.append(bring.format(papers=listed.join(papers)))
    notes += writer.notes(rule.home_visit)
    yield Fact(_("谁来办"), answer[rule.allowed], tuple(notes))


def _call(writer: _Writer, code: HandoffCode) -> Iterator[Block]:
    _, service = writer.gettext, writer.service
    yield Words(_("没有手机？打电话办"), Role.HEADING)
    yield Words(writer.hotline, Role.CALL)
    yield Words(_("接通后报短号 {number}").format(number=code.short_number), Role.EXACT)
    if service.consult not in (None, writer.hotline):
        yield Words(_("专门问这件事 {phone}").format(phone=service.consult), Role.EXACT)
    if writer.hall.phone != writer.hotline:
        yield Words(_("大厅电话 {phone}").format(phone=writer.hall.phone), Role.EXACT)
    if service.supervise is not None:
        yield Words(_("投诉电话 {phone}").format(phone=service.supervise), Role.EXACT)
    desk = writer.say(writer.hall.help_desk)
    yield Words(_("要人帮忙：{desk}").format(desk=desk), Role.STRONG)
