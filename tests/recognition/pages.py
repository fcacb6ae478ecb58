"""Pages drawn for the tests of recognition, with text of a made-up province.

``python -m tests.recognition.pages`` shows them to Tesseract and keeps what it says in ``data``.
"""

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.image import CleanPage, PageImage, Ruling
from pipeline.settings import RecognitionSettings

DATA = Path(__file__).parent / "data"
WIDTH, HEIGHT, DPI = 1654, 2339, 200
SIZE = 39  # 14 pt
PITCH = 56
FONTS = (
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
    "LiberationSerif-Regular.ttf",
    "times.ttf",
    "Times New Roman.ttf",
)

HEADER_LEFT = ("TỈNH ỦY BÌNH SƠN", "BAN TUYÊN GIÁO", "Số 10-KH/BTGTU")
HEADER_RIGHT = ("ĐẢNG CỘNG SẢN VIỆT NAM", "Bình Sơn, ngày 05 tháng 3 năm 2024")
TITLE = ("KẾ HOẠCH", "tuyên truyền kỷ niệm ngày thành lập tỉnh Bình Sơn")
BODY = (
    "Thực hiện chỉ đạo của Ban Thường vụ Tỉnh ủy, Ban Tuyên giáo Tỉnh ủy xây dựng",
    "kế hoạch tuyên truyền trong toàn tỉnh với các nội dung, hình thức và thời gian",
    "cụ thể như sau:",
)
LAST = (
    "Ban Tuyên giáo các huyện ủy báo cáo kết quả thực hiện về Tỉnh ủy trước ngày",
    "20 tháng 12 hằng năm để theo dõi và chỉ đạo.",
)
RECIPIENTS = (
    "Nơi nhận:",
    "- Thường trực Tỉnh ủy,",
    "- Huyện ủy Suối Vàng,",
    "- Các ban của Tỉnh ủy,",
    "- Lưu Văn phòng Tỉnh ủy.",
)
SIGNATURE = ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Trần Văn Suối")
ROWS = (
    (("TT",), ("Nội dung",), ("Đơn vị thực hiện",)),
    (("01",), ("Tuyên truyền miệng", "tại cơ sở"), ("Huyện ủy Suối Vàng",)),
    (("02",), ("Cổ động trực quan",), ("Sở Văn hóa", "và Thể thao")),
)
TABLE_Y = (420, 500, 640, 780)
TABLE_X = (150, 300, 880, 1500)


def _font(size: int) -> ImageFont.FreeTypeFont:
    for name in FONTS:
        try:
            font = ImageFont.truetype(name, size)
        except OSError:
            continue
        # The first Liberation fonts have no Vietnamese: they draw an empty box, like for U+FFFF.
        if bytes(font.getmask("ế")) != bytes(font.getmask("\uffff")):
            return font
    pytest.skip("no serif font with Vietnamese letters")


class Sheet:
    """A white page to write lines on."""

    def __init__(self) -> None:
        self.image = Image.new("L", (WIDTH, HEIGHT), 255)
        self.draw = ImageDraw.Draw(self.image)

    def centred(self, x: int, y: int, text: str, size: int = SIZE) -> None:
        self.draw.text((x, y), text, fill=0, font=_font(size), anchor="ms")

    def left(self, x: int, y: int, text: str, size: int = SIZE) -> None:
        self.draw.text((x, y), text, fill=0, font=_font(size), anchor="ls")

    def page(self, rulings: tuple[Ruling, ...] = ()) -> CleanPage:
        return CleanPage(PageImage(np.array(self.image), DPI), rulings)


def first_page() -> CleanPage:
    """A Party header in two columns, type and subject, and a paragraph."""
    sheet = Sheet()
    for row, text in enumerate(HEADER_LEFT):
        sheet.centred(430, 200 + row * PITCH, text)
    for row, text in enumerate(HEADER_RIGHT):
        sheet.centred(1180, 200 + row * 2 * PITCH, text)
    for row, text in enumerate(TITLE):
        sheet.centred(860, 480 + row * PITCH, text)
    for row, text in enumerate(BODY):
        sheet.left(240 if row == 0 else 170, 660 + row * PITCH, text)
    return sheet.page()


def last_page() -> CleanPage:
    """A page number, the end of the text, recipients beside the signature block."""
    sheet = Sheet()
    sheet.centred(WIDTH // 2, 110, "2")
    for row, text in enumerate(LAST):
        sheet.left(240 if row == 0 else 170, 200 + row * PITCH, text)
    for row, text in enumerate(RECIPIENTS):
        sheet.left(170, 400 + row * 46, text, 33)
    for y, text in zip((400, 456, 730), SIGNATURE, strict=True):
        sheet.centred(1200, y, text)
    return sheet.page()


def table_page() -> CleanPage:
    """A heading, a table whose lines imaging has taken out, and a paragraph."""
    sheet = Sheet()
    sheet.centred(825, 300, "PHÂN CÔNG THỰC HIỆN")
    for row, cells in enumerate(ROWS):
        for column, lines in enumerate(cells):
            for place, text in enumerate(lines):
                sheet.left(TABLE_X[column] + 20, TABLE_Y[row] + 55 + place * PITCH, text)
    for row, text in enumerate(LAST):
        sheet.left(240 if row == 0 else 170, 920 + row * PITCH, text)
    return sheet.page(table_rulings())


def table_rulings() -> tuple[Ruling, ...]:
    across = [Ruling(TABLE_X[0], y, TABLE_X[-1], y) for y in TABLE_Y]
    down = [Ruling(x, TABLE_Y[0], x, TABLE_Y[-1]) for x in TABLE_X]
    return (*across, *down)


PAGES = {"first_page": first_page, "last_page": last_page, "table_page": table_page}


def recorded(name: str) -> bytes:
    """What Tesseract 5.3 said about the page *name* when it was recorded."""
    return (DATA / f"{name}.hocr").read_bytes()


def _record() -> None:
    from pipeline import tesseract

    for name, draw in PAGES.items():
        said = tesseract.hocr(draw().image, 3, RecognitionSettings())
        said = re.sub(rb'image "[^"]*"', b'image ""', said)
        (DATA / f"{name}.hocr").write_bytes(said)


if __name__ == "__main__":
    _record()
