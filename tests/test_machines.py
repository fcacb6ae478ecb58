"""What docs/machines.md tells to write works as it stands there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import clusters
import pytest
import s3fs
import scans
import servers

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("docs/machines.md", "docs/machines.vi.md")
BIN = "/opt/vanban/bin/"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the paths are those of Unix")


def commands(page: str = PAGES[0]) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks: list[str] = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def the(words: str) -> list[str]:
    """Return the one command that has these *words*, to be run by this interpreter."""
    (command,) = (command for command in commands() if words in command)
    program, *arguments = shlex.split(command.removeprefix(BIN))
    module = {"vanban": "pipeline", "dask": "dask"}[program]
    return [sys.executable, "-m", module, *arguments]


def run(command: list[str], folder: Path) -> None:
    """Run a command to its end, which is good."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "VANBAN_LANG": "en",
        "HOME": str(folder / "home"),
        "XDG_STATE_HOME": str(folder / "home" / "state"),
        "XDG_CACHE_HOME": str(folder / "home" / "cache"),
    }
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """Start scheduler and worker as the page says, but at a port of their own."""
    file = tmp_path / "scheduler.json"
    own = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([*the("dask scheduler"), *own], cwd=tmp_path, env=environment) as first:
        clusters.until(lambda: file.exists() and file.read_text().endswith("}"))
        address = re.findall(r'"address": "(.*?)"', file.read_text())[0]
        command = [address if part == "tcp://main:8786" else part for part in the("dask worker")]
        with subprocess.Popen([*command, "--no-dashboard"], cwd=tmp_path, env=environment) as other:
            yield address
            other.terminate()
        first.terminate()


def test_both_pages_have_the_same_commands() -> None:
    assert commands(PAGES[0]) == commands(PAGES[1])
    assert all(command.startswith(BIN) for command in commands())


def test_the_extras_that_are_to_be_installed_exist() -> None:
    extras = {extra for command in commands() for extra in re.findall(r"whl\[(\w+)\]", command)}
    assert extras == {"cluster", "far"}
    described = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert all(re.search(rf"^{extra} = \[", described, re.MULTILINE) for extra in extras)


@pytest.mark.tesseract
def test_the_cluster_reads(cluster: str, tmp_path: Path) -> None:
    (tmp_path / "my-scans").mkdir()
    scans.put_png(tmp_path / "my-scans" / "a.png", 900)

    command = [cluster if part == "tcp://main:8786" else part for part in the("--cluster")]
    run(command, tmp_path)

    assert (tmp_path / "my-documents" / "a.docx").exists()


def test_a_bucket_is_converted(tmp_path: Path) -> None:
    scans.put_text(tmp_path / "a.txt")
    with servers.s3("archive"):
        s3fs.S3FileSystem().put_file(str(tmp_path / "a.txt"), "archive/scans/a.txt")
        run(the("s3://"), tmp_path)
        assert {"a.docx", "a.txt", "a.json"} <= set(servers.keys("archive/documents"))


def test_a_folder_behind_ssh_is_converted(tmp_path: Path) -> None:
    (tmp_path / "nas" / "scans").mkdir(parents=True)
    scans.put_text(tmp_path / "nas" / "scans" / "a.txt")
    with servers.sftp(tmp_path / "nas", tmp_path / "home") as url:
        command = [part.replace("sftp://reader@nas", url) for part in the("sftp://")]
        run(command, tmp_path)

    assert (tmp_path / "my-documents" / "a.docx").exists()
