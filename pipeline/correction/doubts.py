"""Doubts: words that were left as read and cannot be trusted.

A word that no dictionary knows, a figure that cannot be, or one the reader itself was unsure of is
marked as doubtful even when nothing better is known: a visible doubt is better than a silent error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from pipeline.correction import numerals
from pipeline.correction.candidates import Form
from pipeline.correction.channel import bare
from pipeline.correction.lexicon import Lexicon, attested
from pipeline.correction.mixtures import is_mixture
from pipeline.correction.profile import NATIVE
from pipeline.correction.rewriting import IN_DOUBT
from pipeline.correction.syllable import canonical, is_syllable
from pipeline.correction.tokens import LETTERLIKE, TokenKind, analyse, is_address
from pipeline.model import Change, Decision, Line, Reason, Stage, Word, replace

# The reader's confidence below which a number or symbol is doubtful, and a word.
FACT_CONFIDENCE: Final = 0.6
WORD_CONFIDENCE: Final = 0.3
LETTER_CONFIDENCE: Final = 0.8
# The same of a figure where the form leaves room for a pen.
FIELD_CONFIDENCE: Final = 0.9
LONGEST_FIELD: Final = 12  # words; a longer line is running text
# Words and markers of one letter: of letters with marks no others stand alone.
_WORDS: Final = frozenset("àáảđêìôồổơởủứý")
_MARKERS: Final = frozenset("đ")  # đ), but no ở)
_SHARED: Final = frozenset("àáãèéìíĩòóõùúũý")  # letters of Vietnamese and of others
_SIGNS: Final = (Reason.PUNCTUATION, Reason.SPACING)
_NUMBER_LINE: Final = re.compile("S[ốóôo]")
_FIELD_WORDS: Final = frozenset(("Số", "SỐ", "ngày", "tháng", "năm"))
_GAPS: Final = (("ngày", "tháng"), ("tháng", "năm"))
_FIELD_FIGURE: Final = re.compile(r"\d{1,4}|\d+[/-]\S*[A-ZĐ]\S*")
_SYMBOL: Final = re.compile(r"\d+(?:/\d{4})?[-/]([A-ZĐƯ]+(?:[-/][A-ZĐƯ]+)*)")
_CODES: Final = re.compile(r"[A-ZĐƯ]{2,}(?:[-–&/]+[A-ZĐƯ]{2,})+")  # KH&ĐT
# 2O23, l3-CT/TW, 9S%: figures with letters that look like some.
_DAMAGED_FIGURE: Final = re.compile(
    r"(?=.*(?:\d[OoIlZS]|[OoIlZS]\d))(?!(?:[A-HJ-NP-ZĐ]|[A-ZĐ]{2,})\d+$|5S$)"
    r"(?:[A-ZĐ]{2,})?[\dOoIlZS]+(?:[-.,/h][\dOoIlZS]+)*%?(?:[-/]\D.*)?"
)
# 0G, 0L/CT-UBND, HI2: a figure and a letter that no code joins so.
_ODD_CODE: Final = re.compile(r"0[A-ZĐ](?:[-/].*)?|[A-ZĐ][IlÌÍỈĨỊ]\d+")
# g/1, 4%o, 13°4055: an l, the sign of a thousandth, a minute read for something else.
_ODD_UNIT: Final = re.compile(r"\D*[^\W\d_]/1|\d+%[o0]|.*°\d{3,}")
# Read from a picture they were numerals: those are a hundred times as frequent (II, III).
_STROKES: Final = frozenset(("H", "HI", "IH"))
# 12:450, 1;05: marks that no figure is written with; a ratio has 1 before its colon, a time few
# digits behind it. 31/102017, 23/4/201: dates that lost a sign.
_ODD_FIGURE: Final = re.compile(
    r"\d;\d|,,|\.%|\d{2,}:\d{3}|(?<!\d)\d{1,2}/\d{1,2}(?:(?:19|20)\d\d|/\d|/\d{3})(?![\d/])"
)
# 3711.648, 11012004, 9.709.4: figures that were joined, a date that lost both of its signs, an
# amount that lost its end.
_JOINED_FIGURE: Final = re.compile(
    r"\d{4,}(?:\.\d{3})+|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d"
    r"|\d{1,3}(?:\.\d{3})+\.\d{1,2}"
)
# tấn!, viên() and m?: the small figure of a note or a power, read as a sign or not at all.
_RAISED: Final = re.compile(r"[^\W\d_]+(?:!+[,;]|\(\)\W*)|[cdk]?m[?!°]\W*")
# 1], 5?: no figure ends so, unless a bracket was opened before it.
_CLOSED_FIGURE: Final = re.compile(r"\d+[\]?]")
_CUT_DATE: Final = re.compile(r"\d{1,2}/\d{1,2}/")  # alone in a cell
_CUT: Final = frozenset("]|?[!/\\")  # what is left of a figure alone in a cell
# Marks that the reader does not know (± ≥ ≤ ÷) come out as these before a figure.
_RELATIONS: Final = frozenset("+<>~")
UNKNOWN_CODE: Final = 0.8  # confidence below which a symbol with an unknown code is doubtful


def doubted(line: Line, lexicon: Lexicon, foreign: Sequence[bool]) -> Line:
    """Return *line* with those words marked that were left as read and cannot be trusted.

    Args:
        line: with what correction decided.
        lexicon: knows words and codes.
        foreign: for each word whether it is of another language, whose words nobody doubts.
    """
    written = _written_in(line)
    words = [
        _marked(word)
        if not other
        and _is_open(word)
        and (_is_odd(word, lexicon) or at in written or _is_misplaced(line, at))
        else _still_doubted(word)
        for at, (word, other) in enumerate(zip(line.words, foreign, strict=True))
    ]
    return replace(line, words=tuple(words))


def _marked(word: Word) -> Word:
    certainty = word.confidence if word.confidence is not None else 0.0
    return word.changed(
        Change(word.text, word.text, Reason.DOUBT, certainty, Stage.CORRECTION, Decision.PROPOSED)
    )


def _still_doubted(word: Word) -> Word:
    """Return *word*; with no change to it as certain, if the reader marked it for its picture."""
    if all(change.stage is not Stage.RECOGNITION for change in word.changes):
        return word
    *before, last = word.changes
    uncertain = replace(last, certainty=min(last.certainty, IN_DOUBT))
    return replace(word, changes=(*before, uncertain))


def _is_open(word: Word) -> bool:
    """Tell whether nothing but signs and blanks of a word was changed, which proves no figure."""
    return bool(word.text) and all(change.reason in _SIGNS for change in word.changes)


def _is_odd(word: Word, lexicon: Lexicon) -> bool:
    return _unsure(word) or _impossible(word, lexicon) or _is_of_unknown_code(word, lexicon)


def _is_of_unknown_code(word: Word, lexicon: Lexicon) -> bool:
    """Tell whether this is a symbol, not surely read, with a code that the lexicon lacks."""
    found = _SYMBOL.fullmatch(analyse(word.text).core)
    if found is None or word.confidence is None or word.confidence >= UNKNOWN_CODE:
        return False
    return any(code not in lexicon.codes for code in re.split("[-/]", found[1]))


def _is_misplaced(line: Line, at: int) -> bool:
    """Tell whether a mark read from a picture can be none where it stands, or another one."""
    word = line.words[at]
    text = word.text
    if word.confidence is None:
        return False
    if line.cell and len(line.words) == 1 and (text in _CUT or _CUT_DATE.fullmatch(text)):
        return True
    if _CLOSED_FIGURE.fullmatch(text):
        return text.endswith("?") or not any("[" in other.text for other in line.words)
    behind = line.words[at + 1].text if at + 1 < len(line.words) else ""
    # At the start of a line a plus marks an item.
    return text in _RELATIONS and behind[:1].isdigit() and (at > 0 or text != "+")


def _written_in(line: Line) -> frozenset[int]:
    """Return the places where the form leaves room for a pen, and no plain figure was read.

    They are the number (``Số: …/KH-UBND``) and the day and month (``ngày … tháng … năm …``); where
    nothing at all was read, the word before the gap.
    """
    texts = [word.text.strip(" ,.;") for word in line.words]
    if len(texts) > LONGEST_FIELD or all(word.confidence is None for word in line.words):
        return frozenset()
    if _NUMBER_LINE.match(texts[0]):
        code = next((at for at, text in enumerate(texts) if "/" in text), 0)
        return frozenset(at for at in range(code + 1) if not _is_plain(line.words[at], texts[at]))
    folded = [text.lower() for text in texts]
    first = next((at for at, text in enumerate(folded) if text.startswith("ngày")), None)
    if first is None or not any("tháng" in text for text in folded[first:]):
        return frozenset()
    gaps = frozenset(
        at for at, pair in enumerate(pairwise(folded)) if at >= first and pair in _GAPS
    )
    return gaps | frozenset(
        at for at in range(first, len(texts)) if not _is_plain(line.words[at], folded[at])
    )


def _is_plain(word: Word, text: str) -> bool:
    """Tell whether a word of such a field is one of its own words, or a figure surely read."""
    if text.rstrip(":") in _FIELD_WORDS:
        return True
    sure = word.confidence is not None and word.confidence >= FIELD_CONFIDENCE
    return sure and _FIELD_FIGURE.fullmatch(text) is not None


def _is_no_date(core: str) -> bool:
    """Tell whether a core is written as a date is and can be none: 32/13/2023."""
    parts = core.split("/")
    if len(parts) != 3 or not all(map(str.isdecimal, parts)) or len(parts[2]) != 4:
        return False
    try:
        date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        return True
    return False


def _unsure(word: Word) -> bool:
    """Tell whether the reader itself did not trust its reading."""
    kind = analyse(word.ocr).kind
    if word.confidence is None or kind is TokenKind.NONE:
        return False
    if kind is not TokenKind.WORD:
        return word.confidence < FACT_CONFIDENCE
    # Tesseract gives a word less than each of its letters where it disliked the layout alone.
    letters = [max(choice.confidence for choice in choices) for choices in word.choices if choices]
    return word.confidence < WORD_CONFIDENCE and min(letters, default=0.0) < LETTER_CONFIDENCE


def _is_strange(letter: str) -> bool:
    """Tell whether Vietnamese has no such letter: Š."""
    return not letter.isascii() and letter.lower() not in NATIVE | _SHARED


def _impossible(word: Word, lexicon: Lexicon) -> bool:
    """Tell whether no directive holds such a word.

    It is no syllable or one that nobody writes, mixes capitals, is a numeral but for some of its
    signs or a figure with marks of none, or holds letters of other alphabets, signs read for some,
    or a figure or point among its letters.
    """
    token = analyse(word.text)
    core = token.core
    if core in lexicon.words or core in lexicon.codes or core in lexicon.own_parts:
        return False
    if is_address(core) or _CODES.fullmatch(core):
        return False
    seen = word.confidence is not None
    if any(
        letter.isalpha() and (not bare(letter).isascii() or (seen and _is_strange(letter)))
        for letter in core
    ):
        return True
    if not LETTERLIKE.isdisjoint(core):
        return True
    if numerals.repaired(core) or _ODD_FIGURE.search(core) or _ODD_CODE.fullmatch(core):
        return True
    if _ODD_UNIT.fullmatch(core) or (seen and core in _STROKES):
        return True
    if seen and (_JOINED_FIGURE.fullmatch(core) or _RAISED.fullmatch(word.text)):
        return True
    if _DAMAGED_FIGURE.fullmatch(core) or _is_no_date(core) or is_mixture(core):
        return True
    if len(core) == 1:  # a letter alone is a marker: b)
        known = _MARKERS if token.suffix == ")" and not token.prefix else _WORDS
        return seen and not core.isascii() and core.isalpha() and core.lower() not in known
    if token.kind is not TokenKind.WORD:
        return False
    if Form.of(core) is Form.OTHER:
        return True
    return canonical(core) not in attested() if is_syllable(core) else core.islower()
