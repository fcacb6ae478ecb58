from pathlib import Path

import numpy as np
import pytest

from pipeline.correction import correct, language_model, lexicon
from pipeline.correction.candidates import Candidate
from pipeline.correction.language_model import LanguageModel
from pipeline.correction.lattice import Slot
from pipeline.correction.rescorer import rescored
from pipeline.model import Reason
from pipeline.resources import dictionary
from pipeline.settings import CorrectionSettings, Part
from tests.correction.builder import document


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return language_model.load(dictionary("language_model"))


def slot(model: LanguageModel, read: str, *others: str) -> Slot:
    """A word that was read so, and what else it may be, all as likely."""
    candidates = (
        Candidate(read, (read,), (model.id_of(read),), 0.0),
        *(Candidate(o, (o,), (model.id_of(o),), 0.0, reason=Reason.DIACRITICS) for o in others),
    )
    return Slot(candidates, [0.0] * len(candidates))


def sentence(model: LanguageModel) -> list[Slot]:
    return [slot(model, "trong", "trọng"), slot(model, "zzq", "dụng", "dung"), slot(model, "hiền")]


SHARES = [np.array([0.6, 0.4]), np.array([0.2, 0.45, 0.35]), np.ones(1)]


def moved(before: Slot, after: Slot) -> list[float]:
    return (np.array(after.scores) - before.scores).tolist()


def test_open_words_are_moved_and_the_unknown_weigh_what_they_did(model: LanguageModel) -> None:
    empty = lexicon.load((), shipped=False)
    before = sentence(model)
    first, second, third = rescored([before], [SHARES], model, empty, 0.5)[0]
    assert all(moved(before[0], first))
    assert moved(before[1], second)[0] == 0
    assert all(moved(before[1], second)[1:])
    assert moved(before[2], third) == [0]


def test_what_is_moved_keeps_its_share_together(model: LanguageModel) -> None:
    empty = lexicon.load((), shipped=False)
    before = sentence(model)
    after = rescored([before], [SHARES], model, empty, 0.5)[0]
    for word, again, share in zip(before, after, SHARES, strict=True):
        assert (share * np.exp(moved(word, again))).sum() == pytest.approx(1)


def test_the_open_words_go_by_the_decided_ones(model: LanguageModel) -> None:
    empty = lexicon.load((), shipped=False)
    second = []
    for sure in ([0.999, 0.001], [0.001, 0.999]):
        shares = [np.array(sure), *SHARES[1:]]
        result = rescored([sentence(model)], [shares], model, empty, 0.5)[0]
        assert result[0].scores == [0, 0]
        second.append(result[1].scores)
    assert second[0] != pytest.approx(second[1])


def test_what_is_out_of_the_question_is_not_decoded_again_but_the_reading_is(
    model: LanguageModel,
) -> None:
    empty = lexicon.load((), shipped=False)
    shares = [np.array([1e-9, 1.0]), np.array([1e-9, 1e-9, 1.0]), np.ones(1)]
    assert rescored([sentence(model)], [shares], model, empty, 0.5) == {}
    shares[0] = np.array([0.5, 0.5])
    again = rescored([sentence(model)], [shares], model, empty, 0.5)[0]
    assert [[c.text for c in slot.candidates] for slot in again] == [
        ["trong", "trọng"],
        ["zzq", "dung"],
        ["hiền"],
    ]


def test_a_sentence_in_which_all_is_decided_is_not_decoded_again(model: LanguageModel) -> None:
    empty = lexicon.load((), shipped=False)
    decided = [np.array([0.999, 0.001]), np.array([0.0, 1.0, 0.0]), np.ones(1)]
    result = rescored([sentence(model)] * 2, [decided, SHARES], model, empty, 0.5)
    assert list(result) == [1]
    assert rescored([sentence(model)], [SHARES], model, empty, 0.0) == {}


def test_the_users_own_words_are_left_to_the_decoder(model: LanguageModel, tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("trọng\n", encoding="utf-8")
    words = lexicon.load((str(own),), shipped=False)
    first, second, _ = rescored([sentence(model)], [SHARES], model, words, 0.5)[0]
    assert first.scores == [0, 0]
    assert second.scores != [0, 0, 0]


@pytest.mark.parametrize(("without", "expected"), [((), True), (("rescorer",), False)])
def test_what_three_words_leave_open_a_longer_context_settles(
    without: tuple[Part, ...], *, expected: bool
) -> None:
    read = document("Ba con thu hoach che, ca phe va ho tieu trong vu mua nay")
    settings = CorrectionSettings(profile="stripped", without=without)
    written = " ".join(word.text for word in correct(read, settings).words())
    assert ("tiêu trong vụ mùa" in written) is expected
