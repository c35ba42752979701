"""Reads the screens aloud to whoever asked for it: a new place as a whole, later only what is new.

Knows what was said last and when. Does not know how a page becomes words (`kiosk.ui.spoken`), how
words become sound (`kiosk.voice`), or what a key means (`kiosk.core.keys`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from kiosk.core import choice_words
from kiosk.core.choices import Choices, Language, Speech
from kiosk.core.errands import FindServices, wanted
from kiosk.core.keys import Steer
from kiosk.core.results import Results
from kiosk.core.routes import Act, Choose
from kiosk.core.utterance import Utterance
from kiosk.core.value import Value, replace
from kiosk.stage import Stage
from kiosk.ui import spoken
from kiosk.ui.screen import Screen
from kiosk.ui.spoken import Ear, Heard, Part
from kiosk.ui.widgets.touchable import Touchable
from kiosk.views.window import Window

PROMPT_AFTER_S = 20.0
"""Of silence in which somebody who only listens may not know how to go on."""

PROMPTS = 2
"""So often is the way on told; whoever is silent then is asked by the stage."""

ASK_AGAIN_S = 15.0
"""Twice more within the 45 seconds there are to answer."""

SETTLES_S = 1.0
"""A screen that gets its codes or results so soon is told as one thing, not as two."""

_TICK_MS = 1000


class Voice(Protocol):
    """What says utterances; every call returns at once."""

    @property
    def is_speaking(self) -> bool:
        """Something is being said, or held by a pause."""
        ...

    def say(
        self, utterances: tuple[Utterance, ...], speech: Speech, in_headphones: bool
    ) -> None: ...

    def stop(self) -> None: ...

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def chime(self, volume: int, *, in_headphones: bool) -> None: ...


class _Seen(Value, frozen=True):
    """A screen as it was when it was swapped in; without a voice nothing of the visit is kept."""

    place: str
    index: int
    choices: Choices
    heard: Heard | None = None
    focus: str = ""
    here: Part = ()  # where the focus is
    control: Part = ()  # the words of what has it, and how that stands
    results: Results | None = None

    def whole(self) -> Part:
        """All of the screen, and at the end what a key would press now."""
        return (*self.heard.whole(), *self.here) if self.heard is not None else ()

    def is_elsewhere(self, before: _Seen) -> bool:
        """Another place, or the same one in other words."""
        is_other_language = self.choices.language is not before.choices.language
        return self.place != before.place or is_other_language or before.heard is None


class Reader(QObject):
    """Follows the window and has the voice say what a listener needs to know."""

    def __init__(
        self,
        window: Window,
        stage: Stage,
        voice: Voice,
        clock: Callable[[], float],
        gettext: Callable[[Language], Callable[[str], str]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._stage, self._voice = window, stage, voice
        self._clock, self._gettext = clock, gettext
        self._seen: _Seen | None = None
        self._base: _Seen | None = None  # what was known when the present news began
        self._last: Part = ()
        self._focus = ""  # the control that was told last
        self._control: Part = ()  # and how it stood
        self._told: dict[str, str] = {}  # a banner that was told, and where while it is shown there
        self._in_headphones = stage.headphones
        self._is_paused = self._was_asked = self._is_saying_last = False
        self._news_s = self._quiet_s = self._prompted_s = clock()
        self._prompts = 0
        window.swapped.connect(self._swapped)
        window.focused.connect(self._focused)
        window.touched.connect(self._touched)
        window.steered.connect(self._steered)
        stage.unmoved.connect(self._unmoved)
        stage.changed.connect(self._changed)  # the window's comes first: it was there before
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Look at the clock from now on; say what is shown to whoever asked before."""
        self._timer.start()
        if self._seen is None:
            self._swapped(self._window.screen_shown)

    def close_down(self) -> None:
        """Stop the clock, and be silent."""
        self._timer.stop()
        self._voice.stop()

    def tick(self) -> None:
        """Whoever hears nothing for a while is told the way on; a question is asked again."""
        if self._seen is None or self._seen.heard is None:
            return
        now_s = self._clock()
        if self._is_paused or self._voice.is_speaking:
            self._quiet_s = now_s
        elif self._stage.session.asked_still_there:
            if now_s - self._quiet_s >= ASK_AGAIN_S:
                self._say(self._seen.whole())
        elif not self._stage.session.asking.listening and self._may_prompt(now_s):
            self._prompts += 1
            self._say((*self._seen.heard.way_on, *_prompt(self._ear())), self._last)

    def _may_prompt(self, now_s: float) -> bool:
        touched_s = self._stage.touched_s
        if touched_s != self._prompted_s:
            self._prompts, self._prompted_s = 0, touched_s
        return self._prompts < PROMPTS and now_s - max(self._quiet_s, touched_s) >= PROMPT_AFTER_S

    # what happens -------------------------------------------------------------------------------

    def _swapped(self, screen: Screen) -> None:
        session, before = self._stage.session, self._seen
        self._chime_if_asked()
        self._in_headphones = self._stage.headphones
        if not session.choices.speech.on:
            self._fall_silent()
            self._seen = _Seen(screen.page.name, 0, session.choices)
        elif session.asking.listening:
            self._voice.stop()  # it would hear itself
        elif any(isinstance(errand, FindServices) for errand in wanted(session)):
            self._voice.stop()  # the results are there in a moment, and told with the letters
        else:
            self._seen = self._look(screen)
            self._tell(before, self._seen)

    def _focused(self, control: Touchable) -> None:
        if not self._stage.session.choices.speech.on:
            return
        self._has_settled()
        self._focus = control.objectName()
        self._control = spoken.of_changed(control.tile, self._ear())
        self._say(_of_control(control, _controls(self._window.screen_shown), self._ear()))

    def _touched(self) -> None:
        """Any act interrupts (EN 301 549 5.1.3.5), also one that leads nowhere."""
        if self._stage.session.choices.speech.on:
            self._voice.stop()

    def _steered(self, steer: Steer) -> None:
        if not self._stage.session.choices.speech.on:
            return
        ear = self._ear()
        _ = ear.gettext
        if steer is Steer.AGAIN:
            self._say(self._last)
        elif steer is Steer.PAUSE:
            self._pause_or_go_on()
        else:
            is_on = steer is Steer.PAGE_ON
            self._say(ear.say(_("没有下一页了") if is_on else _("没有上一页了")), self._last)

    def _unmoved(self, act: Act) -> None:
        """Also what changes nothing is answered: the loudest voice, the same key tried again."""
        if not self._stage.session.choices.speech.on:
            return
        ear = self._ear()
        _ = ear.gettext
        if isinstance(act, Choose):
            self._interject(ear.say(_("已经是这样了")))
        else:
            self._say(self._last)

    def _changed(self) -> None:
        """Headphones that come when all is being said aloud already: now it is for one person."""
        if self._in_headphones is self._stage.headphones:
            return
        self._in_headphones = self._stage.headphones
        if self._seen is not None and self._seen.heard is not None:
            self._say(self._seen.whole())

    # what is said -------------------------------------------------------------------------------

    def _tell(self, before: _Seen | None, now: _Seen) -> None:
        """Say what is new on a screen, if anything is."""
        if before is not None and now.place != before.place and self._stage.is_idle:
            before = None  # the next person has not heard what the last one chose
        is_settling = self._clock() - self._news_s < SETTLES_S
        if before is None or now.is_elsewhere(before):
            self._base = None
        elif not is_settling:
            self._base = before
        ear = self._ear()
        news = _news(self._base, now, ear)
        if self._base is not None and before is not None:
            news = (*news, *self._of_focus(news, before, now))
        self._focus, self._control = now.focus, now.control
        if news:
            self._news_s = self._clock()
        self._say_after(self._preface(before, now, ear), news)

    def _of_focus(self, news: Part, before: _Seen, now: _Seen) -> Part:
        """That what somebody stood on is gone or does not work now, or what it has become."""
        if now.focus != self._focus:
            return now.here if news else ()
        is_pressed = not news and now.choices == before.choices  # another look is told by itself
        return now.control if is_pressed and now.control != self._control else ()

    def _preface(self, before: _Seen | None, now: _Seen, ear: Ear) -> Part:
        """That the voice has begun, or what was chosen."""
        if before is None or not before.choices.speech.on:
            return _greeting(ear)
        chosen = choice_words.of_change(before.choices, now.choices, ear.gettext)
        return tuple(one for text in chosen for one in ear.say(text))

    def _say_after(self, preface: Part, news: Part) -> None:
        if news:
            self._say((*preface, *news), news)
        elif preface:
            self._interject(preface)

    def _interject(self, words: Part) -> None:
        """Say how loud it is now or the like, and then again what that has cut off."""
        cut_off = self._last if self._voice.is_speaking and self._is_saying_last else ()
        self._say((*words, *cut_off), self._last)

    def _say(self, words: Part, last: Part | None = None) -> None:
        """Say words instead of any other; `last` is what is said again to whoever asks."""
        self._is_paused = False
        self._quiet_s = self._clock()
        self._last = words if last is None else last
        self._is_saying_last = words[len(words) - len(self._last) :] == self._last
        self._voice.stop()
        if words:
            self._voice.say(words, self._stage.session.choices.speech, self._stage.headphones)

    def _fall_silent(self) -> None:
        """Nothing is said from now on, and nothing kept of what was."""
        if self._seen is not None and self._seen.heard is not None:
            self._voice.stop()
        self._base, self._last, self._is_paused = None, (), False
        self._told.clear()

    def _pause_or_go_on(self) -> None:
        self._is_paused = not self._is_paused
        if self._is_paused:
            self._voice.pause()
        else:
            self._voice.resume()

    def _has_settled(self) -> None:
        """Somebody goes on: what comes now is news."""
        self._news_s = self._clock() - SETTLES_S

    def _chime_if_asked(self) -> None:
        """The question has a sound even where nothing is read: not everybody looks (SES-01)."""
        is_asked, speech = self._stage.session.asked_still_there, self._stage.session.choices.speech
        if is_asked and not self._was_asked and not speech.on:
            self._voice.chime(speech.volume, in_headphones=self._stage.headphones)
        self._was_asked = is_asked

    def _look(self, screen: Screen) -> _Seen:
        session, page, ear = self._stage.session, screen.page, self._ear()
        _ = ear.gettext
        controls, focus = _controls(screen), screen.focusWidget()
        here: Part = ()
        control: Part = ()
        if isinstance(focus, Touchable):
            here = (*ear.say(_("现在停在")), *_of_control(focus, controls, ear))
            control = spoken.of_changed(focus.tile, ear)
        return _Seen(
            place=page.name,
            index=min(page.index, screen.page_count - 1),
            choices=session.choices,
            heard=self._heard(screen, ear, len(controls)),
            focus=focus.objectName() if focus else "",
            here=here,
            control=control,
            results=session.asking.results,
        )

    def _heard(self, screen: Screen, ear: Ear, controls: int) -> Heard:
        """A screen; its banner only on the first one that has it, however often that is drawn."""
        page = screen.page
        heard = spoken.heard(page, screen.shown, ear, controls, screen.page_count)
        elsewhere = {title for title, place in self._told.items() if place != page.name}
        self._told = {} if self._stage.is_idle else {**self._told, **dict.fromkeys(elsewhere, "")}
        banner = page.banner.title if page.banner is not None else ""
        if self._told.setdefault(banner, page.name) == page.name:
            return heard
        return replace(heard, banner=())

    def _ear(self) -> Ear:
        choices = self._stage.session.choices
        return Ear(choices.language, self._gettext(choices.language), choices.switches)


def _news(base: _Seen | None, now: _Seen, ear: Ear) -> Part:
    """What a screen says to somebody who knows another one."""
    _ = ear.gettext
    assert now.heard is not None  # noqa: S101 — only what is read is told
    if base is None or base.heard is None:
        return now.whole()
    news = now.heard.turned() if base.index != now.index else now.heard.since(base.heard)
    if now.results is not None and now.results.hits and now.results != base.results:
        news = (*news, *ear.say(_("找到 {n} 件").format(n=len(now.results.hits))))
    return news


def _controls(screen: Screen) -> list[Touchable]:
    """What keys come to, in their order."""
    return [one for one in screen.touchables() if one.isEnabled()]


def _of_control(control: Touchable, controls: list[Touchable], ear: Ear) -> Part:
    position = controls.index(control) + 1 if control in controls else 0
    return spoken.of_tile(control.tile, position, len(controls), ear)


def _greeting(ear: Ear) -> Part:
    _ = ear.gettext
    return (*ear.say(_("开始读给您听")), *ear.say(_("按“帮助”，可以试试每个键")))


def _prompt(ear: Ear) -> Part:
    _ = ear.gettext
    return ear.say(_("没听清，按“再听一遍”"))
