import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.correction.lexicon import listed
from pipeline.correction.syllable import Tone, canonical, is_syllable, parse, spell, split_tone


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("nghiệp", ("ngh", "", "iê", "p", Tone.NANG)),
        ("quyết", ("qu", "u", "yê", "t", Tone.SAC)),
        ("gì", ("gi", "", "i", "", Tone.HUYEN)),
        ("giếng", ("gi", "", "ê", "ng", Tone.SAC)),
        ("ủy", ("", "u", "y", "", Tone.HOI)),
        ("được", ("đ", "", "ươ", "c", Tone.NANG)),
        ("THUỞ", ("th", "u", "ơ", "", Tone.HOI)),
    ],
)
def test_a_syllable_comes_apart_into_onset_glide_nucleus_coda_and_tone(
    word: str, parts: tuple[str, str, str, str, Tone]
) -> None:
    syllable = parse(word)
    assert syllable is not None
    assert (
        syllable.onset,
        syllable.glide,
        syllable.nucleus,
        syllable.coda,
        syllable.tone,
    ) == parts


@pytest.mark.parametrize(
    "word", ["cac", "tổc", "nghành", "trưòng", "nguời", "ngề", "iên", "nộị", "kuan", "Đắk", "x"]
)
def test_what_the_orthography_forbids_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("old", "new"), [("hoà", "hòa"), ("uỷ", "ủy"), ("khoẻ", "khỏe"), ("THUỶ", "thủy")]
)
def test_old_and_new_tone_placement_are_one_syllable(old: str, new: str) -> None:
    assert parse(old) == parse(new)
    assert canonical(old) == canonical(new) == new
    syllable = parse(new)
    assert syllable is not None
    assert spell(syllable, old_style=True) == old.lower()


@pytest.mark.parametrize("word", ["hoàng", "thuyền", "quý", "của", "mía", "khuỷu", "ngoèo", "moóc"])
def test_elsewhere_both_styles_agree(word: str) -> None:
    syllable = parse(word)
    assert syllable is not None
    assert spell(syllable) == spell(syllable, old_style=True) == word


def test_nearly_every_attested_syllable_is_legal_and_spelled_back() -> None:
    attested = listed("syllables_attested")
    refused = [word for word in attested if not is_syllable(word)]
    assert len(refused) < 10  # voa, buy and the like: glides after labials
    for word in set(attested) - set(refused):
        syllable = parse(word)
        assert syllable is not None
        assert word in (spell(syllable), spell(syllable, old_style=True))


@given(st.text(max_size=8))
def test_any_text_can_be_asked_about(text: str) -> None:
    assert is_syllable(text) == (parse(text) is not None)
    split_tone(text)
