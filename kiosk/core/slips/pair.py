"""Two slips for an errand that somebody does for another: one for each of them.

Knows what the person must know, in few and large words and without any code, and what the helper
needs on top of the slip of the service: whose papers are whose. Does not know paper or printers.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core import proxy_words
from kiosk.core.catalog import Collecting, NeededMaterial, Service
from kiosk.core.choices import Language
from kiosk.core.handoff import HandoffCode
from kiosk.core.proxy import LETTER, Belongings, Guardian, Ruling, Verdict, belongings
from kiosk.core.situations import papers_of
from kiosk.core.slips.block import Block, Fact, Role, Rule, Slip, Tick, Words
from kiosk.core.slips.occasion import Occasion
from kiosk.core.slips.service import compose


def compose_pair(
    service: Service, code: HandoffCode, answer: Ruling, occasion: Occasion
) -> tuple[Slip, Slip]:
    """The slip of the person, and that of the helper.

    Args:
        service: the errand.
        code: the hand-off for paper; it says that somebody acts for another.
        answer: what `kiosk.core.proxy.judge` said of both.
        occasion: where, when and in which language.

    Raises:
        CatalogDamagedError: a record that a slip needs is not the one that was signed.
    """
    papers = papers_of(service, occasion.case)
    both = belongings(answer, papers, occasion.catalog.material)
    persons = occasion.slip(tuple(_persons(service, code, answer, both, occasion)))
    return persons, _helpers(service, code, answer, both, occasion)


# the person's -------------------------------------------------------------------------------------


def _persons(
    service: Service, code: HandoffCode, answer: Ruling, both: Belongings, occasion: Occasion
) -> Iterator[Block]:
    _ = occasion.gettext
    yield Words(occasion.say(occasion.hall.name), Role.HALL)
    yield Words(occasion.say(service.plain_name), Role.TITLE)
    official = occasion.for_the_counter(service)
    if official and occasion.language != Language.CHINESE:
        yield Words(official, Role.OFFICIAL)
    yield Words(_must_come(answer, occasion), Role.PLACE)
    if answer.may_go:
        yield from (Words(occasion.say(text), Role.STRONG) for text in answer.present)
    if both.persons:
        with_them = _("交给替您办的人") if answer.may_go else _("您要带的")
        yield Words(with_them, Role.HEADING)
        yield from (_tick(one, occasion) for one in both.persons)
    if answer.needs_letter and answer.guardian is not Guardian.BY_LETTER:
        yield Words(_("委托书上签名，或按手印"), Role.STRONG)
    if answer.home_visit is not None and answer.verdict is not Verdict.ALLOWED:
        yield Words(_("走不动，可以上门办"), Role.HEADING)
        yield Words(occasion.say(answer.home_visit))
    yield Words(_("有事打电话"), Role.HEADING)
    yield Words(occasion.hotline, Role.CALL)  # it is where short numbers are known
    yield Words(_("报短号 {number}").format(number=code.short_number), Role.EXACT)
    yield Words(_("谁要银行卡密码，都不要给"), Role.STRONG)
    yield Rule()
    number = occasion.slip_number
    yield Words(_("小票号 {number}").format(number=number))


def _must_come(answer: Ruling, occasion: Occasion) -> str:
    """Whether the person has to go anywhere."""
    _ = occasion.gettext
    words = {
        Verdict.ALLOWED: _("有一步您要去") if answer.present else _("您不用去"),
        Verdict.TOGETHER: _("您要一起去"),
        Verdict.PARTLY: _("有一步您要去") if answer.present else _("要不要您去，先打电话问"),
        Verdict.REFUSED: _("要您自己去"),
        Verdict.UNKNOWN: _("要不要您去，先打电话问"),
    }
    return words[answer.verdict]


# the helper's -------------------------------------------------------------------------------------


def _helpers(
    service: Service, code: HandoffCode, answer: Ruling, both: Belongings, occasion: Occasion
) -> Slip:
    """The slip of the service, with both people's papers in place of one list."""
    title, *parts = _parts(compose(service, code, occasion).blocks)
    papers = [
        *_checklist(_whose(answer, occasion), both.persons, occasion),
        *_checklist(occasion.gettext("要带您自己的"), _own(answer, both), occasion),
        *_proof(answer, occasion),
    ]
    after = next((n for n, part in enumerate(parts) if _is_list(part)), None)
    if after is None:  # nothing is asked of the person: after the place where it is done
        parts.insert(1, papers)
    else:
        parts[after] = papers
    kept = (one for part in parts for one in part if not _is_about_helpers(one, occasion))
    return occasion.slip((*title, *_ruled(answer, occasion), *kept))


def _parts(blocks: tuple[Block, ...]) -> list[list[Block]]:
    """The blocks before the first heading, and each heading or rule with what follows it."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        is_heading = isinstance(block, Words) and block.role is Role.HEADING
        if is_heading or isinstance(block, Rule):
            parts.append([])
        parts[-1].append(block)
    return parts


def _is_list(part: list[Block]) -> bool:
    return any(isinstance(block, Tick) for block in part)


def _is_about_helpers(block: Block, occasion: Occasion) -> bool:
    """What the slip of the service says of helpers in general."""
    return isinstance(block, Fact) and block.label == occasion.gettext("谁来办")


def _ruled(answer: Ruling, occasion: Occasion) -> Iterator[Block]:
    _ = occasion.gettext
    yield Words(proxy_words.for_person(answer, _), Role.HEADING)
    yield Words(proxy_words.sentence(answer, _), Role.STRONG)
    condition = proxy_words.condition(answer, _)
    if condition is not None:
        yield from (Words(text) for text in condition if text)
    if answer.may_go and answer.present:
        present = _("、").join(occasion.say(text) for text in answer.present)
        yield Words(_("要在场的：{who}").format(who=present))
    texts = (answer.reason, *answer.notes, answer.forbidden, answer.home_visit)
    yield from (Words(text) for text in dict.fromkeys(occasion.notes(*texts)) if text)
    if answer.collect is not None and answer.verdict is not Verdict.ALLOWED:
        yield from _collecting(answer.collect, occasion)


def _collecting(collect: Collecting, occasion: Occasion) -> Iterator[Block]:
    """The result may be fetched at least."""
    _ = occasion.gettext
    names = [_name(NeededMaterial(paper), occasion) for paper in collect.papers]
    note = occasion.notes(collect.note)
    bring = (_("带上{papers}").format(papers=_("、").join(names)),) if names else ()
    yield Fact(_("拿结果"), _("办好了，您可以替他拿"), (*bring, *note))


def _whose(answer: Ruling, occasion: Occasion) -> str:
    _ = occasion.gettext
    return _("要带{whom}的").format(whom=proxy_words.of_person(answer.acting.whom, _))


def _own(answer: Ruling, both: Belongings) -> tuple[NeededMaterial, ...]:
    return both.helpers if answer.may_go else ()


def _checklist(
    heading: str, papers: tuple[NeededMaterial, ...], occasion: Occasion
) -> Iterator[Block]:
    if papers:
        yield Words(heading, Role.HEADING)
        yield from (_tick(one, occasion) for one in papers)


def _proof(answer: Ruling, occasion: Occasion) -> Iterator[Block]:
    """What shows that somebody was appointed; no catalog knows which paper that is."""
    _ = occasion.gettext
    if answer.may_go and answer.guardian is Guardian.IF_APPOINTED:
        yield Tick(_("能看出您是监护人的证明"), details=(_("法院判决、社区证明都行"),))


def _tick(needed: NeededMaterial, occasion: Occasion) -> Tick:
    _ = occasion.gettext
    counts = []
    if needed.originals:
        counts.append(_("原件 {n} 份").format(n=needed.originals))
    if needed.copies:
        counts.append(_("复印件 {n} 份").format(n=needed.copies))
    return Tick(_name(needed, occasion), _("，").join(counts), tuple(_details(needed, occasion)))


def _name(needed: NeededMaterial, occasion: Occasion) -> str:
    """A helper's own card is called a card: whose it is stands above."""
    _ = occasion.gettext
    material = occasion.catalog.material(needed.material)
    if material is None:
        return _("还有一样，先打电话问")
    meant = occasion.catalog.material(material.stands_for) if material.stands_for else None
    return occasion.say((meant or material).name)


def _details(needed: NeededMaterial, occasion: Occasion) -> Iterator[str]:
    _ = occasion.gettext
    if needed.material in occasion.case.in_hand:
        yield _("您说已经有了")
    if needed.need == "later":
        yield _("今天没有也能办，以后补上")
    if needed.need == "sometimes":
        when = occasion.notes(needed.when)
        yield (
            _("这种情况才带：{when}").format(when=when[0])
            if when
            else _("不是人人都要，先打电话问")
        )
    if needed.material == LETTER:
        yield _("导服台免费拿，手机打开的网页上也有")
    yield from occasion.notes(needed.note)
