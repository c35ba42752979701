"""The composition root: builds every object, wires them, runs. The only module that knows all.

Slow imports (SQLAlchemy, printing, QR, search) stand inside the functions that need them, which run
after the first picture or on another thread: the citizen must not wait for them.
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
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec
from PySide6.QtCore import QLocale, QObject, Qt, QTimer
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication

from kiosk import assets, config
from kiosk.clerk import Clerk, Services
from kiosk.core.catalog import Catalog
from kiosk.core.choices import Language
from kiosk.core.errors import CatalogError, CatalogMissingError, ConfigError
from kiosk.core.idle import IdleLimits
from kiosk.core.printing import PrintOutcome
from kiosk.core.value import Value, field
from kiosk.logs import Event, say
from kiosk.stage import Stage
from kiosk.store import enrolment, pointer
from kiosk.store.catalog_reader import CatalogReader
from kiosk.tasks import TaskRunner
from kiosk.ui import tokens
from kiosk.ui.icons import Icons
from kiosk.ui.look import Panel
from kiosk.views.window import Surroundings, Window

if TYPE_CHECKING:
    from PySide6.QtCore import QProcess

    from kiosk.printing.desk import SlipDesk
    from kiosk.search.finder import Finder

logger = logging.getLogger(__name__)
_T = TypeVar("_T")

_RESTART_WORKER_MS = 5000
STATE_DB = "state.db"
SLIPS = "slips"


class Ways(Value, frozen=True):
    """What differs between a hall, a test and a tour; every default is the hall's."""

    now: Callable[[], datetime] = field(default=lambda: datetime.now().astimezone())
    monotonic_s: Callable[[], float] = time.monotonic
    searches: Callable[[], Executor] = lambda: ThreadPoolExecutor(1, "search")
    errands: Callable[[], Executor] = lambda: ThreadPoolExecutor(1, "errand")
    panel: Panel | None = None
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
    """Qt draws empty boxes without a word where the family is missing.

    Raises:
        ConfigError: the Chinese font is not installed.
    """
    if QFontInfo(QFont(tokens.FAMILY)).family() != tokens.FAMILY:
        raise ConfigError(f"the font {tokens.FAMILY} is missing: apt-get install fonts-noto-cjk")


class Deferred(Generic[_T]):
    """Built when first needed, on the one thread that needs it."""

    def __init__(self, build: Callable[[], _T]) -> None:
        self._build = build
        self._built: _T | None = None

    def get(self) -> _T:
        """The object."""
        if self._built is None:
            self._built = self._build()
        return self._built

    def if_built(self, act: Callable[[_T], object]) -> None:
        """Do something with it, unless nobody has needed it yet."""
        if self._built is not None:
            act(self._built)


class Kiosk(QObject):
    """Everything that runs at one kiosk."""

    def __init__(self, data_dir: Path, ways: Ways | None = None) -> None:
        """Build the kiosk from its data folder.

        Raises:
            ConfigError: settings or enrolment are wrong.
            CatalogMissingError: no edition can be opened.
        """
        super().__init__()
        self._ways = ways or Ways()
        self._data_dir = data_dir
        self._config = config.load(data_dir / "kiosk.toml", assets.PROFILES)
        self._enrolment = enrolment.read(data_dir)
        self.reader = self._open_catalog()
        self.stage = self._build_stage(self.reader)
        self.window = Window(self.stage, self._surroundings())
        self.searches = TaskRunner(self._ways.searches(), self)
        self.errands = TaskRunner(self._ways.errands(), self)
        self._finder = Deferred(self._build_finder)
        self._desk = Deferred(self._build_desk)
        services = Services(
            find=lambda query, language: self._finder.get().find(query, language),
            interrupt=lambda: self._finder.if_built(lambda finder: finder.interrupt()),
            make=lambda catalog, service, choices: self._desk.get().make(catalog, service, choices),
            print=lambda catalog, handoff, job, choices: self._desk.get().print(
                catalog, handoff, job, choices
            ),
        )
        self.clerk = Clerk(self.stage, services, self.searches, self.errands, self)
        self.clerk.settled.connect(self._reconsider_printing)
        self.window.damaged.connect(self._fall_back)
        self._worker: QProcess | None = None

    def start(self) -> None:
        """Show the window, then begin what may wait."""
        self.window.start()
        if self._config.full_screen:
            self.window.setCursor(Qt.CursorShape.BlankCursor)
            self.window.showFullScreen()
        else:
            self.window.show()
        if self._ways.watch_hub:
            QTimer.singleShot(0, self, self._start_worker)
        QTimer.singleShot(0, self, self._warm_up)

    def stop(self) -> None:
        """End everything that runs beside the screen."""
        if self._worker is not None:
            self._worker.finished.disconnect(self._worker_ended)
            self._worker.closeWriteChannel()  # the worker goes when its parent does
            if not self._worker.waitForFinished(3000):
                self._worker.kill()
                self._worker.waitForFinished(1000)
            self._worker = None
        self._finder.if_built(lambda finder: finder.interrupt())
        self.searches.stop()
        self.errands.stop()
        self._finder.if_built(lambda finder: finder.close())
        self._desk.if_built(lambda desk: desk.close())
        self.window.close_down()
        self.reader.close()
        say(logger, Event.STOPPED)

    def reload(self) -> None:
        """Open the edition that the worker has just put in place."""
        try:
            reader = self._open_catalog()
        except CatalogError as error:
            say(logger, Event.CATALOG_DAMAGED, logging.ERROR, error=str(error))
            return
        say(logger, Event.CATALOG_OPENED, version=reader.edition.version)
        old, self.reader = self.reader, reader
        self._finder.if_built(lambda finder: finder.use(reader.file))
        self.stage.publish(reader)
        self.window.back_in_order()
        old.close()

    def _build_stage(self, catalog: Catalog) -> Stage:
        limits = IdleLimits(self._config.idle.ask_after_s, self._config.idle.answer_within_s)
        return Stage(catalog, limits, self._ways.monotonic_s, self)

    def _surroundings(self) -> Surroundings:
        device = self._config.device
        return Surroundings(
            panel=self._ways.panel or Panel(device.width_px, device.height_px, device.mm_per_px),
            icons=Icons(assets.ICONS),
            hall=self._enrolment.hall,
            gettext=translations,
            now=self._ways.now,
            monotonic_s=self._ways.monotonic_s,
        )

    def _open_catalog(self) -> CatalogReader:
        """The active edition, or the one before it where the active one is damaged."""
        active = pointer.read_active(self._data_dir / STATE_DB, self._enrolment.collection)
        if active is None:
            raise CatalogMissingError("no catalog yet: run `kiosk sync` once")
        try:
            reader = CatalogReader(active.file)
        except CatalogError as error:
            say(logger, Event.CATALOG_DAMAGED, logging.ERROR, error=str(error))
            if active.previous is None:
                raise
            reader = CatalogReader(active.previous)
        return reader

    def _fall_back(self, error: CatalogError) -> None:
        """A record could not be proved: nothing of this edition is shown any more."""
        say(logger, Event.CATALOG_DAMAGED, logging.ERROR, error=str(error))
        active = pointer.read_active(self._data_dir / STATE_DB, self._enrolment.collection)
        previous = active.previous if active else None
        if previous is None or previous == self.reader.file:
            self.window.out_of_order()
            return
        old, self.reader = self.reader, CatalogReader(previous)
        self._finder.if_built(lambda finder: finder.use(previous))
        self.stage.publish(self.reader)
        old.close()

    def _reconsider_printing(self, _outcome: PrintOutcome) -> None:
        self.window.printing_offered = self._desk.get().may_print()

    def _warm_up(self) -> None:
        """Import what the first search and the first slip need, while nobody waits for it."""
        say(logger, Event.CATALOG_OPENED, version=self.reader.edition.version)
        self.searches.run(self._finder.get, lambda _finder: None, lambda _error: None)
        self.errands.run(self._desk.get, lambda _desk: None, lambda _error: None)

    def _build_finder(self) -> Finder:
        from kiosk.search.finder import Finder

        return Finder(self.reader.file)

    def _build_desk(self) -> SlipDesk:
        from kiosk.printing.desk import SlipDesk

        return SlipDesk(
            state_db=self._data_dir / STATE_DB,
            slips=self._data_dir / SLIPS,
            settings=self._config.printer,
            who=self._enrolment,
            now=self._ways.now,
            gettext=translations,
        )

    # the sync worker ------------------------------------------------------------------------

    def _start_worker(self) -> None:
        from PySide6.QtCore import QProcess

        worker = QProcess(self)
        worker.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        worker.readyReadStandardOutput.connect(self._hear_worker)
        worker.finished.connect(self._worker_ended)
        # from source the interpreter runs us; a built program is its own executable
        from_source = Path(sys.executable).name.startswith("python")
        program = ["-m", "kiosk"] if from_source else []
        arguments = [*program, "sync", "--watch", "--data", str(self._data_dir)]
        worker.start(sys.executable, arguments)
        self._worker = worker

    def _hear_worker(self) -> None:
        worker = self._worker
        while worker is not None and worker.canReadLine():
            line = bytes(worker.readLine().data())
            try:
                told = msgspec.json.decode(line, type=dict[str, object])
            except msgspec.MsgspecError:
                continue
            event = told.get("event")
            if event == "updated":
                say(logger, Event.SYNC_UPDATED, version=told.get("version"))
                self.reload()
            elif event == "failed":
                say(logger, Event.SYNC_FAILED, logging.WARNING, reason=told.get("reason"))

    def _worker_ended(self) -> None:
        say(logger, Event.SYNC_STOPPED, logging.WARNING)
        self._worker = None
        QTimer.singleShot(_RESTART_WORKER_MS, self, self._start_worker)
