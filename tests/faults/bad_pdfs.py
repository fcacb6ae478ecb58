"""Bad PDFs: cut, locked, looping, swelling, and odd in what they hold."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any, Final

import pikepdf
from PIL import Image, ImageDraw

_READ_OR_DAMAGED = "READ DAMAGED_INPUT"
_LIMITS = "TIMED_OUT OUT_OF_MEMORY WORKER_DIED"


def picture(*words: str, size: tuple[int, int] = (600, 200)) -> Image.Image:
    """Return a small page with *words*, without a font of the machine."""
    image = Image.new("L", size, 255)
    pen = ImageDraw.Draw(image)
    for row, word in enumerate(words):
        pen.text((40, 30 + 40 * row), word, fill=0, font_size=28)
    return image


@cache
def sound(pages: int = 3) -> bytes:
    """Return a PDF of scans that is as it should be."""
    output = io.BytesIO()
    first, *others = [picture(f"Trang {number + 1}", "Cong van") for number in range(pages)]
    first.save(output, "PDF", save_all=True, append_images=others, resolution=100)
    return output.getvalue()


def cut(share: float) -> Callable[[], bytes]:
    """Return a maker of the first part of a PDF."""
    return lambda: sound()[: int(len(sound()) * share)]


def saved(**options: Any) -> Callable[[], bytes]:
    """Return a maker of a sound PDF saved otherwise."""

    def make() -> bytes:
        output = io.BytesIO()
        with pikepdf.open(io.BytesIO(sound())) as document:
            document.save(output, deterministic_id="encryption" not in options, **options)
        return output.getvalue()

    return make


def locked(revision: int) -> Callable[[], bytes]:
    """Return a maker of a PDF with a password; its bytes change with chance, its meaning not."""
    return saved(encryption=pikepdf.Encryption(user="mo", owner="chu", R=revision))


def raw(*objects: str | bytes, trailer: str = "/Root 1 0 R") -> Callable[[], bytes]:
    """Return a maker of a PDF of these objects, numbered from 1, without a table of them."""

    def make() -> bytes:
        parts = [b"%PDF-1.7\n"]
        for number, body in enumerate(objects, start=1):
            data = body.encode() if isinstance(body, str) else body
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, data))
        end = f"trailer\n<<{trailer}/Size {len(objects) + 1}>>\nstartxref\n0\n%%EOF\n"
        return b"".join([*parts, end.encode()])

    return make


def stream(data: bytes, entries: str = "") -> bytes:
    """Return the body of a stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries.encode(), len(data), data)


_CATALOGUE = "<</Type/Catalog/Pages 2 0 R>>"
_TREE = "<</Type/Pages/Count 1/Kids[3 0 R]>>"


def page(content: bytes, *more: str | bytes, resources: str = "", box: str = "0 0 400 150") -> Any:
    """Return a maker of a PDF of one page; its content is object 4, *more* begin with 5."""
    own = f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Resources<<{resources}>>/Contents 4 0 R>>"
    return raw(_CATALOGUE, _TREE, own, content, *more)


def image(entries: str, data: bytes, width: int = 600, height: int = 200) -> Callable[[], bytes]:
    """Return a maker of a page that is one picture."""
    head = f"/Type/XObject/Subtype/Image/Width {width}/Height {height}{entries}"
    drawn = stream(b"q 400 0 0 150 0 0 cm /I Do Q")
    return page(drawn, stream(data, head), resources="/XObject<</I 5 0 R>>")


def deflated(data: bytes, times: int = 1) -> bytes:
    """Return *data* packed, over and over."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


@cache
def _spaces(size: int) -> bytes:
    """Return many blanks, packed without having them all at once."""
    packer = zlib.compressobj(9)
    block = b" " * 2**20
    return b"".join([*(packer.compress(block) for _ in range(size // 2**20)), packer.flush()])


def _words(font: str, words: str = "Cong van 12") -> bytes:
    return stream(f"BT /{font} 20 Tf 40 80 Td ({words}) Tj ET".encode())


def _chain(length: int) -> Callable[[], bytes]:
    return raw(
        _CATALOGUE,
        _TREE,
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 150]/Contents 4 0 R>>",
        *(f"{number} 0 R" for number in range(5, length)),
        "4 0 R",
    )


def _deep_tree(depth: int) -> Callable[[], bytes]:
    inner = (f"<</Type/Pages/Count 1/Kids[{number} 0 R]>>" for number in range(3, depth))
    return raw(_CATALOGUE, *inner, f"<</Type/Page/Parent {depth - 1} 0 R/MediaBox[0 0 9 9]>>")


_GREY = "/ColorSpace/DeviceGray/BitsPerComponent 8"
_FORM = "/Type/XObject/Subtype/Form/BBox[0 0 400 150]/Resources<</XObject<</F 5 0 R>>>>"
_TYPE3 = (
    "<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 6 0 R>>"
    "/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[1]"
    "/Resources<</Font<</T 5 0 R>>>>>>"
)

ENTRIES: Final[dict[str | bytes, tuple[str, Callable[[], bytes]]]] = {
    # cut, and damaged in their frame
    "không byte nào.pdf": ("EMPTY_INPUT", lambda: b""),
    "một byte.pdf": ("UNSUPPORTED_INPUT", lambda: b"%"),
    "chỉ có đầu.pdf": ("DAMAGED_INPUT", lambda: b"%PDF-1.7\n"),
    "cụt 5%.pdf": ("DAMAGED_INPUT", cut(0.05)),
    "cụt 40%.pdf": (_READ_OR_DAMAGED, cut(0.4)),
    "cụt 70%.pdf": ("READ", cut(0.7)),
    "cụt 95%.pdf": ("READ", cut(0.95)),
    "cụt đuôi.pdf": ("READ", lambda: sound()[:-30]),
    "đuôi toàn số không.pdf": (
        _READ_OR_DAMAGED,
        lambda: sound()[: len(sound()) // 2] + bytes(len(sound()) // 2),
    ),
    "lỗ hổng giữa tệp.pdf": (
        _READ_OR_DAMAGED,
        lambda: sound()[:6000] + bytes(1000) + sound()[7000:],
    ),
    "rác ở đầu.pdf": ("READ", lambda: b"HTTP/1.1 200 OK\r\n\r\n" + sound()),
    "rác ở cuối.pdf": ("READ", lambda: sound() + bytes(5000)),
    "xref sai.pdf": ("READ", lambda: sound().replace(b"startxref\n", b"startxref\n9")),
    "xref vòng tròn.pdf": (
        _READ_OR_DAMAGED,
        lambda: sound().replace(b"trailer\n<<", b"trailer\n<<\n/Prev 40"),
    ),
    "xuống dòng kiểu khác.pdf": ("DAMAGED_INPUT", lambda: sound().replace(b"\n", b"\r\n")),
    "không có catalog.pdf": ("DAMAGED_INPUT", raw("<</Type/Font>>")),
    "không có trang.pdf": ("DAMAGED_INPUT", raw(_CATALOGUE, "<</Type/Pages/Count 0/Kids[]>>")),
    "gói đối tượng.pdf": (
        "READ",
        saved(object_stream_mode=pikepdf.ObjectStreamMode.generate),
    ),
    # locked
    "mật khẩu R4.pdf": ("ENCRYPTED_INPUT", locked(4)),
    "mật khẩu R6.pdf": ("ENCRYPTED_INPUT", locked(6)),
    "chỉ khóa sửa.pdf": ("READ", saved(encryption=pikepdf.Encryption(user="", owner="chu"))),
    "khóa lạ.pdf": (
        "READ DAMAGED_INPUT ENCRYPTED_INPUT",
        raw(
            _CATALOGUE,
            _TREE,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
            trailer="/Root 1 0 R/Encrypt<</Filter/La/V 9>>/ID[(a)(a)]",
        ),
    ),
    # trees and loops
    "trăm nghìn lần một trang.pdf": (
        _READ_OR_DAMAGED,
        raw(
            _CATALOGUE,
            f"<</Type/Pages/Count 100000/Kids[{'3 0 R ' * 100_000}]>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ),
    ),
    "cây trang vòng tròn.pdf": (
        _READ_OR_DAMAGED,
        raw(
            _CATALOGUE,
            "<</Type/Pages/Count 9/Kids[2 0 R 3 0 R 1 0 R]>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ),
    ),
    "cây trang nghìn tầng.pdf": (_READ_OR_DAMAGED, _deep_tree(1000)),
    "đếm sai.pdf": (
        _READ_OR_DAMAGED,
        raw(
            _CATALOGUE,
            "<</Type/Pages/Count 2147483647/Kids[3 0 R]>>",
            "<</Type/Page/MediaBox[0 0 9 9]>>",
        ),
    ),
    "đếm âm.pdf": (
        _READ_OR_DAMAGED,
        raw(_CATALOGUE, "<</Type/Pages/Count -5/Kids[3 0 R]>>", "<</Type/Page/MediaBox[0 0 9 9]>>"),
    ),
    "trăm nghìn đối tượng nối nhau.pdf": (_READ_OR_DAMAGED, _chain(100_000)),
    "mảng lồng nhau.pdf": (_READ_OR_DAMAGED, page(stream(b""), "[" * 100_000 + "]" * 100_000)),
    "từ điển lồng nhau.pdf": (_READ_OR_DAMAGED, page(stream(b""), "<</A" * 50_000 + ">>" * 50_000)),
    "chiều dài tự trỏ.pdf": (
        _READ_OR_DAMAGED,
        page(b"<</Length 4 0 R>>stream\nq Q\nendstream"),
    ),
    "bản vẽ tự chứa.pdf": (
        "READ",
        page(
            stream(b"/F Do"),
            stream(b"/F Do 0 0 90 90 re f", _FORM),
            resources="/XObject<</F 5 0 R>>",
        ),
    ),
    "phông tự chứa.pdf": (
        "READ",
        page(
            stream(b"BT /T 20 Tf (aa) Tj ET"),
            _TYPE3,
            stream(b"1 0 d0 BT /T 1 Tf (a) Tj ET"),
            resources="/Font<</T 5 0 R>>",
        ),
    ),
    # bombs
    "bom trong nội dung.pdf": (
        f"READ {_LIMITS}",
        page(stream(_spaces(2**29), "/Filter/FlateDecode")),
    ),
    "bom lồng nhau.pdf": (
        f"{_READ_OR_DAMAGED} {_LIMITS}",
        page(stream(zlib.compress(_spaces(2**29), 9), "/Filter[/FlateDecode/FlateDecode]")),
    ),
    "bom trong ảnh.pdf": (
        "OVERSIZED_INPUT",
        image(f"{_GREY}/Filter/FlateDecode", _spaces(2**29), 40_000, 40_000),
    ),
    "q mười triệu lần.pdf": (
        f"READ {_LIMITS}",
        page(stream(deflated(b"q " * 10_000_000), "/Filter/FlateDecode")),
    ),
    "trang khổng lồ.pdf": ("READ OVERSIZED_INPUT", page(stream(b""), box="0 0 99999 99999")),
    "trang vô cùng.pdf": (
        "READ OVERSIZED_INPUT DAMAGED_INPUT",
        page(stream(b""), box="0 0 1e30 1e30"),
    ),
    "trang không có bề rộng.pdf": (_READ_OR_DAMAGED, page(stream(b""), box="0 0 0 150")),
    "trang ngược.pdf": (_READ_OR_DAMAGED, page(stream(b""), box="400 150 0 0")),
    "khổ trang là chữ.pdf": (_READ_OR_DAMAGED, page(stream(b""), box="/a (b) null <</c 1>>")),
    "trang rất hẹp.pdf": (_READ_OR_DAMAGED, page(stream(b""), box="0 0 0.01 14000")),
    # pictures inside
    "jpeg rác.pdf": ("DAMAGED_INPUT", image(f"{_GREY}/Filter/DCTDecode", b"khong phai jpeg" * 9)),
    "jpeg2000 rác.pdf": (
        "DAMAGED_INPUT",
        image("/Filter/JPXDecode", b"\0\0\0\x0cjP  \r\n\x87\n" * 9),
    ),
    "jbig2 rác.pdf": (
        "DAMAGED_INPUT",
        image("/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode", bytes(range(200))),
    ),
    "jbig2 rỗng.pdf": (
        "DAMAGED_INPUT",
        image("/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode", b""),
    ),
    "fax rác.pdf": (
        "DAMAGED_INPUT",
        image(
            "/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode"
            "/DecodeParms<</K -1/Columns 600/Rows 200>>",
            bytes(at * 37 % 256 for at in range(900)),
        ),
    ),
    "ảnh thiếu hàng.pdf": (
        "DAMAGED_INPUT",
        image(f"{_GREY}/Filter/FlateDecode", deflated(bytes(60_000))),
    ),
    "ảnh nói dối kích thước.pdf": (
        "OVERSIZED_INPUT",
        image(_GREY, bytes(100), 1_000_000, 1_000_000),
    ),
    "ảnh cỡ âm.pdf": ("DAMAGED_INPUT", image(_GREY, bytes(100), -5, 2**31)),
    "bảng màu cụt.pdf": (
        _READ_OR_DAMAGED,
        image("/ColorSpace[/Indexed/DeviceRGB 255<00>]/BitsPerComponent 8", bytes(120_000)),
    ),
    "bộ lọc lạ.pdf": ("DAMAGED_INPUT", image(f"{_GREY}/Filter/LaHoac", bytes(100))),
    "trăm bộ lọc.pdf": (
        _READ_OR_DAMAGED,
        image(f"{_GREY}/Filter[{'/ASCIIHexDecode' * 100}]", b"00>" * 10),
    ),
    "ảnh không có trong tệp.pdf": (
        "DAMAGED_INPUT",
        page(stream(b"/I Do"), resources="/XObject<</I 99 0 R>>"),
    ),
    "nội dung không có trong tệp.pdf": (_READ_OR_DAMAGED, page(b"null")),
    # fonts, forms and the like
    "phông không nhúng.pdf": (
        "READ",
        page(
            _words("F"),
            "<</Type/Font/Subtype/TrueType/BaseFont/VNTimesKhongCo>>",
            resources="/Font<</F 5 0 R>>",
        ),
    ),
    "phông hỏng.pdf": (
        "READ",
        page(
            _words("F"),
            "<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Hong/FontDescriptor 6 0 R>>",
            "<</Type/FontDescriptor/FontName/ABCDEF+Hong/Flags 4/FontFile2 7 0 R>>",
            stream(b"\0\1\0\0khong phai phong" * 5),
            resources="/Font<</F 5 0 R>>",
        ),
    ),
    "không có phông.pdf": ("READ", page(_words("KhongCo"))),
    "toán tử lạ.pdf": ("READ", page(stream(b"1 2 3 4 5 BLAH ]] >> (chua dong"))),
    "xfa.pdf": (
        "READ",
        raw(
            "<</Type/Catalog/Pages 2 0 R/NeedsRendering true"
            "/AcroForm<</XFA[(template)5 0 R]/Fields[]>>>>",
            _TREE,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 150]/Resources<<>>/Contents 4 0 R>>",
            stream(b""),
            stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><template/></xdp:xdp>"),
        ),
    ),
    "hành động.pdf": (
        "READ",
        raw(
            "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(/bin/sh)>>>>",
            _TREE,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 150]"
            "/AA<</O<</S/JavaScript/JS(while\\(1\\);)>>>>>>",
        ),
    ),
    "ghi chú hỏng.pdf": (
        "READ",
        raw(
            _CATALOGUE,
            _TREE,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 150]/Annots[null 9 0 R 5(a)"
            "<</Subtype/Widget/Rect[0 0 1e9 -1e9]/AP<</N 3 0 R>>>>]>>",
        ),
    ),
    "xoay lạ.pdf": (
        "READ",
        raw(_CATALOGUE, _TREE, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 150]/Rotate 37>>"),
    ),
}
