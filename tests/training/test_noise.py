import numpy as np
import pytest

from pipeline.correction import language_model, lexicon
from pipeline.correction.candidates import CandidateFinder
from pipeline.correction.channel import profile
from pipeline.correction.language_model import SPECIAL
from pipeline.correction.profile import tunings
from pipeline.resources import dictionary
from pipeline.training.noise import KEPT, NEVER, Noise, drawn


@pytest.fixture(scope="module")
def finder() -> CandidateFinder:
    model = language_model.load(dictionary("language_model"))
    return CandidateFinder.cached(profile("stripped"), tunings()["stripped"], model, lexicon.load())


@pytest.fixture(scope="module")
def noise(finder: CandidateFinder) -> Noise:
    return drawn(finder, 2000, 1.0, 5)


def test_the_word_itself_is_always_among_the_candidates(noise: Noise) -> None:
    words = np.repeat(np.arange(len(noise.start) - 1), np.diff(noise.start))
    assert noise.candidates[np.arange(len(words)), noise.target].tolist() == words.tolist()
    assert not np.diff(noise.start)[: len(SPECIAL)].any(), "numbers and symbols are not damaged"


def test_the_best_comes_first_and_gaps_never_count(noise: Noise) -> None:
    assert noise.candidates.shape[1] == KEPT
    assert noise.logp[:, 0] == pytest.approx(0)
    assert (np.diff(noise.logp[:, : KEPT - 1]) <= 0).all()
    assert set(noise.logp[noise.candidates == 0].tolist()) <= {NEVER}


def test_stripped_words_have_their_look_alikes(finder: CandidateFinder, noise: Noise) -> None:
    word = finder.model.id_of("tỉnh")
    texts = {
        finder.model.vocabulary[one]
        for row in range(noise.start[word], noise.start[word + 1])
        for one in noise.candidates[row]
    }
    assert {"tỉnh", "tính", "tình", "tinh"} <= texts


def test_the_same_seed_gives_the_same(finder: CandidateFinder, noise: Noise) -> None:
    again = drawn(finder, 2000, 1.0, 5)
    assert again.candidates.tolist() == noise.candidates.tolist()
    assert drawn(finder, 2000, 1.0, 6).candidates.tolist() != noise.candidates.tolist()
