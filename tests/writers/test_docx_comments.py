"""Comments in the Word file: on which words, what they say, and that Word can read them."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from docx.comments import Comment
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from hypothesis import given, settings

from pipeline.model import (
    Block,
    Change,
    Decision,
    Document,
    Kind,
    Line,
    Page,
    Reason,
    Span,
    Stage,
    Word,
)
from pipeline.settings import WriterSettings

from .builder import Builder, party_plan
from .reading import opened, texts
from .revised import part
from .test_docx_tracked import corrected, of_words

COMMENT = WriterSettings(doubts="comment")
MADE, PROPOSED = Decision.MADE, Decision.PROPOSED


def changed(
    *steps: tuple[str, str, float, Decision],
    reason: Reason = Reason.DIACRITICS,
    confidence: float | None = None,
) -> Word:
    """A word with the changes *steps*: before, after, certainty, decision."""
    changes = tuple(
        Change(before, after, reason, certainty, Stage.CORRECTION, decision)
        for before, after, certainty, decision in steps
    )
    return Word(steps[0][0], confidence, changes=changes)


SURE = changed(("so", "số", 0.99, MADE))
UNSURE = changed(("uy", "ủy", 0.62, MADE))
OPEN = changed(("tinh", "tỉnh", 0.55, PROPOSED))
DOUBTED = changed(("9/2O26,", "9/2O26,", 0.41, PROPOSED), reason=Reason.DOUBT, confidence=0.41)
ON_THE_WAY = changed(("Ban", "Bán", 0.6, MADE), ("Bán", "Bản", 0.9, MADE))
BESIDE_A_GAP = changed(("THƯ", "THƯ", 0.0, PROPOSED), reason=Reason.MISSING)
GONE = changed(("~", "", 0.6, MADE), reason=Reason.PUNCTUATION)


def comments(document: Document, settings: WriterSettings) -> list[Comment]:
    return list(opened(document, settings).comments)


def on_pages(*pages: Page) -> Document:
    """A document with a paragraph for each line of *pages*."""
    blocks = [
        Block(Kind.PARAGRAPH, (Span(index, line, 0, len(page.lines[line].words)),))
        for index, page in enumerate(pages)
        for line in range(len(page.lines))
    ]
    return replace(Builder().document(), pages=pages, blocks=tuple(blocks))


def with_comments(document: Document, settings: WriterSettings) -> list[tuple[str, list[str]]]:
    """The paragraphs that comments stand at the end of, and the lines of each."""
    file = opened(document, settings)
    said = {each.comment_id: [line.text for line in each.paragraphs] for each in file.comments}
    return [
        (Paragraph(each.getparent().getparent(), file).text, said[int(each.get(qn("w:id")))])
        for each in file.element.body.iter(qn("w:commentReference"))
    ]


def said(words: Iterable[Word], settings: WriterSettings = COMMENT) -> list[list[str]]:
    """The lines of each comment in a paragraph of *words*."""
    found = comments(of_words(*words), settings)
    return [[line.text for line in comment.paragraphs] for comment in found]


def commented(document: Document, settings: WriterSettings) -> list[str]:
    """The text that each comment stands at, deleted text as well."""
    tree = part(document, settings)
    marked: list[str] = []
    for start in tree.iter(qn("w:commentRangeStart")):
        text = ""
        for each in start.itersiblings():
            same = each.get(qn("w:id")) == start.get(qn("w:id"))
            if each.tag == qn("w:commentRangeEnd") and same:
                break
            text += "".join(each.itertext())
        marked.append(text)
    return marked


def test_each_doubtful_word_has_a_comment_of_its_own() -> None:
    document = of_words(Word("Ban"), SURE, UNSURE, OPEN, DOUBTED, Word("này"))
    assert commented(document, COMMENT) == ["ủy", "tinh", "9/2O26,"]
    assert texts(opened(document, COMMENT)) == ["Ban số ủy tinh 9/2O26, này"]


def test_a_comment_says_what_was_read_what_became_of_it_why_and_how_surely() -> None:
    assert said([UNSURE, OPEN]) == [
        [
            "Đọc được: “uy”",
            "Đã sửa: “uy” → “ủy”; lý do: chữ cái vẫn thế, dấu bị mất hoặc sai; độ chắc chắn: 62%",
        ],
        [
            "Đọc được: “tinh”",
            "Đề nghị: “tinh” → “tỉnh”; lý do: chữ cái vẫn thế, dấu bị mất hoặc sai; "
            "độ chắc chắn: 55%",
        ],
    ]


def test_a_word_in_doubt_without_another_reading_says_so() -> None:
    why = "lý do: chữ đọc được không đáng tin, chưa biết từ nào thay; độ chắc chắn: "
    plain = changed(("xđy", "xđy", 0.0, PROPOSED), reason=Reason.DOUBT)
    assert said([DOUBTED, plain]) == [
        ["Đọc được: “9/2O26,”", f"Còn ngờ: “9/2O26,”; {why}41%"],
        ["Đọc được: “xđy”", f"Còn ngờ: “xđy”; {why}không rõ"],
    ]


@pytest.mark.parametrize("doubts", ["highlight", "comment"])
@pytest.mark.parametrize("tracked", [False, True])
def test_what_is_missing_beside_a_word_is_said_however_doubts_are_shown(
    doubts: str, *, tracked: bool
) -> None:
    how = WriterSettings(doubts=doubts, tracked=tracked)
    ((read, missing),) = said([Word("BÍ"), BESIDE_A_GAP], how)
    assert read == "Đọc được: “THƯ”"
    assert missing == (
        "Thiếu cạnh “THƯ”: chức vụ hoặc tên người ký ở đây không đọc được; "
        "hãy đối chiếu với trang gốc"
    )


def test_what_was_left_out_beside_a_word_is_said_too() -> None:
    beside = changed(("chi", "chi", 0.0, PROPOSED), reason=Reason.ASIDE)
    ((_, aside),) = said([Word("hội"), beside], WriterSettings())
    assert aside.startswith("Cạnh “chi”: trang gốc ở gần đây còn chữ đọc không rõ")


def test_it_is_not_said_where_no_doubt_is_shown() -> None:
    assert said([BESIDE_A_GAP], WriterSettings(doubts="none")) == []


def test_a_word_that_was_left_out_in_doubt_has_its_comment_where_it_stood() -> None:
    document = of_words(Word("Ban"), GONE, Word("này"))
    assert commented(document, COMMENT) == [""]
    assert commented(document, replace(COMMENT, tracked=True)) == [" ~"]
    ((_, line),) = said([GONE])
    assert line.startswith("Đã sửa: “~” → (bỏ); ")


def test_every_change_of_a_chain_is_told() -> None:
    word = ON_THE_WAY.changed(Change("Bản", "Bàn", Reason.LETTERS, 0.5, Stage.REVIEW, PROPOSED))
    ((*lines,),) = said([word])
    assert [line.split(";")[0] for line in lines] == [
        "Đọc được: “Ban”",
        "Đã sửa: “Ban” → “Bán”",
        "Đã sửa: “Bán” → “Bản”",
        "Đề nghị: “Bản” → “Bàn”",
    ]


def test_with_revisions_unsure_changes_have_comments_however_doubts_are_shown() -> None:
    document = of_words(SURE, UNSURE, OPEN, DOUBTED, ON_THE_WAY, GONE)
    for doubts in ("highlight", "comment"):
        how = WriterSettings(doubts=doubts, tracked=True)
        assert commented(document, how) == ["uyủy", "tinh", "9/2O26,", "BanBản", " ~"]


@pytest.mark.parametrize(
    "how",
    [WriterSettings(), WriterSettings(doubts="none"), WriterSettings(doubts="none", tracked=True)],
)
def test_without_being_asked_there_is_no_comment_and_no_part_for_any(how: WriterSettings) -> None:
    document = of_words(UNSURE, OPEN, DOUBTED)
    assert commented(document, how) == []
    with pytest.raises(KeyError):
        part(document, how, "comments")


def test_comments_are_by_vanban_and_carry_no_date() -> None:
    found = comments(party_plan(), COMMENT)
    assert len(found) == 2
    assert {(each.author, each.initials, each.timestamp) for each in found} == {
        ("vanban", "vb", None)
    }


def test_comments_stand_in_the_order_of_the_text() -> None:
    builder = Builder()
    builder.add(Kind.ISSUING_BODY, "?TỈNH? ỦY").add(Kind.NUMBER, "Số ?15-KH/TU?")
    builder.add(Kind.MOTTO, "ĐẢNG ?CỘNG? SẢN").add(Kind.PLACE_DATE, "Bình Sơn, ?ngày?")
    builder.table(("TT", "?Nội?"), ("1", "dung")).add(Kind.SIGNER, "Trần Văn ?Suối?")
    read = [each.paragraphs[0].text for each in comments(builder.document(), COMMENT)]
    words = ("TỈNH", "15-KH/TU", "CỘNG", "ngày", "Nội", "Suối")
    assert read == [f"Đọc được: “{word}”" for word in words]


@settings(max_examples=40, deadline=None)
@given(corrected())
def test_whatever_the_words_each_comment_has_a_range_a_reference_and_a_text(
    document: Document,
) -> None:
    for tracked in (True, False):
        how = WriterSettings(doubts="comment", tracked=tracked)
        tree = part(document, how)
        places = [
            [each.get(qn("w:id")) for each in tree.iter(qn(f"w:{tag}"))]
            for tag in ("commentRangeStart", "commentRangeEnd", "commentReference")
        ]
        known = [str(each.comment_id) for each in opened(document, how).comments]
        assert len(set(known)) == len(known)
        assert places[2] == known
        assert sorted(places[0]) == sorted(places[1]) == sorted(known)


def test_what_xml_cannot_hold_stops_no_comment() -> None:
    word = changed(("xã\x0c\x00", "xã", 0.5, MADE))
    ((read, _),) = said([word])
    assert read.startswith("Đọc được: “xã")


def test_pages_without_text_are_told_in_their_place_and_are_no_text() -> None:
    one, four = (Line((Word("Trang"), Word(number))) for number in ("một.", "bốn."))
    document = on_pages(
        Page(1, lines=(one,)), Page(2, blank=True), Page(3), Page(4, lines=(four,)), Page(5)
    )

    found = with_comments(document, WriterSettings())

    assert found == [
        (
            "Trang một.",
            [
                "Trang trắng trong bản quét: 2",
                "Không tìm thấy chữ ở các trang: 3; hãy xem bản quét",
            ],
        ),
        ("Trang bốn.", ["Không tìm thấy chữ ở các trang: 5; hãy xem bản quét"]),
    ]
    assert texts(opened(document)) == ["Trang một.", "Trang bốn."]
    assert with_comments(replace(document, blocks=()), WriterSettings()) == found
    assert with_comments(document, WriterSettings(doubts="none")) == []


def test_blank_pages_before_all_text_or_without_any_are_told_too() -> None:
    text = Page(3, lines=(Line((Word("Hết."),)),))
    blank = ["Trang trắng trong bản quét: 1, 2"]

    before = on_pages(Page(1, blank=True), Page(2, blank=True), text)
    alone = on_pages(Page(1, blank=True), Page(2, blank=True))

    assert with_comments(before, COMMENT) == [("Hết.", blank)]
    assert with_comments(alone, COMMENT) == [("", blank)]
