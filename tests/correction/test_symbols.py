"""A symbol is repaired only where the codes of the lexicon prove it; its numbers never change."""

import pytest

from pipeline.correction import correct
from pipeline.correction.symbols import by_skeleton, repaired
from pipeline.model import Decision, Reason
from pipeline.settings import CorrectionSettings
from tests.correction.builder import document

CODES = by_skeleton(["QĐ", "NĐ", "CP", "TW", "UBND", "HD", "HĐ", "HĐND", "LĐ-TB&XH", "TTg", "đ/c"])


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("366-QD/TW", "366-QĐ/TW"),
        ("15/2025/ND-CP", "15/2025/NĐ-CP"),
        ("15/2025/QĐÐ-TTg", "15/2025/QĐ-TTg"),
        ("QD-UBND", "QĐ-UBND"),
        ("377/0Đ-UBND", "377/QĐ-UBND"),
        ("HDND", "HĐND"),
        ("d/c", "đ/c"),
        ("D/c", "Đ/c"),
        ("LD-TB&XH", "LĐ-TB&XH"),
    ],
)
def test_a_code_that_lost_its_bar_gets_it_back(read: str, printed: str) -> None:
    assert repaired(read, CODES) == printed


@pytest.mark.parametrize(
    "read", ["366-QĐ/TW", "12-HD/TW", "366-QX/TW", "2026", "45/KH", "A-B", "", "/", "UBND", "ND"]
)
def test_what_is_right_unknown_or_ambiguous_stays(read: str) -> None:
    assert repaired(read, CODES) is None


def test_a_repaired_symbol_is_a_change_with_its_reason() -> None:
    result = correct(
        document("theo Nghị định số 15/2025/ND-CP của Chính phủ"),
        CorrectionSettings(profile="english"),
    )
    change = next(word for word in result.words() if word.changes).changes[0]
    assert (change.after, change.reason) == ("15/2025/NĐ-CP", Reason.SYMBOL)
    assert change.decision is Decision.MADE


@pytest.mark.parametrize("symbol", ["HDND", "15/2025/ND-CP"])
def test_a_bar_that_a_vietnamese_reader_did_not_see_may_never_have_been_typed(symbol: str) -> None:
    result = correct(document(f"theo {symbol} tỉnh"), CorrectionSettings(profile="vie"))
    word = list(result.words())[1]
    assert word.text == symbol
    assert [change.decision for change in word.changes] == [Decision.PROPOSED]


def test_the_letter_eth_is_always_a_misread_bar() -> None:
    result = correct(document("theo Quyết định số 366-QÐ/TW"), CorrectionSettings(profile="vie"))
    assert [*result.words()][-1].text == "366-QĐ/TW"
