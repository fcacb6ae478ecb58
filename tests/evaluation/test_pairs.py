"""Files of two folders find each other by name."""

from pathlib import Path

import pytest

from pipeline.errors import MissingInputError
from pipeline.evaluation.pairs import NoOutputError, NoTruthError, paired


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def put(*paths: str) -> None:
    for path in map(Path, paths):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def found(truth: str, output: str) -> dict[str, tuple[str, str]]:
    pairs = paired(Path(truth), Path(output)).found
    return {pair.name: (pair.truth.as_posix(), pair.output.as_posix()) for pair in pairs}


def test_two_files_are_a_pair_whatever_their_names() -> None:
    assert found("a.txt", "b.json") == {"b": ("a.txt", "b.json")}


def test_folders_are_paired_by_name_at_any_depth() -> None:
    put("đúng/a.truth.txt", "đúng/a.outline.tsv", "đúng/b.txt", "đúng/xã/c.txt", "đúng/.d.txt")
    put("ra/a.json", "ra/a.txt", "ra/a.docx", "ra/b.txt", "ra/xã/c.ocr.json", "ra/e.json")

    assert found("đúng", "ra") == {
        "a": ("đúng/a.truth.txt", "ra/a.json"),
        "b": ("đúng/b.txt", "ra/b.txt"),
        "xã/c": ("đúng/xã/c.txt", "ra/xã/c.ocr.json"),
    }


def test_names_that_differ_only_in_normal_form_are_the_same() -> None:
    put("đúng/ba\u0300i.txt", "ra/b\u00e0i.json")

    assert list(found("đúng", "ra")) == ["b\u00e0i"]


def test_one_folder_may_hold_both_and_no_truth_is_its_own_output() -> None:
    put("hết/a.truth.txt", "hết/a.txt", "hết/b.truth.txt", "hết/b.json", "hết/c.txt")

    pairs = paired(Path("hết"), Path("hết"))

    assert {pair.name: pair.output.name for pair in pairs.found} == {"a": "a.txt", "b": "b.json"}
    assert [failure.subject for failure in pairs.failures] == [str(Path("hết/c.txt"))]


def test_a_truth_finds_its_output_in_a_folder() -> None:
    put("a.truth.txt", "ra/a.json", "ra/b.json")

    assert found("a.truth.txt", "ra") == {"a": ("a.truth.txt", "ra/a.json")}


def test_a_truth_without_output_is_a_failure_that_names_it() -> None:
    put("đúng/a.txt", "đúng/b.txt", "ra/a.txt")

    (failure,) = paired(Path("đúng"), Path("ra")).failures

    assert isinstance(failure, NoOutputError)
    assert (failure.subject, failure.detail) == (str(Path("đúng/b.txt")), "ra")


def test_without_any_pair_there_is_an_error() -> None:
    put("đúng/a.txt", "ra/b.json", "trống/a.pdf")

    for truth, output, kind in (
        ("đúng", "ra", NoOutputError),
        ("đúng", "ra/b.json", NoOutputError),
        ("trống", "ra", NoTruthError),
        ("đúng", "không có", MissingInputError),
        ("không có", "ra", MissingInputError),
    ):
        with pytest.raises(kind):
            paired(Path(truth), Path(output))
