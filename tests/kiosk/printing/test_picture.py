"""What somebody looks at before it is printed is what the printer is sent, dot by dot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from kiosk import app
from kiosk.config import Printer
from kiosk.core.case import Acting, Case, Whom
from kiosk.core.choices import Choices, Language
from kiosk.core.errands import PreviewSlip, PrintSlip
from kiosk.core.errors import CatalogMissingError
from kiosk.core.handoff import Handoff
from kiosk.core.local import Local
from kiosk.core.printing import Printed, PrintOutcome, SlipJob, SlipKind
from kiosk.core.slips.picture import SlipPicture
from kiosk.printing.desk import CodeDesk, SlipDesk
from kiosk.printing.layout import WIDTH_58MM, WIDTH_80MM
from kiosk.printing.page import Glyphs, Page
from kiosk.printing.raster import bitmap_of
from kiosk.printing.status import Asked, Status
from kiosk.store.catalog_reader import CatalogReader
from kiosk.store.enrolment import Enrolment, PlaceNumbers
from tests.builders import MONDAY_MORNING

CARD = "id-card-lost"
FATHER = Case(acting=Acting(Whom.PARENT, "frail"), services=(CARD, "medical-claim"))
KINDS = (SlipKind.SERVICE, SlipKind.PAIR, SlipKind.LIST, SlipKind.RESUME)


class Recorder:
    """A printer that keeps the dots it was sent."""

    def __init__(self, width: int = WIDTH_80MM) -> None:
        self.width = width
        self.pages: list[Page] = []

    def print(self, page: Page, _slip_number: int) -> PrintOutcome:
        self.pages.append(page)
        return Printed()

    def cut_first(self) -> None:
        """Nothing hangs in it."""

    def ask(self) -> Asked:
        return Asked(Status())


class Office:
    """A desk of the demo city at one moment."""

    def __init__(self, folder: Path, catalog: CatalogReader) -> None:
        who = Enrolment(
            repository="",
            handoff_prefix="https://zwfw.example.cn/k/",
            collection="990100",
            hall="city-hall",
            place=PlaceNumbers(990100, 1, 7),
            epoch=1,
            key="11" * 32,
        )
        self.catalog = catalog
        self.codes = CodeDesk(who, self._now)
        self.desk = SlipDesk(
            folder / "state.db",
            folder,
            Printer(),
            who,
            self._now,
            app.translations,
            Local,
        )

    def use(self, width: int = WIDTH_80MM) -> Recorder:
        """The printer whose dots count."""
        printer = Recorder(width)
        self.desk._printer = printer  # a real one keeps no page
        return printer

    def taking(self, kind: SlipKind) -> Handoff:
        service = "" if kind is SlipKind.LIST else CARD
        return self.codes.make(self.catalog, service, FATHER, Choices())

    def seen(self, handoff: Handoff, job: SlipJob, language: Language) -> list[SlipPicture]:
        errand = PreviewSlip(job, FATHER, language)
        return list(self.desk.preview(self.catalog, handoff, errand, Choices()).pictures)

    def printed(self, handoff: Handoff | None, job: SlipJob, language: Language) -> PrintOutcome:
        errand = PrintSlip(job, FATHER)
        return self.desk.print(self.catalog, handoff, errand, Choices(language=language))

    @staticmethod
    def _now() -> datetime:
        return MONDAY_MORNING


@pytest.fixture
def office(tmp_path: Path, demo: CatalogReader) -> Iterator[Office]:
    made = Office(tmp_path, demo)
    yield made
    made.desk.close()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", KINDS)
def test_the_preview_is_dot_by_dot_what_is_printed_next(
    office: Office, kind: SlipKind, language: Language
) -> None:
    for large in (False, True):
        printer, handoff = office.use(), office.taking(kind)
        job = SlipJob(handoff.service, large, 1, kind=kind)
        seen = office.seen(handoff, job, language)
        assert office.seen(handoff, job, language) == seen  # looking uses up no number
        assert office.printed(handoff, job, language) == Printed()
        assert [one.rows for one in seen] == [bitmap_of(page).rows for page in printer.pages]
        for one in seen:
            assert sum(band.rows for band in one.bands) == len(one.rows)
        assert {one.body for one in seen} <= {34, 44}


def test_on_a_narrow_roll_the_picture_is_as_narrow(office: Office) -> None:
    office.use(WIDTH_58MM)
    handoff = office.taking(SlipKind.SERVICE)
    (seen,) = office.seen(handoff, SlipJob(CARD, True, 1), Language.CHINESE)
    assert (seen.width, seen.body) == (WIDTH_58MM, 34)  # and large print is not for it
    assert {len(row) for row in seen.rows} == {WIDTH_58MM // 8}


def test_a_bulletin_comes_out_and_one_that_was_taken_back_does_not(office: Office) -> None:
    printer = office.use()
    job = SlipJob("", False, 1, kind=SlipKind.BULLETIN, bulletin="medical-computers")
    assert office.printed(None, job, Language.UYGHUR) == Printed()
    bulletin = next(one for one in office.catalog.bulletins() if one.id == job.bulletin)
    (page,) = printer.pages
    drawn = "".join(mark.text for mark in page.marks if isinstance(mark, Glyphs))
    assert "".join(bulletin.title.get("ug").split()) in "".join(drawn.split())
    gone = SlipJob("", False, 1, kind=SlipKind.BULLETIN, bulletin="gone")
    with pytest.raises(CatalogMissingError, match="gone"):
        office.printed(None, gone, Language.CHINESE)
