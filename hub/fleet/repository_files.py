"""Serves the signed files that kiosks fetch, as they are on disk.

Knows paths, caching and ETags. Does not know what is in the files or who signed them: a kiosk
believes the signatures, not this server.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, PlainTextResponse

# segments of a path: no empty one, none that begins with a dot, no sign that a shell or URL reads
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
# a version or a hash in the name: the file can never change
_FROZEN = re.compile(r"(\d+|[0-9a-f]{64})\..+")
_FOR_EVER = "public, max-age=31536000, immutable"


class RepositoryFiles:
    """`metadata/` and `targets/` of a repository folder."""

    def __init__(self, repository: Path) -> None:
        self._repository = repository

    def router(self) -> APIRouter:
        """Its routes."""
        router = APIRouter()
        for path, endpoint in (
            ("/metadata/{name:path}", self.metadata),
            ("/targets/{name:path}", self.target),
        ):
            router.add_api_route(path, endpoint, methods=["GET", "HEAD"], response_model=None)
        return router

    def metadata(self, request: Request, name: str) -> Response:
        """A file of `metadata/`."""
        return _serve(self._repository / "metadata", name, request)

    def target(self, request: Request, name: str) -> Response:
        """A file of `targets/`."""
        return _serve(self._repository / "targets", name, request)


def _serve(folder: Path, name: str, request: Request) -> Response:
    path = _inside(folder, name)
    if path is None:
        # a kiosk asks for the next root until there is none: nobody may remember that answer
        return PlainTextResponse("not found\n", 404, {"Cache-Control": "no-store"})
    is_frozen = _FROZEN.fullmatch(path.name) is not None
    headers = {
        "Cache-Control": _FOR_EVER if is_frozen else "no-cache",
        "ETag": _etag(path, is_frozen),
        "X-Content-Type-Options": "nosniff",
    }
    known = request.headers.get("if-none-match", "")
    if headers["ETag"] in [tag.strip().removeprefix("W/") for tag in known.split(",")]:
        return Response(status_code=304, headers=headers)
    kind = "application/json" if path.suffix == ".json" else "application/octet-stream"
    if is_frozen:
        return FileResponse(path, media_type=kind, headers=headers)
    return Response(path.read_bytes(), media_type=kind, headers=headers)


def _inside(folder: Path, name: str) -> Path | None:
    """The file of that name; None where there is none, or where a link leads out of the folder."""
    if not _NAME.fullmatch(name):
        return None
    try:
        path = (folder / name).resolve()
        return path if path.is_relative_to(folder.resolve()) and path.is_file() else None
    except OSError:  # a name that is too long for a disk
        return None


def _etag(path: Path, is_frozen: bool) -> str:
    """A frozen file's name says all; the others are small, and their bytes are compared.

    Never time and length: two files published in the same second could share them.
    """
    content = path.name.encode() if is_frozen else path.read_bytes()
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'
