"""One table `[[doors]]` of the settings: where a phone program is led, and what is filed for it.

Knows which keys a kind of door needs and how their values look. Does not know which service or
phone meets it (`hub.phone.door`), or whether the catalog allows its host.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from db.records import ItemNumber

CHECK_FILE = r"[A-Za-z0-9_-]{1,64}\.txt"
"""Names of the files by which WeChat and Alipay see whose domain it is."""

BLANKS = frozenset({"item", "number", "digits", "address"})
"""What may stand in braces in an address."""

Kind: TypeAlias = Literal["wechat-page", "wechat-program", "alipay-program", "web"]

_PAGE = r"https://[a-z0-9.-]+/\S*"
_PROGRAM_PAGE = r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*"
_RULE = r"https://[a-z0-9.-]+/([A-Za-z0-9._~/-]*/)?"
_URL = ("url", _PAGE, "https://<host>/<path>")
_NEEDED: dict[Kind, tuple[tuple[str, str, str], ...]] = {
    "web": (_URL,),
    "wechat-page": (_URL,),
    "wechat-program": (
        ("app_id", r"wx[0-9a-f]{16}", "wx and 16 hex digits"),
        ("original_id", r"gh_[0-9a-f]{12}", "gh_ and 12 hex digits"),
        ("page", _PROGRAM_PAGE, "a page of the program without its first slash"),
        ("rule", _RULE, "the filed address; WeChat matches below it only where it ends with /"),
    ),
    "alipay-program": (
        ("app_id", r"\d{16}", "16 digits"),
        ("page", _PROGRAM_PAGE, "a page of the program without its first slash"),
        ("rule", _RULE, "the filed address, ending with /"),
    ),
}
_AGENTS: dict[Kind, tuple[str, ...]] = {
    "web": (),
    "wechat-page": ("MicroMessenger",),
    # inside WeChat only WeChat's own scanner opens a program, and Alipay opens none of WeChat's
    "wechat-program": ("!MicroMessenger", "!AlipayClient"),
    "alipay-program": ("AlipayClient",),
}


class DoorSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where people are led instead of, or beside, the web pages that the catalog names.

    In `url` and `query` stand in braces, percent-encoded when they are filled in: `item`, the short
    number; `number`, the same with its check digit; `digits` of the code; `address`, the whole code
    below `rule`.
    """

    kind: Kind
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    agents: tuple[Annotated[str, Meta(pattern=r"^!?[!-~]{1,40}$")], ...] = ()
    services: tuple[ItemNumber, ...] = ()
    channels: tuple[Literal["web", "app", "mini-program"], ...] = ("web", "app", "mini-program")
    url: Annotated[str, Meta(max_length=1000)] = ""
    app_id: Annotated[str, Meta(max_length=40)] = ""
    original_id: Annotated[str, Meta(max_length=40)] = ""
    page: Annotated[str, Meta(max_length=200)] = ""
    query: Annotated[str, Meta(max_length=200)] = "item={item}"
    rule: Annotated[str, Meta(max_length=200)] = ""
    check_file: Annotated[str, Meta(max_length=68)] = ""

    def __post_init__(self) -> None:
        """Say what is wrong when the hub starts, not when somebody stands at a closed door.

        Raises:
            ValueError: a key is missing or of the wrong shape.
        """
        for key, pattern, needed in _NEEDED[self.kind]:
            value = getattr(self, key)
            if not re.fullmatch(pattern, value):
                raise ValueError(f"{key} = {value!r}, but a {self.kind} needs {needed}")
        if self.check_file and not re.fullmatch(CHECK_FILE, self.check_file):
            raise ValueError(f"check_file = {self.check_file!r} is no name like a1B2c3.txt")
        for template in (self.url, self.query):
            if "{address}" in template and not self.rule:
                raise ValueError(f"{template!r} has {{address}}, so `rule` is needed")
            if set(re.findall(r"\{([^{}]*)\}", template)) - BLANKS or re.search(
                r"[{}]", re.sub(r"\{[^{}]*\}", "", template)
            ):
                known = ", ".join(f"{{{name}}}" for name in sorted(BLANKS))
                raise ValueError(f"{template!r}: in braces stand {known} and nothing else")

    @property
    def led(self) -> tuple[str, ...]:
        """Whom it is for: words of what a phone calls itself, with `!` those that must not be."""
        return self.agents or _AGENTS[self.kind]

    @property
    def is_particular(self) -> bool:
        """Whether it is made for some phone programs, so that it comes first in them."""
        return any(not word.startswith("!") for word in self.led)

    def leads(self, user_agent: str) -> bool:
        """Whether a phone that calls itself so is led here."""
        wanted = [word for word in self.led if not word.startswith("!")]
        barred = [word[1:] for word in self.led if word.startswith("!")]
        if any(word in user_agent for word in barred):
            return False
        return not wanted or any(word in user_agent for word in wanted)


Doors: TypeAlias = tuple[DoorSettings, ...]
