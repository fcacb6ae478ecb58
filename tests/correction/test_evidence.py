from dataclasses import replace

import pytest

from pipeline.correction.candidates import Candidate
from pipeline.correction.evidence import (
    Expected,
    Markers,
    is_marker,
    is_sure,
    likely,
    proved,
    weighed,
)
from pipeline.correction.language_model import UNKNOWN
from pipeline.model import Choice, Line, Reason, Word

AS_READ = Candidate("quà", ("quà",), (8,), -0.1)
OTHER = Candidate("quả", ("quả",), (9,), -6.0, reason=Reason.DIACRITICS)


def scores(word: Word, expected: Expected | None = None) -> list[float]:
    return weighed(word, (AS_READ, OTHER), expected)


def test_a_sure_reader_is_dearer_to_contradict_than_an_unsure_one() -> None:
    sure, unsure = scores(Word("quà", 0.97)), scores(Word("quà", 0.5))
    assert sure[0] == unsure[0] == AS_READ.score
    assert sure[1] < unsure[1] == OTHER.score


def test_what_the_reader_also_saw_counts_as_it_saw_it() -> None:
    seen = ((Choice("q", 0.9),), (Choice("u", 0.9),), (Choice("à", 0.6), Choice("ả", 0.3)))
    assert scores(Word("quà", 0.9, choices=seen))[1] == pytest.approx(-0.693, abs=0.001)


def test_a_word_that_a_line_of_the_form_has_there_is_favoured() -> None:
    word = Word("quà", 0.5)
    expected = Expected("quả", 4.0)
    assert scores(word, expected)[1] == scores(word)[1] + 4
    assert scores(word, expected)[0] == AS_READ.score


def calls(*lines: str) -> list[str]:
    markers = Markers()
    found = [markers.expected(Line(tuple(map(Word, line.split())))) for line in lines]
    return [one.syllable if one else "" for one in found]


def test_a_marker_is_what_goes_on_from_those_above() -> None:
    assert calls("c) Ba", "d) Bốn", "d) Năm", "e) Sáu") == ["", "", "đ", ""]
    assert calls("I. Một", "1. Mục", "I1. Hai", "lII- Ba", "IV. Bốn") == ["", "", "ii", "iii", ""]
    assert calls("I. Một", "I11. Ba", "I1 xã", "X1. Xã") == ["", "", "", ""]
    assert calls("|. Một", "I1. Hai") == ["", "ii"]
    assert calls("I. Một", "ll. Hai", "11. Mục", "IlI. Ba", "1V. Bốn") == [
        "",
        "ii",
        "",
        "iii",
        "iv",
    ]


def test_a_numeral_that_begins_with_a_figure_needs_its_sequence() -> None:
    read = Candidate("1V", ("1v",), (4,), 0.0)
    numeral = Candidate("IV", ("iv",), (3,), -1.5, reason=Reason.NUMERAL)
    assert proved(Word("1V."), (read, numeral), None) == (read,)
    assert proved(Word("1V."), (read, numeral), Expected("iv", 8.0)) == (read, numeral)
    assert proved(Word("lV."), (read, numeral), None) == (read, numeral)


def seen(other: float) -> tuple[tuple[Choice, ...], ...]:
    return ((Choice("q", 0.9),), (Choice("u", 0.9),), (Choice("à", 0.9), Choice("ả", other)))


def test_a_reader_is_sure_where_it_saw_nothing_else_worth_a_look() -> None:
    assert is_sure(Word("quà", 0.95, choices=seen(0.02)))
    assert not is_sure(Word("quà", 0.95, choices=seen(0.3)))
    assert not is_sure(Word("quà", 0.7, choices=seen(0.02)))
    assert not is_sure(Word("quà", 0.95))
    assert not is_sure(Word("quà"))


def test_few_are_likely_where_a_reader_was_sure_of_a_known_syllable() -> None:
    sure, unsure = (Word("quà", 0.95, choices=seen(share)) for share in (0.02, 0.3))
    rare = replace(OTHER, score=-7.0)
    assert likely(sure, (AS_READ, rare)) == (AS_READ,)
    assert likely(sure, (AS_READ, OTHER)) == (AS_READ, OTHER)
    assert likely(unsure, (AS_READ, rare)) == (AS_READ, rare)
    better = replace(OTHER, score=5.0)
    assert likely(sure, (better, AS_READ)) == (better, AS_READ)
    unknown = replace(AS_READ, ids=(UNKNOWN,))
    assert likely(sure, (unknown, rare)) == (unknown, rare)


def test_a_line_is_marked_by_a_letter_or_a_numeral_and_a_sign() -> None:
    marked = [word for word in ("V1.", "l.", "ll-", "C)", "V1", "Ban.") if is_marker(word)]
    assert marked == ["V1.", "l.", "ll-", "C)"]
