"""Lays pages out: templates, the citizen's look, and the headers that keep a page harmless.

Knows HTML, languages and headers. Does not know what is on a page (`hub.phone.desk`) and keeps no
cookie: a look travels in the address of the next page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from db.records import City, Service, Text
from db.token import Handoff
from hub.phone.notices import Notice

_FOLDER = Path(__file__).resolve().parent.parent
STATIC = _FOLDER / "static"
HOTLINE = "12345"  # the whole country's; a city's own stands in its catalog
_PLATFORM = Text("政务服务", "City services")
_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
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

    language: Literal["zh", "en"] = "zh"
    large: bool = False
    contrast: bool = False

    @classmethod
    def of(cls, wishes: Mapping[str, str], handoff: Handoff | None = None) -> Look:
        """What the address asks for, else what was chosen at the machine."""
        look = cls()
        if handoff is not None:
            language: Literal["zh", "en"] = "en" if handoff.language == "en" else "zh"
            look = cls(language, handoff.large_text, handoff.high_contrast)
        for name, (value, choice) in _WISHES.items():
            if wishes.get(name) in choice:
                look = replace(look, **{value: choice[wishes[name]]})
        return look

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What differs from a page that nobody asked anything of."""
        fields = [("lang", "en")] if self.language == "en" else []
        fields += [("size", "large")] if self.large else []
        return fields + ([("contrast", "high")] if self.contrast else [])

    @property
    def classes(self) -> str:
        """CSS classes of the page."""
        return " ".join(
            name for name, on in (("large", self.large), ("contrast", self.contrast)) if on
        )

    @property
    def other_language(self) -> str:
        """The query for the same page in the other language."""
        return urlencode({**self._wishes(), "lang": "zh" if self.language == "en" else "en"})

    @property
    def other_size(self) -> str:
        """The query for the same page in the other print."""
        return urlencode({**self._wishes(), "size": "normal" if self.large else "large"})

    def _wishes(self) -> dict[str, str]:
        """All wishes said in full, so that none falls back to what the code says."""
        return {
            "lang": self.language,
            "size": "large" if self.large else "normal",
            "contrast": "high" if self.contrast else "normal",
        }


_WISHES: dict[str, tuple[str, dict[str, Any]]] = {
    "lang": ("language", {"zh": "zh", "en": "en"}),
    "size": ("large", {"large": True, "normal": False}),
    "contrast": ("contrast", {"high": True, "normal": False}),
}


class Pages:
    """Renders the templates of `hub/templates`."""

    def __init__(self) -> None:
        digest = hashlib.sha256((STATIC / "phone.css").read_bytes()).hexdigest()[:12]
        self._css = f"/static/phone.css?v={digest}"

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
            here=here,
            platform=city.platform if city else _PLATFORM,
            hotline=city.hotline if city else HOTLINE,
            say=_sayer(look),
            plain=lambda text: _in(text, look)[0],
            w=lambda zh, en: en if look.language == "en" else zh,
            link=lambda path: _with(path, look.fields),
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


def _in(text: Text, look: Look) -> tuple[str, bool]:
    """The words, and whether they are in the page's language."""
    if look.language == "zh":
        return text.zh, True
    return (text.en, True) if text.en else (text.zh, False)


def _sayer(look: Look) -> Callable[[Text], Markup]:
    def say(text: Text) -> Markup:
        words, is_native = _in(text, look)
        if is_native:
            return escape(words)
        return Markup('<span lang="zh-CN">{}</span>').format(words)

    return say
