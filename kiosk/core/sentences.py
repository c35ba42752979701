"""Sentences that stand ready for staff: what a hall tells everybody, and notes at counters.

Knows their words in every language that the screens speak. Does not know where they are kept
(`kiosk.store.hall_today`) or until when they hold. Staff have no time to write, and what is chosen
here has been translated.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.core.catalog import Bulletin, Hours, Text
from kiosk.core.choices import Language
from kiosk.core.value import Value
from kiosk.core.wording import Gettext

BULLETINS = ("computers", "power", "crowded", "early", "network", "lift")
"""What a hall may tell, the most frequent first."""


_OF_STAFF = "hall-"


def bulletin_of(sentence: str) -> str:
    """The id of the bulletin that says a sentence: each stands once."""
    return f"{_OF_STAFF}{sentence}"


def of_bulletin(bulletin: str) -> str:
    """The sentence that a bulletin of staff says."""
    return bulletin.removeprefix(_OF_STAFF)


def is_told(sentence: str, bulletins: tuple[Bulletin, ...]) -> bool:
    """Whether it stands already."""
    return any(one.id == bulletin_of(sentence) for one in bulletins)


class Sentence(Value, frozen=True):
    """A sentence, and what to do about it."""

    title: str
    text: str = ""


def bulletin(id: str, _: Gettext) -> Sentence:
    """What a hall tells everybody; an id that is not known says nothing."""
    known = {
        "computers": Sentence(_("电脑在修，有的事办不了"), _("先到导服台问一问，再取号")),
        "power": Sentence(_("有的窗口停电了"), _("先到导服台问一问，再取号")),
        "crowded": Sentence(_("今天人多，要等很久"), _("不急的事，可以改天来")),
        "early": Sentence(_("今天提前下班"), _("几点下班，请问导服台")),
        "network": Sentence(_("网断了，有的事办不了"), _("先到导服台问一问，再取号")),
        "lift": Sentence(_("电梯坏了，在修"), _("走楼梯不方便，导服台来帮您")),
    }
    return known.get(id, Sentence(""))


def holds_until(hours: tuple[Hours, ...], now: datetime) -> datetime:
    """Until the hall closes for today; where it has, or nobody knows when, until midnight."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    today = [part for part in hours if now.isoweekday() in part.days and part.opens < part.closes]
    last = max((part.closes for part in today), default="00:00")
    hour, minute = last.split(":")
    closes = midnight + timedelta(hours=int(hour), minutes=int(minute))
    return closes if closes > now else midnight + timedelta(days=1)


def notes(_: Gettext) -> tuple[str, ...]:
    """What may stand beside a counter today; kept in Chinese, and translated where it is shown."""
    return (
        _("午休，一会儿就回来"),
        _("电脑在修，请到旁边窗口"),
        _("今天没人，请到导服台问"),
        _("今天的号发完了，改天来"),
    )


def in_every_language(id: str, gettext: dict[Language, Gettext]) -> tuple[Text, Text]:
    """Title and text of a bulletin as the catalog has them."""
    said = {language: bulletin(id, _) for language, _ in gettext.items()}
    titles = {language: one.title for language, one in said.items()}
    texts = {language: one.text for language, one in said.items()}
    return _text(titles), _text(texts)


def _text(words: dict[Language, str]) -> Text:
    return Text(
        words[Language.CHINESE],
        words.get(Language.ENGLISH, ""),
        words.get(Language.UYGHUR, ""),
    )
