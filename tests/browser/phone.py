"""A phone in somebody's hand: a real Chromium of its size, and what is measured on its glass."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.driver import Browser, driving
from tests.journeys.hall import ROOT

AXE = ROOT / "var" / "browser-tools" / "axe.min.js"  # put there by scripts/install --with-browser

AGENTS = {
    "wechat": "Mozilla/5.0 (Linux; Android 10; HLK-AL00 Build/HONORHLK-AL00; wv) "
    "AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 "
    "XWEB/1160065 MMWEBSDK/20230805 MicroMessenger/8.0.42.2460 WeChat/arm64 Language/zh_CN",
    "alipay": "Mozilla/5.0 (Linux; U; Android 10; zh-CN; HLK-AL00) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.58 UWS/5.8.0 Mobile Safari/537.36 "
    "AlipayDefined(nt:WIFI) AliApp(AP/10.5.0) AlipayClient/10.5.0 Language/zh-Hans",
    "plain": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0.0.0 Mobile Safari/537.36",
}
SMALLEST_PX, ELDER_PX, TARGET_PX, WEIGHT = 18, 24, 48, 50_000

# Sizes and targets of what is to be seen; a link inside a line of text is a target all the same.
_MEASURE = """
const shown = one => one.getClientRects().length > 0;
const sizes = [], targets = [];
const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (words.nextNode()) {
  const one = words.currentNode, home = one.parentElement;
  if (!one.data.trim() || !shown(home)) continue;
  sizes.push([parseFloat(getComputedStyle(home).fontSize), one.data.trim()]);
}
for (const one of document.querySelectorAll("a[href], button, input:not([type=hidden])")) {
  if (!shown(one)) continue;
  const box = one.getBoundingClientRect();
  targets.push([box.width, box.height, one.innerText || one.name]);
}
return {sizes: sizes, targets: targets, width: innerWidth,
  content: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)};
"""
_AXE = """
const done = arguments[arguments.length - 1];
const rules = {"color-contrast-enhanced": {enabled: true}};  // 7 to 1
axe.run(document, {resultTypes: ["violations"], rules: rules})
  .then(found => done(found.violations.map(one => [one.impact, one.id,
    one.nodes.map(node => node.html + " " + node.failureSummary).slice(0, 3)])))
  .catch(error => done([["critical", String(error), []]]));
"""


@dataclass(frozen=True)
class Measured:
    """One page as it lies on the glass."""

    smallest: tuple[float, str]
    small_targets: tuple[tuple[float, float, str], ...]
    overflow: float
    weight: int


class Phone(Browser):
    """One phone."""

    def hold(
        self, width: int = 360, height: int = 740, scale: float = 3, agent: str = "plain"
    ) -> None:
        """Of which size, and what it calls itself."""
        self.command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=True,
        )
        self.command("Emulation.setUserAgentOverride", userAgent=AGENTS[agent])

    def in_the_dark(self, is_dark: bool) -> None:
        """Set the phone itself to dark colours."""
        feature = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.command("Emulation.setEmulatedMedia", features=[feature])

    def without_scripts(self, is_off: bool) -> None:
        """As an old phone, or a careful owner."""
        self.command("Emulation.setScriptExecutionDisabled", value=is_off)

    def measured(self) -> Measured:
        """What a rule is about."""
        found = self.run(_MEASURE)
        sizes = [(size, words) for size, words in found["sizes"]]
        small = [
            (width, height, name)
            for width, height, name in found["targets"]
            # half a pixel is how a browser rounds
            if width < TARGET_PX - 0.5 or height < TARGET_PX - 0.5
        ]
        return Measured(min(sizes), tuple(small), found["content"] - found["width"], self._weight())

    def faults(self) -> list[Any]:
        """What axe-core calls serious or critical."""
        if not self.run("return !!window.axe"):
            self.run(AXE.read_text("utf-8") + "\nwindow.axe = axe;")
        found = self.ask("POST", "execute/async", {"script": _AXE, "args": []})
        return [one for one in found if one[0] in ("serious", "critical")]

    def whole_picture(self, file: Path, *, most: int = 12_000, scale: float = 1) -> None:
        """The page from top to bottom, or as much of it as is asked for."""
        height = self.run("return document.documentElement.scrollHeight")
        width = self.run("return innerWidth")
        clip = {"x": 0, "y": 0, "width": width, "height": min(height, most), "scale": scale}
        got = self.command(
            "Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True
        )
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(got["data"]))

    def _weight(self) -> int:
        """Bytes of the page and of everything that it brings along, unpacked."""
        return int(
            self.run(
                "return performance.getEntriesByType('navigation')[0].decodedBodySize + "
                "performance.getEntriesByType('resource')"
                ".reduce((sum, one) => sum + one.decodedBodySize, 0)"
            )
        )


@contextmanager
def phone_in_hand(folder: Path) -> Iterator[Phone]:
    """A phone that reaches this machine and nothing else."""
    with driving() as driver:
        phone = Phone(driver, folder, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
        try:
            phone.hold()
            yield phone
        finally:
            phone.leave()
