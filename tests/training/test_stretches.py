import numpy as np

from pipeline.training.noise import KEPT, NEVER, Noise
from pipeline.training.stretches import MASKED, WORDS, batch


def noise(words: int) -> Noise:
    """Every word may also have been its neighbour, the two being as likely."""
    candidates = np.zeros((words, KEPT), np.int64)
    candidates[:, 0], candidates[:, 1] = (np.arange(words) + 1) % words, np.arange(words)
    logp = np.full((words, KEPT), NEVER, np.float32)
    logp[:, :2] = 0
    return Noise(candidates, logp, np.ones(words, np.int64), np.arange(words + 1))


def test_every_word_is_damaged_and_its_target_is_itself() -> None:
    text = np.arange(5, 5 + 2 * WORDS, dtype=np.uint16)
    some = batch({"party": text}, (noise(500),) * 3, 4, np.random.default_rng(1))
    chosen = np.take_along_axis(some.candidates, some.target[..., None], axis=-1)[..., 0]
    assert (np.diff(chosen) == 1).all()
    assert (some.candidates[..., 0] == chosen + 1).all()


def test_boundaries_numbers_and_flags_stay() -> None:
    text = np.tile(np.array([0, 2, 7 | 1 << 15 | 1 << 13], np.uint16), WORDS)
    some = batch({"party": text}, (noise(500),) * 3, 2, np.random.default_rng(1))
    special = some.candidates[..., 0] < 5
    assert (some.candidates[special][:, 1:] == 0).all()
    assert set(some.flags[special].tolist()) == {0}
    assert set(some.flags[~special].tolist()) == {5}


def test_some_words_are_not_seen() -> None:
    text = np.arange(5, 5 + 2 * WORDS, dtype=np.uint16)
    some = batch({"party": text}, (noise(500),) * 3, 50, np.random.default_rng(1))
    assert abs(1 - some.seen.mean() - MASKED) < 0.02


def test_a_corpus_shorter_than_a_stretch_is_repeated() -> None:
    some = batch(
        {"news": np.arange(5, 12, dtype=np.uint16)}, (noise(500),) * 3, 1, np.random.default_rng(1)
    )
    assert some.candidates.shape[:2] == (1, WORDS)
