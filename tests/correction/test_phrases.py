from pathlib import Path

import numpy as np
import pytest

from pipeline.correction import lexicon, phrases, spotting
from pipeline.correction.candidates import Candidate, Form
from pipeline.correction.phrases import BY_LENGTH, OWN_NAME, OWN_PAIR, Phrases
from pipeline.correction.spotting import CAPITALS
from pipeline.correction.syllable import canonical
from pipeline.correction.tokens import analyse
from pipeline.model import Reason


def word(*texts: str) -> tuple[Candidate, ...]:
    """The candidates of a word; the first is its reading."""
    read = texts[0]
    return tuple(
        Candidate(
            text,
            (canonical(analyse(text).core),),
            (9,),
            0.0,
            Form.of(analyse(text).core),
            None
            if text == read
            else Reason.CASE
            if text.lower() == read.lower()
            else Reason.DIACRITICS,
        )
        for text in texts
    )


def known(*entries: str) -> Phrases:
    made = Phrases()
    for entry in entries:
        made.add(entry)
    return made


def gains(made: Phrases, *words: tuple[Candidate, ...]) -> list[list[list[float]]]:
    return [np.atleast_2d(gain).tolist() for gain in spotting.gains(made, words)]


def test_a_phrase_draws_its_words_together_the_more_the_longer_it_is() -> None:
    made = known("kho thóc", "kho thóc của xã")
    store, rice, of, village = word("khô", "kho"), word("thoc", "thóc"), word("của"), word("xã")
    assert gains(made, store, rice) == [[[0.0]], [[0.0, 0.0], [0.0, BY_LENGTH[2]]]]
    longer = gains(made, store, rice, of, village)
    assert longer[1] == [[0.0, 0.0], [0.0, BY_LENGTH[4]]]
    assert longer[2] == [[0.0], [BY_LENGTH[4]]]
    assert longer[3] == [[BY_LENGTH[4]]]


def test_a_phrase_is_spotted_in_either_tone_placement() -> None:
    assert gains(known("hòa giải"), word("hoà"), word("giải"))[1] == [[BY_LENGTH[2]]]


def test_no_phrase_reaches_over_a_comma_that_it_has_not_and_none_goes_without_its_own() -> None:
    plain, parted = known("lúa ngô khoai"), known("lúa, ngô khoai")
    with_comma = (word("lúa,"), word("ngô"), word("khoai;"))
    without = (word("lúa"), word("ngô"), word("khoai"))
    assert gains(plain, *without)[1] == gains(parted, *with_comma)[1] == [[BY_LENGTH[3]]]
    assert gains(plain, *with_comma)[1] == gains(parted, *without)[1] == [[0.0]]


def test_the_last_word_of_a_phrase_may_be_followed_by_a_comma() -> None:
    assert gains(known("bờ ruộng"), word("bờ"), word("ruộng,"), word("đê"))[1] == [[BY_LENGTH[2]]]


def test_capitals_of_a_phrase_favour_the_candidates_that_have_them() -> None:
    made = known("Hội Làm vườn")
    gain = gains(made, word("Hôi", "Hội", "hội"), word("Làm"), word("vườn"))
    assert gain[1] == [[0.0], [BY_LENGTH[3] + CAPITALS], [BY_LENGTH[3]]]


def test_capitals_as_printed_are_never_repaired_for_a_phrase() -> None:
    made = known("Hội Làm vườn")
    gain = gains(made, word("hội", "Hội"), word("làm", "Làm"), word("vườn"))
    assert gain[1] == [[BY_LENGTH[3]] * 2] * 2
    small = gains(known("làm vườn"), word("Lam", "Làm", "làm"), word("vườn"))
    assert small[1] == [[0.0], [BY_LENGTH[2]], [BY_LENGTH[2]]]


def test_of_phrases_that_differ_in_capitals_alone_neither_has_any() -> None:
    made = known("Hội Làm vườn", "hội làm vườn")
    assert gains(made, word("Hôi", "Hội"), word("Làm"), word("vườn"))[1] == [[0.0], [BY_LENGTH[3]]]


def test_phrases_of_a_list_of_ones_own_weigh_more_and_so_does_each_pair_of_them(
    tmp_path: Path,
) -> None:
    own = tmp_path / "cua-toi.txt"
    own.write_text("đập Suối Vạng\n", encoding="utf-8")
    made = phrases.of(lexicon.load((str(own),)))
    pair = gains(made, word("Suoi", "Suối"), word("Vang", "Vạng"))[1]
    assert pair[1][1] >= OWN_PAIR
    assert pair[0] == [0.0, 0.0]
    whole = gains(made, word("Dap", "đập"), word("Suoi", "Suối"), word("Vang", "Vạng"))
    assert whole[1][1][1] >= OWN_NAME
    assert whole[2][1][1] >= OWN_NAME


def test_the_shipped_lists_can_be_left_out(tmp_path: Path) -> None:
    own = tmp_path / "cua-toi.txt"
    own.write_text("đập Suối Vạng\n", encoding="utf-8")
    bare = lexicon.load((str(own),), shipped=False)
    assert bare.own_phrases == ("đập Suối Vạng",)
    assert not bare.phrases
    assert not bare.lines
    assert not bare.codes
    assert not bare.words


def test_what_stands_in_brackets_behind_an_entry_is_no_part_of_the_phrase() -> None:
    assert not [phrase for phrase in lexicon.load().phrases if phrase.endswith(")")]


@pytest.mark.parametrize("name", ["Tẻh", "TẺH", "Huoai", "HUOAI", "Srônh"])
def test_names_of_places_that_are_no_syllables_are_protected(name: str) -> None:
    assert name in lexicon.load().words


def test_short_names_without_marks_are_not_for_they_look_misread() -> None:
    assert not {"Mil", "Sar", "Hine"} & lexicon.load().words
