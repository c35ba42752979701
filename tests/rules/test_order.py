"""What takes long begins first, whatever the order of the day is."""

from __future__ import annotations

import pytest

CONFTEST = 'pytest_plugins = ("tests.order",)\n'
SHORT = "def test_one(): pass\ndef test_other(): pass\n"
LONG = f"import pytest\npytestmark = pytest.mark.long\n{SHORT}"


@pytest.mark.parametrize("seed", range(3))
def test_long_modules_come_before_all_others(pytester: pytest.Pytester, seed: int) -> None:
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(test_a=SHORT, test_k=LONG, test_z=SHORT)
    told = pytester.runpytest_inprocess("--collect-only", "-q", f"--randomly-seed={seed}").outlines
    files = [line.partition("::")[0] for line in told if "::" in line]
    assert files[:2] == ["test_k.py", "test_k.py"]
    assert len(files) == 6
