import pytest

from pipeline.correction.candidates import Candidate
from pipeline.correction.evidence import weighed
from pipeline.model import Choice, Reason, Word

AS_READ = Candidate("quà", ("quà",), (1,), -0.1)
OTHER = Candidate("quả", ("quả",), (2,), -6.0, reason=Reason.DIACRITICS)


def scores(word: Word, expected: str = "") -> list[float]:
    return [candidate.score for candidate in weighed(word, (AS_READ, OTHER), expected)]


def test_a_sure_reader_is_dearer_to_contradict_than_an_unsure_one() -> None:
    sure, unsure = scores(Word("quà", 0.97)), scores(Word("quà", 0.5))
    assert sure[0] == unsure[0] == AS_READ.score
    assert sure[1] < unsure[1] == OTHER.score


def test_what_the_reader_also_saw_counts_as_it_saw_it() -> None:
    seen = ((Choice("q", 0.9),), (Choice("u", 0.9),), (Choice("à", 0.6), Choice("ả", 0.3)))
    assert scores(Word("quà", 0.9, choices=seen))[1] == pytest.approx(-0.693, abs=0.001)


def test_a_word_that_a_line_of_the_form_has_there_is_favoured() -> None:
    word = Word("quà", 0.5)
    assert scores(word, "quả")[1] > scores(word)[1] + 3
    assert scores(word, "quả")[0] == AS_READ.score
