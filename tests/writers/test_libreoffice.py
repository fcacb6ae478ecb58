"""LibreOffice opens the Word file and sets every word of it."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from lxml import etree

from pipeline.model import Document, Kind
from pipeline.settings import WriterSettings
from pipeline.writers import write

from .builder import Builder, party_plan, state_decision, with_footnotes
from .paper import letter
from .reading import opened
from .revised import part, rejected, styled_lines
from .test_docx_tracked import OCR_TEXT, sample

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(
        not all(map(shutil.which, ("soffice", "pdftotext"))), reason="needs soffice and pdftotext"
    ),
]


def converted(document: Document, to: str, folder: Path, settings: WriterSettings) -> Path:
    """Return the file, of the format *to*, that LibreOffice makes of *document*."""
    word = folder / "van-ban.docx"
    word.write_bytes(write(document, "docx", settings))
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless"]
    command += ["--convert-to", to, "--outdir", str(folder), str(word)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return word.with_suffix(f".{to}")


def printed(document: Document, folder: Path, settings: WriterSettings | None = None) -> list[str]:
    """Return the text of each page that LibreOffice makes of *document*."""
    pdf = converted(document, "pdf", folder, settings or WriterSettings())
    text = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"],
        check=True,
        capture_output=True,
        timeout=60,
    ).stdout.decode("utf-8")
    return text.split("\f")[:-1]


def settled_lines(tree: etree._ElementTree, without: str) -> list[str]:
    """Return the paragraphs of an OpenDocument text once one kind of change is gone from them.

    *without* is ``deletion`` for all changes accepted, ``insertion`` for all rejected.
    """
    regions = tree.iter(f"{TEXT}changed-region")
    gone = {each.get(f"{TEXT}id") for each in regions if each.find(f"{TEXT}{without}") is not None}
    lines = []
    for paragraph in tree.find(f".//{OFFICE}text").iter(f"{TEXT}p", f"{TEXT}h"):
        if any(True for _ in paragraph.iterancestors(f"{OFFICE}annotation")):
            continue
        pieces: list[str] = []
        _settle(paragraph, gone, set(), pieces)
        lines.append("".join(pieces))
    return [line for line in lines if line]


def _settle(element: etree._Element, gone: set[str], opened: set[str], pieces: list[str]) -> None:
    """Add the text in *element* to *pieces*, but for what stands within a change that is *gone*."""
    if not opened:
        pieces.append(element.text or "")
    for child in element:
        change = child.get(f"{TEXT}change-id")
        if child.tag == f"{TEXT}change-start" and change in gone:
            opened.add(change)
        elif child.tag == f"{TEXT}change-end":
            opened.discard(change)
        elif child.tag in (f"{TEXT}s", f"{TEXT}line-break"):
            pieces.append("" if opened else " ")
        elif child.tag != f"{OFFICE}annotation":
            _settle(child, gone, opened, pieces)
        if not opened:
            pieces.append(child.tail or "")


def shown(tree: etree._Element) -> list[str]:
    """Return the lines of a Word file's text that are not empty, broken lines joined."""
    return [text.replace("\n", " ") for _, text in styled_lines(tree) if text]


def expected(document: Document) -> list[str]:
    """The words of the body in order; header, closing block and tables are read by column."""
    kinds = (Kind.TYPE, Kind.SUBJECT, Kind.LEGAL_BASIS, Kind.PARAGRAPH, Kind.HEADING, Kind.ITEM)
    blocks = [block for block in document.blocks if block.kind in kinds]
    return [word for block in blocks for word in document.text_of(block.spans).split()]


def restarting() -> Document:
    """Lists that begin again under their parents, without one, and within each other."""
    outline = Builder()
    for level, label in (
        *((1, "I."), (2, "1."), (3, "1.1."), (3, "1.2."), (4, "a)"), (4, "b)"), (2, "2.")),
        *((3, "2.1."), (4, "-"), (5, "+"), (4, "-"), (1, "II."), (2, "1."), (3, "a)"), (3, "b)")),
        *((3, "a)"), (3, "b)"), (2, "2."), (3, "2.1."), (3, "2.2."), (2, "3.")),
        *((2, "1."), (2, "2."), (1, "III."), (2, "-"), (3, "1."), (3, "2."), (2, "-")),
    ):
        outline.add(Kind.ITEM, f"{label} Trồng rừng.", level=level, label=label)
    return outline.document()


def is_in_order(words: list[str], text: list[str]) -> bool:
    rest = iter(text)
    return all(word in rest for word in words)


def test_a_party_plan_is_printed_on_three_pages_numbered_from_the_second(tmp_path: Path) -> None:
    document = party_plan()
    pages = printed(document, tmp_path)
    assert len(pages) == 3
    assert pages[0].split()[0] == "TỈNH"
    assert pages[1].split()[0] == "2"
    assert pages[2].split()[:2] == ["PHỤ", "LỤC"]  # its pages count anew, the first bears no number
    text = " ".join(pages).split()
    assert is_in_order(expected(document), text)
    assert set(document.text.split()) <= set(text)


def test_a_state_decision_fits_on_one_page_with_the_countrys_name_on_one_line(
    tmp_path: Path,
) -> None:
    document = state_decision()
    (page,) = printed(document, tmp_path)
    assert any("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in line for line in page.splitlines())
    assert is_in_order(expected(document), page.split())
    assert set(document.text.split()) <= set(page.split())


def test_a_long_table_repeats_its_head_on_the_next_page(tmp_path: Path) -> None:
    rows = [(str(number), "Xã Suối Vàng trồng cây phân tán") for number in range(1, 60)]
    document = Builder().table(("STT", "Nội dung"), *rows).document()
    assert opened(document).tables[0]._tbl.tblPr.find(qn("w:tblStyle")) is not None
    pages = printed(document, tmp_path)
    assert len(pages) > 1
    assert all("STT" in page for page in pages)


def test_a_table_stays_with_the_line_that_introduces_it(tmp_path: Path) -> None:
    for count in (37, 38):  # without care the page would end in the table or above it
        builder = Builder()
        for number in range(count):
            builder.add(Kind.ADDRESSEE, f"Nơi {number}")
        builder.add(Kind.PARAGRAPH, "Phân công như sau:")
        builder.table(("STT", "Nội dung"), ("1", "Trồng cây"))
        pages = printed(builder.document(), tmp_path)
        (page,) = (page for page in pages if "Phân công" in page)
        assert "Trồng cây" in page, count


@pytest.mark.parametrize("doubts", ["highlight", "comment", "none"])
def test_a_file_with_revisions_is_printed_with_both_texts(doubts: str, tmp_path: Path) -> None:
    document = sample(OCR_TEXT)
    pages = printed(document, tmp_path, WriterSettings(doubts=doubts, tracked=True))
    shown = "".join(" ".join(pages).split())
    changed = [word for word in document.words() if word.text != word.ocr]
    assert len(changed) > 200
    assert [word for word in changed if word.ocr + word.text not in shown] == []


@pytest.mark.parametrize("layout", ["official", "as-printed"])
def test_libreoffice_takes_revisions_for_what_they_are(layout: str, tmp_path: Path) -> None:
    document = sample(OCR_TEXT)
    settings = WriterSettings(tracked=True, layout=layout)
    tree = etree.parse(converted(document, "fodt", tmp_path, settings))
    clean = part(document, WriterSettings(layout=layout))
    assert settled_lines(tree, without="deletion") == shown(clean)
    assert settled_lines(tree, without="insertion") == shown(rejected(part(document, settings)))


@pytest.mark.parametrize("make", [party_plan, state_decision, restarting])
def test_automatic_labels_are_printed_as_those_in_the_text(
    make: Callable[[], Document], tmp_path: Path
) -> None:
    document = make()
    pages = printed(document, tmp_path, WriterSettings(numbering="auto"))
    text = " ".join(pages).split()
    assert is_in_order(expected(document), text)
    assert set(document.text.split()) <= set(text)


def test_footnotes_are_printed_at_the_foot_of_their_page(tmp_path: Path) -> None:
    (page,) = printed(with_footnotes(), tmp_path)
    text = "".join(page.split())  # raised figures are lines of their own in the text of a PDF
    assert "theoNghịquyết2,đạt104%kếhoạch." in text
    assert text.endswith("1Sốliệunăm2022.2Nghịquyếtsố07-NQ/TU.3Huyệnmớithànhlập.")


def test_a_letter_as_printed_is_on_one_page_with_the_lines_of_the_paper(tmp_path: Path) -> None:
    document = letter()
    (page,) = printed(document, tmp_path, WriterSettings(layout="as-printed"))
    lines = [" ".join(line.split()) for line in page.splitlines()]
    for line in ("TỈNH ỦY BÌNH SƠN", "Về việc chuẩn bị", "ĐẢNG CỘNG SẢN VIỆT NAM"):
        assert line in lines
    assert is_in_order(expected(document), page.split())
    assert set(document.text.split()) <= set(page.split())
