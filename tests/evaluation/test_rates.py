"""CER and WER count reading errors and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation import rates
from pipeline.evaluation.canonical import canonical, folded


def test_a_text_read_without_error_has_rates_of_zero() -> None:
    text = "Ban Thường vụ Tỉnh ủy Bình Sơn yêu cầu các cấp ủy thực hiện."

    assert (rates(text, text).cer, rates(text, text).wer) == (0.0, 0.0)


def test_one_wrong_tone_costs_one_character_and_one_word() -> None:
    measured = rates("Chỉ thị này phổ biến đến chi bộ", "Chỉ thị này phố biến đến chi bộ")

    assert measured.cer == 1 / 31
    assert measured.wer == 1 / 8
    assert (measured.characters, measured.words) == (31, 8)


def test_a_lost_word_and_an_invented_word_each_count_once() -> None:
    assert rates("quán triệt sâu rộng", "quán triệt rộng").wer == 1 / 4
    assert rates("quán triệt sâu rộng", "quán triệt sâu sâu rộng").wer == 1 / 4


def test_rates_stay_finite_when_the_truth_is_empty() -> None:
    assert (rates("", "").cer, rates("", "rác").cer, rates("", "rác").wer) == (0.0, 3.0, 1.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà bình, uỷ ban", "hòa bình, ủy ban"),
        ("TỈNH UỶ BÌNH SƠN", "TỈNH ỦY BÌNH SƠN"),
        ("“Suối Vàng”", '"Suối Vàng"'),
        ("Số 01 - CT/TU", "Số 01-CT/TU"),
        ("giai đoạn 2015 – 2020", "giai đoạn 2015-2020"),
        ("• quán triệt", "- quán triệt"),
        ("ngày … tháng . . . .", "ngày ... tháng ..."),
        ("Nơi\n  nhận:\t- Chi bộ", "Nơi nhận: - Chi bộ"),
        ("Bi\u0300nh Sơn", "B\u00ecnh Sơn"),
    ],
)
def test_spellings_that_differ_only_by_house_style_are_equal(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)
    assert rates(one, other).cer == 0


@pytest.mark.parametrize("word", ["quý", "quà", "toàn", "thuỳnh", "khoẻo"])
def test_a_tone_that_stands_right_is_not_moved(word: str) -> None:
    assert canonical(word) == word


def test_folding_leaves_case_and_punctuation_out_but_not_tones() -> None:
    assert rates("CHỈ THỊ, số 5", "chỉ thị số 5.", fold=True).cer == 0
    assert rates("chỉ thị", "chí thị", fold=True).cer > 0
    assert folded("T/M BAN THƯỜNG VỤ_") == "t m ban thường vụ"


@given(st.text(alphabet="oàòauỷủyqQh \n.…–-“\"'01CT/", max_size=30))
def test_the_canonical_form_is_nfc_and_has_only_single_blanks(text: str) -> None:
    form = canonical(text)

    assert form == " ".join(form.split())
    assert rates(text, text).cer == 0
