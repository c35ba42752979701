"""A hand-off of a real kiosk, read from its picture and opened in a real browser of a phone's size.

Leaves pictures of every page in `var/browser/phone`, small ones for the documents where `OUT` names
a folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy
import pytest
import zxingcpp
from PIL import Image

from kiosk.core.case import Acting, Case, Whom
from kiosk.core.catalog import Catalog
from kiosk.core.choices import Choices, Contrast, Language, Speech, TextSize
from kiosk.core.handoff import HandoffCode
from kiosk.store import enrolment
from kiosk.store.catalog_reader import CatalogReader
from kiosk.store.handoff_desk import HandoffDesk
from tests.browser.phone import AGENTS, AXE, ELDER_PX, SMALLEST_PX, WEIGHT, Phone, phone_in_hand
from tests.journeys.hall import ROOT, Hall, free_port

PICTURES = ROOT / "var" / "browser" / "phone"
OUT = os.environ.get("OUT")
_DOTS = 8  # a module on paper, and a card of white around the code
_QUIET_ZONE = 4

_SETTINGS = """
[limits]
handoffs_per_minute = 10000
pages_per_minute = 10000

[[doors]]
kind = "wechat-page"
name = "微信城市服务"
url = "https://zwfw.yunchuan.example/wx/{item}"

[[doors]]
kind = "alipay-program"
name = "支付宝小程序"
app_id = "2021000000000000"
page = "pages/item"
rule = "https://zwfw.yunchuan.example/k/"
"""

PLAIN = Choices()
ELDER = Choices(size=TextSize.LARGE)
CLEAR = Choices(size=TextSize.LARGE, contrast=Contrast.LIGHT)
HEARD = Choices(speech=Speech(on=True))
ENGLISH = Choices(language=Language.ENGLISH)
UYGHUR = Choices(language=Language.UYGHUR)
UYGHUR_ELDER = Choices(language=Language.UYGHUR, size=TextSize.LARGE)
FOR_FATHER = Acting(Whom.PARENT)
DOOR = "https://zwfw.mps.gov.cn/"  # of the first of these, in the demo city's catalog
DOORS = {
    "wechat": "https://zwfw.yunchuan.example/wx/13003",
    "alipay": "https://ds.alipay.com/?scheme=alipays",
    "plain": DOOR,
}
LOST, LICENCE, PENSION = ("id-card-lost", 13003), ("driving-licence-renew", 15001), 12001


@dataclass(frozen=True)
class Street:
    """A hub that answers, and a kiosk of it that can make codes."""

    hall: Hall
    who: enrolment.Enrolment
    catalog: Catalog

    def handoff(
        self,
        number: int = LOST[1],
        choices: Choices = PLAIN,
        acting: Acting | None = None,
        *,
        made: timedelta = timedelta(0),
        on_paper: bool = True,
    ) -> str:
        """The address that a phone finds in the picture of the code."""
        desk = HandoffDesk(self.who, lambda: datetime.now(UTC) - made)
        return scanned(desk.make(number, 1, choices, acting)[on_paper])

    def list(self, choices: Choices = PLAIN, acting: Acting | None = None) -> str:
        """The same of a list."""
        case = Case(services=(LICENCE[0], LOST[0]), in_hand=("id-card",), acting=acting)
        desk = HandoffDesk(self.who, lambda: datetime.now(UTC))
        return scanned(desk.keep(case, self.catalog, choices))

    def forged(self) -> str:
        """A code that somebody made with a key of their own."""
        return replace_key(self).handoff()

    def page(self, path: str) -> str:
        return self.hall.base_url + path


def replace_key(street: Street) -> Street:
    who = street.who
    other = type(who)(
        **{name: getattr(who, name) for name in who.__struct_fields__} | {"key": "09" * 32}
    )
    return replace(street, who=other)


def scanned(code: HandoffCode) -> str:
    """From modules to a raster to what a reader makes of it."""
    dark = numpy.pad(numpy.array(code.modules, dtype=bool), _QUIET_ZONE)
    raster = numpy.where(numpy.kron(dark, numpy.ones((_DOTS, _DOTS), dtype=bool)), 0, 255)
    (read,) = zxingcpp.read_barcodes(raster.astype(numpy.uint8))
    assert read.text == code.url
    return read.text


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory, demo: CatalogReader) -> Iterator[Street]:
    hall = Hall(tmp_path_factory.mktemp("hall"), free_port())
    hall.found()
    hall.enrol()
    (hall.hub_data / "hub.toml").write_text(_SETTINGS, "utf-8")
    with hall.serving():
        yield Street(hall, enrolment.read(hall.kiosk_data), demo)


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Phone]:
    with phone_in_hand(tmp_path_factory.mktemp("profile")) as held:
        yield held


def pages(street: Street) -> dict[str, str]:
    """Every kind of page, by the name of its picture."""
    licence = LICENCE[1]
    return {
        "genuine": street.handoff(),
        "genuine-screen": street.handoff(PENSION, on_paper=False),
        "genuine-english": street.handoff(choices=ENGLISH),
        "genuine-uyghur": street.handoff(choices=UYGHUR),
        "genuine-elder": street.handoff(choices=ELDER),
        "genuine-clear": street.handoff(choices=CLEAR),
        "genuine-heard": street.handoff(choices=HEARD),
        "genuine-easy": f"{street.handoff()}?words=easy",
        "helper": street.handoff(licence, acting=FOR_FATHER),
        "helper-refused": street.handoff(acting=FOR_FATHER),
        "helper-partly": street.handoff(PENSION, acting=FOR_FATHER),
        "helper-elder": street.handoff(licence, ELDER, FOR_FATHER),
        "helper-uyghur": street.handoff(licence, UYGHUR_ELDER, FOR_FATHER),
        "refused-forged": street.forged(),
        "refused-expired": street.handoff(made=timedelta(days=8)),
        "refused-expired-elder": street.handoff(choices=ELDER, made=timedelta(days=8)),
        "refused-malformed": street.page("/k/123"),
        "list": street.list(),
        "list-helper": street.list(acting=FOR_FATHER),
        "list-helper-elder": street.list(ELDER, FOR_FATHER),
        "list-uyghur": street.list(UYGHUR),
        "front": street.page("/"),
        "front-english": street.page("/?lang=en"),
        "front-uyghur": street.page("/?lang=ug&size=large"),
        "no-such-number": street.page("/find?number=99999"),
        "group": street.page("/g/household"),
        "guide": street.page("/s/13003"),
        "guide-helper": street.page(f"/s/{licence}?why=used"),
        "guide-uyghur": street.page("/s/12001?lang=ug"),
        "guide-clear": street.page("/s/12001?contrast=high"),
        "visit": street.page("/s/13003/visit"),
        "visit-elder": street.page("/s/13003/visit?size=large"),
        "visit-uyghur": street.page("/s/13003/visit?lang=ug"),
        "share": street.page("/s/13003/share"),
        "share-english": street.page("/s/13003/share?lang=en&size=large"),
        "missing": street.page("/nothing"),
    }


def is_elder(name: str, url: str) -> bool:
    return (name.endswith(("elder", "clear")) and "contrast" not in url) or "size=large" in url


@pytest.mark.parametrize("width", [360, 320])
def test_every_page_fits_a_narrow_phone_in_large_letters(
    street: Street, phone: Phone, width: int
) -> None:
    wrong = []
    phone.hold(width)
    for name, url in pages(street).items():
        phone.open(url)
        seen = phone.measured()
        least = ELDER_PX if is_elder(name, url) else SMALLEST_PX
        wrong += [f"{name}: {seen.smallest}"] if seen.smallest[0] < least else []
        wrong += [f"{name}: {seen.overflow} px too wide"] if seen.overflow > 0 else []
        wrong += [f"{name}: target {one}" for one in seen.small_targets]
        wrong += [f"{name}: {seen.weight} bytes"] if seen.weight > WEIGHT else []
        # a refusal has a status of its own, and browsers note that
        wrong += [one for one in phone.complaints() if "server responded with a status" not in one]
        if width == 360:
            phone.whole_picture(PICTURES / f"{name}.png", scale=2 / 3)
    assert not wrong, "\n".join(wrong)


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not here: scripts/install --with-browser")
@pytest.mark.parametrize("is_dark", [False, True])
def test_axe_finds_nothing_serious_on_any_page(street: Street, phone: Phone, is_dark: bool) -> None:
    phone.hold()
    phone.in_the_dark(is_dark)
    found = {}
    for name, url in pages(street).items():
        phone.open(url)
        faults = phone.faults()
        if faults:
            found[name] = faults
    phone.in_the_dark(False)
    assert found == {}


@pytest.mark.parametrize("agent", AGENTS)
def test_from_the_code_through_the_question_to_the_door(
    street: Street, phone: Phone, agent: str
) -> None:
    phone.hold(agent=agent)
    phone.open(street.handoff(on_paper=False))
    words = phone.text()
    for asked in ("是您刚才办的吗", "核对码", "1号机器", "身份证丢了补办"):
        assert words.index(asked) < words.index("继续："), asked
    phone.whole_picture(PICTURES / f"door-{agent}.png", scale=2 / 3)
    phone.complaints()
    phone.press("main form button")
    phone.until_at(DOORS[agent])  # no such host here, but the way to it
    assert not [one for one in phone.complaints() if "Content Security Policy" in one]


def test_a_used_code_leads_on_to_the_guide(street: Street, phone: Phone) -> None:
    url = street.handoff(choices=UYGHUR, on_paper=False)
    phone.hold()
    phone.open(url)
    phone.press("main form button")
    phone.until_at(DOOR)
    phone.open(f"{url}?lang=zh")
    assert "用过了" in phone.text()
    phone.whole_picture(PICTURES / "refused-used.png")
    phone.press("main a.button")
    phone.until_at(street.page("/s/13003-2"))
    assert "/k/" not in phone.address()
    assert "要带什么" in phone.text()


def test_all_of_it_works_without_scripts(street: Street, phone: Phone) -> None:
    phone.hold()
    phone.without_scripts(True)
    phone.open(street.handoff(choices=HEARD))
    assert "核对码" in phone.text()
    assert "读给我听" not in phone.text()
    phone.press("nav.look a")
    assert "正常字" in phone.text()
    phone.press("nav.look a[lang=ug]")
    assert phone.run("return document.documentElement.dir") == "rtl"
    phone.open(street.page("/s/13003"))
    phone.press('main a[href$="/share"]')
    assert phone.run("return document.querySelector('a[href^=sms]').href").startswith("sms:?&body=")
    assert "复制，发到微信" not in phone.text()
    phone.open(street.page("/s/13003"))
    phone.press('main a[href$="/visit"]')
    assert "哪天去" in phone.text()
    phone.without_scripts(False)


def test_reading_aloud_begins_by_a_touch_and_is_offered_only_with_a_voice(
    street: Street, phone: Phone
) -> None:
    phone.hold()
    made = phone.command("Page.addScriptToEvaluateOnNewDocument", source=_VOICE)
    phone.open(street.handoff(choices=HEARD))
    assert phone.run("return window.said") == []
    phone.press("main > .aloud")
    said = phone.run("return window.said")
    assert said[0] == "身份证丢了补办"
    assert "别读了" in phone.text()
    phone.press("main > .aloud")
    assert "读给我听" in phone.text()
    phone.open(street.handoff(choices=UYGHUR))
    assert "ئوقۇپ بېرىش" not in phone.text()  # this phone has no voice for it
    phone.command("Page.removeScriptToEvaluateOnNewDocument", identifier=made["identifier"])


_VOICE = """
window.said = [];
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => [{lang: "zh-CN", name: "test"}],
  speak: one => { window.said.push(one.text); },
  cancel: () => {},
}});
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""


@pytest.mark.skipif(not OUT, reason="pictures for the documents are asked for by OUT")
def test_pictures_for_the_documents(street: Street, phone: Phone) -> None:
    shown = pages(street)
    phone.hold()
    for name in (
        "genuine",
        "helper",
        "refused-forged",
        "list-helper",
        "genuine-uyghur",
        "share",
        "visit",
    ):
        phone.open(shown[name])
        file = Path(str(OUT)) / f"phone-{name}.png"
        phone.whole_picture(file, most=900, scale=1 / 3)
        with Image.open(file) as picture:
            picture.convert("RGB").quantize(32).save(file, optimize=True)
        assert file.stat().st_size <= 60_000, name
