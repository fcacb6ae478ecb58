"""Files to pages: kinds told by their bytes, every bad input named, pages read one at a time."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageOps

from pipeline.errors import (
    DamagedInputError,
    EmptyInputError,
    EncryptedInputError,
    MissingInputError,
    OversizedInputError,
    UnreadableInputError,
    UnsupportedInputError,
)
from pipeline.image import PageImage
from pipeline.settings import SourceSettings
from pipeline.sources import Probe, SourceKind, probe, read_page

SETTINGS = SourceSettings()


def picture(width: int = 200, height: int = 300, seed: int = 0) -> Image.Image:
    """Return a picture that does not compress, so that cutting the file cuts pixels."""
    noise = np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)
    return Image.fromarray(noise)


def image_of(path: Path, index: int = 0, settings: SourceSettings = SETTINGS) -> PageImage:
    page = read_page(path, index, settings)
    assert isinstance(page, PageImage)
    return page


def probe_and_read(path: Path) -> None:
    probe(path, SETTINGS)
    read_page(path, 0, SETTINGS)


def write_tiff(path: Path, pages: int = 3) -> Path:
    first, *others = [picture(seed=seed) for seed in range(pages)]
    first.save(path, save_all=True, append_images=others, dpi=(300, 300))
    return path


def write_pdf(path: Path, pages: int = 2, **options: Any) -> Path:
    first, *others = [picture(seed=seed) for seed in range(pages)]
    first.save(path, "PDF", save_all=True, append_images=others, resolution=100)
    if options:
        with pikepdf.open(path, allow_overwriting_input=True) as document:
            document.save(path, **options)
    return path


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("PNG", SourceKind.PNG),
        ("JPEG", SourceKind.JPEG),
        ("BMP", SourceKind.BMP),
        ("WEBP", SourceKind.WEBP),
        ("TIFF", SourceKind.TIFF),
        ("PDF", SourceKind.PDF),
    ],
)
def test_bytes_decide_the_kind_whatever_the_name_says(
    tmp_path: Path, form: str, kind: SourceKind
) -> None:
    path = tmp_path / "công văn 12.txt"
    picture().save(path, form)
    assert probe(path, SETTINGS) == Probe(kind, 1)
    assert image_of(path).pixels.dtype == np.uint8


def test_own_json_is_a_kind_that_the_caller_reads(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"schema":1,"document":{}}', encoding="utf-8")
    assert probe(path, SETTINGS).kind is SourceKind.JSON
    with pytest.raises(ValueError, match="from_json"):
        read_page(path, 0, SETTINGS)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingInputError):
        probe(tmp_path / "không có.pdf", SETTINGS)


def test_file_without_bytes_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.touch()
    with pytest.raises(EmptyInputError):
        probe(path, SETTINGS)


def test_file_that_may_not_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Chỉ thị", encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # an administrator's tests may read everything
    with pytest.raises(UnreadableInputError):
        probe(path, SETTINGS)


@pytest.mark.parametrize(
    ("name", "data", "seen"),
    [
        ("a.pdf", "Số 12-CT/TU".encode(), "plain text"),
        ("a.tif", b"just words", "plain text"),
        ("a.txt", b"PK\x03\x04....", "DOCX"),
        ("a.pdf", b"<!DOCTYPE html><html>", "HTML"),
        ("a.pdf", b"GIF89a.......", "GIF"),
        ("a.png", bytes(range(256)), "binary"),
        ("a.txt", "Số".encode("utf-16-le") + b"\0\0", "binary"),
    ],
)
def test_unsupported_bytes_are_refused_by_what_they_look_like(
    tmp_path: Path, name: str, data: bytes, seen: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnsupportedInputError) as caught:
        probe(path, SETTINGS)
    assert seen in caught.value.detail


def test_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedInputError):
        probe(tmp_path, SETTINGS)


# Raster files


def test_each_page_of_a_tiff_is_read_with_its_resolution(tmp_path: Path) -> None:
    path = write_tiff(tmp_path / "a.tif")
    assert probe(path, SETTINGS).pages == 3
    for index in range(3):
        page = image_of(path, index)
        assert np.array_equal(page.pixels, np.asarray(picture(seed=index)))
        assert page.dpi == 300


@pytest.mark.parametrize("share", [0.5, 0.8, 0.99])
@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "group4"])
def test_pages_before_the_cut_of_a_truncated_tiff_are_read(
    tmp_path: Path, share: float, compression: str
) -> None:
    path = tmp_path / "a.tif"
    images = [picture(seed=seed) for seed in range(3)]
    if compression == "group4":
        images = [image.convert("1") for image in images]
    images[0].save(path, save_all=True, append_images=images[1:], compression=compression)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    pages = probe(path, SETTINGS).pages
    assert pages >= 2
    assert np.asarray(images[0].convert("L")).mean() == image_of(path, 0).pixels.mean()
    with pytest.raises(DamagedInputError):
        read_page(path, pages - 1, SETTINGS)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "WEBP"])
@pytest.mark.parametrize("share", [0.1, 0.6])
def test_cut_pictures_are_damaged(tmp_path: Path, form: str, share: float) -> None:
    path = tmp_path / "a"
    picture().save(path, form)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(DamagedInputError):
        probe_and_read(path)


def test_page_above_the_ceiling_is_refused_before_decoding(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    picture().save(path)
    with pytest.raises(OversizedInputError):
        read_page(path, 0, SourceSettings(max_pixels=59_999))
    assert image_of(path, settings=SourceSettings(max_pixels=60_000)).height == 300


def grey_wedge() -> np.ndarray:
    return np.tile(np.arange(256, dtype=np.uint8), (20, 1))


def test_every_kind_of_pixel_becomes_grey_or_rgb_bytes(tmp_path: Path) -> None:
    wedge = grey_wedge()
    deep = Image.fromarray(wedge.astype(np.uint16) * 257)
    colour = Image.merge("RGB", [Image.fromarray(band) for band in (wedge, wedge[:, ::-1], wedge)])
    for number, (image, expected, tolerance) in enumerate(
        [
            (Image.fromarray(wedge > 127), (wedge > 127) * 255, 0),
            (deep, wedge, 1),
            (colour, np.asarray(colour), 0),
            (colour.quantize(256), np.asarray(colour), 12),
            (colour.convert("CMYK"), np.asarray(colour), 2),
            (Image.merge("RGB", [Image.fromarray(wedge)] * 3), wedge, 0),
        ]
    ):
        path = tmp_path / f"{number}.tif"
        image.save(path)
        pixels = image_of(path).pixels
        assert pixels.dtype == np.uint8
        assert pixels.shape == np.shape(expected)
        assert np.abs(pixels.astype(int) - expected).max() <= tolerance


def test_transparent_paper_is_white(tmp_path: Path) -> None:
    layer = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    layer.paste((0, 0, 0, 255), (5, 5, 10, 10))
    layer.save(tmp_path / "a.png")
    pixels = image_of(tmp_path / "a.png").pixels
    assert pixels[0, 0] == 255
    assert pixels[7, 7] == 0


def test_exif_orientation_is_applied(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter clockwise
    picture(200, 300).save(tmp_path / "a.jpg", exif=exif)
    page = image_of(tmp_path / "a.jpg")
    assert (page.width, page.height) == (300, 200)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(
    ("compression", "mode"),
    [
        ("group4", "1"),
        *product(["raw", "tiff_lzw", "tiff_adobe_deflate"], ["1", "L", "RGB"]),
    ],
)
def test_every_page_of_a_tiff_is_turned_as_it_was_held(
    tmp_path: Path, orientation: int, compression: str, mode: str
) -> None:
    path = tmp_path / "a.tif"
    colours = np.random.default_rng(orientation).integers(0, 256, (60, 90, 3), np.uint8)
    held = [Image.fromarray(pixels).convert(mode) for pixels in (colours, colours[5:45, :50])]
    held[0].save(
        path,
        save_all=True,
        append_images=held[1:],
        compression=compression,
        tiffinfo={274: orientation},
    )
    for index, image in enumerate(held):
        image.getexif()[274] = orientation
        upright = ImageOps.exif_transpose(image).convert("RGB" if mode == "RGB" else "L")
        assert np.array_equal(image_of(path, index).pixels, np.asarray(upright))


def test_resolution_of_a_page_scanned_sideways_turns_with_it(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    for name in ("a.tif", "a.jpg"):
        picture(98, 204).save(tmp_path / name, dpi=(98, 204), exif=exif, compression="tiff_lzw")
        page = image_of(tmp_path / name)
        assert (page.width, page.height, page.dpi) == (204, 204, 204)


def test_fax_pixels_become_square(tmp_path: Path) -> None:
    picture(204, 98).save(tmp_path / "a.tif", dpi=(204, 98))
    page = image_of(tmp_path / "a.tif")
    assert (page.width, page.height, page.dpi) == (204, 204, 204)


def test_unbelievable_resolution_is_unknown(tmp_path: Path) -> None:
    picture().save(tmp_path / "a.png", dpi=(1, 1))
    assert image_of(tmp_path / "a.png").dpi == 0


# PDF files


def test_pdf_pages_are_rendered_at_the_wanted_resolution(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf")
    assert probe(path, SETTINGS) == Probe(SourceKind.PDF, 2)
    page = image_of(path, 1)
    assert (page.width, page.height) == pytest.approx((600, 900), abs=1)
    assert page.dpi == 300


def test_pdf_page_beyond_the_ceiling_is_rendered_coarser_or_refused(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf")
    page = image_of(path, settings=SourceSettings(max_pixels=240_000))
    assert page.dpi == 200
    assert page.width * page.height <= 240_000
    with pytest.raises(OversizedInputError):
        read_page(path, 0, SourceSettings(max_pixels=10_000))


def test_encrypted_pdf_is_named_and_one_open_to_all_is_read(tmp_path: Path) -> None:
    locked = write_pdf(tmp_path / "a.pdf", encryption=pikepdf.Encryption(user="x", owner="y"))
    with pytest.raises(EncryptedInputError):
        probe(locked, SETTINGS)
    unlocked = write_pdf(tmp_path / "b.pdf", encryption=pikepdf.Encryption(user="", owner="y"))
    assert image_of(unlocked).width == 600


def test_pdf_with_broken_cross_references_is_repaired(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf")
    data = path.read_bytes()
    start = data.rindex(b"startxref")
    path.write_bytes(data[:start] + b"startxref\n999999\n%%EOF\n")
    assert probe(path, SETTINGS).pages == 2
    assert image_of(path, 1).width == 600


def test_cut_pdf_fails_by_name_or_page_and_never_gives_white_paper(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", pages=4)
    data = path.read_bytes()
    for share in (0.02, 0.3, 0.6, 0.95):
        path.write_bytes(data[: int(len(data) * share)])
        try:
            pages = probe(path, SETTINGS).pages
        except DamagedInputError:
            continue
        for index in range(pages):
            try:
                page = image_of(path, index)
            except DamagedInputError:
                continue
            assert page.pixels.mean() < 200


def test_pages_lost_with_the_end_of_a_pdf_are_not_forgotten(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", pages=4)
    data = path.read_bytes()
    last = data.rindex(b"/Type /XObject")
    path.write_bytes(data[:last])
    pages = probe(path, SETTINGS).pages
    assert image_of(path, 0).width == 600
    with pytest.raises(DamagedInputError):
        read_page(path, pages - 1, SETTINGS)


@pytest.mark.parametrize("encryption", [False, pikepdf.Encryption(user="", owner="chu")])
def test_pdf_page_that_draws_nothing_is_white(
    tmp_path: Path, encryption: pikepdf.Encryption | bool
) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.new() as document:
        for _ in range(3):
            document.add_blank_page()
        document.pages[1].Contents = document.make_stream(b"q Q")
        del document.pages[2].obj["/Contents"]
        document.save(path, encryption=encryption)
    assert probe(path, SETTINGS).pages == 3
    for index in range(3):
        assert image_of(path, index).pixels.min() == 255


def test_pdf_page_whose_drawing_was_emptied_by_damage_is_not_white(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(path)
    path.write_bytes(path.read_bytes().replace(b"/Length 0 ", b"/Length 99 "))
    with pytest.raises(DamagedInputError):
        read_page(path, 0, SETTINGS)


def test_pdf_of_nonsense_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes(1000))
    with pytest.raises(DamagedInputError):
        probe(path, SETTINGS)


def test_file_is_free_again_after_reading(tmp_path: Path) -> None:
    for name, write in (("a.pdf", write_pdf), ("a.tif", write_tiff)):
        path = write(tmp_path / name)
        image_of(path)
        path.rename(tmp_path / "moved")  # fails on Windows while the file is open
        (tmp_path / "moved").unlink()


def test_errors_cross_process_borders_with_their_detail() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(DamagedInputError("a.tif", "3")))
    assert (error.subject, error.detail) == ("a.tif", "3")
