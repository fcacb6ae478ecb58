"""Outlines and metadata against their truth, and what the command prints of them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.errors import ExitCode
from pipeline.evaluation.structure import DamagedTruthError, Form, read_form, score, total
from pipeline.model import Document, Fact, Kind, Metadata, replace
from pipeline.outline import Row, outline
from pipeline.settings import WriterSettings
from pipeline.writers import write
from tests.writers.builder import Builder

UNITS = (
    Row("heading", 1, "I."),
    Row("item", 2, "1."),
    Row("item", 2, "2."),
    Row("heading", 1, "II."),
)


def made() -> Document:
    plan = Builder().add(Kind.TYPE, "KẾ HOẠCH").add(Kind.NUMBER, "Số 12-KH/TU")
    plan.add(Kind.HEADING, "I. MỤC ĐÍCH", level=1, label="I.")
    plan.add(Kind.HEADING, "II. NỘI DUNG", level=1, label="II.")
    facts = Metadata(number=Fact("12", 0.9), type=Fact("Kế hoạch", 0.9))
    return replace(plan.document(), metadata=facts)


def test_units_are_matched_in_order_by_kind_depth_and_label() -> None:
    given = (*UNITS[:2], Row("item", 3, "2."), UNITS[3], Row("heading", 1, "III."))
    found = score("a", Form(UNITS), Form(given))
    assert (found.units, found.found, found.matched) == (4, 5, 3)
    assert (found.precision, found.recall) == (0.6, 0.75)
    assert found.f1 == pytest.approx(2 * 0.6 * 0.75 / 1.35)


@given(st.lists(st.sampled_from(UNITS)))
def test_an_outline_agrees_with_itself_wholly(rows: list[Row]) -> None:
    assert score("a", Form(tuple(rows)), Form(tuple(rows))).f1 == 1.0


def test_fields_agree_exactly_but_for_blanks_and_composition() -> None:
    truth = {"number": "12", "subject": "về  rừng", "cited": [["Luật", "16"]], "signer": None}
    given = {"number": "13", "subject": "về ru\u031b\u0300ng", "cited": [["Luật", "16"]]}
    found = score("a", Form(metadata=truth), Form(metadata=given))
    assert (found.fields, found.fields_right, found.wrong) == (4, 3, ("number",))


def test_what_the_program_doubted_is_no_field_of_the_truth() -> None:
    truth = {"number": "12", "in_doubt": ["number"]}
    found = score("a", Form(metadata=truth), Form(metadata={"number": "12", "in_doubt": []}))
    assert (found.fields, found.fields_right) == (1, 1)


def test_scores_are_added_up() -> None:
    one = score("a", Form(UNITS, {"number": "1"}), Form(UNITS[:2], {"number": "1"}))
    both = total([one, one])
    assert (both.units, both.matched, both.fields, both.fields_right) == (8, 4, 2, 2)


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Return a folder with the structure of two documents and one with the record of the first."""
    monkeypatch.setenv("VANBAN_LANG", "en")
    monkeypatch.chdir(tmp_path)
    for folder in ("đúng", "ra"):
        Path(folder).mkdir()
    for format_ in ("outline", "metadata"):
        ending = {"outline": "outline.tsv", "metadata": "metadata.json"}[format_]
        Path(f"đúng/a.{ending}").write_bytes(write(made(), format_, WriterSettings()))
    Path("đúng/b.outline.tsv").write_text("heading\t1\tI.\n", encoding="utf-8")
    wrong = replace(made(), metadata=Metadata(number=Fact("21", 0.9)))
    Path("ra/a.json").write_bytes(wrong.to_json())
    return "đúng", "ra"


def test_folders_of_structure_alone_are_compared(
    folders: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", *folders]) == ExitCode.PARTIAL
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [
        "document  units  precision  recall     F1  metadata right",
        "a             3      1.000   1.000  1.000        18 of 20",
        "a: metadata that differ: number, type",
    ]
    assert printed.err.startswith(str(Path("đúng/b.outline.tsv")))


def test_the_json_tells_them_too(
    folders: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["evaluate", *folders, "--json"])
    found = json.loads(capsys.readouterr().out)["structure"]
    assert (found["f1"], found["fields_right"]) == (1.0, 18)
    assert found["documents"][0]["fields_wrong"] == ["number", "type"]


def test_a_text_with_its_structure_beside_it_gets_both(
    folders: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    truth, output = folders
    Path(truth, "b.outline.tsv").unlink()
    Path(truth, "a.truth.txt").write_text(made().text, encoding="utf-8")
    assert main(["evaluate", truth, output]) == ExitCode.OK
    printed = capsys.readouterr().out
    assert "WER" in printed
    assert "precision" in printed
    assert main(["evaluate", f"{truth}/a.outline.tsv", f"{output}/a.json"]) == ExitCode.OK
    assert "WER" not in capsys.readouterr().out


def test_a_damaged_truth_is_named(folders: tuple[str, str]) -> None:
    for name, content in (("x.outline.tsv", "heading"), ("x.metadata.json", "[]")):
        path = Path(folders[0], name)
        path.write_text(content, encoding="utf-8")
        with pytest.raises(DamagedTruthError):
            read_form(path)


def test_a_record_gives_the_outline_that_the_file_would(folders: tuple[str, str]) -> None:
    assert read_form(Path(folders[1], "a.json")).outline == outline(made())
