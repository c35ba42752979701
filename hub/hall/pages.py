"""The pages of a hall's staff: templates, and the headers that keep them harmless.

Knows HTML and headers. Does not know who is signed in. Unlike the pages for phones these need their
script: a page that does not change by itself is no use for calls.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

_FOLDER = Path(__file__).resolve().parent.parent
_CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _CSP,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_FOLDER / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


class HallPages:
    """Renders the templates `hall_*`."""

    def __init__(self) -> None:
        self._css, self._js = _named("hall.css"), _named("hall.js")

    def page(self, template: str, status: int = 200, **facts: Any) -> HTMLResponse:
        """A page as an answer."""
        body = _ENVIRONMENT.get_template(f"{template}.html").render(
            css=self._css, js=self._js, **facts
        )
        return HTMLResponse(body, status, HEADERS)


def _named(file: str) -> str:
    """The address of a file of ours, named by its content so that browsers may keep it."""
    digest = hashlib.sha256((_FOLDER / "static" / file).read_bytes()).hexdigest()[:12]
    return f"/static/{file}?v={digest}"
