"""Which files a run converts and what their outputs are called."""

import os
import sys
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.batch import discovery
from pipeline.batch.discovery import Discovery, discover
from pipeline.errors import (
    EmptyInputError,
    MissingInputError,
    OutputIsInputError,
    UnreadableInputError,
)
from pipeline.messages import Language, explain
from pipeline.settings import BatchSettings

FORMATS = ("docx", "txt", "json")


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def targets(found: Discovery, out: Path) -> list[str]:
    return [item.target("docx").relative_to(out).as_posix() for item in found.items]


def test_a_folder_gives_its_files_at_any_depth_under_the_same_path(tmp_path: Path) -> None:
    scans, out = tmp_path / "quét", tmp_path / "ra"
    make(scans, "b.pdf", "A.TIF", "2019/tháng 3/chỉ thị.jpg")

    found = discover([scans], out, FORMATS)

    assert targets(found, out) == ["2019/tháng 3/chỉ thị.docx", "A.docx", "b.docx"]
    assert found.failures == ()


@pytest.mark.skipif(sys.platform == "win32", reason="names are counted in other units there")
def test_names_are_cut_so_that_their_outputs_can_have_them(tmp_path: Path) -> None:
    scans, out = tmp_path / "quét", tmp_path / "ra"
    long = ["d" * 251 + ".txt", "d" * 250 + "e.txt", "ữ" * 83 + "ab.txt", "e\u0301" * 83 + ".pdf"]
    make(scans, *long)

    found = discover([scans], out, (*FORMATS, "metadata"))

    stems = {item.name for item in found.items}
    assert len(stems) == len(long)
    assert all(len(os.fsencode(item.target("metadata").name)) <= 255 for item in found.items)
    assert {stem.rstrip("d (tx)")[-1:] for stem in stems} <= {"", "ữ", "\u0301"}


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode there")
def test_outputs_of_names_that_are_no_unicode_have_names_that_are(tmp_path: Path) -> None:
    scans = tmp_path / "quét"
    raw = [b"c\xf4ng v\xffn/ch\xff th\xfe.txt", b"c\xf4ng v\xffn/ch\xfe th\xff.txt", b"\xff.pdf"]
    make(scans, *map(os.fsdecode, raw))

    found = discover([scans], tmp_path / "ra", FORMATS)

    assert len({item.key for item in found.items}) == len(raw)
    assert all(item.key.encode("utf-8") for item in found.items)


def test_hidden_files_other_kinds_and_the_output_folder_are_passed_over(tmp_path: Path) -> None:
    scans = tmp_path / "quét"
    make(scans, "a.pdf", ".b.pdf", ".rác/c.pdf", "d.docx", "e.json", "Thumbs.db", "ra/f.txt")

    found = discover([scans], scans / "ra", FORMATS)

    assert [item.path.name for item in found.items] == ["a.pdf"]
    assert [path.name for path in found.passed_over] == ["d.docx", "e.json"]


@pytest.mark.parametrize("form", ["PDF", "TIFF", "PNG", "JPEG", "BMP", "WEBP"])
def test_scans_of_a_folder_are_known_by_their_content(tmp_path: Path, form: str) -> None:
    scans = tmp_path / "quét"
    make(scans, "ảnh.jfif", "ảnh.jpe", "ghi chú", "phim.mp4", "tải về.crdownload")
    for name in ("QĐ 12.5.2021", "scan.dat", "tải về.crdownload"):
        Image.new("L", (9, 9)).save(scans / name, form)

    found = discover([scans], tmp_path / "ra", FORMATS)

    taken = ["QĐ 12.5.2021", "scan.dat", "ảnh.jfif", "ảnh.jpe"]
    assert [item.path.name for item in found.items] == taken
    others = ["ghi chú", "phim.mp4", "tải về.crdownload"]
    assert [path.name for path in found.passed_over] == others


def test_what_is_taken_otherwise_or_not_wanted_is_not_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "quét/a.pdf", "quét/b.json", "quét/nháp/c.docx", "quét/d.doc", "quét/e.docx")
    patterns = BatchSettings(include=("*.pdf", "*.docx"), exclude=("nháp",))

    inputs = [tmp_path / "quét", tmp_path / "quét/b.json", tmp_path / "quét"]
    found = discover(inputs, tmp_path / "ra", FORMATS, patterns)

    assert [path.name for path in found.passed_over] == ["e.docx"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_and_what_cannot_be_opened_are_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf", "kho/b.pdf", "quét/c.pdf")
    (tmp_path / "quét/a.pdf").symlink_to(tmp_path / "a.pdf")
    (tmp_path / "quét/c (2).pdf").symlink_to(tmp_path / "quét/c.pdf")
    (tmp_path / "quét/kho").symlink_to(tmp_path / "kho", target_is_directory=True)
    os.mkfifo(tmp_path / "quét/ống")

    found = discover([tmp_path / "quét"], tmp_path / "ra", FORMATS)

    assert [item.path.name for item in found.items] == ["c.pdf"]
    assert sorted(path.name for path in found.passed_over) == ["a.pdf", "kho", "ống"]


def test_a_folder_of_other_files_is_empty_and_they_are_named(tmp_path: Path) -> None:
    make(tmp_path, "a.docx", "Thumbs.db", "desktop.ini")

    found = discover([tmp_path], tmp_path / "ra", FORMATS)

    assert [type(failure) for failure in found.failures] == [EmptyInputError]
    assert [path.name for path in found.passed_over] == ["a.docx"]


def test_an_ending_that_is_none_is_part_of_the_name(tmp_path: Path) -> None:
    names = ["QĐ 12.5.2020", "QĐ 12.5.2021", "QĐ 12.5.2021.pdf", "a.PDF", "b.ocr.txt", "c.JFIF"]
    make(tmp_path, *names, "x/QĐ 12.5.2020")
    out = tmp_path / "ra"

    inputs = [tmp_path / name for name in (*names, "x/QĐ 12.5.2020")]
    found = targets(discover(inputs, out, FORMATS), out)

    assert found == [
        "QĐ 12.5.2020.docx",
        "QĐ 12.5.2021.docx",
        "QĐ 12.5.2021 (pdf).docx",
        "a.docx",
        "b.ocr.docx",
        "c.docx",
        "QĐ 12.5.2020 (file).docx",
    ]


def test_a_file_keeps_the_name_that_it_was_given_before(tmp_path: Path) -> None:
    make(tmp_path, "scan.dat")
    path = tmp_path / "scan.dat"

    (item,) = discover([path], tmp_path / "ra", FORMATS, known={str(path): "scan"}).items

    assert item.key == "scan"


def test_a_file_that_is_named_itself_is_taken_whatever_its_ending(tmp_path: Path) -> None:
    make(tmp_path, "a.json", "b.scan", ".c")

    found = discover([tmp_path / name for name in ("a.json", "b.scan", ".c")], tmp_path, FORMATS)

    assert {item.path.name for item in found.items} == {"a.json", "b.scan", ".c"}


def test_inputs_that_would_share_a_name_get_distinct_ones(tmp_path: Path) -> None:
    scans, out = tmp_path / "quét", tmp_path / "ra"
    make(scans, "a.pdf", "a.png", "A.jpg", "a (png).txt")

    names = targets(discover([scans], out, FORMATS), out)

    assert sorted(names) == ["A.docx", "a (pdf).docx", "a (png 2).docx", "a (png).docx"]


def test_names_do_not_depend_on_the_order_of_the_arguments(tmp_path: Path) -> None:
    make(tmp_path, "x/a.pdf", "y/a.pdf", "z/a.png", "z/b.png")
    inputs = [tmp_path / "x", tmp_path / "y/a.pdf", tmp_path / "z", tmp_path / "z/b.png"]

    results = [discover(order, tmp_path / "ra", FORMATS) for order in permutations(inputs)]

    assert all(result == results[0] for result in results)
    assert len(set(targets(results[0], tmp_path / "ra"))) == 4


def test_a_file_met_twice_is_converted_once(tmp_path: Path) -> None:
    make(tmp_path, "quét/a.pdf")

    found = discover([tmp_path / "quét/a.pdf", tmp_path / "quét"], tmp_path / "ra", FORMATS)

    assert len(found.items) == 1


def test_an_output_never_takes_the_place_of_an_input(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.pdf", "b.txt")
    inputs = [tmp_path / name for name in ("a.txt", "b.pdf", "b.txt")]

    found = discover(inputs, tmp_path, FORMATS)

    written = {item.target(format_) for item in found.items for format_ in FORMATS}
    assert written.isdisjoint(inputs)


def test_a_document_of_record_keeps_its_name_when_made_again_in_place(tmp_path: Path) -> None:
    make(tmp_path, "a.json")

    (item,) = discover([tmp_path / "a.json"], tmp_path, FORMATS).items

    assert item.target("docx") == tmp_path / "a.docx"


def test_no_document_takes_the_name_of_the_report(tmp_path: Path) -> None:
    make(tmp_path, "vào/report.pdf", "vào/REPORT.txt", "vào/sâu/report.pdf")
    out = tmp_path / "ra"

    names = targets(discover([tmp_path / "vào"], out, FORMATS), out)

    assert names == ["REPORT (txt).docx", "report (pdf).docx", "sâu/report.docx"]


def test_a_report_named_among_records_is_no_document(tmp_path: Path) -> None:
    make(tmp_path, "a.json")
    ours, theirs = tmp_path / "report.json", tmp_path / "b" / "report.json"
    ours.write_text('{\n "schema": "vanban-report"', encoding="utf-8")
    make(tmp_path, "b/report.json")

    found = discover([tmp_path / "a.json", ours, theirs], tmp_path / "ra", FORMATS)
    alone = discover([ours], tmp_path / "ra", FORMATS)

    assert [item.path for item in found.items] == [tmp_path / "a.json", theirs]
    assert (found.failures, alone.items) == ((), ())
    assert [type(failure) for failure in alone.failures] == [EmptyInputError]


def test_an_input_folder_cannot_be_the_output_folder(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf")

    with pytest.raises(OutputIsInputError):
        discover([tmp_path], tmp_path, FORMATS)


def test_what_is_missing_or_empty_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf")
    (tmp_path / "trống").mkdir()
    inputs = [tmp_path / "không có.pdf", tmp_path / "trống", tmp_path / "a.pdf"]

    found = discover(inputs, tmp_path / "ra", FORMATS)

    assert [item.path.name for item in found.items] == ["a.pdf"]
    assert {type(failure) for failure in found.failures} == {MissingInputError, EmptyInputError}
    assert str(tmp_path / "không có.pdf") in {failure.subject for failure in found.failures}


def test_a_folder_that_cannot_be_listed_is_named_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "quét/a.pdf", "quét/kín/b.pdf")
    scandir = os.scandir

    def refusing(path: str) -> object:  # root may list everything, so the refusal is simulated
        if str(path).endswith("kín"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(discovery.os, "scandir", refusing)

    found = discover([tmp_path / "quét"], tmp_path / "ra", FORMATS)

    assert [item.path.name for item in found.items] == ["a.pdf"]
    (failure,) = found.failures
    assert isinstance(failure, UnreadableInputError)
    assert failure.subject.endswith("kín")


def test_a_file_in_a_closed_folder_is_named_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "kín/a.pdf", "b.pdf")
    stat = Path.stat

    def refusing(path: Path, **options: bool) -> os.stat_result:
        if path.parent.name == "kín":
            raise PermissionError(13, "Permission denied", str(path))
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", refusing)

    found = discover([tmp_path / "kín/a.pdf", tmp_path / "b.pdf"], tmp_path / "ra", FORMATS)

    assert [item.path.name for item in found.items] == ["b.pdf"]
    (failure,) = found.failures
    assert isinstance(failure, UnreadableInputError)
    assert failure.subject.endswith("a.pdf")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_in_a_circle_end(tmp_path: Path) -> None:
    make(tmp_path, "quét/a.pdf")
    (tmp_path / "quét/vòng").symlink_to(tmp_path / "quét", target_is_directory=True)

    assert len(discover([tmp_path / "quét"], tmp_path / "ra", FORMATS).items) == 1


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "x", "X", "y/x"]),
            st.sampled_from(["a", "A", "à", "a\u0300", "a (png)", "a (pdf)", "..a"]),
            st.sampled_from([".pdf", ".png", ".PNG", ".txt"]),
        ),
        max_size=8,
        unique=True,
    )
)
def test_names_are_always_distinct_and_inside_the_output_folder(
    tmp_path_factory: pytest.TempPathFactory, files: list[tuple[str, str, str]]
) -> None:
    root = tmp_path_factory.mktemp("tên")
    make(root / "vào", *(f"{folder}/{name}{ending}" for folder, name, ending in files), "z.pdf")
    out = root / "ra"

    items = discover([root / "vào"], out, FORMATS).items

    names = [discovery._key(str(item.target("docx"))) for item in items]
    assert len(set(names)) == len(names)
    assert all(out in item.target("docx").resolve().parents for item in items)


@pytest.mark.parametrize(
    ("include", "exclude", "taken"),
    [
        ((), ("nháp/",), ["SCAN1.PDF", "sâu/b.txt"]),
        ((), ("NHÁP",), ["SCAN1.PDF", "sâu/b.txt"]),
        ((), ("vào/nháp",), ["SCAN1.PDF", "sâu/b.txt", "sâu/nháp/c.pdf"]),
        ((), ("./vào/nháp/",), ["SCAN1.PDF", "sâu/b.txt", "sâu/nháp/c.pdf"]),
        ((), ("nháp/*",), ["SCAN1.PDF", "sâu/b.txt", "sâu/nháp/c.pdf"]),
        ((), ("scan1.pdf/",), ["SCAN1.PDF", "nháp/a.txt", "sâu/b.txt", "sâu/nháp/c.pdf"]),
        ((), ("sâu/nháp",), ["SCAN1.PDF", "nháp/a.txt", "sâu/b.txt"]),
        (("*.pdf",), (), ["SCAN1.PDF", "sâu/nháp/c.pdf"]),
        (("nháp",), (), ["nháp/a.txt", "sâu/nháp/c.pdf"]),
        (("nháp/",), ("*.pdf",), ["nháp/a.txt"]),
        (("vào/sâu",), (), ["sâu/b.txt", "sâu/nháp/c.pdf"]),
    ],
)
def test_patterns_take_files_and_folders_as_people_write_them(
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    taken: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make(tmp_path / "vào", "SCAN1.PDF", "nháp/a.txt", "sâu/b.txt", "sâu/nháp/c.pdf")
    monkeypatch.chdir(tmp_path)
    patterns = BatchSettings(include=include, exclude=exclude)

    found = discover([Path("vào")], Path("ra"), FORMATS, patterns)

    assert [item.path.relative_to("vào").as_posix() for item in found.items] == taken


def test_patterns_that_pass_over_everything_are_told_as_such(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf", "nháp/b.txt", "ghi chú.doc")

    found = discover([tmp_path], tmp_path / "ra", FORMATS, BatchSettings(include=("*.tif",)))

    (failure,) = found.failures
    assert explain(Language.ENGLISH, failure) == (
        f"{tmp_path}: --include and --exclude pass over all files in it (2); change the patterns"
    )
