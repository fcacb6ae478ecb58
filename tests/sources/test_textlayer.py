"""PDF text layers: good Vietnamese is taken, garbage and captions are not."""

from pathlib import Path

import numpy as np
import pikepdf
import pytest

from pipeline.image import PageImage
from pipeline.model import Box, Page, Word
from pipeline.settings import SourceSettings
from pipeline.sources import read_page
from pipeline.sources.layout import in_reading_order
from pipeline.sources.textlayer import quality

SETTINGS = SourceSettings()
GOOD = (
    "Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy trực thuộc tổ chức quán triệt sâu rộng Chỉ thị này "
    "đến cán bộ, đảng viên; UBND huyện Suối Vàng báo cáo kết quả trước ngày 30/6/2019."
)
# What turns the content of an A4 page so that it reads upright when the page is turned.
UPRIGHT = {90: "0 1 -1 0 595 0 cm", 270: "0 -1 1 0 0 842 cm"}
SIGNED = "Người ký: Ban nhân dân 09:17:04"


def write_pdf(path: Path, lines: list[str], *, covered: bool = False, turned: int = 0) -> Path:
    """Write a page whose text PDFium can read: a font with a table from glyph to letter.

    Args:
        covered: draw black over most of the page, as a scan under a caption does.
        turned: the page's rotation in degrees; lying pages are written so that they read upright.
    """
    letters = sorted({*"".join(lines), *SIGNED})
    code = {letter: number for number, letter in enumerate(letters, start=1)}
    entries = "".join(f"<{code[c]:02X}> <{ord(c):04X}>\n" for c in letters)
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{entries}endbfchar\nendcmap end end"
    )
    top = 540 if turned in UPRIGHT else 750
    content = [UPRIGHT.get(turned, ""), f"BT /F 12 Tf 14 TL 50 {top} Td"]
    content += ["<" + "".join(f"{code[c]:02X}" for c in line) + "> Tj T*" for line in lines]
    content.append("ET")
    if covered:
        content.append("0 0 0 rg 50 50 400 400 re f")
    with pikepdf.new() as document:
        names = " ".join(f"/{'space' if c == ' ' else 'n'}" for c in letters)
        font = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Courier,
                Encoding=pikepdf.Object.parse(f"<</Differences [1 {names}]>>".encode()),
                ToUnicode=document.make_stream(table.encode()),
            )
        )
        document.add_blank_page(page_size=(595, 842))
        page = document.pages[0]
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = document.make_stream("\n".join(content).encode())
        page.Rotate = turned
        document.save(path)
    return path


def wrapped(text: str, width: int = 60) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def test_good_text_layer_spares_the_ocr(tmp_path: Path) -> None:
    page = read_page(write_pdf(tmp_path / "a.pdf", wrapped(GOOD)), 0, SETTINGS)
    assert isinstance(page, Page)
    assert [line.text for line in page.lines] == wrapped(GOOD)
    assert (page.number, page.width, page.height, page.dpi) == (1, 2479, 3508, 300)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_boxes_lie_on_the_ink_of_the_rendered_page(tmp_path: Path, turned: int) -> None:
    path = write_pdf(tmp_path / "a.pdf", wrapped(GOOD), turned=turned)
    page = read_page(path, 0, SETTINGS)
    image = read_page(path, 0, SourceSettings(text_layer="never"))
    assert isinstance(page, Page)
    assert isinstance(image, PageImage)
    grey = image.pixels if image.pixels.ndim == 2 else image.pixels.min(axis=2)
    inside = np.zeros(grey.shape, bool)
    for line in page.lines:
        for word in line.words:
            assert word.box is not None
            box = word.box
            inside[box.top - 2 : box.bottom + 2, box.left - 2 : box.right + 2] = True
    ink = grey < 128
    assert ink.any()
    assert (ink & inside).sum() > 0.97 * ink.sum()


def test_a_page_shown_sideways_goes_to_the_ocr(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", wrapped(GOOD))
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.pages[0].Rotate = 90
        document.save()
    assert isinstance(read_page(path, 0, SETTINGS), PageImage)


@pytest.mark.parametrize(
    "text",
    [
        "Lém Péng ngay thang nim KE HOACH Day manh cong tac tuyén truyen Nghi quyet Dai hoi",
        "Ban Thuong vu Tinh uy yeu cau cac cap uy truc thuoc to chuc quan triet Chi thi nay",
        "TØnh ñy Bµ Rþa yªu cÇu c¸c cÊp ñy trùc thuéc tæ chøc qu¸n triÖt s©u réng ChØ thÞ",
        "The committee requests that all subordinate units report before the end of the year",
    ],
    ids=["bad ocr", "without marks", "old font", "english"],
)
def test_garbage_goes_to_the_ocr(tmp_path: Path, text: str) -> None:
    assert not quality(text).is_good(as_set=True)
    page = read_page(write_pdf(tmp_path / "a.pdf", wrapped(text)), 0, SETTINGS)
    assert isinstance(page, PageImage)


NAMES = "Các xã Glar, Ayun, Ia Pết, Dơk, H'Neng, K'Dang báo cáo Huyện ủy kết quả rà soát"


def test_names_in_other_languages_do_not_spoil_what_was_set(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", wrapped(NAMES))
    assert isinstance(read_page(path, 0, SETTINGS), Page)
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        scan = document.make_stream(b"\xff")
        scan.Type, scan.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        scan.Width = scan.Height = 1
        scan.BitsPerComponent, scan.ColorSpace = 8, pikepdf.Name.DeviceGray
        page = document.pages[0]
        page.Resources.XObject = pikepdf.Dictionary(Scan=document.make_indirect(scan))
        page.contents_add(b"q 595 0 0 842 0 0 cm /Scan Do Q", prepend=True)
        document.save()
    assert isinstance(read_page(path, 0, SETTINGS), PageImage)


def test_the_rules_of_a_table_are_no_text_that_is_missing(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", wrapped(GOOD))
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        rules = [f"40 {y} m 555 {y} l S" for y in range(300, 660, 12)]
        document.pages[0].contents_add("\n".join(["2 w", *rules]).encode())
        document.save()
    assert isinstance(read_page(path, 0, SETTINGS), Page)


def test_caption_over_a_scan_is_not_the_page(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", ["Người ký: Tỉnh ủy Bình Sơn"], covered=True)
    assert isinstance(read_page(path, 0, SETTINGS), PageImage)


def coded(text: str) -> str:
    """Return *text* in the codes that the font of a page of :data:`GOOD` has for its letters."""
    letters = sorted({*GOOD, *SIGNED})
    return "".join(f"{letters.index(letter) + 1:02X}" for letter in text)


def add_field(path: Path, code: str) -> None:
    """Put a form field on the page whose appearance shows the glyphs *code* of its font."""
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        page = document.pages[0]
        look = document.make_stream(f"q BT /F 12 Tf 0 2 Td <{code}> Tj ET Q".encode())
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox, look.Resources = [0, 0, 240, 14], page.Resources
        field = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T=pikepdf.String("so"),
                F=4,  # to be printed
                Rect=[300, 600, 540, 614],
                AP=pikepdf.Dictionary(N=look),
            )
        )
        page.Annots = document.make_indirect(pikepdf.Array([field]))
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        document.save()


def test_what_a_registry_entered_as_a_form_field_is_read_and_drawn(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", wrapped(GOOD))
    never = SourceSettings(text_layer="never")
    before = read_page(path, 0, never)
    add_field(path, coded("3"))
    page = read_page(path, 0, SETTINGS)
    assert isinstance(page, Page)
    assert page.lines[-1].text == "3"
    after = read_page(path, 0, never)
    assert isinstance(before, PageImage)
    assert isinstance(after, PageImage)
    assert not np.array_equal(before.pixels, after.pixels)


def test_the_caption_of_a_digital_signature_is_no_part_of_the_page(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", wrapped(GOOD))
    before = read_page(path, 0, SETTINGS)
    add_field(path, coded(SIGNED))
    assert read_page(path, 0, SETTINGS) == before


def test_text_layer_can_be_left_out(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", wrapped(GOOD))
    assert isinstance(read_page(path, 0, SourceSettings(text_layer="never")), PageImage)


def test_abbreviations_and_numbers_do_not_spoil_good_text() -> None:
    assert quality(GOOD).is_good(as_set=False)
    assert quality("UBND, HĐND, MTTQ và các sở: Sở NN&PTNT, Sở TN&MT 12.500 ha").is_good(
        as_set=False
    )
    assert not quality("").is_good(as_set=True)
    assert not quality("12/3/2019 45.000").is_good(as_set=True)


def words(*placed: tuple[str, int, int]) -> list[Word]:
    """Return words of 20 pixels a letter and 40 high from (text, left, top)."""
    return [
        Word(ocr=token, box=Box(left + 20 * start, top, 20 * len(token), 40))
        for text, left, top in placed
        for start, token in ((text.index(token), token) for token in text.split())
    ]


def test_header_columns_are_read_one_after_the_other() -> None:
    lines = in_reading_order(
        words(
            ("TỈNH ỦY BÌNH SƠN", 100, 100),
            ("ĐẢNG CỘNG SẢN VIỆT NAM", 900, 100),
            ("Số      CT/TU", 100, 160),
            ("Bình Sơn, ngày    tháng 3", 900, 165),
            ("về tăng cường sự lãnh đạo đối với công tác bảo vệ rừng", 200, 400),
            ("12", 1220, 168),  # entered into the gap later
        )
    )
    assert [line.text for line in lines] == [
        "TỈNH ỦY BÌNH SƠN",
        "Số CT/TU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Bình Sơn, ngày 12 tháng 3",
        "về tăng cường sự lãnh đạo đối với công tác bảo vệ rừng",
    ]
    assert [line.gap_above for line in lines] == [False, False, False, False, True]


def test_signature_column_that_begins_higher_stays_whole() -> None:
    lines = in_reading_order(
        words(
            ("T/M BAN THƯỜNG VỤ", 900, 100),
            ("Nơi nhận", 100, 150),
            ("PHÓ BÍ THƯ", 950, 155),
            ("- Lưu Văn phòng", 100, 210),
            ("Trần Văn Bình", 940, 500),
        )
    )
    assert [line.text for line in lines] == [
        "Nơi nhận",
        "- Lưu Văn phòng",
        "T/M BAN THƯỜNG VỤ",
        "PHÓ BÍ THƯ",
        "Trần Văn Bình",
    ]


def test_every_word_of_a_table_comes_out_row_by_row() -> None:
    lines = in_reading_order(
        words(("TT", 100, 100), ("Chỉ tiêu", 400, 100), ("Năm", 1000, 100), ("1", 100, 160))
    )
    assert [line.text for line in lines] == ["TT Chỉ tiêu Năm", "1"]
