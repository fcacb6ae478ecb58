import pytest

from pipeline.correction import lexicon
from pipeline.correction.facts import is_fact, may_be_figure, may_be_letters
from pipeline.correction.lexicon import Lexicon
from pipeline.correction.tokens import analyse


@pytest.fixture(scope="module")
def words() -> Lexicon:
    return lexicon.load(())


@pytest.mark.parametrize(
    "read",
    [
        "15/5/2016",
        "XIII",
        "26-KH/BTGTW",
        "BCĐ35",
        "T/M",
        "đ/c",
        "P.KSTTHC",
        "PCVP/VX",
        "H12",
        "A1",
        "H'Bia",
        "K’sor",
        "km2",
        "2O23",
        "QL2O",
        "(a.",
        "(b)",
    ],
)
@pytest.mark.parametrize("digits", [True, False])
def test_numbers_symbols_and_codes_are_facts(words: Lexicon, read: str, *, digits: bool) -> None:
    assert is_fact(analyse(read), words, digits=digits)


def test_where_letters_are_read_as_digits_a_word_may_hold_some(words: Lexicon) -> None:
    for read in ("6", "14", "t6", "ch1nh"):
        assert not is_fact(analyse(read), words, digits=True)
        assert is_fact(analyse(read), words, digits=False)


@pytest.mark.parametrize("read", ["ban", "zzxq", "hoà"])
def test_words_are_no_facts(words: Lexicon, read: str) -> None:
    assert not is_fact(analyse(read), words, digits=False)


def test_a_marker_or_a_longer_number_is_no_word(words: Lexicon) -> None:
    assert may_be_letters(analyse("14,"))
    for read in ("14.", "6)", "2016", "(6", "ban"):
        assert not may_be_letters(analyse(read))


def test_letters_that_no_part_is_marked_with_are_no_figure() -> None:
    assert all(map(may_be_figure, ("14", "12a", "7đ")))
    assert not any(map(may_be_figure, ("1am", "160i", "4n", "t6", "")))
