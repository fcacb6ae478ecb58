"""Word's own footnotes, in the place of the printed ones that the text refers to.

Where the printed numbers count 1, 2, 3 … through the document, Word counts them itself; otherwise
each reference carries its printed mark. Brackets around a number stay.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from docx.document import Document as WordFile
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from pipeline.model import Block, Kind
from pipeline.writers.word.attach import attach
from pipeline.writers.word.marks import MARKED, opening, unmarked
from pipeline.writers.word.properties import run_properties
from pipeline.writers.word.runs import Sheet, named, paragraph
from pipeline.writers.word.xml import make

_SEPARATORS: Final = {"separator": -1, "continuationSeparator": 0}  # the footnotes of Word's own
_OPENING: Final = "(["


def install(file: WordFile, sheet: Sheet) -> None:
    """Turn the marks in the text of *file* into references, and add the footnotes they lead to."""
    notes = {
        mark.note: (mark, block)
        for block in sheet.document.blocks
        if block.kind is Kind.FOOTNOTE and (mark := opening(sheet.document, block)) is not None
    }
    if not notes:
        return
    body = file.element.body
    _keep(sheet, body, [block for note, (_, block) in notes.items() if note not in _referred(body)])
    order = [int(note) for text in body.iter(qn("w:t")) for note, _ in MARKED.findall(text.text)]
    numbers = [notes[note][0].value for note in order if notes[note][0].value]
    counted = numbers == list(range(1, len(numbers) + 1))
    automatic = {note for note in order if counted and notes[note][0].value}
    _refer(sheet, body, "footnoteReference", automatic)
    tree = make("footnotes", *(_separator(sheet, kind) for kind in _SEPARATORS))
    for note in order:
        words = sheet.document.words_of(notes[note][1].spans)
        tree.append(make("footnote", paragraph(sheet, "footnote", words, seen=True), id=note))
    _refer(sheet, tree, "footnoteRef", automatic)
    attach(file, "footnotes", tree, RT.FOOTNOTES, CT.WML_FOOTNOTES)
    separators = (make("footnote", id=note) for note in _SEPARATORS.values())
    file.settings.element.find(qn("w:compat")).addprevious(make("footnotePr", *separators))


def _referred(body: BaseOxmlElement) -> set[int]:
    return {int(note) for text in body.iter(qn("w:t")) for note, _ in MARKED.findall(text.text)}


def _keep(sheet: Sheet, body: BaseOxmlElement, blocks: list[Block]) -> None:
    """Put footnotes whose mark did not come into the text as plain paragraphs at its end."""
    for block in blocks:
        words = [unmarked(word) for word in sheet.document.words_of(block.spans)]
        body.sectPr.addprevious(paragraph(sheet, "footnote", words, seen=True))


def _separator(sheet: Sheet, kind: str) -> BaseOxmlElement:
    line = make("p", named(sheet, "footnote"), make("r", make(kind)))
    return make("footnote", line, type=kind, id=_SEPARATORS[kind])


def _refer(sheet: Sheet, tree: BaseOxmlElement, tag: str, automatic: set[int]) -> None:
    """Cut the runs of *tree* at their marks and put what stands for them, named *tag*, there."""
    for text in list(tree.iter(qn("w:t"))):
        *marks, last = MARKED.split(text.text)
        if not marks:
            continue
        run = text.getparent()
        runs: list[BaseOxmlElement] = []
        # A raised figure that was read as a word of its own has no blank before it.
        before, *between = (part.rstrip() for part in marks[::3])
        for note, mark, after in zip(marks[1::3], marks[2::3], (*between, last), strict=True):
            counts = int(note) in automatic
            sign = make(tag)
            if tag == "footnoteReference":
                sign = make(tag, customMarkFollows=None if counts else 1, id=note)
            runs += _mark(sheet, sign, mark, text, counts=counts)
            runs += [_copy(run.rPr, text, after)] if after else []
        for new in reversed(runs):
            run.addnext(new)
        text.text = before
        if not text.text:
            run.remove(text)
        if len(run) == 1:
            run.getparent().remove(run)


def _mark(
    sheet: Sheet, sign: BaseOxmlElement, mark: str, text: BaseOxmlElement, *, counts: bool
) -> list[BaseOxmlElement]:
    """Return the runs that stand for the printed *mark*.

    *sign* is Word's own, which shows a number if it *counts*; *text* is the element to copy.
    """
    raised = run_properties(sheet.layout.type_face.language, style=sheet.style("footnote_mark"))
    if not counts and sign.tag == qn("w:footnoteRef"):
        return [_copy(raised, text, mark)]
    opened, closed = (mark[0], mark[-1]) if mark[0] in _OPENING else ("", "")
    core = mark[len(opened) : len(mark) - len(closed)]
    if counts:
        run = make("r", deepcopy(raised), sign)
    else:
        run = _copy(raised, text, core)
        run.insert(1, sign)
    return [
        *([_copy(raised, text, opened)] if opened else []),
        run,
        *([_copy(raised, text, closed)] if closed else []),
    ]


def _copy(properties: BaseOxmlElement, text: BaseOxmlElement, content: str) -> BaseOxmlElement:
    """Return a run of *content* with *properties*, its text element like *text*."""
    shown = deepcopy(text)
    shown.text = content
    return make("r", deepcopy(properties), shown)
