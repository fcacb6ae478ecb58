"""Nơi nhận: is known by what is left of it."""

from __future__ import annotations

import pytest

from pipeline.correction.formulas import with_formulas
from pipeline.model import Line, Word


def read(text: str) -> Line:
    return Line(tuple(map(Word, text.split())))


@pytest.mark.parametrize(
    "damaged", ["Jơi nhận:", "@Wơi nhận:", "ơi nhận:", "Wơi nhận;", "ới nhận:"]
)
def test_what_is_left_of_it_is_enough(damaged: str) -> None:
    assert with_formulas(read(damaged)).words[0].text == "Nơi"


@pytest.mark.parametrize(
    "text", ["./.„.— ới nhận:", "./. ơi nhận:", "trồng rừng./. „ ới nhận:", "; — ơi nhận:"]
)
def test_it_may_stand_behind_the_end_of_the_text_and_specks(text: str) -> None:
    line = with_formulas(read(text))
    assert [word.text for word in line.words] == [*text.split()[:-2], "Nơi", "nhận:"]


@pytest.mark.parametrize(
    "damaged", ["Vềviệc triển khai", ",Vềviệc triển khai", "vềviệc triển khai"]
)
def test_a_subject_gets_its_blank_back(damaged: str) -> None:
    assert with_formulas(read(damaged)).text.casefold() == "về việc triển khai"


@pytest.mark.parametrize("damaged", ["V/%v", "VX%v", "V/%", "V/%w", "V/", "V/y"])
def test_the_subject_of_a_letter_begins_with_its_abbreviation(damaged: str) -> None:
    assert with_formulas(read(f"{damaged} kiểm tra an toàn")).text == "V/v kiểm tra an toàn"


def test_a_head_of_one_word_gets_its_blank_back() -> None:
    assert with_formulas(read("Nơinhận:")).text == "Nơi nhận:"


@pytest.mark.parametrize(
    "text",
    [
        "V/v kiểm tra",
        "V/ KẾT LUẬN",
        "VI/ kết luận",
        "V. kết luận",
        "V.v kiểm tra",
        "Nơi nhận:",
        "người nhận:",
        "Nơi gửi:",
        "khi tới nơi nhận:",
        "Tới nhận:",
        "nhận:",
        "trồng rừng. ới nhận:",
        "- Ông ới nhận:",
    ],
)
def test_all_else_stays(text: str) -> None:
    line = read(text)
    assert with_formulas(line) is line


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("Đôc lần - Tự do - Hạnh phúc", "Độc lập - Tự do - Hạnh phúc"),
        ("Độc lập – Tự do — Hanh phúc", "Độc lập – Tự do — Hạnh phúc"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("ĐẢNG CÔNG SẢN VIỆT NAM", "ĐẢNG CỘNG SẢN VIỆT NAM"),
    ],
)
def test_the_head_of_every_document_is_known_by_its_other_words(damaged: str, right: str) -> None:
    line = with_formulas(read(damaged))
    assert line.text == right
    assert [word.ocr for word in line.words] == damaged.split()


@pytest.mark.parametrize(
    "text",
    [
        "ĐẢNG CỘNG SẢN TRUNG QUỐC",
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Độc lập - Dân chủ - Hạnh phúc",
    ],
)
def test_another_line_is_not_taken_for_it(text: str) -> None:
    assert with_formulas(read(text)).text == text


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("(hftps://dichvucong.gov.vn)", "(https://dichvucong.gov.vn)"),
        ("https:/hochiminhcity.gov.vn/a", "https://hochiminhcity.gov.vn/a"),
        ("htip:///binhson.gov.vn", "http://binhson.gov.vn"),
        ("hps:/dichvucong.gov.vn", "https://dichvucong.gov.vn"),
        ("https://dichvucong.gov.vn", "https://dichvucong.gov.vn"),
        ("http://binhson.gov.vn", "http://binhson.gov.vn"),
        ("ha:/1", "ha:/1"),
        ("hai/ba", "hai/ba"),
    ],
)
def test_an_address_begins_as_addresses_do(damaged: str, right: str) -> None:
    assert with_formulas(read(f"tại {damaged}")).text == f"tại {right}"
