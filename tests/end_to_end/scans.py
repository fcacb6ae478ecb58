"""Scans and damaged files of a made-up province, made for each test."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont

LINES = (
    "Kính gửi: Huyện ủy Suối Vàng",
    "Ban Thường vụ Tỉnh ủy Bình Sơn đề nghị Huyện ủy báo cáo",
    "kết quả công tác bảo vệ rừng trước ngày 15 tháng 6.",
    "Đề nghị Huyện ủy quan tâm chỉ đạo thực hiện.",
)

_FONTS = (
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
    "LiberationSerif-Regular.ttf",
    "times.ttf",
    "Times New Roman.ttf",
    "NotoSerif-Regular.ttf",
    "DejaVuSerif.ttf",
)


def page(width: int = 1240, height: int = 700, lines: tuple[str, ...] = LINES) -> Image.Image:
    """Return a printed page at 150 dpi."""
    image = Image.new("L", (width, height), 255)
    pen, face = ImageDraw.Draw(image), _font(30)
    for number, line in enumerate(lines):
        pen.text((110, 90 + 55 * number), line, font=face, fill=0)
    return image


def put_png(path: Path, width: int = 1240) -> Path:
    page(width).save(path, dpi=(150, 150))
    return path


def put_text(path: Path, lines: tuple[str, ...] = LINES) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def put_encrypted_pdf(path: Path) -> Path:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(user="kín", owner="kín"))
    return path


def put_truncated_tiff(path: Path) -> Path:
    page().save(path, dpi=(150, 150))
    path.write_bytes(path.read_bytes()[:5000])
    return path


def put_two_page_tiff(path: Path) -> Path:
    page().save(
        path, save_all=True, append_images=[page(lines=("Phụ lục kèm theo",))], dpi=(150, 150)
    )
    return path


def _font(size: int) -> ImageFont.FreeTypeFont:
    for name in _FONTS:
        try:
            font = ImageFont.truetype(name, size)
        except OSError:
            continue
        # A font without Vietnamese letters draws the same empty box for each of them.
        if bytes(font.getmask("ữ")) != bytes(font.getmask("ệ")):
            return font
    pytest.skip("no serif font with Vietnamese letters on this machine")
