"""The Word file with revisions: accepted it is the clean file, rejected it is what was read."""

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from unidecode import unidecode

from pipeline.model import FURNITURE, Change, Document, Kind, Line, Reason, Source, Stage, Word
from pipeline.process import finish, read_page
from pipeline.settings import Settings, WriterSettings
from pipeline.writers import write

from .builder import Builder, party_plan, state_decision
from .revised import accepted, part, rejected, styled_lines
from .test_docx_text import LAYOUTS, documents, printed_documents
from .test_revisions import words

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
OCR_TEXT = SAMPLES / "scans" / "huong-dan-03-hd-btgtu.ocr.txt"
TRACKED = WriterSettings(tracked=True)
DOUBTS = ("highlight", "comment", "none")

# Paragraphs that the form adds, and those of a motto, which is a block of its own in two styles.
ORNAMENT = "VBDaungan"
MOTTOS = ("VBTieude", "VBQuochieu", "VBTieungu")


@st.composite
def corrected(draw: st.DrawFn) -> Document:
    """A document of random blocks whose words went through random changes, none unread."""
    document = draw(documents() | printed_documents())
    changed = words().filter(lambda word: word.ocr)

    def line(old: Line) -> Line:
        return replace(old, words=tuple(replace(draw(changed), box=w.box) for w in old.words))

    pages = [replace(page, lines=tuple(map(line, page.lines))) for page in document.pages]
    return replace(document, pages=tuple(pages))


def sample(path: Path) -> Document:
    """The document that the pipeline makes of a text."""
    pages = read_page(path, 0, Settings())
    return finish(Document(Source(path.name, "0" * 64), pages), Settings())


def damaged(truth: Path, folder: Path) -> Document:
    """The same of a true text in which some words are broken in two and some lost their marks."""
    text = ""
    for line in truth.read_text(encoding="utf-8").splitlines():
        for index, word in enumerate(line.split()):
            broken = f"{word[:2]} {word[2:]}" if index % 5 == 4 and len(word) > 3 else word
            text += f"{unidecode(word) if index % 5 == 2 else broken} "
        text += "\n"
    path = folder / truth.name
    path.write_text(text, encoding="utf-8")
    return sample(path)


def read_lines(document: Document) -> Counter[str]:
    """What was read for each paragraph that the file has, those of mottos as one."""

    def ocr(spans: tuple) -> str:
        return " ".join(word.ocr for word in document.words_of(spans))

    shown = [block for block in document.blocks if block.kind not in FURNITURE]
    mottos = [ocr(block.spans) for block in shown if block.kind is Kind.MOTTO]
    rest = [block for block in shown if block.kind is not Kind.MOTTO]
    cells = [ocr(cell) for block in rest for row in block.rows for cell in row]
    lines = [ocr(block.spans) for block in rest]
    return Counter(line for line in (*lines, *cells, " ".join(filter(None, mottos))) if line)


def lines_of(tree: etree._Element) -> Counter[str]:
    """The text of each paragraph, lines broken by hand joined, those of mottos as one."""
    lines = [(style, text.replace("\n", " ")) for style, text in styled_lines(tree) if text]
    mottos = " ".join(text for style, text in lines if style in MOTTOS)
    rest = [text for style, text in lines if style not in (ORNAMENT, *MOTTOS)]
    return Counter([*rest, *([mottos] if mottos else [])])


def check(document: Document) -> None:
    """Hold the invariants of revisions against *document*."""
    for doubts, layout in itertools.product(DOUBTS, LAYOUTS):
        how = WriterSettings(doubts=doubts, layout=layout)
        tree, clean = part(document, replace(how, tracked=True)), part(document, how)
        assert styled_lines(accepted(tree)) == styled_lines(clean)
        assert lines_of(rejected(tree)) == read_lines(document)


@settings(max_examples=60, deadline=None)
@given(corrected())
def test_whatever_was_corrected_both_texts_are_in_the_file(document: Document) -> None:
    check(document)


@settings(max_examples=20, deadline=None)
@given(corrected())
def test_before_structure_has_run_each_line_has_both_texts(document: Document) -> None:
    document = replace(document, blocks=())
    tree = part(document, TRACKED)
    assert styled_lines(accepted(tree)) == styled_lines(part(document, WriterSettings()))
    written = [text for _, text in styled_lines(rejected(tree))]
    assert written == ([line.ocr for page in document.pages for line in page.lines] or [""])


def test_a_sample_of_ocr_text_can_be_accepted_and_rejected() -> None:
    document = sample(OCR_TEXT)
    check(document)
    tree = part(document, TRACKED)
    changed = [word for word in document.words() if word.text != word.ocr]
    assert len(list(tree.iter(qn("w:ins")))) == len(changed)


@pytest.mark.parametrize("truth", sorted((SAMPLES / "truth").glob("*.txt")), ids=lambda p: p.stem)
def test_a_damaged_sample_can_be_accepted_and_rejected(truth: Path, tmp_path: Path) -> None:
    document = damaged(truth, tmp_path)
    assert not all(word.text for word in document.words()), "no word was merged"
    check(document)


@pytest.mark.slow
@pytest.mark.tesseract
def test_a_scan_with_a_table_can_be_accepted_and_rejected() -> None:
    path = SAMPLES / "scans" / "thong-bao-64-tb-vptu.pdf"
    pages = read_page(path, 0, Settings()) + read_page(path, 1, Settings())
    document = finish(Document(Source(path.name, "0" * 64), pages), Settings())
    assert any(block.rows for block in document.blocks)
    check(document)


@pytest.mark.parametrize("document", [party_plan(), state_decision()])
def test_a_document_without_corrections_has_no_revisions(document: Document) -> None:
    assert write(document, "docx", WriterSettings(doubts="none")) == write(
        document, "docx", WriterSettings(doubts="none", tracked=True)
    )
    check(document)


def of_words(*each: Word) -> Document:
    builder = Builder().add(Kind.PARAGRAPH, " ".join("x" for _ in each))
    builder.lines[0] = Line(each)
    return builder.document()


def made(before: str, after: str, certainty: float = 0.99) -> Word:
    return Word(before, changes=(Change(before, after, Reason.LETTERS, certainty, Stage.REVIEW),))


def revisions(tree: etree._Element) -> Iterator[etree._Element]:
    return tree.iter(qn("w:ins"), qn("w:del"))


def test_revisions_name_their_author_and_no_date_and_have_numbers_of_their_own() -> None:
    document = sample(OCR_TEXT)
    tree = part(document, replace(TRACKED, doubts="comment"))
    assert {each.get(qn("w:author")) for each in revisions(tree)} == {"vanban"}
    assert not tree.xpath("//@w:date", namespaces={"w": tree.nsmap["w"]})
    noted = [*revisions(tree), *tree.iter(qn("w:commentReference"))]
    numbers = [each.get(qn("w:id")) for each in noted]
    assert len(numbers) > 200
    assert len(set(numbers)) == len(numbers)


def test_deleted_and_inserted_text_look_like_the_word() -> None:
    word = replace(made("uy", "ủy", 0.5), bold=True)
    tree = part(of_words(Word("Tỉnh"), word), TRACKED)
    runs = [run for each in revisions(tree) for run in each]
    assert [run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None for run in runs] == [True, True]
    assert all(run.find(f"{qn('w:rPr')}/{qn('w:highlight')}") is not None for run in runs)


def test_the_blank_of_a_deleted_word_is_not_highlighted() -> None:
    tree = part(of_words(Word("Tỉnh"), made("~", "", 0.5)), TRACKED)
    (deleted,) = tree.iter(qn("w:del"))
    shown = [
        (run.findtext(qn("w:delText")), run.find(f"{qn('w:rPr')}/{qn('w:highlight')}") is not None)
        for run in deleted
    ]
    assert shown == [(" ", False), ("~", True)]


def test_revisions_hold_runs_and_only_deleted_runs_hold_deleted_text() -> None:
    tree = part(sample(OCR_TEXT), TRACKED)
    for each in revisions(tree):
        assert each.getparent().tag == qn("w:p")
        assert {run.tag for run in each} == {qn("w:r")}
    for text in tree.iter(qn("w:t"), qn("w:delText")):
        deleted = text.getparent().getparent().tag == qn("w:del")
        assert (text.tag == qn("w:delText")) == deleted


def test_what_the_form_adds_is_no_revision() -> None:
    tree = part(sample(OCR_TEXT), TRACKED)
    ornaments = [
        paragraph
        for paragraph in tree.iter(qn("w:p"))
        if paragraph.find(f".//{qn('w:pStyle')}").get(qn("w:val")) == ORNAMENT
    ]
    assert ornaments
    assert not [each for paragraph in ornaments for each in revisions(paragraph)]


def test_the_same_document_gives_the_same_bytes() -> None:
    document = sample(OCR_TEXT)
    for doubts in DOUBTS:
        how = WriterSettings(doubts=doubts, tracked=True)
        assert write(document, "docx", how) == write(document, "docx", how)
