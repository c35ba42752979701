"""Everything a citizen can do, drawn at random."""

from __future__ import annotations

from functools import reduce

from hypothesis import strategies as st

from kiosk.core import routes
from kiosk.core.choices import Choices, Contrast, Language, TextSize
from kiosk.core.session import Session, after

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
acts: st.SearchStrategy[routes.Act] = st.one_of(
    st.builds(routes.Go, route=places),
    st.builds(routes.Back),
    st.builds(routes.GoHome),
    st.builds(routes.Turn, page=st.integers(-3, 9)),
    st.builds(routes.Choose, choices=choices),
    st.builds(routes.Type, sign=st.sampled_from("abcxyz")),
    st.builds(routes.Write, text=st.text(max_size=60)),
    st.builds(routes.Erase),
    st.builds(routes.Print, large=st.booleans()),
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
