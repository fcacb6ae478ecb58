import math

import pytest

from pipeline.correction.channel import Profile, profile, word_score
from pipeline.correction.trie import Limits, Trie

WORDS = ["quyết", "quyệt", "quýt", "huyết", "tổ", "tố", "to", "Tổ", "TỔ", "chức", "thường", "a"]
READS = ["quyét", "t6", "chire", "", "TO", "qu", "x" * 40, "日本", "thudng", "t6", "ﬁ®"]
PRIOR = {word: -float(number) for number, word in enumerate(WORDS)}


@pytest.fixture(scope="module")
def trie() -> Trie:
    return Trie(WORDS)


@pytest.mark.parametrize("name", ["english", "vie", "stripped"])
@pytest.mark.parametrize("beam", [3.0, 10.0, math.inf])
def test_many_words_score_as_each_does_alone(trie: Trie, name: str, beam: float) -> None:
    channel = profile(name)
    together = trie.score_many(READS, channel, beam=beam)
    for read, found in zip(READS, together, strict=True):
        alone = trie.score(read, channel, beam=beam)
        assert [word for word, _ in found] == [word for word, _ in alone]
        assert [score for _, score in found] == pytest.approx([score for _, score in alone])


def test_no_word_within_the_beam_is_lost_and_none_beyond_it_found(trie: Trie) -> None:
    channel = profile("english")
    for read, found in zip(READS, trie.score_many(READS, channel, beam=9.0), strict=True):
        scores = {word: word_score(word, read, channel) for word in WORDS}
        possible = {word: score for word, score in scores.items() if score > -1e8}
        best = max(possible.values(), default=0.0)
        wanted = {word: score for word, score in possible.items() if score >= best - 9.0}
        assert dict(found) == pytest.approx(wanted, rel=1e-5)


def test_what_no_word_can_emit_finds_nothing(trie: Trie) -> None:
    assert trie.score("x" * 40, profile("english"), beam=math.inf) == []


def test_a_word_far_behind_by_channel_and_prior_is_left() -> None:
    trie = Trie(WORDS, PRIOR.__getitem__)
    channel, limits = profile("english"), Limits(beam=20.0, behind=6.0, weight=0.7)
    for read, found in zip(READS, trie.search(READS, channel, limits), strict=True):
        scores = dict(trie.score(read, channel, beam=20.0))
        ranks = {word: 0.7 * score + PRIOR[word] for word, score in scores.items()}
        first = max(ranks.values(), default=0.0)
        assert {trie.words[word] for word in found.words} == {
            word for word, rank in ranks.items() if rank >= first - 6.0
        }
        if scores:
            assert found.best == pytest.approx(max(scores.values()), rel=1e-5)


def test_nothing_read_or_no_vocabulary_gives_nothing(trie: Trie) -> None:
    assert trie.score_many([], profile("vie"), beam=5.0) == []
    assert Trie([]).score_many(["ban", ""], profile("vie"), beam=5.0) == [[], []]


def test_channels_of_one_trie_do_not_mix() -> None:
    trie = Trie(["ab"])
    surely = Profile("a", {"a": {"a": -1.0}, "b": {"b": -1.0}})
    hardly = Profile("b", {"a": {"a": -2.0}, "b": {"b": -2.0}})
    for channel, score in ((surely, -2.0), (hardly, -4.0), (surely, -2.0)):
        assert dict(trie.score("ab", channel, beam=1.0)) == pytest.approx({"ab": score})


def test_more_pieces_than_are_remembered_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = profile("english")
    wanted = Trie(WORDS).score_many(READS, channel, beam=5.0)
    monkeypatch.setattr("pipeline.correction.emissions.REMEMBERED", 2)
    trie = Trie(WORDS)
    for read, found in zip(READS, wanted, strict=True):
        assert dict(trie.score(read, channel, beam=5.0)) == pytest.approx(dict(found))
