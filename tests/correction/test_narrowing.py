import pytest

from pipeline.correction import language_model
from pipeline.correction.candidates import Candidate
from pipeline.correction.language_model import LanguageModel
from pipeline.correction.lattice import Slot
from pipeline.correction.narrowing import BEHIND, KEPT, narrowed
from pipeline.model import Reason
from pipeline.resources import dictionary


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return language_model.load(dictionary("language_model"))


def slot(model: LanguageModel, read: str, **others: float) -> Slot:
    """A word that was read so, with other words that it may be and their scores."""
    first = Candidate(read, (read,), (model.id_of(read),), 0.0)
    rest = [
        Candidate(word, (word,), (model.id_of(word),), score, reason=Reason.DIACRITICS)
        for word, score in others.items()
    ]
    return Slot((first, *rest), [0.0, *others.values()])


def texts(narrow: Slot) -> set[str]:
    return {candidate.text for candidate in narrow.candidates}


def test_few_stay_and_the_reading_always_does(model: LanguageModel) -> None:
    crowd = dict.fromkeys(model.vocabulary[10:60], 3.0)
    sentence = [slot(model, "ban"), slot(model, "zzxq", **crowd), slot(model, "vụ")]
    narrow = narrowed([sentence, []], model, frozenset())
    assert [len(words) for words in narrow] == [3, 0]
    assert len(narrow[0][1].candidates) == KEPT + 1
    assert "zzxq" in texts(narrow[0][1])
    assert narrow[0][1].scores[1:] == [3.0] * KEPT


def test_what_its_neighbours_call_for_stays(model: LanguageModel) -> None:
    crowd = dict.fromkeys(model.vocabulary[10:60], 0.0)
    for sentence, at, wanted in (
        ([slot(model, "nghị"), slot(model, "zzxq", quyết=0.0, **crowd)], 1, "quyết"),
        ([slot(model, "zzxq", nghị=0.0, **crowd), slot(model, "quyết")], 0, "nghị"),
    ):
        assert wanted in texts(narrowed([sentence], model, frozenset())[0][at])


def test_what_is_far_behind_goes_even_among_few(model: LanguageModel) -> None:
    sentence = [slot(model, "ban", bán=-BEHIND - 20), slot(model, "thường", thưởng=-1.0)]
    first, second = narrowed([sentence], model, frozenset())[0]
    assert texts(first) == {"ban"}
    assert texts(second) == {"thường", "thưởng"}


def test_nothing_is_narrowed_to_nothing(model: LanguageModel) -> None:
    assert narrowed([], model, frozenset()) == []
