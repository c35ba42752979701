"""What somebody has told about the case: errands, answers, papers in hand, for whom it is done.

Knows values that name things of the catalog. Does not know who the person is: nothing here says
it, and all of it ends with the visit. It is what a code on the slip can take along.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from kiosk.core.catalog import Helper, ProxyCase
from kiosk.core.value import Value, replace

LIST_MAX = 8  # errands; a slip of more is a book
PAPERS_MAX = 60
SKIPPED = -1  # the option of somebody who does not know


class Whom(StrEnum):
    """For whom somebody acts, as that person calls them."""

    PARENT = "parent"
    SPOUSE = "spouse"
    CHILD = "child"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    RELATIVE = "relative"
    FRIEND = "friend"
    CLIENT = "client"

    @property
    def helper(self) -> Helper:
        """The same seen from the other side, as rules name it."""
        return _HELPERS[self]

    @property
    def may_be_young(self) -> bool:
        """Whether age can be the reason why the person does not act."""
        return self in (Whom.CHILD, Whom.GRANDCHILD)


_HELPERS: dict[Whom, Helper] = {
    Whom.PARENT: "child",
    Whom.SPOUSE: "spouse",
    Whom.CHILD: "parent",
    Whom.GRANDPARENT: "grandchild",
    Whom.GRANDCHILD: "grandparent",
    Whom.RELATIVE: "relative",
    Whom.FRIEND: "friend",
    Whom.CLIENT: "community",
}

Why: TypeAlias = ProxyCase | None
"""Why the person does not come; None where nothing hinders them."""


class Acting(Value, frozen=True):
    """Somebody acts for another."""

    whom: Whom
    why: Why = None


class Answer(Value, frozen=True):
    """One answer to a question of the catalog: `of` is `service/<id>` or `event/<id>`."""

    of: str
    question: int
    option: int  # or SKIPPED


class Case(Value, frozen=True):
    """Everything that was told, in the order in which it was."""

    services: tuple[str, ...] = ()  # the list
    answers: tuple[Answer, ...] = ()
    in_hand: tuple[str, ...] = ()  # papers
    acting: Acting | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing has been told."""
        return self == Case()

    @property
    def is_full(self) -> bool:
        """No more errands fit on the list."""
        return len(self.services) >= LIST_MAX

    def options(self, of: str) -> dict[int, int]:
        """Question → option, as answered about one service or event."""
        return {one.question: one.option for one in self.answers if one.of == of}

    def answered(self, answer: Answer) -> Case:
        """With an answer, in place of another one to the same question."""
        kept = (
            one for one in self.answers if (one.of, one.question) != (answer.of, answer.question)
        )
        return replace(self, answers=(*kept, answer))

    def unanswered(self, of: str) -> Case:
        """Without the answers about one service or event: they are asked anew."""
        return replace(self, answers=tuple(one for one in self.answers if one.of != of))

    def collected(self, services: tuple[str, ...]) -> Case:
        """With more errands on the list, as many as fit."""
        added = dict.fromkeys((*self.services, *services))
        return replace(self, services=tuple(added)[:LIST_MAX])

    def dropped(self, service: str) -> Case:
        """Without an errand."""
        return replace(self, services=tuple(one for one in self.services if one != service))

    def holding(self, paper: str, has: bool) -> Case:
        """With or without a paper in hand."""
        others = tuple(one for one in self.in_hand if one != paper)
        papers = (*others, paper)[:PAPERS_MAX] if has else others
        return replace(self, in_hand=papers)
