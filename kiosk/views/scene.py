"""What every screen is a function of, and the words and tiles that all of them share.

Knows the visit, the catalog, this kiosk's place and the time. Does not know pixels.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from kiosk.core import wording
from kiosk.core.catalog import Catalog, Counter, Hall, Service, Text
from kiosk.core.choices import Choices, TextSize
from kiosk.core.help_call import CallState
from kiosk.core.local import Local
from kiosk.core.opening import Opening, opening
from kiosk.core.routes import (
    Back,
    Choose,
    DisplayPage,
    GiveBack,
    Go,
    GoHome,
    HelpPage,
    Home,
    ServicePage,
    Turn,
)
from kiosk.core.session import Session
from kiosk.core.value import Value, field, replace
from kiosk.ui.page import Block, Page, PageTurn, Tile, Tone


class Scene(Value, frozen=True):
    """One moment of one visit at one kiosk."""

    session: Session
    catalog: Catalog
    gettext: Callable[[str], str]
    hall: str  # the hall this kiosk stands in
    now: datetime  # local time
    voice_works: bool = True
    dictation_works: bool = False  # the machine has ears
    local: Local = field(default_factory=Local)

    @property
    def choices(self) -> Choices:
        """How the citizen wants to see it."""
        return self.session.choices

    def say(self, text: Text | None) -> str:
        """Words of the catalog in the citizen's language."""
        return text.get(self.choices.language) if text else ""

    def here(self) -> Hall | None:
        """This kiosk's hall; None where the catalog does not know it."""
        return self.catalog.hall(self.hall)

    def clock(self) -> str:
        """The time as people say it."""
        return wording.of_clock(f"{self.now:%H:%M}", self.gettext)

    def counters(self, service: Service) -> list[tuple[Hall, Counter]]:
        """Where a service is handled: this hall first."""
        found = []
        for slug in service.counters:
            counter = self.catalog.counter(slug)
            hall = self.catalog.hall(counter.hall) if counter else None
            if counter and hall:
                found.append((hall, counter))
        return sorted(found, key=lambda pair: (pair[0].id != self.hall, pair[0].order))

    def place_of(self, counter: Counter) -> str:
        """Floor and label, as they stand on signs."""
        return f"{self.say(counter.floor)} {self.say(counter.label)}"

    def opening(self, hall: Hall, counter: Counter | None = None) -> Opening:
        """Whether it is open now."""
        return opening((counter.hours if counter else ()) or hall.hours, self.now)

    def service_tile(self, service: Service, shape: str = "tile") -> Tile:
        """A tile that leads to a service."""
        category = self.catalog.category(service.category)
        return Tile(
            f"service:{service.id}",
            self.say(service.plain_name),
            self.path(service) if shape == "row" else "",
            category.icon if category else "file-text",
            Go(ServicePage(service=service.id)),
            shape="row" if shape == "row" else "tile",
        )

    def path(self, service: Service) -> str:
        """Group and category of a service."""
        group, category = (
            self.catalog.group(service.group),
            self.catalog.category(service.category),
        )
        names = [self.say(one.name) for one in (group, category) if one]
        return " › ".join(names)

    def page(
        self,
        name: str,
        title: str,
        blocks: tuple[Block, ...],
        *,
        dock: tuple[Block, ...] = (),
        path: str = "",
        text: str = "",
    ) -> Page:
        """A citizen screen: the bar and the clock are the same on every one."""
        _ = self.gettext
        return Page(
            name=name,
            title=title,
            path=path,
            text=text,
            blocks=blocks,
            dock=dock,
            bar=self._bar(),
            turn=self.turn(),
            index=self.session.route.page,
            clock=self.clock(),
            hint=_("按住，等一下再松手") if self.choices.hold else "",
            is_hinting=self.session.too_short,
        )

    def turn(self) -> PageTurn:
        """How pages are turned."""
        _ = self.gettext
        return PageTurn(Turn, _("上一页"), _("下一页 {page}/{pages}"))

    @property
    def has_few_places(self) -> bool:
        """Text or hands need so much room that fewer things stand beside each other."""
        return self.choices.size >= TextSize.LARGER or self.choices.steady

    def aloud_tile(self, name: str, shape: Literal["tile", "bar"] = "bar") -> Tile:
        """The voice on and off, or that there is none."""
        _ = self.gettext
        choices, is_on = self.choices, self.choices.speech.on
        titles = _("读给我听"), _("别读了"), _("现在没有声音")
        tile = Tile(name, titles[is_on], icon="volume", shape=shape, others=titles)
        if not self.voice_works:
            tile = replace(tile, title=titles[2], icon="volume-off", enabled=False)
        elif is_on:
            tile = replace(tile, icon="volume-3", tone="tint")
        speech = replace(choices.speech, on=not is_on, curtain=False)
        return replace(tile, act=Choose(choices.speaking(speech)))

    def _bar(self) -> tuple[Tile, ...]:
        _ = self.gettext
        at_home = isinstance(self.session.route, Home)
        words = _("返回"), _("结束")
        icon = "logout" if at_home else "arrow-left"
        back = Tile("bar:back", words[at_home], icon=icon, act=Back(), shape="bar", others=words)
        home = Tile(
            "bar:home", _("首页"), icon="home", act=GoHome(), shape="bar", enabled=not at_home
        )
        return back, home, *self._display_tiles(), self._help_tile()

    def _help_tile(self) -> Tile:
        """The way to a person; on every screen it says what has become of a call."""
        _ = self.gettext
        usual = _("找人帮忙")
        states: dict[CallState, tuple[str, Tone]] = {
            CallState.CALLING: (_("正在叫人"), "tint"),
            CallState.WAITING: (_("等人过来"), "tint"),
            CallState.COMING: (_("有人来了"), "yes"),
            CallState.FORWARDED: (_("等人过来"), "tint"),
            CallState.UNREACHABLE: (_("叫不到人"), "warning"),
        }
        call = self.session.call
        primary: tuple[str, Tone] = (usual, "primary")
        title, tone = states.get(call.state, primary) if call is not None else primary
        others = tuple(dict.fromkeys((usual, *(words for words, _tone in states.values()))))
        return Tile(
            "bar:help",
            title,
            icon="bell-ringing",
            act=Go(HelpPage()),
            tone=tone,
            shape="bar",
            others=others,
        )

    def _display_tiles(self) -> tuple[Tile, ...]:
        """How it is seen and heard; while staff hold the machine, first of all the way back."""
        _ = self.gettext
        choices = self.choices
        words = _("大字"), _("调一调"), _("还给您")
        larger = Tile(
            "bar:size",
            words[0],
            icon="text-size",
            act=Choose(choices.next_size()),
            shape="bar",
            others=words,
        )
        display = Tile(
            "bar:display",
            words[1],
            icon="adjustments",
            act=Go(DisplayPage()),
            shape="bar",
            others=words,
        )
        give_back = Tile(
            "bar:give-back",
            words[2],
            icon="rotate-clockwise",
            act=GiveBack(),
            tone="yes",
            shape="bar",
            others=words,
        )
        is_lent = self.session.set_aside is not None
        if self.has_few_places:
            return (give_back if is_lent else display,)
        return give_back if is_lent else larger, self.aloud_tile("bar:aloud"), display


def opening_words(scene: Scene, state: Opening) -> str:
    """Open until, or when it opens next."""
    _ = scene.gettext
    if state.is_open:
        until = wording.of_clock(state.until, _) if state.until else ""
        return _("现在开着，到{time}").format(time=until) if until else _("现在开着")
    if state.next_time is None or state.next_day is None:
        return _("现在没开")
    time = wording.of_clock(state.next_time, _)
    if state.days_ahead == 0:
        return _("现在没开，今天{time}开").format(time=time)
    if state.days_ahead == 1:
        return _("现在没开，明天{time}开").format(time=time)
    return _("现在没开，{day}{time}开").format(day=wording.of_days((state.next_day,), _), time=time)


def chosen(tile: Tile, is_chosen: bool) -> Tile:
    """One of several alternatives, marked by more than colour."""
    icon = "circle-check" if is_chosen else "circle"
    return replace(tile, chosen=is_chosen, icon=icon, tone="tint" if is_chosen else "plain")
