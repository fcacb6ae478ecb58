from itertools import product

import numpy as np
import pytest

from pipeline.correction.paths import LEAST, posteriors, weights

SHAPES = [[3, 2, 4], [1, 1, 1], [2, 1, 1, 3, 1, 2], [1, 4, 1, 1, 1, 2], [5], [1, 1, 3]]


@pytest.mark.parametrize("sizes", SHAPES)
def test_posteriors_sum_over_every_path(sizes: list[int]) -> None:
    random = np.random.default_rng(7)
    padded = [1, 1, *sizes]
    steps = [random.random(padded[at : at + 3]) for at in range(len(sizes))]
    expected = [np.zeros(size) for size in sizes]
    for path in product(*map(range, sizes)):
        full = (0, 0, *path)
        weight = np.prod([step[full[at : at + 3]] for at, step in enumerate(steps)])
        for at, candidate in enumerate(path):
            expected[at][candidate] += weight
    for share, sums in zip(posteriors(steps), expected, strict=True):
        assert share == pytest.approx(sums / sums.sum())


def test_a_long_sentence_of_unlikely_words_neither_vanishes_nor_overflows() -> None:
    scores = np.tile([-900.0, -905.0, -2000.0, -903.0], 300)
    begin, count = np.arange(0, 1200, 4), np.full(300, 4)
    steps = weights(scores, begin, count).reshape(300, 1, 2, 2)
    shares = posteriors([steps[0][:, :1], *steps[1:]])
    assert all(np.isfinite(share).all() and share.sum() == pytest.approx(1) for share in shares)


def test_each_word_is_scaled_by_its_best_step() -> None:
    scaled = weights(np.array([-5.0, -6.0, -900.0, -70.0]), np.array([0, 3]), np.array([3, 1]))
    assert scaled == pytest.approx(np.exp([0.0, -1.0, LEAST, 0.0]))


def test_no_sentence_has_no_posteriors() -> None:
    assert posteriors([]) == []
