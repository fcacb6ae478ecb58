"""Structure: from corrected lines to blocks (header, headings, tables, closing) and metadata.

What always holds:

* Every word of every page is pointed at by exactly one block; none is added, dropped or copied.
* In the blocks that are not notes, words keep the order of pages and lines, except that tables go
  row by row, that columns sharing a line are split, that a header or closing in which they do
  has its left column (bodies and number, recipients) before its right one (motto, place and date;
  authority, office, signer), each in order; Kính gửi, under both columns, comes after them; and
  that footnotes come last, in the order of their pages.
* ``Word.ocr`` is never altered. The only change to a text is a marker repaired by its sequence,
  recorded with :attr:`Stage.STRUCTURE` and :attr:`Reason.MARKER`. A number that repeats or skips is
  doubted, and so is the word beside an office or a name that was not read (:attr:`Reason.MISSING`),
  and a type code that does not fit the type's name.
* Gaps in a numbering are reported (``Metadata.doubts``), never closed.
* The metadata is that of the file's first document; one enclosed in it has blocks of its own.
* Time grows with the number of lines; the search for the hierarchy keeps a bounded beam.
"""

from __future__ import annotations

from pipeline.model import Document
from pipeline.settings import StructureSettings
from pipeline.structure.assembly import assemble
from pipeline.structure.doubts import with_code_doubted
from pipeline.structure.metadata import metadata
from pipeline.structure.missing import with_gaps_shown

__all__ = ["rebuild"]


def rebuild(document: Document, settings: StructureSettings) -> Document:
    """Return *document* with its blocks and metadata, whatever it had of them before made anew.

    A document without lines comes back with no blocks. Needs the lines of ``Document.pages`` in
    reading order; boxes, type faces and table cells are used where they are there.
    """
    made = assemble(document, settings)
    known = with_code_doubted(metadata(made.document, made.numbering, made.own))
    return with_gaps_shown(known, made.own, made.unsure)
