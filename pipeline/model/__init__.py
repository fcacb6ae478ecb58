"""The data model that goes through all stages, and its JSON form.

What always holds:

* Text is NFC everywhere inside; :func:`nfc` guards the border.
* Nothing is typed into the output that has no word behind it: :attr:`Document.text` is a function
  of the words, and a word's text is a function of what was read and the changes made to it.
* Every value is immutable. A stage returns a new document, made with :func:`dataclasses.replace`.
* ``Document.from_json(document.to_json()) == document``, exactly.

Coordinates are pixels of the page image as recognised (after imaging), origin top left.
Certainties and confidences are probabilities in 0..1.
"""

from dataclasses import replace

from pipeline.model.document import (
    FURNITURE,
    SCHEMA_VERSION,
    Block,
    Citation,
    Document,
    Fact,
    Kind,
    Merged,
    Metadata,
    SchemaError,
    SchemaVersionError,
    Source,
    Span,
)
from pipeline.model.pages import (
    DOUBT_BELOW,
    Box,
    Cell,
    Change,
    Choice,
    Decision,
    Line,
    Page,
    Reason,
    Stage,
    Step,
    Word,
    nfc,
)

__all__ = [
    "DOUBT_BELOW",
    "FURNITURE",
    "SCHEMA_VERSION",
    "Block",
    "Box",
    "Cell",
    "Change",
    "Choice",
    "Citation",
    "Decision",
    "Document",
    "Fact",
    "Kind",
    "Line",
    "Merged",
    "Metadata",
    "Page",
    "Reason",
    "SchemaError",
    "SchemaVersionError",
    "Source",
    "Span",
    "Stage",
    "Step",
    "Word",
    "nfc",
    "replace",
]
