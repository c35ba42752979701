"""May somebody do this errand for another, and with what?

Knows the catalog's rule and the Civil Code's guardians: father and mother of a child (article 27),
for an adult without capacity spouse, parents and children, other close relatives, in that order
(article 28). Being one of them is not being appointed, so an answer that hangs on it says so.
Does not know who stands there, nor how anything is worded.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

from kiosk.core.case import Acting, Whom, Why
from kiosk.core.catalog import (
    Channel,
    Collecting,
    Material,
    NeededMaterial,
    ProxyException,
    ProxyRule,
    Service,
    Text,
)
from kiosk.core.value import Value, replace

LETTER = "proxy-letter"
"""The slug of the letter of authority that a machine can print."""

_LETTERS = (LETTER, "proxy-letter-notarised")
_YOUNG = ("under-16", "minor")
_CAPACITY = (*_YOUNG, "incapable")  # somebody who cannot give authority to anybody
_HINDRANCES = ("frail", "away")
_NO_VISIT = ("web", "app", "mini-program", "phone", "post")
_DOES_IT = ("apply", "pay", "book")


class Verdict(StrEnum):
    """The answer."""

    ALLOWED = "allowed"  # the helper alone
    TOGETHER = "together"  # only with the person
    PARTLY = "partly"  # a part of it; for the rest the person comes
    REFUSED = "refused"
    UNKNOWN = "unknown"  # the catalog has no rule

    @property
    def may_go(self) -> bool:
        """The helper has something to do at the counter."""
        return self in (Verdict.ALLOWED, Verdict.TOGETHER, Verdict.PARTLY)


class Guardian(StrEnum):
    """On what the answer hangs where the person cannot decide for themselves."""

    BY_LAW = "by-law"  # father or mother of the child
    IF_APPOINTED = "if-appointed"  # "if you are the guardian"
    BY_LETTER = "by-letter"  # of the child's parents


class Refusal(StrEnum):
    """Why not."""

    NOBODY = "nobody"  # the person comes, whoever asks
    GUARDIANS = "guardians"  # only a guardian may
    OTHERS = "others"  # the rule names other helpers
    NOT_NOW = "not-now"  # somebody may, in another case than this one


class Ruling(Value, frozen=True):
    """What holds for one errand and one helper; texts are the rule's own."""

    verdict: Verdict
    acting: Acting
    rule: ProxyRule | None = None
    exception: ProxyException | None = None
    guardian: Guardian | None = None
    refusal: Refusal | None = None
    present: tuple[Text, ...] = ()  # who must be there all the same, and when
    papers: tuple[str, ...] = ()  # of the rule and of its exception, of both people
    otherwise: tuple[Channel, ...] = ()  # ways that nobody has to go for

    @property
    def may_go(self) -> bool:
        """The helper has something to do at the counter."""
        return self.verdict.may_go

    @property
    def along(self) -> bool:
        """The person comes along."""
        return self.verdict is Verdict.TOGETHER

    @property
    def needs_letter(self) -> bool:
        """A letter of authority is asked for, and not one of a notary."""
        return self.may_go and LETTER in self.papers

    @property
    def reason(self) -> Text | None:
        """Why it is so."""
        return self.rule.reason if self.rule else None

    @property
    def notes(self) -> tuple[Text, ...]:
        """What else the rule says of this case."""
        if self.rule is None:
            return ()
        is_about_guardians = self.acting.why in _CAPACITY
        said = (
            self.exception.note if self.exception else None,
            self.rule.guardian if is_about_guardians else None,
            self.rule.note,
        )
        return tuple(text for text in said if text is not None)

    @property
    def who(self) -> tuple[Text, ...]:
        """Who may act, where that is anybody."""
        return self.rule.who if self.rule and self.rule.allowed != "no" else ()

    @property
    def home_visit(self) -> Text | None:
        """Somebody comes to the person."""
        return self.rule.home_visit if self.rule else None

    @property
    def collect(self) -> Collecting | None:
        """The helper may fetch the result at least."""
        return self.rule.collect if self.rule else None

    @property
    def forbidden(self) -> Text | None:
        """What nobody may do for another."""
        return self.rule.forbidden if self.rule else None


def judge(service: Service, acting: Acting) -> Ruling:
    """The answer for one errand."""
    ways = tuple(
        one for one in service.channels if one.via in _NO_VISIT and one.interaction in _DOES_IT
    )
    if service.proxy is None:
        return Ruling(Verdict.UNKNOWN, acting, otherwise=ways)
    return replace(_decided(service.proxy, acting), otherwise=ways)


def guardian_of(acting: Acting) -> Guardian | None:
    """What makes this helper a guardian; None where nothing can, or where none is needed."""
    if acting.why == "incapable":
        return Guardian.IF_APPOINTED
    if acting.why in _YOUNG:
        ways: dict[str, Guardian] = {
            "parent": Guardian.BY_LAW,
            "grandparent": Guardian.BY_LETTER,
        }
        return ways.get(acting.whom.helper)
    return None


def reasons(whom: Whom) -> tuple[Why, ...]:
    """Why this person may not come, the likeliest first."""
    grown: tuple[Why, ...] = ("frail", "away", None, "incapable")
    return ("under-16", "minor", *grown) if whom.may_be_young else grown


def asks_why(service: Service, whom: Whom) -> bool:
    """Whether the answer depends on why the person does not come: else nobody is asked."""
    nobody = Acting(whom)
    rulings = (judge(service, Acting(whom, why)) for why in reasons(whom))
    answers = {repr((replace(one, acting=nobody), one.notes)) for one in rulings}
    return len(answers) > 1


def _decided(rule: ProxyRule, acting: Acting) -> Ruling:
    of_case = tuple(one for one in rule.exceptions if one.case == acting.why)
    applying = next((one for one in of_case if _applies(one, rule, acting)), None)
    if applying is not None:
        return _excepted(rule, applying, acting)
    if of_case and acting.why in _CAPACITY:
        return _refused(rule, acting, Refusal.GUARDIANS)
    if rule.allowed == "no":
        return _refused(rule, acting, Refusal.NOT_NOW if of_case else Refusal.NOBODY)
    if _is_by_case(rule) and acting.why != "incapable":
        return _refused(rule, acting, Refusal.OTHERS if of_case else Refusal.NOT_NOW)
    if not _is_named(rule, acting) and guardian_of(acting) in (None, Guardian.BY_LETTER):
        return _refused(rule, acting, Refusal.OTHERS)
    return _ruled(rule, acting)


def _applies(one: ProxyException, rule: ProxyRule, acting: Acting) -> bool:
    """Whether an exception for this case is one for this helper."""
    helper = acting.whom.helper
    if one.by:
        is_of_parents = acting.why in _YOUNG and "parent" in one.by
        return helper in one.by or (is_of_parents and helper == "grandparent")
    if acting.why in _CAPACITY:
        return not one.allowed or guardian_of(acting) is not None
    return _is_named(rule, acting)


def _is_named(rule: ProxyRule, acting: Acting) -> bool:
    return not rule.helpers or acting.whom.helper in rule.helpers


def _is_by_case(rule: ProxyRule) -> bool:
    """`partly` means: for those who cannot come. Everybody else does, so nobody acts for them."""
    hindered = (one for one in rule.exceptions if one.case in _HINDRANCES and one.allowed)
    return rule.allowed == "partly" and any(hindered)


def _excepted(rule: ProxyRule, one: ProxyException, acting: Acting) -> Ruling:
    if not one.allowed:
        return replace(_refused(rule, acting, Refusal.NOBODY), exception=one)
    holds = rule.allowed != "no" and not _is_by_case(rule)  # the rule, beside its exception
    verdict = Verdict.PARTLY if holds and rule.allowed == "partly" else Verdict.ALLOWED
    guardian = guardian_of(acting)
    if guardian is Guardian.BY_LETTER and acting.whom.helper in one.by:
        guardian = None  # the exception itself names grandparents
    papers = _unique((*rule.papers, *one.papers))
    if guardian is Guardian.BY_LETTER:
        papers = _unique((*papers, LETTER))
    elif guardian is not None:
        papers = _without_letters(papers)
    return Ruling(
        Verdict.TOGETHER if one.along else verdict,
        acting,
        rule,
        one,
        guardian,
        present=rule.present if holds and not one.along else (),
        papers=papers,
    )


def _ruled(rule: ProxyRule, acting: Acting) -> Ruling:
    guardian, papers = guardian_of(acting), _unique(rule.papers)
    if guardian in (Guardian.BY_LAW, Guardian.IF_APPOINTED):
        kept = _without_letters(papers)
        matters = kept != papers or not _is_named(rule, acting) or _is_by_case(rule)
        papers = kept
    else:
        matters = LETTER in papers
    return Ruling(
        Verdict.PARTLY if rule.allowed == "partly" and not _is_by_case(rule) else Verdict.ALLOWED,
        acting,
        rule,
        guardian=guardian if matters else None,
        present=() if _is_by_case(rule) else rule.present,
        papers=papers,
    )


def _refused(rule: ProxyRule, acting: Acting, why: Refusal) -> Ruling:
    return Ruling(Verdict.REFUSED, acting, rule, refusal=why, present=rule.present)


def _unique(papers: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(papers))


def _without_letters(papers: tuple[str, ...]) -> tuple[str, ...]:
    """Who cannot decide cannot give authority; a guardian needs none (Civil Code, article 23)."""
    return tuple(one for one in papers if one not in _LETTERS)


# papers -------------------------------------------------------------------------------------------

Lookup: TypeAlias = Callable[[str], Material | None]


class Belongings(Value, frozen=True):
    """What is brought, by whose it is."""

    persons: tuple[NeededMaterial, ...] = ()
    helpers: tuple[NeededMaterial, ...] = ()


def belongings(
    ruling: Ruling, materials: tuple[NeededMaterial, ...], material: Lookup
) -> Belongings:
    """The papers of both people.

    Args:
        ruling: what holds.
        materials: what the service asks for.
        material: looks a paper up.
    """
    needed = {one.material: one for one in materials}
    for paper in ruling.papers if ruling.may_go else ():
        here = needed.get(paper, NeededMaterial(paper))
        needed[paper] = replace(here, need="always", when=None)
    persons: list[NeededMaterial] = []
    helpers: dict[str, NeededMaterial] = {}  # one of each kind: a guardian has one card too
    is_void = ruling.guardian in (Guardian.BY_LAW, Guardian.IF_APPOINTED)
    for paper, one in needed.items():
        if is_void and paper in _LETTERS:
            continue  # the service itself may ask for one
        found = material(paper)
        if found is None or found.holder == "person":
            persons.append(one)
        elif one.need == "always":
            helpers.setdefault(found.stands_for or paper, one)
    return Belongings(tuple(persons), tuple(helpers.values()) if ruling.may_go else ())
