"""Correction without one of its parts, in the table and in the settings."""

from pathlib import Path

import pytest

from pipeline.configuration import load
from pipeline.correction import correct, lexicon
from pipeline.errors import BadValueError
from pipeline.evaluation.ablation import PARTS, ablations, as_read
from pipeline.model import Choice, Document, Word
from pipeline.settings import CorrectionSettings, Part
from tests.evaluation.builder import document, doubted, word

TRUTH = "Ban Thường vụ Tỉnh ủy đề nghị các cấp ủy thực hiện"
DAMAGED = "Ban Thirờng vụ Tỉnh ủy đề nghi các cấp ủy thưc hiên"


def as_document(text: str) -> Document:
    return document(*map(Word, text.split()))


def corrected(text: Document, *without: Part) -> Document:
    return correct(text, CorrectionSettings(without=without))


def test_each_part_has_its_line_behind_that_of_the_whole() -> None:
    found = ablations(
        [(TRUTH, corrected(as_document(DAMAGED))), ("Tỉnh ủy", as_document("Tỉnh ủy"))]
    )

    assert [row.without for row in found] == [None, *PARTS]
    assert {row.counts.words for row in found} == {14}
    assert {row.counts.wrong for row in found} == {4}
    assert found[0].counts.fixed >= 3


def test_without_a_record_there_is_no_line() -> None:
    assert ablations([]) == ()


def test_the_words_are_corrected_as_they_were_read() -> None:
    made = document(word("Tinh", "Tỉnh"), doubted("ủy"))

    assert as_read(made) == document(Word("Tinh"), Word("ủy"))


def test_without_the_gate_the_best_candidate_is_taken_however_unsure() -> None:
    text = as_document("Đồng chí Hoang Vân Lư xa Bai Sây kinh gưi hoi nông dan")
    careful, bold = corrected(text), corrected(text, "gate")

    # Only marks of doubt are left as proposals.
    proposals = [c for w in bold.words() for c in w.changes if c.after != c.before]
    assert all(w.text == w.changes[-1].after for w in bold.words() if w.changes)
    assert len(proposals) >= sum(w.text != w.ocr for w in careful.words())
    assert bold.text != careful.text


def test_without_alternatives_the_reader_is_not_heard_and_not_forgotten() -> None:
    surely = Word("nghi", 0.99, choices=tuple((Choice(letter, 0.99),) for letter in "nghi"))
    before = as_document("Ban Thường vụ Tỉnh ủy đề").words()
    text = document(*before, surely, Word("các"))
    silent = as_document("Ban Thường vụ Tỉnh ủy đề nghi các")

    deaf = corrected(text, "alternatives")

    assert deaf.text == corrected(silent).text
    assert [w.confidence for w in deaf.words()][6] == 0.99


def test_without_the_lexicon_nothing_of_it_is_left() -> None:
    bare, whole = lexicon.load((), shipped=False), lexicon.load(())

    assert whole.lines
    assert whole.codes
    assert not bare.lines
    assert not bare.codes
    assert not bare.words
    assert not bare.phrases


def test_the_parts_are_settings(tmp_path: Path) -> None:
    file = tmp_path / "vanban.toml"
    file.write_text('[correction]\nwithout = ["gate", "lexicon"]\n', encoding="utf-8")
    environment = {"VANBAN_CORRECTION_WITHOUT": "alternatives"}

    assert load(file, environment={}).correction.without == ("gate", "lexicon")
    assert load(environment=environment).correction.without == ("alternatives",)


def test_an_unknown_part_is_a_bad_setting(tmp_path: Path) -> None:
    file = tmp_path / "vanban.toml"
    file.write_text('[correction]\nwithout = ["gates"]\n', encoding="utf-8")

    with pytest.raises(BadValueError) as caught:
        load(file, environment={})
    assert "[correction] without" in caught.value.subject
    assert caught.value.allowed == "lexicon, alternatives, rescorer, gate"
