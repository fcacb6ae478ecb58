"""``vanban convert`` from scan to Word file, with the real Tesseract."""

from io import BytesIO
from pathlib import Path

import docx
import pytest
import scans

from pipeline.cli import main
from pipeline.errors import ExitCode
from pipeline.evaluation import rates
from pipeline.model import Document


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VANBAN_LANG", "en")
    monkeypatch.chdir(tmp_path)
    Path("vào").mkdir()


def written(folder: str = "ra") -> dict[str, bytes]:
    files = [path for path in Path(folder).rglob("*") if path.is_file()]
    names = {path.relative_to(folder).as_posix(): path for path in files}
    return {
        name: path.read_bytes()
        for name, path in names.items()
        if name[0] != "." and path.stem != "report"
    }


@pytest.mark.tesseract
def test_a_scan_becomes_word_text_and_record(capsys: pytest.CaptureFixture[str]) -> None:
    scans.put_png(Path("vào/công văn.png"))

    assert main(["convert", "vào", "--out", "ra", "--jobs", "1"]) == ExitCode.OK

    files = written()
    assert set(files) == {"công văn.docx", "công văn.txt", "công văn.json"}
    assert rates("\n".join(scans.LINES), files["công văn.txt"].decode()).cer < 0.02
    word = docx.Document(BytesIO(files["công văn.docx"]))
    assert any("Suối Vàng" in paragraph.text for paragraph in word.paragraphs)
    record = Document.from_json(files["công văn.json"])
    (page,) = record.pages
    assert page.width > 0
    assert all(word.box is not None for word in record.words())
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "documents: 1, converted: 1, unchanged: 0; pages: 1" in printed.err.splitlines()[-1]


@pytest.mark.tesseract
def test_pages_of_a_scan_stand_in_their_order() -> None:
    scans.put_two_page_tiff(Path("vào/a.tif"))

    assert main(["convert", "vào/a.tif", "--out", "ra", "--jobs", "2", "--formats", "json"]) == 0

    record = Document.from_json(written()["a.json"])
    assert [page.number for page in record.pages] == [1, 2]
    assert "Phụ lục" in record.pages[1].lines[0].text


@pytest.mark.tesseract
def test_outputs_made_again_from_the_record_have_the_same_bytes() -> None:
    scans.put_png(Path("vào/a.png"))
    main(["convert", "vào", "--out", "ra", "--jobs", "1"])

    assert main(["convert", "ra/a.json", "--out", "lại", "--jobs", "1"]) == ExitCode.OK

    assert written("lại") == written("ra")


@pytest.mark.parametrize("given", ["flag", "variable"])
def test_corrections_are_tracked_when_asked_for(
    given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("vào/a.txt").write_text("Ban Thirờng vụ Tỉnh ủy đề nghị", encoding="utf-8")
    if given == "variable":
        monkeypatch.setenv("VANBAN_WRITERS_TRACKED", "true")
    flags = ["--tracked"] if given == "flag" else []
    assert main(["convert", "vào", "--out", "ra", "--formats", "docx", *flags]) == ExitCode.OK

    body = docx.Document(BytesIO(written()["a.docx"])).element.body
    deleted, inserted = body.xpath("//w:del//w:delText"), body.xpath("//w:ins//w:t")
    assert [(each.text, other.text) for each, other in zip(deleted, inserted, strict=True)] == [
        ("Thirờng", "Thường")
    ]


def test_a_record_made_again_in_place_is_itself_left_as_it_is() -> None:
    scans.put_text(Path("vào/a.txt"))
    main(["convert", "vào", "--out", "ra", "--jobs", "1"])
    before = written()
    Path("ra/a.docx").unlink()

    assert main(["convert", "ra/a.json", "--out", "ra", "--jobs", "1"]) == ExitCode.OK

    assert written() == before


def test_the_number_of_workers_does_not_show_in_the_output() -> None:
    for name in "abc":
        scans.put_text(Path(f"vào/{name}.txt"))

    main(["convert", "vào", "--out", "một", "--jobs", "1"])
    main(["convert", "vào", "--out", "hai", "--jobs", "2"])

    assert written("một") == written("hai")


def test_inputs_that_would_share_a_name_both_come_out() -> None:
    scans.put_text(Path("vào/a.txt"))
    Path("vào/b").mkdir()
    scans.put_text(Path("vào/b/a.txt"), ("Phụ lục",))

    status = main(["convert", "vào/b/a.txt", "vào/a.txt", "--out", "ra", "--formats", "txt"])

    assert status == ExitCode.OK
    assert {name: "Phụ lục" in text.decode() for name, text in written().items()} == {
        "a.txt": False,
        "a (txt).txt": True,
    }


def test_a_record_of_another_version_is_named_so(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.json").write_text('{"schema": 99, "document": {"source": {"name": "", "sha256": ""}}}')

    assert main(["convert", "a.json", "--out", "ra"]) == ExitCode.UNSUPPORTED_INPUT
    assert "schema 99" in capsys.readouterr().err
    assert written() == {}


def test_the_input_folder_is_no_output_folder_and_stays_as_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    scans.put_text(Path("vào/a.txt"))

    status = main(["convert", "vào", "--out", "vào/", "--lang", "en"])

    assert status == ExitCode.OUTPUT_UNWRITABLE
    assert capsys.readouterr().err == (
        "vào: --out is the input folder itself; give another folder\n"
    )
    assert [path.name for path in Path("vào").iterdir()] == ["a.txt"]


def test_files_of_a_folder_that_are_passed_over_are_counted_and_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    scans.put_text(Path("vào/a.txt"))
    for number in range(6):
        Path(f"vào/{number}.docx").write_bytes(b"PK")

    status = main(["convert", "vào", "--out", "ra", "--formats", "txt", "--lang", "en"])

    done, passed_over, counts = capsys.readouterr().err.splitlines()
    names = ", ".join(f"vào/{number}.docx" for number in range(5))
    assert status == ExitCode.OK
    assert done.startswith("vào/a.txt → ")
    assert passed_over.endswith(f": 6 ({names}, …)")
    assert counts.startswith("documents: 1, converted: 1, ")


def test_no_output_folder_is_made_for_inputs_that_are_not_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = main(["convert", "không có", "cũng không", "--out", "ra", "--lang", "en"])

    assert status == ExitCode.MISSING_INPUT
    missing, other, counts = capsys.readouterr().err.splitlines()
    assert missing.startswith("không có: no such file")
    assert other.startswith("cũng không: no such file")
    assert counts.endswith("failures: 2")
    assert not Path("ra").exists()


def test_an_output_folder_without_a_name_is_a_usage_failure(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["convert", "vào", "--out", "", "--lang", "en"]) == ExitCode.USAGE
    assert "--out" in capsys.readouterr().err
    assert not Path(".vanban").exists()
