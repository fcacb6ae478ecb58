"""What the pages say about the document, as a JSON file: one value each, null where they do not.

Dates are ISO 8601. ``cited`` holds type, symbol, date and body of each document that is cited. How
sure each value is and which words say so stands in the file of record.
"""

import json

from pipeline.model import Document, Fact, Metadata
from pipeline.settings import WriterSettings


def write(document: Document, settings: WriterSettings) -> bytes:  # noqa: ARG001
    """Return the metadata of *document*; no setting touches them."""
    written = json.dumps(values(document), ensure_ascii=False, indent=1)
    return f"{written}\n".encode()


def values(document: Document) -> dict[str, object]:
    """Return the metadata as plain values, in the order of the file."""
    facts: Metadata = document.metadata
    return {
        "system": _value(facts.system),
        "superior_body": _value(facts.superior_body),
        "issuing_body": _value(facts.issuing_body),
        "number": _value(facts.number),
        "symbol": _value(facts.symbol),
        "type_code": _value(facts.type_code),
        "body_code": _value(facts.body_code),
        "type": _value(facts.type),
        "subject": _value(facts.subject),
        "place": _value(facts.place),
        "date": _value(facts.date),
        "secrecy": _value(facts.secrecy),
        "urgency": _value(facts.urgency),
        "addressees": [fact.value for fact in facts.addressees],
        "authority": _value(facts.authority),
        "office": _value(facts.office),
        "signer": _value(facts.signer),
        "cited": [
            [cited.type, cited.symbol, cited.date or None, cited.body or None]
            for cited in facts.cited
        ],
        "recipients": [fact.value for fact in facts.recipients],
        "pages": len({page.number for page in document.pages}),
    }


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None
