"""Lays pages out: templates, the citizen's look, and the headers that keep a page harmless.

Knows HTML, languages and headers. Does not know what is on a page (that is the
desks') and keeps no cookie: a look travels in the address of the next page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from db.case_code import Told
from db.records import City, Service, Text
from db.token import Handoff
from hub.phone import card
from hub.phone.notices import Notice
from hub.phone.words import CODES, LANGUAGES, OWN_NAMES, Language, in_language, said

_FOLDER = Path(__file__).resolve().parent.parent
STATIC = _FOLDER / "static"
HOTLINE = "12345"  # the whole country's; a city's own stands in its catalog
_PLATFORM = Text("政务服务", "City services")
_CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action {forms}"
)

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_FOLDER / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


@dataclass(frozen=True)
class Look:
    """How a page is to be shown."""

    language: Language = "zh"
    large: bool = False
    contrast: bool = False
    aloud: bool = False  # wants to hear it: the button for that stands first
    easy: bool = False  # only what matters most

    @classmethod
    def of(cls, wishes: Mapping[str, str], told: Handoff | Told | None = None) -> Look:
        """What the address asks for, else what was chosen at the machine."""
        look = cls()
        if told is not None:
            look = cls(
                _LANGUAGE_OF_CODE.get(told.language, "zh"),
                told.large_text,
                told.high_contrast,
                told.read_aloud,
                told.easy_language,
            )
        for name, (value, choice) in _WISHES.items():
            if wishes.get(name) in choice:
                look = replace(look, **{value: choice[wishes[name]]})
        return look

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What differs from a page that nobody asked anything of."""
        return [(name, wish) for name, wish in self._wishes().items() if wish not in _PLAIN]

    @property
    def classes(self) -> str:
        """CSS classes of the page."""
        chosen = (("large", self.large), ("contrast", self.contrast), ("aloud", self.aloud))
        return " ".join(name for name, on in chosen if on)

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Which way a line runs."""
        return "rtl" if self.language == "ug" else "ltr"

    def but(self, **wishes: str) -> str:
        """The query for the same page, shown otherwise."""
        return urlencode({**self._wishes(), **wishes})

    def _wishes(self) -> dict[str, str]:
        """All wishes said in full, so that none falls back to what the code says."""
        chosen = {
            "language": self.language,
            "large": self.large,
            "contrast": self.contrast,
            "aloud": self.aloud,
            "easy": self.easy,
        }
        return {
            name: next(wish for wish, means in choice.items() if means == chosen[value])
            for name, (value, choice) in _WISHES.items()
        }


_PLAIN = frozenset({"zh", "normal", "no", "all"})
_LANGUAGE_OF_CODE: dict[str, Language] = {"en": "en", "ug": "ug"}
_WISHES: dict[str, tuple[str, dict[str, Any]]] = {
    "lang": ("language", {one: one for one in LANGUAGES}),
    "size": ("large", {"large": True, "normal": False}),
    "contrast": ("contrast", {"high": True, "normal": False}),
    "aloud": ("aloud", {"yes": True, "no": False}),
    "words": ("easy", {"easy": True, "all": False}),
}


class Pages:
    """Renders the templates of `hub/templates`."""

    def __init__(self) -> None:
        self._css, self._script = _dated("phone.css"), _dated("phone.js")

    def page(
        self,
        template: str,
        look: Look,
        status: int = 200,
        *,
        city: City | None = None,
        here: str | None = None,
        forms: str = "'none'",
        headers: Mapping[str, str] | None = None,
        **facts: Any,
    ) -> HTMLResponse:
        """A page as an answer.

        Args:
            template: name of the file without `.html`.
            look: how it is to be shown.
            status: of the answer.
            city: whose page it is, where that is known.
            here: the page's own address, None where asking for it again makes no sense.
            forms: where forms may lead, as a content security policy says it.
            headers: more headers.
            facts: what the template shows.
        """
        body = _ENVIRONMENT.get_template(f"{template}.html").render(
            look=look,
            css=self._css,
            script=self._script,
            languages=_other_languages(look),
            code=CODES[look.language],
            here=here,
            platform=city.platform if city else _PLATFORM,
            hotline=city.hotline if city else HOTLINE,
            say=_sayer(look),
            plain=lambda text: in_language(text, look.language)[0],
            w=_worder(look),
            link=partial(link, look=look),
            has_card=card.is_possible(),
            **facts,
        )
        return HTMLResponse(body, status, {**_headers(forms), **(headers or {})})

    def notice(
        self,
        notice: Notice,
        look: Look,
        *,
        city: City | None = None,
        headers: Mapping[str, str] | None = None,
        choices: Sequence[Service] = (),
    ) -> HTMLResponse:
        """A page that says why there is nothing, and where to go on."""
        return self.page(
            "phone_message",
            look,
            notice.status,
            city=city,
            headers=headers,
            title=notice.title,
            lines=notice.lines,
            choices=choices,
        )


def link(path: str, look: Look, **more: str) -> str:
    """An address of this hub that keeps the look."""
    return _with(path, [*more.items(), *look.fields])


def _headers(forms: str) -> dict[str, str]:
    return {
        "Cache-Control": "no-cache",
        "Content-Security-Policy": _CSP.format(forms=forms),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }


def _with(path: str, fields: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(fields)}" if fields else path


def _dated(name: str) -> str:
    """The address of a static file, another one whenever the file is another."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def _other_languages(look: Look) -> list[tuple[str, str, str]]:
    """Name as its readers write it, language tag, query."""
    others = (one for one in LANGUAGES if one != look.language)
    return [(OWN_NAMES[one], CODES[one], look.but(lang=one)) for one in others]


def _sayer(look: Look) -> Callable[[Text], Markup]:
    def say(text: Text) -> Markup:
        words, is_native = in_language(text, look.language)
        if is_native:
            return escape(words)
        return Markup('<span lang="zh-CN" dir="ltr">{}</span>').format(words)

    return say


def _worder(look: Look) -> Callable[..., str]:
    """The template's own words: `w("共 {n} 件", "{n} in all", n=3)`."""

    def w(zh: str, en: str, **values: str | int | Text) -> str:
        return in_language(said(zh, en, **values), look.language)[0]

    return w
