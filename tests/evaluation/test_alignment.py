"""Every edit stands at a word of the truth, and every printed word finds its tokens again."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from pipeline.evaluation.alignment import align, spelled
from pipeline.evaluation.canonical import canonical, folded

words = st.lists(st.sampled_from(["ban", "chi", "ủy", "xã", "12"]), max_size=12)


def test_each_word_of_the_truth_knows_its_errors() -> None:
    truth = ["đoàn", "xã", "tổ", "chức", "hội", "thi"]
    found = align(truth, ["đoàn", "tổ", "chửc", "hội", "các", "thi"])

    assert found.errors.tolist() == [0, 1, 0, 1, 0, 1]
    assert found.right.tolist() == [True, False, True, False, True, True]
    assert found.partner.tolist()[:2] == [0, 2]


def test_what_was_invented_at_the_end_stands_at_the_last_word() -> None:
    assert align(["thôn", "Bến"], ["thôn", "Bến", "ồ", "ố"]).errors.tolist() == [0, 2]
    assert align([], ["ồ", "ố"]).errors.tolist() == [2]


@given(words, words)
def test_the_errors_add_up_to_the_distance(truth: list[str], text: list[str]) -> None:
    found = align(truth, text)

    assert found.errors.sum() == Levenshtein.distance(truth, text)
    for place, partner in enumerate(found.partner):
        assert partner < 0 or truth[partner] == text[place]


def test_words_that_the_form_joins_or_parts_are_found_again() -> None:
    joined = spelled(["Số", "07", "–", "CV/TU", ".", ".", ".", ".", "xã"], canonical)
    assert joined.tokens == ("Số", "07-CV/TU", "...", "xã")
    assert [*joined.spans[:4]] == [range(1), range(1, 2), range(1, 2), range(1, 2)]
    assert joined.spans[4] == range(2, 3)
    assert joined.spans[7:] == (range(3, 3), range(3, 4))

    parted = spelled(["Tỉnh ủy,", "", "T/M", "–", "xã"], folded)
    assert parted.tokens == ("tỉnh", "ủy", "t", "m", "xã")
    assert parted.spans == (range(2), range(2, 2), range(2, 4), range(4, 4), range(4, 5))


@given(st.lists(st.text(alphabet="oàaủyQ.…–-'\"1CT/", max_size=5), max_size=8))
def test_every_token_belongs_to_a_word(printed: list[str]) -> None:
    for form in (canonical, folded):
        found = spelled(printed, form)
        covered = {token for span in found.spans for token in span}

        assert list(found.tokens) == form(" ".join(filter(None, printed))).split()
        assert covered == set(range(len(found.tokens)))
