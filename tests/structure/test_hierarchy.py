"""Levels and markers are recovered from the sequence."""

import pytest

from pipeline.model import Change, Decision, Document, Reason, Stage
from tests.structure.documents import DECISION, PLAN, built, outline


def labels(made: Document) -> list[tuple[int, str]]:
    return [(block.level, block.label) for block in made.blocks if block.label]


def markers(made: Document) -> list[Change]:
    return [change for word in made.words() for change in word.changes]


def damaged(*heads: str) -> str:
    titles = ["MỤC ĐÍCH, YÊU CẦU", "NỘI DUNG CHỦ YẾU", "GIẢI PHÁP THỰC HIỆN", "TỔ CHỨC THỰC HIỆN"]
    return "\n\n".join(
        f"{head} {title}\n\n- Nâng cao chất lượng sinh hoạt chi bộ ở cơ sở.\n\n- Giữ gìn đoàn kết."
        for head, title in zip(heads, titles, strict=True)
    )


def test_a_plan_is_read_as_roman_arabic_dash_and_plus() -> None:
    rows = [row[:40] for row in outline(built(PLAN)) if row.startswith(("heading", "item"))]
    assert rows == [
        "heading 1| I. MỤC ĐÍCH, YÊU CẦU",
        "item 2| 1. Nâng cao nhận thức của cán bộ",
        "item 2| 2. Các cấp ủy lãnh đạo, chỉ đạo ",
        "heading 1| II. NỘI DUNG",
        "heading 2| 1. Trồng rừng",
        "item 3| - Mỗi huyện trồng ít nhất 50 ha ",
        "item 3| - Vận động nhân dân:",
        "item 4| + Trồng cây phân tán ven đường, ",
        "item 4| + Chăm sóc, bảo vệ diện tích rừn",
        "heading 2| 2. Tuyên truyền: Báo Bình Sơn",
        "heading 1| III. TỔ CHỨC THỰC HIỆN",
    ]


def test_a_running_in_title_ends_at_its_colon() -> None:
    made = built(PLAN)
    titled = [block for block in made.blocks if block.title]
    assert [made.text_of(block.spans).split()[: block.title] for block in titled] == [
        ["2.", "Tuyên", "truyền:"]
    ]


def test_a_decision_is_read_as_chapters_articles_clauses_and_points() -> None:
    made = built(DECISION)
    found = [pair for pair in labels(made) if pair[0]]
    assert found == [
        (1, "Chương I"),
        (2, "Điều 1."),
        (2, "Điều 2."),
        (3, "1."),
        (3, "2."),
        *[(4, letter) for letter in ("a)", "b)", "c)", "d)", "đ)")],
        (1, "Chương II"),
        (2, "Điều 3."),
    ]
    assert "doubt.numbering_start" not in made.metadata.doubts  # articles count on


@pytest.mark.parametrize(
    "heads",
    [
        ("I.", "I1.", "II1.", "IV."),
        ("|.", "II.", "III.", "1V."),
        ("l.", "ll.", "IIl.", "IV."),
        ("1.", "H.", "HI.", "IV."),
    ],
)
def test_damaged_roman_markers_are_rewritten_where_the_sequence_proves_them(
    heads: tuple[str, ...],
) -> None:
    made = built(damaged(*heads))
    assert [label for level, label in labels(made) if level == 1] == ["I.", "II.", "III.", "IV."]
    for change in markers(made):
        assert change.reason is Reason.MARKER
        assert change.stage is Stage.STRUCTURE
        assert change.decision is Decision.MADE
    assert [word.ocr for word in made.words() if word.changes] == [
        head
        for head, clean in zip(heads, ["I.", "II.", "III.", "IV."], strict=True)
        if head != clean
    ]


def test_repairs_are_only_proposed_when_the_setting_says_so() -> None:
    made = built(damaged("I.", "I1.", "III.", "IV."), repair=False)
    assert [label for level, label in labels(made) if level == 1] == ["I.", "I1.", "III.", "IV."]
    assert [change.decision for change in markers(made)] == [Decision.PROPOSED]
    assert [change.after for change in markers(made)] == ["II."]


def test_damaged_letters_and_dashes_follow_their_siblings() -> None:
    made = built(
        "1. Các sở có trách nhiệm:\n\na) Lập dự toán hằng năm;\n\nb, Quản lý tài sản được giao;\n\n"
        "c) Công khai kết quả;\n\n2. Các huyện có trách nhiệm:\n\n- Bố trí cán bộ;\n\n"
        "— Bảo đảm kinh phí;\n\n- Báo cáo định kỳ.\n"
    )
    assert labels(made) == [
        (1, "1."),
        (2, "a)"),
        (2, "b)"),
        (2, "c)"),
        (1, "2."),
        (2, "-"),
        (2, "-"),
        (2, "-"),
    ]
    assert [(change.before, change.after) for change in markers(made)] == [("b,", "b)"), ("—", "-")]


def test_a_marker_split_over_two_words_is_joined_on_the_first() -> None:
    made = built(
        "2. Công tác tuyên truyền\n\n2.1. Tuyên truyền miệng\n\n2 .2. Tuyên truyền trực quan\n\n"
        "2.3. Tuyên truyền trên báo chí\n"
    )
    assert labels(made) == [(1, "2."), (2, "2.1."), (2, "2.2."), (2, "2.3.")]
    words = [word for word in made.words() if word.changes]
    assert [(word.ocr, word.text) for word in words] == [("2", "2.2."), (".2.", "")]


def test_eleven_between_one_and_one_point_two_is_one_point_one() -> None:
    made = built("1. Về kinh tế\n\n11. Trồng trọt\n\n1.2. Chăn nuôi\n\n2. Về văn hóa\n")
    assert labels(made) == [(1, "1."), (2, "1.1."), (2, "1.2."), (1, "2.")]
    eleven = built("".join(f"{n}. Xã Thượng Lâm {n}\n\n" for n in range(1, 13)))
    assert labels(eleven)[10] == (1, "11.")


def test_a_gap_is_reported_and_never_closed() -> None:
    made = built("1. Thành phần\n\n2. Thời gian\n\n4. Địa điểm\n\n5. Kinh phí\n")
    assert [label for _, label in labels(made)] == ["1.", "2.", "4.", "5."]
    assert "doubt.numbering_gap" in made.metadata.doubts
    (doubt,) = markers(made)
    assert (doubt.before, doubt.after, doubt.reason) == ("4.", "4.", Reason.DOUBT)


def test_points_that_skip_the_letter_d_with_a_stroke_are_accepted() -> None:
    text = "".join(f"{letter}) Nhiệm vụ của tổ công tác;\n\n" for letter in "abcdeg")
    made = built(f"1. Phân công\n\n{text}2. Kinh phí\n")
    assert "doubt.numbering_gap" not in made.metadata.doubts


def test_hyphen_markers_of_the_older_party_form_are_a_system_of_their_own() -> None:
    made = built(
        "I- TÌNH HÌNH\n\n1- Kết quả đạt được\n\n2- Hạn chế\n\nl1- NHIỆM VỤ\n\n1- Về kinh tế\n\n"
        "2- Về xã hội\n"
    )
    assert labels(made) == [(1, "I-"), (2, "1-"), (2, "2-"), (1, "II-"), (2, "1-"), (2, "2-")]


def test_a_dash_printed_long_throughout_is_left_as_it_is() -> None:
    made = built("1. Nhiệm vụ\n\n– Trồng rừng;\n\n– Giữ rừng;\n\n– Làm giàu rừng.\n")
    assert [label for _, label in labels(made)] == ["1.", "–", "–", "–"]
    assert not markers(made)


def test_a_star_that_opens_a_list_of_dashes_stands_above_them_and_theirs() -> None:
    rows = outline(
        built(
            "* Đối với các huyện ủy\n- Tổ chức quán triệt trong quý I, cụ thể như sau:\n"
            "+ Cấp huyện trước ngày 15 tháng 3 năm 2022.\n+ Cấp xã trước ngày 31 tháng 3.\n"
            "- Báo cáo kết quả về Tỉnh ủy.\n"
        )
    )
    assert [row.split("|")[0] for row in rows] == ["item 1", "item 2", "item 3", "item 3", "item 2"]


PLANS = ("Về kinh tế nông nghiệp", "Về văn hóa, xã hội", "Về quốc phòng, an ninh", "Về tổ chức")


def plan(*heads: str, text: str = "Các cấp ủy tập trung lãnh đạo, bố trí đủ cán bộ.") -> str:
    return "\n\n".join(
        f"{head} {title}\n\n{text}" for head, title in zip(heads, PLANS, strict=True)
    )


@pytest.mark.parametrize(
    ("heads", "clean"),
    [
        (("I.", "lI.", "III.", "IV."), ("I.", "II.", "III.", "IV.")),
        (("I.", "Il.", "II1.", "lV."), ("I.", "II.", "III.", "IV.")),
        (("|.", "I1.", "IIl.", "1V."), ("I.", "II.", "III.", "IV.")),
        (("I~", "I1-", "III—", "IV-"), ("I-", "II-", "III-", "IV-")),
        (("I,", "II.", "III,", "IV."), ("I.", "II.", "III.", "IV.")),
    ],
)
def test_each_damage_of_roman_markers_is_repaired(
    heads: tuple[str, ...], clean: tuple[str, ...]
) -> None:
    made = built(damaged(*heads))
    assert tuple(label for level, label in labels(made) if level == 1) == clean
    assert made.metadata.doubts == ()


@pytest.mark.parametrize(
    ("heads", "clean"),
    [
        (("l.", "2.", "3.", "4."), ("1.", "2.", "3.", "4.")),
        (("1,", "2.", "3,", "4."), ("1.", "2.", "3.", "4.")),
        (("|.", "Z.", "3.", "4."), ("1.", "2.", "3.", "4.")),
        (("l-", "2-", "3~", "4-"), ("1-", "2-", "3-", "4-")),
        (("1)", "2}", "3)", "4]"), ("1)", "2)", "3)", "4)")),
        (("(1)", "(2,", "(3)", "(4}"), ("(1)", "(2)", "(3)", "(4)")),
        (("a)", "b,", "c)", "d)"), ("a)", "b)", "c)", "d)")),
        (("à)", "6)", "c,", "d)"), ("a)", "b)", "c)", "d)")),
        (("a.", "b,", "c.", "d."), ("a.", "b.", "c.", "d.")),
    ],
)
def test_each_damage_of_numbers_and_letters_is_repaired(
    heads: tuple[str, ...], clean: tuple[str, ...]
) -> None:
    assert tuple(label for _, label in labels(built(plan(*heads)))) == clean


def test_the_letter_d_with_a_stroke_follows_the_one_without() -> None:
    heads = ("a)", "b)", "c)", "d)", "đ,", "e)")
    made = built("\n\n".join(f"{head} Xã Thượng Lâm giữ rừng;" for head in heads))
    assert [label for _, label in labels(made)] == ["a)", "b)", "c)", "d)", "đ)", "e)"]
    twice = built("\n\n".join(f"{head} Xã Thượng Lâm giữ rừng;" for head in ("a)", "b)", "c)")))
    assert not markers(twice)


def test_a_lost_dash_is_written_where_the_stops_of_its_list_prove_it_and_shown_as_doubtful() -> (
    None
):
    made = built(
        "1. Các sở có trách nhiệm:\n\nLập dự toán hằng năm;\n\n- Quản lý tài sản được giao;\n\n"
        "Công khai kết quả;\n\n- Báo cáo định kỳ.\n\nThủ trưởng các sở chịu trách nhiệm.\n"
    )
    assert labels(made) == [(1, "1."), *[(2, "-")] * 4]
    assert [(change.before, change.after) for change in markers(made)] == [
        ("Lập", "- Lập"),
        ("Công", "- Công"),
    ]
    assert all(word.doubtful for word in made.words() if word.changes)
    assert outline(made)[-1] == "paragraph 0| Thủ trưởng các sở chịu trách nhiệm."


def test_a_paragraph_below_an_item_that_ended_with_a_full_stop_is_text() -> None:
    made = built(
        "1. Nhiệm vụ\n\n- Trồng rừng.\n\nMỗi xã trồng ít nhất 5 ha.\n\n- Giữ rừng.\n\n2. Kinh phí\n"
    )
    assert [label for _, label in labels(made)] == ["1.", "-", "-", "2."]
    assert not markers(made)


def test_a_lost_dash_is_only_proposed_when_the_setting_says_so() -> None:
    made = built("1. Các sở:\n\n- Lập dự toán;\n\nCông khai;\n\n- Báo cáo.\n", repair=False)
    assert [change.decision for change in markers(made)] == [Decision.PROPOSED]
    assert "Công khai;" in made.text


def test_strokes_and_specks_that_were_never_printed_are_taken_off_a_marker() -> None:
    made = built(
        "IL. Đánh giá chung\n\nH. Nhiệm vụ cụ thể\n\n. 1. Yêu cầu các sở:\n\na) Trồng rừng;\n\n"
        "b) Giữ rừng.\n\n2. Giao Sở Y tế báo cáo.\n\nIII. Kinh phí\n"
    )
    assert labels(made) == [
        (1, "I."),
        (1, "II."),
        (2, "1."),
        (3, "a)"),
        (3, "b)"),
        (2, "2."),
        (1, "III."),
    ]
    assert [(change.before, change.after) for change in markers(made)] == [
        ("IL.", "I."),
        ("H.", "II."),
        (".", "1."),
        ("1.", ""),
    ]


def test_a_lost_stroke_is_given_back_when_both_neighbours_prove_it() -> None:
    made = built(
        "I. MỤC ĐÍCH\n\nTrồng rừng.\n\nII. YÊU CẦU\n\nGiữ rừng.\n\nII. NỘI DUNG\n\nBáo cáo.\n\n"
        "IV. TỔ CHỨC THỰC HIỆN\n\nGiao các sở.\n"
    )
    assert labels(made) == [(1, "I."), (1, "II."), (1, "III."), (1, "IV.")]
    assert [(change.before, change.after) for change in markers(made)] == [("II.", "III.")]
    assert made.metadata.doubts == ()


def test_a_repeated_number_that_nothing_follows_is_only_doubted() -> None:
    made = built("I. MỤC ĐÍCH\n\nTrồng rừng.\n\nII. YÊU CẦU\n\nGiữ.\n\nII. NỘI DUNG\n\nBáo cáo.\n")
    assert labels(made) == [(1, "I."), (1, "II."), (1, "II.")]
    assert made.metadata.doubts == ("doubt.numbering_repeat",)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("I. I. III.", "I. II. III."),
        ("I- I- III-", "I- II- III-"),
        ("I. II. III. V. V. VI.", "I. II. III. IV. V. VI."),
        ("I. II. III. IV. V. V. VII.", "I. II. III. IV. V. VI. VII."),
    ],
)
@pytest.mark.parametrize("title", ["TRỒNG RỪNG", "Trồng rừng"])
def test_the_one_numeral_that_has_room_between_its_neighbours_is_given_back(
    printed: str, meant: str, title: str
) -> None:
    text = "".join(f"{head} {title}\n\nGiữ rừng đầu nguồn.\n\n" for head in printed.split())
    made = built(text)
    assert [label for _, label in labels(made)] == meant.split()
    assert {level for level, _ in labels(made)} == {1}
    (change,) = markers(made)
    assert (change.reason, change.decision) == (Reason.MARKER, Decision.MADE)
    assert made.metadata.doubts == ()


@pytest.mark.parametrize(
    ("heads", "titles"),
    [
        ("I. I. III.", "TRỒNG Nghiêm CHĂM"),  # a 1 under I is as likely
        ("I. I- III.", "TRỒNG GIỮ CHĂM"),
        ("I. II. III. V. V. VII.", "TRỒNG GIỮ CHĂM LẬP XÂY MỞ"),  # IV, V or V, VI
        ("I. III. IV.", "TRỒNG GIỮ CHĂM"),
    ],
)
def test_a_numeral_that_its_neighbours_do_not_prove_is_only_doubted(
    heads: str, titles: str
) -> None:
    pairs = zip(heads.split(), titles.split(), strict=True)
    made = built("".join(f"{head} {title} RỪNG\n\nBảo vệ.\n\n" for head, title in pairs))
    assert markers(made)
    assert all(change.decision is Decision.PROPOSED for change in markers(made))


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("Điều 1. Tặng.\n\nĐiều 2. Trích quỹ.\n\nĐiều 2. Hiệu lực.\n", ["2."]),
        ("Phần thứ nhất\nMỤC TIÊU\n\nRừng.\n\nPhần thứ ba\nKINH PHÍ\n\nRừng.\n", ["ba"]),
        ("I – MỤC TIÊU\n\nRừng.\n\nII – NỘI DUNG\n\nRừng.\n\nIV – KINH PHÍ\n\nA.\n", ["IV"]),
    ],
)
def test_what_is_doubted_of_a_marker_is_its_number(text: str, odd: list[str]) -> None:
    made = built(text)
    assert [word.text for word in made.words() if word.doubtful] == odd


def test_underscores_before_a_marker_are_what_a_rule_was_read_as() -> None:
    made = built(
        "Điều 1. Tặng giấy khen.\n\n__ Điều 2. Trích quỹ khen thưởng.\n\n"
        "_ Điều 3. Quyết định này có hiệu lực.\n"
    )
    assert labels(made) == [(1, "Điều 1."), (1, "Điều 2."), (1, "Điều 3.")]


def test_a_star_stands_above_dashes_that_follow_below_a_paragraph() -> None:
    made = built(
        "* Cách thức thực hiện\n\nCác xã tổ chức như sau.\n\n- Trồng rừng.\n\n- Giữ rừng.\n"
    )
    assert labels(made) == [(1, "*"), (2, "-"), (2, "-")]


def test_numbers_far_from_any_list_are_no_units() -> None:
    made = built("1. Trồng rừng\n\n2. Giữ rừng\n\n99) Suối Vàng\n\nQ. Hạ Lâm\n")
    assert labels(made) == [(1, "1."), (1, "2.")]
