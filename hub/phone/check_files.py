"""Serves the check files by which WeChat and Alipay see whose domain this is.

Knows their names and where they lie. Does not know which door needs which (`hub.phone.filing`).
"""

from __future__ import annotations

import re
from pathlib import Path

from fastapi import APIRouter, HTTPException, Response

from hub.door_settings import CHECK_FILE

BYTES_MAX = 4096
_HEADERS = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}


class CheckFiles:
    """The text files of one folder, exactly as they are: at the root, and beside the codes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def router(self) -> APIRouter:
        """Its routes; they go before those of the codes."""
        router = APIRouter()
        for path in ("/{name}.txt", "/k/{name}.txt"):
            router.add_api_route(path, self.show, methods=["GET", "HEAD"], response_model=None)
        return router

    def show(self, name: str) -> Response:
        """A file; it is put there while the hub runs, so nothing is remembered of it."""
        content = read(self._folder, f"{name}.txt")
        if content is None:
            raise HTTPException(404)
        return Response(content, media_type="text/plain", headers=_HEADERS)


def read(folder: Path, name: str) -> bytes | None:
    """What stands in a check file; None where there is none of that name, or it is no such file."""
    path = folder / name
    if not re.fullmatch(CHECK_FILE, name) or path.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as opened:
        content = opened.read(BYTES_MAX + 1)
    return content if len(content) <= BYTES_MAX else None
