"""Makes the codes that go on to a phone, with this kiosk's own key and without any network.

Knows the token and the QR code. Does not know how they are shown, printed or verified.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

import qrcode
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q

from db import short_number, token
from kiosk.core.choices import Choices, Contrast, Language, TextSize
from kiosk.core.handoff import HandoffCode
from kiosk.store.enrolment import Enrolment

_LANGUAGES = {Language.CHINESE: "zh-Hans", Language.ENGLISH: "en", Language.UYGHUR: "ug"}


class HandoffDesk:
    """Seals hand-off tokens for one kiosk."""

    def __init__(
        self,
        enrolment: Enrolment,
        clock: Callable[[], datetime],
        nonce: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self._enrolment, self._clock, self._nonce = enrolment, clock, nonce

    def make(
        self, item: int, catalog_version: int, choices: Choices
    ) -> tuple[HandoffCode, HandoffCode]:
        """The codes for the screen (a quarter of an hour) and for a slip (a week)."""
        place = self._enrolment.place
        handoff = token.Handoff(
            place=token.Place(place.region, place.hall, place.kiosk),
            item=item,
            catalog=catalog_version,
            issued=self._clock().astimezone(UTC).replace(second=0, microsecond=0),
            nonce=self._nonce(4),
            language=_LANGUAGES[choices.language],
            large_text=choices.size > TextSize.STANDARD,
            high_contrast=choices.contrast in (Contrast.LIGHT, Contrast.DARK),
            read_aloud=choices.speech.on,
            epoch=self._enrolment.epoch,
        )
        # paper gets its own nonce: using up one code must not use up the other
        paper = replace(token.on_paper(handoff), nonce=self._nonce(4))
        # M on screen for larger modules, Q on paper against blots (docs/decisions)
        return self._code(handoff, ERROR_CORRECT_M), self._code(paper, ERROR_CORRECT_Q)

    def _code(self, handoff: token.Handoff, correction: int) -> HandoffCode:
        sealed = token.seal(handoff, self._enrolment.key_bytes)
        url = self._enrolment.handoff_prefix + token.to_digits(sealed)
        return HandoffCode(
            url=url,
            host=urlsplit(url).netloc,
            check_code=token.check_code(sealed),
            short_number=short_number.written(handoff.item),
            valid_until=handoff.expires,
            modules=_modules(url, correction),
        )


def _modules(url: str, correction: int) -> tuple[tuple[bool, ...], ...]:
    code = qrcode.QRCode(error_correction=correction, border=0)
    # the digits become a numeric segment of their own: two versions smaller (handed to the
    # library, which finds runs of at least this many digits)
    code.add_data(url, optimize=4)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())
