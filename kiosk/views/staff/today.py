"""Which counters of this hall are open today, and how long people wait at them.

Knows what staff can say of a counter. Does not know until when it holds: until the day ends
(`kiosk.store.hall_today`).
"""

from __future__ import annotations

from kiosk.core import sentences
from kiosk.core.catalog import Counter
from kiosk.core.local import CounterToday, Waiting
from kiosk.core.routes import Command, Go, StaffTodayPage
from kiosk.core.staff import SetCounter
from kiosk.core.value import replace
from kiosk.ui.page import Block, Heading, Notice, Page, Tile, Tiles
from kiosk.views.scene import Scene, chosen
from kiosk.views.staff import parts


def page(scene: Scene, route: StaffTodayPage) -> Page:
    """All counters, or one of them."""
    counter = scene.catalog.counter(route.counter) if route.counter else None
    return _all(scene) if counter is None else _one(scene, counter)


def _all(scene: Scene) -> Page:
    _ = scene.gettext
    counters = scene.catalog.counters_of(scene.hall)
    rows = tuple(_row(scene, one) for one in counters)
    none = Notice(_("目录里没有这个大厅的窗口"), icon="info-circle")
    blocks: tuple[Block, ...] = (Tiles(rows, most_columns=1),) if rows else (none,)
    text = _("说了算到今天晚上，只在这台机器上")
    return parts.page("staff-today", _("今天的窗口"), scene, blocks, text=text)


def _row(scene: Scene, counter: Counter) -> Tile:
    today = scene.local.counter(counter.id)
    below = " · ".join(filter(None, (scene.say(counter.name), *_words(scene, today))))
    return Tile(
        f"counter:{counter.id}",
        _place(scene, counter),
        below,
        "x" if today.is_closed else "circle-check",
        Go(StaffTodayPage(counter=counter.id)),
        "warning" if today.is_closed else "plain",
        "row",
    )


def _words(scene: Scene, today: CounterToday) -> tuple[str, ...]:
    _ = scene.gettext
    waiting = _waiting(scene)[today.waiting] if today.waiting else ""
    note = scene.gettext(today.note) if today.note else ""
    return (_("今天不开") if today.is_closed else "", waiting, note)


def _waiting(scene: Scene) -> dict[Waiting, str]:
    _ = scene.gettext
    return {"short": _("人少"), "some": _("有人等"), "long": _("人多")}


def _place(scene: Scene, counter: Counter) -> str:
    return scene.place_of(counter)


def _one(scene: Scene, counter: Counter) -> Page:
    _ = scene.gettext
    today = scene.local.counter(counter.id)
    opened = replace(today, is_closed=False, note="")
    states = (
        _tile("today:open", _("开着"), opened, not today.is_closed),
        _tile("today:closed", _("今天不开"), replace(today, is_closed=True), today.is_closed),
    )
    blocks: tuple[Block, ...] = (
        Tiles(states, min_em=6, most_columns=2),
        Heading(_("等的人")),
        Tiles(_lengths(scene, today), min_em=5, most_columns=3),
        Heading(_("再说一句")),
        Tiles(_notes(scene, today), min_em=9, most_columns=2),
    )
    title = _place(scene, counter)
    return parts.page(
        f"staff-counter:{counter.id}", title, scene, blocks, text=scene.say(counter.name)
    )


def _lengths(scene: Scene, today: CounterToday) -> tuple[Tile, ...]:
    """Touched again, nothing is said of it any more."""
    return tuple(
        _tile(
            f"waiting:{waiting}",
            words,
            replace(today, waiting=None if today.waiting == waiting else waiting),
            today.waiting == waiting,
        )
        for waiting, words in _waiting(scene).items()
    )


def _notes(scene: Scene, today: CounterToday) -> tuple[Tile, ...]:
    """Kept in Chinese, as the words that are translated; touched again, nothing is said."""
    kept, shown = sentences.notes(str), sentences.notes(scene.gettext)
    return tuple(
        _tile(
            f"note:{n}",
            words,
            replace(today, note="" if today.note == note else note),
            today.note == note,
        )
        for n, (note, words) in enumerate(zip(kept, shown, strict=True))
    )


def _tile(name: str, title: str, following: CounterToday, is_so: bool) -> Tile:
    """One of several alternatives, and what is said of the counter after it is touched."""
    return chosen(Tile(name, title, act=Command(SetCounter(following)), shape="button"), is_so)
