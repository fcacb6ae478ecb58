"""A change is right when the truth has its outcome there, made or only proposed."""

from itertools import pairwise

import pytest

from pipeline.evaluation.canonical import canonical, folded
from pipeline.evaluation.reliability import EDGES, Judged, binned, calibration_error, judged
from pipeline.model import Change, Decision, Reason, Stage, Word
from tests.evaluation.builder import doubted, word


def outcomes(truth: str, *words: Word) -> list[bool]:
    return [change.right for change in judged(canonical(truth).split(), words, canonical)]


def test_made_and_proposed_changes_are_judged_alike() -> None:
    found = judged(
        ["Hội", "phụ", "nữ", "phường", "báo", "cáo"],
        [
            word("Hôi", "Hội", 0.95),
            word("phu", "phủ", 0.4, made=False),
            word("nử", "nữ", 0.6, made=False),
            doubted("phương"),
            word("bao", "báo", 0.99),
            Word("cáo"),
        ],
        canonical,
    )

    assert found == [
        Judged(0.95, made=True, right=True),
        Judged(0.4, made=False, right=False),
        Judged(0.6, made=False, right=True),
        Judged(0.99, made=True, right=True),
    ]


def test_a_word_that_becomes_two_is_right_when_both_are() -> None:
    split = word("Tinhuy", "Tỉnh ủy")

    assert outcomes("Văn phòng Tỉnh ủy họp", Word("Văn"), Word("phòng"), split, Word("họp")) == [
        True
    ]
    assert outcomes("Văn phòng Tỉnh đoàn họp", Word("Văn"), Word("phòng"), split, Word("họp")) == [
        False
    ]
    assert outcomes("Tỉnh và ủy", split) == [False]


def test_a_word_merged_into_its_neighbour_is_right_when_nothing_is_lost() -> None:
    merged = [Word("nhà"), word("trư", "trường"), word("ờng", ""), Word("mới")]

    assert outcomes("nhà trường mới", *merged) == [True, True]
    assert outcomes("nhà trường ông mới", *merged) == [True, False]
    assert outcomes("nhà", Word("nhà"), word("|", "")) == [True]
    assert outcomes("nhà ở", Word("nhà"), word("|", "")) == [False]
    assert outcomes("nhà", word("|", ""), Word("nhà")) == [True]


def test_the_last_change_of_correction_counts_and_none_of_other_stages() -> None:
    twice = word("Nghj", "Nghi", 0.5).changed(
        Change("Nghi", "Nghị", Reason.DIACRITICS, 0.8, Stage.CORRECTION, Decision.MADE)
    )
    marker = Word("I1.").changed(Change("I1.", "II.", Reason.MARKER, 0.97, Stage.STRUCTURE))

    assert judged(["II.", "Nghị"], [marker, twice], canonical) == [
        Judged(0.8, made=True, right=True)
    ]


def test_folding_holds_for_changes_too() -> None:
    found = judged(["nghị", "quyết"], [word("Nghj", "NGHỊ,"), Word("quyết")], folded)

    assert [change.right for change in found] == [True]


def test_every_certainty_has_its_bin() -> None:
    bins = binned(
        [Judged(c, made=c >= 0.5, right=c > 0.4) for c in (0.0, 0.3, 0.5, 0.97, 0.99, 1.0)]
    )

    assert [(bin_.low, bin_.high) for bin_ in bins] == list(pairwise(EDGES))
    assert [bin_.changes for bin_ in bins] == [1, 1, 1, 0, 0, 1, 2]
    assert [bin_.made for bin_ in bins] == [0, 0, 1, 0, 0, 1, 2]
    assert bins[-1].certainty == pytest.approx(0.995)
    assert bins[-1].right_share == 1.0


def test_the_calibration_error_is_the_mean_distance_of_certainty_and_truth() -> None:
    honest = [Judged(0.75, made=True, right=index < 3) for index in range(4)]
    boaster = [Judged(0.95, made=True, right=index < 2) for index in range(4)]

    assert calibration_error(binned(honest)) == pytest.approx(0)
    assert calibration_error(binned(boaster)) == pytest.approx(0.45)
    assert calibration_error(binned(honest + boaster)) == pytest.approx(0.225)
    assert calibration_error(binned([])) == 0
