"""Looking at a slip before it is printed, as a part of a visit."""

from __future__ import annotations

from kiosk.core.choices import Choices, Language
from kiosk.core.errands import MakeHandoff, PreviewSlip, PrintSlip, wanted
from kiosk.core.printing import Printed, SlipJob, SlipKind
from kiosk.core.routes import (
    Back,
    BulletinPage,
    Choose,
    Go,
    HandoffPage,
    HelpPage,
    Home,
    PreviewPage,
    Print,
    Turn,
    Welcome,
)
from kiosk.core.session import Session, after
from kiosk.core.slips.picture import PictureBand, Preview, SlipPicture
from kiosk.core.value import replace
from tests.builders import make_handoff, make_session

PICTURE = SlipPicture(8, 34, (b"\0",), (PictureBand(1),))
JOB = SlipJob("passport", False, 1)
TAKING = make_session((Welcome(), Home(), HandoffPage(service="passport")), handoff=make_handoff())
LOOKING = after(TAKING, Go(PreviewPage(service="passport")))
SEEN = LOOKING.previewed(Preview(JOB, Language.CHINESE, (PICTURE,)))


def test_whoever_looks_waits_for_the_picture_and_keeps_the_codes() -> None:
    assert LOOKING.taking.handoff == TAKING.taking.handoff
    assert wanted(LOOKING) == (PreviewSlip(JOB, LOOKING.case, Language.CHINESE),)
    assert SEEN.taking.preview is not None
    assert wanted(SEEN) == ()


def test_a_step_back_leads_to_the_codes_and_forgets_the_picture() -> None:
    back = after(SEEN, Back())
    assert back.route == HandoffPage(service="passport")
    assert (back.taking.handoff, back.taking.preview) == (TAKING.taking.handoff, None)


def test_another_size_is_looked_at_in_place_of_this_one() -> None:
    large = after(SEEN, Go(PreviewPage(service="passport", large=True)))
    assert wanted(large) == (PreviewSlip(replace(JOB, large=True), large.case, Language.CHINESE),)
    assert after(large, Back()).route == HandoffPage(service="passport")


def test_a_late_picture_of_something_else_is_dropped() -> None:
    other = Preview(replace(JOB, kind=SlipKind.PAIR), Language.CHINESE, (PICTURE,))
    assert LOOKING.previewed(other) == LOOKING
    assert TAKING.previewed(Preview(JOB, Language.CHINESE, (PICTURE,))) == TAKING


def test_in_another_language_the_picture_is_another_one() -> None:
    english = after(SEEN, Choose(Choices(language=Language.ENGLISH)))
    assert wanted(english) == (PreviewSlip(JOB, english.case, Language.ENGLISH),)


def test_turning_its_pages_keeps_the_picture() -> None:
    turned = after(SEEN, Turn(2))
    assert turned.taking.preview == SEEN.taking.preview
    assert wanted(turned) == ()


def test_codes_that_were_left_for_a_while_are_made_anew_for_it() -> None:
    back = after(after(SEEN, Go(HelpPage())), Back())
    assert back.route == PreviewPage(service="passport")
    assert wanted(back) == (MakeHandoff("passport", back.case),)
    assert wanted(back.handed_off(make_handoff()))[0] == PreviewSlip(
        JOB, back.case, Language.CHINESE
    )


def test_the_short_slip_of_what_was_told_is_a_job_of_its_own() -> None:
    printed = after(TAKING, Print()).printed(JOB, Printed())
    short = after(printed, Print(kind=SlipKind.RESUME))
    assert short.taking.slip == SlipJob("passport", False, 1, kind=SlipKind.RESUME)


def test_a_bulletin_is_printed_where_it_is_read_and_nowhere_else() -> None:
    reading = Session(trail=(Welcome(), Home(), BulletinPage(bulletin="repair")))
    asked = after(reading, Print(kind=SlipKind.BULLETIN))
    job = SlipJob("", False, 1, kind=SlipKind.BULLETIN, bulletin="repair")
    assert asked.taking.slip == job
    assert wanted(asked) == (PrintSlip(job, asked.case),)
    again = after(asked.printed(job, Printed()), Print(large=True, kind=SlipKind.BULLETIN))
    assert again.taking.slip == replace(job, large=True, copy=2)
    assert after(TAKING, Print(kind=SlipKind.BULLETIN)) == TAKING
