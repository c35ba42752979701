"""Bulletins: what comes first, the banner, a service that is not offered, and their pages."""

from __future__ import annotations

from typing import cast

from access.visit import READ, Known, Visit, at, like
from kiosk.core import routes
from kiosk.core.catalog import Bulletin, Catalog, Text
from kiosk.core.local import Local
from kiosk.core.session import Session
from kiosk.core.value import replace

_CONCERNED, _HIDDEN = "medical-claim", "maintenance-fund"
_NIGHT, _EVENING, _FRIDAY = (f"2026-11-{end}+08:00" for end in ("24T00:00", "23T17:30", "27T12:00"))


class Quiet:
    """A catalog that has nothing to tell."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def __getattr__(self, name: str) -> object:
        """Everything else is as it was."""
        return getattr(self._catalog, name)

    def bulletins(self) -> tuple[Bulletin, ...]:
        """None."""
        return ()


_LONGEST = Bulletin(
    id="longest",
    title=Text(
        "暴雨红色预警，请留在大厅里不要走",
        "Red rainstorm warning: please stay inside the hall",
        "قارا يامغۇر قىزىل ئاگاھلاندۇرۇشى، زالدىن چىقماڭ",
    ),
    text=Text(
        "雨停以前，请不要下地下车库，也不要坐电梯到地下。身体不舒服、家里老人孩子没人接的，"
        "到1楼导服台，工作人员帮您联系。",
        "Until the rain stops do not go down to the car park or take a lift below ground. If you "
        "feel ill, or nobody can fetch your parents or children, come to the desk on floor 1.",
        "يامغۇر توختىغۇچە يەر ئاستى ماشىنا توختىتىش ئورنىغا چۈشمەڭ. بىئارام بولسىڭىز ياكى "
        "ئۆيدىكىلەرنى ئالىدىغان ئادەم بولمىسا، 1-قەۋەتتىكى پوتەيگە كېلىڭ.",
    ),
    valid_from="2026-11-23T08:00+08:00",
    valid_to=_NIGHT,
    must_read=True,
    phone="12345",
)


def visits(known: Known) -> dict[str, Session | Visit]:
    """Every place and state of this topic."""
    unread = Session(trail=(routes.Welcome(), routes.Home()))
    storm = (("local", Local(bulletins=(_LONGEST,))),)
    quiet = cast("Catalog", Quiet(known.catalog))
    many = tuple(replace(_LONGEST, id=end, valid_to=end) for end in (_EVENING, _FRIDAY))
    seen = (*READ, _LONGEST.id, *(one.id for one in many))
    one = at(routes.BulletinPage(bulletin=_LONGEST.id), seen_bulletins=seen)
    hall = (("local", Local(bulletins=(_LONGEST, *many))),)
    return {
        "must-read": unread,
        "must-read-longest": Visit(unread, scene=storm),
        "bulletins": at(routes.BulletinsPage()),
        "bulletins-many": Visit(at(routes.BulletinsPage(), seen_bulletins=seen), scene=hall),
        "bulletins-none": Visit(at(routes.BulletinsPage()), catalog=quiet),
        "bulletin": at(routes.BulletinPage(bulletin="medical-computers")),
        "bulletin-hiding": at(routes.BulletinPage(bulletin="maintenance-fund-paused")),
        "bulletin-longest": Visit(one, scene=storm),
        "bulletin-alone": Visit(one, scene=storm, catalog=quiet),
        "bulletin-gone": at(routes.BulletinPage(bulletin="gone")),
        "service-concerned": like(at(routes.ServicePage(service=_CONCERNED))),
        "service-hidden": at(routes.ServicePage(service=_HIDDEN)),
        "handoff-hidden": like(at(routes.HandoffPage(service=_HIDDEN))),
        "home-storm": Visit(at(seen_bulletins=seen), scene=storm),
    }
