from pathlib import Path

import pytest

from pipeline.correction.channel import Profile, load_profile
from pipeline.training.confusions import as_text, learn, segment, stripped

PAIRS = [("thứ", "thir"), ("chức", "chirc"), ("tổ", "t6"), ("của", "cua"), ("thư", "thu")] * 20


def test_letters_read_as_two_are_learned_from_pairs() -> None:
    profile = learn("test", PAIRS)
    assert profile.emission("ứ", "ir") > profile.emission("ứ", "x") + 2
    assert profile.emission("ổ", "6") > -0.5
    assert profile.emission("t", "t") > -0.2


def test_a_pair_is_cut_into_what_each_letter_was_read_as() -> None:
    profile = learn("test", PAIRS)
    assert segment("thứ", "thir", profile) == [("t", "t"), ("h", "h"), ("ứ", "ir")]
    assert segment("a", "much too long", profile) == []


def test_another_tone_of_a_letter_learns_from_its_family() -> None:
    profile = learn("test", [*PAIRS, ("trừ", "tru")])
    assert "ir" in profile.logp["ừ"]


def test_a_profile_reads_back_as_it_was_written(tmp_path: Path) -> None:
    profile = learn("test", PAIRS)
    file = tmp_path / "test.tsv"
    file.write_text(as_text(profile, comment="test"), encoding="utf-8")
    assert load_profile(file).logp == profile.logp


def test_stripping_needs_no_training() -> None:
    profile = stripped("ăĐe")
    assert profile.emission("Đ", "D") == pytest.approx(-0.05)
    assert isinstance(profile, Profile)
