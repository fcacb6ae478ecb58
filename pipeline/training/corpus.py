"""A folder of text files → streams of token ids, per domain.

The corpus folder holds ``*.txt`` or ``*.txt.gz``, UTF-8, one paragraph or sentence per line. The
file name up to the first dot or underscore names the domain: ``party_news.txt.gz`` is ``party``.
Files of no known domain count as ``news``, the general one.

Part of every corpus is never trained on, so that what is made can be measured on text it has not
seen: of each file, one block of :data:`BLOCK` neighbouring lines in :data:`HELD_OUT`. A file holds
its documents one after another, so a block holds whole documents but for its margins, which
neither train nor measure.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction.language_model import BOUNDARY, NUMBER, NUMERAL, SPECIAL, SYMBOL, UNKNOWN
from pipeline.correction.syllable import canonical, is_syllable
from pipeline.correction.tokens import Mark, TokenKind, analyse, pieces
from pipeline.errors import MissingInputError, NoCorpusError
from pipeline.model import nfc

DOMAINS: Final = ("party", "legal", "news")
MIN_SYLLABLE_COUNT: Final = 12
MIN_OTHER_COUNT: Final = 300  # loans and names that are no syllables: internet, Đắk
BLOCK: Final = 100  # lines
MARGIN: Final = 20  # lines at either end of a held-out block; may belong to a trained document
HELD_OUT: Final = 40  # one block in so many
# Flags on a token id: capitalised; a comma follows; a stop follows, or what closes.
TITLE: Final = 1 << 15
COMMA: Final = 1 << 14
STOP: Final = 1 << 13
MAX_WORDS: Final = STOP

_SPECIAL_OF: Final = {
    TokenKind.NUMBER: NUMBER,
    TokenKind.NUMERAL: NUMERAL,
    TokenKind.SYMBOL: SYMBOL,
    TokenKind.ACRONYM: UNKNOWN,
}
_MARKS: Final = {Mark.NONE: 0, Mark.COMMA: COMMA, Mark.STOP: STOP}

Stream = NDArray[np.uint16]


def domains(folder: Path) -> dict[str, list[Path]]:
    """Return the corpus files by domain, sorted.

    Raises:
        MissingInputError: there is nothing of that name.
        NoCorpusError: it is no folder, or holds no ``.txt`` or ``.txt.gz``.
    """
    if not folder.exists():
        raise MissingInputError(folder)
    files = sorted([*folder.glob("*.txt"), *folder.glob("*.txt.gz")])
    if not files:
        raise NoCorpusError(folder)
    found: dict[str, list[Path]] = {domain: [] for domain in DOMAINS}
    for file in files:
        domain = file.name.split(".")[0].split("_")[0]
        found[domain if domain in found else "news"].append(file)
    return found


def lines(file: Path) -> Iterator[str]:
    """Yield the NFC lines of a plain or gzipped text file that may be trained on."""
    return (line for number, line in enumerate(_all_lines(file)) if not _is_held_out(number))


def held_out(file: Path) -> Iterator[str]:
    """Yield the NFC lines that nothing was trained on, without the margins of their blocks."""
    inner = range(MARGIN, BLOCK - MARGIN)
    for number, line in enumerate(_all_lines(file)):
        if _is_held_out(number) and number % BLOCK in inner:
            yield line


def _is_held_out(number: int) -> bool:
    return number // BLOCK % HELD_OUT == HELD_OUT // 4


def _all_lines(file: Path) -> Iterator[str]:
    with gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb") as data:
        for line in data:
            yield nfc(line.decode("utf-8"))


def vocabulary(files: list[Path]) -> tuple[str, ...]:
    """Return the special tokens, then every word that is frequent enough, most frequent first."""
    printed: Counter[str] = Counter()
    for file in files:
        for line in lines(file):
            printed.update(line.split())
    counts: Counter[str] = Counter()
    for word, count in printed.items():
        for token in map(analyse, pieces(word)):
            if token.kind is TokenKind.WORD:
                counts[canonical(token.core)] += count
    kept = [
        word
        for word, count in counts.items()
        if count >= (MIN_SYLLABLE_COUNT if is_syllable(word) else MIN_OTHER_COUNT)
    ]
    kept.sort(key=lambda word: (-counts[word], word))
    return (*SPECIAL, *kept[: MAX_WORDS - len(SPECIAL)])


class _Codes(dict[str, tuple[int, ...]]):
    """Token ids of each printed word, worked out when first met."""

    def __init__(self, ids: dict[str, int]) -> None:
        super().__init__()
        self.ids = ids

    def __missing__(self, word: str) -> tuple[int, ...]:
        codes = tuple(chain.from_iterable(map(self._piece, pieces(word))))
        self[word] = codes
        return codes

    def _piece(self, word: str) -> tuple[int, ...]:
        token = analyse(word)
        end = (BOUNDARY,) if token.ends_sentence else ()
        if token.kind is TokenKind.NONE:
            return end
        flags = _MARKS[token.mark]
        if token.kind is not TokenKind.WORD:
            return (_SPECIAL_OF[token.kind] | flags, *end)
        if token.core[:1].isupper() and not token.core[1:].isupper():
            flags |= TITLE
        return (self.ids.get(canonical(token.core), UNKNOWN) | flags, *end)


def streams(files: list[Path], words: tuple[str, ...]) -> Iterator[Stream]:
    """Yield one stream of ids per file; every line starts with :data:`BOUNDARY`.

    A capitalised word carries the flag :data:`TITLE`, the first of a sentence too; what follows a
    word is the flag :data:`COMMA` or :data:`STOP`.
    """
    codes = _Codes({word: number for number, word in enumerate(words)})
    for file in files:
        parts = (
            chain((BOUNDARY,), chain.from_iterable(map(codes.__getitem__, line.split())))
            for line in lines(file)
        )
        yield np.fromiter(chain.from_iterable(parts), dtype=np.uint16)
