"""Makes the codes that go on elsewhere, with this kiosk's own key and without any network.

Knows the token of an errand, the code of a case, and QR codes. Does not know how they are shown,
printed or verified.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypedDict
from urllib.parse import urlsplit

from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q

from db import case_code, short_number, token
from kiosk.core.case import Acting, Case, Whom
from kiosk.core.catalog import Catalog
from kiosk.core.choices import Choices, Contrast, Language, TextSize
from kiosk.core.handoff import HandoffCode
from kiosk.store import case_codes
from kiosk.store.enrolment import Enrolment
from kiosk.store.qr_symbol import modules_of

_LANGUAGES = {Language.CHINESE: "zh-Hans", Language.ENGLISH: "en", Language.UYGHUR: "ug"}


class HandoffDesk:
    """Seals hand-off tokens and case codes for one kiosk."""

    def __init__(
        self,
        enrolment: Enrolment,
        clock: Callable[[], datetime],
        nonce: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self._enrolment, self._clock, self._nonce = enrolment, clock, nonce

    def make(
        self, item: int, catalog_version: int, choices: Choices, acting: Acting | None = None
    ) -> tuple[HandoffCode, HandoffCode]:
        """The codes for the screen (a quarter of an hour) and for a slip (a week)."""
        handoff = token.Handoff(
            place=self._place(),
            item=item,
            catalog=catalog_version,
            issued=self._minute(),
            nonce=self._nonce(4),
            epoch=self._enrolment.epoch,
            acting=_acting(acting),
            **_flags(choices),
        )
        # paper gets its own nonce: using up one code must not use up the other
        paper = replace(token.on_paper(handoff), nonce=self._nonce(4))
        # M on screen for larger modules, Q on paper against blots (docs/decisions)
        return self._code(handoff, ERROR_CORRECT_M), self._code(paper, ERROR_CORRECT_Q)

    def keep(self, case: Case, catalog: Catalog, choices: Choices) -> HandoffCode:
        """The code that brings back what was told, at any machine of the city."""
        told = replace(
            case_codes.packed(case, catalog, self._place(), self._minute()),
            epoch=self._enrolment.epoch,
            **_flags(choices),
        )
        sealed = case_code.seal(told, self._enrolment.key_bytes)
        url = self._case_prefix() + case_code.to_digits(sealed)
        return HandoffCode(
            url=url,
            host=urlsplit(url).netloc,
            check_code=case_code.check_code(sealed),
            short_number="",  # it is about several things, or none
            valid_until=told.expires,
            modules=modules_of(url),  # M: it is long: more would be too fine to read
        )

    def _place(self) -> token.Place:
        place = self._enrolment.place
        return token.Place(place.region, place.hall, place.kiosk)

    def _minute(self) -> datetime:
        return self._clock().astimezone(UTC).replace(second=0, microsecond=0)

    def _case_prefix(self) -> str:
        """Beside `/k/` of the same host."""
        return self._enrolment.handoff_prefix.removesuffix("k/") + "c/"

    def _code(self, handoff: token.Handoff, correction: int) -> HandoffCode:
        sealed = token.seal(handoff, self._enrolment.key_bytes)
        url = self._enrolment.handoff_prefix + token.to_digits(sealed)
        return HandoffCode(
            url=url,
            host=urlsplit(url).netloc,
            check_code=token.check_code(sealed),
            short_number=short_number.written(handoff.item),
            valid_until=handoff.expires,
            modules=modules_of(url, correction),
        )


class _Flags(TypedDict):
    """How somebody wants to see it, as both kinds of code say it."""

    language: str
    large_text: bool
    high_contrast: bool
    read_aloud: bool


def _flags(choices: Choices) -> _Flags:
    return _Flags(
        language=_LANGUAGES[choices.language],
        large_text=choices.size > TextSize.STANDARD,
        high_contrast=choices.contrast in (Contrast.LIGHT, Contrast.DARK),
        read_aloud=choices.speech.on,
    )


def _acting(acting: Acting | None) -> token.Acting:
    """Neighbours and friends act as relatives do; who does it as a duty acts as staff."""
    if acting is None:
        return token.Acting.SELF
    return token.Acting.STAFF if acting.whom is Whom.CLIENT else token.Acting.RELATIVE
