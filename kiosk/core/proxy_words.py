"""How it is said for whom something is done, and whether it may be: on screens and on slips alike.

Knows the words. Does not know the rules (`kiosk.core.proxy`) or where the words stand.
"""

from __future__ import annotations

from kiosk.core.case import Whom
from kiosk.core.proxy import Guardian, Refusal, Ruling, Verdict
from kiosk.core.wording import Gettext


def of_person(whom: Whom, _: Gettext) -> str:
    """The person, as the helper calls them, within a sentence."""
    words = {
        Whom.PARENT: _("爸妈"),
        Whom.SPOUSE: _("爱人"),
        Whom.CHILD: _("孩子"),
        Whom.GRANDPARENT: _("老人"),
        Whom.GRANDCHILD: _("孙辈"),
        Whom.RELATIVE: _("亲戚"),
        Whom.FRIEND: _("朋友"),
        Whom.CLIENT: _("您帮的人"),
    }
    return words[whom]


def of_verdict(verdict: Verdict, _: Gettext) -> str:
    """The answer in a word or two."""
    words = {
        Verdict.ALLOWED: _("可以"),
        Verdict.TOGETHER: _("要一起来"),
        Verdict.PARTLY: _("可以办一部分"),
        Verdict.REFUSED: _("不行"),
        Verdict.UNKNOWN: _("要先问"),
    }
    return words[verdict]


def for_person(ruling: Ruling, _: Gettext) -> str:
    """For whom, and the answer."""
    person, answer = of_person(ruling.acting.whom, _), of_verdict(ruling.verdict, _)
    return _("替{whom}办：{answer}").format(whom=person, answer=answer)


def sentence(ruling: Ruling, _: Gettext) -> str:
    """The answer in a sentence."""
    return _sentence(ruling, _).format(whom=of_person(ruling.acting.whom, _))


def condition(ruling: Ruling, _: Gettext) -> tuple[str, str] | None:
    """On what the answer hangs, and what else there is to know about that."""
    if not ruling.may_go or ruling.guardian is None:
        return None
    words = {
        Guardian.BY_LAW: (_("您是孩子的监护人，不用委托书"), ""),
        Guardian.IF_APPOINTED: (
            _("如果您是监护人，才能这样办"),
            _("监护人先是爱人，再是父母、子女，再是别的近亲"),
        ),
        Guardian.BY_LETTER: (
            _("要有孩子爸妈签名的委托书"),
            _("爸妈是监护人，您替他们来"),
        ),
    }
    return words[ruling.guardian]


def _sentence(ruling: Ruling, _: Gettext) -> str:
    match ruling.refusal:
        case Refusal.NOBODY:
            return _("不能替办，要{whom}自己来")
        case Refusal.GUARDIANS:
            return _("只有监护人能替{whom}办")
        case Refusal.OTHERS:
            return _("替{whom}办，要由别的人来")
        case Refusal.NOT_NOW:
            return _("这种情况，要{whom}自己来")
        case None:
            return _allowing(ruling, _)


def _allowing(ruling: Ruling, _: Gettext) -> str:
    words = {
        (Verdict.ALLOWED, False): _("可以替办，{whom}不用来"),
        (Verdict.ALLOWED, True): _("可以替办，有一步{whom}要在"),
        (Verdict.PARTLY, False): _("能替办一部分"),
        (Verdict.PARTLY, True): _("能替办一部分，有一步{whom}要在"),
        (Verdict.TOGETHER, False): _("能办，您要和{whom}一起来"),
    }
    unknown = _("能不能替办，目录里没有写")
    return words.get((ruling.verdict, bool(ruling.present)), unknown)
