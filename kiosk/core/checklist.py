"""One list of papers for several errands: each paper once, with how many of it are needed.

Knows how the demands of services add up. Does not know how a paper is called on a screen or a
slip, nor who may act for whom (`kiosk.core.proxy`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, TypeAlias

from kiosk.core.case import Acting, Case
from kiosk.core.catalog import Material, NeededMaterial, Service, Text
from kiosk.core.proxy import judge
from kiosk.core.situations import NEEDS, papers_of
from kiosk.core.value import Value

Need: TypeAlias = Literal["always", "later", "sometimes"]
Holder: TypeAlias = Literal["person", "helper"]
Lookup: TypeAlias = Callable[[str], Material | None]
ProxyPapers: TypeAlias = Callable[[Service], tuple[str, ...]]

_KEPT = ("form", "own-paper")
"""What stays at the counter; all other papers are shown and given back."""


class Condition(Value, frozen=True):
    """When a service asks for a paper; without words the catalog does not say."""

    service: str
    when: Text | None = None


class Demand(Value, frozen=True):
    """A paper, as all errands together ask for it."""

    material: str
    originals: int
    copies: int
    need: Need
    services: tuple[str, ...]  # for which errands, in their order
    conditions: tuple[Condition, ...] = ()  # of the services that do not ask everybody
    notes: tuple[Text, ...] = ()
    in_hand: bool = False
    holder: Holder = "person"

    @property
    def names_conditions(self) -> bool:
        """Several errands ask for it sometimes: each condition is said with its own."""
        return self.need == "sometimes" and len({one.service for one in self.conditions}) > 1

    @property
    def is_left(self) -> bool:
        """Still to be found and brought."""
        return not self.in_hand


def merged(
    services: Sequence[Service],
    case: Case,
    material: Lookup,
    proxy_papers: ProxyPapers | None = None,
) -> tuple[Demand, ...]:
    """Every paper of these services once: what is always needed first, what is in hand last.

    Args:
        services: the errands, in their order.
        case: answers decide what is asked, papers in hand need not be found again.
        material: looks a paper up; None where the catalog lacks it, and it stays on the list.
        proxy_papers: what a service asks of whoever acts for another, if not what the law says.
    """
    helped = proxy_papers if proxy_papers is not None else _by_law(case.acting)
    asked: dict[tuple[Holder, str], list[_Use]] = {}
    for service in services:
        for needed in with_proxy(papers_of(service, case), helped(service)):
            known = material(needed.material)
            key = _kind(case.acting, needed.material, known)
            asked.setdefault(key, []).append(_Use(service.id, needed, known))
    demands = [_demand(case, holder, uses) for (holder, _kind), uses in asked.items()]
    return tuple(sorted(demands, key=lambda one: (one.in_hand, NEEDS.index(one.need))))


def _kind(acting: Acting | None, paper: str, known: Material | None) -> tuple[Holder, str]:
    """Whose it is, and what of it is one thing: a helper has one card, however it is called."""
    if acting is None or known is None or known.holder == "person":
        return "person", paper
    return "helper", known.stands_for or paper


def left(demands: Iterable[Demand]) -> tuple[Demand, ...]:
    """What is still to be found and brought."""
    return tuple(one for one in demands if one.is_left)


def with_proxy(
    papers: tuple[NeededMaterial, ...], proxy: tuple[str, ...]
) -> tuple[NeededMaterial, ...]:
    """The papers of a service and those that acting for another asks for as well."""
    sure = {one.material for one in papers if one.need == "always"}
    more = (paper for paper in dict.fromkeys(proxy) if paper not in sure)
    return (*papers, *(NeededMaterial(paper, originals=1) for paper in more))


def _by_law(acting: Acting | None) -> ProxyPapers:
    """The papers that acting for another asks for, where that may be."""

    def papers(service: Service) -> tuple[str, ...]:
        ruling = judge(service, acting) if acting is not None else None
        return ruling.papers if ruling is not None and ruling.may_go else ()

    return papers


class _Use(Value, frozen=True):
    """A paper as one service asks for it."""

    service: str
    needed: NeededMaterial
    known: Material | None


def _demand(case: Case, holder: Holder, uses: list[_Use]) -> Demand:
    needed = [use.needed for use in uses]
    notes = (one.note for one in needed if one.note is not None)
    own = (use.known.note for use in uses if use.known is not None and use.known.note is not None)
    conditions = (
        Condition(use.service, use.needed.when) for use in uses if use.needed.need == "sometimes"
    )
    return Demand(
        material=needed[0].material,
        originals=_originals(uses),
        copies=sum(one.copies for one in needed),
        need=min((one.need for one in needed), key=NEEDS.index),
        services=tuple(dict.fromkeys(use.service for use in uses)),
        conditions=tuple(dict.fromkeys(conditions)),
        notes=tuple(dict.fromkeys((*notes, *own))),
        in_hand=any(one.material in case.in_hand for one in needed),
        holder=holder,
    )


def _originals(uses: list[_Use]) -> int:
    """The same document serves everywhere; what stays at a counter is needed anew at each."""
    counts = [use.needed.originals for use in uses]
    is_kept = any(use.known is not None and use.known.form in _KEPT for use in uses)
    return sum(counts) if is_kept else max(counts, default=0)
