"""Of a PDF that is cut off or badly built each page is read or told; none is white by mistake."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from pipeline.errors import DamagedInputError
from pipeline.image import PageImage
from pipeline.settings import SourceSettings
from pipeline.sources import probe, read_page

SETTINGS = SourceSettings(dpi=72)
PAGES = 4
WAYS: dict[str, dict[str, object]] = {
    "plain": {},
    "packed": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    "for the net": {"linearize": True},
    "packed for the net": {
        "linearize": True,
        "object_stream_mode": pikepdf.ObjectStreamMode.generate,
    },
}


def grey(number: int) -> Image.Image:
    """Return a picture that tells which page it is by its mean level."""
    noise = np.random.default_rng(number).integers(0, 30, (200, 150), np.uint8)
    return Image.fromarray(noise + np.uint8(40 * number))


def by_pillow() -> bytes:
    """Write the tree of pages first."""
    output = io.BytesIO()
    first, *others = map(grey, range(1, PAGES + 1))
    first.save(output, "PDF", save_all=True, append_images=others)
    return output.getvalue()


def by_pikepdf(**options: object) -> bytes:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(by_pillow())) as document:
        document.save(output, **options)
    return output.getvalue()


def tree_last() -> bytes:
    """Write the tree of pages last, as scanners do."""
    data = by_pillow()
    start, end = data.index(b"10 0 obj"), data.index(b"11 0 obj")
    return data[:start] + data[end : data.index(b"xref\n")] + data[start:end] + b"%%EOF\n"


FILES = {
    "tree first": by_pillow(),
    "tree last": tree_last(),
    **{name: by_pikepdf(**options) for name, options in WAYS.items()},
}


def seen(path: Path) -> list[int | None]:
    """Return the number that each page shows, None for pages that are told to be damaged."""
    shown: list[int | None] = []
    for index in range(probe(path, SETTINGS).pages):
        try:
            page = read_page(path, index, SETTINGS)
        except DamagedInputError as error:
            assert error.detail.startswith(str(index + 1))  # noqa: PT017
            shown.append(None)
        else:
            assert isinstance(page, PageImage)
            shown.append(round((page.pixels.mean() - 15) / 40))
    return shown


@pytest.mark.parametrize("share", [0.3, 0.5, 0.8, 0.95, 0.99])
@pytest.mark.parametrize("way", FILES)
def test_each_page_of_a_cut_pdf_is_read_or_told(way: str, share: float, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(FILES[way][: int(len(FILES[way]) * share)])

    shown = seen(path)

    whole = [number for number in shown if number is not None]
    assert whole == sorted(set(whole))
    assert len(whole) >= int(share * PAGES) - 1
    assert set(whole) <= {1, 2, 3, 4}
    if len(whole) < PAGES:
        assert None in shown


@pytest.mark.parametrize("way", ["tree first", "plain", "packed for the net"])
def test_a_pdf_without_its_very_end_is_whole(way: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(FILES[way].rstrip().removesuffix(b"%%EOF"))
    assert seen(path) == [1, 2, 3, 4]


def test_pages_that_the_tree_promises_are_counted_when_they_are_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(FILES["tree first"][: len(FILES["tree first"]) // 2])
    assert seen(path) == [1, 2, None, None]


def test_where_the_tree_is_lost_one_page_stands_for_all_that_is(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(FILES["tree last"][: len(FILES["tree last"]) * 4 // 5])
    assert seen(path)[-1] is None


@pytest.mark.parametrize(
    ("kids", "pages"),
    [
        ("3 0 R " * 100_000, [0] * 100 + [None]),  # one page, again and again
        ("2 0 R 3 0 R", [None, 0]),  # the tree in itself
        ("3 0 R 9 0 R", [0, None]),  # a page that is not there
        ("3 0 R null", [0, None]),
    ],
    ids=["one page 100,000 times", "a loop", "a lost page", "null"],
)
def test_a_strange_tree_has_an_end(kids: str, pages: list[int | None], tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    count = len(kids.split(" R ")) if "null" not in kids else 2
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        + f"2 0 obj<</Type/Pages/Count {count}/Kids[{kids}]>>endobj\n".encode()
        + b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        + b"trailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n"
    )
    found = probe(path, SETTINGS).pages
    assert found <= 101
    for index in range(found):
        try:
            page = read_page(path, index, SETTINGS)
            assert isinstance(page, PageImage)
        except DamagedInputError:
            continue
