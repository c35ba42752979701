"""Readers of QR codes that share no code with each other, nor with what drew the code.

Knows how each is asked and what it answers. Does not know where a picture comes from. zxing-cpp is
behind many scanning programs, ZBar behind those of Linux and of older phones, OpenCV behind
home-made ones. WeChat's own decoder, without its networks, is for the bench.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from pyzbar import pyzbar

Grey: TypeAlias = NDArray[np.uint8]
Reader: TypeAlias = Callable[[Grey], list[str]]


def zxing(picture: Grey) -> list[str]:
    """What zxing-cpp reads."""
    return [one.text for one in zxingcpp.read_barcodes(picture)]


def zbar(picture: Grey) -> list[str]:
    """What ZBar reads."""
    symbols = [pyzbar.ZBarSymbol.QRCODE]
    return [one.data.decode("utf-8", "replace") for one in pyzbar.decode(picture, symbols)]


def opencv(picture: Grey) -> list[str]:
    """What OpenCV's detector reads; it looks for one code and may not like what it found."""
    try:
        text, _corners, _straight = _opencv().detectAndDecode(picture)
    except cv2.error:  # it trips over some corners that it has found itself
        return []
    return [text] if text else []


def wechat(picture: Grey) -> list[str]:
    """What WeChat's decoder reads."""
    texts, _corners = _wechat().detectAndDecode(picture)
    return list(texts)


READERS: dict[str, Reader] = {"zxing": zxing, "zbar": zbar, "opencv": opencv}
"""Those that must read every code."""

ALL_READERS: dict[str, Reader] = {**READERS, "wechat": wechat}


def grey_of(image: QImage) -> Grey:
    """A picture as rows of grey."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return rows[:, : grey.width()].copy()  # the picture is gone when this returns


@cache
def _opencv() -> Any:
    return cv2.QRCodeDetector()


@cache
def _wechat() -> Any:
    return cv2.wechat_qrcode.WeChatQRCode()
