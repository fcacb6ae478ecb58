from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unidecode import unidecode

from pipeline.correction import correct
from pipeline.model import Decision, Document, Reason, Stage, replace
from pipeline.settings import CorrectionSettings, Part
from tests.correction.builder import document

AUTO = CorrectionSettings()
STRIPPED = CorrectionSettings(profile="stripped")
ENGLISH = CorrectionSettings(profile="english")
VIE = CorrectionSettings(profile="vie")

PLAN = """Ban Thường vụ Tỉnh ủy ban hành Kế hoạch đẩy mạnh công tác tuyên truyền trong toàn Đảng bộ
tỉnh, góp phần nâng cao nhận thức của cán bộ, đảng viên và nhân dân về nhiệm vụ phát triển kinh tế
- xã hội, quốc phòng, an ninh; các cấp ủy, tổ chức đảng tổ chức thực hiện nghiêm túc."""


def text(result: Document) -> str:
    return " ".join(word.text for word in result.words())


def test_stripped_marks_come_back() -> None:
    restored = text(correct(document(unidecode(PLAN)), AUTO)).split()
    wrong = [pair for pair in zip(PLAN.split(), restored, strict=True) if pair[0] != pair[1]]
    assert len(wrong) <= 1, wrong


def test_text_read_with_an_english_model_is_repaired() -> None:
    read = "cac cip uy, t6 chirc dang va nhan dan trong tinh thuc hién Nghi quyét Pai hoi Pang bd"
    result = correct(document(read), ENGLISH)
    assert "tổ chức đảng và nhân dân trong tỉnh thực hiện Nghị quyết Đại hội Đảng bộ" in text(
        result
    )


def test_good_text_is_left_alone() -> None:
    result = correct(document(PLAN, confidence=0.95), VIE)
    assert text(result) == " ".join(PLAN.split())
    assert not [word for word in result.words() if word.changes]


def test_what_was_read_stays_and_every_difference_is_explained() -> None:
    before = document(unidecode(PLAN))
    after = correct(before, AUTO)
    assert [word.ocr for word in after.words()] == [word.ocr for word in before.words()]
    for word in after.words():
        if word.text == word.ocr:
            continue
        made = [change for change in word.changes if change.decision is Decision.MADE]
        assert made[-1].after == word.text
        assert made[0].before == word.ocr
        assert made[-1].stage is Stage.CORRECTION
        assert 0 <= made[-1].certainty <= 1


@pytest.mark.parametrize("profile", ["vie", "english", "stripped"])
def test_numbers_dates_and_symbols_stay_as_read(profile: str) -> None:
    facts = "so 05-CT/TW, ngay 15/5/2016; so 26-KH/BTGTW; 100% 12a BCĐ35 XDA4. 1.234,5 16"
    result = correct(document(facts), CorrectionSettings(profile=profile))
    for before, after in zip(facts.split(), text(result).split(), strict=True):
        if any(character.isdigit() for character in before):
            assert after == before


def test_a_roman_numeral_is_repaired_by_its_grammar() -> None:
    result = correct(
        document("Nghi quyét Pai hoi dai biéu toan quéc lan thir XIIl cua Pang"), ENGLISH
    )
    numeral = next(word for word in result.words() if word.ocr == "XIIl")
    assert numeral.text == "XIII"
    assert numeral.changes[-1].reason is Reason.NUMERAL


def test_words_that_lost_their_blank_are_parted() -> None:
    result = correct(document("Luu Van phong Tinhuy va cac co quan cua tinh"), ENGLISH)
    assert "Tỉnh ủy" in text(result)


def test_an_uncertain_word_is_proposed_or_marked_not_changed() -> None:
    careful = CorrectionSettings(profile="english", change_above=1.01, propose_above=0.1)
    read = document("cac cip uy va nhan dan trong tinh")
    result = correct(read, careful)
    assert text(result) == text(read)
    assert any(word.doubtful for word in result.words())


def test_an_impossible_word_nobody_can_mend_is_marked() -> None:
    result = correct(document("theo quy định zzxqw của tỉnh"), VIE)
    odd = next(word for word in result.words() if word.ocr == "zzxqw")
    assert odd.text == "zzxqw"
    assert odd.doubtful


def test_a_list_of_ones_own_changes_the_outcome_at_once(tmp_path: Path) -> None:
    own = tmp_path / "ten-rieng.txt"
    own.write_text("# tên riêng\nhuyện Suối Vạng\n", encoding="utf-8")
    read = document("Cac don vi tren dia ban huyen Suoi Vang bao cao")
    without = correct(read, STRIPPED)
    with_list = correct(read, CorrectionSettings(profile="stripped", lexicon=(str(own),)))
    assert "Suối Vạng" not in text(without)
    assert "Suối Vạng" in text(with_list)


def test_a_name_of_ones_own_list_wins_over_a_commoner_one(tmp_path: Path) -> None:
    own = tmp_path / "ten-rieng.txt"
    own.write_text("Đắk Rơ Linh\n", encoding="utf-8")
    settings = CorrectionSettings(profile="stripped", lexicon=(str(own),))
    assert "Đắk Rơ Linh" in text(correct(document("tai xa Dak Ro Linh"), settings))


@pytest.mark.parametrize("phrase", ["Pá Hú", "bản Pá Hú"])
def test_a_name_of_ones_own_list_is_applied_as_a_whole(tmp_path: Path, phrase: str) -> None:
    own = tmp_path / "ten-rieng.txt"
    own.write_text(f"{phrase}\n", encoding="utf-8")
    settings = CorrectionSettings(profile="stripped", lexicon=(str(own),))
    read = document("dang vien o ban Pa Hu, xa Pa Vay Su, huyen Phong Tho")
    assert "Pá Hú" in text(correct(read, settings))


@pytest.mark.parametrize(("without", "place"), [((), "Đắk Song"), (("lexicon",), "Đăk Song")])
def test_places_of_the_lexicon_win_over_what_is_usual(
    without: tuple[Part, ...], place: str
) -> None:
    settings = CorrectionSettings(profile="stripped", without=without)
    assert place in text(correct(document("Don Bien phong Dak Song tham hoi ba con"), settings))


def test_the_stage_can_be_switched_off() -> None:
    read = document(unidecode(PLAN))
    assert correct(read, CorrectionSettings(enabled=False)) is read


def test_the_same_input_gives_the_same_document() -> None:
    read = document(unidecode(PLAN))
    assert correct(read, AUTO) == correct(read, AUTO)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(min_size=1, max_size=9).filter(
            lambda t: not set(t) & set(" \n\r\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0")
        ),
        max_size=12,
    )
)
def test_whatever_is_read_no_word_is_added_dropped_or_altered(words: list[str]) -> None:
    for profile in ("vie", "english"):
        read = document(" ".join(words))
        result = correct(read, CorrectionSettings(profile=profile))
        assert [word.ocr for word in result.words()] == [word.ocr for word in read.words()]
        assert [len(line.words) for page in result.pages for line in page.lines] == [
            len(line.words) for page in read.pages for line in page.lines
        ]


def test_a_line_of_the_form_is_known_by_its_skeleton() -> None:
    for printed, read in (
        ("Nơi nhận:", "Nơi nhân:"),
        ("ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẲNG CÔNG SẢN VIÊT NAM"),
        ("T/M BAN THƯỜNG VỤ", "T/M BAN THƯỜNG VU"),
    ):
        assert text(correct(document(read, confidence=0.9), VIE)) == printed


def test_a_slip_of_one_mark_that_makes_another_word_is_repaired() -> None:
    read = "Báo cáo kết quà thực hiện nhiệm vụ của các cấp ủy đảng trong toàn tỉnh"
    assert "kết quả" in text(correct(document(read), VIE))


def test_figures_that_a_pen_wrote_are_marked_as_doubtful_and_kept() -> None:
    read = document("Số ƒ2-KH/TU", confidence=0.81)
    symbol = list(correct(read, VIE).words())[1]
    assert (symbol.text, symbol.doubtful) == ("ƒ2-KH/TU", True)
    day = next(iter(correct(document("?ÿ", confidence=0.04), VIE).words()))
    assert (day.text, day.doubtful) == ("?ÿ", True)


def test_a_capitalised_syllable_that_may_be_a_name_is_at_most_questioned() -> None:
    read = document("các xã Hạ Lâm, Thượng Lâm và Đá Bạc", confidence=0.96)
    name = next(word for word in correct(read, VIE).words() if word.ocr == "Hạ")
    assert name.text == "Hạ"


def test_a_long_text_without_a_stop_and_an_endless_word_are_borne() -> None:
    read = document("cac cip uy va nhan dan " * 300 + "a" * 100_000)
    result = correct(read, ENGLISH)
    assert "các cấp ủy và nhân dân" in text(result)
    assert list(result.words())[-1].text == "a" * 100_000


@pytest.mark.parametrize("name", ["Nguyễn Thị Hãnh", "Huỳnh Văn Hãnh"])
def test_a_rare_name_does_not_become_a_usual_one(name: str) -> None:
    line = f"Đồng chí {name}, sinh năm 1980, nguyên kế toán của xã"
    result = correct(document(line, confidence=0.93), VIE)
    assert text(result) == line


@pytest.mark.parametrize("marker", ["ở)", "ế)"])
def test_what_marks_no_item_is_doubted(marker: str) -> None:
    result = correct(document(f"{marker} Đối với các cấp ủy", confidence=0.9), VIE)
    assert [word.ocr for word in result.words() if word.doubtful] == [marker]


@pytest.mark.parametrize(
    ("line", "profile"),
    [
        ("tham du co dong chi Vi Van Pao, Lo Thi Xuan va cac dai bieu cua tinh", "english"),
        ("Các đồng chí Lò Văn Pạo và NIÊ KĐĂM, H Ngăm Byă phụ trách địa bàn", "vie"),
    ],
)
def test_names_that_are_not_usual_are_at_most_questioned(line: str, profile: str) -> None:
    written = correct(document(line), CorrectionSettings(profile=profile))
    for word in written.words():
        if word.ocr[:1].isupper():
            assert unidecode(word.text) == unidecode(word.ocr)


@pytest.mark.parametrize("settings", [STRIPPED, ENGLISH])
def test_a_code_may_be_a_word_only_among_capitals(settings: CorrectionSettings) -> None:
    lines = [
        "BAO CAO CONG TAC TU TUONG",
        "BTV TU ban hanh van ban cua TU ve cong tac can bo",
        "CUOC TONG TUYEN CU NAM 1946",
        "NGHI QUYET DAI HOI VI CUA DANG",
        "NHA NUOC CUA NHAN DAN, DO NHAN DAN, VI NHAN DAN",
    ]
    written = [line.text for line in correct(document("\n".join(lines)), settings).pages[0].lines]
    assert written[0].endswith("TƯ TƯỞNG")
    assert written[1].count("TU ") == 2
    assert "TUYỂN CỬ" in written[2]
    assert "ĐẠI HỘI VI CỦA" in written[3]
    assert written[4].endswith("VI NHÂN DÂN")  # a numeral is questioned at most


def test_good_text_that_is_taken_for_anothers_stays() -> None:
    read = document(PLAN)
    assert text(correct(read, ENGLISH)) == " ".join(PLAN.split())


@pytest.mark.parametrize("odd", ["¢6", "LAm", "zzxq", "1V", "V1"])
def test_what_no_directive_holds_is_marked(odd: str) -> None:
    careful = CorrectionSettings(profile="english", change_above=1.01, propose_above=1.0)
    result = correct(document(f"của tỉnh {odd} và nhân dân"), careful)
    assert next(word for word in result.words() if word.ocr == odd).doubtful


def test_a_line_under_a_heading_in_capitals_begins_anew() -> None:
    result = correct(document("TINH UY BINH SON\nSo 12-KH/TU\nDANG CONG SAN VIET NAM"), STRIPPED)
    assert [line.text for line in result.pages[0].lines] == [
        "TỈNH ỦY BÌNH SƠN",
        "Số 12-KH/TU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
    ]


def test_the_old_tone_placement_is_neither_changed_nor_questioned() -> None:
    result = correct(document("cấp uỷ và hoà bình, khoá XII", confidence=0.95), VIE)
    assert not [word for word in result.words() if word.changes]


def test_a_figure_beside_a_number_or_symbol_is_never_taken_for_a_word() -> None:
    for line in ("Nghị quyết 36 12-NQ/TU về công tác đảng", "căn cứ Thông báo 6 - TB/TU năm 2025"):
        written = correct(document(line), ENGLISH)
        figures = [word for word in written.words() if word.ocr in ("36", "6")]
        assert [word.text for word in figures] == [word.ocr for word in figures]
        assert figures


def test_a_reader_without_vietnamese_did_not_damage_what_it_cannot_write() -> None:
    line = "Các đồng chí Quỳnh và Ín, Lụ phụ trách địa bàn Đồng Lâm được báo cáo"
    written = correct(document(line), ENGLISH)
    native = {"đồng", "Quỳnh", "phụ", "địa", "Đồng", "được", "Lụ"}
    assert native <= {word.text for word in written.words()}


@pytest.mark.parametrize("profile", ["vie", "english", "stripped"])
def test_figures_with_letters_that_look_like_digits_stay(profile: str) -> None:
    line = "năm 2O23 có l2 huyện, 1O6 xã, thu 1.25O tỷ đồng, bằng lO5,3% so với QL2O."
    read = document(line)
    written = correct(read, CorrectionSettings(profile=profile))
    pairs = [(word.ocr, word.text) for word in written.words() if set("0123456789") & set(word.ocr)]
    assert pairs == [(read, read) for read, _ in pairs]
    assert len(pairs) == 6


def test_a_list_of_ones_own_leaves_other_words_alone(tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("Ban Tuyên giáo Đồng Lâm\n", encoding="utf-8")
    line = "cac co quan bao chi cua tinh tuyen truyen sau rong trong nhan dan"
    without = correct(document(line), STRIPPED)
    with_own = correct(document(line), CorrectionSettings(profile="stripped", lexicon=(str(own),)))
    assert text(with_own) == text(without)


@pytest.mark.parametrize(
    ("line", "settings", "printed"),
    [
        ("I-MỤC ĐÍCH, YÊU CẦU", VIE, "I-MỤC ĐÍCH, YÊU CẦU"),
        ("B-KẾT QUẢ THỰC HIỆN", VIE, "B-KẾT QUẢ THỰC HIỆN"),
        ("X-KIEN NGHI, DE XUAT", STRIPPED, "X-KIẾN NGHỊ, ĐỀ XUẤT"),
        ("C-Ket qua thuc hien", STRIPPED, "C-Kết quả thực hiện"),
        ("a)Ve kinh te", STRIPPED, "a)Về kinh tế"),
        ("b/Ve xa hoi", STRIPPED, "b/Về xã hội"),
        ("Phan I:KHAI QUAT", STRIPPED, "Phần I:KHÁI QUÁT"),
        ("C/NGUYÊN NHÂN", VIE, "C/NGUYÊN NHÂN"),
        ("I-MỤC ĐÍCH\nI1-TÔ CHỨC THỰC HIỆN", VIE, "I-MỤC ĐÍCH II-TỔ CHỨC THỰC HIỆN"),
    ],
)
def test_a_marker_glued_to_its_title_stays(
    line: str, settings: CorrectionSettings, printed: str
) -> None:
    assert text(correct(document(line), settings)) == printed


@pytest.mark.parametrize("settings", [STRIPPED, ENGLISH])
def test_the_letter_and_figure_of_a_part_stay(settings: CorrectionSettings) -> None:
    line = "theo quy dinh tai diem a1, khoan 2 va tiet b2 cua Nghi dinh"
    written = {word.ocr: word.text for word in correct(document(line), settings).words()}
    assert (written["a1,"], written["b2"]) == ("a1,", "b2")


def test_a_unit_of_money_keeps_its_size() -> None:
    written = text(correct(document("kinh phi 6 tr.d va 12 tr.d, tong so 18 tr.d"), ENGLISH))
    assert written == "kinh phí 6 tr.đ và 12 tr.đ, tổng số 18 tr.đ"


def test_a_code_in_capitals_before_a_number_is_at_most_questioned() -> None:
    written = text(correct(document("thanh toan vao tai khoan OM 5451 cua tinh"), ENGLISH))
    assert "OM 5451" in written


@pytest.mark.parametrize("settings", [STRIPPED, ENGLISH])
def test_symbols_and_names_with_signs_of_ones_own_list_count(
    tmp_path: Path, settings: CorrectionSettings
) -> None:
    own = tmp_path / "own.txt"
    own.write_text("K'Brểu\n112/TTr-SKHXĐ\n", encoding="utf-8")
    read = document("dong chi K'Breu ky to trinh so 112/TTr-SKHXD va so 15/TTr-SKHXD cua So")
    written = text(correct(read, replace(settings, lexicon=(str(own),))))
    assert "K'Brểu" in written
    assert "112/TTr-SKHXĐ" in written
    assert "15/TTr-SKHXĐ" in written


@pytest.mark.parametrize("odd", ["12:450", "1;05%", "ĐIỆM", "Nhẫm"])
def test_what_nobody_writes_is_marked_and_kept(odd: str) -> None:
    result = correct(document(f"của tỉnh {odd} và nhân dân", confidence=0.95), VIE)
    word = next(word for word in result.words() if word.ocr == odd)
    assert (word.text, word.doubtful) == (odd, True)


@pytest.mark.parametrize(
    "figure",
    [
        "2.371.648",
        "11/01/2004",
        "240718356",
        "đ)",
        "1:500",
        "07:30",
        "10:00",
        "1.234,5",
        "3,5%",
        "I/2020",
        "II.2.3",
        "5S",
        "CO2",
        "ST25",
    ],
)
def test_figures_as_they_are_written_are_not_marked(figure: str) -> None:
    result = correct(document(f"của tỉnh {figure} và nhân dân", confidence=0.95), VIE)
    assert not [word for word in result.words() if word.changes]


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ("trong thang12 nam 2022 theo Diéu6, khoan2 cua Quy ché", ["12", "6,", "2"]),
        (
            "tai phong hop A4, nha C4 va phong 1A; theo mau M6, tru so cua tinh",
            ["A4,", "C4", "1A;"],
        ),
        ("giao cho to H6, T4; va A6. thuc hien", ["H6,", "T4;", "A6."]),
        ("theo quy dinh tai diem x1, va muc §5; cua Quy ché", ["x1,", "§5;"]),
        ("dién tich la 6ha, Con Cuong la 12ha; tram 6MW, 1kW", ["6ha,", "12ha;", "6MW,", "1kW"]),
        ("kinh phi 15 tr déng, 25 tr, 100 tr.dong va 6 kW.", ["tr", "tr,", "tr.đồng", "kW."]),
        ("cum gia cam H5N1, theo M4u3. va ky6, cua tinh", ["H5N1,", "M4u3."]),
    ],
)
def test_figures_beside_letters_are_never_lost(read: str, kept: list[str]) -> None:
    written = text(correct(document(read), ENGLISH)).split()
    assert set(kept) <= set(written)


def test_a_capital_and_a_figure_are_a_word_where_the_next_word_says_so() -> None:
    written = text(correct(document("Tu tuong H6 Chi Minh va bao vé T6 quéc Viét Nam"), ENGLISH))
    assert "Hồ Chí Minh" in written
    assert "Tổ quốc" in written


def own(tmp_path: Path, entry: str, settings: CorrectionSettings) -> CorrectionSettings:
    path = tmp_path / "own.txt"
    path.write_text(f"{entry}\n", encoding="utf-8")
    return replace(settings, lexicon=(str(path),))


@pytest.mark.parametrize(
    ("entry", "read", "settings"),
    [
        ("Bùi Văn Nỏm", "Nam 2022 va Nam 2023 ghi No TK, phan mém Lotus Notes, xe Toyota", ENGLISH),
        ("Lâm Đớt", "dot 1, dot 6 cua Don vi", ENGLISH),
        ("Lâm Đớt", "phai lam dot 1 va lam dot 2 trong nam", ENGLISH),
        ("ly nông bất ly hương", "xu ly nghiem, quan ly va thanh ly hop dong", STRIPPED),
        ("Trần Thị Tinh", "Ban Thuong vu Tinh uy va cac co quan cua tinh", STRIPPED),
    ],
)
def test_a_phrase_of_ones_own_list_draws_nothing_out_of_other_words(
    tmp_path: Path, entry: str, read: str, settings: CorrectionSettings
) -> None:
    without = text(correct(document(read), settings))
    assert text(correct(document(read), own(tmp_path, entry, settings))) == without


def test_a_name_of_ones_own_list_is_still_found_whole(tmp_path: Path) -> None:
    settings = own(tmp_path, "Bùi Văn Nỏm", ENGLISH)
    written = text(correct(document("dong chi Bui Van Nom bao cao nam 2022"), settings))
    assert "Bùi Văn Nỏm báo cáo năm 2022" in written


@pytest.mark.parametrize("symbol", ["45/TB-UBND", "1629/QD-UBND", "12-KH/TU"])
def test_what_stands_before_a_symbol_is_its_number(symbol: str) -> None:
    read = document(f"UBND TINH HA GIANG\nSo: {symbol} Ha Giang, ngay 3 thang 2 nam 2021")
    assert "Số: " in text(correct(read, STRIPPED))


@pytest.mark.parametrize(
    "line",
    [
        "Trong Qui chế này, các từ ngữ dưới đây được hiểu như sau:",
        "Địa chỉ: Nguyen Van Linh Parkway, Quận 7, Thành phố Hồ Chí Minh",
        "ĐỒNG CHÍ KSOR NHAM VÀ ĐỒNG CHÍ PẢ VI Ở XÃ MÍ",
        "M = G x T/T, trong đó G là giá trị",
        "ông RAH LAN NEL ở Đăk Mil, tỉnh Đăk Nông",
    ],
)
def test_spellings_names_and_formulas_stay_as_printed(line: str) -> None:
    assert text(correct(document(line), VIE)) == line


def test_words_of_everyday_papers_are_not_doubted() -> None:
    line = "Lưu: VT, KH&ĐT, LĐ-TB&XH; thư điện tử vanthu@tinhuy.gov.vn."
    assert not [word for word in correct(document(line), VIE).words() if word.changes]


@pytest.mark.parametrize(
    "word",
    ["1ó", "1ông", "ch1nh", "c6ng", "T1nh", "L.ưu", "tr.ồng", "h0à,", "“1ó", "B.ản"],
)
def test_a_figure_or_a_point_among_the_letters_of_a_word_is_doubted(word: str) -> None:
    result = correct(document(f"các huyện {word} trong tỉnh", confidence=0.96), VIE)
    found = list(result.words())[2]
    assert (found.text, found.doubtful) == (word, True)


def test_figures_and_points_that_documents_print_beside_letters_are_not_doubted() -> None:
    line = (
        "trồng 12 m2, 5 km2, 5.000đ, 7km, 1a, M03a, D50mm, 5x5m, quy định1 v.v của C.Mác tại A4 PL1"
    )
    result = correct(document(line, confidence=0.96), VIE)
    assert [word.ocr for word in result.words() if word.doubtful] == []
    split = correct(document("từ 4giờ, tháng12 theo Điều6", confidence=0.96), VIE)
    assert [word.ocr for word in split.words() if word.doubtful] == []


def test_nobody_doubts_the_words_of_another_language() -> None:
    line = "The committee is with the people and of the people, for which it works."
    result = correct(document(f"Kế hoạch của tỉnh năm nay.\n{line}"), VIE)
    assert not [word for word in result.words() if word.changes]


@pytest.mark.parametrize(
    "figure",
    [
        "l5",
        "l3-CT/TW",
        "3.2I5",
        "3O/4/2O23",
        "9S%",
        "32/13/2023",
        "31/102017",
        "23/4/201",
        "g/1",
        "4%o",
        "13°4055",
        "HI",
        "Š",
        "Ị",
        "O5",
        "7h3O",
        "30/02/2020",
        "105,,2",
        "0L/CT-UBND",
        "HỊ2",
        "3711.648",
        "9.709.4",
        "11012004",
        "tấn!,",
        "viên(),",
        "m?",
        "m°",
    ],
)
def test_damaged_figures_are_kept_and_marked(figure: str) -> None:
    result = correct(document(f"của tỉnh {figure} và nhân dân", confidence=0.95), VIE)
    word = next(word for word in result.words() if word.ocr == figure)
    assert (word.text, word.doubtful) == (figure, True)


def test_a_repaired_mark_hides_no_doubt() -> None:
    result = correct(document("số 23⁄42018 của tỉnh", confidence=0.2), VIE)
    word = list(result.words())[1]
    assert (word.text, word.doubtful) == ("23/42018", True)


def marked(line: str, confidence: float) -> list[str]:
    result = correct(document(line, confidence=confidence), VIE)
    return [word.ocr for word in result.words() if word.doubtful]


@pytest.mark.parametrize(
    ("line", "doubtful"),
    [
        ("cao hơn mặt đường + 0,3 m và tỷ lệ > 60% hộ", ["+", ">"]),
        ("từ 10/12 ~ 11/12 tại xã", ["~"]),
        ("+ 12 xã đạt chuẩn", []),
        ("các mục 1] và 5? của tỉnh", ["1]", "5?"]),
        ("các mục [ 1] của tỉnh", []),
    ],
)
def test_signs_that_cannot_be_or_may_be_others_are_marked(line: str, doubtful: list[str]) -> None:
    assert marked(line, 0.95) == doubtful


def test_a_symbol_with_an_unknown_code_must_be_surer() -> None:
    line = "Thực hiện Công văn số 276-KL/IW của Trung ương và số 276-KL/TW"
    assert marked(line, 0.7) == ["276-KL/IW"]
    assert marked(line, 0.9) == []


@pytest.mark.parametrize(
    ("line", "doubtful"),
    [
        ("Số: 2# /CT-UBND", ["2#", "/CT-UBND"]),
        ("Bình Sơn, ngày lộ tháng 3 năm 2021", ["lộ"]),
        ("Bình Sơn, ngày‹) thángO năm 2021", ["ngày‹)", "thángO"]),
        ("Số: 12-KH/TU", []),
        ("Bình Sơn, ngày 05 tháng 3 năm 2021", []),
        ("Bình Sơn, ngày tháng 3 năm 2021", ["ngày"]),
        ("Bình Sơn, ngày tháng năm 2021", ["ngày", "tháng"]),
    ],
)
def test_what_stands_where_a_pen_writes_is_marked_unless_it_is_a_plain_figure(
    line: str, doubtful: list[str]
) -> None:
    assert marked(line, 0.95) == doubtful


def test_a_figure_in_such_a_field_must_be_sure() -> None:
    assert marked("Bình Sơn, ngày 05 tháng 3 năm 2021", 0.85) == ["05", "3", "2021"]
    assert marked("từ ngày 05 tháng 3 năm 2021 đến hết ngày 30 tháng 6 năm 2021 tại xã", 0.85) == []


def test_a_joined_symbol_hides_no_doubt() -> None:
    words = list(correct(document("Số: ¿02 /QĐ-UBND ngày", confidence=0.3), VIE).words())
    assert words[1].text == "¿02/QĐ-UBND"
    assert words[1].doubtful


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("về việc công bó thủ tục hành chính", "về việc công bố thủ tục hành chính"),
        ("được sửa dôi, bổ sung trong lĩnh vực", "được sửa đổi, bổ sung trong lĩnh vực"),
        ("đoàn thể câp huyện, câp xã", "đoàn thể cấp huyện, cấp xã"),
    ],
)
def test_two_slips_in_a_syllable_and_what_none_can_spell_are_set_right(
    read: str, printed: str
) -> None:
    made = correct(document(read), CorrectionSettings(profile="vie"))
    assert " ".join(word.text for word in made.words()) == printed
