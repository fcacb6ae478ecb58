import pytest

from pipeline.correction import correct, language_model, lexicon
from pipeline.correction.candidates import CandidateFinder
from pipeline.correction.heard import joined, readings
from pipeline.correction.profile import choose
from pipeline.model import Choice, Document, Line, Page, Source, Word
from pipeline.resources import dictionary
from pipeline.settings import CorrectionSettings


def seen(*places: str, share: float = 0.5) -> tuple[tuple[Choice, ...], ...]:
    """By character what the reader saw: the first surely, each other with a *share* of that."""
    return tuple(
        (Choice(place[0], 0.8), *(Choice(other, 0.8 * share) for other in place[1:]))
        for place in places
    )


@pytest.fixture(scope="module")
def finder() -> CandidateFinder:
    channel, tuning = choose("vie", [])
    model = language_model.load(dictionary("language_model"))
    return CandidateFinder.cached(channel, tuning, model, lexicon.load())


def test_one_character_or_two_are_read_the_other_way() -> None:
    word = Word("vẻ", 0.7, choices=seen("vy", "ẻềệ"))
    assert set(readings(word)) == {"về", "vệ", "yẻ", "yề", "yệ"}


def test_what_the_reader_hardly_saw_is_no_reading() -> None:
    assert readings(Word("vẻ", 0.9, choices=seen("v", "ẻề", share=0.05))) == []


@pytest.mark.parametrize("word", [Word("vẻ"), Word("2025", 0.7, choices=seen("2", "0", "2", "58"))])
def test_without_alternatives_and_in_figures_there_is_none(word: Word) -> None:
    assert readings(word) == []


def test_a_syllable_that_only_the_reader_saw_is_a_candidate(finder: CandidateFinder) -> None:
    word = Word("vẻn,", 0.7, choices=seen("vt", "ẻê", "n", ","))
    found = finder.find([word.ocr])[0]
    assert "tên," not in [candidate.text for candidate in found], "the channel alone stops before"
    with_heard = joined(word, found, finder)
    assert [candidate.text for candidate in with_heard[len(found) :]] == ["tên,"]


def test_it_is_written_where_the_sentence_calls_for_it() -> None:
    line = "của Chính phủ vẻ quy định chức năng"
    words = [Word(text, 0.95) for text in line.split()]
    words[3] = Word("vẻ", 0.7, choices=seen("v", "ẻề"))
    read = Document(Source("quet.png", "0" * 64), (Page(1, lines=(Line(tuple(words)),)),))
    written = [word.text for word in correct(read, CorrectionSettings(profile="vie")).words()]
    assert written[3] == "về"


def test_capitals_are_not_mixed(finder: CandidateFinder) -> None:
    word = Word("VỚI", 0.9, choices=seen("Vv", "Ớ", "I"))
    found = finder.find([word.ocr])[0]
    assert joined(word, found, finder) == found


def test_a_word_of_a_set_phrase_is_only_questioned() -> None:
    letters = ((("c", 0.95),), (("h", 0.91),), (("i", 0.89), ("ỉ", 0.78)))
    choices = tuple(tuple(Choice(text, sure) for text, sure in each) for each in letters)
    words = [Word(text, 0.95) for text in ("2.", "Phiếu", "chi", "số", "275")]
    words[2] = Word("chi", 0.84, choices=choices)
    read = Document(Source("a.png", "0" * 64), (Page(1, lines=(Line(tuple(words)),)),))
    made = correct(read, CorrectionSettings(profile="vie"))
    assert made.text == read.text
    (word,) = [word for word in made.words() if word.changes]
    assert (word.ocr, word.doubtful) == ("chi", True)
