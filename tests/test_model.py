"""The data model: text is a function of words and changes, JSON round-trips exactly."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import (
    Block,
    Box,
    Cell,
    Change,
    Choice,
    Citation,
    Decision,
    Document,
    Fact,
    Kind,
    Line,
    Metadata,
    Page,
    Reason,
    SchemaError,
    Source,
    Span,
    Stage,
    Step,
    Word,
    nfc,
    replace,
)

SOURCE = Source("chỉ thị.pdf", "0" * 64)

certainties = st.floats(0, 1)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=6).map(nfc)
boxes = st.builds(Box, *[st.integers(0, 5000)] * 4)
changes = st.builds(
    Change,
    texts,
    texts,
    st.sampled_from(Reason),
    certainties,
    st.sampled_from(Stage),
    st.sampled_from(Decision),
)
words = st.builds(
    Word,
    texts,
    st.none() | certainties,
    st.none() | boxes,
    st.lists(
        st.lists(st.builds(Choice, texts, certainties), max_size=2).map(tuple), max_size=2
    ).map(tuple),
    st.lists(changes, max_size=3).map(tuple),
    st.sampled_from([None, True, False]),
)
cells = st.none() | st.builds(Cell, *[st.integers(0, 9)] * 3)
lines = st.builds(
    Line, st.lists(words, max_size=3).map(tuple), st.none() | boxes, st.booleans(), cells
)
pages = st.builds(
    Page,
    st.integers(1, 500),
    lines=st.lists(lines, max_size=3).map(tuple),
    steps=st.lists(st.builds(Step, texts, st.floats(-90, 90)), max_size=1).map(tuple),
    failure=st.none() | texts,
)
spans = st.builds(Span, *[st.integers(0, 9)] * 4)
blocks = st.builds(Block, st.sampled_from(Kind), st.lists(spans, max_size=2).map(tuple))
facts = st.none() | st.builds(Fact, texts, certainties, st.lists(spans, max_size=1).map(tuple))
metadata = st.builds(
    Metadata,
    number=facts,
    date=facts,
    cited=st.lists(st.builds(Citation, texts, texts, texts, texts), max_size=1).map(tuple),
    doubts=st.lists(texts, max_size=2).map(tuple),
)
documents = st.builds(
    Document,
    st.just(SOURCE),
    st.lists(pages, max_size=2).map(tuple),
    st.lists(blocks, max_size=2).map(tuple),
    metadata,
    texts,
    texts,
)


@given(documents)
def test_a_document_comes_back_exactly_from_its_json(document: Document) -> None:
    data = document.to_json()

    assert Document.from_json(data) == document
    assert Document.from_json(data).to_json() == data


def _change(before: str, after: str, decision: Decision = Decision.MADE) -> Change:
    return Change(before, after, Reason.LETTERS, 0.95, Stage.CORRECTION, decision)


def test_a_word_says_what_was_read_until_a_change_is_made() -> None:
    word = Word("Bcfy")

    assert word.text == "Bcfy"
    assert word.changed(_change("Bcfy", "Đảy", Decision.PROPOSED)).text == "Bcfy"
    assert word.changed(_change("Bcfy", "Đảy", Decision.PROPOSED)).doubtful
    changed = word.changed(_change("Bcfy", "Bảy"))
    assert (changed.ocr, changed.text, changed.doubtful) == ("Bcfy", "Bảy", False)


def test_the_last_change_made_counts() -> None:
    word = (
        Word("thirờng").changed(_change("thirờng", "thiường")).changed(_change("thiường", "thường"))
    )

    assert word.text == "thường"


def test_a_word_merged_into_its_neighbour_leaves_no_blank_behind() -> None:
    line = Line(
        (
            Word("Th").changed(_change("Th", "Thường")),
            Word("ường").changed(_change("ường", "")),
            Word("vụ"),
        )
    )

    assert line.text == "Thường vụ"
    assert line.ocr == "Th ường vụ"


def test_before_blocks_are_known_each_line_stands_on_its_own() -> None:
    page = Page(1, lines=(Line((Word("CHỈ"), Word("THỊ"))), Line((Word("số"), Word("5")))))

    assert Document(SOURCE, (page,)).text == "CHỈ THỊ\nsố 5\n"


def test_the_text_has_one_block_a_line_and_leaves_notes_out() -> None:
    page = Page(
        1, lines=(Line((Word("Các"), Word("cấp"))), Line((Word("ủy"),)), Line((Word("2"),)))
    )
    document = Document(
        SOURCE,
        (page,),
        (
            Block(Kind.PARAGRAPH, (Span(0, 0, 0, 2), Span(0, 1, 0, 1))),
            Block(Kind.NOTE, (Span(0, 2, 0, 1),)),
        ),
    )

    assert document.text == "Các cấp ủy\n"


def test_table_cells_are_separated_by_tabs() -> None:
    page = Page(1, lines=(Line((Word("Xã"), Word("Rừng"))), Line((Word("Đồi"), Word("12")))))
    rows = tuple(((Span(0, n, 0, 1),), (Span(0, n, 1, 2),)) for n in range(2))

    assert Document(SOURCE, (page,), (Block(Kind.TABLE, rows=rows),)).text == "Xã\tRừng\nĐồi\t12\n"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[1, 2]",
        b'{"schema": 1}',
        b'{"schema": 1, "document": {"source": 5}}',
        b"\xff\xfe",
        b'{"schema": 1, "document"',
    ],
)
def test_json_that_is_no_document_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(SchemaError) as raised:
        Document.from_json(data)

    assert "\n" not in str(raised.value)


def test_a_later_schema_is_refused_by_number() -> None:
    content = json.loads(Document(SOURCE).to_json())
    content["schema"] = 99

    with pytest.raises(SchemaError, match="99"):
        Document.from_json(json.dumps(content).encode())


def test_a_box_around_boxes_holds_them_all() -> None:
    around = Box.around([Box(10, 20, 5, 5), Box(0, 22, 4, 10)])

    assert (around.left, around.top, around.right, around.bottom) == (0, 20, 15, 32)
    assert around.middle == 7.5


def test_the_words_shown_are_those_of_the_text() -> None:
    words = tuple(map(Word, ("4Ñ", "Điều", "1.", "ZTR/")))
    page = Page(1, lines=(Line(words[:1]), Line(words[1:3]), Line(words[3:])))
    blocks = (
        Block(Kind.NOTE, (Span(0, 0, 0, 1),)),
        Block(Kind.PARAGRAPH, (Span(0, 1, 0, 2),)),
        Block(Kind.ORNAMENT, (Span(0, 2, 0, 1),)),
    )
    bare = Document(Source("a.png", "0" * 64), (page,))
    assert [word.text for word in bare.shown_words()] == ["4Ñ", "Điều", "1.", "ZTR/"]
    whole = replace(bare, blocks=blocks)
    assert " ".join(word.text for word in whole.shown_words()) == whole.text.strip() == "Điều 1."
