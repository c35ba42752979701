"""Reads the body of a request, as far as it may be long. Knows bytes."""

from __future__ import annotations

from fastapi import HTTPException, Request

BYTES_MAX = 2000


async def read(request: Request) -> bytes:
    """The whole body.

    Raises:
        HTTPException: it is longer than anything that is asked here.
    """
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BYTES_MAX:
            raise HTTPException(413)
    return body
