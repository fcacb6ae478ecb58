"""Intervals hold the pooled rate, are always the same, and are left out where nothing is known."""

import numpy as np

from pipeline.evaluation.alignment import Integers
from pipeline.evaluation.bootstrap import intervals
from pipeline.evaluation.comparison import compare
from pipeline.evaluation.counts import RATES, summed
from tests.evaluation.builder import document, word

LINE = ["Các", "chi", "bộ", "thôn", "họp", "ngày", "7", "để", "bàn", "việc", "làm", "đường"]


def rows(lines: int, every: int) -> Integers:
    """Return a document in which each *every*-th word was read wrongly and some of them fixed."""
    truth = LINE * lines
    words = []
    for index, right in enumerate(truth):
        read = f"{right}x" if index % every == 0 else right
        written = right if index % 3 == 0 else read
        words.append(word(read, f"{right}y" if index % 41 == 1 else written))
    return compare("a", " ".join(truth), document(*words)).rows


def test_the_interval_holds_the_pooled_rate() -> None:
    documents = [rows(40, 7), rows(25, 11), rows(3, 5)]
    counts = summed(np.concatenate(documents))
    found = intervals(documents)

    assert found is not None
    assert found.keys() == RATES.keys()
    for rate, interval in found.items():
        if interval:
            assert interval[0] <= getattr(counts, rate) <= interval[1], rate
    assert found["wer"] is not None
    assert found["fixed_share"] is not None


def test_the_same_counts_give_the_same_intervals() -> None:
    assert intervals([rows(30, 7)]) == intervals([rows(30, 7)])


def test_too_few_words_have_no_interval() -> None:
    assert intervals([rows(2, 7)]) is None


def test_a_rate_that_is_the_same_everywhere_has_no_interval() -> None:
    truth = " ".join(LINE * 40)
    found = intervals([compare("a", truth, truth).rows])

    assert found == dict.fromkeys(RATES)


def test_a_burst_of_errors_makes_the_interval_wider() -> None:
    truth = LINE * 80

    def width(spoiled: set[int]) -> float:
        text = " ".join(w if i not in spoiled else f"{w}x" for i, w in enumerate(truth))
        found = intervals([compare("a", " ".join(truth), text).rows])
        assert found is not None
        interval = found["wer"]
        assert interval is not None
        return interval[1] - interval[0]

    spread = set(range(0, len(truth), len(truth) // 40))
    burst = set(range(200, 200 + len(spread)))
    assert width(burst) > 1.5 * width(spread)
