"""The composition root: window, stage, threads and parts put together, begun and ended.

Knows which thread does what, and in which order things begin and end. Does not know how a part that
works beside the screen is built (`kiosk.parts`). Slow imports stand inside the functions that need
them, which run after the first picture or on another thread: the citizen must not wait for them.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Event as Flag
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from kiosk import assets, config
from kiosk.clerk import Clerk, Runners
from kiosk.core.brought import Brought
from kiosk.core.catalog import Catalog
from kiosk.core.choices import Language
from kiosk.core.errors import CatalogError, CatalogMissingError, ConfigError
from kiosk.core.idle import IdleLimits
from kiosk.core.keys import Key
from kiosk.core.staff import SyncProgress
from kiosk.core.value import Value, field, replace
from kiosk.logs import Event, say
from kiosk.parts import Given, Parts, Ties
from kiosk.printing.models import model_of
from kiosk.stage import Stage
from kiosk.store import enrolment
from kiosk.store.catalog_reader import CatalogReader
from kiosk.store.shelf import open_catalog
from kiosk.tasks import TaskRunner
from kiosk.ui import tokens
from kiosk.ui.icons import Icons
from kiosk.ui.look import Panel
from kiosk.views.window import Surroundings, Window

if TYPE_CHECKING:
    from kiosk.core.local import Local
    from kiosk.devices.jack import Jack
    from kiosk.devices.reports import Reports
    from kiosk.printing.desk import Known
    from kiosk.reader import Reader
    from kiosk.store.use_counts import Uses
    from kiosk.sync_process import SyncProcess
    from kiosk.voice.voice import Voice

logger = logging.getLogger(__name__)
_LOOK_AT_DAY_MS = 60_000


class Ways(Value, frozen=True):
    """What differs between a hall, a test and a tour; every default is the hall's."""

    now: Callable[[], datetime] = field(default=lambda: datetime.now().astimezone())
    monotonic_s: Callable[[], float] = time.monotonic
    searches: Callable[[], Executor] = lambda: ThreadPoolExecutor(1, "search")
    errands: Callable[[], Executor] = lambda: ThreadPoolExecutor(1, "errand")
    prints: Callable[[], Executor] = lambda: ThreadPoolExecutor(1, "print")
    dictations: Callable[[], Executor] = lambda: ThreadPoolExecutor(1, "dictation")
    calls: Callable[[], Executor] = lambda: ThreadPoolExecutor(1, "call")
    panel: Panel | None = None
    voice: Callable[[], Voice] | None = None  # the one that the settings name
    watch_hub: bool = True


def translations(language: Language) -> Callable[[str], str]:
    """The words of the screens in a language; Chinese is the source."""
    return str if language is Language.CHINESE else _translation(language)


@cache
def _translation(language: Language) -> Callable[[str], str]:
    from gettext import translation

    return translation("kiosk", assets.LOCALE, [language], fallback=True).gettext


def application() -> QApplication:
    """The Qt application with the family and locale that draw hanzi in their Chinese forms."""
    # work on other threads hands the interpreter back to the screen ten times sooner than usual
    sys.setswitchinterval(0.0005)
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("kiosk")
    QLocale.setDefault(QLocale("zh_CN"))
    app.setFont(QFont(tokens.FAMILY))
    return app


def require_font() -> None:
    """Qt draws empty boxes without a word where a family is missing.

    Raises:
        ConfigError: the font of a language is not installed.
    """
    for family, package in tokens.PACKAGES.items():
        if not QFontDatabase.hasFamily(family):  # which opens no font that is not drawn yet
            raise ConfigError(f"the font {family} is missing: apt-get install {package}")


def bring_back(digits: str, catalog: Catalog) -> Brought | None:
    """What the digits of a scanned case code hold; None where they are no code."""
    from kiosk.store.case_codes import read

    return read(digits, catalog)


class Kiosk(QObject):
    """Everything that runs at one kiosk.

    Signals:
        voice_works(bool): whether what is said can be heard; said by the voice's own thread.
        sync_asked(): staff want the hub asked now; said by the thread of errands.
        printer_known(Known): how the printer is; said by the thread that prints.
    """

    voice_works = Signal(bool)
    sync_asked = Signal()
    printer_known = Signal(object)

    def __init__(self, data_dir: Path, ways: Ways | None = None) -> None:
        """Build the kiosk from its data folder.

        Raises:
            ConfigError: settings or enrolment are wrong.
        """
        super().__init__()
        self._ways = ways or Ways()
        self._data_dir = data_dir
        self._config = config.load(data_dir / config.SETTINGS, assets.PROFILES)
        self._roll_printer = model_of(self._config.printer, data_dir / config.SETTINGS)
        self._enrolment = enrolment.read(data_dir)
        self._panel = self._ways.panel or self._measured_panel()
        self._catalog = self._open()
        self.stage = self._build_stage(self._catalog)
        self.window = Window(self.stage, self._surroundings())
        self.searches = TaskRunner(self._ways.searches(), self)
        self.errands = TaskRunner(self._ways.errands(), self)
        self.prints = TaskRunner(self._ways.prints(), self)
        self.dictations = TaskRunner(self._ways.dictations(), self)
        self.calls = TaskRunner(self._ways.calls(), self)
        self._stopping = Flag()
        self._parts = self._gather()
        self._slip_number: int | None = None  # of the newest; until the desk has said it
        runners = Runners(self.searches, self.errands, self.prints, self.dictations, self.calls)
        self.clerk = Clerk(self.stage, self._parts.services(), runners, self)
        self.printer_known.connect(self._know_printer)
        self.window.damaged.connect(self._fall_back)
        self.voice_works.connect(self.stage.set_voice_works)
        self._voice: Voice | None = None
        self._reader: Reader | None = None
        self._jack: Jack | None = None
        self._worker: SyncProcess | None = None
        self._day = self._ways.now().date()
        self._days = QTimer(self)
        self._days.setInterval(_LOOK_AT_DAY_MS)
        self._days.timeout.connect(self._look_at_day)

    def start(self) -> None:
        """Show the window, then begin what may wait."""
        self.window.start()
        if self._config.full_screen:
            self.window.setCursor(Qt.CursorShape.BlankCursor)
            self.window.showFullScreen()
        else:
            self.window.show()
        if self._ways.watch_hub:
            QTimer.singleShot(0, self, self._watch_hub)
        QTimer.singleShot(0, self, self._listen_to_socket)
        QTimer.singleShot(0, self, self._warm_up)
        self._days.start()

    def stop(self) -> None:
        """End everything that runs beside the screen."""
        self._stopping.set()  # the slip that is being printed is the last one
        self.clerk.stop_printing()
        self._days.stop()
        if self._worker is not None:
            self._worker.stop()
        if self._jack is not None:
            self._jack.stop()
        if self._reader is not None:
            self._reader.close_down()
        self._parts.interrupt()
        self.searches.stop()
        self.dictations.stop()
        self._parts.help_line.if_built(lambda line: line.close())
        self.calls.stop()
        self.prints.stop()
        self.errands.stop()
        self._parts.close()
        if self._voice is not None:
            self._voice.close()
        self.window.close_down()
        if self._catalog is not None:
            self._catalog.close()
        say(logger, Event.STOPPED)

    def reload(self) -> None:
        """Open the edition that the worker has just put in place."""
        reader = self._open()
        if reader is not None:
            self._show(reader)
            self.window.back_in_order()

    def _gather(self) -> Parts:
        given = Given(
            self._data_dir,
            self._config,
            self._enrolment,
            translations,
            self._ways.now,
            self._ways.monotonic_s,
        )
        ties = Ties(
            catalog=lambda: self._catalog,
            local=lambda: self.stage.local,
            tell_printer=self.printer_known.emit,
            sync_now=self.sync_asked.emit,
            sync_progress=self._sync_progress,
            stopping=self._stopping,
        )
        return Parts(given, ties)

    def _build_stage(self, catalog: Catalog | None) -> Stage:
        limits = IdleLimits(self._config.idle.ask_after_s, self._config.idle.answer_within_s)
        stage = Stage(catalog, limits, self._ways.monotonic_s, self)
        stage.set_voice_works(self._config.voice.kind != "none")
        prints_sheets = self._config.sheets.kind != "none"
        calls_staff = self._config.help.kind != "none"
        known = {"prints_sheets": prints_sheets, "calls_staff": calls_staff}
        known["prints_large"] = self._roll_printer.prints_large
        stage.set_local(replace(stage.local, **known))
        return stage

    def _measured_panel(self) -> Panel:
        """The panel that the settings describe; nobody is let in before its size is known."""
        file = self._data_dir / config.SETTINGS
        device = config.require_device(self._config, file, assets.PROFILES)
        return Panel(
            device.width_px,
            device.height_px,
            device.mm_per_px,
            device.bottom_mm,
            device.distance_mm,
        )

    def _surroundings(self) -> Surroundings:
        return Surroundings(
            panel=self._panel,
            icons=Icons(assets.ICONS),
            hall=self._enrolment.hall,
            gettext=translations,
            now=self._ways.now,
            monotonic_s=self._ways.monotonic_s,
            dictation_works=self._config.dictation.kind != "none",
            bring_back=bring_back,
        )

    def _open(self, but: Path | None = None) -> CatalogReader | None:
        """An edition that can be shown; without one the window says where to go instead."""
        try:
            return open_catalog(self._data_dir, self._enrolment.collection, but)
        except CatalogMissingError:
            say(logger, Event.CATALOG_MISSING, logging.ERROR)
        except CatalogError as error:
            say(logger, Event.CATALOG_DAMAGED, logging.ERROR, error=str(error))
        return None

    def _fall_back(self, error: CatalogError) -> None:
        """A record could not be proved: nothing of this edition is shown any more."""
        say(logger, Event.CATALOG_DAMAGED, logging.ERROR, error=str(error))
        self._show(self._open(but=self._catalog.file if self._catalog else None))
        if self._worker is not None:
            self._worker.restart()  # it begins by proving every record, and fetches what is wrong

    def _show(self, reader: CatalogReader | None) -> None:
        old, self._catalog = self._catalog, reader
        if reader is not None:
            say(logger, Event.CATALOG_OPENED, version=reader.edition.version)
            self._parts.finder.if_built(lambda finder: finder.use(reader.file))
        self.stage.publish(reader)
        if old is not None:
            # errands and slips that still read the old edition end before it is closed
            self.errands.run(
                lambda: None, lambda _none: self._apart(self.prints, old.close), lambda _error: None
            )

    def _apart(self, runner: TaskRunner, work: Callable[[], object]) -> None:
        """Do something that nobody waits for."""
        runner.run(work, lambda _done: None, lambda _error: None)

    def _listen_to_socket(self) -> None:
        """Headphones are put into the computer's own socket; a keypad's socket is keys."""
        jack = self._config.device.jack
        if jack in ("none", "keypad"):
            return
        from kiosk.devices.jack import Jack

        self._jack = Jack(None if jack == "auto" else Path(jack), self)
        self._jack.plugged.connect(self._plugged)
        self._jack.lost.connect(
            lambda why: say(logger, Event.JACK_LOST, logging.WARNING, error=why)
        )
        self._jack.start()

    def _plugged(self, inserted: bool) -> None:
        self.window.press_key(Key.HEADPHONES_IN if inserted else Key.HEADPHONES_OUT)

    def _warm_up(self) -> None:
        """Import what the first words, search and slip need, while nobody waits for it."""
        self.errands.run(
            self._ways.voice or self._parts.build_voice, self._give_voice, lambda _error: None
        )
        if self._catalog is not None:
            say(logger, Event.CATALOG_OPENED, version=self._catalog.edition.version)
            self.searches.run(self._parts.finder.get, lambda _finder: None, lambda _error: None)
        self._apart(self.errands, self._parts.codes.get)
        self._apart(self.prints, self._parts.desk.get)
        if self._config.help.kind != "none":
            self.calls.run(self._parts.help_line.get, lambda _line: None, lambda _error: None)
        self._refresh_local()
        if self._ways.watch_hub:  # last: its imports are the slowest, and nobody waits for it
            self.errands.run(self._parts.reports.get, self._begin_reports, lambda _error: None)

    def _refresh_local(self) -> None:
        """What is true at this machine, looked up away from the screen; a line for each part."""
        self.errands.run(self._parts.read_uses, self._know_uses, lambda _error: None)
        self.errands.run(self._parts.read_today, self._know_today, lambda _error: None)

    def _look_at_day(self) -> None:
        """What staff said of today is not true tomorrow."""
        day = self._ways.now().date()
        if day != self._day:
            self._day = day
            self._refresh_local()

    def _give_voice(self, voice: Voice) -> None:
        """From now on whoever asks is read to."""
        from kiosk.reader import Reader

        self._voice = voice
        voice.on_change(self.voice_works.emit)
        if self._config.voice.kind != "none":
            voice.try_out()
        self._reader = Reader(
            self.window, self.stage, voice, self._ways.monotonic_s, translations, self
        )
        self._reader.start()

    def _watch_hub(self) -> None:
        from kiosk.sync_process import SyncProcess

        self._worker = SyncProcess(self._data_dir, self)
        self._worker.updated.connect(self.reload)
        self._worker.progressed.connect(self.stage.synced)
        self.sync_asked.connect(self._worker.check_now)
        self._worker.start()

    def _know_uses(self, uses: Uses) -> None:
        self.stage.set_local(replace(self.stage.local, uses=uses))

    def _know_printer(self, known: Known) -> None:
        """How the printer is; the slip that told it is shown after this."""
        if not self._stopping.is_set():
            self._slip_number = known.slip_number
            self.stage.set_local(replace(self.stage.local, printer=known.printer))
            self._report()

    def _begin_reports(self, _reports: Reports) -> None:
        """From now on the hub hears how this machine is, at every change."""
        self.stage.changed.connect(self._report)
        self._report()

    def _report(self) -> None:
        """Hand over the state of now, which does not wait."""
        if self._slip_number is not None:
            self._parts.report(self._slip_number)

    def _know_today(self, said: Local) -> None:
        """Only that: the other parts may have become known meanwhile."""
        now = self.stage.local
        parts = {"kiosk": said.kiosk, "today": said.today, "bulletins": said.bulletins}
        self.stage.set_local(replace(now, **parts))

    def _sync_progress(self) -> SyncProgress:
        return self._worker.progress if self._worker is not None else SyncProgress(error="SYNC-0")
