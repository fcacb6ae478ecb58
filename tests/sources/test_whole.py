"""Damage inside pictures, which decoders paint over without a word, is a failure with a name."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageOps

from pipeline.errors import DamagedInputError, OversizedInputError
from pipeline.settings import SourceSettings
from pipeline.sources import draw_page, read_page
from pipeline.sources.whole import fax_is_whole, jpeg_is_whole
from tests.imaging import drawing

SETTINGS = SourceSettings(dpi=100)
PAGE = Image.fromarray(drawing.draw(100))

AS_IT_IS = pikepdf.StreamDecodeLevel.none

Harm = Callable[[bytes], bytes]


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def zeroed(data: bytes) -> bytes:
    """Lose a sector of the disk."""
    middle = len(data) // 2
    return data[:middle] + bytes(512) + data[middle + 512 :]


def shorter(data: bytes) -> bytes:
    """Lose a packet of the network."""
    middle = len(data) // 2
    return data[:middle] + data[middle + 300 :]


HARMS = [cut, zeroed, shorter]


def coded(form: str, image: Image.Image = PAGE, **options: object) -> bytes:
    output = io.BytesIO()
    image.save(output, form, **options)
    return output.getvalue()


def fax(image: Image.Image) -> bytes:
    written = coded("TIFF", image, compression="group4", tiffinfo={278: image.height})
    with Image.open(io.BytesIO(written)) as tiff:
        (start,), (length,) = tiff.tag_v2[273], tiff.tag_v2[279]  # type: ignore[attr-defined]
    return written[start : start + length]


def segment(number: int, kind: int, data: bytes) -> bytes:
    return struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data


def jbig2(image: Image.Image) -> bytes:
    """Return a page with one region, which is coded as a fax is."""
    size = struct.pack(">II", *image.size)
    page = segment(0, 48, size + struct.pack(">IIBH", 0, 0, 0, 0))
    region = (
        size
        + struct.pack(">IIBB", 0, 0, 0, 1)
        + fax(ImageOps.invert(image.convert("L")).convert("1"))
    )
    return page + segment(1, 38, region)


PICTURES: dict[str, tuple[bytes, dict[str, object]]] = {
    "jpeg": (coded("JPEG"), {"Filter": "/DCTDecode"}),
    "flate": (zlib.compress(PAGE.tobytes()), {"Filter": "/FlateDecode"}),
    "fax": (
        fax(PAGE.convert("1")),
        {
            "Filter": "/CCITTFaxDecode",
            "BitsPerComponent": 1,
            "DecodeParms": {"/K": -1, "/Columns": PAGE.width, "/BlackIs1": False},
        },
    ),
    "jbig2": (jbig2(PAGE.convert("1")), {"Filter": "/JBIG2Decode", "BitsPerComponent": 1}),
    "jpeg2000": (coded("JPEG2000"), {"Filter": "/JPXDecode"}),
    "none": (PAGE.tobytes(), {}),
}


def pdf(path: Path, kind: str, harm: Harm = bytes, nested: bool = False) -> Path:
    """Write a page that is one picture of a *kind*, if *nested* inside a drawing of its own."""
    data, extra = PICTURES[kind]
    with pikepdf.new() as document:
        picture = pikepdf.Stream(document, harm(data))
        entries = {"Width": PAGE.width, "Height": PAGE.height, "BitsPerComponent": 8, **extra}
        for key, value in entries.items():
            made = {str: pikepdf.Name, dict: pikepdf.Dictionary}.get(type(value), int)
            picture[f"/{key}"] = made(value)
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.ColorSpace = pikepdf.Name.DeviceGray
        resources = pikepdf.Dictionary({"/XObject": {"/Im1": picture}})
        content = b"q 600 0 0 800 0 0 cm /Im#31 Do Q"
        if nested:
            form = pikepdf.Stream(document, content)
            form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            form.BBox, form.Resources = [0, 0, 600, 800], resources
            resources, content = pikepdf.Dictionary({"/XObject": {"/F": form}}), b"/F Do"
        document.add_blank_page(page_size=(600, 800))
        page = document.pages[0]
        page.Contents, page.Resources = pikepdf.Stream(document, content), resources
        document.save(path, compress_streams=False, stream_decode_level=AS_IT_IS)
    return path


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize("kind", PICTURES)
def test_a_whole_picture_in_a_pdf_is_drawn(kind: str, nested: bool, tmp_path: Path) -> None:
    image = read_page(pdf(tmp_path / "a.pdf", kind, nested=nested), 0, SETTINGS)
    assert image.pixels.std() > 5  # type: ignore[union-attr]


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("kind", ["jpeg", "flate", "fax"])
def test_a_damaged_picture_in_a_pdf_is_told_with_its_page(
    kind: str, harm: Harm, tmp_path: Path
) -> None:
    path = pdf(tmp_path / "a.pdf", kind, harm)
    with pytest.raises(DamagedInputError) as caught:
        read_page(path, 0, SETTINGS)
    assert caught.value.detail.startswith("1")
    assert draw_page(path, 0, SETTINGS).width > 800  # as far as it goes, where the text is known


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_in_a_pdf_that_breaks_off_is_damaged(kind: str, tmp_path: Path) -> None:
    with pytest.raises(DamagedInputError):
        read_page(pdf(tmp_path / "a.pdf", kind, cut, nested=True), 0, SETTINGS)


def test_a_picture_that_is_named_and_not_there_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(200, 200))
        page.Contents = pikepdf.Stream(document, b"/Im0 Do")
        page.Resources = pikepdf.Dictionary({"/XObject": {}})
        document.save(path)
    with pytest.raises(DamagedInputError):
        read_page(path, 0, SETTINGS)


@pytest.mark.parametrize("harm", HARMS)
def test_damaged_drawing_instructions_are_no_white_paper(harm: Harm, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    chance = np.random.default_rng(1)
    lines = b"".join(b"0 0 m %d %d l S " % tuple(chance.integers(0, 200, 2)) for _ in range(2000))
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(200, 200))
        page.Contents = pikepdf.Stream(document, harm(zlib.compress(lines)))
        page.Contents.Filter = pikepdf.Name.FlateDecode
        document.save(path, stream_decode_level=AS_IT_IS)
    with pytest.raises(DamagedInputError):
        read_page(path, 0, SETTINGS)


TIFFS: list[dict[str, object]] = [
    {"compression": "group4"},
    {"compression": "group4", "tiffinfo": {278: 100}},
    {"compression": "tiff_adobe_deflate"},
    {"compression": "jpeg"},
]


@pytest.mark.parametrize("options", TIFFS)
@pytest.mark.parametrize("harm", [bytes, zeroed])
def test_strips_of_a_tiff_are_looked_into(
    options: dict[str, object], harm: Harm, tmp_path: Path
) -> None:
    image = PAGE.convert("1") if options["compression"] == "group4" else PAGE
    path = tmp_path / "a.tif"
    path.write_bytes(harm(coded("TIFF", image, **options)))
    if harm is bytes:
        assert read_page(path, 0, SETTINGS).width == PAGE.width
    else:
        with pytest.raises(DamagedInputError):
            read_page(path, 0, SETTINGS)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_picture_file_is_told(form: str, harm: Harm, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(harm(coded(form)))
    with pytest.raises(DamagedInputError):
        read_page(path, 0, SETTINGS)


def test_a_jpeg_that_went_through_a_text_mode_is_damaged() -> None:
    assert not jpeg_is_whole(coded("JPEG").replace(b"\n", b"\r\n"))


def test_a_picture_beyond_the_ceiling_is_told_as_too_large(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", "none")
    with pytest.raises(OversizedInputError, match=f"{PAGE.width} x"):
        read_page(path, 0, SourceSettings(dpi=10, max_pixels=PAGE.width * PAGE.height - 1))


def test_what_harms_nobody_is_no_damage() -> None:
    whole = coded("JPEG")
    assert jpeg_is_whole(whole[:-2])  # no end mark
    assert jpeg_is_whole(whole + bytes(100))
    assert jpeg_is_whole(whole[:-2] + b"\0\0" + whole[-2:])
    assert jpeg_is_whole(whole[:20] + b"\0\0" + whole[20:])  # between two segments
    assert jpeg_is_whole(coded("JPEG", PAGE.convert("RGB"), progressive=True))
    assert jpeg_is_whole(coded("JPEG", PAGE.convert("RGB").convert("CMYK")))
    image = PAGE.convert("1")
    assert fax_is_whole(fax(image)[:-3], *image.size)  # no end mark
    assert fax_is_whole(fax(image) + b"\r\n", *image.size)


def test_nothing_is_said_by_libraries(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(zeroed(coded("TIFF", PAGE.convert("1"), compression="group4")))
    with pytest.raises(DamagedInputError):
        read_page(path, 0, SETTINGS)
    assert capfd.readouterr() == ("", "")
