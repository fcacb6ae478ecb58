"""Consistency checks over the metadata (document form, section 4.7), as message keys.

A type code that names no type, or not the one that stands below it, is shown at its word too.
"""

from __future__ import annotations

from pipeline.model import Document, Fact, Metadata, Reason
from pipeline.structure.form import body_codes, fold, type_codes
from pipeline.structure.repair import Place, apply, doubt
from pipeline.structure.symbols import known_body


def with_code_doubted(document: Document) -> Document:
    """Return *document* with a doubt on the type code, where it does not fit the type's name.

    Without a name the code is not known to be one of a type: letters of a body stand there too.
    """
    facts = document.metadata
    code, named = facts.type_code, document.metadata.type is not None
    if code is None or not named or (code.value in type_codes() and not _type_code(facts)):
        return document
    found: dict[Place, str] = {
        (span.page, span.line, at): word.text
        for span in code.spans
        for at, word in enumerate(
            document.pages[span.page].lines[span.line].words[span.start : span.stop], span.start
        )
        if code.value in word.text and not word.doubtful
    }
    return apply(document, {place: doubt(text, Reason.DOUBT) for place, text in found.items()})


def doubts(facts: Metadata, others: frozenset[str]) -> tuple[str, ...]:
    """Return the keys of the checks that fail, with the *others* that are known, in order."""
    checks = {
        "doubt.type_code": _type_code(facts),
        "doubt.body_code": _body_code(facts),
        "doubt.unknown_code": _unknown_code(facts),
        "doubt.number_padding": _value(facts.number) in set("123456789"),
        "doubt.office": _value(facts.system) == "state"
        and _value(facts.office) in {"bi thu", "pho bi thu"},
        "doubt.date_order": _date_order(facts),
        # A seal hides either from Tesseract, and so does script type.
        "doubt.no_office": _signs(facts) and not (facts.office or _acting(facts)),
        "doubt.unsure_office": facts.office is not None and facts.office.doubtful,
        "doubt.no_signer": bool(facts.authority or facts.office) and not facts.signer,
        "doubt.no_signature": bool(facts.recipients)
        and not (facts.authority or facts.office or facts.signer),
    }
    return tuple(sorted({key for key, failed in checks.items() if failed} | others))


def _value(fact: Fact | None) -> str:
    return fold(fact.value) if fact is not None else ""


def _signs(facts: Metadata) -> bool:
    return bool(facts.signer or facts.authority)


def _acting(facts: Metadata) -> bool:
    """Whether the line of the authority names the office itself: Q. GIÁM ĐỐC."""
    return any(word.startswith("q.") for word in _value(facts.authority).split())


def _type_code(facts: Metadata) -> bool:
    """Whether the type name is none of those that the code stands for."""
    if facts.type is None or facts.type_code is None:
        return False
    names = type_codes().get(facts.type_code.value)
    return names is not None and not any(_value(facts.type).startswith(name) for name in names)


def _unknown_code(facts: Metadata) -> bool:
    """Whether a code is in no list; a letter names no type, and a unit beside its body."""
    if facts.type_code is None or facts.body_code is None:
        return False
    return facts.type_code.value not in type_codes() or not known_body(facts.body_code.value)


def _body_code(facts: Metadata) -> bool:
    """Whether the issuing body shares no first word pair with what its code stands for."""
    if facts.issuing_body is None or facts.body_code is None:
        return False
    meaning = body_codes().get(facts.body_code.value.split("-", maxsplit=1)[0])
    if meaning is None:
        return False
    pair = " ".join(_value(facts.issuing_body).split()[:2])
    opening = " ".join(meaning.split()[:2])
    return pair not in meaning and opening not in _value(facts.issuing_body)


def _date_order(facts: Metadata) -> bool:
    """Whether a cited document is younger than this one."""
    return facts.date is not None and any(
        citation.date > facts.date.value for citation in facts.cited
    )
