"""The command line: data on standard output, one line for a failure, help in both languages."""

import io
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pipeline import __version__
from pipeline.cli import command_line, main, wanted_language
from pipeline.errors import ExitCode, StreamClosedError
from pipeline.messages import Language, explain

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VANBAN_LANG", "en")
    monkeypatch.chdir(tmp_path)


def put(path: str, text: str) -> str:
    Path(path).write_text(text, encoding="utf-8")
    return path


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"vanban {__version__}\n"


@pytest.mark.parametrize("command", ["convert", "correct", "evaluate", "doctor", "train"])
def test_every_command_is_explained_in_both_languages(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--help", "--lang", "vi"]) == 0
    vietnamese = capsys.readouterr().out
    assert main([command, "--help", "--lang=en"]) == 0
    english = capsys.readouterr().out

    assert command_line(Language.VIETNAMESE).commands[command].help != (
        command_line(Language.ENGLISH).commands[command].help
    )
    assert "Ngôn ngữ" in vietnamese
    assert "Language" in english
    assert english.startswith("Usage:")
    for word in ("Usage", "Options", "Arguments", "OPTIONS", "required", "Show", "{", "<path"):
        assert word not in vietnamese


def test_every_parameter_has_its_help() -> None:
    for language in Language:
        for command in command_line(language).commands.values():
            assert all(getattr(parameter, "help", "") for parameter in command.params)


def test_the_language_is_found_wherever_it_stands() -> None:
    assert wanted_language(["convert", "a.pdf", "--lang", "vi"]) is Language.VIETNAMESE
    assert wanted_language(["--lang=vi", "doctor"]) is Language.VIETNAMESE
    assert wanted_language(["correct", "--lang"]) is Language.ENGLISH


def test_help_comes_at_once_because_nothing_heavy_is_imported() -> None:
    code = (
        "import sys; from pipeline.cli import main; main(['--help'])\n"
        "heavy = {'cv2', 'numpy', 'docx', 'lxml', 'pydantic', 'PIL', 'pytesseract'}\n"
        "sys.exit(repr(heavy & sys.modules.keys()) if heavy & sys.modules.keys() else 0)"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)

    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("arguments", [["foo"], ["convert"], ["doctor", "--lang", "fr"], ["-x"]])
def test_a_wrong_command_line_is_a_usage_failure(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == ExitCode.USAGE
    assert capsys.readouterr().out == ""


def test_the_installed_command_is_this_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert project["project"]["scripts"]["vanban"] == "pipeline.cli:run"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["evaluate", "không có.txt", "a.txt"], ExitCode.MISSING_INPUT),
        (["evaluate", "a.txt", "a.json"], ExitCode.DAMAGED_INPUT),
        (["correct", "không có.txt"], ExitCode.MISSING_INPUT),
        (["correct", "--settings", "sai.toml", "a.txt"], ExitCode.BAD_SETTING),
        (["correct", "--settings", "không có.toml", "a.txt"], ExitCode.MISSING_INPUT),
        (["correct", "--profile", "lạ", "a.txt"], ExitCode.BAD_SETTING),
        (["correct", "--settings", "thư mục", "a.txt"], ExitCode.BAD_SETTING),
        (["correct", "--lexicon", "không có.txt", "a.txt"], ExitCode.MISSING_INPUT),
        (["correct", "--lexicon", "thư mục", "a.txt"], ExitCode.BAD_DICTIONARY),
        (["correct", "--lexicon", "ảnh.txt", "a.txt"], ExitCode.BAD_DICTIONARY),
        (["correct", "thư mục"], ExitCode.UNSUPPORTED_INPUT),
        (["correct", "ảnh.txt"], ExitCode.UNSUPPORTED_INPUT),
        (["train", "không có", "--out", "ra"], ExitCode.MISSING_INPUT),
        (["train", "a.txt", "--out", "ra"], ExitCode.EMPTY_INPUT),
        (["train", "thư mục", "--out", "ra"], ExitCode.EMPTY_INPUT),
        (["convert", "a.txt", "--out", "ra", "--formats", "doc"], ExitCode.BAD_SETTING),
        (["convert", "a.txt", "--out", "ra", "--doubts", "comments"], ExitCode.BAD_SETTING),
        (["convert", "a.txt", "--out", "ra", "--layout", "as printed"], ExitCode.BAD_SETTING),
        (["convert", "a.txt", "--out", "ra", "--jobs", "-1"], ExitCode.BAD_SETTING),
        (["convert", "a.txt", "--out", "ra", "--max-failures", "200%"], ExitCode.BAD_SETTING),
        (["convert", "a.txt", "--out", "a.txt"], ExitCode.OUTPUT_UNWRITABLE),
        (["convert", ".", "--out", "."], ExitCode.OUTPUT_UNWRITABLE),
        (
            ["convert", "a.txt", "--out", "ra", "--debug-images", "a.txt"],
            ExitCode.OUTPUT_UNWRITABLE,
        ),
    ],
)
@pytest.mark.parametrize("language", list(Language))
def test_a_failure_is_one_line_and_its_own_exit_code(
    arguments: list[str],
    code: ExitCode,
    language: Language,
    capsys: pytest.CaptureFixture[str],
) -> None:
    put("a.txt", "Chỉ thị")
    put("a.json", "{}")
    put("sai.toml", "[correction]\nprofil = 'auto'\n")
    Path("ảnh.txt").write_bytes(bytes(range(0x80, 0x100)))
    Path("thư mục").mkdir(exist_ok=True)

    assert main([*arguments, "--lang", language.value]) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert "; " in printed.err


def test_a_file_in_the_place_of_the_debug_images_is_told_with_the_flag_to_change(
    capsys: pytest.CaptureFixture[str],
) -> None:
    put("a.txt", "Chỉ thị")

    main(["convert", "a.txt", "--out", "ra", "--debug-images", "a.txt", "--lang", "en"])

    assert capsys.readouterr().err.startswith(
        "a.txt: the pictures of --debug-images cannot be written there (there is a file"
    )


@pytest.mark.parametrize(
    ("redirection", "code"),
    [
        (">&-", ExitCode.OUTPUT_UNWRITABLE),
        (">/dev/full", ExitCode.OUTPUT_UNWRITABLE),
        ("<&-", ExitCode.UNREADABLE_INPUT),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full and a POSIX shell")
def test_a_closed_or_full_stream_is_told(redirection: str, code: ExitCode) -> None:
    command = f"echo Tinh uy | '{sys.executable}' -m pipeline --lang vi correct {redirection}"

    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, check=False)

    assert done.returncode == code
    assert done.stderr.decode().startswith(("stdout: không ghi được (đ", "stdin: không đọc được ("))


@pytest.mark.parametrize(
    ("detail", "shown"),
    [("No space left on device", "(đĩa đã đầy)"), ("trang 3", "(trang 3)"), ("", "được;")],
)
def test_what_the_system_says_is_said_in_the_language_of_the_user(detail: str, shown: str) -> None:
    assert shown in explain(Language.VIETNAMESE, StreamClosedError("stdout", detail))


def feed(text: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))


def test_correct_is_a_filter_that_keeps_lines_and_pages(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    text = "\n  Ban Thirờng vụ Tỉnh ủy đề nghị\r\n\r\n\fCác cấp ủy thực hiện.\n"
    feed(text.encode(), monkeypatch)

    assert main(["correct"]) == 0
    expected = text.replace("Thirờng", "Thường")
    assert capfdbinary.readouterr().out.decode() == expected


def test_correct_of_nothing_is_nothing(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    feed(b"", monkeypatch)

    assert main(["correct", "-"]) == 0
    assert capfdbinary.readouterr().out == b""


def test_explain_lists_each_change_instead_of_the_text(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    file = put("a.txt", "\nBan Thirờng vụ Tỉnh ủy đề nghị\n")

    assert main(["correct", "--explain", file]) == 0
    (row,) = capfdbinary.readouterr().out.decode().splitlines()
    place, before, after, reason, certainty, decision = row.split("\t")
    assert (place, before, after, decision) == ("1:2", "Thirờng", "Thường", "made")
    assert reason == "letters"
    assert 0 < float(certainty) <= 1


def test_a_settings_file_in_the_current_folder_is_used(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    put("vanban.toml", "[correction]\nenabled = false\n")
    file = put("a.txt", "Ban Thirờng vụ\n")

    assert main(["correct", file]) == 0
    assert capfdbinary.readouterr().out.decode() == "Ban Thirờng vụ\n"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["convert"], "vanban convert: thiếu INPUT; xem `vanban convert --help`"),
        (["convert", "a.pdf"], "vanban convert: thiếu --out; xem `vanban convert --help`"),
        (["convrt"], "vanban: không có lệnh convrt; xem `vanban --help`"),
        (
            ["doctor", "--nope"],
            "vanban doctor: không có tùy chọn --nope; xem `vanban doctor --help`",
        ),
        ([], "vanban: thiếu tên lệnh; xem `vanban --help`"),
        (["doctor", "x", "y"], "vanban doctor: thừa x y; xem `vanban doctor --help`"),
        (
            ["convert", "a.pdf", "--out", "b", "--jobs", "many"],
            "vanban convert: giá trị của --jobs không hợp lệ "
            "(Số tiến trình; 0 là mỗi lõi một tiến trình); xem `vanban convert --help`",
        ),
    ],
)
def test_a_slip_on_the_command_line_is_one_line_in_the_users_language(
    arguments: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--lang", "vi"]) == ExitCode.USAGE
    assert capsys.readouterr().err == f"{line}\n"


def test_doctor_reports_with_settings_that_are_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "vanban.toml").write_text("[batch]\njobs = -1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert main(["doctor"]) == ExitCode.BAD_SETTING

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("OK       Python")
    assert lines[-1].startswith("MISSING  vanban.toml: [batch] jobs: bad setting")


def test_a_language_that_there_is_not_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VANBAN_LANG", "xx")

    assert main(["correct"]) == ExitCode.BAD_SETTING

    assert capsys.readouterr().err.startswith("VANBAN_LANG: bad setting (xx: vi, en)")
