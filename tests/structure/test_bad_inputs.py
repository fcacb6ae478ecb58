"""What is no official document stays what it is: complete text, no invented structure."""

import pytest

from pipeline.model import Kind
from pipeline.outline import outline
from tests.structure.documents import built, document
from tests.structure.test_invariants import check

PROSE = (
    "Sáng sớm, sương mù phủ kín thung lũng Suối Vàng. Người dân lên nương từ lúc chưa rõ mặt.\n"
    "Đến trưa, nắng lên, tiếng trẻ học bài vọng ra từ lớp học bên sườn đồi.\n"
)
FOREIGN = (
    "The committee met on 12 March 2021 to discuss the annual report. It was agreed that the\n"
    "chairman would write to all members before the end of the month. No decision was taken\n"
    "on the budget. A. Smith asked for more time; the secretary noted this.\n"
)
MIDDLE = (
    "và các tổ chức chính trị - xã hội phối hợp thực hiện.\n\n"
    "4. Giao Văn phòng Tỉnh ủy theo dõi, đôn đốc.\n\n"
    "5. Các huyện ủy báo cáo kết quả trước ngày 15/12/2022.\n"
)
TABLE = "TT\tNội dung\tThời gian\n1\tTrồng rừng\tQuý I\n2\tGiữ rừng\tQuý II\n"
MARKERS = (
    "XLVII. 9) q) 77. +-+ ?) (99) §4 IIII. 0. 3.9.7.1.2 *) b.7 -- Đ) 12) x) VV. (z) 8- o) "
    "1.2.3.4. ~~ #5 K. c] 55) ** »» L) 31- ii] 6.6"
)
NONSENSE = "\n\n".join(f"{marker} vô nghĩa" for marker in MARKERS.split())


@pytest.mark.parametrize("text", [PROSE, FOREIGN, "Rừng\n", TABLE, NONSENSE, "1\n2\n3\n", "- \n"])
def test_no_structure_is_invented(text: str) -> None:
    made = built(text)
    assert not [row for row in outline(made) if row.kind in {"type", "subject", "heading"}]
    assert made.metadata.type is None
    assert made.metadata.signer is None
    check(document(text), made)


def test_thirty_levels_of_nonsense_are_hardly_units() -> None:
    made = built(NONSENSE)
    assert len(outline(made)) <= 3
    assert max((row.depth for row in outline(made)), default=0) <= 2


def test_only_a_table_is_a_table() -> None:
    assert [block.kind for block in built(TABLE).blocks] == [Kind.TABLE]


def test_a_start_in_the_middle_keeps_its_numbers() -> None:
    made = built(MIDDLE)
    assert [row.key for row in outline(made)] == [("item", 1, "4."), ("item", 1, "5.")]
    assert made.blocks[0].kind is Kind.PARAGRAPH
    check(document(MIDDLE), made)
