"""Automatic labels are the printed ones, and what Word cannot count stays text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.model import Document, Kind
from pipeline.plaintext import to_document
from pipeline.settings import StructureSettings, WriterSettings
from pipeline.structure import rebuild
from pipeline.writers import write
from samples.make.record import HERE, names
from tests.structure.documents import DECISION, PLAN

from .builder import Builder, party_plan, state_decision
from .labels import computed, labelled, letter, roman
from .reading import opened, texts, the
from .test_docx_text import documents

AUTO = WriterSettings(numbering="auto")
POINTS = "abcdđeghiklmnopqrstuvxy"


def check(document: Document) -> list[str]:
    """The file reads the same with automatic labels; return those that Word computes."""
    printed = texts(opened(document))
    file = opened(document, AUTO)
    assert list(labelled(file, shared=True)) == printed
    assert list(labelled(file, shared=False)) == printed
    return computed(file)


def outline(*labels: str) -> Document:
    """A document with these labels, two blanks of indent for each level."""
    builder = Builder()
    for label in labels:
        level = (len(label) - len(label.lstrip())) // 2 + 1
        text = label.strip()
        kind = Kind.PARAGRAPH if text == "..." else Kind.ITEM
        builder.add(kind, f"{text} Trồng rừng.", level=level, label=text if text != "..." else "")
    return builder.document()


def automatic(*labels: str) -> list[str]:
    return check(outline(*labels))


def test_a_regular_outline_is_counted_by_word() -> None:
    labels = ["I.", "  1.", "    1.1.", "    1.2.", "      a)", "      b)", "  2.", "    2.1."]
    labels += ["      -", "      -", "        +", "II.", "  1.", "    1.1."]
    assert automatic(*labels) == [label.strip() for label in labels]


@pytest.mark.parametrize("form", ["{}.", "{}-", "{})", "({})", "{}/", "Điều {}.", "Mục {}"])
def test_the_form_of_the_marker_is_kept(form: str) -> None:
    labels = [form.format(number) for number in range(1, 13)]
    assert automatic(*labels) == labels


@pytest.mark.parametrize(
    "labels",
    [
        ("1.", "2.", "4."),  # a gap
        ("2.", "3."),  # a fragment
        ("1.", "2-"),  # two forms
        ("1.", "1 ."),
        ("1.", "01."),
        ("a)", "b)", "c)", "d)", "đ)", "e)"),  # Word has no đ
        ("-", "–"),
        ("Phần thứ nhất", "Phần thứ hai"),  # nor ordinals in words
        ("1.1.", "1.2."),  # nothing above that is counted
        ("٣.",),
    ],
)
def test_what_word_cannot_count_as_printed_stays_text(labels: tuple[str, ...]) -> None:
    assert automatic(*labels) == []


def test_letters_are_counted_as_far_as_word_knows_them() -> None:
    assert automatic("a)", "b)", "c)", "d)") == ["a)", "b)", "c)", "d)"]
    assert automatic("a)", "b)", "c)", "d)", "e)") == ["a)", "b)", "c)", "d)", "e)"]
    assert automatic("a)", "b)", "c)", "d)", "e)", "g)") == []


def test_a_list_that_is_not_regular_leaves_the_others_alone() -> None:
    labels = ("I.", "  1.", "  3.", "    a)", "    b)", "    3.1.", "II.", "  1.", "  2.")
    assert automatic(*labels) == ["I.", "a)", "b)", "II.", "1.", "2."]


def test_lists_restart_without_a_new_parent() -> None:
    labels = ["1.", "  a)", "  b)", "  a)", "  b)", "2.", "  a)", "1.", "  a)", "2."]
    assert automatic(*labels) == [label.strip() for label in labels]


def test_a_list_within_one_of_its_own_form_disturbs_it_not() -> None:
    labels = ["1.", "  -", "    1.", "    2.", "  -", "2.", "  1.", "    1.", "3."]
    assert automatic(*labels) == [label.strip() for label in labels]


def test_articles_count_on_through_the_chapters() -> None:
    labels = ["Chương I", "  Điều 1.", "    1.", "    2.", "  Điều 2.", "    1.", "Chương II"]
    labels += ["  Điều 3.", "    1.", "  Mục 1", "    Điều 4.", "      1."]
    assert automatic(*labels) == [label.strip() for label in labels]


def test_an_annex_begins_anew() -> None:
    builder = Builder()
    for title in ("KẾ HOẠCH", "PHỤ LỤC"):
        if title == "PHỤ LỤC":
            builder.add(Kind.ANNEX, title)
        for label in ("I.", "II."):
            builder.add(Kind.HEADING, f"{label} NỘI DUNG", level=1, label=label)
    assert check(builder.document()) == ["I.", "II.", "I.", "II."]


def test_a_doubtful_marker_keeps_its_list_as_printed() -> None:
    builder = Builder()
    builder.add(Kind.ITEM, "1. Trồng rừng.", level=1, label="1.")
    builder.add(Kind.ITEM, "?2.? Giữ rừng.", level=1, label="2.")
    assert check(builder.document()) == []


def test_a_marker_glued_to_its_text_keeps_its_list_as_printed() -> None:
    builder = Builder()
    builder.add(Kind.ITEM, "1. Trồng rừng.", level=1, label="1.")
    builder.add(Kind.ITEM, "2.Giữ rừng.", level=1, label="2.")
    assert check(builder.document()) == []


@pytest.mark.parametrize("document", [party_plan(), state_decision()])
def test_documents_of_the_form_read_the_same(document: Document) -> None:
    assert check(document)


@pytest.mark.parametrize("text", [PLAN, DECISION])
def test_whole_texts_read_the_same(text: str) -> None:
    made = rebuild(to_document(text, party_plan().source), StructureSettings())
    assert len(check(made)) > 5


@pytest.mark.parametrize("name", names())
def test_samples_read_the_same(name: str) -> None:
    text = (HERE / "truth" / f"{name}.truth.txt").read_text(encoding="utf-8")
    made = rebuild(to_document(text, party_plan().source), StructureSettings())
    labels = [block.label for block in made.blocks if block.kind in (Kind.HEADING, Kind.ITEM)]
    assert len(check(made)) >= len([label for label in labels if label]) // 2


@pytest.mark.slow
@pytest.mark.tesseract
def test_scanned_samples_read_the_same(tmp_path: Path) -> None:
    main(["convert", str(HERE / "scans"), "--out", str(tmp_path), "--formats", "json"])
    records = sorted(path for path in tmp_path.glob("*.json") if path.stem != "report")
    assert len(records) == len(names())
    for record in records:
        check(Document.from_json(record.read_bytes()))


@settings(max_examples=60, deadline=None)
@given(documents())
def test_whatever_the_blocks_the_words_are_the_same(document: Document) -> None:
    check(document)


NUMERALS = (roman, str, lambda number: f".{number}", lambda number: POINTS[number - 1], None)
SIGNS = st.sampled_from([".", "-", ")"])


@st.composite
def outlines(draw: st.DrawFn) -> list[tuple[int, str]]:
    """Regular outlines: I. 1. 1.1. a) - with any of the levels left out, each with its own sign."""
    chosen = [at for at in range(5) if draw(st.booleans()) or at == 1]
    signs = [draw(SIGNS) for _ in NUMERALS]
    found: list[tuple[int, str]] = []

    def grow(depth: int, above: str) -> None:
        numeral = NUMERALS[chosen[depth]]
        for number in range(1, draw(st.integers(1, 7)) + 1):
            core = "-" if numeral is None else numeral(number)
            core = above + core if core.startswith(".") else core
            found.append((depth + 1, core if numeral is None else core + signs[chosen[depth]]))
            if depth + 1 < len(chosen) and len(found) < 60 and draw(st.booleans()):
                grow(depth + 1, core)

    grow(0, "")
    return found


@settings(max_examples=80, deadline=None)
@given(outlines())
def test_regular_outlines_are_counted_as_far_as_word_can(rows: list[tuple[int, str]]) -> None:
    builder = Builder()
    for level, label in rows:
        builder.add(Kind.ITEM, f"{label} Trồng rừng.", level=level, label=label)
    labels = check(builder.document())
    if not any("đ" in label for _, label in rows):
        assert labels == [label for _, label in rows]
    assert all(letter(4) != label[0] or "đ" not in label for label in labels)


def test_headings_are_linked_with_their_levels_and_others_of_the_style_are_not_numbered() -> None:
    builder = Builder().add(Kind.HEADING, "I. NỘI DUNG", level=1, label="I.")
    builder.add(Kind.HEADING, "TỔ CHỨC THỰC HIỆN", level=1)
    document = builder.document()
    assert check(document) == ["I."]
    file = opened(document, AUTO)
    assert file.styles["heading 1"].element.pPr.numPr.numId.val == 1
    assert the(file, "TỔ CHỨC")._p.pPr.numPr.numId.val == 0


def test_labels_look_as_the_printed_ones_do() -> None:
    builder = Builder()
    builder.add(Kind.HEADING, "1. Yêu cầu: Trồng rừng ở xã.", level=2, label="1.", title=3)
    builder.add(Kind.ITEM, "**2.** Giữ rừng.", level=2, label="2.")
    file = opened(builder.document(), AUTO)
    lead, bold = the(file, "Yêu cầu"), the(file, "Giữ rừng")
    assert [run.text for run in lead.runs if run.style.name == "VB Đề mục"] == ["Yêu cầu:"]
    assert lead._p.pPr.find(".//{*}rStyle") is not None
    assert bold._p.pPr.find(".//{*}b") is not None


def test_without_regular_lists_and_by_default_the_file_has_no_numbering() -> None:
    for document, wanted in ((outline("2.", "3."), AUTO), (party_plan(), WriterSettings())):
        parts = [str(part.partname) for part in opened(document, wanted).part.package.iter_parts()]
        assert "/word/numbering.xml" not in parts


def test_the_same_document_gives_the_same_bytes() -> None:
    document = replace(party_plan())
    assert write(document, "docx", AUTO) == write(document, "docx", AUTO)
