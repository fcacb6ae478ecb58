"""What docs/service.md tells administrators to write works as it stands there."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("docs/service.md", "docs/service.vi.md")
TEXT = "CHỈ THỊ\nvề công tác văn thư, lưu trữ\n"
CRON = {"SHELL": "/bin/sh", "PATH": "/usr/bin:/bin", "LOGNAME": "vanban"}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="cron and systemd are not there")
analyze = shutil.which("systemd-analyze")


def blocks(kind: str, page: str = PAGES[0]) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def units() -> dict[str, str]:
    """Return the text of each unit by the name of its file."""
    return {Path(block.split("\n", 1)[0].removeprefix("# ")).name: block for block in blocks("ini")}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return a folder that stands for /srv/archive and has /opt/vanban in it."""
    (tmp_path / "scans" / "năm 2019").mkdir(parents=True)
    (tmp_path / "documents").mkdir()
    (tmp_path / "scans" / "năm 2019" / "chỉ thị.txt").write_text(TEXT, encoding="utf-8")
    program = tmp_path / "opt" / "vanban" / "bin" / "vanban"
    program.parent.mkdir(parents=True)
    program.write_text(
        f"#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))}\nexport PYTHONPATH\n"
        f'exec {shlex.quote(sys.executable)} -m pipeline "$@"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    return tmp_path


def here(text: str, archive: Path) -> str:
    """Return *text* with the folders of the examples replaced by those of the test."""
    inside = text.replace("/opt/vanban", f"{archive}/opt/vanban")
    return inside.replace("/srv/archive", str(archive))


def service(name: str, archive: Path) -> dict[str, str]:
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their case
    parser.read_string(here(units()[name], archive))
    return dict(parser["Service"])


def converted(archive: Path) -> bool:
    return (archive / "documents" / "năm 2019" / "chỉ thị.docx").is_file()


def test_both_pages_have_the_same_commands_and_units() -> None:
    for kind in ("sh", "crontab", "ini"):
        english, vietnamese = (blocks(kind, page) for page in PAGES)
        assert english == [
            block.replace("VANBAN_LANG=vi", "VANBAN_LANG=en") for block in vietnamese
        ]
        assert english


def test_the_line_of_the_crontab_works_in_the_bare_environment_of_cron(archive: Path) -> None:
    (line,) = blocks("crontab")
    *when, command = line.strip().split(maxsplit=5)
    assert all(re.fullmatch(r"\*|\d+", each) for each in when)
    assert not re.search(r"(?<!\\)%", command)  # there cron would end the command
    command = here(command.replace("\\%", "%"), archive)

    for _ in range(2):
        done = subprocess.run(
            [CRON["SHELL"], "-c", command],
            env={**CRON, "HOME": str(archive)},
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")

    assert converted(archive)
    log = (archive / "documents" / "vanban.log").read_text(encoding="utf-8").splitlines()
    assert "converted: 1, unchanged: 0" in log[1]
    assert "converted: 0, unchanged: 1" in log[2]
    assert (archive / "documents" / "report.html").is_file()


@pytest.mark.skipif(analyze is None, reason="needs systemd-analyze")
def test_systemd_finds_nothing_to_say_about_the_units(archive: Path) -> None:
    assert set(units()) == {
        *("vanban-nightly.service", "vanban-nightly.timer", "vanban-watch.service")
    }
    files = []
    for name, text in units().items():
        files.append(archive / name)
        files[-1].write_text(here(text, archive), encoding="utf-8")

    done = subprocess.run(
        [str(analyze), "verify", "--man=no", *files], capture_output=True, text=True, check=False
    )
    told = [line for line in done.stderr.splitlines() if str(archive) in line or "vanban" in line]
    assert (done.returncode, told) == (0, [])


def test_the_service_of_the_night_converts(archive: Path) -> None:
    section = service("vanban-nightly.service", archive)

    done = start(section).wait(timeout=120)

    assert done == 0
    assert converted(archive)
    assert section["ReadWritePaths"] == str(archive / "documents")


def test_the_watching_service_converts_what_comes_and_ends_well_when_asked(archive: Path) -> None:
    section = service("vanban-watch.service", archive)
    (archive / "scans" / "hỏng.pdf").write_bytes(b"%PDF-1.4 h\xe1\xbb\x8fng")

    run = start(section)
    until = time.monotonic() + 120
    report = archive / "documents" / "report.json"
    while not (converted(archive) and report.is_file()) and time.monotonic() < until:
        time.sleep(0.1)
    assert '"running": true' in report.read_text(encoding="utf-8")
    run.send_signal(signal.SIGTERM)

    assert run.wait(timeout=60) == int(section["SuccessExitStatus"])
    assert converted(archive)


def start(section: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Start the service as systemd does: where, with what environment, without a shell."""
    name, value = section["Environment"].split("=")
    return subprocess.Popen(
        shlex.split(section["ExecStart"]),
        cwd=section["WorkingDirectory"],
        env={"PATH": os.defpath, name: value},
        stdin=subprocess.DEVNULL,
    )
