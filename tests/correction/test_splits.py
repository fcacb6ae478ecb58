"""Blanks that the reader lost come back; no letter and no figure changes for it."""

from __future__ import annotations

import pytest

from pipeline.correction import language_model
from pipeline.correction.splits import is_run_together, parted, respaced
from pipeline.resources import dictionary


@pytest.mark.parametrize(
    ("read", "written"),
    [
        ("18tháng", "18 tháng"),
        ("92/2017/NĐ-CPngày", "92/2017/NĐ-CP ngày"),
        ("443/QĐ-BYTngày", "443/QĐ-BYT ngày"),
        ("ngày18", "ngày 18"),
        ("Điều6,", "Điều 6,"),
    ],
)
def test_a_blank_comes_back_beside_figures_and_codes(read: str, written: str) -> None:
    assert respaced(read) == written


@pytest.mark.parametrize(
    "read",
    [
        "TPhường",
        "1ông",
        "12-KH/TU",
        "luật1",
        "dân.²",
        "6ha",
        "12kW",
        "NĐ-CP",
        "BCĐ35",
        "Tỉnh",
        "2tr",
    ],
)
def test_all_else_stays(read: str) -> None:
    assert respaced(read) == read


@pytest.mark.parametrize(
    ("read", "two"), [("vềthực", True), ("Vănphòng", True), ("nghiêng", False), ("Vietnam", False)]
)
def test_what_may_be_two_words(read: str, *, two: bool) -> None:
    assert is_run_together(read) is two


@pytest.mark.parametrize(
    ("read", "written"),
    [
        ("củanhà", "của nhà"),
        ("(thuậtthuộc,", "(thuật thuộc,"),
        ("bêtông", "bêtông"),  # a word of its own
        ("Libăng", "Libăng"),
        ("thịtrấn", "thịtrấn"),  # thị trấn or thịt rấn: the language model decides
        ("tinhuy", "tinhuy"),
        ("nước", "nước"),
    ],
)
def test_a_word_that_can_only_be_two_is_parted(read: str, written: str) -> None:
    model = language_model.load(dictionary("language_model"))
    assert parted(read, model) == written
