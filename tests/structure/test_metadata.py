"""What the pages say about the document is collected, with its words and what is inconsistent."""

import json
from dataclasses import replace

import pytest

from pipeline.messages import Language, catalogue
from pipeline.model import (
    Change,
    Citation,
    Decision,
    Document,
    Fact,
    Metadata,
    Reason,
    Stage,
    Word,
)
from pipeline.settings import WriterSettings
from pipeline.structure.doubts import doubts
from pipeline.structure.symbols import citations, iso_date, symbol
from pipeline.writers.metadata import values, write
from tests.structure.documents import DECISION, PLAN, built, document


def value(fact: Fact | None) -> str | None:
    return fact.value if fact is not None else None


def test_the_facts_of_a_party_plan() -> None:
    facts = built(PLAN).metadata
    assert value(facts.system) == "party"
    assert value(facts.superior_body) is None
    assert value(facts.issuing_body) == "TỈNH ỦY BÌNH SƠN"
    assert value(facts.number) == "12"
    assert value(facts.symbol) == "12-KH/TU"
    assert (value(facts.type_code), value(facts.body_code)) == ("KH", "TU")
    assert value(facts.type) == "Kế hoạch"
    assert value(facts.place) == "Bình Sơn"
    assert value(facts.date) == "2022-04-05"
    assert value(facts.authority) == "T/M BAN THƯỜNG VỤ"
    assert value(facts.office) == "PHÓ BÍ THƯ"
    assert value(facts.signer) == "Nguyễn Văn Bình"
    assert [fact.value for fact in facts.recipients] == [
        "Các huyện ủy",
        "Các ban xây dựng Đảng và Văn phòng Tỉnh ủy",
        "Lưu Văn phòng Tỉnh ủy",
    ]
    assert facts.cited == (Citation("Nghị quyết", "07-NQ/TU", "2022-03-15", "Tỉnh ủy Bình Sơn"),)
    assert facts.doubts == ()


def test_a_fact_points_at_the_words_that_say_it() -> None:
    made = built(PLAN)
    assert made.metadata.place is not None
    assert made.metadata.date is not None
    assert made.text_of(made.metadata.place.spans) == "Bình Sơn,"
    assert made.text_of(made.metadata.date.spans) == "ngày 05 tháng 4 năm 2022"


def test_the_facts_of_a_state_decision() -> None:
    facts = built(DECISION).metadata
    assert value(facts.system) == "state"
    assert value(facts.superior_body) == "ỦY BAN NHÂN DÂN TỈNH BÌNH SƠN"
    assert value(facts.issuing_body) == "SỞ NÔNG NGHIỆP"
    assert value(facts.symbol) == "07/QĐ-SNN"
    assert value(facts.date) == "2021-08-09"
    assert facts.cited[0].symbol == "15/2020/QĐ-UBND"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Số 10 -KH/TU", "10-KH/TU"),
        ("Số: 15/QĐ-UBND", "15/QĐ-UBND"),
        ("Số: 1234/UBND-VX", "1234/UBND-VX"),
        ("30/2020/NĐ-CP", "30/2020/NĐ-CP"),
        ("72/2025/QH15", "72/2025/QH15"),
        ("Số I0-KH/TU", "10-KH/TU"),
        ("Số ƒ2-KH/TU", "-KH/TU"),  # half a number is none
    ],
)
def test_numbers_and_symbols_of_both_forms_are_read(text: str, expected: str) -> None:
    found = symbol(text)
    assert found is not None
    assert found.text == expected


def test_impossible_dates_are_not_dates() -> None:
    assert iso_date("ngày 31 tháng 02 năm 2022") == ""
    assert iso_date("ngày      tháng      năm 2026") == ""
    assert iso_date("09-3-2021") == "2021-03-09"


def test_a_citation_names_type_symbol_date_and_body() -> None:
    text = (
        "theo Chỉ thị số 08-CT/TU, ngày 05 tháng 02 năm 2021 của Ban Thường vụ Tỉnh ủy Bình Sơn "
        "về bảo vệ rừng; Nghị quyết số 12-NQ/HU của Huyện ủy Suối Vàng."
    )
    assert list(citations(text)) == [
        Citation("Chỉ thị", "08-CT/TU", "2021-02-05", "Ban Thường vụ Tỉnh ủy Bình Sơn"),
        Citation("Nghị quyết", "12-NQ/HU", "", "Huyện ủy Suối Vàng"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "doubt"),
    [
        ("KẾ HOẠCH\n", "CHỈ THỊ\n", "doubt.type_code"),
        ("Số 12 -KH/TU", "Số 9 -KH/TU", "doubt.number_padding"),
        ("Số 12 -KH/TU", "Số 12 -KH/UBND", "doubt.body_code"),
        ("Số 12 -KH/TU", "Số 12 -KH/XYZW", "doubt.unknown_code"),
        ("ngày 15/3/2022", "ngày 15/3/2023", "doubt.date_order"),
        (" Nguyễn Văn Bình", "", "doubt.no_signer"),
    ],
)
def test_what_does_not_fit_together_is_doubted(old: str, new: str, doubt: str) -> None:
    assert old in PLAN
    assert doubt in built(PLAN.replace(old, new)).metadata.doubts


def test_a_name_without_office_is_doubted() -> None:
    facts = Metadata(signer=Fact("Nguyễn Văn Bình", 0.9))
    assert doubts(facts, frozenset()) == ("doubt.no_office",)
    assert doubts(replace(facts, office=Fact("PHÓ BÍ THƯ", 0.9)), frozenset()) == ()


def test_every_doubt_has_its_words_in_both_languages() -> None:
    keys = {f"doubt.{key}" for key in DOUBTS}
    for language in Language:
        assert keys <= set(catalogue(language))


DOUBTS = (
    "numbering_gap",
    "numbering_repeat",
    "numbering_start",
    "type_code",
    "body_code",
    "unknown_code",
    "number_padding",
    "office",
    "date_order",
    "no_office",
    "unsure_office",
    "no_signer",
    "no_signature",
    "no_number",
    "no_date",
)


def test_a_document_without_lines_has_no_facts() -> None:
    made = built(Document(built(PLAN).source))
    assert made.blocks == ()
    assert made.metadata == Document(made.source).metadata


def test_the_sign_of_the_typist_below_the_archive_line_is_no_recipient() -> None:
    made = built(DECISION.replace("- Lưu: VT, QLCT.", "- Lưu: VT, QLCT.\nMT21/VP7/2021/QĐ"))
    assert [fact.value for fact in made.metadata.recipients] == [
        "Như Điều 3",
        "UBND tỉnh",
        "Lưu: VT, QLCT",
    ]


def with_word(text: str, ocr: str, change: Change | None, confidence: float | None) -> Document:
    """Return the document *text*, its first word *ocr* with a change and a confidence."""

    def touched(word: Word) -> Word:
        if word.ocr != ocr:
            return word
        word = replace(word, confidence=confidence)
        return word.changed(change) if change else word

    made = document(text)
    pages = tuple(
        replace(
            page,
            lines=tuple(
                replace(line, words=tuple(map(touched, line.words))) for line in page.lines
            ),
        )
        for page in made.pages
    )
    return replace(made, pages=pages)


def in_doubt(made: Document) -> list[str]:
    found: list[str] = json.loads(write(made, WriterSettings()))["in_doubt"]
    return found


@pytest.mark.parametrize(
    ("ocr", "fields"),
    [
        ("-KH/TU", {"symbol", "number", "type_code", "body_code"}),
        ("05", {"date"}),
        ("TỈNH", {"issuing_body"}),
        ("PHÓ", {"office"}),
    ],
)
@pytest.mark.parametrize(
    ("last", "doubted"),
    [
        ((Reason.DOUBT, 0.9, Decision.PROPOSED), True),
        ((Reason.LETTERS, 0.7, Decision.MADE), True),
        ((Reason.LETTERS, 0.97, Decision.MADE), False),
        ((Reason.MISSING, 0.0, Decision.PROPOSED), False),
    ],
)
def test_a_fact_is_no_surer_than_its_words(
    ocr: str, fields: set[str], last: tuple[Reason, float, Decision], doubted: bool
) -> None:
    reason, certainty, decision = last
    change = Change(ocr, ocr, reason, certainty, Stage.CORRECTION, decision)
    made = built(with_word(PLAN, ocr, change, 0.9))
    assert set(in_doubt(made)) == (fields if doubted else set())


@pytest.mark.parametrize(("confidence", "doubted"), [(0.3, True), (0.9, False), (None, False)])
def test_a_word_that_was_hardly_read_proves_nothing(
    confidence: float | None, doubted: bool
) -> None:
    facts = built(with_word(PLAN, "05", None, confidence)).metadata
    assert facts.date is not None
    assert (facts.date.value, facts.date.doubtful) == ("2022-04-05", doubted)


@pytest.mark.parametrize(
    ("printed", "date", "doubted"),
    [
        ("ngày 05 tháng 4 năm 2022", "2022-04-05", False),
        ("ngày I5 tháng 4 năm 2022", "2022-04-15", True),
        ("ngày 26 tháng LÍ năm 2022", None, True),
        ("ngày 26 tháng l năm 2022", None, True),
        ("ngày … tháng 4 năm 2022", None, True),
    ],
)
def test_a_date_with_a_part_that_is_no_figure_is_in_doubt_or_none(
    printed: str, date: str | None, doubted: bool
) -> None:
    made = built(PLAN.replace("ngày 05 tháng 4 năm 2022", printed))
    assert values(made)["date"] == date
    assert ("date" in in_doubt(made)) == doubted
    assert ("doubt.no_date" in made.metadata.doubts) == (date is None)


@pytest.mark.parametrize(("code", "shown"), [("CI", True), ("BC", True), ("KH", False)])
def test_a_type_code_that_does_not_fit_the_type_is_shown(code: str, shown: bool) -> None:
    made = built(PLAN.replace("Số 12 -KH/TU", f"Số 12-{code}/TU"))
    word = next(word for word in made.words() if word.ocr.startswith("12-"))
    assert word.doubtful == shown
    assert word.text == word.ocr


def test_a_letter_without_type_has_no_code_to_doubt() -> None:
    made = built(
        "SỞ XYZ BÌNH SƠN\nSố: 12/XYZT-KL\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Bình Sơn, ngày 10 tháng 8 năm 2021\n\nKính gửi: Các huyện.\n\nSở đề nghị các huyện.\n"
    )
    assert not any(word.doubtful for word in made.words())


def test_a_symbol_without_its_number_is_not_whole() -> None:
    facts = built(PLAN.replace("Số 12 -KH/TU", "Số -KH/TU")).metadata
    assert facts.number is None
    assert facts.symbol is not None
    assert facts.symbol.doubtful
    assert facts.type_code is not None
    assert not facts.type_code.doubtful


def test_building_a_document_again_doubts_no_more_of_it() -> None:
    once = built(PLAN.replace("PHÓ BÍ THƯ\n", "\n").replace("Số 12 -KH/TU", "Số 12 -CI/TU"))
    assert once.metadata.doubts
    assert built(once) == once
