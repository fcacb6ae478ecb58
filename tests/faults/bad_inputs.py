"""A corpus of bad inputs, made by this script and the same each time.

``python -m tests.faults.bad_inputs FOLDER`` writes it. Each entry says in which ways it may end:
:data:`READ`, a page comes out of it, or the name of an exit code.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.faults import bad_pdfs, bad_pictures, bad_texts

READ: Final = "READ"


@dataclass(frozen=True, slots=True)
class Bad:
    """One bad input.

    Attributes:
        name: of the file, as bytes where it is no Unicode.
        data: what stands in it.
        ends: in which ways it may end: :data:`READ`, or names of exit codes.
    """

    name: str | bytes
    data: bytes
    ends: frozenset[str]


def corpus() -> Iterator[Bad]:
    """Return all bad inputs; no two have the same name or the same content."""
    for room in (bad_texts, bad_pdfs, bad_pictures):
        entries: dict[str | bytes, tuple[str, Callable[[], bytes]]] = room.ENTRIES
        for name, (ends, make) in entries.items():
            yield Bad(name, make(), frozenset(ends.split()))


def write(folder: Path) -> dict[str, Bad]:
    """Write the corpus into *folder*; return its entries by the names that Python sees."""
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    for bad in corpus():
        name = os.fsdecode(bad.name)
        path = folder / name
        path.write_bytes(bad.data)
        os.utime(path, (1_600_000_000, 1_600_000_000))
        written[name] = bad
    return written


if __name__ == "__main__":
    made = write(Path(sys.argv[1]))
    sys.stdout.write(f"{len(made)} files in {sys.argv[1]}\n")
