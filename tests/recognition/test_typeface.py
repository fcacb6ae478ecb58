"""Bold and italic are seen in the picture, line by line and word by word."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.image import CleanPage, PageImage
from pipeline.model import Line
from pipeline.recognition import recognise
from pipeline.settings import RecognitionSettings
from pipeline.training.rendering import serif_font

LINES = (
    ("Regular", "Các cấp ủy tổ chức quán triệt sâu rộng trong cán bộ, đảng viên"),
    ("Bold", "Điều 1. Phạm vi, đối tượng phục vụ của thư viện lưu động"),
    ("Regular", "và nhân dân về ý nghĩa của việc giữ rừng đầu nguồn"),
    ("Italic", "Căn cứ Luật Tổ chức chính quyền địa phương và các quy định về"),
    ("Regular", "mỗi xã được phục vụ ít nhất hai lượt trong một tháng"),
)


@pytest.fixture(scope="module")
def lines() -> tuple[Line, ...]:
    image = Image.new("L", (1654, 700), 255)
    pen = ImageDraw.Draw(image)
    for row, (style, text) in enumerate(LINES):
        face = ImageFont.truetype(str(serif_font(style)), 39)
        pen.text((150, 80 + 90 * row), text, fill=0, font=face)
    page = CleanPage(PageImage(np.array(image), 200), x_height=18)
    return recognise(page, RecognitionSettings(choices=False))


@pytest.mark.tesseract
def test_each_line_has_the_face_it_is_printed_in(lines: tuple[Line, ...]) -> None:
    for (style, _), line in zip(LINES, lines, strict=True):
        assert {word.bold for word in line.words} == {style == "Bold"}
        assert {word.italic for word in line.words} == {style == "Italic"}


@pytest.mark.tesseract
def test_columns_that_share_a_line_have_faces_of_their_own() -> None:
    image = Image.new("L", (1654, 300), 255)
    pen = ImageDraw.Draw(image)
    for left, style, text in (
        (150, "Regular", "Số 05-CT/TU"),
        (800, "Italic", "Bình Sơn, ngày 14 tháng 01 năm 2022"),
    ):
        face = ImageFont.truetype(str(serif_font(style)), 39)
        pen.text((left, 80), text, fill=0, font=face)
    page = CleanPage(PageImage(np.array(image), 200), x_height=18)
    words = [word for line in recognise(page, RecognitionSettings()) for word in line.words]
    assert [word.italic for word in words] == [word.box.left > 700 for word in words]


@pytest.mark.tesseract
def test_a_page_without_letters_is_borne() -> None:
    dots = np.full((400, 300), 255, np.uint8)
    dots[100:103, 50:250:9] = 0
    recognise(CleanPage(PageImage(dots, 200)), RecognitionSettings())
