"""What somebody chose, in words."""

from __future__ import annotations

import pytest

from kiosk.core.choice_words import of_change
from kiosk.core.choices import VOLUMES, Choices, Contrast, Language, Speech, Speed, TextSize
from kiosk.core.value import replace

USUAL = Choices()


def words(now: Choices, before: Choices = USUAL) -> list[str]:
    return of_change(before, now, str)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (Choices(size=TextSize.LARGER), ["字的大小", "更大"]),
        (Choices(contrast=Contrast.DARK), ["颜色", "黑底白字"]),
        (Choices(steady=True), ["手抖模式开了"]),
        (Choices(hold=True), ["现在要按住一下才算"]),
        (Choices(low_reach=True), ["能按的都在下面了"]),
        (Choices(switches=True), ["现在用两个开关"]),
        (Choices(speech=Speech(speed=Speed.FAST)), ["快慢：第 5 档，共 7 档"]),
        (Choices(speech=Speech(volume=5)), ["声音：第 5 档，共 10 档"]),
    ],
)
def test_one_choice_is_said_in_its_own_words(now: Choices, said: list[str]) -> None:
    assert words(now) == said


def test_a_curtain_says_how_it_is_drawn_back() -> None:
    drawn = Choices(speech=Speech(on=True, curtain=True))
    [closed] = words(drawn)
    assert "碰一下屏幕就打开" in closed
    assert words(Choices(speech=Speech(on=True)), drawn) == ["屏幕打开了"]


def test_what_was_chosen_already_is_not_said() -> None:
    assert words(USUAL) == []
    assert words(Choices(language=Language.ENGLISH)) == []  # it says so by its own words


def test_every_alternative_can_be_told_from_every_other() -> None:
    other = Choices(size=TextSize.LARGE, contrast=Contrast.SOFT)
    sizes = [tuple(words(replace(USUAL, size=size), other)) for size in TextSize]
    looks = [tuple(words(replace(USUAL, contrast=look), other)) for look in Contrast]
    speeds = [words(Choices(speech=Speech(speed=speed))) for speed in Speed]
    volumes = [words(Choices(speech=Speech(volume=volume))) for volume in VOLUMES]
    for said in (sizes, looks, speeds, volumes):
        assert len({str(one) for one in said}) == len(said)


@pytest.mark.parametrize("field", ["steady", "hold", "low_reach", "switches"])
def test_what_is_switched_off_says_so_too(field: str) -> None:
    on = replace(USUAL, **{field: True})
    assert words(USUAL, on) != words(on)
    assert len(words(USUAL, on)) == 1
