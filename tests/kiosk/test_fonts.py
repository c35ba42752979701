"""A kiosk without its fonts does not begin: it would show empty boxes."""

from __future__ import annotations

import pytest

from kiosk import app
from kiosk.core.errors import ConfigError
from kiosk.ui import tokens


@pytest.mark.usefixtures("qapp")
def test_a_font_that_is_missing_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tokens.PACKAGES, "No Such Sans", "fonts-no-such")
    with pytest.raises(ConfigError, match="No Such Sans is missing: apt-get install fonts-no-such"):
        app.require_font()
