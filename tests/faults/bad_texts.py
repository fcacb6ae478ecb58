"""Bad texts, files of other kinds under wrong names, and names that invite mischief."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Callable
from typing import Final

LINE: Final = "Tỉnh ủy Bình Sơn yêu cầu Huyện ủy Suối Vàng báo cáo trước ngày 15 tháng 6.\n"


def text(*parts: str | bytes) -> Callable[[], bytes]:
    """Return a maker of *parts*, texts in UTF-8."""
    return lambda: b"".join(part.encode() if isinstance(part, str) else part for part in parts)


def numbered(number: int) -> Callable[[], bytes]:
    """Return a maker of a good text of its own."""
    return text(f"Công văn số {number}-CV/TU\n", LINE)


def _zip(*names: str) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "<a/>")
    return output.getvalue()


def _nested_zip() -> bytes:
    data = b"0" * 1000
    for _ in range(20):
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo("trong.zip"), data)
        data = output.getvalue()
    return data


def _deep() -> bytes:
    markers = ("Phần I", "Chương I", "Mục 1", "Điều 1.", "I.", "1.", "1.1.", "a)", "-", "+", "*")
    lines = [f"{markers[at % len(markers)]} Nội dung {at}" for at in range(120)]
    lines += [f"{'1.' * depth} Nội dung" for depth in range(1, 40)]
    return "\n".join(lines).encode()


def _cp1258(words: str) -> bytes:
    # The code page has letters with a breve, horn or circumflex; tones are marks after them.
    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    coded = []
    for letter in words:
        marks = [mark for mark in unicodedata.normalize("NFD", letter) if mark in tones]
        rest = "".join(m for m in unicodedata.normalize("NFD", letter) if m not in tones)
        coded.append(unicodedata.normalize("NFC", rest) + "".join(marks))
    return "".join(coded).encode("cp1258")


_SUPPORTED = "UNSUPPORTED_INPUT"
_TCVN3 = bytes.fromhex("54d8 6e68 20f1 7920 42d7 6e68 2053 acb6 6e0a".replace(" ", "")) * 4

ENTRIES: Final[dict[str | bytes, tuple[str, Callable[[], bytes]]]] = {
    # texts
    "rỗng.txt": ("EMPTY_INPUT", text()),
    "chỉ có khoảng trắng.txt": ("EMPTY_INPUT", text(" \n\t\n\f\n\u00a0\n")),
    "chỉ có BOM.txt": ("EMPTY_INPUT", text(b"\xef\xbb\xbf")),
    "BOM và chữ.txt": ("READ", text(b"\xef\xbb\xbf", LINE)),
    "utf-16-le.txt": ("READ", lambda: b"\xff\xfe" + LINE.encode("utf-16-le")),
    "utf-16-be.txt": ("READ", lambda: b"\xfe\xff" + LINE.encode("utf-16-be")),
    "utf-16 lẻ một byte.txt": (
        "DAMAGED_INPUT",
        lambda: b"\xff\xfe" + LINE.encode("utf-16-le")[:-1],
    ),
    "utf-16 không BOM.txt": (_SUPPORTED, lambda: LINE.encode("utf-16-le")),
    "utf-32.txt": (_SUPPORTED, lambda: LINE.encode("utf-32")),
    "cp1258.txt": ("READ", lambda: _cp1258(LINE * 3)),
    "tcvn3.txt": (f"READ {_SUPPORTED}", lambda: _TCVN3),
    "vni.txt": (f"READ {_SUPPORTED}", lambda: "Tænh uûy Bình Sôn yeâu caàu\n".encode("cp1252") * 4),
    "shift-jis.txt": (f"READ {_SUPPORTED}", lambda: "総務省告示第一号\n".encode("shift-jis") * 9),
    "surrogate lẻ.txt": (f"READ {_SUPPORTED}", text(LINE, b"\xed\xa0\x80 \xed\xbf\xbf\n", LINE)),
    "utf-8 bị cắt.txt": (f"READ {_SUPPORTED}", text(LINE.encode()[:2] * 3)),
    "một ký tự điều khiển.txt": ("READ", text("Tỉnh ủy \x07", LINE)),
    "nhiều ký tự điều khiển.txt": (_SUPPORTED, text("\x01\x02\x03\x04\x05\x06\x0e\x0f" * 50)),
    "điều khiển ở xa.txt": ("READ", text(LINE * 60, "\x01\x02\x1b[31m\x08\x7f\x9b", LINE)),
    "byte không.txt": (_SUPPORTED, text(LINE, "\0", LINE)),
    "byte không ở xa.txt": (_SUPPORTED, text(LINE * 60, "\0", LINE)),
    "không phải ký tự.txt": ("READ", text("\ufffe\uffff\U0001ffff\ufdd0 ", LINE)),
    "từ phải sang trái.txt": ("READ", text("\u202eتقرير\u202c ", LINE)),
    "dấu chồng.txt": ("READ", text("a" + "\u0301\u0323" * 3000, " ", LINE)),
    "một từ rất dài.txt": ("READ TIMED_OUT", text("ă" * 300_000)),
    "mười MB một dòng.txt": ("READ TIMED_OUT", lambda: (LINE.strip() + " ").encode() * 115_000),
    "mười MB không dấu cách.txt": ("READ TIMED_OUT", lambda: b"0123456789abcdef" * 655_360),
    "trăm nghìn dòng trống.txt": ("READ", text(LINE, "\n" * 100_000, LINE)),
    "nhiều trang trống.txt": ("READ", text(LINE, "\f" * 150, LINE)),
    "ba mươi cấp.txt": ("READ", _deep),
    "toàn dấu câu.txt": ("READ", text(".,;:!?-–—…“”()[]{}<>/\\|*+=~^$#@%&\n" * 30)),
    "công thức và thẻ.txt": (
        "READ",
        text("=cmd|' /C calc'!A0\n<script>alert(1)</script>&lt;\n", LINE),
    ),
    # other kinds of files
    "zip.pdf": (_SUPPORTED, lambda: _zip("a.txt")),
    "docx.txt": (_SUPPORTED, lambda: _zip("[Content_Types].xml", "word/document.xml")),
    "zip lồng nhau.tif": (_SUPPORTED, _nested_zip),
    "zip hỏng.png": (_SUPPORTED, lambda: _zip("a.txt")[:40]),
    "trang báo lỗi.pdf": (_SUPPORTED, text("<!DOCTYPE html><html><body>404</body></html>")),
    "html.txt": (_SUPPORTED, text("<html><body>", LINE, "</body></html>")),
    "xml.jpg": (_SUPPORTED, text("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")),
    "rtf.txt": (_SUPPORTED, text("{\\rtf1\\ansi Tinh uy}")),
    "doc 97.txt": (_SUPPORTED, text(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(600))),
    "chương trình.jpg": (_SUPPORTED, text(b"\x7fELF\x02\x01\x01", bytes(200))),
    "heic.jpg": (_SUPPORTED, text(b"\0\0\0\x18ftypheic", bytes(100))),
    "djvu.pdf": (_SUPPORTED, text(b"AT&TFORM\0\0\1\0DJVMDIRM", bytes(100))),
    "văn bản.pdf": (_SUPPORTED, text("Không phải PDF.\n", LINE)),
    "văn bản.png": (_SUPPORTED, text("Không phải PNG.\n", LINE)),
    "ngẫu nhiên.bmp": (_SUPPORTED, lambda: bytes((at * 167 + at // 7) % 256 for at in range(5000))),
    # names
    "hai\ndòng\tvà\x1b[31m màu.txt": ("READ", numbered(1)),
    unicodedata.normalize("NFD", "tổ hợp rời ế ữ.txt"): ("READ", numbered(2)),
    unicodedata.normalize("NFC", "tổ hợp rời ế ữ.txt"): ("READ", numbered(3)),
    "d" * 251 + ".txt": ("READ", numbered(4)),
    "ữ" * 83 + "ab.txt": ("READ", numbered(5)),
    "%2e%2e%2f..%2fetc%2fpasswd.txt": ("READ", numbered(6)),
    "a\\..\\..\\windows\\hệ thống.txt": ("READ", numbered(7)),
    "-rf.txt": ("READ", numbered(8)),
    "--out=xa.txt": ("READ", numbered(9)),
    "CON.txt": ("READ", numbered(10)),
    "nul.txt": ("READ", numbered(11)),
    "chấm cuối..txt": ("READ", numbered(12)),
    "trống cuối .txt": ("READ", numbered(13)),
    " trống đầu.txt": ("READ", numbered(14)),
    "…txt.txt": ("READ", numbered(15)),
    "HOA.txt": ("READ", numbered(16)),
    "hoa.txt": ("READ", numbered(17)),
    "$(touch xấu);`id`&'\"|*?.txt": ("READ", numbered(18)),
    "%s%n{0}{subject}[b].txt": ("READ", numbered(19)),
    "đảo \u202etxt.exe.txt": ("READ", numbered(20)),
    b"\xff\xfe kh\xf4ng ph\x82i unicode.txt": ("READ", numbered(21)),
    "report.txt": ("READ", numbered(22)),
    "🗂️.txt": ("READ", numbered(23)),
}
