import pytest

from pipeline.correction.numerals import repaired


@pytest.mark.parametrize(
    ("read", "numeral", "damage"),
    [
        ("XIIl", "XIII", 1),
        ("XTV", "XIV", 1),
        ("XH1", "XIII", 2),
        ("lII", "III", 1),
        ("lV", "IV", 1),
        ("1V", "IV", 1),
        ("ll", "II", 2),
    ],
)
def test_a_damaged_numeral_is_read_by_its_grammar(read: str, numeral: str, damage: int) -> None:
    assert repaired(read) == (numeral, damage)


@pytest.mark.parametrize("read", ["XIII", "Xl1ll", "lan", "1", "", "Xã", "Vì", "XXXXl"])
def test_what_is_right_or_none_stays(read: str) -> None:
    assert repaired(read) is None
