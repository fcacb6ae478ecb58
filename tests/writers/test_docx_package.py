"""The file is one that Word opens without a word: references hold, elements are in schema order."""

import io
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath

import pytest
from docx.oxml.ns import nsmap, qn
from lxml import etree

from pipeline.model import Change, Document, Kind, Merged, Reason, Stage, Word
from pipeline.settings import WriterSettings
from pipeline.writers import write

from .builder import Builder, party_plan, state_decision, with_footnotes
from .paper import scattered

# Children in the order of ECMA-376 part 1, chapter 17, for the elements that we write.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs "
    "spacing ind contextualSpacing jc textAlignment outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing kern position sz szCs "
    "highlight u vertAlign lang",
    "style": "name aliases basedOn next link hidden uiPriority semiHidden unhideWhenUsed qFormat "
    "locked pPr rPr tblPr trPr tcPr tblStylePr",
    "styles": "docDefaults latentStyles style",
    "tbl": "tblPr tblGrid tr",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "trPr": "cantSplit tblHeader",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "tcPr": "tcW gridSpan vMerge tcBorders vAlign",
    "p": "pPr r|ins|del|commentRangeStart|commentRangeEnd",
    "r": "rPr br|t|delText|fldChar|instrText|annotationRef|commentReference|footnoteReference"
    "|footnoteRef|separator|continuationSeparator",
    "ins": "r",
    "del": "r",
    "comments": "comment",
    "comment": "p",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    "footnotes": "footnote",
    "footnote": "p",
    "numPr": "ilvl numId",
    "numbering": "abstractNum num",
    "abstractNum": "nsid multiLevelType lvl",
    "lvl": "start numFmt pStyle suff lvlText lvlJc pPr",
    "num": "abstractNumId lvlOverride",
    "settings": "zoom defaultTabStop characterSpacingControl footnotePr compat themeFontLang "
    "decimalSymbol listSeparator",
}


def everything() -> Document:
    """Blocks of every kind in a row."""
    builder = Builder()
    for kind in Kind:
        if kind is Kind.TABLE:
            builder.table(("TT", "Nội dung", ""), ("", "xã", "huyện"), ("1", "Trồng", "Giữ"))
            covers = (Merged(0, 0, 2, 1), Merged(0, 1, 1, 2))
            builder.blocks[-1] = replace(builder.blocks[-1], merged=covers)
        else:
            builder.add(kind, "**Mục** ?một? _xã_ Suối Vàng:", level=2, label="Mục một", title=2)
    return builder.document()


def corrected() -> Document:
    """The same with every second word changed, and some of them merged or left out."""
    document = everything()
    lines = [
        replace(line, words=tuple(map(_corrected, line.words, range(len(line.words)))))
        for line in document.pages[0].lines
    ]
    return replace(document, pages=(replace(document.pages[0], lines=tuple(lines)),))


def printed() -> Document:
    """The same on a page, line under line."""
    document = corrected()
    return scattered(document, [(360, 300 + 80 * n) for n in range(len(document.pages[0].lines))])


def _corrected(word: Word, at: int) -> Word:
    if at % 2:
        return word
    after = "" if at == 2 else f"{word.text} Đá"
    return word.changed(Change(word.text, after, Reason.SPACING, 0.6, Stage.CORRECTION))


DOCUMENTS = {
    "party": party_plan,
    "state": state_decision,
    "everything": everything,
    "commented": corrected,
    "tracked": corrected,
    "footnotes": with_footnotes,
    "numbered": party_plan,
    "printed": printed,
}
SETTINGS = {
    "commented": WriterSettings(doubts="comment"),
    "tracked": WriterSettings(tracked=True),
    "numbered": WriterSettings(numbering="auto"),
    "printed": WriterSettings(tracked=True, layout="as-printed"),
}


@cache
def bytes_of(name: str) -> bytes:
    return write(DOCUMENTS[name](), "docx", SETTINGS.get(name, WriterSettings()))


@cache
def parts(name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(bytes_of(name))) as file:
        return {entry: file.read(entry) for entry in file.namelist()}


def trees(name: str) -> list[etree._Element]:
    return [
        etree.fromstring(part)
        for entry, part in parts(name).items()
        if entry.startswith("word/") and entry.endswith(".xml")
    ]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_children_are_in_the_order_of_the_schema(name: str) -> None:
    for tree in trees(name):
        for element in tree.iter(*(qn(f"w:{tag}") for tag in ORDER)):
            tag = etree.QName(element).localname
            order = [names.split("|") for names in ORDER[tag].split()]
            children = [etree.QName(child).localname for child in element]
            places = [[child in names for names in order].index(True) for child in children]
            assert places == sorted(places), etree.tostring(element)
            if tag == "r" and not {"separator", "continuationSeparator"} & set(children):
                assert children.count("rPr") == 1
            if tag.endswith("Pr"):
                assert len(places) == len(set(places)) or tag == "sectPr"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_style_referred_to_exists(name: str) -> None:
    styles = etree.fromstring(parts(name)["word/styles.xml"])
    known = [style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))]
    assert len(known) == len(set(known))
    referring = [qn(f"w:{tag}") for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next")]
    for tree in trees(name):
        assert {each.get(qn("w:val")) for each in tree.iter(*referring)} <= set(known)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_relationship_leads_to_a_part_and_every_part_has_a_content_type(name: str) -> None:
    known = parts(name)
    relationships = {
        entry: etree.fromstring(data) for entry, data in known.items() if entry.endswith(".rels")
    }
    for entry, tree in relationships.items():
        base = PurePosixPath(entry).parent.parent
        targets = [str(base / each.get("Target").lstrip("/")) for each in tree]
        assert len(targets) == len(set(targets))
        assert set(targets) <= set(known)
    used = etree.fromstring(known["word/document.xml"]).xpath("//@r:id", namespaces=nsmap)
    assert set(used) <= {each.get("Id") for each in relationships["word/_rels/document.xml.rels"]}
    types = etree.fromstring(known["[Content_Types].xml"])
    named = {each.get("PartName") or f".{each.get('Extension')}" for each in types}
    for entry in set(known) - {"[Content_Types].xml"}:
        assert f"/{entry}" in named or entry.endswith(".rels")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_two_of_a_kind_have_one_number(name: str) -> None:
    kinds = {
        "word/document.xml": ("ins|del", "commentReference", "footnoteReference"),
        "word/comments.xml": ("comment",),
        "word/footnotes.xml": ("footnote",),
        "word/numbering.xml": ("abstractNum",),
    }
    for entry in kinds.keys() & parts(name).keys():
        tree = etree.fromstring(parts(name)[entry])
        for tags in kinds[entry]:
            path = " | ".join(f"//w:{tag}" for tag in tags.split("|"))
            key = "abstractNumId" if tags == "abstractNum" else "id"
            found = [each.get(qn(f"w:{key}")) for each in tree.xpath(path, namespaces=nsmap)]
            assert None not in found
            assert len(found) == len(set(found))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_cell_ends_in_a_paragraph_and_so_does_the_text(name: str) -> None:
    document = etree.fromstring(parts(name)["word/document.xml"])
    assert all(cell[-1].tag == qn("w:p") for cell in document.iter(qn("w:tc")))
    assert document[0][-2].tag == qn("w:p")
    assert document[0][-1].tag == qn("w:sectPr")


def test_no_style_has_a_comma_which_word_reads_as_an_alias() -> None:
    styles = etree.fromstring(parts("party")["word/styles.xml"])
    assert not [each for each in styles.iter(qn("w:name")) if "," in each.get(qn("w:val"))]


def test_styles_of_the_form_are_in_the_gallery() -> None:
    styles = etree.fromstring(parts("party")["word/styles.xml"])
    for style in styles.iter(qn("w:style")):
        own = style.get(qn("w:type")) in ("paragraph", "character")
        hidden = style.find(qn("w:semiHidden")) is not None
        assert not own or hidden or style.find(qn("w:qFormat")) is not None


def test_nothing_of_the_template_is_left() -> None:
    assert sorted(parts("party")) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/header1.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]
    assert b"heme=" not in parts("party")["word/styles.xml"]


@pytest.mark.parametrize("name", ["commented", "tracked"])
def test_comments_are_a_part_of_their_own_that_the_package_knows(name: str) -> None:
    assert set(parts(name)) - set(parts("party")) == {"word/comments.xml"}
    assert b"/word/comments.xml" in parts(name)["[Content_Types].xml"]
    relations = etree.fromstring(parts(name)["word/_rels/document.xml.rels"])
    (relation,) = (each for each in relations if each.get("Target") == "comments.xml")
    assert relation.get("Type").endswith("/relationships/comments")


def test_entries_carry_no_time() -> None:
    data = write(party_plan(), "docx", WriterSettings())
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert file.infolist()[0].filename == "[Content_Types].xml"


def test_words_of_one_face_share_a_run() -> None:
    document = replace(party_plan(), blocks=party_plan().blocks[9:10])
    data = write(document, "docx", WriterSettings(doubts="none"))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        body = etree.fromstring(file.read("word/document.xml"))
    assert len(list(body.iter(qn("w:r")))) == 1
