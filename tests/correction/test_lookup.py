import numpy as np
import pytest

from pipeline.correction.lookup import PairIndex, found_in_rows


@pytest.fixture
def rows() -> tuple[np.ndarray, np.ndarray, dict[tuple[int, int], int]]:
    draw = np.random.default_rng(5)
    share = [0.0, 0.01, 0.1, 0.9, 1.0]
    pairs = [
        np.flatnonzero(draw.random(100) < share[row % len(share)]).astype(np.uint16)
        for row in range(100)
    ]
    starts = np.cumsum([0, *map(len, pairs)]).astype(np.uint32)
    where = {
        (row, int(word)): int(starts[row]) + at
        for row, words in enumerate(pairs)
        for at, word in enumerate(words)
    }
    return starts, np.concatenate(pairs), where


def test_every_pair_is_found_where_it_is_and_no_other(
    rows: tuple[np.ndarray, np.ndarray, dict[tuple[int, int], int]],
) -> None:
    starts, words, where = rows
    row, word = (part.ravel() for part in np.indices((100, 100)))
    wanted = [where.get(pair, -1) for pair in zip(row.tolist(), word.tolist(), strict=True)]
    assert PairIndex.of(starts, words).find(row, word).tolist() == wanted
    assert found_in_rows(starts, words, row, word).tolist() == wanted
    assert found_in_rows(starts, words, row[:9], word[:9]).tolist() == wanted[:9]


def test_rows_without_any_word_and_no_question_at_all() -> None:
    starts, words = np.zeros(3, np.uint32), np.zeros(0, np.uint16)
    none, some = np.zeros(0, np.int64), np.array([0, 1])
    for row, wanted in ((none, []), (some, [-1, -1])):
        assert PairIndex.of(starts, words).find(row, row).tolist() == wanted
        assert found_in_rows(starts, words, row, row).tolist() == wanted
