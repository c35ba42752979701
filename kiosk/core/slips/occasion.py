"""Where, when and for whom a slip is made: what all kinds of slips know.

Knows values and how to say them. Does not know what stands on any slip.
"""

from __future__ import annotations

from datetime import datetime

from kiosk.core.case import Case
from kiosk.core.catalog import Catalog, Hall, Service, Text
from kiosk.core.handoff import HandoffCode
from kiosk.core.local import Local
from kiosk.core.slips.block import Block, Slip
from kiosk.core.value import Value, field
from kiosk.core.wording import Gettext


class Occasion(Value, frozen=True):
    """One moment at one machine; `language` is that of the citizen."""

    catalog: Catalog
    hall: Hall
    language: str
    now: datetime  # local time; all times on the slip are said in its zone
    gettext: Gettext
    slip_number: int  # in this machine's journal
    copy_number: int = 1  # 2 where the citizen said that the first did not come out
    case: Case = field(default_factory=Case)
    local: Local = field(default_factory=Local)
    resume: HandoffCode | None = None  # holds the case; None where nothing was told
    fades: bool = True  # the paper of rolls does, that of sheets does not

    @property
    def hotline(self) -> str:
        """The number of the city that answers everything."""
        return self.catalog.city().hotline

    def say(self, text: Text) -> str:
        """Words of the catalog in the slip's language."""
        return text.get(self.language)

    def for_the_counter(self, service: Service) -> str:
        """The official name of an errand in Chinese, which the counter reads, if nothing says it.

        Whoever reads Chinese is told the everyday name first and finds both on the slip.
        """
        said, official = self.say(service.plain_name), service.name.zh
        return official if official != said else ""

    def notes(self, *texts: Text | None) -> tuple[str, ...]:
        """Those of them that there are."""
        return tuple(self.say(text) for text in texts if text is not None)

    def slip(self, blocks: tuple[Block, ...]) -> Slip:
        """A slip of these blocks."""
        return Slip(self.slip_number, self.copy_number, self.language, blocks)
