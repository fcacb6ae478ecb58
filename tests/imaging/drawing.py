"""Pages drawn for the imaging tests: a directive of a made-up province, whole and damaged."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.image import Pixels

A4_INCHES = (8.27, 11.69)

TEXT = """\
TỈNH ỦY BÌNH SƠN ĐẢNG CỘNG SẢN VIỆT NAM
Bình Sơn, ngày 12 tháng 3 năm 2019
CHỈ THỊ
về tăng cường sự lãnh đạo của Đảng đối với công tác bảo vệ rừng
Thời gian qua, các cấp ủy, chính quyền trong tỉnh đã quan tâm lãnh đạo, chỉ đạo
công tác bảo vệ và phát triển rừng, đạt được nhiều kết quả quan trọng. Tuy nhiên,
ở một số địa phương, nhất là huyện Suối Vàng, tình trạng phá rừng, lấn chiếm đất
rừng vẫn còn diễn ra; trách nhiệm của người đứng đầu chưa được đề cao đúng mức.
Để khắc phục những hạn chế nêu trên, Ban Thường vụ Tỉnh ủy yêu cầu:
1. Các huyện ủy, đảng ủy trực thuộc tổ chức quán triệt sâu rộng trong cán bộ, đảng
viên và nhân dân về ý nghĩa của việc giữ rừng đầu nguồn; gắn kết quả thực hiện với
việc đánh giá, xếp loại tổ chức đảng và đảng viên hằng năm.
2. Đảng đoàn Hội đồng nhân dân tỉnh lãnh đạo việc giám sát các dự án có chuyển mục
đích sử dụng rừng, kiên quyết không để xảy ra khiếu kiện kéo dài.
3. Ban cán sự đảng Ủy ban nhân dân tỉnh chỉ đạo rà soát quy hoạch, bố trí kinh phí,
lực lượng và phương tiện cho công tác phòng cháy, chữa cháy rừng trong mùa khô.
4. Ban Tuyên giáo Tỉnh ủy hướng dẫn công tác tuyên truyền, kịp thời biểu dương những
tập thể, cá nhân có thành tích xuất sắc.
Chỉ thị này phổ biến đến chi bộ để thực hiện./."""

_FONTS = ("LiberationSerif-Regular.ttf", "times.ttf", "DejaVuSerif.ttf", "NotoSerif-Regular.ttf")
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")


@cache
def font_file() -> Path:
    """Return a serif font that has the letters of Vietnamese, or skip the test without one."""
    for name in _FONTS:
        for folder in _FOLDERS:
            for path in sorted(Path(folder).rglob(name)):
                face = ImageFont.truetype(path, 40)
                if bytes(face.getmask("ệ")) != bytes(face.getmask("\uffff")):
                    return path
    pytest.skip("no serif font with Vietnamese letters on this machine")


def font(size: float) -> ImageFont.FreeTypeFont:
    """Return :func:`font_file` at *size* pixels."""
    return ImageFont.truetype(font_file(), size)


@cache
def _draw(dpi: int, points: float, text: str) -> Pixels:
    width, height = (round(side * dpi) for side in A4_INCHES)
    image = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(image)
    face = font(points * dpi / 72)
    top = 0.8 * dpi
    for line in text.splitlines():
        pen.text((1.18 * dpi, top), line, font=face, fill=20)
        top += 1.45 * points * dpi / 72
    pixels: Pixels = np.array(image)
    pixels.flags.writeable = False
    return pixels


def draw(dpi: int = 200, points: float = 13, text: str = TEXT) -> Pixels:
    """Return a clean A4 page of *text*, one printed line a line, as grey pixels."""
    return _draw(dpi, points, text).copy()


def turn(pixels: Pixels, degrees: float) -> Pixels:
    """Return the page turned clockwise by *degrees* on white, same size."""
    height, width = pixels.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    turned = cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    return np.asarray(turned, np.uint8)


def shade(pixels: Pixels, darkest: float = 0.45) -> Pixels:
    """Return the page lit from the left: full light there, *darkest* of it at the right edge."""
    light = np.linspace(1.0, darkest, pixels.shape[1], dtype=np.float32)
    return (pixels * light).astype(np.uint8)


def speckle(pixels: Pixels, share: float = 0.01, seed: int = 1) -> Pixels:
    """Return the page in black and white with *share* of its pixels turned over."""
    bits = np.where(pixels < 128, 0, 255).astype(np.uint8)
    noise = np.random.default_rng(seed).random(bits.shape) < share
    bits[noise] = 255 - bits[noise]
    return bits


def seal(pixels: Pixels, middle: tuple[int, int], radius: int) -> Pixels:
    """Return the page in colour with a red round seal stamped over it; ink multiplies with ink."""
    layer = np.full((*pixels.shape, 3), 255, np.uint8)
    red = (215, 40, 50)
    cv2.circle(layer, middle, radius, red, max(3, radius // 15))
    cv2.circle(layer, middle, round(radius * 0.7), red, max(2, radius // 30))
    cv2.putText(layer, "BINH SON", (middle[0] - radius // 2, middle[1]), 0, radius / 120, red, 3)
    page = cv2.cvtColor(pixels, cv2.COLOR_GRAY2RGB)
    return np.asarray(cv2.multiply(page, layer, scale=1 / 255), np.uint8)


def name_stamp(page: Pixels, place: tuple[int, int], text: str, pixels: int) -> Pixels:
    """Return the page in colour with *text* stamped on it in red, *pixels* high."""
    image = Image.fromarray(page)
    ImageDraw.Draw(image).multiline_text(place, text, font=font(pixels), fill=(215, 40, 50))
    return np.array(image)


def framed_word(page: Pixels, place: tuple[int, int], word: str, size: tuple[int, int]) -> Pixels:
    """Return the page in colour with *word* stamped on it in red, in a frame of *size* pixels."""
    image = Image.fromarray(page)
    pen = ImageDraw.Draw(image)
    (left, top), (width, height) = place, size
    pen.rectangle((left, top, left + width, top + height), outline=(215, 40, 50), width=4)
    middle = left + width / 2, top + height / 2
    pen.text(middle, word, font=font(0.45 * height), fill=(215, 40, 50), anchor="mm")
    return np.array(image)
