import numpy as np
import pytest

from pipeline.correction.language_model import BOUNDARY, LanguageModel
from pipeline.training import ngrams

WORDS = ("<s>", "<unk>", "<number>", "<numeral>", "<symbol>", "ban", "thường", "vụ", "bộ", "tỉnh")


def model(streams: list[np.ndarray], least: int = 1) -> LanguageModel:
    counts = ngrams.count(streams)
    domain = ngrams.Domain(counts, len(WORDS))
    arrays = ngrams.build(
        [counts], [domain], np.array([1.0]), min_bigram=(least,), min_trigram=(least,)
    )
    return LanguageModel(WORDS, {w: i for i, w in enumerate(WORDS)}, dict(arrays))


def stream(*sentences: str) -> np.ndarray:
    ids = {word: number for number, word in enumerate(WORDS)}
    tokens = [i for s in sentences for i in (BOUNDARY, *(ids[word] for word in s.split()))]
    return np.array(tokens, dtype=np.uint16)


TEXT = stream(*["ban thường vụ tỉnh"] * 5, *["bộ tỉnh ban"] * 3, "thường vụ bộ", "tỉnh bộ", "vụ")


@pytest.mark.parametrize("least", [1, 2, 3])
def test_probabilities_sum_to_one_whatever_is_pruned(least: int) -> None:
    lm = model([TEXT], least)
    words = np.arange(1, len(WORDS))
    for first in range(5, len(WORDS)):
        for second in range(5, len(WORDS)):
            total = np.exp(lm.logp(np.array([first]), np.array([second]), words)).sum()
            assert total == pytest.approx(1.0, abs=0.05)  # logs are kept in steps of 1/16


def test_what_was_seen_is_likelier_than_what_was_not() -> None:
    lm = model([TEXT])
    ban, thuong = np.array([5]), np.array([6])
    seen, unseen = lm.logp(ban, thuong, np.array([7])), lm.logp(ban, thuong, np.array([9]))
    assert seen > unseen + 1


def test_no_ngram_reaches_over_the_end_of_a_sentence() -> None:
    counts = ngrams.count([stream("ban bộ", "tỉnh vụ")])
    assert (8 << 16 | 9) not in counts.bigrams  # bộ | tỉnh
