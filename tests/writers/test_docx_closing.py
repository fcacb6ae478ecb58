"""Recipients and signatures stand in their columns, two signatures side by side."""

import pytest

from pipeline.model import Document, Kind
from pipeline.settings import WriterSettings

from .builder import Builder, party_plan
from .paper import Paper
from .reading import opened

LEFT = ("T/M HỘI NÔNG DÂN TỈNH", "CHỦ TỊCH", "Lê Thị Hoa Ban")
RIGHT = ("T/M BAN DÂN VẬN TỈNH ỦY", "TRƯỞNG BAN", "Trần Văn Suối")
KINDS = (Kind.AUTHORITY, Kind.OFFICE, Kind.SIGNER)


def joint(*, listed: bool = True) -> Document:
    """A programme of two bodies as it is read from plain text, one column after the other."""
    builder = Builder().add(Kind.PARAGRAPH, "Chương trình này có hiệu lực từ ngày ký.")
    for kind, line in zip(KINDS, LEFT, strict=True):
        builder.add(kind, line)
    if listed:
        builder.add(Kind.RECIPIENTS, "Nơi nhận:").add(Kind.RECIPIENTS, "- Lưu Văn phòng.")
    for kind, line in zip(KINDS, RIGHT, strict=True):
        builder.add(kind, line)
    return builder.document()


def printed(*, level: bool) -> Document:
    """The same without recipients, on paper: on one level, or one under the other on the right."""
    paper = Paper().add(Kind.PARAGRAPH, ("Chương trình này có hiệu lực từ ngày ký.", 40), at=100)
    for signature, left, at in ((LEFT, 40 if level else 125, 150), (RIGHT, 125, 150)):
        top = at if level or signature is LEFT else at + 200
        for kind, line, down in zip(KINDS, signature, (0, 18, 100), strict=True):
            paper.add(kind, (line, left), at=top + down)
    return paper.document()


def columns(document: Document, layout: str = "official") -> list[list[str]]:
    table = opened(document, WriterSettings(layout=layout)).tables[-1]
    return [[each.text for each in cell.paragraphs if each.text] for cell in table.rows[0].cells]


@pytest.mark.parametrize("layout", ["official", "as-printed"])
def test_two_signatures_with_recipients_in_between_stand_side_by_side(layout: str) -> None:
    left = [*LEFT, "Nơi nhận:", "- Lưu Văn phòng."]
    assert columns(joint(), layout) == [left, list(RIGHT)]


@pytest.mark.parametrize("layout", ["official", "as-printed"])
def test_the_paper_tells_whether_two_signatures_stand_side_by_side(layout: str) -> None:
    assert columns(printed(level=True), layout) == [list(LEFT), list(RIGHT)]
    assert columns(printed(level=False), layout) == [[], [*LEFT, *RIGHT]]


def test_where_nothing_tells_signatures_stand_one_under_the_other() -> None:
    assert columns(joint(listed=False)) == [[], [*LEFT, *RIGHT]]


def test_each_signature_has_its_room() -> None:
    left, right = opened(joint()).tables[-1].rows[0].cells
    styles = [[each.style.name for each in cell.paragraphs] for cell in (left, right)]
    assert styles[0][2:6] == styles[1][2:6] == ["VB Chữ ký"] * 4
    assert styles[0][7] == "VB Chữ ký"
    assert left.paragraphs[8].runs[0].style.name == "VB Nhãn nơi nhận"


def test_both_columns_keep_their_distance_from_the_text() -> None:
    (row,) = opened(party_plan()).tables[-1].rows
    spaces = [cell.paragraphs[0].paragraph_format.space_before for cell in row.cells]
    assert [space.pt for space in spaces] == [6, 6]
