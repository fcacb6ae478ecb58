"""The outline of a document and its file."""

import pytest

from pipeline.model import Kind
from pipeline.outline import Row, from_tsv, outline, to_tsv
from tests.writers.builder import Builder

PLAN = (
    Builder()
    .add(Kind.TYPE, "KẾ HOẠCH")
    .add(Kind.SUBJECT, "phòng cháy, chữa cháy rừng mùa khô năm 2022 trên địa bàn tỉnh Bình Sơn")
    .add(Kind.PARAGRAPH, "Ban Thường vụ Tỉnh ủy ban hành Kế hoạch như sau:")
    .add(Kind.HEADING, "I. MỤC ĐÍCH", level=1, label="I.")
    .add(Kind.ITEM, "- Giữ rừng đầu nguồn.", level=2, label="-")
    .add(Kind.ANNEX, "PHỤ LỤC 1", label="PHỤ LỤC 1")
    .add(Kind.ANNEX, "DANH MỤC NHIỆM VỤ")
    .document()
)
ROWS = (
    Row("type", 0, "", "KẾ HOẠCH"),
    Row("subject", 0, "", "phòng cháy, chữa cháy rừng mùa khô năm"),
    Row("heading", 1, "I.", "MỤC ĐÍCH"),
    Row("item", 2, "-", "Giữ rừng đầu nguồn."),
    Row("heading", 1, "PHỤ LỤC 1", "DANH MỤC NHIỆM VỤ"),
)


def test_type_subject_headings_items_and_annexes_are_its_rows() -> None:
    assert outline(PLAN) == ROWS


def test_the_file_has_a_line_for_each_row_and_is_read_again() -> None:
    text = to_tsv(ROWS)
    assert text.splitlines()[2] == "heading\t1\tI.\tMỤC ĐÍCH"
    assert from_tsv(text) == ROWS
    assert from_tsv("heading\t1\tI.\n") == (Row("heading", 1, "I."),)


@pytest.mark.parametrize("line", ["heading", "heading\t1", "heading\tmột\tI."])
def test_a_line_that_is_no_row_is_told_by_its_number(line: str) -> None:
    with pytest.raises(ValueError, match=r"^2$"):
        from_tsv(f"type\t0\t\tKẾ HOẠCH\n{line}\n")


def test_blanks_in_a_label_do_not_count() -> None:
    assert Row("heading", 1, "I –").key == Row("heading", 1, "I–", "MỤC ĐÍCH").key
