"""A rare slip in a clean text is its author's and only proposed; elsewhere it is repaired."""

from pipeline.correction import correct
from pipeline.model import Decision
from pipeline.settings import CorrectionSettings
from tests.correction.builder import document

CLEAN = "Các cấp ủy đảng tổ chức quán triệt và báo cáo kết quả với Ban Thường vụ Tỉnh ủy.\n"
SLIP = "Báo cáo kết quà thực hiện nhiệm vụ của các cấp ủy đảng trong toàn tỉnh.\n"


def test_one_slip_in_a_long_clean_text_is_proposed() -> None:
    result = correct(document(60 * CLEAN + SLIP), CorrectionSettings())
    changed = [word for word in result.words() if word.changes]
    assert [(w.text, w.changes[0].after, w.changes[0].decision) for w in changed] == [
        ("quà", "quả", Decision.PROPOSED)
    ]


def test_the_same_slip_is_repaired_in_a_short_text_and_where_a_reader_was_at_work() -> None:
    short = correct(document(CLEAN + SLIP), CorrectionSettings())
    read = correct(document(60 * CLEAN + SLIP, confidence=0.9), CorrectionSettings())
    for result in (short, read):
        assert "quà" not in [word.text for word in result.words()]
