import pytest

from pipeline.correction import language_model, lexicon
from pipeline.correction.candidates import Candidate, CandidateFinder
from pipeline.correction.profile import choose
from pipeline.model import Reason
from pipeline.resources import dictionary

READS = ["chirc", "t6", "Tinhuy", "thi?", "XIIl", "366-QD/TW", "hoà", "ban", "14", "'quyét", "—"]


def finder(profile: str) -> CandidateFinder:
    channel, tuning = choose(profile, ())
    model = language_model.load(dictionary("language_model"))
    return CandidateFinder(channel, tuning, model, lexicon.load(()))


@pytest.fixture(scope="module")
def english() -> CandidateFinder:
    return finder("english")


def texts(candidates: tuple[Candidate, ...]) -> list[str]:
    return [candidate.text for candidate in candidates]


def test_many_words_have_the_candidates_that_each_has_alone(english: CandidateFinder) -> None:
    together = english.find(READS)
    other = finder("english")
    for read, found in zip(READS, together, strict=True):
        (alone,) = other.find([read])
        assert texts(found) == texts(alone)
        assert [c.score for c in found] == pytest.approx([c.score for c in alone], abs=1e-4)


def test_the_reading_is_among_them_once_and_has_no_reason(english: CandidateFinder) -> None:
    for read, found in zip(READS, english.find(READS), strict=True):
        assert [c.text for c in found if c.reason is None] == [read]
        assert len(set(texts(found))) == len(found)
        assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)


@pytest.mark.parametrize(
    ("read", "text", "reason"),
    [
        ("quyét,", "quyết,", Reason.DIACRITICS),
        ("Ban", "ban", Reason.CASE),
        ("chirc", "chức", Reason.LETTERS),
        ("Tinhuy", "Tỉnh ủy", Reason.SPACING),
        ("'ban", "ban", Reason.PUNCTUATION),
        ("XIIl", "XIII", Reason.NUMERAL),
        ("366-QD/TW", "366-QĐ/TW", Reason.SYMBOL),
    ],
)
def test_what_was_printed_is_found_with_the_reason(
    english: CandidateFinder, read: str, text: str, reason: Reason
) -> None:
    (found,) = english.find([read])
    assert [c.reason for c in found if c.text == text] == [reason]
