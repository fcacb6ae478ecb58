"""What of ours takes bytes or text from others, each with sound seeds and the errors it may raise.

Shared by the tests with hypothesis and the harness for atheris: whatever the bytes are, only these
errors come out.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pipeline import structure
from pipeline.batch import spool
from pipeline.batch.entry import Entry, State
from pipeline.batch.ledger import Ledger
from pipeline.configuration import load
from pipeline.correction.lexicon import own_entries
from pipeline.errors import VanbanError
from pipeline.evaluation.structure import read_form
from pipeline.model import Document, Page, SchemaError, Source, Word
from pipeline.plaintext import lines_of, to_document
from pipeline.recognition.hocr import parse
from pipeline.settings import SourceSettings, StructureSettings
from pipeline.sources import probe, read_page
from pipeline.sources.record import read_record
from pipeline.structure import markers
from tests.faults import bad_pdfs, bad_pictures, bad_texts

ROOT: Final = Path(__file__).resolve().parents[2]
HOCR: Final = ROOT / "tests" / "recognition" / "data" / "table_page.hocr"
SETTINGS: Final = SourceSettings(dpi=36, max_pixels=2_000_000)
TEXT: Final = """\
TỈNH ỦY BÌNH SƠN\tĐẢNG CỘNG SẢN VIỆT NAM
Số 05-CT/TU\tBình Sơn, ngày 12 tháng 3 năm 2019
CHỈ THỊ
về tăng cường bảo vệ rừng
I. MỤC ĐÍCH
1. Các huyện ủy tổ chức quán triệt:
a) Giữ rừng đầu nguồn;
- Báo cáo trước ngày 15 tháng 6.
Nơi nhận:
- Như trên,
"""


@dataclass(frozen=True, slots=True)
class Parser:
    """One of them.

    Attributes:
        seeds: what it should take.
        run: is given bytes and a folder of its own.
        errors: the only ones that may come out.
    """

    seeds: Callable[[], tuple[bytes, ...]]
    run: Callable[[bytes, Path], object]
    errors: tuple[type[Exception], ...] = (VanbanError,)


def _source(ending: str) -> Callable[[bytes, Path], None]:
    def run(data: bytes, folder: Path) -> None:
        path = folder / f"a.{ending}"
        path.write_bytes(data)
        for index in range(min(probe(path, SETTINGS).pages, 3)):
            read_page(path, index, SETTINGS)

    return run


def _file(name: str, read: Callable[[Path], object]) -> Callable[[bytes, Path], None]:
    def run(data: bytes, folder: Path) -> None:
        path = folder / name
        path.write_bytes(data)
        read(path)

    return run


def _document() -> Document:
    document = to_document(TEXT, Source("a.txt", "0" * 64))
    return structure.rebuild(document, StructureSettings())


@cache
def _ledger() -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        with Ledger.open(Path(folder)) as ledger:
            ledger.expect([("a", "vào/a.pdf"), ("b/c", "vào/b/c.txt")])
            ledger.opened(Entry("a", "vào/a.pdf", State.READING, pages=2))
            ledger.page("a", 1, 0.5)
            ledger.page("a", 2, 0.5, VanbanError("a.pdf [2]", "chi tiết"))
            ledger.ended(Entry("a", "vào/a.pdf", State.DONE, pages=2, confidences=(1, 2)))
        return (Path(folder) / "ledger.sqlite3").read_bytes()


def _read_ledger(data: bytes, folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()
    (folder / "ledger.sqlite3").write_bytes(data)
    ledger = Ledger.look_into(folder)
    with ledger:
        _all(ledger)
    with Ledger.open(folder) as ledger:
        _all(ledger)
        ledger.expect([("d", "vào/d.txt")])


def _all(ledger: Ledger) -> None:
    for entry in ledger.entries():
        ledger.failures(entry.place)
    ledger.keys()
    ledger.pages_by_state()


def _spool(data: bytes, folder: Path) -> None:
    (folder / "000001.json.z").write_bytes(data)
    spool.read(folder, 0)


def _spooled() -> bytes:
    return spool.pack((Page(1, lines=lines_of(TEXT.splitlines())),))


def _structure(data: bytes, _: Path) -> None:
    text = data.decode("utf-8", "replace")
    for line in text.splitlines():
        markers.readings(tuple(map(Word, line.split())))
    structure.rebuild(to_document(text, Source("a.txt", "0" * 64)), StructureSettings())


def _settings() -> tuple[bytes, ...]:
    text = '[sources]\ndpi = 200\n[writers]\nformats = ["docx"]\n[batch]\nmax_failures = "5%"\n'
    assert tomllib.loads(text)
    return (text.encode(),)


def _outline() -> tuple[bytes, ...]:
    return tuple(
        path.read_bytes() for path in sorted((ROOT / "samples" / "truth").glob("*.outline.tsv"))[:2]
    )


PARSERS: Final[dict[str, Parser]] = {
    "pdf": Parser(
        lambda: (
            bad_pdfs.sound(),
            bad_pdfs.ENTRIES["gói đối tượng.pdf"][1](),
            bad_pdfs.ENTRIES["phông hỏng.pdf"][1](),
            bad_pdfs.ENTRIES["fax rác.pdf"][1](),
        ),
        _source("pdf"),
    ),
    "tiff": Parser(
        lambda: (
            bad_pictures.ENTRIES["một bit.tif"][1](),
            bad_pictures.saved("TIFF", compression="tiff_lzw"),
            bad_pictures.saved("TIFF", compression="jpeg"),
            bad_pictures.tiff(*bad_pictures.grey(100, 90), data=bytes(10_000)),
        ),
        _source("tif"),
    ),
    "png": Parser(lambda: (bad_pictures.saved("PNG"),), _source("png")),
    "jpeg": Parser(
        lambda: (bad_pictures.saved("JPEG"), bad_pictures.saved("JPEG", progressive=True)),
        _source("jpg"),
    ),
    "webp": Parser(lambda: (bad_pictures.saved("WEBP"),), _source("webp")),
    "bmp": Parser(lambda: (bad_pictures.saved("BMP"),), _source("bmp")),
    "text": Parser(
        lambda: (TEXT.encode(), TEXT.encode("utf-16"), bad_texts.ENTRIES["cp1258.txt"][1]()),
        _source("txt"),
    ),
    "document": Parser(
        lambda: (_document().to_json(),), lambda data, _: Document.from_json(data), (SchemaError,)
    ),
    "record": Parser(lambda: (_document().to_json(),), _file("a.json", read_record)),
    "spool": Parser(lambda: (_spooled(),), _spool, ()),
    "ledger": Parser(lambda: (_ledger(),), _read_ledger),
    "settings": Parser(_settings, _file("vanban.toml", lambda path: load(path, {}, {}))),
    "outline": Parser(_outline, _file("a.outline.tsv", read_form)),
    "metadata": Parser(
        lambda: (json.dumps({"number": "05", "recipients": ["Như trên"], "date": None}).encode(),),
        _file("a.metadata.json", read_form),
    ),
    "lexicon": Parser(
        lambda: ("# địa danh\nBình Sơn\tđịa danh\nSuối Vàng\n".encode(),),
        _file("a.txt", own_entries),
    ),
    "structure": Parser(lambda: (TEXT.encode(),), _structure, ()),
    "hocr": Parser(
        lambda: (
            (ROOT / "tests" / "recognition" / "data" / "table_page.hocr").read_bytes()[:9000],
        ),
        lambda data, _: parse(data),
        (),
    ),
}
