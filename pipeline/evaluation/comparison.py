"""One document against its truth: everything that is known of each word."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.evaluation.alignment import Integers, align, spelled
from pipeline.evaluation.counts import Counts, form_of, summed, tallied
from pipeline.evaluation.doubts import Doubts, doubts
from pipeline.evaluation.reliability import Judged, judged
from pipeline.model import FURNITURE, Document, Word


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one document is worth.

    Attributes:
        name: of the document, for tables.
        rows: what is counted at each word of the truth, see :data:`.counts.FIELDS`.
        changes: each change of correction and whether it is right; None without a record.
        doubts: what was marked; None without a record.
    """

    name: str
    rows: Integers
    changes: tuple[Judged, ...] | None = None
    doubts: Doubts | None = None

    @property
    def counts(self) -> Counts:
        """The counts of the whole document."""
        return summed(self.rows)


def compare(name: str, truth: str, output: str | Document, *, fold: bool = False) -> Comparison:
    """Compare *output*, a text or vanban's record, with *truth*, both in canonical form."""
    form = form_of(fold=fold)
    true = form(truth)
    words = true.split()
    if isinstance(output, str):
        text = form(output)
        return Comparison(name, tallied(true, text, align(words, text.split()), None))
    read = text_words(output)
    written = spelled([word.text for word in read], form)
    alignment = align(words, written.tokens)
    before = align(words, form(" ".join(word.ocr for word in read)).split())
    return Comparison(
        name,
        tallied(true, " ".join(written.tokens), alignment, before),
        tuple(judged(words, read, form)),
        doubts(read, written, alignment),
    )


def text_words(document: Document) -> list[Word]:
    """Return the words of ``document.text``, in its order; also those that left no trace in it."""
    if not document.blocks:
        return list(document.words())
    return [
        word
        for block in document.blocks
        if block.kind not in FURNITURE
        for word in document.words_of(tuple(block.all_spans()))
    ]
