"""Pages of a PDF whose tree of pages is broken: cut off, looping, or pointing to what is not there.

What always holds: each page that the tree promises has its place, also those that are lost, so that
the loss is told with the page's number; where the tree itself is lost, the pages that are found
stand in the order of the file, and one more stands for whatever was lost with the end.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import repeat
from pathlib import Path
from typing import Final

import pikepdf

from pipeline.errors import DamagedInputError, EncryptedInputError
from pipeline.sources.drawn import DAMAGE, content_is_whole
from pipeline.sources.whole import inflated_part

_TAIL: Final = 2048  # bytes at the end that must hold the end mark
_DEEPEST: Final = 64  # levels of a tree of pages
_MOST_LOST: Final = 10_000  # a count is believed up to here
_MANY: Final = 1000  # pages from which it is seen whether they are all the same one
_OFTENEST: Final = 100  # times that one page may stand in the tree
_INHERITED: Final = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_OBJECT: Final = re.compile(rb"(?<!\d)(\d{1,9})\s+(\d{1,5})\s+obj\b")
_PACKED: Final = re.compile(rb"/Type\s*/ObjStm\b")
_CATALOGUE: Final = re.compile(rb"/Type\s*/Catalog\b")
_PAGE: Final = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_REFERENCE: Final = re.compile(rb"(?<!\d)(\d{1,9})\s+\d{1,5}\s+R\b")
# Stands for an object that is named and not there: else the repair forgets that it was named.
_LOST: Final = "/VanbanLost"
_LOST_PAGE: Final = b"<<%s true/Type/Page/MediaBox[0 0 9 9]/Resources<<>>>>" % _LOST.encode()
_ENDING: Final = re.compile(rb"endobj|endstream")  # without it, an object is cut off
_HEAD: Final = 2048  # bytes of an object among which its type stands
_STREAM: Final = re.compile(rb"stream\r?\n")
_MOST_PACKED: Final = 2**26  # bytes of one stream of objects
_NUMBERS: Final = re.compile(rb"/(N|First)\s+(\d{1,9})")

Slot = pikepdf.Dictionary | None  # a page, or None where it is lost


def is_cut_off(path: Path) -> bool:
    """Whether the mark that ends every PDF is missing."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        return b"%%EOF" not in file.read()


def is_sound(document: pikepdf.Pdf, pages: int) -> bool:
    """Whether the tree has as many pages as PDFium believes, and no loops.

    Raises:
        The errors of :data:`DAMAGE`: it is no tree.
    """
    if pages > _MANY and len(list(_of_tree(document))) != pages:
        return False
    return len(document.pages) == pages


def count_pages(path: Path) -> int:
    """Return the number of pages, lost ones included.

    Raises:
        DamagedInputError: none was found.
        EncryptedInputError: it asks for a password.
    """
    document, slots = _opened(path)
    document.close()
    return len(slots)


def page_alone(path: Path, index: int) -> bytes:
    """Return a PDF of page *index* (from 0) alone.

    Raises:
        DamagedInputError: it is lost.
        EncryptedInputError: the file asks for a password.
    """
    document, slots = _opened(path)
    with document:
        page = slots[index] if index < len(slots) else None
        output = BytesIO()
        try:
            # In the copy, what is named and not there will not be named any more.
            if page is None or not content_is_whole(page):
                raise DamagedInputError(path, str(index + 1))
            with pikepdf.new() as alone:
                alone.pages.append(pikepdf.Page(page))
                alone.save(output, deterministic_id=True)
        except DAMAGE as error:
            raise DamagedInputError(path, str(index + 1)) from error
        return output.getvalue()


def _opened(path: Path) -> tuple[pikepdf.Pdf, list[Slot]]:
    """Return the document, which is to be closed, and its pages."""
    cut_off = is_cut_off(path)
    if not cut_off and (found := _tried(path, path)):
        return found
    objects = _Objects(path.read_bytes())
    if (root := objects.catalogue) and (found := _tried(path, objects.with_trailer(root))):
        return found
    if not (found := _tried(path, objects.with_new_tree())):
        raise DamagedInputError(path)
    document, slots = found
    return document, [*slots, None] if cut_off else slots


def _tried(path: Path, source: Path | bytes) -> tuple[pikepdf.Pdf, list[Slot]] | None:
    """Return the same when a page is found by the tree, else None."""
    stream = BytesIO(source) if isinstance(source, bytes) else source
    try:
        document = pikepdf.open(stream, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise EncryptedInputError(path) from error
    except DAMAGE:
        return None
    with suppress(*DAMAGE):
        slots = list(_of_tree(document))
        if any(slots):
            return document, slots
    document.close()
    return None


def _of_tree(document: pikepdf.Pdf) -> Iterator[Slot]:
    """Go through the pages of the tree; at the end come those that it only counts."""
    found, times = 0, Counter[tuple[int, int]]()
    for slot in _below(document.Root.get("/Pages"), {}, frozenset(), times, _DEEPEST):
        found += 1
        yield slot
    promised = int(document.Root.Pages.get("/Count", 0))
    if promised <= _MOST_LOST and max(times.values(), default=0) <= _OFTENEST:
        yield from repeat(None, promised - found)


def _below(
    node: pikepdf.Object | None,
    inherited: dict[str, pikepdf.Object],
    above: frozenset[tuple[int, int]],
    times: Counter[tuple[int, int]],
    depth: int,
) -> Iterator[Slot]:
    if not isinstance(node, pikepdf.Dictionary) or node.objgen in above or not depth:
        yield None
        return
    inherited = inherited | {key: node[key] for key in _INHERITED if key in node}
    kids = node.get("/Kids")
    if isinstance(kids, pikepdf.Array):
        if node.is_indirect:
            above |= {node.objgen}
        for kid in kids:
            yield from _below(kid, inherited, above, times, depth - 1)
        return
    times[node.objgen] += node.is_indirect
    if times[node.objgen] > _OFTENEST + 1:
        return
    if _LOST in node or "/MediaBox" not in inherited or times[node.objgen] > _OFTENEST:
        yield None
        return
    for key, value in inherited.items():
        node[key] = value
    yield node


class _Objects:
    """What stands in the bytes of a file whose table of contents is gone.

    Attributes:
        catalogue: number and generation of the root of the document, the latest one.
    """

    def __init__(self, data: bytes) -> None:
        packed = b"".join(_unpacked(data))
        self._all = data + b"\nendstream\nendobj\n" + packed
        self._pages: dict[tuple[int, int], None] = {}
        self.catalogue: tuple[int, int] | None = None
        self._last = 0
        defined = set()
        for match in _OBJECT.finditer(self._all):
            own = int(match[1]), int(match[2])
            self._last = max(self._last, own[0])
            if match.end() > len(data) or _ENDING.search(data, match.end()):
                defined.add(own[0])
            head = _head(self._all, match.end())
            if _PAGE.search(head):
                self._pages[own] = None
            elif _CATALOGUE.search(head):
                self.catalogue = own
        named = {int(match[1]) for match in _REFERENCE.finditer(self._all)}
        missing = sorted(number for number in named - defined if number < self._last + _MOST_LOST)
        self._all += b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, _LOST_PAGE) for n in missing)
        self._last = max(self._last, *missing, 0)

    def with_trailer(self, root: tuple[int, int], more: str = "") -> bytes:
        """Return the file with an end that names its *root*, for the repair to go by."""
        end = f"{more}trailer\n<</Root {root[0]} {root[1]} R/Size {self._last + 3}>>\n"
        return self._all + end.encode("ascii") + b"startxref\n0\n%%EOF\n"

    def with_new_tree(self) -> bytes:
        """Return the file with a tree of all the page objects in it, in their order."""
        tree, root = self._last + 1, self._last + 2
        kids = " ".join(f"{number} {generation} R" for number, generation in self._pages)
        pages = f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]>>"
        catalogue = f"<</Type/Catalog/Pages {tree} 0 R>>"
        more = f"{tree} 0 obj\n{pages}\nendobj\n{root} 0 obj\n{catalogue}\nendobj\n"
        return self.with_trailer((root, 0), more)


def _head(text: bytes, start: int) -> bytes:
    end = text.find(b"endobj", start, start + _HEAD)
    return text[start : end if end >= 0 else start + _HEAD].partition(b"stream")[0]


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Return the objects that are packed in streams, each as it would stand by itself."""
    for match in _OBJECT.finditer(data):
        head = _head(data, match.end())
        if not _PACKED.search(head):
            continue
        numbers = {name: int(value) for name, value in _NUMBERS.findall(head)}
        start = _STREAM.search(data, match.end())
        if start is None or numbers.keys() != {b"N", b"First"}:
            continue
        try:
            inside = inflated_part(data[start.end() :], _MOST_PACKED)
        except zlib.error:
            continue
        pairs = inside[: numbers[b"First"]].split()[: 2 * numbers[b"N"]]
        if not all(pair.isdigit() for pair in pairs):
            continue
        places = [(int(pairs[at]), int(pairs[at + 1])) for at in range(0, len(pairs) - 1, 2)]
        for (number, offset), (_, end) in zip(places, [*places[1:], (0, 0)], strict=True):
            text = inside[numbers[b"First"] :][offset : end if end > offset else None]
            yield b"%d 0 obj\n%s\nendobj\n" % (number, text)
