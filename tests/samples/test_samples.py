"""The sample documents: complete, well spelt, and made again from their sources alone."""

import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageSequence

from pipeline.resources import dictionary
from samples.make import english_ocr, truth
from samples.make.__main__ import make
from samples.make.faces import Face, font
from samples.make.record import HERE, load, names
from samples.make.scans import RECIPES
from samples.make.typesetting import typeset

SCANS = HERE / "scans"
TRUTH = HERE / "truth"

every_document = pytest.mark.parametrize("name", names())


@pytest.fixture
def typeface() -> None:
    try:
        font(Face.REGULAR, 10)
    except SystemExit as missing:
        pytest.skip(str(missing))


def scan_of(name: str) -> Path:
    suffix = RECIPES[name].suffix if name in RECIPES else ".ocr.txt"
    return SCANS / f"{name}{suffix}"


def committed_truth(name: str) -> str:
    return (TRUTH / f"{name}.truth.txt").read_text(encoding="utf-8")


@every_document
def test_every_document_has_an_input_and_its_truth(name: str) -> None:
    assert scan_of(name).stat().st_size > 1000
    assert committed_truth(name).endswith("\n")


def test_the_folder_of_inputs_holds_inputs_only() -> None:
    assert set(SCANS.iterdir()) == {scan_of(name) for name in names()}


@every_document
def test_the_committed_truth_is_what_the_source_gives(name: str) -> None:
    record = load(name)
    outline = (TRUTH / f"{name}.outline.tsv").read_text(encoding="utf-8")
    assert committed_truth(name) == truth.text(record)
    assert outline == truth.outline(record)


@every_document
def test_the_truth_is_nfc_with_single_blanks(name: str) -> None:
    text = committed_truth(name)
    assert unicodedata.is_normalized("NFC", text)
    assert "  " not in text
    assert not re.search(r"^\s|[ \t]$", text, re.MULTILINE)


@every_document
def test_every_word_of_the_truth_is_an_attested_syllable_or_an_acronym(name: str) -> None:
    known = {
        line.split("\t")[0]
        for line in dictionary("lexicon", "syllables_attested.txt")
        .read_text(encoding="utf-8")
        .splitlines()
    }
    words = set(re.findall(r"[^\W\d_]{2,}", committed_truth(name)))
    assert {w for w in words if w.lower() not in known and not w.isupper()} <= {"TTr"}


@every_document
def test_tones_stand_in_the_new_style_throughout(name: str) -> None:
    old_style = r"(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)"
    assert re.findall(old_style, committed_truth(name), re.IGNORECASE) == []


@every_document
def test_no_furniture_stands_in_the_truth(name: str) -> None:
    assert not re.search(r"^(\*|-+|\d{1,3})$|ĐẾN\n", committed_truth(name), re.MULTILINE)


@every_document
def test_the_outline_goes_down_one_level_at_a_time(name: str) -> None:
    levels = [unit.level for unit in load(name).body if unit.kind in {"heading", "item"}]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_reading_order_is_header_columns_then_title_body_recipients_and_signature() -> None:
    lines = committed_truth("quyet-dinh-318-qd-ubnd").splitlines()
    assert lines[:6] == [
        "ỦY BAN NHÂN DÂN TỈNH BÌNH SƠN",
        "Số: 318/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Bình Sơn, ngày 25 tháng 02 năm 2022",
        "QUYẾT ĐỊNH",
    ]
    assert lines[-4:] == [
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Phạm Ngọc Diễm",
    ]


def test_a_table_row_is_one_line_with_a_tab_between_cells() -> None:
    rows = [line for line in committed_truth("thong-bao-64-tb-vptu").splitlines() if "\t" in line]
    assert rows[0].split("\t") == ["TT", "Nội dung", "Cơ quan chủ trì", "Thời gian"]
    assert {row.count("\t") for row in rows} == {3}


def test_the_subject_of_a_letter_stands_under_its_symbol() -> None:
    lines = committed_truth("cong-van-145-cv-tu").splitlines()
    assert lines[1] == "Số 145-CV/TU"
    assert lines[2].startswith("Về việc chuẩn bị")


@pytest.mark.parametrize("name", [name for name in names() if scan_of(name).suffix == ".pdf"])
@pytest.mark.usefixtures("typeface")
def test_a_scanned_pdf_has_every_page_and_no_text_layer(name: str) -> None:
    pdf = pypdfium2.PdfDocument(scan_of(name))
    assert len(pdf) == len(typeset(load(name)))
    assert all(page.get_textpage().count_chars() == 0 for page in pdf)
    pdf.close()


@pytest.mark.usefixtures("typeface")
def test_the_fax_is_a_bitonal_tiff_with_every_page() -> None:
    name = "nghi-quyet-07-nq-tu"
    with Image.open(scan_of(name)) as fax:
        assert (fax.mode, fax.info["compression"]) == ("1", "group4")
        assert sum(1 for _ in ImageSequence.Iterator(fax)) == len(typeset(load(name)))


def test_the_ocr_text_lost_its_vietnamese_letters_and_keeps_its_page_breaks() -> None:
    text = scan_of(english_ocr.NAME).read_text(encoding="utf-8")
    assert text.count("\f") == 1
    assert "HUONG DAN" in text
    assert not re.search("[ăắằặđơớờởợưứừửữự]", text)


@pytest.mark.usefixtures("typeface")
def test_making_a_document_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for folder in (tmp_path / "once", tmp_path / "twice"):
        make("quyet-dinh-318-qd-ubnd", folder)
        made.append({p.name: p.read_bytes() for p in folder.rglob("*") if p.is_file()})
    assert len(made[0]) == 3
    assert made[0] == made[1]


def test_the_samples_stay_small() -> None:
    files = [path for path in HERE.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert sum(path.stat().st_size for path in files) < 4_000_000
