"""``vanban convert --cluster``: pages are read by a real Dask cluster, and come out the same."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import clusters
import pytest
import scans
from clusters import Cluster
from runs import outputs

from pipeline.cli import main
from pipeline.errors import ExitCode

pytestmark = pytest.mark.tesseract


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VANBAN_LANG", "en")
    monkeypatch.setenv("VANBAN_BATCH_JOBS", "1")
    monkeypatch.chdir(tmp_path)  # where no worker stands: paths lead nowhere there
    Path("vào").mkdir()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Two workers."""
    with Cluster(tmp_path_factory.mktemp("cụm")) as cluster:
        yield cluster.start()


def convert(*options: str) -> int:
    return main(["convert", "vào", "--out", "ra", *options])


def refusal(capsys: pytest.CaptureFixture[str]) -> str:
    """Return the one line that was said."""
    (line,) = capsys.readouterr().err.splitlines()
    return line


def put_all() -> None:
    scans.put_png(Path("vào/công văn 100%.png"), 900)
    scans.put_two_page_tiff(Path("vào/hai trang.tif"))
    scans.put_text(Path("vào/chữ.txt"))
    scans.put_truncated_tiff(Path("vào/hỏng.tif"))
    scans.put_encrypted_pdf(Path("vào/kín.pdf"))


def test_what_a_cluster_reads_is_the_same_to_the_last_byte(
    cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    put_all()

    assert convert("--cluster", cluster.address) == ExitCode.PARTIAL
    told = sorted(capsys.readouterr().err.replace("ra/", "").splitlines())

    assert main(["convert", "vào", "--out", "đây"]) == ExitCode.PARTIAL
    assert sorted(capsys.readouterr().err.replace("đây/", "").splitlines()) == told
    assert outputs(Path("ra")) == outputs(Path("đây"))
    assert len(outputs(Path("ra"))) == 3 * 3
    assert cluster.copies()


def test_a_second_run_has_nothing_to_do(
    cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    scans.put_png(Path("vào/a.png"), 900)
    convert("--cluster", cluster.address)
    before = outputs(Path("ra"))
    capsys.readouterr()

    assert convert("--cluster", str(cluster.file)) == ExitCode.OK

    assert "converted: 0, unchanged: 1" in capsys.readouterr().err
    assert outputs(Path("ra")) == before


def test_the_scheduler_file_and_the_setting_name_it_too(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    scans.put_png(Path("vào/a.png"), 900)
    monkeypatch.setenv("VANBAN_BATCH_CLUSTER", str(cluster.file))

    assert convert() == ExitCode.OK
    assert set(outputs(Path("ra"))) == {"a.docx", "a.txt", "a.json"}


@pytest.mark.parametrize("where", ["tcp://127.0.0.1:9", "127.0.0.1:9", "không-có.json", "a.json"])
def test_a_cluster_that_is_not_there_is_told_in_one_line(
    where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.json").write_text("[]")
    scans.put_text(Path("vào/a.txt"))

    assert convert("--cluster", where) == ExitCode.NO_CLUSTER

    assert refusal(capsys).startswith(f"{where}: the Dask cluster does not answer (")
    assert outputs(Path("ra")) == {}


def test_a_cluster_without_workers_is_waited_for_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VANBAN_BATCH_CLUSTER_TIMEOUT", "1")
    scans.put_text(Path("vào/a.txt"))

    with Cluster(tmp_path / "cụm") as cluster:
        cluster.start(workers=0)
        assert convert("--cluster", cluster.address) == ExitCode.NO_CLUSTER

    assert "(no workers)" in refusal(capsys)


def test_a_worker_with_another_tesseract_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scans.put_text(Path("vào/a.txt"))
    other = tmp_path / "bin" / "tesseract"
    other.parent.mkdir()
    other.write_text("#!/bin/sh\necho tesseract 4.1.1\n", encoding="utf-8")
    other.chmod(0o755)

    with Cluster(tmp_path / "cụm", PATH=f"{other.parent}:/usr/bin:/bin") as cluster:
        cluster.start(workers=1)
        assert convert("--cluster", cluster.address) == ExitCode.OTHER_CLUSTER

    line = refusal(capsys)
    assert line.startswith("tcp://127.0.0.1:")
    assert "(tesseract)" in line
    assert "install the same versions" in line


@pytest.mark.parametrize("who", ["scheduler", "worker"])
def test_a_cluster_without_vanban_is_refused_by_name(
    who: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scans.put_text(Path("vào/a.txt"))
    (tmp_path / "khác" / "pipeline").mkdir(parents=True)
    (tmp_path / "khác" / "pipeline" / "__init__.py").touch()

    without = {"PYTHONPATH": str(tmp_path / "khác")}
    with Cluster(tmp_path / "cụm", **without if who == "scheduler" else {}) as cluster:
        cluster.start(workers=0)
        cluster.add(1, **without if who == "worker" else {"PYTHONPATH": str(clusters.ROOT)})
        assert convert("--cluster", cluster.address) == ExitCode.OTHER_CLUSTER

    assert "No module named 'pipeline.batch'" in refusal(capsys)


def test_a_scheduler_of_another_version_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scans.put_text(Path("vào/a.txt"))
    described = tmp_path / "khác" / "distributed-2024.1.0.dist-info"
    described.mkdir(parents=True)
    (described / "METADATA").write_text("Name: distributed\nVersion: 2024.1.0\n")
    path = f"{described.parent}:{clusters.ROOT}"

    with Cluster(tmp_path / "cụm", PYTHONPATH=path) as cluster:
        cluster.start(workers=1)
        assert convert("--cluster", cluster.address) == ExitCode.OTHER_CLUSTER

    line = refusal(capsys)
    assert line.startswith("scheduler")
    assert "distributed 2024.1.0" in line


def test_without_the_package_it_is_told_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scans.put_text(Path("vào/a.txt"))
    monkeypatch.setitem(sys.modules, "distributed", None)
    for name in ("cluster", "connection", "remote"):
        monkeypatch.delitem(sys.modules, f"pipeline.batch.{name}", raising=False)

    assert convert("--cluster", "tcp://127.0.0.1:8786") == ExitCode.NO_PACKAGE

    assert "run pip install vanban[cluster]" in refusal(capsys)


def test_pictures_of_the_steps_would_be_written_far_away(
    capsys: pytest.CaptureFixture[str],
) -> None:
    scans.put_text(Path("vào/a.txt"))

    code = convert("--cluster", "tcp://127.0.0.1:8786", "--debug-images", "hình")

    assert code == ExitCode.BAD_SETTING
    assert refusal(capsys).startswith("--debug-images: bad setting (--cluster)")
