"""`vanban evaluate`: tables and JSON, files and folders, in both languages."""

import json
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.errors import ExitCode
from pipeline.messages import Language
from pipeline.model import Document, Word
from tests.evaluation.builder import document, doubted, word

TRUTH = "Huyện ủy Suối Vàng họp ngày 9 tháng 4 để bàn việc mở đường lên thôn Bến Gỗ\n"
MADE = document(
    *map(Word, TRUTH.split()[:-3]),
    word("thon", "thôn", 0.98),
    word("Bén", "Bến", 0.8),
    doubted("Gô"),
)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VANBAN_LANG", "en")
    monkeypatch.chdir(tmp_path)


def put(path: str, content: str | Document) -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    data = content.encode() if isinstance(content, str) else content.to_json()
    Path(path).write_bytes(data)
    return path


@pytest.fixture
def folders() -> tuple[str, str]:
    """Return a folder of truths and one of outputs: a record, a text, and one truth alone."""
    for name in ("chỉ thị", "kế hoạch", "thông báo"):
        put(f"đúng/{name}.truth.txt", TRUTH)
    put("ra/chỉ thị.json", MADE)
    put("ra/kế hoạch.txt", TRUTH.replace("Vàng", "Vang"))
    return "đúng", "ra"


def test_a_text_gets_its_two_rates(capsys: pytest.CaptureFixture[str]) -> None:
    truth = put("đúng.txt", "Chỉ thị này phổ biến đến chi bộ")
    output = put("ra.txt", "Chỉ thị này phố biến đến chi bộ\n")

    assert main(["evaluate", truth, output]) == ExitCode.OK
    assert capsys.readouterr().out.splitlines() == [
        "documents: 1, words: 8",
        "wrong characters (CER)   3.23%",
        "wrong words (WER)       12.50%",
    ]
    assert main(["evaluate", truth, output, "--fold", "--json"]) == ExitCode.OK
    found = json.loads(capsys.readouterr().out)
    assert (found["words"], found["wer"], found["wrong"]) == (8, 0.125, None)


def test_a_record_tells_more(capsys: pytest.CaptureFixture[str]) -> None:
    truth, record = put("đúng.txt", TRUTH), put("ra.json", MADE)

    assert main(["evaluate", truth, record, "--json"]) == ExitCode.OK
    found = json.loads(capsys.readouterr().out)

    assert (found["wrong"], found["fixed"], found["right"], found["broken"]) == (3, 2, 15, 0)
    assert (found["figures"], found["figures_broken"]) == (2, 0)
    assert found["reliability"]["changes"] == 2
    assert found["reliability"]["ece"] == pytest.approx(0.11)
    assert (found["doubts"]["wrong"], found["doubts"]["recall"]) == (1, 1.0)
    assert found["intervals"] is None
    assert found["ablations"] is None


def test_the_keys_of_the_json_are_always_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    truth = put("đúng.txt", TRUTH)

    def keys(output: str) -> tuple[set[str], set[str]]:
        main(["evaluate", truth, output, "--json"])
        found = json.loads(capsys.readouterr().out)
        return set(found), set(found["documents"][0])

    assert keys(put("ra.json", MADE)) == keys(put("ra.txt", TRUTH))


def test_folders_give_a_row_for_each_document_and_name_what_is_missing(
    folders: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", *folders]) == ExitCode.PARTIAL
    printed = capsys.readouterr()

    head, first, second, together, *_ = printed.out.splitlines()
    assert head.split() == [
        "document",
        "words",
        "CER",
        "WER",
        "fixed",
        "broken",
        "figures",
        "broken",
    ]
    assert first.split()[:3] == ["chỉ", "thị", "18"]
    assert "2/3" in first
    assert second.split()[-5:] == ["-"] * 5
    assert together.split()[:2] == ["all", "36"]
    (failure,) = printed.err.splitlines()
    assert failure.startswith(str(Path("đúng/thông báo.truth.txt")))


@pytest.mark.parametrize("language", list(Language))
def test_no_line_is_wider_than_the_terminal(
    language: Language, folders: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    put(f"đúng/{'dài ' * 20}.txt", TRUTH * 40)
    put(f"ra/{'dài ' * 20}.json", document(*MADE.words(), *map(Word, (TRUTH * 39).split())))

    assert main(["evaluate", *folders, "--ablations", "--lang", language]) == ExitCode.PARTIAL
    lines = capsys.readouterr().out.splitlines()

    assert max(map(len, lines)) <= 100
    assert any("…" in line for line in lines)
    assert len(lines) > 20


def test_ablations_correct_the_records_alone(
    folders: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", *folders, "--ablations", "--json"]) == ExitCode.PARTIAL
    rows = json.loads(capsys.readouterr().out)["ablations"]

    assert [row["without"] for row in rows] == [
        None,
        "lexicon",
        "alternatives",
        "rescorer",
        "gate",
    ]
    assert {row["words"] for row in rows} == {18}


def test_ablations_without_a_record_say_so(capsys: pytest.CaptureFixture[str]) -> None:
    truth, output = put("đúng.txt", TRUTH), put("ra.txt", TRUTH)

    assert main(["evaluate", truth, output, "--ablations"]) == ExitCode.OK
    assert "--ablations" in capsys.readouterr().err


def test_the_same_input_gives_the_same_output(
    folders: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["evaluate", *folders, "--json"])
    once = capsys.readouterr().out
    main(["evaluate", *folders, "--json"])

    assert capsys.readouterr().out == once


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["đúng", "trống"], ExitCode.MISSING_INPUT),
        (["trống", "ra"], ExitCode.EMPTY_INPUT),
        (["đúng", "không có"], ExitCode.MISSING_INPUT),
        (["blanks.txt", "ra/kế hoạch.txt"], ExitCode.EMPTY_INPUT),
        (["blanks.txt", "damaged.json"], ExitCode.EMPTY_INPUT),
        (["đúng/kế hoạch.truth.txt", "damaged.json"], ExitCode.DAMAGED_INPUT),
        (["đúng/kế hoạch.truth.txt", "later.json"], ExitCode.UNSUPPORTED_INPUT),
        (["đúng/kế hoạch.truth.txt", "scan.pdf"], ExitCode.UNSUPPORTED_INPUT),
        (["scan.pdf", "ra/kế hoạch.txt"], ExitCode.UNSUPPORTED_INPUT),
    ],
)
def test_what_cannot_be_compared_is_one_line(
    arguments: list[str],
    code: ExitCode,
    language: Language,
    folders: tuple[str, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("trống").mkdir()
    put("blanks.txt", " \n")
    put("damaged.json", "{}")
    put("later.json", '{"schema": 99}')
    Path("scan.pdf").write_bytes(b"%PDF-1.7\0")

    assert main(["evaluate", *arguments, "--lang", language]) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert "; " in printed.err
    assert "PDF," not in printed.err  # a scan is nothing to compare
    if language is Language.VIETNAMESE:
        assert not {"field", "required", "schema", "version"} & set(printed.err.lower().split())


def test_pairs_that_all_fail_are_all_named(
    folders: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    put("ra/chỉ thị.json", "{}")
    Path("đúng/kế hoạch.truth.txt").write_text("\n")

    assert main(["evaluate", *folders]) == ExitCode.FAILED
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_an_output_without_text_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", put("đúng.txt", TRUTH), put("ra.txt", "")]) == ExitCode.OK
    assert "ra.txt: holds no text" in capsys.readouterr().err
