"""The text an English Tesseract model makes of a cleanly printed Vietnamese document.

It stands among the samples as a text file because many archives hold nothing else of a document.
"""

from typing import Final

import pytesseract

from samples.make.record import Record
from samples.make.scans import clean_pages

NAME: Final = "huong-dan-03-hd-btgtu"  # the document that comes as text
_DPI = 200


def read(record: Record) -> str:
    """Return the text of all pages as Tesseract gives it, a form feed between two pages."""
    pages = (
        pytesseract.image_to_string(page, lang="eng", config=f"--dpi {_DPI}").strip("\f\n")
        for page in clean_pages(record, _DPI)
    )
    return "\n\f".join(pages) + "\n"
