"""Everything a citizen can do, drawn at random."""

from __future__ import annotations

from functools import reduce

from hypothesis import strategies as st

from kiosk.core import routes
from kiosk.core.case import SKIPPED, Acting, Answer, Case, Whom
from kiosk.core.choices import Choices, Contrast, Language, TextSize
from kiosk.core.entry import CELLS, SIDE, Line, Pad
from kiosk.core.printing import SlipKind
from kiosk.core.session import Session, after
from kiosk.core.staff import SyncNow

_names = st.sampled_from(["passport", "id-card-lost", "pension-verify"])
places: st.SearchStrategy[routes.Route] = st.one_of(
    st.builds(routes.Home),
    st.builds(routes.GroupsPage),
    st.builds(routes.GroupPage, group=_names),
    st.builds(routes.ServicePage, service=_names),
    st.builds(routes.HandoffPage, service=_names),
    st.builds(routes.SearchPage),
    st.builds(routes.EventsPage),
    st.builds(routes.EventPage, event=_names),
    st.builds(routes.HallsPage),
    st.builds(routes.HelpPage),
    st.builds(routes.DisplayPage),
    st.builds(routes.PracticePage),
    st.builds(routes.SwitchesPage),
    st.builds(routes.SituationPage, service=_names, question=st.integers(0, 2)),
    st.builds(routes.WherePage, service=_names),
    st.builds(routes.HandoffPage),
    st.builds(routes.EventQuestionPage, event=_names, question=st.integers(0, 2)),
    st.builds(routes.PlanPage, event=_names),
    st.builds(routes.PapersPage),
    st.builds(routes.DoablePage, missing=st.integers(0, 2)),
    st.builds(routes.WhomPage, service=_names),
    st.builds(routes.WhyPage, service=_names, whom=st.sampled_from(Whom)),
    st.builds(routes.ProxyPage, service=_names),
    st.builds(routes.ListPage),
    st.builds(routes.PopularPage),
    st.builds(routes.BulletinsPage),
    st.builds(routes.BulletinPage, bulletin=_names),
    st.builds(routes.ResumedPage),
    st.builds(routes.SignInPage),
    st.builds(routes.StaffPage),
    st.builds(routes.StaffFindPage),
    st.builds(routes.StaffPrinterPage),
    st.builds(routes.StaffTodayPage),
    st.builds(routes.StaffBulletinPage),
    st.builds(routes.StaffSyncPage),
    st.builds(routes.StaffMissedPage),
    st.builds(routes.StaffTrailPage),
)
answers = st.builds(
    Answer,
    of=st.sampled_from(["service/passport", "event/retiring"]),
    question=st.integers(0, 2),
    option=st.integers(SKIPPED, 3),
)
actings = st.builds(
    Acting, whom=st.sampled_from(Whom), why=st.sampled_from([None, "under-16", "frail", "away"])
)
cases = st.builds(
    Case,
    services=st.lists(_names, unique=True).map(tuple),
    in_hand=st.lists(_names, unique=True).map(tuple),
    acting=st.none() | actings,
)
choices = st.builds(
    Choices,
    language=st.sampled_from(Language),
    size=st.sampled_from(TextSize),
    contrast=st.sampled_from(Contrast),
    steady=st.booleans(),
    low_reach=st.booleans(),
    switches=st.booleans(),
)
_points = st.tuples(st.integers(0, SIDE), st.integers(0, SIDE))
lines: st.SearchStrategy[Line] = st.lists(_points, max_size=4).map(tuple)
texts = st.text(max_size=60)
acts: st.SearchStrategy[routes.Act] = st.one_of(
    st.builds(routes.Go, route=places),
    st.builds(routes.Back),
    st.builds(routes.GoHome),
    st.builds(routes.Turn, page=st.integers(-3, 9)),
    st.builds(routes.Choose, choices=choices),
    st.builds(routes.Type, sign=st.sampled_from("abcxyz")),
    st.builds(routes.Write, text=texts),
    st.builds(routes.Erase),
    st.builds(routes.ChoosePad, pad=st.sampled_from(Pad)),
    st.builds(routes.ArrangeLetters, as_typewriter=st.booleans()),
    st.builds(routes.AddStroke, stroke=st.sampled_from("12345")),
    st.builds(routes.Draw, cell=st.integers(0, CELLS - 1), line=lines),
    st.builds(routes.Pick, word=texts),
    st.builds(routes.Compose, preedit=texts),
    st.builds(routes.Speak, begins=st.booleans()),
    st.builds(routes.Print, large=st.booleans(), kind=st.sampled_from(SlipKind)),
    st.builds(routes.Tell, answer=answers, then=st.none() | places),
    st.builds(routes.AskAgain, of=st.sampled_from(["service/passport", "event/retiring"])),
    st.builds(routes.Collect, services=st.lists(_names).map(tuple)),
    st.builds(routes.Drop, service=_names),
    st.builds(routes.Hold, paper=_names, has=st.booleans()),
    st.builds(routes.ActFor, acting=st.none() | actings, then=st.none() | places),
    st.builds(routes.Resume, case=cases),
    st.builds(routes.Acknowledge, bulletin=_names),
    st.builds(routes.CallStaff),
    st.builds(routes.CancelCall),
    st.builds(routes.TypePin, digit=st.sampled_from("0123456789")),
    st.builds(routes.ErasePin),
    st.builds(routes.ShowBadge, badge=texts),
    st.builds(routes.Command, order=st.just(SyncNow())),
    st.builds(routes.Batch, service=_names, wanted=st.booleans()),
    st.builds(routes.SignOut),
    st.builds(routes.ConfirmSlip, came_out=st.booleans()),
    st.builds(routes.Practise, key=st.sampled_from(["help", "next", "select"])),
    st.builds(routes.Learn, switch=st.sampled_from(["first-switch", "second-switch"])),
    st.builds(routes.PressLonger),
    st.builds(routes.LendToStaff),
    st.builds(routes.GiveBack),
    st.builds(routes.Stay),
)
visits = st.lists(acts, max_size=45).map(lambda done: reduce(after, done, Session()))
"""Sessions as they are after any acts, before anything was found, made or printed."""
