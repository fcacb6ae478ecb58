"""Files of a document appear whole and together, or not at all."""

from pathlib import Path

import pytest

from pipeline.batch.output import check_folder, discard, part, write_all
from pipeline.errors import OutputUnwritableError


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_all_formats_are_written_into_a_folder_that_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "2019" / "tháng 3"

    write_all({folder / "a.txt": b"mot", folder / "a.json": b"hai"}, "t")

    assert names(folder) == {"a.txt", "a.json"}
    assert (folder / "a.txt").read_bytes() == b"mot"


def test_an_older_output_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"cu" * 100)

    write_all({tmp_path / "a.txt": b"moi"}, "t")

    assert (tmp_path / "a.txt").read_bytes() == b"moi"


def test_when_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"cu")
    impossible = tmp_path / ("x" * 20) / "a.json"
    impossible.parent.write_bytes(b"a file where a folder should be")

    with pytest.raises(OutputUnwritableError):
        write_all({tmp_path / "a.txt": b"moi", impossible: b"{}"}, "t")

    assert (tmp_path / "a.txt").read_bytes() == b"cu"
    assert names(tmp_path) == {"a.txt", impossible.parent.name}


def test_a_folder_in_the_place_of_the_file_is_named_and_nothing_is_left_over(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.txt").mkdir()

    with pytest.raises(OutputUnwritableError) as raised:
        write_all({tmp_path / "a.txt": b"moi"}, "t")

    assert raised.value.subject == str(tmp_path / "a.txt")
    assert names(tmp_path) == {"a.txt"}


def test_the_longest_name_a_disk_takes_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'a' * 250}.txt"

    write_all({path: b"x"}, "0" * 32)

    assert path.is_file()


def test_what_a_killed_worker_left_is_removed(tmp_path: Path) -> None:
    paths = [tmp_path / "a.txt", tmp_path / "a.json"]
    part(paths[0], "t").write_bytes(b"half")

    discard(paths, "t")

    assert names(tmp_path) == set()


def test_an_output_folder_that_is_a_file_is_refused_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "ra").write_bytes(b"")

    with pytest.raises(OutputUnwritableError):
        check_folder(tmp_path / "ra")
    with pytest.raises(OutputUnwritableError):
        check_folder(tmp_path / "ra" / "sâu")


def test_a_new_output_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    check_folder(tmp_path / "ra" / "2019")

    assert names(tmp_path / "ra" / "2019") == set()
