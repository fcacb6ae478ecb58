"""What the pages say about the document, as a JSON file: one value each, null where they do not.

Dates are ISO 8601. ``cited`` holds type, symbol, date and body of each document that is cited.
``in_doubt`` names the fields that a person should compare with the page before a catalogue takes
them: those whose value is not sure, and those that are null because what stands on the page could
not be read. How sure each value is and which words say so stands in the file of record.
"""

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Final

from pipeline.model import Document, Fact, Metadata
from pipeline.settings import WriterSettings

IN_DOUBT: Final = "in_doubt"  # the only name in the file that is no field of the metadata


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
        IN_DOUBT: list(_in_doubt(facts)),
    }


def _in_doubt(facts: Metadata) -> Iterator[str]:
    """Yield the names of the fields that are not sure, or stand on the page and were not read."""
    told = {field.name: getattr(facts, field.name) for field in fields(facts)}
    lists = {name: value for name, value in told.items() if isinstance(value, tuple)}
    for name, fact in told.items():
        if name not in lists and (fact.doubtful if fact else f"doubt.no_{name}" in facts.doubts):
            yield name
    for name, listed in lists.items():
        if any(isinstance(fact, Fact) and fact.doubtful for fact in listed):
            yield name


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None
