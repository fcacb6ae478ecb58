"""Strokes that can only be figures or Roman numerals, by the words beside them."""

from __future__ import annotations

import pytest

from pipeline.correction.figures import proved
from pipeline.model import Choice, Line, Reason, Word


def read(text: str) -> Line:
    return Line(tuple(map(Word, text.split())))


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("tại khoản l Điều này", "tại khoản 1 Điều này"),
        ("Điều I1. Hiệu lực", "Điều 11. Hiệu lực"),
        ("số thứ tự l, mục B", "số thứ tự 1, mục B"),
        ("tháng l1 năm 2024", "tháng 11 năm 2024"),
        ("đến I1 giờ 3l phút", "đến 11 giờ 31 phút"),
        ("(Phụ lục ])", "(Phụ lục I)"),
        ("(Phụ lục 1])", "(Phụ lục II)"),
        ("Chương l: Quy định chung", "Chương I: Quy định chung"),
        ("ngày 31/102017 của", "ngày 31/10/2017 của"),
        ("ngày 0302/2025, của", "ngày 03/02/2025, của"),
        ("(ngày 31102017)", "(ngày 31/10/2017)"),
        ("ngày 23/1 1/2018 của", "ngày 23/11/2018 của"),
        ("(ngày 2 3/4/2018)", "(ngày 23/4/2018)"),
        ("số 37 7/QĐ-BGDĐT ngày", "số 377/QĐ-BGDĐT ngày"),
        ("số 6 3/2010/NĐ-CP ngày", "số 63/2010/NĐ-CP ngày"),
        ("mã 1.000775.000.00.00.HI2", "mã 1.000775.000.00.00.H12"),
        ("000.00.00. Hl0, cấp tỉnh", "000.00.00. H10, cấp tỉnh"),
    ],
)
def test_a_stroke_is_what_the_words_beside_it_ask_for(damaged: str, right: str) -> None:
    line = proved(read(damaged))
    assert line.text == right
    changes = [change for word in line.words for change in word.changes]
    assert changes
    assert {change.reason for change in changes} == {Reason.FIGURE}


@pytest.mark.parametrize(
    "text",
    [
        "Khoản 3 Điều I Hiến pháp",  # of another country
        "Phụ lục 1",
        "Phụ lục II",
        "mục I, điểm l",
        "tháng 3l năm",
        "đến I5 người",
        "Điều 1II",  # two strokes or three
        "ngày | tháng",
        "ngày 31/132017 của",
        "số 0302/2025 ngày",
        "ngày 01/02/2025",
        "ngày 23/1 5/2018",
        "ngày 1112013 và",  # the first of November or the eleventh of January
        "ngày 11/2017",
        "có 37 7/QĐ-BGDĐT",
        "số 12 13/KH",
        "mã HI2",
        "ngày 12.05.2024. HI2",
    ],
)
def test_what_is_not_proved_stays(text: str) -> None:
    line = read(text)
    assert proved(line) is line


@pytest.mark.parametrize(
    ("damaged", "right"), [("23/42018", "23/4/2018"), ("145/2013;", "14/5/2013;")]
)
def test_a_month_of_one_figure_may_have_lost_another(damaged: str, right: str) -> None:
    word = proved(Line((Word("ngày", 0.9), Word(damaged, 0.9)))).words[1]
    assert word.text == right
    assert word.doubtful


def test_figures_that_the_reader_hardly_saw_stay_in_doubt() -> None:
    line = Line((Word("ngày", 0.9), Word("31/102017", 0.3)))
    assert proved(line).words[1].doubtful


def test_a_roman_numeral_becomes_a_figure_where_the_reader_saw_one_too() -> None:
    seen = ((Choice("I", 0.9), Choice("1", 0.7)),)
    line = Line((Word("Điều", 0.9), Word("I", 0.7, choices=seen)))
    assert proved(line).text == "Điều 1"


def test_the_end_of_a_code_may_stand_below_it_in_a_cell() -> None:
    assert proved(read("HI2"), above="000.00.00.").text == "H12"
    assert proved(read("HI2"), above="tỉnh").text == "HI2"


@pytest.mark.parametrize(
    ("damaged", "head", "right"),
    [
        ("l", "STT", "1"),
        ("1l.", "TT", "11."),
        ("l", "Số thứ tự", "1"),
        ("]", "TT", "1"),
        ("1]", "STT", "11"),
        ("I", "TT", "I"),  # a part of the table
        ("|", "TT", "|"),
        ("l", "Ghi chú", "l"),
        ("l người", "TT", "l người"),
    ],
)
def test_rows_are_counted_in_figures(damaged: str, head: str, right: str) -> None:
    assert proved(read(damaged), head=head).text == right


def test_a_bracket_for_a_figure_stays_in_doubt() -> None:
    assert proved(Line((Word("1]", 0.9),)), head="TT").words[0].doubtful
