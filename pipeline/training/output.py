"""How trained files are written: UTF-8 with plain line ends, and their checksums beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import chain
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Write a text file."""
    path.write_text(text, encoding="utf-8", newline="\n")


def write_words(path: Path, words: Iterable[str]) -> None:
    """Write a vocabulary, one word a line."""
    write_text(path, "".join(f"{word}\n" for word in words))


def write_sums(folder: Path, *patterns: str) -> None:
    """Write the checksums of the trained files, in the form that ``sha256sum --check`` reads."""
    paths = sorted(chain.from_iterable(folder.glob(pattern) for pattern in patterns))
    sums = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in paths)
    write_text(folder / "SHA256SUMS", "".join(sums))
