from pathlib import Path

import pytest

from pipeline.correction.channel import OTHER_MARK, Profile, load_profile, profile, word_score
from pipeline.correction.trie import Trie
from pipeline.errors import BadDictionaryError


def test_the_printed_word_is_among_the_best_of_its_stripped_reading() -> None:
    trie = Trie(["đảng", "đang", "đáng", "dạng", "nặng", "ban"])
    found = dict(trie.score("dang", profile("stripped"), beam=4.0))
    assert set(found) == {"đảng", "đang", "đáng", "dạng"}


def test_a_letter_may_be_read_as_two() -> None:
    channel = Profile("test", {"ứ": {"ir": -1.0}, "t": {"t": -0.1}, "h": {"h": -0.1}})
    assert word_score("thứ", "thir", channel) == pytest.approx(-1.2)


def test_the_trie_scores_each_word_as_it_would_alone() -> None:
    words = ["quyết", "quyệt", "quýt", "huyết", "tổ", "tố", "to"]
    channel = profile("english")
    trie = Trie(words)
    for read in ("quyét", "t6", "huyet", "qu"):
        together = dict(trie.score(read, channel, beam=1e6))
        for word in words:
            assert together[word] == pytest.approx(word_score(word, read, channel))


def test_the_right_reading_is_the_likeliest_for_our_own_reader() -> None:
    trie = Trie(["tỉnh", "tinh", "tình", "tính", "tĩnh"])
    for word in trie.words:
        best = max(trie.score(word, profile("vie"), beam=5.0), key=lambda pair: pair[1])
        assert best[0] == word


def test_a_mark_seldom_confused_in_training_is_no_rarer_than_one_never_confused() -> None:
    channel = Profile("test", {"ố": {"ố": -0.1, "ó": -7.5, "o": -4.0}})
    assert channel.emission("ố", "ó") == channel.emission("ố", "ò") == OTHER_MARK
    assert channel.emission("ố", "o") == -4.0


def test_a_damaged_profile_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.tsv"
    file.write_text("# comment\na\tb\t-1\nbroken\n", encoding="utf-8")
    with pytest.raises(BadDictionaryError, match="line 3"):
        load_profile(file)
