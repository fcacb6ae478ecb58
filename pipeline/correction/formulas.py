"""Words of the official form that dirt or a lost blank leave no doubt about.

``Nơi nhận:`` is small, bold and italic, and its first letter is what a reader misses; no other line
is like it, and nothing else follows the end of the text (``./.``) on the same line. A subject
begins with ``Về việc`` or ``V/v``, a name that begins so does not exist. The name of the state and
its motto stand above every document in the same words: one of them may be misread altogether, by
the line under it. An address on the web begins with ``https://`` or ``http://``.
"""

from __future__ import annotations

from functools import partial
from typing import Final

import regex

from pipeline.correction.channel import unmarked
from pipeline.correction.rewriting import certainty_of, rewritten, rewritten_line
from pipeline.correction.syllable import canonical
from pipeline.model import Line, Reason, replace

CERTAINTY: Final = 0.97
_FIRST: Final = "Nơi"
_SUBJECT: Final = regex.compile(r"[,.'‘’`´]?(Về)(việc)|(Nơi)(nhận:)", regex.IGNORECASE)
# V/%v, VX%v: only the subject of an official letter begins so.
_ABOUT: Final = regex.compile(r"V(?=\S?[/%])[/%X|*°\p{P}]{1,3}[vwy]?")
# No letter stands before a vowel with a tone: Tới nhận: is text.
_REMAINS: Final = regex.compile(r"\S{0,3}ơi|[^\w\s]{0,3}[ờớởỡợ]i")
# After the end of the text, if that stands on the line.
_SPECKS: Final = regex.compile(r"(?:.*/\.)?[^\w\s]*")
_HEADS: Final = tuple(
    tuple(head.split())
    for head in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
    )
)
_DASH: Final = "-–—"
# hftps:/dichvucong.gov.vn
_SCHEME: Final = regex.compile(r"(?<!\w)h\p{L}{1,4}:/{1,3}(?=[\w-]+\.\w)")
_SECOND: Final = frozenset({"nhận:", "nhận;", "nhận.", "nhận"})


def with_formulas(line: Line) -> Line:
    """Return *line* with its formulas whole, where they can be nothing else."""
    sure = partial(certainty_of, certainty=CERTAINTY)
    line = rewritten_line(line, _addresses(line), Reason.LETTERS, sure)
    if (head := _head(line)) is not None:
        return head
    if line.words and (found := _SUBJECT.fullmatch(line.words[0].text)):
        return _begun(line, " ".join(filter(None, found.groups())), Reason.SPACING)
    if _is_about(line):
        return _begun(line, "V/v", Reason.LETTERS)
    *before, first, second = ["", "", *(word.text for word in line.words)]
    if second not in _SECOND or first == _FIRST or not _REMAINS.fullmatch(first):
        return line
    if not _SPECKS.fullmatch("".join(before)):
        return line
    return _begun(line, _FIRST, Reason.LETTERS, at=len(line.words) - 2)


def _is_about(line: Line) -> bool:
    """Tell whether a line begins with what is left of V/v, and goes on in small letters."""
    first, second = [*(word.text for word in line.words), "", ""][:2]
    return first != "V/v" and _ABOUT.fullmatch(first) is not None and second[:1].islower()


def _addresses(line: Line) -> list[str]:
    """Return the words of *line*, addresses with their scheme as it must be."""
    return [
        _SCHEME.sub(_scheme, word.text) if "/" in word.text else word.text for word in line.words
    ]


def _scheme(found: regex.Match[str]) -> str:
    return "https://" if found[0].rstrip("/:").endswith("s") else "http://"


def _head(line: Line) -> Line | None:
    """Return *line* as the name of the state or its motto, if it is one with a word misread."""
    read = [word.text for word in line.words]
    for head in _HEADS:
        if len(read) != len(head):
            continue
        wrong = [at for at, pair in enumerate(zip(read, head, strict=True)) if not _same(*pair)]
        if wrong and sum(not _alike(read[at], head[at]) for at in wrong) <= 1:
            words = list(line.words)
            for at in wrong:
                alike = _alike(read[at], head[at])
                reason = Reason.DIACRITICS if alike else Reason.LETTERS
                words[at] = rewritten(words[at], head[at], reason, CERTAINTY)
            return replace(line, words=tuple(words))
    return None


def _same(read: str, printed: str) -> bool:
    """Tell whether a word needs no change: dashes and the place of a tone are as printed."""
    return canonical(read) == canonical(printed) or (printed == "-" and read in _DASH)


def _alike(read: str, printed: str) -> bool:
    return unmarked(read).lower() == unmarked(printed).lower()


def _begun(line: Line, text: str, reason: Reason, at: int = 0) -> Line:
    words = list(line.words)
    words[at] = rewritten(words[at], text, reason, CERTAINTY)
    return replace(line, words=tuple(words))
