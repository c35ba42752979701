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

from PySide6.QtCore import QLocale, QObject, Qt, QTimer
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication

from kiosk import assets, config
from kiosk.clerk import Clerk, Services
from kiosk.core.catalog import Catalog
from kiosk.core.choices import Language
from kiosk.core.errors import CatalogError, CatalogMissingError, ConfigError
from kiosk.core.idle import IdleLimits
from kiosk.core.value import Value, field
from kiosk.logs import Event, say
from kiosk.stage import Stage
from kiosk.store import enrolment
from kiosk.store.catalog_reader import CatalogReader
from kiosk.store.shelf import STATE_DB, open_catalog
from kiosk.tasks import TaskRunner
from kiosk.ui import tokens
from kiosk.ui.icons import Icons
from kiosk.ui.look import Panel
from kiosk.views.window import Surroundings, Window

if TYPE_CHECKING:
    from kiosk.printing.desk import SlipDesk
    from kiosk.search.finder import Finder
    from kiosk.sync_process import SyncProcess

logger = logging.getLogger(__name__)
_T = TypeVar("_T")

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
        """
        super().__init__()
        self._ways = ways or Ways()
        self._data_dir = data_dir
        self._config = config.load(data_dir / "kiosk.toml", assets.PROFILES)
        self._enrolment = enrolment.read(data_dir)
        self._reader = self._open()
        self.stage = self._build_stage(self._reader)
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
        self.window.damaged.connect(self._fall_back)
        self._worker: SyncProcess | None = None

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
        QTimer.singleShot(0, self, self._warm_up)

    def stop(self) -> None:
        """End everything that runs beside the screen."""
        if self._worker is not None:
            self._worker.stop()
        self._finder.if_built(lambda finder: finder.interrupt())
        self.searches.stop()
        self.errands.stop()
        self._finder.if_built(lambda finder: finder.close())
        self._desk.if_built(lambda desk: desk.close())
        self.window.close_down()
        if self._reader is not None:
            self._reader.close()
        say(logger, Event.STOPPED)

    def reload(self) -> None:
        """Open the edition that the worker has just put in place."""
        reader = self._open()
        if reader is not None:
            self._show(reader)
            self.window.back_in_order()

    def _build_stage(self, catalog: Catalog | None) -> Stage:
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
        self._show(self._open(but=self._reader.file if self._reader else None))
        if self._worker is not None:
            self._worker.restart()  # it begins by proving every record, and fetches what is wrong

    def _show(self, reader: CatalogReader | None) -> None:
        old, self._reader = self._reader, reader
        if reader is not None:
            say(logger, Event.CATALOG_OPENED, version=reader.edition.version)
            self._finder.if_built(lambda finder: finder.use(reader.file))
        self.stage.publish(reader)
        if old is not None:
            # an errand that still reads the old edition ends before it is closed
            self.errands.run(old.close, lambda _none: None, lambda _error: None)

    def _warm_up(self) -> None:
        """Import what the first search and the first slip need, while nobody waits for it."""
        if self._reader is not None:
            say(logger, Event.CATALOG_OPENED, version=self._reader.edition.version)
            self.searches.run(self._finder.get, lambda _finder: None, lambda _error: None)
        self.errands.run(self._desk.get, lambda _desk: None, lambda _error: None)

    def _watch_hub(self) -> None:
        from kiosk.sync_process import SyncProcess

        self._worker = SyncProcess(self._data_dir, self)
        self._worker.updated.connect(self.reload)
        self._worker.start()

    def _build_finder(self) -> Finder:
        from kiosk.search.finder import Finder

        if self._reader is None:
            raise CatalogMissingError("nothing to search in")
        return Finder(self._reader.file)

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
