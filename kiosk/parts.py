"""The parts of a kiosk that nobody sees, each built when it is first needed.

Knows how they are built from the settings, and which of them does which of the clerk's errands.
Does not know the screen, the threads or when anything is wanted (`kiosk.app`). Whatever is slow to
import (SQLAlchemy, printing, QR, search) is imported in the function that builds it.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from threading import Event as Flag
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from kiosk import VERSION, assets
from kiosk.clerk import Services
from kiosk.config import Config
from kiosk.core.choices import Language
from kiosk.core.errors import CatalogMissingError
from kiosk.core.staff import SyncProgress
from kiosk.core.value import Value, replace
from kiosk.store.catalog_reader import CatalogReader
from kiosk.store.enrolment import Enrolment
from kiosk.store.shelf import STATE_DB

if TYPE_CHECKING:
    from kiosk.core.errands import FindServices
    from kiosk.core.local import Local
    from kiosk.core.results import Results
    from kiosk.core.staff import Missed
    from kiosk.devices.dictation import Dictation
    from kiosk.devices.help_line import HelpLine
    from kiosk.devices.reports import MachineState, Reports
    from kiosk.printing.desk import CodeDesk, Known, SlipDesk
    from kiosk.search.finder import Finder
    from kiosk.staff_room import StaffRoom
    from kiosk.store.missed_queries import MissedQueries
    from kiosk.store.use_counts import UseCounts, Uses
    from kiosk.voice.voice import Voice

_T = TypeVar("_T")
_MISSED_LISTED = 10  # for staff, who ask for them on the screen

SLIPS = "slips"
SPEECH = "speech"  # recordings that came with the catalog
SAID = "said"  # what was said, as files, on a machine that is only tried


class Deferred(Generic[_T]):
    """Built when first needed, once, on the thread that needs it first."""

    def __init__(self, build: Callable[[], _T]) -> None:
        self._build = build
        self._built: _T | None = None
        self._lock = Lock()

    def get(self) -> _T:
        """The object."""
        with self._lock:
            if self._built is None:
                self._built = self._build()
            return self._built

    def if_built(self, act: Callable[[_T], object]) -> None:
        """Do something with it, unless nobody has needed it yet."""
        if self._built is not None:
            act(self._built)


class Given(Value, frozen=True):
    """What the parts are built from."""

    data_dir: Path
    config: Config
    enrolment: Enrolment
    gettext: Callable[[Language], Callable[[str], str]]
    now: Callable[[], datetime]
    monotonic_s: Callable[[], float]


class Ties(Value, frozen=True):
    """What the parts ask of the kiosk that runs, and what they tell it."""

    catalog: Callable[[], CatalogReader | None]
    local: Callable[[], Local]
    tell_printer: Callable[[Known], None]
    sync_now: Callable[[], None]
    sync_progress: Callable[[], SyncProgress]
    stopping: Flag


class Parts:
    """Everything that works beside the screen."""

    def __init__(self, given: Given, ties: Ties) -> None:
        self._given, self._ties = given, ties
        self.finder = Deferred(self._build_finder)
        self.codes = Deferred(self._build_codes)
        self.desk = Deferred(self._build_desk)
        self.reports = Deferred(self._build_reports)
        self.missed = Deferred(self._build_missed)
        self.dictation = Deferred(self._build_dictation)
        self.counter = Deferred(self._build_counter)
        self.help_line = Deferred(self._build_help_line)
        self.staff_room = Deferred(self._build_staff_room)

    def services(self) -> Services:
        """What the clerk can have done."""
        desk, room, line = self.desk, self.staff_room, self.help_line
        return Services(
            find=self._find,
            interrupt=lambda: self.finder.if_built(lambda finder: finder.interrupt()),
            read=lambda draft: self.finder.get().read(draft),
            listen=self._hear,
            stop_listening=lambda: self.dictation.if_built(lambda dictation: dictation.stop()),
            make=lambda *wanted: self.codes.get().make(*wanted),
            print=lambda *wanted: desk.get().print(*wanted),
            preview=lambda *wanted: desk.get().preview(*wanted),
            deny=lambda number: desk.get().deny(number),
            see_doable=lambda catalog, in_hand: catalog.doable(in_hand),
            place_call=lambda call: line.get().place(call),
            await_answer=lambda call: line.get().await_answer(call),
            cancel_call=lambda: line.if_built(lambda built: built.cancel()),
            leave_call=lambda: line.if_built(lambda built: built.leave()),
            check_sign_in=lambda who: room.get().check(who),
            carry_out=lambda errand: room.get().carry_out(errand),
            look_up=lambda place: room.get().look_up(place),
            count_missed=self._count_missed,
            count_use=lambda service: self.counter.get().count(service),
            next_visit=lambda: self.missed.if_built(lambda counts: counts.next_visit()),
            list_missed=self._list_missed,
        )

    def interrupt(self) -> None:
        """Whoever searches or listens need not go on."""
        self.finder.if_built(lambda finder: finder.interrupt())
        self.dictation.if_built(lambda dictation: dictation.stop())

    def close(self) -> None:
        """Nothing runs on any thread any more."""
        self.reports.if_built(lambda reports: reports.close())
        self.finder.if_built(lambda finder: finder.close())
        self.desk.if_built(lambda desk: desk.close())
        self.missed.if_built(lambda counts: counts.close())
        self.counter.if_built(lambda counts: counts.close())
        self.staff_room.if_built(lambda room: room.close())

    def read_uses(self) -> Uses:
        """How often what was taken along at this machine in this season."""
        from kiosk.store.use_counts import read_season

        return read_season(self._given.data_dir / STATE_DB, self._given.now())

    def read_today(self) -> Local:
        """What staff said of today; where nobody is staff, nobody did."""
        from kiosk.store.staff_file import STAFF_DB

        if not (self._given.data_dir / STAFF_DB).exists():
            return replace(self._ties.local(), kiosk=self._given.enrolment.place.kiosk)
        return self.staff_room.get().local()

    def report(self, slip: int) -> None:
        """Tell the hub how the machine is, with its newest slip; the same again goes nowhere."""
        self.reports.if_built(lambda reports: reports.tell(self._state(slip)))

    def build_voice(self) -> Voice:
        """The one that the settings name."""
        from kiosk.voice.clips import Clips
        from kiosk.voice.engine import EspeakEngine
        from kiosk.voice.output import AplayOutput, FolderOutput, NoOutput
        from kiosk.voice.text.pinyin import spelling
        from kiosk.voice.voice import Channel, Voice

        settings = self._given.config.voice

        def channel(device: str, offset_db: float) -> Channel:
            if settings.kind == "espeak":
                return Channel(AplayOutput(device), offset_db)
            if settings.kind == "folder":
                return Channel(FolderOutput(self._given.data_dir / SAID), offset_db)
            return Channel(NoOutput())

        return Voice(
            EspeakEngine(spelling),
            Clips((self._given.data_dir / SPEECH, assets.SPEECH)),
            speaker=channel(settings.speaker, settings.speaker_offset_db),
            headphones=channel(
                settings.headphones or settings.speaker, settings.headphones_offset_db
            ),
            executor=ThreadPoolExecutor(1, "voice"),
            clock=time.monotonic,
        )

    # what the clerk has done ---------------------------------------------------------------------

    def _find(self, wish: FindServices) -> Results:
        """A short number names one service; everything else is searched for."""
        from kiosk.search import by_number

        catalog = self._ties.catalog()
        found = by_number.find(catalog, wish.query, wish.language) if catalog is not None else None
        return found or self.finder.get().find(wish.query, wish.language, wish.also_heard)

    def _hear(self) -> tuple[str, ...]:
        """What somebody says, the likeliest words first."""
        guesses = self.dictation.get().listen(self._given.config.dictation.listen_s)
        return tuple(guess.text for guess in guesses)

    def _count_missed(self, query: str) -> None:
        if self._given.config.search.count_missed:
            self.missed.get().count(query)

    def _list_missed(self) -> Missed:
        from kiosk.store.missed_queries import read_most_frequent

        found = read_most_frequent(self._given.data_dir / STATE_DB, _MISSED_LISTED)
        return tuple((one.words, one.visits) for one in found)

    def _number_of(self, service: str) -> int | None:
        """The short number of a service: its name in the catalog is nobody else's business."""
        catalog = self._ties.catalog()
        found = catalog.service(service) if catalog is not None else None
        return found.number if found is not None else None

    # how each is built -------------------------------------------------------------------------

    def _build_finder(self) -> Finder:
        from kiosk.search.finder import Finder

        catalog = self._ties.catalog()
        if catalog is None:
            raise CatalogMissingError("nothing to search in")
        finder = Finder(catalog.file)
        gc.freeze()  # the lexicon stays; looking through it again costs a keystroke 80 ms
        return finder

    def _build_missed(self) -> MissedQueries:
        from kiosk.store.lexicon import read_simplified
        from kiosk.store.missed_queries import MissedQueries

        return MissedQueries(self._given.data_dir / STATE_DB, read_simplified())

    def _build_counter(self) -> UseCounts:
        from kiosk.store.use_counts import UseCounts

        return UseCounts(self._given.data_dir / STATE_DB, self._given.now)

    def _build_dictation(self) -> Dictation:
        from kiosk.devices.dictation import CommandDictation

        return CommandDictation(self._given.config.dictation.command)

    def _build_codes(self) -> CodeDesk:
        from kiosk.printing.desk import CodeDesk

        return CodeDesk(self._given.enrolment, self._given.now)

    def _build_desk(self) -> SlipDesk:
        from kiosk.printing.desk import SlipDesk

        return SlipDesk(
            state_db=self._given.data_dir / STATE_DB,
            slips=self._given.data_dir / SLIPS,
            settings=self._given.config.printer,
            who=self._given.enrolment,
            now=self._given.now,
            gettext=self._given.gettext,
            local=self._ties.local,
            tell=self._ties.tell_printer,
            stopping=self._ties.stopping,
            sheets=self._given.config.sheets,
        )

    def _build_reports(self) -> Reports:
        from kiosk.devices.reports import Reports

        return Reports(self._given.enrolment, lambda: self._given.now().timestamp())

    def _state(self, slip: int) -> MachineState:
        from kiosk.devices.reports import MachineState  # which has been imported by now

        catalog = self._ties.catalog()
        edition = catalog.edition if catalog is not None else None
        version = edition.version if edition is not None else 0
        return MachineState(self._ties.local().printer, slip, version, VERSION)

    def _build_help_line(self) -> HelpLine:
        from kiosk.devices.help_line import HubHelpLine, NoHelpLine
        from kiosk.devices.light import CommandLight, NoLight

        settings = self._given.config.help
        if settings.kind == "none":
            return NoHelpLine()
        light = CommandLight(settings.light) if settings.light else NoLight()
        return HubHelpLine(self._given.enrolment, self._number_of, light)

    def _build_staff_room(self) -> StaffRoom:
        from kiosk import staff_room
        from kiosk.printing.desk import roll_of
        from kiosk.store.contacts import read_heard
        from kiosk.store.hall_today import HallToday
        from kiosk.store.print_journal import PrintJournal
        from kiosk.store.staff_book import StaffBook, clocks

        folder, now = self._given.data_dir, self._given.now
        books = staff_room.Books(
            staff=StaffBook(folder, clocks(self._given.monotonic_s, now), now),
            today=HallToday(folder, now),
            journal=PrintJournal(folder / STATE_DB, now),
        )
        ways = staff_room.Ways(
            catalog=self._ties.catalog,
            known=self._ties.local,
            ask_printer=lambda: self.desk.get().ask(),
            ask_sheets=lambda: self.desk.get().ask_sheets(),
            roll=roll_of(self._given.config.printer),
            sync_now=self._ties.sync_now,
            sync_progress=self._ties.sync_progress,
            heard=lambda: read_heard(folder / STATE_DB),
            gettext=self._given.gettext,
            now=now,
        )
        return staff_room.StaffRoom(self._given.enrolment, books, ways)
